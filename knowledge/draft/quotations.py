"""What the article puts in quotation marks, word for word, and who says it.

Answers for speakers and for quotations that are interrupted. Does not know how an entry looks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.draft.attribution import Attribution, attributions
from knowledge.draft.mentions import Mentions, is_owner
from knowledge.draft.name import Name
from knowledge.draft.text import Paragraph, Quote

GAP = " … "
"""Stands where the article interrupts a sentence that it quotes: "It is," she said, "done"."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A quotation with its speaker."""

    words: str
    speaker: Name | str | None
    """None where the article quotes no one: a name or a term in quotation marks."""
    paragraph: int


def sayings(paragraphs: Sequence[Paragraph], mentions: Mentions) -> list[Saying]:
    """Every quotation of an article in order."""
    found: list[Saying] = []
    for paragraph in paragraphs:
        told = [one for sentence in paragraph.sentences for one in attributions(sentence, paragraph.number, mentions)]
        carried = _carried(paragraph, found)
        here: list[tuple[Quote, Saying]] = []
        for quote in paragraph.quotes:
            if quote.words and any(c.isalnum() for c in quote.words):
                spoken = [saying for _, saying in here]
                here.append((quote, _saying(quote, paragraph, mentions, told, spoken, carried)))
        found += _joined(paragraph, here)
    return found


def _carried(paragraph: Paragraph, found: Sequence[Saying]) -> Saying | None:
    """The last quotation where this paragraph goes on with it: it begins with a quotation mark, too."""
    opens = bool(paragraph.quotes) and paragraph.quotes[0].start == 0
    return found[-1] if opens and found and found[-1].paragraph == paragraph.number - 1 else None


def _saying(
    quote: Quote,
    paragraph: Paragraph,
    mentions: Mentions,
    told: Sequence[Attribution],
    here: Sequence[Saying],
    carried: Saying | None,
) -> Saying:
    said = _attribution(quote, paragraph, told)
    speaker = said.speaker if said else None
    if said is None and _stands_alone(quote, paragraph):
        near = next((one for one in reversed(here) if one.speaker), None) or carried
        speaker = _introducing(quote, paragraph, mentions) or (near.speaker if near else _nearest(quote, told))
    words = quote.words.rstrip(",").strip()
    goes_on = bool(here) and words[:1].islower() and here[-1].words[:1].isupper()
    fragment = words[:1].islower() and not goes_on
    return Saying(words.rstrip(".") if fragment else words, speaker, paragraph.number)


def _attribution(quote: Quote, paragraph: Paragraph, told: Sequence[Attribution]) -> Attribution | None:
    """Who says a quotation: told right after it, or before it in the same sentence."""
    sentence = next((one for one in paragraph.sentences if one.start <= quote.start < one.end), None)
    if sentence is None:
        return None
    next_start = min((one.start for one in paragraph.quotes if one.start >= quote.end), default=len(paragraph.text))
    after = [one for one in told if quote.end <= one.start < min(next_start, sentence.end)]
    before = [one for one in told if sentence.start <= one.start < quote.start]
    gap = paragraph.frame[before[-1].end : quote.start].strip() if before else ""
    if before and gap in (":", ",", "", "that"):
        return before[-1]
    if after and (paragraph.frame[quote.end : after[0].start].count(" ") <= 12 or not before):
        interrupted = paragraph.text[quote.end - 2 : quote.end - 1] in ",?!—-" or not before
        if interrupted:
            return after[0]
    return before[-1] if before else None


def _stands_alone(quote: Quote, paragraph: Paragraph) -> bool:
    """Whether a quotation is a sentence of its own, so that its speaker is told elsewhere."""
    before = paragraph.text[: quote.start].rstrip()
    return not before or before[-1] in '.!?:”"'


def _nearest(quote: Quote, told: Sequence[Attribution]) -> Name | str | None:
    if not told:
        return None
    return min(told, key=lambda one: (abs(one.start - quote.start), one.start)).speaker


def _introducing(quote: Quote, paragraph: Paragraph, mentions: Mentions) -> Name | None:
    """Who opens the sentence that a colon ends before the quotation: "Reed put it this way: ..."."""
    before = paragraph.frame[: quote.start].rstrip()
    sentence = next((one for one in paragraph.sentences if one.start <= quote.start < one.end), None)
    if sentence is None or not before.endswith(":"):
        return None
    named = mentions.find(before[sentence.start :], sentence.start)
    return next((one.name for one in named if one.name.type == "person" and not is_owner(paragraph.frame, one)), None)


def _joined(paragraph: Paragraph, said: Sequence[tuple[Quote, Saying]]) -> Iterator[Saying]:
    """Puts together a sentence that is interrupted by its speaker."""
    kept: Saying | None = None
    last: Quote | None = None
    for quote, saying in said:
        if kept and last and _goes_on(paragraph, last, quote) and kept.speaker is saying.speaker:
            kept = replace(kept, words=f"{kept.words}{GAP}{saying.words}")
        else:
            if kept:
                yield kept
            kept = saying
        last = quote
    if kept:
        yield kept


def _goes_on(paragraph: Paragraph, last: Quote, quote: Quote) -> bool:
    """Whether a quotation goes on with the sentence of the one before."""
    interrupted = paragraph.frame[last.end : quote.start].rstrip().endswith(",")
    return interrupted and last.words.endswith(",") and quote.words[:1].islower()
