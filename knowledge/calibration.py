"""The bar of a base: how much must speak for an entry before it is given as the answer.

Answers for a bar that the base itself sets. Its own phrasings, shortened as readers would, are asked with the entry
that they belong to left out: questions about its subjects that it cannot answer. One in twenty may pass. Knows no index
and no evidence.
"""

import random
from collections.abc import Callable, Sequence

import numpy as np

from knowledge.rows import Numbers

PASSING = 0.05
SAMPLE = 200
"""Phrasings asked; more make a bar steadier and a base slower to load."""
KEPT = 0.4
"""Share of the words that a shortened phrasing keeps."""
LEAST = 20
"""Phrasings below which one in twenty means nothing."""


def bar(texts: Sequence[str], owners: Numbers, weight_without: Callable[[str, int], float]) -> float | None:
    """The bar for a base; None where it is too small to tell.

    `texts`: phrasings; `owners`: the entry of each; `weight_without`: what speaks for the best answer to a text other
    than an entry.
    """
    if len(texts) < LEAST:
        return None
    random_ = random.Random(0)  # noqa: S311 - the same base must always get the same bar
    weights = []
    for at in random_.sample(range(len(texts)), min(SAMPLE, len(texts))):
        words = texts[at].split()
        kept = [word for word in words if random_.random() < KEPT] or words
        weights.append(weight_without(" ".join(kept), int(owners[at])))
    return float(np.quantile(weights, 1 - PASSING))
