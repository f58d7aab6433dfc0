"""A first knowledge file from an article, put together.

Answers for the order of the work, for phrasings that only one entry has, and for what is left to do.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.draft import entries, facts
from knowledge.draft.english import lists
from knowledge.draft.entries import UNDATED
from knowledge.draft.facts import Told
from knowledge.draft.reading import Reading, read
from knowledge.draft.source import Source
from knowledge.draft.text import QUOTED
from knowledge.library import Library
from knowledge.outcomes import Status
from knowledge.schema import EntityNode, FactNode, KnowledgeFile, QuoteNode
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import phrase

_SUGGESTED = 5
_SHORT = 6
"""Words of a sentence at most that says nothing beside its figure, date or quotation."""
Track = Callable[[Iterable[Any], str], Iterable[Any]]
"""Passes items through and shows how far they are."""
Node = EntityNode | FactNode | QuoteNode


@dataclass(frozen=True, slots=True)
class ToDo:
    """A sentence that an editor has yet to put into words."""

    id: str
    paragraph: int
    sentence: int
    status: Status
    according_to: str | None
    about: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What became of an article."""

    content: KnowledgeFile
    todos: tuple[ToDo, ...] = ()
    notes: tuple[str, ...] = ()
    """What the text lacks, for the editor to fill in."""


def untracked(items: Iterable[Any], _: str) -> Iterable[Any]:
    """Shows no progress."""
    return items


def compose(source: Source, id_: str, *, verbatim: bool = False, track: Track = untracked) -> Draft:
    """Drafts a knowledge file. `verbatim`: sentences may be copied into answers."""
    reading = read(source)
    entities, quotes = entries.entities(reading), entries.quotes(reading)
    found: list[FactNode] = list(facts.of_article(reading))
    todos: list[ToDo] = []
    for one in track(list(facts.told(reading)), "reading sentences"):
        copies = list(facts.copied(reading, one)) if verbatim else []
        answers = {fact.answer for fact in found}
        drafted = copies or list(facts.own_words(reading, one))
        found += (fact for fact in drafted if fact.answer not in answers and any(map(str.isalpha, fact.answer)))
        if not copies and _says_more(one, drafted):
            todos.append(_todo(reading, one))
    answering: tuple[Node, ...] = (*found, *quotes)
    suggested = [node.id for node in answering if node.questions][:_SUGGESTED]
    content = KnowledgeFile(
        article=entries.article(reading, id_, suggested), entities=entities, facts=found, quotes=quotes
    )
    return Draft(_unshared(content), tuple(todos), tuple(_notes(source)))


def _says_more(one: Told, drafted: Sequence[FactNode]) -> bool:
    """Whether a sentence says more than what was drafted of it, or than that somebody is quoted."""
    frame = one.sentence.frame
    words = [word for word in frame.split() if word[0].isalpha()]
    if len(words) > _SHORT or drafted or QUOTED in frame:
        return len(words) > _SHORT
    # A line without a full stop is a heading, and "Reed said." belongs to a quotation.
    ends = frame.endswith((".", "!", "?", ";"))
    return ends and len(words) > (2 if words and words[-1][:-1] in lists().speech else 1)


def _todo(reading: Reading, one: Told) -> ToDo:
    return ToDo(
        id=f"p{one.paragraph.number}-{one.number}",
        paragraph=one.paragraph.number,
        sentence=one.number,
        status=one.status,
        according_to=one.according_to,
        about=tuple(reading.entity(name) for name in entries.about(reading.mentions, one.sentence.text)),
        questions=tuple(
            question for question in facts.stub_questions(reading, one) if not reading.prose.repeats(question)
        ),
    )


def _notes(source: Source) -> Iterable[str]:
    if not source.published:
        yield f"the text has no date: {UNDATED:%Y-%m-%d} stands for it"
    if not source.publisher:
        yield "the text doesn't say who published it"
    yield "summary: two sentences in your own words"


def _unshared(content: KnowledgeFile) -> KnowledgeFile:
    """Leaves each phrasing to the first entry that has it."""
    taken: set[tuple[str, ...]] = set()

    def own(node: Node) -> list[str]:
        questions = {phrase(question): question for question in reversed(node.questions)}
        mine = [question for words, question in reversed(questions.items()) if words and words not in taken]
        taken.update(questions)
        return mine

    return _rephrased(content, own)


def _rephrased(content: KnowledgeFile, questions_of: Callable[[Node], list[str]]) -> KnowledgeFile:
    return content.model_copy(
        update={
            section: [node.model_copy(update={"questions": questions_of(node)}) for node in getattr(content, section)]
            for section in ("quotes", "facts", "entities")
        }
    )


def lost(content: KnowledgeFile, track: Track = untracked) -> set[str]:
    """The phrasings of drafted entries that another entry wins."""
    snapshot = Snapshot(Library.from_contents([content], drafts=True))
    asked = track(_phrased(content), "asking every question")
    return {question for id_, question in asked if id_ in snapshot.by_id and snapshot.winner(question) != id_}


def _phrased(content: KnowledgeFile) -> list[tuple[str, str]]:
    """Every phrasing of the drafted entries with the id of its entry."""
    nodes: tuple[Node, ...] = (*content.entities, *content.facts, *content.quotes)
    return [(node.id, question) for node in nodes if node.draft for question in node.questions]


def without(content: KnowledgeFile, questions: set[str]) -> KnowledgeFile:
    """The file without some phrasings of its drafted entries."""
    return _rephrased(content, lambda node: [one for one in node.questions if not node.draft or one not in questions])


def without_entries(content: KnowledgeFile, ids: set[str]) -> KnowledgeFile:
    """The file without some entries; names stay, but say nothing of themselves."""
    suggested = [id_ for id_ in content.article.suggested if id_ not in ids]
    return content.model_copy(
        update={
            "article": content.article.model_copy(update={"suggested": suggested}),
            "entities": [
                node.model_copy(update={"description": None, "questions": []}) if node.id in ids else node
                for node in content.entities
            ],
            "facts": [node for node in content.facts if node.id not in ids],
            "quotes": [node for node in content.quotes if node.id not in ids],
        }
    )
