"""The article's own sentences, which a draft must not repeat.

Answers for whether a text shares a run of words with the article outside its quotation marks and its title.
"""

import re
from collections.abc import Sequence

LONGEST = 7
"""Words in a row that a draft may share with the article."""
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_QUOTE = re.compile(r'"[^"]*"?|“[^”]*”?')


class Prose:
    """What the article says in its own words."""

    def __init__(self, blocks: Sequence[str]) -> None:
        self._runs = {run for block in blocks[1:] for piece in _QUOTE.split(block) for run in _runs(piece)}

    def repeats(self, text: str) -> bool:
        """Whether the text repeats more than a few words in a row."""
        return any(run in self._runs for run in _runs(text))


def words_of(text: str) -> list[str]:
    """The words as they are counted here."""
    return [word.casefold() for word in _WORD.findall(text)]


def _runs(text: str) -> list[tuple[str, ...]]:
    words = words_of(text)
    return [tuple(words[at : at + LONGEST + 1]) for at in range(len(words) - LONGEST)]
