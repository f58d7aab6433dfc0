"""How alike texts are letter by letter: the cosine of their trigrams, by tf-idf.

Answers for texts that are misspelled or inflected. Does not know words or entries.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.postings import Floats


class Letters:
    """The trigrams of all texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._ids: dict[str, int] = {}
        sizes: list[int] = []
        flat = array("i")
        self._words: dict[str, array[int]] = {}
        for text in texts:
            before = len(flat)
            for word in text.split():
                if word not in self._words:
                    own = [self._ids.setdefault(gram, len(self._ids)) for gram in _trigrams(word)]
                    self._words[word] = array("i", own)
                flat += self._words[word]
            sizes.append(len(flat) - before)
        codes = np.repeat(np.arange(len(texts)) * len(self._ids), sizes)
        codes += np.frombuffer(flat, np.int32)
        codes, counts = np.unique(codes, return_counts=True)
        rows, grams = np.divmod(codes, max(1, len(self._ids)))
        idf = np.log1p(len(texts) / np.bincount(grams, minlength=len(self._ids)))
        self._idf = idf.astype(np.float32)
        self._unknown = math.log1p(len(texts))
        weights = (1 + np.log(counts)) * idf[grams]
        norms = np.sqrt(np.bincount(rows, weights * weights, len(texts)))
        self._grams = grams.astype(np.int32)
        self._weights = (weights / norms[rows]).astype(np.float32)
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(texts)))])

    def alike(self, text: str, rows: NDArray[np.intp]) -> Floats:
        """The cosine of a text with each of the given ones."""
        grams = Counter(gram for word in text.split() for gram in self._words.get(word) or self._of_stranger(word))
        unknown = grams.pop(-1, 0)
        known = np.fromiter(grams, np.int64, len(grams))
        weights = (1 + np.log(np.fromiter(grams.values(), np.float32, len(grams)))) * self._idf[known]
        values = np.zeros(len(self._ids), np.float32)
        values[known] = weights
        length = math.sqrt(float(weights @ weights) + unknown * self._unknown**2) or 1.0
        starts = self._starts[rows]
        sizes = self._starts[rows + 1] - starts
        ends = np.cumsum(sizes)
        own = np.repeat(starts - ends + sizes, sizes) + np.arange(ends[-1])
        sums = np.zeros(len(own) + 1, np.float32)
        np.cumsum(values[self._grams[own]] * self._weights[own], out=sums[1:])
        cosines: Floats = (sums[ends] - sums[ends - sizes]) / np.float32(length)
        return cosines

    def _of_stranger(self, word: str) -> Iterable[int]:
        """The trigrams of a word that no text has; -1 for those of them that no word has."""
        return [self._ids.get(gram, -1) for gram in _trigrams(word)]


def _trigrams(word: str) -> list[str]:
    edged = f" {word} "
    return [edged[at : at + 3] for at in range(max(1, len(edged) - 2))]
