"""How alike texts are letter by letter: the cosine of their trigrams, by tf-idf.

Answers for texts that are misspelled or inflected. Does not know entries.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.rows import Floats, Numbers, Rows, starts_of

_BATCH = 20_000
"""Texts whose trigrams are counted at once; more take more memory, not less time."""
_NOTHING = ""
"""Stands for the trigrams of a text without words: no text may be without any."""


class Letters:
    """The trigrams of all texts."""

    def __init__(self, words: Sequence[str], texts: Rows) -> None:
        """`texts`: numbers of the words of each."""
        self._ids: dict[str, int] = {}
        batches = list(self._batches(self._trigrams_in(texts, words), texts))
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

    def _trigrams_in(self, texts: Rows, words: Sequence[str]) -> Rows:
        """The numbers of the trigrams of each word that the texts have, and after them those of the empty word."""
        times = [*np.bincount(texts.flat, minlength=len(words)).tolist(), int((texts.sizes == 0).sum())]
        sizes, flat = array("i"), array("i")
        for word, often in zip((*words, ""), times, strict=True):
            own = (_trigrams(word) or [_NOTHING]) if often else ()
            sizes.append(len(own))
            flat.extend([self._ids.setdefault(gram, len(self._ids)) for gram in own])
        return Rows.of(sizes, flat)

    @staticmethod
    def _batches(trigrams: Rows, texts: Rows) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
        """How many different trigrams each text has, which, and how often."""
        for start in range(0, max(1, len(texts)), _BATCH):
            part = texts.part(start, start + _BATCH)
            none = part.sizes == 0
            # A text without words has the empty word, which is the last.
            words = Rows(part.sizes + none, np.insert(part.flat, part.starts[none], len(trigrams) - 1))
            own = words.through(trigrams)
            codes = (own.row << 32) + own.flat
            codes.sort()
            starts = starts_of(codes)
            counts = np.diff(starts, append=len(codes)).astype(np.uint16)
            rows, grams = codes[starts] >> 32, (codes[starts] & 0xFFFFFFFF).astype(np.uint32)
            yield np.bincount(rows, minlength=len(part)).astype(np.int32), grams, counts

    def _norms_of(self, sizes: Numbers, grams: Numbers, counts: Numbers) -> Floats:
        weights = self._often[counts - 1] * self._idf[grams]
        squares = np.bincount(np.repeat(np.arange(len(sizes)), sizes), weights * weights, len(sizes))
        norms: Floats = np.sqrt(squares).astype(np.float32)
        return norms

    def alike(self, text: str, rows: NDArray[np.intp]) -> Floats:
        """The cosine of a text with each of the given ones."""
        grams = Counter([self._ids.get(gram, -1) for gram in _trigrams(text)])
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


def _trigrams(text: str) -> list[str]:
    """Those of each word, its edges included."""
    edged = f" {text} "
    return [edged[at - 1 : at + 2] for at in range(1, len(edged) - 1) if edged[at] != " "]
