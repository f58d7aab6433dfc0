"""The files of a base as the bot itself changes them: whole or not at all, with a way back.

Answers for where a file belongs, for writing that a power cut cannot spoil, and for backups. What is in a file must
have been examined before it gets here.
"""

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.faults import KnowledgeError
from knowledge.files import LoadedFile, load, overlay_of, paths
from knowledge.schema import OverlayFile, UnansweredNode

_ABSENT = b""
"""The backup of a file that was not there before."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a file held before it was replaced."""

    kept: Path
    file: Path
    """The file that it belongs to."""
    text: str | None
    """None where the file was not there before."""


class Shelf:
    """The place of the knowledge files, and of their backups."""

    def __init__(self, base: Path, backups: Path) -> None:
        """`base`: the file, or the folder of files, that answers."""
        self.base = base
        self.folder = base if base.is_dir() else base.parent
        self._backups = backups

    def place_of(self, article: str) -> Path:
        """Where an article's file belongs: in the place of the one that it replaces, else beside the others."""
        if not self.base.is_dir():
            return self.base
        for path in paths(self.base):
            # A file that cannot be read holds the place of no article.
            with suppress(KnowledgeError):
                if load(path)[0].content.article.id == article:
                    return path
        return self.base / f"{article}.yaml"

    def put(self, file: Path, text: str) -> None:
        """Writes a file, and keeps what it replaces.

        Raises OSError where that is impossible; the file is then as it was.
        """
        self._backups.mkdir(parents=True, exist_ok=True)
        number = max((_number(kept) for kept in self._backups.iterdir()), default=0) + 1
        before = file.read_bytes() if file.exists() else _ABSENT
        _write(self._backups / f"{number:06}-{file.name}", before)
        _write(file, text.encode())

    def newest(self) -> Backup | None:
        """The latest backup, None where there is none."""
        kept = max(self._backups.glob("[0-9]*-*.y*ml"), key=_number, default=None)
        if kept is None:
            return None
        before = kept.read_bytes()
        return Backup(kept, self.folder / kept.name.partition("-")[2], before.decode() if before != _ABSENT else None)

    def restore(self, backup: Backup) -> None:
        """Brings a backup back; it is then used up.

        Raises OSError where that is impossible.
        """
        if backup.text is None:
            backup.file.unlink(missing_ok=True)
        else:
            _write(backup.file, backup.text.encode())
        backup.kept.unlink()


def with_phrasing(file: LoadedFile, entry: str, question: str) -> tuple[Path, str]:
    """An article's overlay with one more phrasing of an entry: where it stands, and its text."""
    path, over = _overlay(file)
    phrasings = {**over.phrasings, entry: [*over.phrasings.get(entry, []), question]}
    return path, _dumped(over.model_copy(update={"phrasings": phrasings}))


def with_unanswered(file: LoadedFile, id_: str, question: str, answer: str) -> tuple[Path, str]:
    """An article's overlay with one more question that the article leaves open."""
    path, over = _overlay(file)
    node = UnansweredNode(id=id_, answer=answer, questions=[question])
    return path, _dumped(over.model_copy(update={"unanswered": [*over.unanswered, node]}))


def _overlay(file: LoadedFile) -> tuple[Path, OverlayFile]:
    path = overlay_of(file.path)
    if not path.exists():
        return path, OverlayFile(extends=file.content.article.id)
    return path, OverlayFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def _dumped(over: OverlayFile) -> str:
    data = over.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)


def _number(kept: Path) -> int:
    first = kept.name.partition("-")[0]
    return int(first) if first.isdigit() else 0


def _write(file: Path, content: bytes) -> None:
    """Writes to the disk beside the file, then takes its place: a reader sees the old file or the new."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(handle, "wb") as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    Path(name).replace(file)
    _flush_folder(file.parent)


def _flush_folder(folder: Path) -> None:
    """Makes the new name itself last, where the system can (https://man7.org/linux/man-pages/man2/fsync.2.html)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
