"""Everything that is known, as entries and names: the files of a base put together.

Answers for turning files into entries that stand alone. Does not search them.
"""

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self, TypeVar

from knowledge.files import LoadedFile
from knowledge.outcomes import Article, Entry, Kind
from knowledge.schema import ArticleNode, EntityNode, FactNode, KnowledgeFile, QuoteNode, UnansweredNode

_ABOUT = {
    "person": ("Who is {}?", "What is {}'s job?", "{} position", "What does {} do?", "{}'s role", "{}'s title", "{}"),
    "organisation": ("What is {}?", "What kind of organisation is {}?", "Who is {}?", "{}"),
    "place": ("What is {}?", "What kind of place is {}?", "{}"),
    "country": ("What is {}?", "{}"),
    "agreement": ("What is {}?", "What kind of agreement is {}?", "{}"),
    "event": ("What is {}?", "What happened at {}?", "{}"),
}
"""Phrasings that every described entity has, by its type."""
MARK = "~"
"""Stands before what makes an entry's id differ from that of an entry of another article."""

_Node = TypeVar("_Node", EntityNode, FactNode, QuoteNode, UnansweredNode)


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that questions name."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """The entries and names of all articles of a base."""

    articles: tuple[Article, ...] = ()
    entries: tuple[Entry, ...] = ()
    entities: tuple[Entity, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    opposites: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def from_files(cls, files: Iterable[LoadedFile], *, drafts: bool = False) -> Self:
        """Puts the files of a base together, without entries that are marked as drafts unless `drafts` says so.

        Names of drafted entities stay known: the article does mention them.
        """
        return cls.from_contents([file.content for file in files], drafts=drafts)

    @classmethod
    def from_contents(cls, contents: Iterable[KnowledgeFile], *, drafts: bool = False) -> Self:
        """The same for what stands in the files."""
        articles: list[Article] = []
        entries: list[Entry] = []
        entities: dict[str, Entity] = {}
        synonyms: list[tuple[str, ...]] = []
        opposites: list[tuple[str, ...]] = []
        taken: set[str] = set()
        for content in contents:
            own = _ids(content, taken)
            taken.update(own.values())
            article = _article(content.article, own)
            articles.append(article)
            for entry in _entries(article, content, drafts=drafts):
                see = tuple(own.get(id_, id_) for id_ in entry.see)
                entries.append(replace(entry, id=own[entry.id], see=see))
            for node in content.entities:
                known = entities.get(node.id)
                names = (*known.aliases, node.name, *node.aliases) if known else tuple(node.aliases)
                name = known.name if known else node.name
                entities[node.id] = Entity(node.id, node.type, name, tuple(dict.fromkeys(names)))
            synonyms += [tuple(group) for group in content.vocabulary.synonyms]
            opposites += [tuple(group) for group in content.vocabulary.not_the_same]
        return cls(tuple(articles), tuple(entries), tuple(entities.values()), tuple(synonyms), tuple(opposites))


def _ids(content: KnowledgeFile, taken: Container[str]) -> dict[str, str]:
    """The ids of a file's entries as the whole base knows them: what another article took before gets a mark."""
    mark = hashlib.sha256(content.article.id.encode()).hexdigest()[:4]
    return {node.id: f"{node.id}{MARK}{mark}" if node.id in taken else node.id for node in content.nodes}


def _entries(article: Article, content: KnowledgeFile, *, drafts: bool) -> Iterator[Entry]:
    names = {entity.id: entity.name for entity in content.entities}
    for entity in _served(content.entities, drafts=drafts):
        if entity.description:
            yield _from_entity(article, entity)
    for fact in _served(content.facts, drafts=drafts):
        yield _from_fact(article, fact)
    for quote in _served(content.quotes, drafts=drafts):
        yield _from_quote(article, quote, names.get(quote.speaker, quote.speaker))
    for open_ in _served(content.unanswered, drafts=drafts):
        yield _from_unanswered(article, open_)


def _served(nodes: Iterable[_Node], *, drafts: bool) -> list[_Node]:
    return [node for node in nodes if drafts or not node.draft]


def _article(node: ArticleNode, ids: Mapping[str, str]) -> Article:
    return Article(
        id=node.id,
        title=node.title,
        publisher=node.publisher,
        section=node.section,
        published=node.published,
        url=node.url,
        language=node.language,
        rights=node.rights,
        summary=node.summary,
        suggested=tuple(ids.get(id_, id_) for id_ in node.suggested),
    )


def _from_entity(article: Article, node: EntityNode) -> Entry:
    templates = _ABOUT[node.type]
    return Entry(
        id=node.id,
        article=article,
        answer=f"{node.name}: {node.description}.",
        kinds=frozenset({Kind.WHO, Kind.WHAT} if node.type == "person" else {Kind.WHAT, Kind.WHO}),
        phrasings=(*(template.format(node.name) for template in templates), *node.questions),
        paragraph=node.source.paragraph if node.source else None,
        according_to=node.source.according_to if node.source else None,
        status=node.status,
        about=frozenset({node.id}),
        describes=True,
    )


def _from_fact(article: Article, node: FactNode) -> Entry:
    return Entry(
        id=node.id,
        article=article,
        answer=node.answer,
        kinds=frozenset(node.kinds),
        phrasings=tuple(node.questions),
        paragraph=node.source.paragraph,
        according_to=node.source.according_to,
        status=node.status,
        when=node.when,
        about=frozenset(node.about),
        see=tuple(node.see),
    )


def _from_quote(article: Article, node: QuoteNode, speaker: str) -> Entry:
    return Entry(
        id=node.id,
        article=article,
        answer=node.text,
        kinds=frozenset({Kind.QUOTE, Kind.WHAT}),
        phrasings=tuple(node.questions),
        paragraph=node.source.paragraph,
        according_to=node.source.according_to,
        about=frozenset({node.speaker}),
        see=tuple(node.see),
        speaker=speaker,
        context=node.context,
    )


def _from_unanswered(article: Article, node: UnansweredNode) -> Entry:
    return Entry(
        id=node.id,
        article=article,
        answer=node.answer,
        kinds=frozenset(),
        phrasings=tuple(node.questions),
        paragraph=None,
        see=tuple(node.see),
        left_open=True,
    )
