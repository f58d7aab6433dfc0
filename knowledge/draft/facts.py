"""What the article states, as facts: figures, dates and, where the words may be copied, sentences.

Answers for answers that need no writer. What needs one is listed as to do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.draft import phrasings
from knowledge.draft.attribution import Attribution, attributions
from knowledge.draft.clauses import Clause, clauses
from knowledge.draft.context import context
from knowledge.draft.dates import Dated, dates, full
from knowledge.draft.english import status_of
from knowledge.draft.entries import about
from knowledge.draft.figures import Figure, figures
from knowledge.draft.name import Name
from knowledge.draft.reading import Reading
from knowledge.draft.text import QUOTED, Paragraph, Sentence
from knowledge.outcomes import Kind, Status
from knowledge.schema import FactNode, SourceNode

_LONGEST = 700
_AFTER_YEAR = re.compile(r"^ ([a-z]+(?: (?!of\b)[a-z]+)?(?: of (?:the )?[A-Z]\w+)?)")
_AGE = re.compile(r", (?:aged )?(\d{1,2}|1[01]\d)(?=[,.])")
_ADJECTIVE = re.compile(r"(?:\b(?:a|an|its|his|her|their)|['’]s) $")
"""Stands before a date that only describes a thing: "a Wednesday story"."""
_OWNED = re.compile(r"(?:\b(?:its|his|her|their|the|a)|['’]s) (?:\w+ )?$")
_LINKS = frozenset(
    {"on", "in", "at", "by", "since", "until", "during", "early", "late", "later", "last", "the", "from"}
)
"""Words between a clause and its date."""


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence with all that is found in it."""

    paragraph: Paragraph
    sentence: Sentence
    number: int
    """Of the sentence in its paragraph, from 1."""
    said: tuple[Attribution, ...]
    clauses: tuple[Clause, ...]
    dates: tuple[Dated, ...]
    figures: tuple[Figure, ...]
    status: Status

    @property
    def according_to(self) -> str | None:
        """Whom the article gives as its source."""
        if not self.said or self.status is Status.DENIED:
            return None
        speaker = self.said[0].speaker
        return speaker.name if isinstance(speaker, Name) else speaker

    @property
    def source(self) -> SourceNode:
        """Where it stands and who says it."""
        return SourceNode(paragraph=self.paragraph.number, according_to=self.according_to)


def told(reading: Reading) -> Iterator[Told]:
    """The sentences of the article, without what is no part of it: notes on copyright and addresses."""
    for paragraph in reading.paragraphs:
        if paragraph.number == 0 or paragraph.aside:
            continue
        for number, sentence in enumerate(paragraph.sentences, 1):
            said = tuple(one for one in attributions(sentence, paragraph.number, reading.mentions) if one.reports)
            status = status_of(sentence.frame)
            if said and status is Status.STATED:
                status = Status.REPORTED
            dated = tuple(dates(sentence.text, reading.source.published))
            yield Told(
                paragraph=paragraph,
                sentence=sentence,
                number=number,
                said=said,
                clauses=tuple(clauses(sentence, paragraph.number, reading.mentions)),
                dates=dated,
                figures=tuple(figures(sentence.text, dated)),
                status=status,
            )


def own_words(reading: Reading, one: Told) -> Iterator[FactNode]:
    """Facts of a sentence that need no writer: its figures and dates."""
    yield from _ages(reading, one)
    for figure in one.figures:
        if _AGE.match(one.sentence.text, figure.start - 2):
            continue
        shown = f"The figure is {figure.words}"
        if figure.kind == "how_long" or not figure.thing:
            shown = (
                f"{figure.words[0].upper()}{figure.words[1:]}: “{context(one.sentence.text, figure.start, figure.end)}”"
            )
        answer = f"{shown}, according to {one.according_to}." if one.according_to else f"{shown}."
        yield from _fact(reading, one, f"{figure.thing or 'figure'} {figure.number}", answer, _asked_of(one, figure))
    for dated in one.dates:
        clause, thing = _clause_of(one, dated), _thing_of(one, dated)
        words = f"{dated.shown[0].upper()}{dated.shown[1:]}: “{context(one.sentence.text, dated.start, dated.end)}”."
        if clause:
            did = f"{clause.subject.name} {_without(clause.past, dated)} {phrasings.when(dated)}."
            words = words if reading.prose.repeats(did) else did
        elif thing:
            words = f"The article dates the {thing} to {dated.shown}."
        id_ = f"{clause.subject.short} {clause.past} when" if clause else f"date {thing} {dated.shown}"
        yield from _fact(reading, one, id_, words, _asked_of(one, dated), dated)


def _ages(reading: Reading, one: Told) -> Iterator[FactNode]:
    """How old people are: "Anna Reed, 54,"."""
    for mention in reading.mentions.find(one.sentence.frame):
        age = _AGE.match(one.sentence.frame, mention.end)
        if age and mention.name.type == "person":
            name = mention.name
            answer = f"{name.name} is {age[1]} years old."
            yield from _fact(reading, one, f"{name.short} age", answer, phrasings.of_age(name))


def _asked_of(one: Told, found: Figure | Dated) -> list[str]:
    """The questions that a figure or date of a sentence answers."""
    around = context(one.sentence.text, found.start, found.end)
    if isinstance(found, Figure):
        return phrasings.of_figure(found, one.said[0].speaker if one.said else None, around)
    return phrasings.of_date(found, _clause_of(one, found), _thing_of(one, found), around)


def _fact(
    reading: Reading, one: Told, id_: str, answer: str, asked: list[str], dated: Dated | None = None
) -> Iterator[FactNode]:
    if reading.prose.repeats(answer) or len(answer) > _LONGEST:
        return
    yield FactNode(
        id=reading.ids.new(id_),
        kinds=[Kind.WHEN if dated else Kind.HOW_MANY],
        answer=answer,
        about=[reading.entity(name) for name in about(reading.mentions, answer)],
        questions=[question for question in asked if not reading.prose.repeats(question)],
        status=one.status,
        when=dated.when if dated else None,
        source=one.source,
        draft=True,
    )


def _without(past: str, dated: Dated) -> str:
    """A clause without its date."""
    piece = past.partition(dated.words)[0].split()
    while piece and piece[-1].lower() in _LINKS - {"early", "late"}:
        piece = piece[:-1]
    return " ".join(piece)


def _clause_of(one: Told, dated: Dated) -> Clause | None:
    """The clause that a date belongs to: it stands in its words or right after them, or it opens the sentence."""
    text = one.sentence.text
    if _ADJECTIVE.search(text[: dated.start]):
        return None
    for clause in reversed(one.clauses):
        gap = text[clause.start + len(clause.past) : dated.start]
        if clause.start < dated.start and _LINKS.issuperset(gap.lower().split()):
            return clause
    opens = _LINKS.issuperset(text[: dated.start].lower().split()) and text.startswith(",", dated.end)
    return one.clauses[0] if opens and one.clauses else None


def _thing_of(one: Told, dated: Dated) -> str:
    """What a year stands before: "its 2022 invasion of Ukraine"."""
    after = _AFTER_YEAR.match(one.sentence.text[dated.end :]) if dated.words[-4:].isdigit() else None
    return after[1] if after and _OWNED.search(one.sentence.text[: dated.start]) else ""


def of_article(reading: Reading) -> Iterator[FactNode]:
    """Where and when the article appeared."""
    source = reading.source
    head = min(source.header, default=0)
    if source.published:
        day = source.published.date()
        yield FactNode(
            id=reading.ids.new("published"),
            kinds=[Kind.WHEN],
            answer=f"The article appeared on {full(day)}.",
            questions=phrasings.of_publication("published"),
            when=day,
            source=SourceNode(paragraph=head),
            draft=True,
        )
    if source.publisher:
        # One that is in no head shows itself in the text.
        named = (number for number, block in enumerate(source.blocks) if number and source.publisher in block)
        yield FactNode(
            id=reading.ids.new("publisher"),
            kinds=[Kind.WHO, Kind.WHAT],
            answer=f"The article is by {source.publisher}.",
            about=[reading.entity(reading.publisher)],
            questions=phrasings.of_publication("publisher"),
            source=SourceNode(paragraph=next(named, head)),
            draft=True,
        )


def copied(reading: Reading, one: Told) -> Iterator[FactNode]:
    """A sentence as it stands, with all the questions that it answers."""
    answer = " ".join(one.sentence.text.split()).rstrip(";")
    answer = answer[:1].upper() + answer[1:]
    if len(answer) > _LONGEST or len(answer.split()) < 4:
        return
    asked = stub_questions(reading, one)
    kinds = {Kind.WHAT}
    both: tuple[Figure | Dated, ...] = (*one.figures, *one.dates)
    for found in both:
        asked += _asked_of(one, found)
        kinds.add(Kind.HOW_MANY if isinstance(found, Figure) else Kind.WHEN)
    named = about(reading.mentions, one.sentence.text)
    kinds |= {Kind.WHO for name in named if name.type in ("person", "organisation")}
    kinds |= {Kind.WHERE for name in named if name.type in ("place", "country")}
    days = {dated.when for dated in one.dates if dated.when}
    yield FactNode(
        id=reading.ids.new(f"p{one.paragraph.number}-{one.number}"),
        kinds=sorted(kinds),
        answer=answer,
        about=[reading.entity(name) for name in named],
        questions=list(dict.fromkeys(asked)),
        status=one.status,
        when=days.pop() if len(days) == 1 else None,
        source=one.source,
        draft=True,
    )


def stub_questions(reading: Reading, one: Told) -> list[str]:
    """Questions that a sentence answers, whoever words the answer."""
    frame = one.sentence.frame.replace(QUOTED, " ")
    topics = phrasings.topics(frame, reading.mentions, None)
    named = {name.short for name in about(reading.mentions, frame)}
    # A name that other sentences have, too, says little about this one.
    telling = topics if len(named) == 1 else [topic for topic in topics if topic not in named]
    return list(dict.fromkeys([*phrasings.of_clauses(one.clauses), *phrasings.of_topics(telling or topics)]))
