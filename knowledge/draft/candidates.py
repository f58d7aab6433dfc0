"""Runs of capitals that may be names, without what stands before a name: openers, countries, titles, forms of address.

Answers for which words are the name. Does not know what kind of name it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.draft.capitals import Run, Token
from knowledge.draft.english import country_of, is_of_country, lists
from knowledge.draft.text import Paragraph


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of capitals that may be a name."""

    words: tuple[Token, ...]
    paragraph: Paragraph
    opens: bool
    """Whether it opens a sentence."""
    titles: tuple[Token, ...]
    """Words of a title in front: Foreign Minister."""
    country: str | None
    """The country that is named in front."""
    honorific: str | None
    """A form of address in front, without its full stop: mr, dr."""

    @property
    def name(self) -> str:
        """The name as written."""
        return joined(self.paragraph.text, self.words)

    @property
    def before(self) -> str:
        """The paragraph up to the name."""
        return self.paragraph.text[: self.words[0].start]

    @property
    def after(self) -> str:
        """The paragraph from the end of the name."""
        return self.paragraph.text[self.words[-1].end :]


def joined(text: str, words: Sequence[Token]) -> str:
    """Words as they stand in the text."""
    return text[words[0].start : words[-1].end] if words else ""


def candidate(run: Run, paragraph: Paragraph) -> Candidate | None:
    """The name in a run, or None where there can be none."""
    words, opens = _without_openers(run)
    if not words or any(word.lower in lists().not_names for word in words):
        return None
    front, country = _country_in_front(paragraph.text, words)
    words = words[len(front) :]
    titles, words = _titles(words)
    honorific = None
    while len(words) > 1 and words[0].lower.rstrip(".") in lists().honorifics:
        honorific, words = words[0].lower.rstrip("."), words[1:]
    of_country = is_of_country(joined(paragraph.text, front)) and not _is_thing(words)
    if titles:
        titles = [*front, *titles]
    elif front and words and not of_country:
        words = [*front, *words]
    while words and (words[-1].lower in ("of", "for") or _is_calendar(words[-1])):
        words = words[:-1]
    if not words or (len(words) == 1 and (len(words[0].text) < 2 or _is_calendar(words[0]))):
        return None
    return Candidate(tuple(words), paragraph, opens, tuple(titles), country, honorific)


def _without_openers(run: Run) -> tuple[list[Token], bool]:
    words, opens = list(run.tokens), run.opens
    while opens and words and words[0].lower in lists().openers:
        words, opens = words[1:], False
    return words, opens


def _country_in_front(text: str, words: list[Token]) -> tuple[list[Token], str | None]:
    for size in range(min(3, len(words)), 0, -1):
        country = country_of(joined(text, words[:size]))
        if country:
            return words[:size], country
    return [], None


def _titles(words: list[Token]) -> tuple[list[Token], list[Token]]:
    """The words of a title in front, and the rest: "Minister of Defense", "Andrei Belousov"."""
    head = next((at for at in range(len(words) - 1, -1, -1) if words[at].lower in lists().role_heads), None)
    if head is None or any(word.lower in lists().organisation_words for word in words[head:]):
        return [], words
    cut = head + 1
    if cut < len(words) and words[cut].lower in ("of", "for"):
        cut += 2
        while cut < len(words) and words[cut].lower in lists().portfolios | {"and"}:
            cut += 1
    return words[:cut], words[cut:]


def _is_calendar(word: Token) -> bool:
    return word.lower in lists().months or word.lower in lists().weekdays


def _is_thing(words: Sequence[Token]) -> bool:
    """Whether words name anything but a person."""
    things = lists().organisation_words | lists().place_words | lists().agreement_words | lists().event_words
    return any(word.lower in things for word in words)
