"""How alike texts are letter by letter: the cosine of their trigrams, by tf-idf.

Answers for texts that are misspelled or inflected. Does not know words or entries.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from knowledge.postings import Floats, Numbers, starts_of

_BATCH = 20_000
"""Texts whose trigrams are counted at once; more take more memory, not less time."""
_OFTEN = 255
"""A trigram counts this often in a text at most."""


class Letters:
    """The trigrams of all texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._ids: dict[str, int] = {}
        self._words: dict[str, array[int]] = {}
        batches = list(self._batches(iter(texts)))
        sizes, grams, counts = (np.concatenate(parts) for parts in zip(*batches, strict=True))
        self._grams = grams if len(self._ids) > 0xFFFF else grams.astype(np.uint16)
        self._counts = counts
        self._sizes = sizes
        self._starts = np.cumsum(sizes) - sizes
        idf = np.log1p(len(sizes) / np.bincount(grams, minlength=len(self._ids)))
        self._idf = idf.astype(np.float32)
        self._unknown = math.log1p(len(sizes))
        self._often = np.append(0, 1 + np.log(np.arange(1, _OFTEN + 1))).astype(np.float32)
        weights = self._often[counts] * self._idf[grams]
        squares = np.bincount(np.repeat(np.arange(len(sizes)), sizes), weights * weights, len(sizes))
        self._norms = np.sqrt(squares).astype(np.float32)

    def _batches(self, texts: Iterator[str]) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
        """How many different trigrams each text has, which, and how often."""
        while True:
            sizes, flat = array("i"), array("i")
            for text in islice(texts, _BATCH):
                before = len(flat)
                for word in text.split():
                    flat += self._words.get(word) or self._of_new(word)
                sizes.append(len(flat) - before)
            codes = np.repeat(np.arange(len(sizes)) << 32, sizes) + np.frombuffer(flat, np.int32)
            codes.sort()
            starts = starts_of(codes)
            counts = np.minimum(np.diff(starts, append=len(codes)), _OFTEN)
            rows = np.bincount(codes[starts] >> 32, minlength=len(sizes))
            yield rows.astype(np.int32), (codes[starts] & 0xFFFFFFFF).astype(np.uint32), counts.astype(np.uint8)
            if len(sizes) < _BATCH:
                return

    def alike(self, text: str, rows: NDArray[np.intp]) -> Floats:
        """The cosine of a text with each of the given ones."""
        grams = Counter(gram for word in text.split() for gram in self._words.get(word) or self._of_stranger(word))
        unknown = grams.pop(-1, 0)
        known = list(grams)
        weights = (1 + np.log(np.array(list(grams.values()), np.float32))) * self._idf[known]
        values = np.zeros(len(self._ids), np.float32)
        values[known] = weights * self._idf[known]
        length = math.sqrt(float(weights @ weights) + unknown * self._unknown**2) or 1.0
        sizes = self._sizes[rows]
        ends = sizes.cumsum()
        own = np.repeat(self._starts[rows] - ends + sizes, sizes)
        own += np.arange(len(own))
        parts = values.take(self._grams.take(own))
        parts *= self._often.take(self._counts.take(own))
        sums = np.zeros(len(own) + 1, np.float32)
        parts.cumsum(out=sums[1:])
        cosines: Floats = (sums[ends] - sums[ends - sizes]) / (self._norms[rows] * np.float32(length) + 1e-9)
        return cosines

    def _of_new(self, word: str) -> "array[int]":
        """The trigrams of a word that no text before had."""
        own = array("i", [self._ids.setdefault(gram, len(self._ids)) for gram in _trigrams(word)])
        self._words[word] = own
        return own

    def _of_stranger(self, word: str) -> Iterable[int]:
        """The trigrams of a word that no text has; -1 for those of them that no word has."""
        return [self._ids.get(gram, -1) for gram in _trigrams(word)]


def _trigrams(word: str) -> list[str]:
    edged = f" {word} "
    return [edged[at : at + 3] for at in range(max(1, len(edged) - 2))]
