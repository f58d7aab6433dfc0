"""Cuts a message into sentences, and these where a clause begins that asks, or that speaks of the reader.

Answers for where a question of its own begins and ends. Does not know what it asks for.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import dropwhile

from knowledge.vocabulary import Vocabulary
from knowledge.words import Word, sentences, split

_SUBJECTS = frozenset("i im ive id ill my we our you u".split())  # noqa: SIM905
"""Those with which a reader begins to speak of something else: "who came i forgot"."""
_OTHERS = frozenset("it its thats this they he she no nobody everyone everybody somebody someone".split())  # noqa: SIM905
"""Those with which something new begins that may come to the reader: "who came it is driving me mad"."""
_ARTICLES = frozenset({"a", "an", "the"})
_DETERMINERS = frozenset({"the", "which", "whose"})
"""Words after which an everyday word can only be a name, if it is one: no pronoun follows them."""
_GOING_ON = frozenset("that which who what when if than as of in on at to for from by with about".split())  # noqa: SIM905
"""Words after which those are still in the clause: "the man that i saw"."""
_SAID = 3
"""Words of a question before more chatter may begin without a sign."""
_OPENING = 4
"""Words by which a question speaks of the reader, if it does: "how long do i"."""
SIGNS = r"(?:[,;:–—-]\s+|\s*[\u2600-\u27bf\u2b00-\u2bff\U0001f1e6-\U0001faff\ufe0f\u200d]+\s*)"
"""What may stand between clauses: punctuation and pictures."""
_AHEAD = re.compile(r"(?:\S+\s+){0,5}\S*")
"""Words after a cut that tell whether a clause begins there that asks."""


def cut(text: str, where: re.Pattern[str], is_cut: Callable[[str, str, re.Match[str]], bool]) -> Iterator[str]:
    """The sentences of a text, cut where `is_cut` says so of what stands before, after and at such a place."""
    for sentence in sentences(text):
        start = 0
        for place in where.finditer(sentence):
            if is_cut(sentence[start : place.start()], sentence[place.end() :], place):
                yield sentence[start : place.start()]
                start = place.end()
        yield sentence[start:]


class Clauses:
    """Cuts messages where a clause begins that asks, or that speaks of the reader."""

    def __init__(self, english: Vocabulary) -> None:
        self._english = english
        self._asking = frozenset(words[0] for words in english.questions if len(words) == 1)
        first = "|".join(sorted(self._asking | self._english.interjections | _SUBJECTS | _OTHERS))
        joint = r"(?:(and|or|but|so|because|cuz|since|as)\s+)"
        self._cut = re.compile(rf"({SIGNS}){joint}?|\s+(?:{joint}|(?=(?:{first})\b))", re.IGNORECASE)

    def of(self, text: str) -> Iterator[str]:
        """The sentences of a message, cut again before such clauses."""
        return cut(text, self._cut, self._is_cut)

    def _is_cut(self, before: str, after: str, at: re.Match[str]) -> bool:
        ahead = _AHEAD.match(after)
        earlier, later = split(before), split(ahead[0] if ahead else "")
        return bool(earlier and later) and self._begins(earlier, later, sign=at[1], joint=at[2] or at[3])

    def _begins(self, before: Sequence[Word], after: Sequence[Word], *, sign: str | None, joint: str | None) -> bool:
        """Whether a clause of its own begins between words: "In what way, ..., did he" is one.

        Behind "and" it is where both ask, "who came and who stayed", but "when and where" ask one thing, as do a
        question and a word after it: "did he sign anything, what?".
        """
        first = list(dropwhile(lambda word: word.text in self._english.openers, after)) if sign or joint else after
        if not first:
            return False
        asks, asked = first[0].text in self._asking, any(word.text in self._asking for word in before)
        verb_first = before[0].text in self._english.auxiliaries
        if joint in ("and", "or") and asks:
            return min(len(before), len(first)) > 1 and (asked or verb_first or self._is_personal(before))
        if sign:
            verb = first[0].text in self._english.auxiliaries and not asked
            return (asks and len(first) > 1) or verb or (self._is_personal(first) and asked)
        if asks:
            return not asked and not verb_first and self._is_whole(first) and self._is_chatter(before)
        said = (asked or verb_first) and len(before) >= _SAID and not self._is_personal(before)
        return said and (self._is_personal(after) if joint else self._is_aside(before[-1].text, first))

    def _is_aside(self, last: str, first: Sequence[Word]) -> bool:
        """Whether with these words something else begins after a question that was asked, whose last word is given."""
        word = first[0].text
        if word in self._english.interjections:
            return True
        speaks = word in _SUBJECTS or (word in _OTHERS and self._is_personal(first))
        return speaks and len(first) > 1 and last not in self._english.auxiliaries | _GOING_ON

    def _is_chatter(self, words: Sequence[Word]) -> bool:
        """Whether words speak of the reader, call somebody, or stop: "wait"; "the man" before "who" does none of it."""
        texts = [word.text for word in words]
        if texts[-1] in self._english.antecedents or not _ARTICLES.isdisjoint(texts[-2:-1]):
            return False
        calls = texts[0] in self._english.interjections and _GOING_ON.isdisjoint(texts)
        stops = self._english.openers.issuperset(texts) and not self._english.fillers.issuperset(texts)
        return calls or stops or self._is_personal(words)

    def _is_personal(self, words: Sequence[Word]) -> bool:
        """Whether words speak of the reader or the bot; "the us" is a country."""
        personal = self._english.personal
        return any(
            word.text in personal and not (word.text == "us" and is_named(words, at)) for at, word in enumerate(words)
        )

    def _is_whole(self, words: Sequence[Word]) -> bool:
        """Whether words begin as a question of its own does: "when did", not "when they met"; of nothing personal."""
        verbs = [word.text in self._english.auxiliaries for word in words]
        whole = words[0].text == "who" or (verbs[1:2] == [True] if words[0].text == "when" else any(verbs))
        return whole and not self._is_personal(words[:_OPENING])


def is_named(words: Sequence[Word], at: int) -> bool:
    """Whether an everyday word is a name by how it is written: "US", "the us", "which us department"."""
    return words[at].capital or bool(at and words[at - 1].text in _DETERMINERS)
