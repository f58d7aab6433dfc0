"""Questions that a draft offers for each of its entries, from templates.

Answers for wording. Does not know whether a question finds its entry.
"""

import itertools
import re
from collections.abc import Iterable

from knowledge.draft.capitals import Token, tokens
from knowledge.draft.clauses import Clause
from knowledge.draft.dates import Dated
from knowledge.draft.english import country_of, lists
from knowledge.draft.figures import Figure
from knowledge.draft.mentions import Mentions
from knowledge.draft.name import Name
from knowledge.draft.quotations import GAP, Saying
from knowledge.vocabulary import english

_QUOTED_WORDS = 6


def of_name(name: Name, description: str) -> list[str]:
    """Questions about somebody or something."""
    asked = _filled(name.type, name=name.name, short=name.short)
    role = with_country(name.role, name.country)
    return [*asked, *(_filled("role", role=role) if _is_post(name) and len(role) == len(description) else ())]


def _is_post(name: Name) -> bool:
    """Whether the role names one person: a country or a house stands in it."""
    return name.type == "person" and bool(re.search(r"\b[A-Z]", name.role)) and not name.role.startswith("who ")


def of_saying(saying: Saying, speaker: str, topics: Iterable[str], *, first: bool) -> list[str]:
    """Questions about a quotation; `first`: it is the speaker's first."""
    words = " ".join(saying.words.split(GAP)[0].split()[:_QUOTED_WORDS]).strip(",.;:!?")
    if saying.speaker is None:
        return _filled("called", words=words)
    about = [question for topic in topics for question in _filled("said_about", short=speaker, topic=topic)]
    return [*(_filled("said", short=speaker) if first else ()), *about, *_filled("words", words=words)]


def topics(text: str, mentions: Mentions, speaker: object) -> list[str]:
    """What a text is about: the first names in it, and its longest run of nouns and what goes with them."""
    named = [one.name.short for one in mentions.find(text) if one.name is not speaker]
    runs: list[list[str]] = [[]]
    edge = 0
    for word in tokens(text):
        if text[edge : word.start] != " " or not _is_noun_like(word):
            runs.append([])
        if _is_noun_like(word):
            runs[-1].append(word.text)
        edge = word.end
    longest = max((run[-3:] for run in runs), key=lambda run: (min(len(run), 2), len(" ".join(run))))
    return list(dict.fromkeys([*named[:2], *([" ".join(longest)] if longest else ())]))


def _is_noun_like(word: Token) -> bool:
    lower = word.lower
    if word.capital or not word.text.isascii() or any(c.isdigit() for c in lower) or len(lower) < 3:
        return False
    plain = lower in english().fillers or lower in lists().noun_ends or lower in lists().irregular
    return not plain and not lower.endswith(("ly", "ed", "ing")) and lower not in lists().speech


def of_figure(figure: Figure, speaker: Name | str | None, context: str) -> list[str]:
    """Questions about a figure; `context`: the words about it."""
    asked = _filled("figure", figure=figure.bare)
    if figure.kind == "how_much" and context != figure.words:
        asked += _filled("how_much_words", words=context.replace(figure.words, "").strip())
    if not figure.thing:
        return asked
    asked = [*_filled(figure.kind, thing=figure.thing), *asked]
    if figure.kind == "how_long":
        asked += _filled("how_long_words", words=context)
    if isinstance(speaker, Name):
        asked += _filled("how_many_of", thing=figure.thing, short=speaker.short)
    return asked


def of_age(name: Name) -> list[str]:
    """Questions about somebody's age."""
    return _filled("how_old", short=name.short)


def of_date(dated: Dated, clause: Clause | None, thing: str, context: str) -> list[str]:
    """Questions about a date: of what somebody did, of a thing, or of the words about it."""
    asked = _filled("happened", when=when(dated))
    if clause:
        return [*_filled("when_did", short=clause.subject.short, plain=clause.plain), *asked]
    return [*(_filled("when_was", thing=thing) if thing else _filled("when_words", words=context)), *asked]


def when(dated: Dated) -> str:
    """A date with its preposition: on June 19, 2024; in 1961."""
    if dated.day or re.search(r" \d{1,2}$", dated.shown):
        return f"on {dated.shown}"
    if re.match(r"(?:last|next|this|today|yesterday|tomorrow)\b", dated.shown, re.IGNORECASE):
        return dated.shown.lower()
    return f"on {dated.shown}" if dated.shown.lower() in lists().weekdays else f"in {dated.shown}"


def of_clauses(clauses: Iterable[Clause]) -> list[str]:
    """Questions about what somebody did."""
    asked: list[str] = []
    for clause in clauses:
        asked += _filled("who_did", past=clause.past)
        asked += _filled("did", short=clause.subject.short, plain=clause.plain)
        if clause.takes_object:
            asked += _filled("what_did", short=clause.subject.short, verb=clause.verb)
    return asked


def of_publication(kind: str) -> list[str]:
    """Questions about where or when the article appeared."""
    return _filled(kind)


def of_topics(named: Iterable[str]) -> list[str]:
    """Questions about what the article says of somebody or something."""
    return [question for topic in named for question in _filled("does_it_say", topic=topic)]


def _filled(kind: str, **words: str) -> list[str]:
    return [" ".join(template.format(**words).split()) for template in lists().questions[kind]]


def with_country(role: str, country: str | None) -> str:
    """A role with the country that it belongs to."""
    if not role or not country or role.startswith("who ") or any(country_of(word) for word in _words_of(role)):
        return role
    return f"{role} of {country}"


def _words_of(role: str) -> list[str]:
    words = role.replace("'s", "").split()
    return [*words, *(" ".join(pair) for pair in itertools.pairwise(words))]
