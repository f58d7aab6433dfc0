"""Everything that is known, as entries and names: the files of a base put together.

Answers for turning files into entries that stand alone. Does not search them.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Self, TypeVar

from knowledge.files import LoadedFile
from knowledge.lines import Lines
from knowledge.outcomes import Article, Entry, Kind
from knowledge.schema import ArticleNode, EntityNode, FactNode, KnowledgeFile, QuoteNode, UnansweredNode
from knowledge.vocabulary import english

_ABOUT = {
    "person": (
        "Who is {}?",
        "What is {}'s job?",
        "{} position",
        "What does {} do?",
        "{}'s role",
        "{}'s title",
        "What office does {} occupy?",
        "In what capacity does {} serve?",
        "{}",
    ),
    "organisation": ("What is {}?", "What kind of organisation is {}?", "Who is {}?", "{}"),
    "place": ("What is {}?", "What kind of place is {}?", "{}"),
    "country": ("What is {}?", "{}"),
    "agreement": ("What is {}?", "What kind of agreement is {}?", "{}"),
    "event": ("What is {}?", "What happened at {}?", "{}"),
}
"""Phrasings that every described entity has, by its type; so are its other names, each by itself."""
LAST_NAME = 4
"""Letters of a last name that is a name by itself: of shorter ones too many are words or abbreviations, too."""
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
    parts: tuple["Library", ...] = ()
    """Each article's own, where there are several."""

    @classmethod
    def from_files(cls, files: Iterable[LoadedFile], *, drafts: bool = False) -> Self:
        """Puts the files of a base together, without entries that are marked as drafts unless `drafts` says so.

        Names of drafted entities stay known: the article does mention them.
        """
        return cls.from_contents([file.content for file in files], drafts=drafts)

    @classmethod
    def from_contents(cls, contents: Sequence[KnowledgeFile], *, drafts: bool = False) -> Self:
        """The same for what stands in the files."""
        times = Counter(node.id for content in contents for node in content.nodes)
        parts = [cls._of_one(content, times, drafts=drafts) for content in contents]
        if len(parts) == 1:
            return parts[0]
        return cls(
            articles=tuple(article for part in parts for article in part.articles),
            entries=tuple(entry for part in parts for entry in part.entries),
            entities=_joined(parts),
            synonyms=tuple(group for part in parts for group in part.synonyms),
            opposites=tuple(group for part in parts for group in part.opposites),
            parts=tuple(parts),
        )

    @classmethod
    def _of_one(cls, content: KnowledgeFile, times: Mapping[str, int], *, drafts: bool) -> Self:
        """One article's. What another article calls the same gets a mark in both: no button leads to the wrong one."""
        mark = MARK + hashlib.sha256(content.article.id.encode()).hexdigest()[:4]
        own = {node.id: node.id + mark * (times[node.id] > 1) for node in content.nodes}
        article = _article(content.article, own)
        entities = tuple(Entity(node.id, node.type, node.name, names) for node, names in _named(content.entities))
        entries = tuple(
            replace(entry, id=own[entry.id], see=tuple(own.get(id_, id_) for id_ in entry.see))
            for entry in _entries(article, content, entities, drafts=drafts)
        )
        return cls(
            (article,),
            entries,
            entities,
            tuple(tuple(group) for group in content.vocabulary.synonyms),
            tuple(tuple(group) for group in content.vocabulary.not_the_same),
        )


def _joined(parts: Iterable[Library]) -> tuple[Entity, ...]:
    """The entities of all articles: one that two of them call the same is one if they share a name as well."""
    joined: dict[str, Entity] = {}
    for part in parts:
        for entity in part.entities:
            id_ = entity.id
            known = joined.get(id_)
            if known and not set(_folded(known)) & set(_folded(entity)):
                id_ = f"{id_}{MARK}{part.articles[0].id}"
                known = joined.get(id_)
            names = (*known.aliases, entity.name, *entity.aliases) if known else entity.aliases
            joined[id_] = replace(known or entity, id=id_, aliases=tuple(dict.fromkeys(names)))
    return tuple(joined.values())


def _folded(entity: Entity) -> list[str]:
    return [name.casefold() for name in (entity.name, *entity.aliases)]


def _entries(article: Article, content: KnowledgeFile, entities: Iterable[Entity], *, drafts: bool) -> Iterator[Entry]:
    named = {entity.id: entity for entity in entities}
    for node in _served(content.entities, drafts=drafts):
        if node.description:
            yield _from_entity(article, node, named[node.id].aliases, node.description)
    for fact in _served(content.facts, drafts=drafts):
        yield _from_fact(article, fact)
    for quote in _served(content.quotes, drafts=drafts):
        speaker = named.get(quote.speaker)
        yield _from_quote(article, quote, speaker.name if speaker else quote.speaker)
    for open_ in _served(content.unanswered, drafts=drafts):
        yield _from_unanswered(article, open_)


def _named(nodes: Sequence[EntityNode]) -> Iterator[tuple[EntityNode, tuple[str, ...]]]:
    """Each entity with its other names: of a person the last one alone, too, where it is no word and nobody else's."""
    ends = Counter(end for node in nodes for end in {_last(name) for name in (node.name, *node.aliases)})
    for node in nodes:
        last = _last(node.name)
        own = node.type == "person" and len(last) >= LAST_NAME and ends[last] == 1 and last not in english().known
        yield node, tuple(dict.fromkeys((*node.aliases, *([node.name.split()[-1]] if own else ()))))


def _last(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].casefold()


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


def _from_entity(article: Article, node: EntityNode, aliases: Iterable[str], description: str) -> Entry:
    asked = [template.format(node.name) for template in _ABOUT[node.type]]
    names = [alias for alias in aliases if alias.isascii()]
    phrasings = {text.casefold(): text for text in (*node.questions, *asked, *names)}
    return Entry(
        id=node.id,
        article=article,
        answer=f"{node.name}: {description.removesuffix('.')}.",
        kinds=_kinds(Kind.WHO, Kind.WHAT),
        phrasings=Lines(phrasings.values()),
        paragraph=node.source.paragraph if node.source else None,
        according_to=node.source.according_to if node.source else None,
        status=node.status,
        describes=node.type,
    )


def _from_fact(article: Article, node: FactNode) -> Entry:
    return Entry(
        id=node.id,
        article=article,
        answer=node.answer,
        kinds=_kinds(*node.kinds),
        phrasings=Lines(node.questions),
        paragraph=node.source.paragraph,
        according_to=node.source.according_to,
        status=node.status,
        when=node.when,
        see=tuple(node.see),
    )


def _from_quote(article: Article, node: QuoteNode, speaker: str) -> Entry:
    return Entry(
        id=node.id,
        article=article,
        answer=node.text,
        kinds=_kinds(Kind.QUOTE, Kind.WHAT),
        phrasings=Lines(node.questions),
        paragraph=node.source.paragraph,
        according_to=node.source.according_to,
        see=tuple(node.see),
        speaker=speaker,
        context=node.context,
    )


def _from_unanswered(article: Article, node: UnansweredNode) -> Entry:
    return Entry(
        id=node.id,
        article=article,
        answer=node.answer,
        kinds=_kinds(),
        phrasings=Lines(node.questions),
        paragraph=None,
        see=tuple(node.see),
        left_open=True,
    )


@cache
def _kinds(*kinds: Kind) -> frozenset[Kind]:
    """One set for all entries that answer the same: a set takes more memory than a phrasing."""
    return frozenset(kinds)
