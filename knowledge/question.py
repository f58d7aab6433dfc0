"""A question as it was read: weighted terms and what it asks for.

Answers for what of a message the index and the judgement get to see. Does not read.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from knowledge.outcomes import Kind
from knowledge.slips import errors
from knowledge.spelling import Near

NOTHING_ASKED: frozenset[Kind] = frozenset()

SUMMARY = "summary"
"""The kind of small talk that asks what it is all about, which the base may answer."""


class Role(StrEnum):
    """What part a term plays in a question."""

    CONTENT = "content"
    FILLER = "filler"
    ASKING = "asking"
    ENTITY = "entity"
    NAME = "name"
    """A name that the base does not know."""
    NEGATION = "negation"
    UNREAD = "unread"
    """A word of another language that its dictionary lacks."""


SURE = 4
"""Letters for each error of a mistyped word that is as good as known."""
FUNCTION = frozenset({Role.FILLER, Role.ASKING, Role.NEGATION})
"""The roles of function words, which say nothing of what a question is about."""
NAMING = frozenset({Role.ENTITY, Role.NAME})
"""The roles of names, whether the base knows them or not."""


class Term(NamedTuple):
    """One term of a text."""

    key: str
    """Stem, stems of a phrase joined by blanks, or an entity's id after "@"."""
    weight: float
    role: Role
    typed: str
    near: Near = ()
    """Words of the base that an unknown one may stand for, best first, with likeness."""
    around: bool = False
    """Whether it stands in another sentence than the one that asks."""

    @property
    def sure(self) -> bool:
        """Whether it is what was typed, or surely what is meant: short words are one error from too many others."""
        return not self.near or errors(self.typed, self.near[0][0]) <= len(self.typed) // SURE


Cast = tuple[str, str]
"""Key of a name or figure, and its part in a sentence: who acts or bears, a preposition, or a key that it specifies."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read."""

    terms: tuple[Term, ...]
    kinds: frozenset[Kind]
    """What it asks for; empty where it does not show."""
    text: str = ""
    """The sentence that asks, as it was typed."""
    alone: bool = True
    """Whether it says itself what it is about."""
    itself: "Question | None" = None
    """The same without the question before, where it was read with that but may be one of its own."""
    only: bool = False
    """Whether it asks for nothing else: "and why" after "who landed"."""
    language: str = "en"
    chat: str | None = None
    """What the message is when it is no question: greeting, thanks, ..."""
    asks: bool = True
    """Whether it has the form of a question."""
    casts: tuple[Cast, ...] = ()
    """The parts of the names and figures in it."""
    personal: float = 0.0
    """Share of the words that speak of the reader or the bot: I, you, my, ..."""
