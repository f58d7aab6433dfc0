"""Inverted lists in flat arrays: which rows hold a term, and how strongly.

Answers for memory and speed at any size. Does not know what rows and terms are: both are numbers from 0.
"""

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.rows import Floats, Numbers

List = tuple[NDArray[np.integer[Any]], Floats]
"""Rows in order, each once, and a weight for each."""

_SHORT = 0xFFFF
"""Highest row whose number takes two bytes instead of four."""
_BLOCK = 64
"""Numbers of which only the best is looked at first where there are many."""


class Postings:
    """Terms with the rows that hold them; a row occurs once a term."""

    def __init__(self, sizes: Numbers, rows: Numbers, weights: NDArray[np.floating[Any]]) -> None:
        """How many rows each term has, and row and weight of each, term by term."""
        narrow = np.uint16 if rows.max(initial=0) <= _SHORT else np.int32
        self._rows: NDArray[np.integer[Any]] = rows.astype(narrow)
        self._weights = weights.astype(np.float32, copy=False)
        self._starts = offsets(sizes)

    def get(self, term: int) -> List:
        """The rows that hold a term and its weight in each."""
        start, end = self._starts[term], self._starts[term + 1]
        return self._rows[start:end], self._weights[start:end]


def offsets(sizes: Numbers) -> "array[int]":
    """Where each of several lists starts when they stand one after the other, and where the last one ends.

    An array of Python's own, since reading one number from it takes a third of the time that numpy's takes.
    """
    ends = np.zeros(len(sizes) + 1, np.uint32)
    np.cumsum(sizes, out=ends[1:])
    return array("I", ends.tobytes())


def total(lists: Sequence[List], factors: Sequence[float], size: int) -> Floats:
    """For each of `size` rows the sum of its weights in the lists, each multiplied by its factor."""
    if not lists:
        return np.zeros(size, np.float32)
    weights = np.concatenate([weights for _, weights in lists])
    weights *= np.repeat(np.array(factors, np.float32), [len(rows) for rows, _ in lists])
    return np.bincount(np.concatenate([rows for rows, _ in lists]), weights, size).astype(np.float32)


def highest(lists: Sequence[List], factors: Sequence[float], size: int) -> List:
    """One list with the highest weight of each row, after multiplying by the factors."""
    best = np.zeros(size, np.float32)
    for (rows, weights), factor in zip(lists, factors, strict=True):
        best[rows] = np.maximum(best[rows], weights * np.float32(factor))
    found = np.flatnonzero(best > 0)  # of truth values, numpy finds places ten times as fast
    return found.astype(np.int32), best[found]


def merged(
    first: tuple[Numbers, Numbers, Floats], second: tuple[Numbers, Numbers, Floats], size: int
) -> tuple[Numbers, Numbers, Floats]:
    """Two runs of terms, rows and weights as one, each by term; of one term the rows of the first go before."""
    places = []
    before = np.asarray(offsets(np.bincount(second[0], minlength=size)), np.int64)
    places.append(np.arange(len(first[0])) + before[first[0]])
    before = np.asarray(offsets(np.bincount(first[0], minlength=size)), np.int64)
    places.append(np.arange(len(second[0])) + before[second[0] + 1])
    order = np.argsort(np.concatenate(places))
    terms, rows, weights = (np.concatenate(pair)[order] for pair in zip(first, second, strict=True))
    return terms, rows, weights


def top(values: Floats, count: int) -> NDArray[np.intp]:
    """Where the highest values stand, in no order."""
    if len(values) <= count:
        return np.arange(len(values))
    if len(values) < 4 * _BLOCK * count:
        return np.argpartition(-values, count)[:count]
    cut = len(values) - len(values) % _BLOCK
    blocks = values[:cut].reshape(_BLOCK, -1).max(axis=0)
    least = np.partition(blocks, -count)[-count]  # so many blocks hold at least one such value
    near = np.flatnonzero(values >= least)
    return near[np.argpartition(-values[near], count - 1)[:count]]
