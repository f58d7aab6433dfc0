"""The knowledge that is current: one snapshot, replaced as a whole, and kept on disk for a quick start.

Answers for atomic change: whoever took a snapshot keeps it to the end of its question.
"""

import ctypes
import hashlib
import pickle
from contextlib import suppress
from pathlib import Path

from knowledge import collector, vocabulary
from knowledge.audit import structure
from knowledge.disk import replaced
from knowledge.faults import KnowledgeError
from knowledge.files import load, overlay_of, paths
from knowledge.library import Library
from knowledge.snapshot import Snapshot, Watched

_STATES = 8
"""Kept snapshots of one cache folder: a few bots, each with a base of its own, may share it."""


class Holder:
    """Holds the current snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot


def open_base(path: Path, cache: Path | None = None, *, drafts: bool = False, watched: Watched = iter) -> Snapshot:
    """A snapshot of the file or folder; with `cache`, a folder of the user's own, from there if nothing changed.

    `drafts`: whether entries that no editor has finished answer too; `watched`: hands on the entries as they are read.

    Raises KnowledgeError with every fault that keeps the base from answering.
    """
    kept = cache / f"{_fingerprint(path)}{'-drafts' * drafts}.pickle" if cache else None
    if kept:
        # Whatever is wrong with a kept snapshot, the base itself is the truth.
        with suppress(Exception):
            return restored(kept)
    snapshot = built(_library(path, drafts=drafts), watched)
    if kept:
        snapshot.reader.translator.prepare()
        with suppress(OSError):
            _keep(snapshot, kept)
    return snapshot


def _library(path: Path, *, drafts: bool) -> Library:
    """What the files say; the files themselves, with their trees of YAML, are let go."""
    files = load(path)
    faults = structure(files)
    if faults:
        raise KnowledgeError(faults)
    return Library.from_files(files, drafts=drafts)


def built(library: Library, watched: Watched = iter) -> Snapshot:
    """A snapshot of a library, with no more memory taken than it needs."""
    with collector.paused():
        snapshot = Snapshot(library, watched)
    _trim()
    return snapshot


def restored(kept: Path) -> Snapshot:
    """A snapshot that was kept.

    Raises whatever reading and unpickling raise, TypeError where the file holds something else.
    """
    with collector.paused(), kept.open("rb") as file:
        snapshot = pickle.load(file)  # noqa: S301 - written by this program into the user's own folder
    if not isinstance(snapshot, Snapshot):
        raise TypeError(f"{kept}: no snapshot")
    _trim()
    return snapshot


def _trim() -> None:
    """Gives back the memory that loading took and freed; only glibc keeps it until told, and has the function."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _fingerprint(path: Path) -> str:
    """A name for the state of the base, the vocabulary and the program itself."""
    digest = hashlib.sha256()
    program = Path(__file__).parent
    files = paths(path)
    shared = sorted(vocabulary.FOLDER.iterdir())
    for file in (*files, *map(overlay_of, files), *shared, *sorted(program.glob("*.py"))):
        with suppress(OSError):
            digest.update(file.read_bytes())
            digest.update(b"\0")
    return digest.hexdigest()[:32]


def _keep(snapshot: Snapshot, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with replaced(kept, mode=0o600) as file:
        pickle.dump(snapshot, file, pickle.HIGHEST_PROTOCOL)
    found = sorted(kept.parent.glob("*.pickle"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in found[_STATES:]:
        old.unlink(missing_ok=True)
