"""Runs of words written with a capital: where names can be.

Answers for where such a run begins and ends. Does not know what kind of name it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.draft.english import country_of, lists

TOKEN = re.compile(r"\d[\d,.]*\d|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’&\-–][^\W_]+)*")
_OPENS = re.compile(r"(?:^|[.!?:;“\"\n(\[]\s*|[“\"(\[])$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place."""

    text: str
    start: int
    end: int
    owner: bool = False
    """Whether 's followed, which is left out of the text."""

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Run:
    """Words with capitals that stand beside each other."""

    tokens: tuple[Token, ...]
    opens: bool
    """Whether it opens a sentence, where any word has a capital."""

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends, without 's."""
        return self.tokens[-1].end


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of a text, an 's apart."""
    return [_token(match) for match in TOKEN.finditer(text, start, len(text) if end is None else end)]


def _token(match: re.Match[str]) -> Token:
    word = match[0]
    owner = len(word) > 2 and word[-2:] in ("'s", "’s")
    return Token(word[:-2] if owner else word, match.start(), match.end() - 2 * owner, owner)


def runs(text: str) -> Iterator[Run]:
    """The runs of a paragraph in order."""
    words = tokens(text)
    at = 0
    while at < len(words):
        if not words[at].capital:
            at += 1
            continue
        end = at + 1
        while end < len(words):
            step = _joins(text, words, at, end)
            if not step:
                break
            end += step
        opens = bool(_OPENS.search(text[: words[at].start]))
        yield Run(tuple(words[at:end]), opens)
        at = end


def _joins(text: str, words: list[Token], at: int, end: int) -> int:
    """How many further words belong to the run that ends before `end`."""
    last, this = words[end - 1], words[end]
    gap = text[last.end : this.start]
    if last.owner:
        return 0
    if this.capital:
        if gap == " " or (gap == ". " and (last.lower in lists().honorifics or len(last.text) == 1)):
            return 1
        # Washington, D.C.
        return int(gap == ", " and this.text.count(".") == 2 and not country_of(this.text))
    follows = end + 1 < len(words) and words[end + 1].capital and text[this.end : words[end + 1].start] == " "
    if gap != " " or not follows:
        return 0
    return 2 * _connects(words[at:end], this.lower, words[end + 1].lower)


def _connects(words: list[Token], connector: str, following: str) -> bool:
    """Whether a word in lower case between capitals belongs to a name or title."""
    if connector == "and":
        # Chairman and Chief Executive, Minister of Industry and Commerce
        titles = (lists().role_heads, lists().portfolios)
        return any(words[-1].lower in known and following in known | lists().role_modifiers for known in titles)
    complements = lists().organisation_words | lists().place_words | lists().role_heads
    named = any(word.lower in complements for word in words)
    return connector in lists().particles or (connector in ("of", "for") and named)
