"""Whether a question sounds like those that a base answers or like those that it leaves open.

Answers for what the words of the base's own phrasings tell: "exactly" and "by name" may occur in what it leaves open
only. Regularised logistic regression over terms and pairs of terms, fitted when the base is built by Newton's method
with conjugate gradients (Lin, Weng & Keerthi, JMLR 9, 2008, without their trust region). Does not know which entry is
near.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.order import pairs
from knowledge.rows import Numbers, starts_of

Vector = NDArray[np.float64]

APART = (0, 1, 2)
"""How far apart the terms of a pair stand; a term by itself is a pair with itself."""
STEPS, DIRECTIONS = 6, 10
"""Steps of Newton's method and of the conjugate gradients in each; more change no decision."""
_SETTLED = 1e-9


class Answerability:
    """What the words of a question tell about whether the base answers it."""

    def __init__(self, texts: Numbers, terms: Numbers, left_open: NDArray[np.bool_], size: int) -> None:
        """Text and number of each term, text by text; whether each text is left open; how many terms there are.

        Tells nothing where all texts are left open, or none.
        """
        self._size, count = size, len(left_open)
        self._codes, self._weights, self._bias = np.zeros(0, np.int64), np.zeros(0, np.float32), 0.0
        if left_open.any() and not left_open.all():
            found = np.concatenate([pairs(texts, terms, step, size, count) for step in APART])
            found.sort()
            codes, rows = np.divmod(found[starts_of(found)], count)
            starts = starts_of(codes)
            columns = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(codes)))
            *weights, self._bias = _fitted(rows, columns, np.where(left_open, 1.0, -1.0), len(starts)).tolist()
            self._codes, self._weights = codes[starts], np.array(weights, np.float32)

    def against(self, terms: Sequence[int], *, ordered: bool = True) -> float:
        """Log-odds that a question with these terms is left open; unknown ones have numbers below 0.

        `ordered`: whether they stand in the order of an English sentence; if not, any two are a pair.
        """
        if not len(self._codes):
            return 0.0
        if ordered:
            near = {pair for step in APART for pair in zip(terms, terms[step:], strict=False)}
            codes = np.array([left * self._size + right for left, right in near if left >= 0 <= right], np.int64)
        else:
            known = np.unique([term for term in terms if term >= 0]).astype(np.int64)
            codes = np.add.outer(known * self._size, known).ravel()
        places = np.minimum(self._codes.searchsorted(codes), len(self._codes) - 1)
        return self._bias + float(self._weights[places] @ (self._codes[places] == codes))


def _fitted(rows: Numbers, columns: Numbers, sides: Vector, size: int) -> Vector:
    """The weights of all columns, and a bias: what sets rows of side 1 apart from those of side -1."""

    def seen(weights: Vector) -> Vector:
        sums: Vector = np.bincount(rows, weights[columns], len(sides)) + weights[-1]
        return sums

    def spread(values: Vector) -> Vector:
        return np.append(np.bincount(columns, values[rows], size), values.sum())

    weights = np.zeros(size + 1)
    for _ in range(STEPS):
        wrong = 1 / (1 + np.exp(sides * seen(weights)))
        curvature = wrong * (1 - wrong)

        def turned(step: Vector, by: Vector = curvature) -> Vector:
            return step + spread(by * seen(step))

        weights -= _solved(turned, weights - spread(sides * wrong))
    return weights


def _solved(image: Callable[[Vector], Vector], target: Vector) -> Vector:
    """What a symmetric positive matrix, given by what it does, turns into the target."""
    solution, rest = np.zeros(len(target)), target.copy()
    direction, length = rest, float(rest @ rest)
    for _ in range(DIRECTIONS):
        if length < _SETTLED:
            break
        turned = image(direction)
        share = length / float(direction @ turned)
        solution += share * direction
        rest = rest - share * turned
        before, length = length, float(rest @ rest)
        direction = rest + length / before * direction
    return solution
