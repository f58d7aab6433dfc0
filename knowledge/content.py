"""What each entry tells, term by term, and which of its terms say who, when, where or how many.

Answers for whether an entry has anything to tell somebody who already knows what the question says. Reads no text.
"""

import re
from collections.abc import Iterator, Mapping

import numpy as np

from knowledge.corpus import Corpus, Terms
from knowledge.outcomes import Kind
from knowledge.postings import offsets

_BY_TYPE = {
    "person": {Kind.WHO},
    "organisation": {Kind.WHO, Kind.WHERE},
    "country": {Kind.WHO, Kind.WHERE},
    "place": {Kind.WHERE},
}
"""What an entity answers, by its type."""
_FIGURE, _TIME = frozenset({Kind.HOW_MANY}), frozenset({Kind.WHEN})
_LONE = re.compile(r"\d")
"""A figure that says how many, hardly ever when."""
TOLD = frozenset({Kind.WHO, Kind.WHEN, Kind.WHERE, Kind.HOW_MANY})
"""Kinds of question of which a term by itself is the answer."""


class Content:
    """The answers of all entries."""

    def __init__(self, said: Corpus, terms: Terms, types: Mapping[str, str], times: frozenset[str]) -> None:
        """`said`: one text for each entry; `types`: key of each name -> person, ...; `times`: keys that say when."""
        rows, keys, _ = terms.of(said.terms)
        self._keys = keys.astype(np.int32)
        self._starts = offsets(np.bincount(rows, minlength=len(said.terms)))
        self._names = list(terms.ids)
        self._times = times
        self._types = {key: frozenset(_BY_TYPE.get(type_, ())) for key, type_ in types.items()}

    def of(self, entry: int) -> Iterator[str]:
        """The keys of what an entry says."""
        for at in self._keys[self._starts[entry] : self._starts[entry + 1]].tolist():
            yield self._names[at]

    def lacks(self, entry: int, asked: frozenset[Kind], known: frozenset[str]) -> bool:
        """Whether of who, when, where or how many, whichever is asked for, an entry tells nothing that is not known."""
        typed = asked & TOLD
        return bool(typed) and not any(typed & self._answers(key) for key in self.of(entry) if key not in known)

    def _answers(self, key: str) -> frozenset[Kind]:
        """The kinds of question of which a key by itself is the answer."""
        if key[0].isdigit():
            return _FIGURE if _LONE.fullmatch(key) else _FIGURE | _TIME
        return self._types.get(key, _TIME if key in self._times else frozenset())
