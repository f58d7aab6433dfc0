"""Whether the nearest entry answers the question: evidence for and against, weighed into one probability.

Answers for abstention. Does not search. The weights are fitted by `benchmarks/fit.py`, which says on what and with
what result; nobody sets them by hand.
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
    covered: float
    """Share of the question's content that its best phrasing has."""
    implied: float
    """Share that only its other phrasings or its answer have."""
    elsewhere: float
    """Share that only other entries have."""
    unknown: float
    """Share that no entry has."""
    unasked: float
    """Share of the phrasing's content that the question lacks."""
    wrong_kind: float
    """1 where the question asks for another kind of thing than the entry answers."""
    other_names: float
    """Entities that the question names and the entry does not have."""
    missing_names: float
    """Entities of the phrasing that the question does not name."""
    strangers: float
    """Names in the question that the base does not know."""
    left_open: float
    """Score of the nearest entry that only says "the article doesn't say", less the entry's own; at least -1."""
    terms: float
    """Logarithm of the number of content terms: short questions prove little."""


def weigh(
    index: Index,
    query: Query,
    asked: frozenset[Kind],
    answers: frozenset[Kind],
    candidates: Sequence[Candidate],
    left_open: Candidate | None,
) -> Evidence:
    """The evidence on the first candidate.

    `answers`: the kinds of question that its entry answers; `left_open`: the nearest entry without an answer.
    """
    first = candidates[0]
    phrasing = index.keys_of(first.document)
    shares = {"covered": 0.0, "implied": 0.0, "elsewhere": 0.0, "unknown": 0.0}
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
        shares["covered"] += here * mass
        left = (1 - here) * mass
        implied = max((factor for key, factor in keys if index.in_profile(first.entry, key)), default=0.0)
        if implied:
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
        wrong_kind=float(bool(asked and answers and not asked & answers)),
        other_names=other_names,
        missing_names=float(sum(key[0] == "@" and key not in matched for key in phrasing)),
        strangers=strangers,
        left_open=max(-1.0, left_open.score - first.score) if left_open else -1.0,
        terms=math.log1p(terms),
    )


def _unasked(index: Index, phrasing: dict[str, float], matched: set[str]) -> float:
    masses = {key: weight * index.idf(key) for key, weight in phrasing.items() if weight == 1.0 and key[0] != "~"}
    groups = {key for key in matched if key[0] == "~"}
    lacking = sum(
        mass for key, mass in masses.items() if key not in matched and not groups.intersection(index.groups_of(key))
    )
    return lacking / (sum(masses.values()) or 1.0)


# 4178 questions, the public sets at 75 each: cross-validated AUC 0.851, right 0.761. Weighing the sets at 200 each
# wins a point or two on them and loses as many on the article (casual 94 to 89, world 100 to 91).
WEIGHTS = Evidence(
    score=0.08,
    lead=1.53,
    covered=0.82,
    implied=1.50,
    elsewhere=-0.96,
    unknown=-0.97,
    unasked=-0.87,
    wrong_kind=-0.98,
    other_names=-1.24,
    missing_names=0.93,
    strangers=-1.24,
    left_open=-1.69,
    terms=-0.17,
)
BIAS = -0.59


def probability(evidence: Evidence) -> float:
    """How likely the entry answers the question, 0 to 1."""
    total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, evidence, strict=True))
    return 1 / (1 + math.exp(-total))
