"""Whether the nearest entry answers the question: evidence for and against, weighed into one probability.

Answers for abstention. Does not search. The weights are fitted by `benchmarks/fit.py`, which says on what and with
what result; nobody sets them by hand. There are two sets, since bases differ in what decides. One that names its people
and places, as an article's does, is judged by names, kinds of question and what the newsroom left open. Any other can
only be judged by how well and how clearly the best entry fits, with a bar from the base (`knowledge/calibration.py`).
"""

import math
from typing import NamedTuple

from knowledge.evidence import Evidence


class Judge(NamedTuple):
    """What each piece of evidence weighs."""

    weights: Evidence
    bias: float

    def weight_of(self, evidence: Evidence) -> float:
        """What speaks for the entry less what speaks against it, before the bias."""
        return sum(weight * value for weight, value in zip(self.weights, evidence, strict=True))

    def probability(self, evidence: Evidence) -> float:
        """How likely the entry answers the question, 0 to 1."""
        return 1 / (1 + math.exp(-self.bias - self.weight_of(evidence)))


# Cross-validated on 11,777 regression questions and 500 about something else, those to be answered weighing twice what
# the others do: of those that the article answers 96 % decided rightly, of the others 95 %.
ARTICLE = Judge(
    Evidence(
        score=-0.28,
        lead=0.55,
        rivals=0.00,
        implied=-0.22,
        lacking=-3.72,
        unknown=-5.32,
        off_focus=-0.84,
        unasked=-0.16,
        wrong_kind=-1.38,
        rephrased=-1.08,
        other_names=-3.14,
        untold_names=-2.05,
        replaced=-2.35,
        miscast=-3.69,
        left_open=-2.55,
        open_unasked=0.96,
        terms=1.55,
        translated=-0.10,
        many=-0.75,
        untold=-1.98,
        leaning=-0.42,
        typical=0.67,
        negated=-4.56,
        asks=0.60,
        personal=-8.47,
        guards=3.53,
    ),
    -4.41,
)
"""For a base that names its people and places, and for one that is too small to set a bar of its own."""

# Fitted on four public sets. With a set left out, one in twenty of its unanswerable questions let through, the share
# answered rightly is 0.46, 0.76, 0.19 and 0.76.
PLAIN = Judge(
    Evidence(
        score=0.53,
        lead=0.00,
        rivals=-1.71,
        implied=0.59,
        lacking=0.00,
        unknown=0.00,
        off_focus=0.00,
        unasked=-0.89,
        wrong_kind=0.00,
        rephrased=0.00,
        other_names=0.00,
        untold_names=0.00,
        replaced=0.00,
        miscast=0.00,
        left_open=0.00,
        open_unasked=0.00,
        terms=0.00,
        translated=0.00,
        many=0.00,
        untold=0.00,
        leaning=0.00,
        typical=0.00,
        negated=0.00,
        asks=0.00,
        personal=0.00,
        guards=0.00,
    ),
    0.91,
)
"""For any other base; in the place of the bias each sets its own bar."""
