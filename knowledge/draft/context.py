"""The few words about a place in a sentence, as they stand there.

Answers for how much may be shown without copying the sentence. Does not know what the words mean.
"""

import re

from knowledge.draft.capitals import Token, tokens
from knowledge.draft.english import lists
from knowledge.draft.prose import LONGEST, words_of
from knowledge.draft.text import QUOTED

_EDGE = re.compile(rf"[,;:()\n—“”\"{QUOTED}]|\.(?=\s|$)")
_FORWARD = frozenset({"after", "before", "since", "until", "of"})
"""Words that show that what follows says more than what stands before."""


def context(text: str, start: int, end: int) -> str:
    """The words from `start` to `end` of a sentence with a few of those beside them."""
    left = [word for word in tokens(text, 0, start) if not _EDGE.search(text, word.start, start)]
    right = [word for word in tokens(text, end) if not _EDGE.search(text, end, word.start)]
    left = left[next((at for at, word in enumerate(left) if word.lower not in lists().openers), len(left)) :]
    if not left and not right:
        # "Later on Wednesday, the two leaders": what follows the comma is all there is.
        right = tokens(text, end)
    room = LONGEST - len(words_of(text[start:end]))
    forward = bool(right) and (not left or right[0].lower in _FORWARD)
    after = right[: room - min(len(left), 1)] if forward else []
    while after and after[-1].lower in lists().noun_ends:
        after = after[:-1]
    last = after[-1].end if after else end
    before = left[max(0, len(left) - room + len(after)) :]
    while before and (_opens_badly(text, before[0]) or len(words_of(text[before[0].start : last])) > LONGEST):
        before = before[1:]
    return " ".join(text[before[0].start if before else start : last].split())


def _opens_badly(text: str, word: Token) -> bool:
    """Whether a word can't open: a preposition, or what one governs, as in "the island of Skarra left the quay"."""
    previous = text[: word.start].split()[-1:]
    governed = bool(previous) and previous[0].lower() in lists().places_follow | {"of"}
    return governed or word.lower in lists().noun_ends
