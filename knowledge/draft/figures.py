"""Figures in a text with what they count: "nearly 5 million artillery shells", "12%", "$3 million".

Answers for amounts. Leaves dates to `dates`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.draft.capitals import tokens
from knowledge.draft.dates import Dated
from knowledge.draft.english import any_of, lists

_MOST = 4
"""Words of the thing counted at most."""
_LONGEST = 15
"""Digits of an amount at most; more of them number something."""
_CLOCK = re.compile(r"\b\d{1,2}(?::\d{2})?\s*(?:[ap]\.?m\b\.?|o['’]clock)|\b\d+:\d+\b", re.IGNORECASE)
_OF = re.compile(r"(?<![\w.,])\d+ of \d+(?![\w%]|[.,]\d)")
"""A share or a place in a row: 1 of 3."""
_WEB = re.compile(r"\S*(?:://|www\.|@)\S*|\b\w*[a-z]\w*\d{2,}\w*\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount as a text gives it."""

    start: int
    end: int
    words: str
    """As inside a sentence, with what it counts: approximately 10,000 shipping containers."""
    bare: str
    """The same without how exact it is: 10,000 shipping containers."""
    number: str
    """The amount alone: 10,000; 5 million; 12%."""
    thing: str
    """What it counts: shipping containers; empty where nothing follows."""
    kind: str
    """how_many, how_much, percent or how_long."""


@cache
def _pattern() -> re.Pattern[str]:
    scale = rf"(?:[ -]?{any_of(lists().scales)}(?:s)?\b)"
    word = any_of(lists().figure_words)
    return re.compile(
        rf"(?P<about>\b{any_of(lists().approximately)}\s+)?"
        rf"(?P<number>(?P<currency>(?:US|AU|C)?[$€£¥₩])\s?\d[\d,.]*\d?{scale}?|(?<![\w.,/-])\d[\d,]*(?:\.\d+)?{scale}?|"
        rf"(?<![\w-]){word}(?:-{word})?(?:\s{any_of(lists().scales)})?\b(?!-))"
        rf"(?P<unit>\s?%|\s+per\s?cent(?:age points)?\b)?(?!st\b|nd\b|rd\b|th\b)",
        re.IGNORECASE,
    )


_MONEY = re.compile(
    r"\b(?:dollars?|euros?|pounds?|yen|won|rubles?|roubles?|yuan|francs?|crowns?|rupees?|pesos?)\b", re.IGNORECASE
)
_LONG = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies))\b", re.IGNORECASE
)


def figures(text: str, dated: Sequence[Dated]) -> Iterator[Figure]:
    """The figures of a text, without the dates in it."""
    taken = [(one.start, one.end) for one in dated]
    taken += [match.span() for pattern in (_CLOCK, _WEB) for match in pattern.finditer(text)]
    for match in _OF.finditer(text):
        taken.append(match.span())
        yield Figure(match.start(), match.end(), match[0], match[0], match[0], "", "how_many")
    for match in _pattern().finditer(text):
        start, end = match.span("number")
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        figure = _figure(text, match)
        if figure:
            yield figure


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    number = match["number"].rstrip(",.") + (match["unit"] or "")
    end = match.end() if match["unit"] else match.start("number") + len(match["number"].rstrip(",."))
    thing, end = _thing(text, end, follows_of=bool(match["unit"] or match["currency"]))
    spelled = match["number"].split()[0].split("-")[0].lower() in lists().figure_words
    if spelled and (not thing or match["number"].lower() in ("two", "half", "hundred")):
        return None
    start = match.start("about") if match["about"] else match.start("number")
    bare = " ".join(text[match.start("number") : end].split())
    words = f"{' '.join(match['about'].lower().split())} {bare}" if match["about"] else bare
    if match["currency"] or _MONEY.search(thing.split()[0] if thing else ""):
        kind = "how_much"
    elif match["unit"]:
        kind = "percent"
    elif _LONG.search(thing):
        kind = "how_long"
    else:
        kind = "how_many" if thing else ""
    digits = sum(map(str.isdigit, number))
    if (not kind and digits < 2) or digits > _LONGEST:
        return None
    return Figure(start, end, words, bare, number, thing, kind or "how_many")


def _thing(text: str, start: int, *, follows_of: bool) -> tuple[str, int]:
    """The noun phrase that follows an amount, and where it ends."""
    found: list[str] = []
    end = start
    for word in tokens(text, start, start + 80):
        gap = text[end : word.start]
        if gap not in (" ", "-", "'s ", "’s ") or word.text.isdigit():
            break
        lower = word.lower
        if (not found and lower == "of") or (follows_of and not found and lower in ("of", "the", "its")):
            end = word.end
            continue
        closes = not text[word.end : word.end + 2].strip().isalpha() or text.startswith(" in ", word.end)
        follows = bool(found) and lower in lists().noun_follows
        ends = follows or lower in lists().noun_ends or lower in lists().irregular
        if ends or (_is_verb(lower) and (found or closes)):
            break
        found.append(word.text)
        end = word.end
        if len(found) == _MOST:
            break
    return " ".join(found), end if found else start


def _is_verb(word: str) -> bool:
    return word in lists().speech or (word.endswith(("ed", "ing")) and len(word) > 4)
