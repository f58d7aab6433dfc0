"""What one knowledge base adds to the vocabulary: its names and synonyms.

Answers for the key of each. Reads no text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.library import Library
from knowledge.phrasebook import Phrasebook
from knowledge.translation import NAME, Translator
from knowledge.vocabulary import Vocabulary, phrase, synonyms
from knowledge.words import split, stem

ASIDE = "~"
"""The key of every phrase without content."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one knowledge base adds to the vocabulary."""

    spans: Phrasebook[str]
    """Names and synonyms of several words -> key."""
    named: frozenset[str]
    """Forms of names of one word: "commentators" is one, "comment" is none, though it has the stem of one."""
    groups: dict[str, tuple[str, ...]]
    """Key -> the synonym groups that it belongs to."""
    types: dict[str, str]
    """Key of each name -> the type of its entity: person, place, ..."""
    homes: dict[str, str]
    """Key of each capital that the base names -> that of its country."""
    translator: Translator


def lexicon(library: Library, english: Vocabulary) -> Lexicon:
    """What a base adds: its names, and every phrase and synonym that is read as one."""
    spans: Phrasebook[str] = Phrasebook()
    foreign: list[tuple[str, str]] = []
    named: set[str] = set()
    for entity in library.entities:
        for alias in (entity.name, *entity.aliases):
            parts = [word.text for word in split(alias) if word.text != "the" or len(alias) < 7]
            if all(part.isascii() for part in parts):
                spans.add(tuple(map(stem, parts)), NAME + entity.id)
                named.update(_forms(parts[0]) if len(parts) == 1 else ())
            else:
                foreign.append((alias, entity.id))
    groups: dict[str, tuple[str, ...]] = {}
    for number, group in enumerate((*synonyms(), *library.synonyms)):
        for words in group:
            text = words if isinstance(words, str) else " ".join(words)
            key = key_of(text, spans)
            if " " in key:
                spans.add(key.split(), key)
            groups[key] = tuple(dict.fromkeys((*groups.get(key, ()), f"~{number}")))
    for words in english.asides:
        spans.add(tuple(map(stem, words)), ASIDE)
    for name, key in _at_large(english, spans).items():
        spans.add(tuple(map(stem, name)), key)
        named.update(_forms(name[0]) if len(name) == 1 and key[0] == NAME else ())
    types = {NAME + entity.id: entity.type for entity in library.entities}
    homes = dict(_homes(english, spans, types))
    names = {entity.id: entity.name for entity in library.entities}
    return Lexicon(spans, frozenset(named), groups, types, homes, Translator(foreign, names))


def _at_large(english: Vocabulary, spans: Phrasebook[str]) -> dict[tuple[str, ...], str]:
    """Names from the news at large, each with its key: that of an entity which any name of the same stands for."""
    own: dict[str, str] = {}
    for words, name in english.names.items():
        key = spans.get(tuple(map(stem, words))) or ""
        if key[:1] == NAME:
            own.setdefault(name, key)
    return {words: own.get(name, "!" + name) for words, name in english.names.items()}


def _homes(english: Vocabulary, spans: Phrasebook[str], types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Places of the base that are known to stand for a country of it, each with that."""
    for words, country in english.names.items():
        place, home = (spans.get(tuple(map(stem, name))) or "" for name in (words, phrase(country)))
        if place != home and types.get(place) == "place" and types.get(home) == "country":
            yield place, home


def _forms(name: str) -> Iterator[str]:
    """How a name of one word may be written, without a last letter that the stem lacks too: "ukrain"."""
    yield from (name, name + "s")
    if stem(name) == name[:-1]:
        yield name[:-1]


def key_of(text: str, spans: Phrasebook[str]) -> str:
    """The key under which a phrase is indexed: an entity's, its stem, or its stems joined."""
    stems = tuple(stem(word) for word in phrase(text))
    return spans.get(stems) or " ".join(stems)
