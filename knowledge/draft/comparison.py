"""A knowledge file beside the article's file: what its head says otherwise, and what nobody used.

Answers for title, publisher, date and paragraphs as the file shows them. Leaves what entries state to `verification`.
"""

from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher

from knowledge.draft.dates import first_moment
from knowledge.draft.source import Source
from knowledge.draft.text import paragraph
from knowledge.faults import Fault
from knowledge.files import LoadedFile
from knowledge.schema import UnansweredNode
from knowledge.vocabulary import phrase

_ALIKE = 0.8
"""Share of letters from which on two names of a publisher are one, mistyped: a head may name a town or an author."""
_ENDS = (".", "!", "?", '"', "”")
"""What ends a sentence; a line that ends otherwise is a heading."""


def against_head(file: LoadedFile, source: Source) -> Iterator[Fault]:
    """Where the block about the article is at odds with the head of the article's text."""
    article = file.content.article
    title = " ".join(source.blocks[0].split())
    # A text that was saved without its title opens with a sentence, and a section may stand above the title.
    titled = title.endswith(_ENDS) or any(_part(article.title, block) for block in source.blocks[:3])
    if not titled and not _part(title, article.title):
        yield file.fault(("article", "title"), "", "title", f"paragraph 0 of the article is “{title}”")
    moments = _moments(source)
    if moments and all(_apart(article.published, moment) for moment in moments):
        problem = f"the head of the article says {moments[0]:%Y-%m-%d}"
        yield file.fault(("article", "published"), "", "published", problem)
    shown = source.publisher
    if (
        shown
        and any(shown in source.blocks[number] for number in source.header)
        and _mistyped(article.publisher, shown)
    ):
        yield file.fault(("article", "publisher"), "", "publisher", f"the head of the article says {shown}")


def _part(words: str, text: str) -> bool:
    """Whether words stand in a text one after the other."""
    return f" {' '.join(phrase(words))} " in f" {' '.join(phrase(text))} "


def _moments(source: Source) -> list[datetime]:
    """When the article appeared, or was changed."""
    lines = [line for number in sorted(source.header) for line in source.blocks[number].split("\n")]
    told = [source.published, *map(first_moment, lines)]
    return [moment for moment in told if moment]


def _apart(written: datetime, shown: datetime) -> bool:
    """Whether two moments are different days; one with a time zone may be of the day before or after."""
    days = abs((written.date() - shown.date()).days)
    return days > (1 if written.tzinfo else 0)


def _mistyped(written: str, shown: str) -> bool:
    within = _part(written, shown) or _part(shown, written)
    return not within and SequenceMatcher(None, written, shown).ratio() >= _ALIKE


def uncited(file: LoadedFile, source: Source) -> Iterator[Fault]:
    """Tells of the paragraphs that no entry has as its source, but for headings and notes on copyright."""
    nodes = file.content.nodes
    cited = {node.source.paragraph for node in nodes if not isinstance(node, UnansweredNode) and node.source}
    left = [
        str(number)
        for number, block in enumerate(source.blocks)
        if number
        and number not in cited | source.header
        and block.endswith(_ENDS)
        and not paragraph(number, block).aside
    ]
    if left:
        listed = f"paragraphs {', '.join(left[:-1])} and {left[-1]}" if left[1:] else f"paragraph {left[0]}"
        yield Fault(file.path, 0, "", "", f"no entry cites {listed} of the article")
