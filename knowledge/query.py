"""What the index is asked and what it gives: a question in keys and masses, and entries that come near it.

Answers for what passes between reading, index and judgement. Does not search.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.question import Term
from knowledge.rows import Numbers


class Candidate(NamedTuple):
    """An entry that comes near."""

    entry: int
    score: float
    document: int
    """Its best phrasing."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index asks it, with what a decision needs of it."""

    parts: tuple[tuple[Term, float, tuple[tuple[str, float], ...]], ...]
    """Term, its idf mass, and the index keys that it may match, weakest first, with their factors."""
    numbers: tuple[int, ...]
    """The number of each term in order; unknown ones have different numbers below 0."""
    keys: Sequence[str]
    """All keys that any term may match, each once."""
    keys_as_numbers: Numbers
    """The same as the index numbers them."""
    mass: float
    letters: str
    """Its words, spelled rightly, without asides."""
    same: Numbers
    """The phrasings that the question is, word for word or at least key for key."""

    @property
    def own_numbers(self) -> list[int]:
        """Those of the terms that stand in the sentence that asks."""
        return [number for (term, _, _), number in zip(self.parts, self.numbers, strict=True) if not term.around]
