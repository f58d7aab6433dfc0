"""The layout of a knowledge file, as a newsroom writes it.

Answers for keys, types and lengths. Does not compare entries with each other or with the article.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from knowledge.outcomes import Kind, Status

ID = r"^[a-z0-9][a-z0-9_-]*$"
WHEN = r"^[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
URL = r"^https?://"
LANGUAGE = r"^[a-z]{2}$"
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""What stands beside an answer in every reply: it must leave room for the answer."""
Statement = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=700)]
"""What is told as an answer."""
Draft = Annotated[bool, Field(description="not finished by an editor: served only where DRAFTS=serve")]
Id = Annotated[
    str,
    StringConstraints(pattern=ID, max_length=47),
    Field(description="lower-case letters, figures, - and _; goes into a button, which holds 64 bytes"),
]


def _in_the_calendar(when: str) -> str:
    try:
        date.fromisoformat(f"{when}-01-01"[:10])
    except ValueError:
        raise ValueError("there is no such day") from None
    return when


def _written_as_date(published: object) -> object:
    """What is no number: pydantic would count it from 1970."""
    if isinstance(published, int | float) or (isinstance(published, str) and published.isdigit()):
        raise ValueError("write it as 2025-03-01 or 2025-03-01T09:30")
    return published


When = Annotated[
    str,
    StringConstraints(pattern=WHEN),
    BeforeValidator(lambda value: str(value) if isinstance(value, int | date) else value),
    AfterValidator(_in_the_calendar),
]
"""A date as 2024-06-19, 2023-09 or 1961; as texts they sort by time."""


class _Node(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ArticleNode(_Node):
    """The article that the file is about."""

    id: Id
    title: Text
    publisher: Name
    section: Text | None = None
    published: Annotated[datetime, BeforeValidator(_written_as_date)]
    url: Annotated[str, StringConstraints(pattern=URL)] | None = None
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)] = "en"
    rights: str = ""
    summary: str = ""
    suggested: list[Id] = Field(default=[], description="entries that are offered as first questions")


class SourceNode(_Node):
    """Where the article says it."""

    paragraph: Annotated[int, Field(ge=0, description="counted from 0, the title")]
    according_to: Name | None = Field(default=None, description="whom the article gives as its source")


class EntityNode(_Node):
    """A person, organisation, place, country, agreement or event that questions name."""

    id: Id
    type: Literal["person", "organisation", "place", "country", "agreement", "event"]
    name: Name
    aliases: list[Text] = Field(default=[], description="other names, abbreviations, roles, other scripts")
    description: Statement | None = Field(
        default=None, description="who or what it is; makes the entity answer questions"
    )
    questions: list[Text] = []
    status: Status = Status.STATED
    source: SourceNode | None = None
    draft: Draft = False


class FactNode(_Node):
    """One fact, in the newsroom's own words."""

    id: Id
    answer: Statement
    source: SourceNode
    kinds: list[Kind] = Field(default=[], description="question types it answers; by default those of its phrasings")
    about: list[Id] = Field(default=[], description="entities it is about, beside those that its texts name")
    questions: list[Text] = Field(default=[], description="phrasings; the first stands for the entry on buttons")
    status: Status = Status.STATED
    when: When | None = Field(default=None, description="date of the fact, for the timeline; a month or a year will do")
    see: list[Id] = Field(default=[], description="entries to show beside it")
    draft: Draft = False


class QuoteNode(_Node):
    """Words that the article itself puts in quotation marks."""

    id: Id
    speaker: Id
    text: Statement
    source: SourceNode
    context: Name | None = None
    questions: list[Text] = []
    see: list[Id] = []
    draft: Draft = False


class UnansweredNode(_Node):
    """Something that readers ask and the article leaves open."""

    id: Id
    answer: Statement
    questions: Annotated[list[Text], Field(min_length=1)]
    see: list[Id] = []
    draft: Draft = False


Node = EntityNode | FactNode | QuoteNode | UnansweredNode
SECTIONS = ("entities", "facts", "quotes", "unanswered")
"""The keys of a file under which they stand."""


class VocabularyNode(_Node):
    """Words that mean the same, or must not be taken for each other, in this article."""

    synonyms: list[Annotated[list[Text], Field(min_length=2)]] = []
    not_the_same: list[Annotated[list[Text], Field(min_length=2)]] = []


class OverlayFile(_Node):
    """What was added to an article from the chat, in a file of its own: the editor's file stays as it was written."""

    extends: Id
    """Id of the article."""
    phrasings: dict[Id, list[Text]] = {}
    """Further phrasings, by the entry that they ask for."""
    unanswered: list[UnansweredNode] = []


class KnowledgeFile(_Node):
    """A knowledge file: one article."""

    article: ArticleNode
    entities: list[EntityNode] = []
    facts: list[FactNode] = []
    quotes: list[QuoteNode] = []
    unanswered: list[UnansweredNode] = []
    vocabulary: VocabularyNode = VocabularyNode()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All that can answer."""
        return (*self.entities, *self.facts, *self.quotes, *self.unanswered)
