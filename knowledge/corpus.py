"""The texts of a base as numbers: which keys each has, in which order, and how much each counts.

Answers for taking texts one by one, so that nothing of one is kept but its numbers. Does not know what keys mean.
"""

from array import array
from collections.abc import Mapping, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from knowledge.postings import Floats, Numbers, offsets, starts_of
from knowledge.reading import Term


class Corpus:
    """Texts, each with the entry that it belongs to."""

    def __init__(self, ids: dict[str, int]) -> None:
        """`ids`: number of each key, which grows as new ones come."""
        self._ids = ids
        self._owner, self._sizes, self._terms, self._weights = array("i"), array("i"), array("i"), array("f")

    def add(self, owner: int, terms: Sequence[Term]) -> None:
        """Adds a text of an entry."""
        ids = self._ids
        self._owner.append(owner)
        self._sizes.append(len(terms))
        self._terms.extend([ids.setdefault(term.key, len(ids)) for term in terms])
        self._weights.extend([term.weight for term in terms])

    @property
    def owner(self) -> NDArray[np.int32]:
        """The entry of each text."""
        return np.array(self._owner, np.int32)

    @property
    def terms(self) -> tuple[Numbers, Numbers]:
        """Text and key of each term, text by text, in their order."""
        return np.repeat(np.arange(len(self._owner)), self._sizes), np.array(self._terms, np.int32)

    def keys(self, groups: Mapping[str, Sequence[str]]) -> tuple[Numbers, Numbers, Floats]:
        """Text, key and weight, each key once a text and with its highest weight; with the groups that keys are in."""
        texts, keys = self.terms
        weights, levels = np.unique(np.array(self._weights, np.float32), return_inverse=True)
        rows, found, level = [texts], [keys], [levels]
        for wider in self._wider(groups):
            here = np.flatnonzero(wider[keys] >= 0)
            rows, found, level = [*rows, texts[here]], [*found, wider[keys[here]]], [*level, levels[here]]
        size, steps = len(self._ids), max(1, len(weights))
        codes = (np.concatenate(rows) * size + np.concatenate(found)) * steps + np.concatenate(level)
        codes.sort()
        pairs, highest = np.divmod(codes, steps)
        starts = starts_of(pairs)
        last = np.append(starts[1:], len(pairs)) - 1 if len(pairs) else starts
        texts, keys = np.divmod(pairs[starts], max(1, size))
        return texts, keys, weights[highest[last]]

    def _wider(self, groups: Mapping[str, Sequence[str]]) -> list[NDArray[np.int64]]:
        """For each key its first group, then its second and so on; -1 where there is none."""
        known = {at: [*dict.fromkeys(groups[key])] for key, at in list(self._ids.items()) if key in groups}
        numbers = {at: [self._ids.setdefault(name, len(self._ids)) for name in own] for at, own in known.items()}
        tables = []
        for place in range(max(map(len, numbers.values()), default=0)):
            table = np.full(len(self._ids), -1, np.int64)
            for at, own in numbers.items():
                table[at] = own[place] if place < len(own) else -1
            tables.append(table)
        return tables


class Marks:
    """Which text is which, word for word, in eight bytes a text."""

    def __init__(self, marks: "array[int]") -> None:
        own = np.array(marks, np.uint64)
        self._order = np.argsort(own, kind="stable").astype(np.int32)
        self._marks = own[self._order]

    def find(self, text: str) -> Numbers:
        """The texts that are the same."""
        wanted = np.uint64(mark(text))
        return self._order[self._marks.searchsorted(wanted) : self._marks.searchsorted(wanted, "right")]


def mark(text: str) -> int:
    """A number by which a text is known again; two texts share one as good as never."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


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
