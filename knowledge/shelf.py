"""The files of a base as the bot itself changes them: whole or not at all, with a way back.

Answers for where a file belongs, and for backups. What is in a file must have been examined before it gets here.
"""

import hashlib
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import yaml

from knowledge.disk import replaced
from knowledge.faults import KnowledgeError
from knowledge.files import LoadedFile, load, overlay, overlay_of, paths
from knowledge.schema import OverlayFile, UnansweredNode

KEPT = 50
"""Backups of a base that are kept; older ones go."""
_BACKUP = re.compile(r"(?P<number>\d{6})-(?P<state>was|new)-(?P<put>[0-9a-f]{8})-(?P<name>.+)")


class ChangedSinceError(Exception):
    """The file is no longer as the bot wrote it: taking that back would lose somebody's work."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a file held before it was replaced."""

    kept: Path
    file: Path
    """The file that it belongs to."""
    put: str
    """Eight hexadecimal digits of what replaced it."""
    content: bytes | None
    """None where the file was not there before."""


class Shelf:
    """The place of the knowledge files, and of their backups."""

    def __init__(self, base: Path, backups: Path) -> None:
        """`base`: the file, or the folder of files, that answers; each base has backups of its own."""
        self.base = base
        self.folder = base if base.is_dir() else base.parent
        self._backups = backups / _digest(str(base.resolve()).encode())

    def place_of(self, article: str) -> Path:
        """Where an article's file belongs: in the place of the one that it replaces, else beside the others."""
        if self.folder != self.base:
            return self.base
        for path in self._files():
            # A file that cannot be read holds the place of no article.
            with suppress(KnowledgeError):
                if load(path)[0].content.article.id == article:
                    return path
        names = (f"{article}{f'-{number}' * (number > 1)}.yaml" for number in count(1))
        return next(self.base / name for name in names if not (self.base / name).exists())

    def put(self, file: Path, text: str) -> None:
        """Writes a file, and keeps what it replaces.

        Raises OSError where that is impossible; all is then as it was.
        """
        self._backups.mkdir(parents=True, exist_ok=True)
        known = self._known()
        number = int(known[-1].name[:6]) + 1 if known else 1
        state, before = ("was", file.read_bytes()) if file.exists() else ("new", b"")
        kept = self._backups / f"{number:06}-{state}-{_digest(text.encode())}-{file.name}"
        _write(kept, before)
        try:
            _write(file, text.encode())
        except OSError:
            kept.unlink()
            raise
        for old in known[: -KEPT + 1]:
            old.unlink()

    def newest(self) -> Backup | None:
        """The latest backup, None where there is none."""
        known = self._known()
        match = _BACKUP.fullmatch(known[-1].name) if known else None
        if match is None:
            return None
        content = known[-1].read_bytes() if match["state"] == "was" else None
        return Backup(known[-1], self.folder / match["name"], match["put"], content)

    def restore(self, backup: Backup) -> None:
        """Brings a backup back; it is then used up.

        Raises ChangedSinceError where the file was changed by somebody else meanwhile, OSError where it cannot be
        written.
        """
        if not backup.file.exists() or _digest(backup.file.read_bytes()) != backup.put:
            raise ChangedSinceError
        if backup.content is None:
            backup.file.unlink()
        else:
            _write(backup.file, backup.content)
        backup.kept.unlink()

    def _files(self) -> Sequence[Path]:
        """The knowledge files that there are; none where the folder was emptied."""
        try:
            return paths(self.base)
        except KnowledgeError:
            return ()

    def _known(self) -> list[Path]:
        found = self._backups.iterdir() if self._backups.is_dir() else ()
        return sorted(kept for kept in found if _BACKUP.fullmatch(kept.name))


def with_phrasing(file: LoadedFile, entry: str, question: str) -> tuple[Path, str]:
    """An article's overlay with one more phrasing of an entry: where it stands, and its text."""
    path, over = _overlay(file)
    phrasings = {**over.phrasings, entry: [*dict.fromkeys([*over.phrasings.get(entry, []), question])]}
    return path, _dumped(over.model_copy(update={"phrasings": phrasings}))


def with_unanswered(file: LoadedFile, id_: str, question: str, answer: str) -> tuple[Path, str]:
    """An article's overlay with one more question that the article leaves open."""
    path, over = _overlay(file)
    node = UnansweredNode(id=id_, answer=answer, questions=[question])
    return path, _dumped(over.model_copy(update={"unanswered": [*over.unanswered, node]}))


def _overlay(file: LoadedFile) -> tuple[Path, OverlayFile]:
    path = overlay_of(file.path)
    return path, overlay(path) or OverlayFile(extends=file.content.article.id)


def _dumped(over: OverlayFile) -> str:
    data = over.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]


def _write(file: Path, content: bytes) -> None:
    with replaced(file) as new:
        new.write(content)
