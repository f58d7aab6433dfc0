"""What is wrong with a knowledge file, all of it at once, each with its place.

Answers for how a fault reads. Finds none itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault."""

    path: Path
    line: int
    """Counted from 1; 0 where the whole file is meant."""
    entry: str
    """Id of the entry, or empty."""
    field: str
    problem: str
    """What is wrong and what would be right."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return ": ".join(part for part in (place, self.entry, self.field, self.problem) if part)


class KnowledgeError(Exception):
    """The knowledge cannot be used; `faults` says why, in the order of the files."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type["KnowledgeError"], tuple[Sequence[Fault]]]:
        return type(self), (self.faults,)
