"""Which terms stand side by side: what tells "who gave what to whom" from its reverse.

Answers for pairs of neighbouring terms, weighed by how rare they are among entries. Does not know what a term is.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.postings import Floats, Numbers, Postings, distinct


class Order:
    """The neighbouring terms of all texts."""

    def __init__(self, texts: Numbers, terms: Numbers, owner: Numbers, size: int, entries: int) -> None:
        """Text and number of each term, text by text; `owner`: entry of each text; `size`: number of terms."""
        self._texts, self._size = len(owner), size
        side = [(step, texts[:-step] == texts[step:]) for step in (1, 2)]
        left = np.concatenate([terms[:-step][same] for step, same in side])
        right = np.concatenate([terms[step:][same] for step, same in side])
        where = np.concatenate([texts[:-step][same] for step, same in side])
        self._codes, pairs = np.unique(left.astype(np.int64) * size + right, return_inverse=True)
        found, rows, _ = distinct(pairs, where, len(owner) + 1)
        of_entries, _, _ = distinct(found, owner[rows], entries + 1)
        self._idf = rarity(np.bincount(of_entries, minlength=len(self._codes)), entries)
        norms = np.sqrt(np.bincount(rows, self._idf[found], len(owner)))
        self._unknown = float(rarity(np.zeros(1), entries)[0])
        self._postings = Postings(found, rows, self._idf[found] / norms[rows], len(self._codes))

    def shared(self, terms: Sequence[int]) -> Floats:
        """For each text how much of the order of these terms it has, 0 to 1; unknown terms have numbers below 0."""
        pairs = {*pairwise(terms), *zip(terms, terms[2:], strict=False)}
        codes = np.array([left * self._size + right for left, right in pairs if left >= 0 <= right], np.int64)
        places = np.searchsorted(self._codes, codes)
        places = places[self._codes.take(places, mode="clip") == codes] if len(self._codes) else places[:0]
        square = float(self._idf[places].sum()) + self._unknown * (len(pairs) - len(places))
        factor = 1 / math.sqrt(square or 1.0)
        return self._postings.total([(place, factor) for place in places.tolist()], self._texts)


def rarity(entries: NDArray[Any], size: int) -> NDArray[np.float64]:
    """The idf of BM25, never negative, of what occurs in so many entries of so many."""
    idf: NDArray[np.float64] = np.log1p((size - entries + 0.5) / (entries + 0.5))
    return idf
