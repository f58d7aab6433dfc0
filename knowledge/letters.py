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


class Letters:
    """The trigrams of all texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._ids: dict[str, int] = {}
        self._words: dict[str, array[int]] = {}
        batches = list(self._batches(iter(texts)))
        self._sizes = np.concatenate([sizes for sizes, _, _ in batches])
        self._starts = np.cumsum(self._sizes) - self._sizes
        most = max(int(counts.max(initial=1)) for _, _, counts in batches)
        self._often = (1 + np.log(np.arange(1, most + 1))).astype(np.float32)
        size = len(self._ids)
        texts_with = np.zeros(size)
        for _, grams, _ in batches:
            texts_with += np.bincount(grams, minlength=size)
        self._idf = np.log1p(len(self._sizes) / texts_with).astype(np.float32)
        self._unknown = math.log1p(len(self._sizes))
        self._norms = np.concatenate([self._norms_of(*batch) for batch in batches])
        narrow = np.uint16 if most * size <= 0x10000 else np.uint32
        codes = [(grams + (counts - 1) * np.uint32(size)).astype(narrow) for _, grams, counts in batches]
        self._codes: Numbers = np.concatenate(codes)
        """Trigrams of each text; one that comes again is a number of its own, so that it can weigh more."""

    def _batches(self, texts: Iterator[str]) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
        """How many different trigrams each text has, which, and how often."""
        while True:
            sizes, flat = array("i"), array("i")
            for text in islice(texts, _BATCH):
                before = len(flat)
                for word in text.split() or ("",):  # so that no text is without any
                    flat += self._words.get(word) or self._of_new(word)
                sizes.append(len(flat) - before)
            codes = np.repeat(np.arange(len(sizes)) << 32, sizes) + np.frombuffer(flat, np.int32)
            codes.sort()
            starts = starts_of(codes)
            counts = np.diff(starts, append=len(codes)).astype(np.uint16)
            rows, grams = codes[starts] >> 32, (codes[starts] & 0xFFFFFFFF).astype(np.uint32)
            yield np.bincount(rows, minlength=len(sizes)).astype(np.int32), grams, counts
            if len(sizes) < _BATCH:
                return

    def _norms_of(self, sizes: Numbers, grams: Numbers, counts: Numbers) -> Floats:
        weights = self._often[counts - 1] * self._idf[grams]
        squares = np.bincount(np.repeat(np.arange(len(sizes)), sizes), weights * weights, len(sizes))
        norms: Floats = np.sqrt(squares).astype(np.float32)
        return norms

    def alike(self, text: str, rows: NDArray[np.intp]) -> Floats:
        """The cosine of a text with each of the given ones."""
        grams = Counter(gram for word in text.split() for gram in self._words.get(word) or self._of_stranger(word))
        unknown = grams.pop(-1, 0)
        known = list(grams)
        idf = self._idf[known]
        weights = (1 + np.log(np.array(list(grams.values()), np.float32))) * idf
        length = math.sqrt(float(weights @ weights) + unknown * self._unknown**2) or 1.0
        values = np.zeros((len(self._often), len(self._ids)), np.float32)
        values[:, known] = self._often[:, None] * (weights * idf)
        sizes = self._sizes[rows]
        starts = sizes.cumsum() - sizes
        own = np.repeat(self._starts[rows] - starts, sizes)
        own += np.arange(len(own))
        sums = np.add.reduceat(values.ravel().take(self._codes.take(own)), starts)
        cosines: Floats = (sums / (self._norms[rows] * np.float32(length))).astype(np.float32, copy=False)
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
