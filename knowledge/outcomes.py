"""What a question comes to: an answer, choices or no answer, a closed set of frozen types.

Refuses to know how any of it is shown or sent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """What a question asks for, and what an entry answers."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    WHAT = "what"
    WHY = "why"
    HOW = "how"
    HOW_MANY = "how_many"
    YES_NO = "yes_no"
    QUOTE = "quote"


class Status(StrEnum):
    """How firmly the article says it."""

    STATED = "stated"
    REPORTED = "reported"
    SUSPECTED = "suspected"
    DENIED = "denied"
    UNCLEAR = "unclear"


class Reason(StrEnum):
    """Why there is no answer."""

    CHAT = "chat"
    """Not a question about the article: a greeting, thanks, abuse."""
    EMPTY = "empty"
    """Nothing in the message can be read as words."""
    NAME = "name"
    """The question is about somebody or something that the article does not mention."""
    KIND = "kind"
    """The article is on the subject but doesn't say what is asked: when, where, why, ..."""
    LEFT_OPEN = "left_open"
    """The newsroom noted that the article leaves this open."""
    NOTHING_NEAR = "nothing_near"
    """Nothing in the article comes near enough."""


@dataclass(frozen=True, slots=True)
class Article:
    """The article that an entry was taken from, as far as a reader is shown."""

    id: str
    title: str
    publisher: str
    section: str | None
    published: datetime
    url: str | None
    language: str
    rights: str
    summary: str
    suggested: tuple[str, ...]
    """Ids of the entries that the editor offers as first questions."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the knowledge base can say, with where the article says it."""

    id: str
    article: Article
    answer: str
    kinds: frozenset[Kind]
    phrasings: Sequence[str]
    paragraph: int | None
    """Counted from 0, the title; None where a question is left open."""
    according_to: str | None = None
    status: Status = Status.STATED
    when: str | None = None
    see: tuple[str, ...] = ()
    speaker: str | None = None
    """Who said it, for a quotation; the words themselves are in `answer`."""
    context: str | None = None
    """What a quotation is about."""
    describes: str | None = None
    """Type of the entity that it describes; None for what is no description."""
    left_open: bool = False
    """Whether this is something the article does not say."""

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        """By its fields in order: from what dataclasses write instead, entries are read half as fast."""
        return type(self), tuple([getattr(self, name) for name in self.__slots__])

    @property
    def question(self) -> str:
        """The phrasing that stands for the entry, on a button or in a list."""
        return self.phrasings[0] if self.phrasings else self.id


@dataclass(frozen=True, slots=True)
class Answer:
    """The entry that answers the question."""

    entry: Entry
    confidence: float
    related: tuple[Entry, ...] = ()
    """Entries that belong beside it, the denial beside the suspicion first."""
    language: str = "en"
    """The language of the question."""
    also: Entry | None = None
    """What another article says of the same question, where it says something else."""
    asked: str = ""
    """The question, where the message has others."""
    others: tuple["Answer | NoAnswer", ...] = ()
    """What the others come to."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Two or three entries of which the reader should pick one."""

    entries: tuple[Entry, ...]
    confidence: float
    language: str = "en"


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Why there is no answer, and what comes closest."""

    reason: Reason
    confidence: float = 0.0
    subject: str | None = None
    """The name that is not mentioned, the kind of question that is not answered, or the kind of chat."""
    entry: Entry | None = None
    """What the newsroom wrote about a question that the article leaves open."""
    closest: Entry | None = None
    language: str = "en"
    asked: str = ""
    """The question, where the message has others."""
    near: tuple[Entry, ...] = ()
    """Others that may be meant, by whoever asks in words that no phrasing has."""


Outcome = Answer | Choices | NoAnswer


def together(outcomes: Iterable[tuple[str, Outcome]]) -> Outcome:
    """What a message of several questions comes to: the first answer, with what each other question comes to.

    `outcomes`: each question with its own. What answers two of them is given once; where none has an answer, the first
    stands for all.
    """
    parts = list(outcomes)
    given: dict[str, Answer] = {}
    for asked, outcome in parts:
        if isinstance(outcome, Answer):
            given.setdefault(outcome.entry.id, replace(outcome, asked=asked))
    if not given:
        return parts[0][1]
    left = [_why(outcome, asked) for asked, outcome in parts if not isinstance(outcome, Answer)]
    first, *more = given.values()
    others: tuple[Answer | NoAnswer, ...] = (*more, *left)
    return replace(first, others=others) if others else replace(first, asked="")


def _why(outcome: Choices | NoAnswer, asked: str) -> NoAnswer:
    """Why a question beside others has no answer, without anything to choose from."""
    if isinstance(outcome, Choices):
        return NoAnswer(Reason.NOTHING_NEAR, outcome.confidence, language=outcome.language, asked=asked)
    return replace(outcome, closest=None, near=(), asked=asked)
