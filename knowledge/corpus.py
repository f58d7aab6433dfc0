"""The texts of a base as numbers: which keys each has, in which order, and how much each counts.

Answers for giving keys their groups, and for knowing a text again. Does not know what keys mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.outcomes import Kind
from knowledge.question import Cast
from knowledge.rows import Floats, Numbers, Rows, starts_of
from knowledge.words import mark


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts, read."""

    owner: NDArray[np.int32]
    """The entry of each."""
    words: Rows
    """Numbers of their normalised words."""
    terms: Rows
    """Numbers of their terms, each a key with a weight."""
    asked: Sequence[frozenset[Kind]]
    """What each asks for, if it asks."""
    casts: Sequence[tuple[Cast, ...]]
    """The parts of the names and figures in each, where they were looked for."""


class Terms:
    """What the numbers of terms stand for."""

    def __init__(self, terms: Sequence[tuple[str, float]], groups: dict[str, tuple[str, ...]]) -> None:
        """`terms`: key and weight of each; `groups`: those that keys are in."""
        self.groups = groups
        self.ids: dict[str, int] = {}
        """Number of each key and each group."""
        for key, _ in terms:
            self.ids.setdefault(key, len(self.ids))
        self._weights, levels = np.unique(np.array([weight for _, weight in terms], np.float32), return_inverse=True)
        self.keys = np.array([self.ids[key] for key, _ in terms], np.int32)
        """Number of each term's key."""
        named = [[key, *dict.fromkeys(groups.get(key, ()))] for key, _ in terms]
        sizes = np.array([len(names) for names in named], np.int32)
        numbers = [self.ids.setdefault(name, len(self.ids)) for names in named for name in names]
        self._levelled = Rows(sizes, np.array(numbers, np.int64) * len(self._weights) + np.repeat(levels, sizes))

    def of(self, texts: Rows) -> tuple[Numbers, Numbers, Floats]:
        """Text, key and weight, each key once a text and with its highest weight; with the groups that keys are in."""
        size, steps = max(1, len(self.ids)), max(1, len(self._weights))
        own = texts.through(self._levelled)
        codes = own.row * (size * steps) + own.flat
        codes.sort()
        pairs, highest = np.divmod(codes, steps)
        starts = starts_of(pairs)
        last = np.append(starts[1:], len(pairs)) - 1 if len(pairs) else starts
        rows, keys = np.divmod(pairs[starts], size)
        return rows, keys, self._weights[highest[last]]


class Marks:
    """Which text is which, word for word, in eight bytes a text."""

    def __init__(self, words: Sequence[str], texts: Rows) -> None:
        """`texts`: numbers of the words of each."""
        own = np.fromiter(map(mark, texts.spelled(words)), np.uint64, len(texts))
        self._order = np.argsort(own, kind="stable").astype(np.int32)
        self._marks = own[self._order]

    def find(self, text: str) -> Numbers:
        """The texts that are the same."""
        wanted = np.uint64(mark(text))
        start = self._marks.searchsorted(wanted)
        if start == len(self._marks) or self._marks[start] != wanted:
            return self._order[:0]
        return self._order[start : self._marks.searchsorted(wanted, "right")]
