"""Rows of numbers in flat arrays, each row of its own length.

Answers for looking up whole rows at once, at any size. Does not know what rows and numbers are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer[Any]]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows, one after the other."""

    sizes: Numbers
    flat: Numbers

    @classmethod
    def of(cls, sizes: Sequence[int], flat: Sequence[int]) -> Self:
        """Rows that were gathered number by number."""
        return cls(np.array(sizes, np.int32), np.array(flat, np.int32))

    def __len__(self) -> int:
        return len(self.sizes)

    @property
    def starts(self) -> NDArray[np.intp]:
        """Where each row begins."""
        starts: NDArray[np.intp] = np.cumsum(self.sizes, dtype=np.intp) - self.sizes
        return starts

    @property
    def row(self) -> NDArray[np.intp]:
        """The row in which each number stands."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def part(self, start: int, end: int) -> "Rows":
        """Some rows that follow each other."""
        before = int(self.sizes[:start].sum())
        sizes = self.sizes[start:end]
        return Rows(sizes, self.flat[before : before + int(sizes.sum())])

    def through(self, table: "Rows") -> "Rows":
        """The same rows with each number replaced by the table's row of that number."""
        sizes = table.sizes[self.flat]
        ends = np.cumsum(sizes, dtype=np.intp)
        places = np.repeat(table.starts[self.flat] - ends + sizes, sizes)
        places += np.arange(len(places))
        until = np.append(0, ends)[np.append(0, np.cumsum(self.sizes))]
        return Rows(np.diff(until), table.flat[places])

    def without(self, numbers: Sequence[int]) -> "Rows":
        """The same rows without some numbers."""
        kept = ~np.isin(self.flat, numbers)
        return Rows(np.bincount(self.row[kept], minlength=len(self)), self.flat[kept])

    def spelled(self, names: Sequence[str]) -> Iterator[str]:
        """Each row as the names of its numbers, with blanks between them."""
        flat = iter(np.array(names, np.object_)[self.flat].tolist())
        for size in self.sizes.tolist():
            yield " ".join(islice(flat, size))


def starts_of(codes: Numbers) -> NDArray[np.intp]:
    """Where each different one of sorted codes begins."""
    new = np.ones(len(codes), np.bool_)
    np.not_equal(codes[1:], codes[:-1], out=new[1:])
    return np.flatnonzero(new)
