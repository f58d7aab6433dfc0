"""How near texts are in meaning: the cosine of the sums of their words' vectors.

Answers for words that stand for nearly the same, as far as short vectors tell. They are distilled from a sentence
model (`benchmarks/distil.py` says how) and lie beside the vocabulary. Knows no synonym, name or phrasing for sure.
"""

import math
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.rows import Floats, Numbers
from knowledge.words import mark, stem

FILE = Path(__file__).parent / "vocabulary" / "vectors.npz"
_WORDS = 10_000
"""How many words of questions are kept with their vectors."""


class Vectors(NamedTuple):
    """The vectors of the commonest stems."""

    marks: NDArray[np.uint64]
    """Those of the stems, in order."""
    values: NDArray[np.int8]
    """A row for each."""
    scales: NDArray[np.float16]
    """What a row is to be multiplied by: words that say little are short."""

    def of(self, words: Iterable[str]) -> Floats:
        """A row for each word; zeros for one that is not there."""
        own = np.fromiter((mark(stem(word)) for word in words), np.uint64)
        at = np.minimum(self.marks.searchsorted(own), len(self.marks) - 1)
        scales = self.scales[at].astype(np.float32) * (self.marks[at] == own)
        rows: Floats = self.values[at] * scales[:, None]
        return rows


@cache
def vectors() -> Vectors:
    """The vectors that lie beside the vocabulary."""
    with np.load(FILE) as file:
        return Vectors(file["marks"], file["values"], file["scales"])


class Meaning:
    """What the entries of a base are about."""

    def __init__(self, words: Sequence[str], rows: Numbers, flat: Numbers, size: int) -> None:
        """`rows`, `flat`: an entry and a word of it, by numbers, for each word of all entries; `size`: of entries."""
        own = vectors().of(words).T
        sums = np.stack([np.bincount(rows, column[flat], size) for column in own], axis=1)
        self._entries = _scaled(sums.astype(np.float32))

    def alike(self, words: Iterable[str]) -> Floats:
        """How near each entry is to a question, -1 to 1; 0 where it has no word with a vector."""
        asked = np.zeros(self._entries.shape[1], np.float32)
        for word in words:
            asked += _vector(word)
        length = math.sqrt(float(asked @ asked))
        return self._entries @ (asked / np.float32(length or 1.0))


@lru_cache(maxsize=_WORDS)
def _vector(word: str) -> Floats:
    own: Floats = vectors().of([word])[0]
    return own


def _scaled(rows: Floats) -> Floats:
    """Rows of length 1, or 0 where there is nothing to scale."""
    lengths = np.sqrt((rows * rows).sum(axis=-1, keepdims=True))
    scaled: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled
