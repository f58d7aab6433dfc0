"""An inverted list in flat arrays: which rows hold a term, and how strongly.

Answers for memory and speed at any size. Does not know what rows and terms are.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]
Weights = NDArray[np.float32]


class Postings:
    """Terms with the rows that hold them; a row occurs once a term."""

    def __init__(self, items: Iterable[tuple[str, int, float]]) -> None:
        """`items`: term, row, weight, in any order."""
        lists: dict[str, tuple[list[int], list[float]]] = {}
        for term, row, weight in items:
            rows, weights = lists.setdefault(term, ([], []))
            rows.append(row)
            weights.append(weight)
        self._at: dict[str, tuple[int, int]] = {}
        start = 0
        for term, (rows, _) in lists.items():
            self._at[term] = (start, start + len(rows))
            start += len(rows)
        self._rows = np.fromiter((row for rows, _ in lists.values() for row in rows), np.int32, start)
        self._weights = np.fromiter((weight for _, weights in lists.values() for weight in weights), np.float32, start)

    def __contains__(self, term: str) -> bool:
        return term in self._at

    def get(self, term: str) -> tuple[Rows, Weights]:
        """The rows that hold a term and its weight in each."""
        start, end = self._at.get(term, (0, 0))
        return self._rows[start:end], self._weights[start:end]

    def count(self, term: str) -> int:
        """In how many rows a term occurs."""
        start, end = self._at.get(term, (0, 0))
        return end - start

    def total(self, terms: Sequence[tuple[str, float]], size: int) -> Weights:
        """For each of `size` rows the weighted sum over the terms that it holds."""
        parts = [(*self._at[term], factor) for term, factor in terms if term in self._at]
        if not parts:
            return np.zeros(size, np.float32)
        rows = np.concatenate([self._rows[start:end] for start, end, _ in parts])
        weights = np.concatenate([self._weights[start:end] * np.float32(factor) for start, end, factor in parts])
        return np.bincount(rows, weights, size).astype(np.float32)
