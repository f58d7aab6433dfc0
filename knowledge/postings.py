"""An inverted list in flat arrays: which rows hold a term, and how strongly.

Answers for memory and speed at any size. Does not know what rows and terms are: both are numbers from 0.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer[Any]]
Floats = NDArray[np.float32]


class Postings:
    """Terms with the rows that hold them; a row occurs once a term."""

    def __init__(self, terms: Numbers, rows: Numbers, weights: NDArray[np.floating[Any]], size: int) -> None:
        """One term, row and weight each, in any order; `size`: number of terms."""
        order = np.argsort(terms, kind="stable")
        self._rows = rows[order].astype(np.int32)
        self._weights = weights[order].astype(np.float32)
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(terms, minlength=size))])

    def get(self, term: int) -> tuple[NDArray[np.int32], Floats]:
        """The rows that hold a term and its weight in each."""
        start, end = self._starts[term], self._starts[term + 1]
        return self._rows[start:end], self._weights[start:end]

    def total(self, terms: Sequence[tuple[int, float]], size: int) -> Floats:
        """For each of `size` rows the weighted sum over the terms that it holds."""
        if not terms:
            return np.zeros(size, np.float32)
        parts = [slice(self._starts[term], self._starts[term + 1]) for term, _ in terms]
        rows = np.concatenate([self._rows[part] for part in parts])
        weights = np.concatenate([self._weights[part] for part in parts])
        weights *= np.repeat(np.array([factor for _, factor in terms], np.float32), [p.stop - p.start for p in parts])
        return np.bincount(rows, weights, size).astype(np.float32)

    def highest(self, terms: Sequence[tuple[int, float]], size: int) -> Floats:
        """For each of `size` rows the highest weight over the terms that it holds."""
        best = np.zeros(size, np.float32)
        for term, factor in terms:
            rows, weights = self.get(term)
            best[rows] = np.maximum(best[rows], weights * np.float32(factor))
        return best


def distinct(left: Numbers, right: Numbers, size: int) -> tuple[Numbers, Numbers, NDArray[np.intp]]:
    """The different pairs in order, and which of them each given one is; `size` is above any number on the right."""
    pairs, which = np.unique(left.astype(np.int64) * size + right, return_inverse=True)
    return pairs // size, pairs % size, which
