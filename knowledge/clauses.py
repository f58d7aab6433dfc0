"""Cuts a message into sentences, and these before each clause that asks.

Answers for where a question of its own begins. Does not know what it asks for.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile

from knowledge.vocabulary import Vocabulary
from knowledge.words import Word, sentences, split

AUXILIARIES = frozenset(
    "am is are was were do does did has have had can could will would should may might".split()  # noqa: SIM905
)
"""Verbs with which a question for yes or no begins."""
PERSONAL = frozenset("i me my mine myself we us our you your yours yourself u ur im".split())  # noqa: SIM905
"""Words for the reader and the bot."""
_CUT = re.compile(r"(?:[,;:–—-]\s+|\s+)(and|or)\s+|[,;:–—-]\s+")
_AHEAD = 30
"""Characters after a cut that tell whether a clause begins there that asks."""


def clauses(text: str, english: Vocabulary) -> Iterator[str]:
    """The sentences of a message, cut again before a clause that asks."""
    for sentence in sentences(text):
        start = 0
        for cut in _CUT.finditer(sentence):
            ahead = split(sentence[cut.end() : cut.end() + _AHEAD])
            first = list(dropwhile(lambda word: word.text in english.openers, ahead))
            if first and _asks(first, sentence[start : cut.start()], english, joined=bool(cut[1])):
                yield sentence[start : cut.start()]
                start = cut.end()
        yield sentence[start:]


def _asks(first: Sequence[Word], before: str, english: Vocabulary, *, joined: bool) -> bool:
    """Whether a clause with these first words asks a question of its own: "In what way, ..., did he" is none.

    `joined` by "and" it does where both ask, "who came and who stayed", but "when and where" ask one thing, as do
    a question and a word after it: "did he sign anything, what?".
    """
    word, asking, earlier = first[0].text, english.questions, split(before)
    asked = any((one.text,) in asking for one in earlier)
    if joined:
        return (word,) in asking and len(earlier) > 1 and (asked or earlier[0].text in AUXILIARIES)
    asks = (word,) in asking and len(first) > 1
    return asks or (word in AUXILIARIES and not asked) or (word in PERSONAL and asked)
