"""An article's paragraphs as sentences, with what stands in quotation marks set apart.

Answers for where quotations and sentences begin and end. Does not know what any word means.
"""

import itertools
import re
from dataclasses import dataclass

QUOTED = "\ufffc"
"""Stands in a frame for every character of a quotation."""
_QUOTE = re.compile(r'"([^"”]*)(?:["”]|$)|“([^”]*)(?:”|$)')
_END = re.compile(rf"[.!?…]{QUOTED}*\s+(?=[{QUOTED}(\[“\"A-Z0-9])|;\s+|\n")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Rev|St|No|vs|Jan|Feb|"
    r"Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.)$"
)
_ASIDE = re.compile(r"^https?://\S+$|^(?:disclaimer|copyright|©|all rights reserved)\b", re.IGNORECASE)
_STARTS_ANEW = re.compile(r"(?:The|A|In|It|He|She|They|But|This|That|And|On|At|We|Its|His|Her)\b")
_WRAPPED = range(46, 101)
"""Length of a line that a text editor has broken; any other line break ends a sentence."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What stands between two quotation marks."""

    start: int
    """Of the opening mark, in the paragraph."""
    end: int
    """After the closing mark, or the end of the paragraph where there is none."""
    words: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and where it stands in its paragraph."""

    start: int
    text: str
    frame: str
    """The same without the words of quotations, each character at its place."""

    @property
    def end(self) -> int:
        """Where it ends in the paragraph."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the article."""

    number: int
    """Counted from 0, the title."""
    text: str
    frame: str
    quotes: tuple[Quote, ...]
    sentences: tuple[Sentence, ...]

    @property
    def aside(self) -> bool:
        """Whether it is no part of what the article tells: an address, a note on copyright."""
        return _ASIDE.search(self.text) is not None


def paragraph(number: int, block: str) -> Paragraph:
    """Reads one block."""
    text = _unwrapped(block)
    quotes = tuple(
        Quote(match.start(), match.end(), " ".join((match[1] or match[2] or "").split()), _is_closed(match[0]))
        for match in _QUOTE.finditer(text)
    )
    frame = text
    for quote in quotes:
        hidden = QUOTED * (quote.end - quote.start)
        # A full stop inside the marks still ends the sentence.
        if quote.closed and quote.words.endswith("."):
            hidden = f"{hidden[:-2]}.{QUOTED}"
        frame = frame[: quote.start] + hidden + frame[quote.end :]
    return Paragraph(number, text, frame, quotes, tuple(_sentences(text, frame)))


def _is_closed(marked: str) -> bool:
    return len(marked) > 1 and marked[-1] in '"”'


def _unwrapped(block: str) -> str:
    """The block with a space for each line break that only wraps a line; nothing changes its place."""
    lines = re.split(r"\r\n?|\n", block.replace("\r\n", " \n"))
    joined = lines[0]
    for before, line in itertools.pairwise(lines):
        joined += (" " if len(before) in _WRAPPED else "\n") + line
    return joined


def _sentences(text: str, frame: str) -> list[Sentence]:
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(frame):
        short = match[0] != "\n" and _SHORT.search(frame[start : match.start() + 1])
        if short and not _STARTS_ANEW.match(frame, match.end()):
            continue
        found += _sentence(text, frame, start, match.end())
        start = match.end()
    return [*found, *_sentence(text, frame, start, len(text))]


def _sentence(text: str, frame: str, start: int, end: int) -> list[Sentence]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    return [Sentence(start, text[start:end], frame[start:end])] if start < end else []
