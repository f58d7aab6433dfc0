"""Whether the nearest entry answers the question: evidence for and against, weighed into one probability.

Answers for abstention. Does not search. The weights are fitted by `benchmarks/fit.py`, which says on what and with
what result; nobody sets them by hand. There are two sets, since bases differ in what decides. One that names its people
and places, as an article's does, is judged by names, kinds of question and what the newsroom left open. Any other can
only be judged by how well and how clearly the best entry fits, with a bar from the base (`knowledge/calibration.py`).
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.index import Candidate, Index, Query
from knowledge.outcomes import Kind
from knowledge.reading import Role


class Evidence(NamedTuple):
    """What speaks for and against an entry as the answer; shares are of the question's idf mass, 0 to 1."""

    score: float
    """The entry's score in the index."""
    lead: float
    """Its score less that of the next."""
    implied: float
    """Share that not its best phrasing has, but its other phrasings or its answer."""
    elsewhere: float
    """Share that only other entries have."""
    unknown: float
    """Share that no entry has."""
    unasked: float
    """Share of the phrasing's content that the question lacks."""
    wrong_kind: float
    """1 where the question asks for another kind of thing than the entry answers; yes or no may be asked of any."""
    other_names: float
    """Entities that the question names and the entry does not have."""
    strangers: float
    """Names in the question that the base does not know."""
    left_open: float
    """Score of the nearest entry that only says "the article doesn't say", less the entry's own; at least -1."""
    terms: float
    """Logarithm of the number of content terms: short questions prove little."""
    translated: float
    """1 where the question was read word by word from another language, which leaves gaps."""
    guards: float
    """Share of the base that only says "the article doesn't say": where it is high, none of it near means much."""


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


def weigh(
    index: Index,
    query: Query,
    asked: frozenset[Kind],
    answers: frozenset[Kind],
    candidates: Sequence[Candidate],
    left_open: Candidate | None,
    *,
    translated: bool,
    guards: float,
) -> Evidence:
    """The evidence on the first candidate.

    `answers`: the kinds of question that its entry answers; `left_open`: the nearest entry without an answer.
    """
    first = candidates[0]
    phrasing = index.keys_of(first.document)
    shares = {"implied": 0.0, "elsewhere": 0.0, "unknown": 0.0}
    content = other_names = strangers = 0.0
    terms = 0
    matched: set[str] = set()
    for term, mass, keys in query.parts:
        here = max((factor for key, factor in keys if key in phrasing), default=0.0)
        matched.update(key for key, _ in keys)
        if term.role in (Role.FILLER, Role.ASKING):
            continue
        terms += term.weight == 1.0
        content += mass
        if here == 1.0:
            continue
        left = (1 - here) * mass
        if any(index.in_profile(first.entry, key) for key, _ in keys):
            shares["implied"] += left
        elif keys:
            shares["elsewhere"] += left
            other_names += term.role is Role.ENTITY
        else:
            shares["unknown"] += left
            strangers += term.role is Role.NAME
    content = content or 1e-6
    return Evidence(
        score=first.score,
        lead=first.score - (candidates[1].score if len(candidates) > 1 else 0.0),
        **{name: mass / content for name, mass in shares.items()},
        unasked=_unasked(index, phrasing, matched),
        wrong_kind=float(bool(asked - {Kind.YES_NO} and answers and not asked & answers)),
        other_names=other_names,
        strangers=strangers,
        left_open=max(-1.0, left_open.score - first.score) if left_open else -1.0,
        terms=math.log1p(terms),
        translated=float(translated),
        guards=guards,
    )


def _unasked(index: Index, phrasing: dict[str, float], matched: set[str]) -> float:
    masses = {key: weight * index.idf(key) for key, weight in phrasing.items() if weight == 1.0 and key[0] != "~"}
    groups = {key for key in matched if key[0] == "~"}
    lacking = sum(
        mass for key, mass in masses.items() if key not in matched and not groups.intersection(index.groups_of(key))
    )
    return lacking / (sum(masses.values()) or 1.0)


# Cross-validated on 808 regression questions, 173 others and 500 about something else: of those that the article
# answers 85 % decided rightly, of the others 91 %.
ARTICLE = Judge(
    Evidence(
        score=-0.07,
        lead=0.90,
        implied=0.81,
        elsewhere=-2.18,
        unknown=-2.60,
        unasked=-0.27,
        wrong_kind=-2.15,
        other_names=-0.93,
        strangers=-2.61,
        left_open=-2.87,
        terms=-0.73,
        translated=1.54,
        guards=3.50,
    ),
    -0.84,
)
"""For a base that names its people and places."""

# Fitted on four public sets. With a set left out, one in twenty of its unanswerable questions let through, the share
# answered rightly is 0.41, 0.76, 0.26 and 0.73.
PLAIN = Judge(
    Evidence(
        score=1.01,
        lead=1.53,
        implied=0.83,
        elsewhere=0.00,
        unknown=0.00,
        unasked=-1.18,
        wrong_kind=0.00,
        other_names=0.00,
        strangers=0.00,
        left_open=0.00,
        terms=0.00,
        translated=0.00,
        guards=0.00,
    ),
    -1.79,
)
"""For any other base; the bias is for one that is too small to set its own bar."""
