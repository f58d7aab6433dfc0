"""The knowledge that is current: one snapshot, replaced as a whole.

Answers for atomic change: whoever took a snapshot keeps it to the end of its question.
"""

from pathlib import Path

from knowledge.audit import structure
from knowledge.faults import KnowledgeError
from knowledge.files import load
from knowledge.library import Library
from knowledge.snapshot import Snapshot


class Holder:
    """Holds the current snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot


def open_base(path: Path) -> Snapshot:
    """A snapshot of the file or folder.

    Raises KnowledgeError with every fault that keeps the base from answering.
    """
    files = load(path)
    faults = structure(files)
    if faults:
        raise KnowledgeError(faults)
    return Snapshot(Library.from_files(files))
