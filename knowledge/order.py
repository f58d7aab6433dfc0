"""Which terms stand side by side: what tells "who gave what to whom" from its reverse.

Answers for pairs of neighbouring terms, weighed by how rare they are among entries. Does not know what a term is.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.postings import List, Postings
from knowledge.rows import Numbers, starts_of

NEGLIGIBLE = 0.003
"""Share of the highest idf below which a pair is not looked up: nearly every text has it, such as "what is"."""


class Order:
    """The neighbouring terms of all texts."""

    def __init__(self, texts: Numbers, terms: Numbers, owner: Numbers, size: int, entries: int) -> None:
        """Text and number of each term, text by text; `owner`: entry of each text; `size`: number of terms."""
        self._size = size
        codes = np.concatenate([pairs(texts, terms, step, size, len(owner)) for step in (1, 2)])
        codes.sort()
        codes, rows = np.divmod(codes[starts_of(codes)], max(1, len(owner)))
        starts = starts_of(codes)
        self._codes = codes[starts]
        entry = owner[rows]
        new = np.ones(len(codes), np.bool_)
        np.not_equal(entry[1:], entry[:-1], out=new[1:])
        new[starts] = True
        counts = np.add.reduceat(new, starts, dtype=np.int32) if len(starts) else starts
        self._idf = rarity(counts, entries).astype(np.float32)
        sizes = np.diff(starts, append=len(codes))
        weights = np.repeat(self._idf, sizes)
        weights /= np.sqrt(np.bincount(rows, weights, len(owner)))[rows]
        self._unknown = float(rarity(np.zeros(1), entries)[0])
        self._postings = Postings(sizes, rows, weights)

    def shared(self, terms: Sequence[int]) -> tuple[list[List], float]:
        """The texts that have pairs of these terms, and by what to multiply them so that all pairs make 1.

        Unknown terms have numbers below 0.
        """
        near = {*pairwise(terms), *zip(terms, terms[2:], strict=False)}
        codes = [left * self._size + right for left, right in near if left >= 0 <= right]
        if not codes or not len(self._codes):
            return [], 0.0
        places = self._codes.searchsorted(codes)
        there = self._codes.take(places, mode="clip").tolist()
        known = [at for at, code, found in zip(places.tolist(), codes, there, strict=True) if code == found]
        rare = self._idf[known].tolist()
        square = sum(rare) + self._unknown * (len(near) - len(known))
        least = NEGLIGIBLE * self._unknown
        lists = [self._postings.get(at) for at, idf in zip(known, rare, strict=True) if idf > least]
        return lists, 1 / math.sqrt(square or 1.0)


def pairs(texts: Numbers, terms: Numbers, step: int, size: int, count: int) -> NDArray[np.int64]:
    """Each pair of terms so far apart in a text, and the text, as one number."""
    before = len(texts) - step
    same = texts[:before] == texts[step:]
    codes: NDArray[np.int64] = terms[:before][same].astype(np.int64)
    codes *= size
    codes += terms[step:][same]
    codes *= count
    codes += texts[:before][same]
    return codes


def rarity(entries: NDArray[Any], size: int) -> NDArray[np.float64]:
    """The idf of BM25, never negative, of what occurs in so many entries of so many."""
    idf: NDArray[np.float64] = np.log1p((size - entries + 0.5) / (entries + 0.5))
    return idf
