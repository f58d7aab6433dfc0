"""Who says it: "X said", "said X", "according to X", "X, the minister, told Y".

Answers for the speakers of a sentence, from its frame alone. Does not know what they say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.draft.capitals import Token, tokens
from knowledge.draft.english import lists
from knowledge.draft.mentions import Mention, Mentions, is_owner
from knowledge.draft.name import Name
from knowledge.draft.text import QUOTED, Sentence

_BETWEEN = re.compile(r"(?:\s+(?:\w+ly|also|later|then|has|had|have|once|again|himself|herself))*\s*$")
_PASSIVE = frozenset({"was", "were", "is", "are", "be", "been", "to", "by", "being", "not"})
_GOVERNED = re.compile(
    r"\b(?:of|between|among|for|at|from|with|in|on|by|near|to|and the|than|against|over)\s+(?:the\s+|a\s+)?$"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+")
_PAUSE = re.compile(rf"[,;:{QUOTED}]")
"""Ends a phrase; a full stop inside a sentence only abbreviates."""
_APPOSED = re.compile(r",\s*$")
_RELATIVE = re.compile(r",?\s+(?:who|which|that|where)\b.*$|,.*$")
_DEFINITE = re.compile(r"\b[Tt]he\s+((?:[\w'’-]+\s+){0,2}[\w-]+)\s*$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody who says something in a sentence."""

    speaker: Name | str
    """A name of the article, or words such as "a fisherman"."""
    verb: str
    start: int
    """Where the speaker and the verb stand in the paragraph."""
    end: int

    @property
    def reports(self) -> bool:
        """Whether what else the sentence says is said by the speaker, too: not so after "called it"."""
        return self.verb not in lists().naming


def subject(sentence: Sentence, paragraph: int, mentions: Mentions, verb: int) -> Name | None:
    """Who does what the verb at `verb` in the sentence says; None where no name does."""
    reader = _Reader(sentence, paragraph, mentions)
    left = sentence.frame[:verb]
    found = reader.before(max(left.rfind(QUOTED), left.rfind(";")) + 1, verb, sure=True)
    return found if isinstance(found, Name) else None


def attributions(sentence: Sentence, paragraph: int, mentions: Mentions) -> list[Attribution]:
    """Who says something in a sentence, in order."""
    reader = _Reader(sentence, paragraph, mentions)
    return sorted([*reader.speaking(), *reader.according()], key=lambda one: one.start)


class _Reader:
    def __init__(self, sentence: Sentence, paragraph: int, mentions: Mentions) -> None:
        self.frame = sentence.frame
        self.start = sentence.start
        self.paragraph = paragraph
        self.mentions = mentions
        self.named = mentions.find(sentence.frame)
        self.words = tokens(sentence.frame)

    def speaking(self) -> Iterator[Attribution]:
        last: Name | str | None = None
        for at, word in enumerate(self.words):
            before = self.words[at - 1].lower if at else ""
            if word.lower in lists().citing and before not in _PASSIVE:
                speaker = self._after(word.end)
            elif word.lower in lists().speech and before not in _PASSIVE:
                speaker = last if word.lower.endswith("ing") and last else self._speaker(word)
            else:
                continue
            if speaker:
                last = speaker
                yield Attribution(speaker, word.lower, self.start + word.start, self.start + word.end)

    def according(self) -> Iterator[Attribution]:
        for match in _ACCORDING.finditer(self.frame):
            rest = _PAUSE.split(self.frame[match.end() :])[0].rstrip(".")
            words = " ".join(rest.split()[:6])
            if words:
                speaker = self._named_source(rest, match.end()) or self._described(rest.strip(), match.end()) or words
                yield Attribution(speaker, "according", self.start + match.start(), self.start + match.end())

    def _named_source(self, rest: str, start: int) -> Name | None:
        """The name in "the state-run News Agency"; a country's name is only the beginning of another's."""
        named = [one for one in self.named if start <= one.start < start + len(rest)]
        if not named or (named[0].name.type == "country" and named[0].end < start + len(rest.rstrip())):
            return None
        return None if _GOVERNED.search(self.frame[start : named[0].start]) else named[0].name

    def _speaker(self, verb: Token) -> Name | str | None:
        left = self.frame[: verb.start]
        clause = max(left.rfind(QUOTED), left.rfind(";"), left.rfind(": ")) + 1
        if clause and not left[clause:].strip(" ,"):
            return self._after(verb.end) if left[clause - 1] == QUOTED else None
        return self.before(clause, verb.start)

    def _after(self, start: int) -> Name | str | None:
        """The speaker that follows a verb: ", said Anna Reed, the mayor"."""
        rest = _PAUSE.split(self.frame[start:])[0].rstrip(".")
        words = rest.split()
        if not words:
            return None
        if words[0].lower() in ("he", "she"):
            return self.mentions.person(words[0].lower(), self.paragraph, self.start + start)
        for one in self.named:
            near = start <= one.start < start + len(rest) and not is_owner(self.frame, one)
            if near and (one.name.type == "person" or not _GOVERNED.search(self.frame[start : one.start])):
                return one.name
        return self._described(rest.strip(), start) or _unnamed(rest)

    def before(self, clause: int, end: int, *, sure: bool = False) -> Name | str | None:
        """Who stands before a verb that begins at `end`; `sure`: not merely somewhere before."""
        left = _BETWEEN.sub("", self.frame[clause:end])
        edge = clause + len(left)
        last = left.split()[-1:]
        if last and last[0].lower() in ("he", "she"):
            return self.mentions.person(last[0].lower(), self.paragraph, self.start + edge - len(last[0]))
        subjects = [one for one in self.named if clause <= one.start < edge and not is_owner(self.frame, one)]
        free = [one for one in subjects if not self._is_governed(one, clause)]
        if _APPOSED.search(left):
            people = [one for one in free if one.name.type == "person"]
            return (people or free)[0].name if free else _unnamed(left)
        if subjects and subjects[-1].end == edge and subjects[-1] in free:
            return subjects[-1].name
        described = self._described(left, clause)
        if described:
            return described
        unnamed = _unnamed(_tail(left))
        if unnamed:
            return unnamed
        opens = bool(free) and not self.frame[clause : free[0].start].strip()
        return free[0].name if free and (opens or not sure) else None

    def _is_governed(self, mention: Mention, clause: int) -> bool:
        """Whether a preposition stands before a name or before its titles: "of Skarra", "by Minister Hale"."""
        starts = (mention.start, self._phrase_start(mention))
        return any(_GOVERNED.search(self.frame[clause:start]) for start in starts)

    def _phrase_start(self, mention: Mention) -> int:
        """Where the words of a name's own phrase begin: with its titles."""
        start = mention.start
        titles = lists().role_heads | lists().role_modifiers | lists().portfolios | {"of", "and"}
        for word in reversed([word for word in self.words if word.end <= mention.start]):
            if self.frame[word.end : start] != " " or not (word.capital or word.lower in titles):
                break
            start = word.start
        return start

    def _described(self, words: str, start: int) -> Name | None:
        match = _DEFINITE.search(words)
        return self.mentions.described(match[1], self.paragraph, self.start + start) if match else None


def _tail(left: str) -> str:
    """The last clause: after a comma, "and", "but" or "as"."""
    return re.split(r",\s+|\b(?:and|but|as|while|when)\s+", left)[-1]


def _unnamed(words: str) -> str | None:
    """Somebody without a name, such as "a fisherman who lives there"; None where no one can speak."""
    phrase = _RELATIVE.sub("", words.strip())
    told = phrase.split()
    while told and told[0].lower() in ("but", "and", "as", "while", "that", "when", "later", "meanwhile", "however"):
        told = told[1:]
    if not 1 <= len(told) <= 8:
        return None
    head = re.split(r"\s(?:of|for|at|from|in|on|with|close)\s", " ".join(told))[0].split()[-1].lower()
    singular = head.removesuffix("s") if head not in lists().unnamed else head
    known = lists().unnamed | lists().role_heads
    return " ".join(told) if head in known or singular in known else None
