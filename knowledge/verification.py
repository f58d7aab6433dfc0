"""What the article's text doesn't bear out of its knowledge.

Answers for quotations, figures, names, dates and paragraphs. Does not know what a sentence means: a wrong fact in the
article's own words and figures passes.
"""

import calendar
import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

from knowledge.faults import Fault
from knowledge.files import LoadedFile
from knowledge.phrasebook import Phrasebook
from knowledge.schema import EntityNode, FactNode, Node, UnansweredNode
from knowledge.vocabulary import phrase
from knowledge.words import paragraphs, split, stem

LITTLE = 0.3
"""Share of what the best paragraph has of an answer below which another one is no source of it."""
MUCH = 0.5
"""Share of what the article has of an answer that the best paragraph must have: overviews stand in no single one."""
BEFORE = 2
"""How many paragraphs before a quotation may name who is speaking."""
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_MONTHS = list(calendar.month_name)
_WEEKDAY, _MONTH = f"(?:(?P<weekday>{'|'.join(calendar.day_name)}),? )?", f"(?P<month>{'|'.join(_MONTHS[1:])})"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?:,? (?P<year>\d{4})\b)?"
_DAYS = re.compile(rf"\b(?:{'|'.join((*calendar.day_name, *_MONTHS[1:]))})\b")
_DATES = (
    re.compile(rf"\b{_WEEKDAY}(?:the )?{_DAY} (?:of )?{_MONTH}{_YEAR}"),
    re.compile(rf"(?<![Ii]n )\b{_WEEKDAY}{_MONTH} {_DAY}(?![\d,.]?\d){_YEAR}"),
)


def text_beside(file: LoadedFile) -> Path | None:
    """The article's text where it lies beside the knowledge file as `<article id>.txt`."""
    path = file.path.with_name(f"{file.content.article.id}.txt")
    return path if path.is_file() else None


def text_meant(file: LoadedFile, ids: Collection[str]) -> Path | None:
    """The text that lies beside the file under another name, where `ids` of articles leave one that may be meant."""
    texts = {path.stem: path for path in sorted(file.path.parent.glob("*.txt")) if path.stem not in ids}
    close = get_close_matches(file.content.article.id, texts, n=1) or list(texts)
    return texts[close[0]] if len(close) == 1 else None


def against_text(file: LoadedFile, text: str, gone: Collection[str] = ()) -> list[Fault]:
    """Faults that the article's text shows: quotes that are not verbatim, figures and names that it lacks, and such.

    `gone`: ids of entities that are about to go, and vouch for no name.
    """
    blocks = paragraphs(text)
    return [
        *_misquoted(file, blocks),
        *_misattributed(file, blocks),
        *_not_in_text(file, text, gone),
        *_misnamed(file, text),
        *_misdated(file),
        *_misplaced(file, blocks),
    ]


def _misquoted(file: LoadedFile, blocks: Sequence[str]) -> Iterator[Fault]:
    for at, quote in enumerate(file.content.quotes):
        # An interrupted sentence, "It is," she said, "done", is quoted in pieces.
        wanted = _plain(quote.text).split(" … ")
        places = [n for n, block in enumerate(blocks) if all(piece in _plain(block) for piece in wanted)]
        if not places:
            yield file.fault(("quotes", at, "text"), quote.id, "text", "the article has no such words: quote verbatim")
        elif quote.source.paragraph not in places:
            problem = f"the words stand in paragraph {places[0]}, not {quote.source.paragraph}"
            yield file.fault(("quotes", at, "source", "paragraph"), quote.id, "source", problem)
    whole = _plain(" ".join(blocks))
    for at, fact in enumerate(file.content.facts):
        for words in _QUOTED.findall(fact.answer):
            if _plain(words).rstrip(".,") not in whole:
                problem = f"the article has no words “{words}”: quote verbatim"
                yield file.fault(("facts", at, "answer"), fact.id, "answer", problem)


def _misattributed(file: LoadedFile, blocks: Sequence[str]) -> Iterator[Fault]:
    """Quotes of somebody whom the article names nowhere near, while it names somebody else there."""
    people = {entity.id: _called(entity) for entity in file.content.entities if entity.type == "person"}
    words = [phrase(block) for block in blocks]
    for at, quote in enumerate(file.content.quotes):
        paragraph = quote.source.paragraph
        near = [*chain(*words[max(0, paragraph - BEFORE) : paragraph + 1])]
        here = [*chain(*words[paragraph : paragraph + 1])]
        other = next((name for names in people.values() for *_, name in names.find(here)), None)
        if quote.speaker in people and other and not any(people[quote.speaker].find(near)):
            problem = f"paragraph {paragraph} names {other}, and nothing near it names the speaker"
            yield file.fault(("quotes", at, "speaker"), quote.id, "speaker", problem)


def _called(entity: EntityNode) -> Phrasebook[str]:
    """What somebody is called, the last name alone too."""
    names: Phrasebook[str] = Phrasebook()
    for name in (entity.name, *entity.aliases):
        names.add(phrase(name), entity.name)
    names.add(phrase(entity.name)[-1:], entity.name)
    return names


def _not_in_text(file: LoadedFile, text: str, gone: Collection[str]) -> Iterator[Fault]:
    entities = (entity for entity in file.content.entities if entity.id not in gone)
    names = " ".join(name for entity in entities for name in (entity.name, *entity.aliases))
    known = _known(file, f"{names} {text}")
    figures = {figure for word in known for figure in _FIGURE.findall(word)}
    for section, at, node in file.nodes():
        days = _of_days(file.content.article.published, node)
        for field, said in _stating(node):
            for word in split(said):
                if word.text[0].isdigit() and not set(_FIGURE.findall(word.text)) <= figures | days:
                    problem = f"the article has no figure {word.text}"
                    yield file.fault((section, at, *field), node.id, field[-1], problem)
            for name in _names(said):
                if not {name, stem(name)} & (known | days):
                    problem = f"the article has no name {name.title()}"
                    yield file.fault((section, at, *field), node.id, field[-1], problem)


def _misnamed(file: LoadedFile, text: str) -> Iterator[Fault]:
    """Entities under a name that the article lacks; what is no person may have another of its names there."""
    known = _known(file, text)
    for at, entity in enumerate(file.content.entities):
        also = () if entity.type == "person" else entity.aliases
        if not any(_lacking(name, known) == [] for name in (entity.name, *also)):
            problem = f"the article has no name {_lacking(entity.name, known)[0].title()}"
            yield file.fault(("entities", at, "name"), entity.id, "name", problem)


def _lacking(name: str, known: Collection[str]) -> list[str]:
    """The words of a name, written with a capital, that are not known."""
    return [word.text for word in split(name) if word.capital and word.text not in known]


def _known(file: LoadedFile, text: str) -> set[str]:
    """The words of a text and of where it appeared, and their stems."""
    article = file.content.article
    words = {word.text for word in split(f"{text} {article.publisher} {article.section or ''}")}
    return words | {stem(word) for word in words}


def _stating(node: Node) -> Iterator[tuple[tuple[str, ...], str]]:
    """What an entry states of the article, each with the keys under which it stands."""
    if isinstance(node, UnansweredNode):
        return
    for field in ("answer", "description", "context"):
        if getattr(node, field, None):
            yield (field,), getattr(node, field)
    if node.source and node.source.according_to:
        # A name may stand first here, where a sentence would have any word with a capital.
        yield ("source", "according_to"), f"by {node.source.according_to}"


def _of_days(published: date, node: Node) -> set[str]:
    """The words of dates that the article may leave to its readers to work out: "Wednesday" is a day of June 2024."""
    when = getattr(node, "when", None)
    days = [published, *([date.fromisoformat(when)] if when and len(when) == 10 else [])]
    # Where `when` is another day than the answer says, that is the fault.
    other = _against_when(node)
    written = [f"{day:%A %B} {day.day} {day.year}" for day in days] + ([other[0]] if other else [])
    return {word.text for words in written for word in split(words)}


def _names(text: str) -> Iterator[str]:
    """Words written with a capital inside a sentence."""
    for sentence in re.split(r"(?<=[.!?:])\s+|[\"“”]", text):
        yield from (word.text for word in split(sentence)[1:] if word.capital and not word.text[0].isdigit())


def _dates(text: str) -> list[re.Match[str]]:
    return [found for pattern in _DATES for found in pattern.finditer(text)]


def _against_when(node: Node) -> re.Match[str] | None:
    """The date in an answer that has one and is not of its `when`; with more days in it, any may be meant."""
    if not isinstance(node, FactNode) or node.when is None:
        return None
    dates = _dates(node.answer)
    if len(dates) != 1 or _DAYS.search(_without(node.answer, dates[0])):
        return None
    found = dates[0]
    day = f"{found['year'] or node.when[:4]}-{_MONTHS.index(found['month']):02}-{int(found['day']):02}"
    return None if day.startswith(node.when) else found


def _without(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + text[found.end() :]


def _misdated(file: LoadedFile) -> Iterator[Fault]:
    published = file.content.article.published.date()
    for section, at, node in file.nodes():
        for field, said in _stating(node):
            for found in _dates(said):
                problem = _on_another_day(found, published) if found["weekday"] else None
                if problem:
                    yield file.fault((section, at, *field), node.id, field[-1], problem)
        if other := _against_when(node):
            problem = f"the answer says {other[0]}: write that day, or leave when out"
            yield file.fault((section, at, "when"), node.id, "when", problem)


def _on_another_day(found: re.Match[str], published: date) -> str | None:
    """What is wrong where a day of the week is not that of the date beside it, of the year nearest to the article."""
    month, day = _MONTHS.index(found["month"]), int(found["day"])
    shift = (month < published.month - 6) - (month > published.month + 6)
    year = int(found["year"] or published.year + shift)
    shown = f"{found['month']} {day}, {year}"
    try:
        right = f"{date(year, month, day):%A}"
    except ValueError:
        return f"there is no {shown}"
    return None if found["weekday"] == right else f"{shown} is a {right}, no {found['weekday']}"


def _misplaced(file: LoadedFile, blocks: Sequence[str]) -> Iterator[Fault]:
    words = [_stems(block) for block in blocks]
    often = Counter(word for block in words for word in block)
    rare = {word: math.log((len(blocks) + 1) / count) for word, count in often.items()}
    for section, at, node in file.nodes():
        source = getattr(node, "source", None)
        if not source:
            continue
        said = {word: rare[word] for word in _stems(" ".join(_told(node))) if word in rare}
        shares = [sum(said[word] for word in said.keys() & block) / (sum(said.values()) or 1.0) for block in words]
        problem = _not_from(source.paragraph, shares)
        if problem:
            yield file.fault((section, at, "source", "paragraph"), node.id, "source", problem)


def _told(node: Node) -> Iterator[str]:
    """The texts for which a source stands."""
    if isinstance(node, EntityNode):
        yield node.name
    yield from (text for field, text in _stating(node) if field in (("answer",), ("description",)))


def _not_from(paragraph: int, shares: Sequence[float]) -> str | None:
    """What is wrong with a paragraph as a source; `shares`: what each has of what the article has of the answer."""
    if paragraph >= len(shares):
        return f"the article has paragraphs 0 to {len(shares) - 1}, not {paragraph}"
    most = max(shares)
    if shares[paragraph] >= LITTLE * most or most < MUCH:
        return None
    return f"paragraph {shares.index(most)} says most of it, paragraph {paragraph} next to nothing"


def _stems(text: str) -> set[str]:
    return {stem(word.text) for word in split(text)}


def _plain(text: str) -> str:
    """Text without differences of typography and white space."""
    for curly, straight in (("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'")):
        text = text.replace(curly, straight)
    return " ".join(text.split())
