"""The drafter's word lists, ready for use.

Answers for `english.yaml` and for what follows from it alone: countries by any of their names, patterns of words.
Knows no article.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge import vocabulary
from knowledge.outcomes import Status


class Lists(BaseModel):
    """The layout of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role_heads: frozenset[str]
    honorifics: dict[str, str]
    gendered: dict[str, str]
    relations: frozenset[str]
    role_modifiers: frozenset[str]
    portfolios: frozenset[str]
    organisation_words: frozenset[str]
    place_words: frozenset[str]
    agreement_words: frozenset[str]
    event_words: frozenset[str]
    unions: frozenset[str]
    country_bodies: list[str]
    outlets: list[str]
    bodies: list[str]
    not_names: frozenset[str]
    particles: frozenset[str]
    places_follow: frozenset[str]
    openers: frozenset[str]
    unnamed: frozenset[str]
    months: list[str]
    weekdays: list[str]
    speech: frozenset[str]
    naming: frozenset[str]
    citing: frozenset[str]
    asks: list[str]
    irregular: dict[str, str]
    auxiliaries: frozenset[str]
    hedges: dict[Status, list[str]]
    approximately: list[str]
    scales: list[str]
    figure_words: dict[str, float]
    noun_ends: frozenset[str]
    noun_follows: frozenset[str]
    questions: dict[str, list[str]]


@cache
def lists() -> Lists:
    """The word lists."""
    text = Path(__file__).with_name("english.yaml").read_text(encoding="utf-8")
    return Lists.model_validate(yaml.safe_load(text))


def titled(name: str) -> str:
    """A name with the capitals that it has in a text: Republic of Korea, DPRK."""
    if len(name) < 4 or not re.search(r"[aeiouy ]", name):
        return name.upper()
    words = (word.upper() if "." in word else word.capitalize() for word in name.split())
    return " ".join(word.lower() if word in ("Of", "And", "The") else word for word in words)


@cache
def countries() -> dict[str, str]:
    """Any name, adjective or capital of a country in lower case -> the country as it is written."""
    found: dict[str, str] = {}
    for country, others in vocabulary.read("en").countries.items():
        for name in (country, *others):
            found[name.removeprefix("the ")] = titled(country)
    return found


def country_of(words: str) -> str | None:
    """The country that words name, if they do."""
    lower = words.lower()
    # Us is a pronoun, and Un is a part of Korean names.
    if (lower == "us" or lower in lists().unions) and not words.isupper():
        return None
    if lower == "us":
        return countries()["usa"]
    return countries().get(lower) or countries().get(lower.replace(".", ""))


def names_of(country: str) -> list[str]:
    """Every name of a country, its adjective and its capital in lower case, but for plurals of these."""
    known = [name for name, owner in countries().items() if owner == country]
    return [name for name in known if name.removesuffix("s") not in known or not name.endswith("s")]


def is_of_country(words: str) -> bool:
    """Whether words are a country's adjective, such as North Korean; its people have a plural."""
    lower = words.lower()
    return lower in countries() and (f"{lower}s" in countries() or lower.endswith(("ese", "ish", "ch", "ss")))


def is_role_head(word: str) -> bool:
    """Whether a word can name a post or a job."""
    return word.lower() in lists().role_heads


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"


@cache
def _hedges() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    return tuple(
        (status, re.compile(rf"\b{any_of(words)}\b", re.IGNORECASE)) for status, words in lists().hedges.items()
    )


def status_of(text: str) -> Status:
    """How firmly a sentence says what it says."""
    return next((status for status, pattern in _hedges() if pattern.search(text)), Status.STATED)
