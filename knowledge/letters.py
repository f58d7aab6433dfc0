"""How alike texts are letter by letter: the cosine of their trigrams, by tf-idf.

Answers for texts that are misspelled or inflected. Does not know words or entries.
"""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.postings import Floats, distinct


class Letters:
    """The trigrams of all texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._ids: dict[str, int] = {}
        sizes: list[int] = []
        flat: list[int] = []
        met: dict[str, list[int]] = {}
        for text in texts:
            before = len(flat)
            for word in text.split():
                if word not in met:
                    met[word] = [self._ids.setdefault(gram, len(self._ids)) for gram in _trigrams(word)]
                flat += met[word]
            sizes.append(len(flat) - before)
        owners = np.repeat(np.arange(len(texts)), sizes)
        rows, grams, which = distinct(owners, np.array(flat, np.int32), len(self._ids) + 1)
        idf = np.log1p(len(texts) / np.bincount(grams, minlength=len(self._ids)))
        self._idf = idf.tolist()
        self._unknown = math.log1p(len(texts))
        weights = (1 + np.log(np.bincount(which, minlength=len(rows)))) * idf[grams]
        norms = np.sqrt(np.bincount(rows, weights * weights, len(texts)))
        self._grams = grams.astype(np.int32)
        self._weights = (weights / norms[rows]).astype(np.float32)
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(texts)))])

    def alike(self, text: str, rows: NDArray[np.intp]) -> Floats:
        """The cosine of a text with each of the given ones."""
        values = np.zeros(len(self._ids), np.float32)
        square = 0.0
        for gram, n in Counter(gram for word in text.split() for gram in _trigrams(word)).items():
            at = self._ids.get(gram)
            weight = (1 + math.log(n)) * (self._unknown if at is None else self._idf[at])
            square += weight * weight
            if at is not None:
                values[at] = weight
        starts = self._starts[rows]
        sizes = self._starts[rows + 1] - starts
        ends = np.cumsum(sizes)
        own = np.repeat(starts - ends + sizes, sizes) + np.arange(ends[-1])
        sums = np.zeros(len(own) + 1, np.float32)
        np.cumsum(values[self._grams[own]] * self._weights[own], out=sums[1:])
        cosines: Floats = (sums[ends] - sums[ends - sizes]) / np.float32(math.sqrt(square) or 1.0)
        return cosines


def _trigrams(word: str) -> list[str]:
    edged = f" {word} "
    return [edged[at : at + 3] for at in range(max(1, len(edged) - 2))]
