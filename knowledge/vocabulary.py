"""Shared vocabulary: what words mean in any article, in the languages that readers write in.

Answers for the YAML files in `vocabulary/`. Knows no article; names of people and places that an article
mentions come from its entities.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from heapq import nlargest
from itertools import product
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from knowledge.markup import SafeLoader
from knowledge.words import mark, split, stem

_MOST_COMMON = 20_000
FOLDER = Path(__file__).parent / "vocabulary"


class LanguageFile(BaseModel):
    """The layout of one vocabulary file."""

    model_config = ConfigDict(extra="forbid")

    language: str
    name: str
    script: str
    questions: dict[str, list[str]] = {}
    told: dict[str, list[str]] = {}
    """Question type -> verbs with which "how" asks that: "how does he see it"."""
    named: list[str] = []
    saying: list[str] = []
    asides: list[str] = []
    """Phrases without content; "my (dad|mom) says" stands for two."""
    fillers: list[str] = []
    openers: list[str] = []
    interjections: list[str] = []
    personal: list[str] = []
    """Words for the reader and the bot."""
    auxiliaries: list[str] = []
    antecedents: list[str] = []
    connectives: list[str] = []
    """Endings of a word after which another clause begins."""
    negations: list[str] = []
    words: dict[str, list[str]] = {}
    """English word or phrase -> spellings in this language; a trailing * stands for any ending."""
    replies: dict[str, str] = {}
    spellings: dict[str, str] = {}
    synonyms: list[list[str]] = []
    opposites: list[tuple[str, str]] = []
    numbers: dict[str, int] = {}
    times: list[str] = []
    chat: dict[str, list[str]] = {}
    """Kind of small talk -> whole messages, in English written like asides."""
    countries: dict[str, list[str]] = {}
    people: list[str] = Field(default=[])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """English, ready for reading questions: every phrase as a tuple of normalised words."""

    questions: dict[tuple[str, ...], str]
    """Words that ask -> question type."""
    told: dict[str, str]
    """Stems of verbs with which "how" asks another thing -> what type of question."""
    named: frozenset[str]
    """Stems of words beside which "what" may ask who."""
    saying: frozenset[str]
    """Stems of verbs with which "who" asks whose words something are."""
    asides: tuple[tuple[str, ...], ...]
    """Phrases without content."""
    fillers: frozenset[str]
    """Words without content."""
    openers: frozenset[str]
    """Words that a question may begin with and that change nothing, interjections among them."""
    interjections: frozenset[str]
    """Words that stand alone, so that what goes before them is said."""
    auxiliaries: frozenset[str]
    """Verbs with which a question for yes or no begins."""
    personal: frozenset[str]
    """Words for the reader and the bot."""
    antecedents: frozenset[str]
    """Words after which "who" only tells whom they mean: "as someone who ..."."""
    negations: frozenset[str]
    spellings: dict[str, tuple[str, ...]]
    opposites: frozenset[frozenset[str]]
    numbers: dict[str, int]
    times: frozenset[str]
    """Stems of words that say when."""
    chat: dict[tuple[str, ...], str]
    """Whole messages that are no question -> what they are: greeting, thanks, abuse, ..."""
    names: dict[tuple[str, ...], str]
    """Names known from the news at large -> how to write them."""
    known: frozenset[str]
    """Every word of the vocabulary: never taken for a typing error."""
    stems: frozenset[str]
    """Their stems, by which other forms of them are known; a stem itself need be no word: "noth", of "nothing"."""
    common: "array[int]"
    """Marks of English words that are written often, whatever they mean: a tenth of the memory that they take."""
    persons: frozenset[str]
    """Parts of full names: John is only known from "John Kerry"."""

    def is_ordinary(self, word: str) -> bool:
        """Whether a word of the vocabulary is no part of somebody's full name."""
        return word in self.known and word not in self.persons

    def is_common(self, word: str) -> bool:
        """Whether a word is written often in English."""
        own = mark(word)
        at = bisect_left(self.common, own)
        return at < len(self.common) and self.common[at] == own


@cache
def read(language: str) -> LanguageFile:
    """The vocabulary file of a language, by its code.

    Raises FileNotFoundError where there is none, pydantic.ValidationError where its layout is wrong.
    """
    text = (FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
    return LanguageFile.model_validate(SafeLoader(text).get_single_data())


@cache
def languages() -> dict[str, str]:
    """Codes of the languages other than English that questions are understood in, with their script.

    Looks at the heads of the files only: reading them all would take longer than answering.
    """
    found = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        with path.open(encoding="utf-8") as file:
            script = next((line.split()[1] for line in file if line.startswith("script:")), "latin")
        if path.stem != "en":
            found[path.stem] = script
    return found


@cache
def english() -> Vocabulary:
    """The English vocabulary."""
    file = read("en")
    names = {phrase(person): person.title() for person in file.people}
    for country, others in file.countries.items():
        names.update({phrase(name): country.title() for name in (*others, country)})
    vocabulary = Vocabulary(
        questions={phrase(words): kind for kind, rows in file.questions.items() for words in rows},
        told={stem(verb): kind for kind, verbs in file.told.items() for verb in verbs},
        named=frozenset(map(stem, file.named)),
        saying=frozenset(map(stem, file.saying)),
        asides=tuple(phrase(words) for row in file.asides for words in _written_out(row)),
        fillers=frozenset((*(word for row in file.fillers for word in phrase(row)), *file.interjections)),
        openers=frozenset((*file.openers, *file.interjections)),
        interjections=frozenset(file.interjections),
        auxiliaries=frozenset(file.auxiliaries),
        personal=frozenset(file.personal),
        antecedents=frozenset(file.antecedents),
        negations=frozenset(file.negations),
        spellings={phrase(typed)[0]: phrase(meant) for typed, meant in file.spellings.items() if phrase(typed)},
        opposites=frozenset(frozenset(stem(phrase(word)[0]) for word in pair) for pair in file.opposites),
        numbers=file.numbers,
        times=frozenset(map(stem, file.times)),
        chat={phrase(words): kind for kind, rows in file.chat.items() for row in rows for words in _written_out(row)},
        names=names,
        known=frozenset(),
        stems=frozenset(),
        common=_common(),
        persons=frozenset(part for person in file.people if " " in person for part in person.split()),
    )
    known = {word for words in (*vocabulary.questions, *vocabulary.chat, *names) for word in words}
    known.update(vocabulary.fillers, vocabulary.spellings, file.numbers, file.times)
    known.update(word for words in vocabulary.spellings.values() for word in words)
    known.update(word for group in synonyms() for words in group for word in words)
    known.update(word for pair in file.opposites for words in pair for word in phrase(words))
    return replace(vocabulary, known=frozenset(known), stems=frozenset(map(stem, known)))


def _written_out(row: str) -> Iterator[str]:
    """The phrases that "my (dad|mom) says" stands for."""
    parts = [part.split("|") for part in re.split(r"[()]", row)]
    yield from map("".join, product(*parts))


def synonyms() -> Iterator[tuple[tuple[str, ...], ...]]:
    """Groups of English words and phrases that mean the same; needed only while a base is built."""
    for group in read("en").synonyms:
        yield tuple(phrase(words) for words in group)


def _common() -> "array[int]":
    """Marks of the English words that are written most (counted in film subtitles, https://pypi.org/project/pyspellchecker)."""
    from spellchecker import SpellChecker  # noqa: PLC0415 - a quarter of a second, and only while a base is built

    counts = SpellChecker(language="en").word_frequency.dictionary
    return array("Q", sorted(map(mark, nlargest(_MOST_COMMON, counts, key=counts.__getitem__))))


def phrase(text: str) -> tuple[str, ...]:
    """A phrase as normalised words."""
    return tuple(word.text for word in split(text))
