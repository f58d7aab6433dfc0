"""Who did what in a sentence, as far as simple rules can tell.

Answers for a subject that has a name, a verb in the past and the few words after it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.draft.attribution import subject
from knowledge.draft.capitals import Token, tokens
from knowledge.draft.english import lists
from knowledge.draft.mentions import Mentions
from knowledge.draft.name import Name
from knowledge.draft.text import Sentence

_MOST = 6
"""Words after the verb at most."""
_NO_VERB = frozenset({"be", "been", "being", "having", "to", "the", "a", "an", "by"})
"""Words after which a form in -ed is no verb in the past."""
_NEW_THOUGHT = frozenset(
    {"after", "before", "while", "when", "which", "who", "that", "and", "but", "because", "saying", "as"}
)
_PREPOSITIONS = frozenset({"in", "on", "at", "from", "to", "for", "with", "of", "by", "over", "during", "since"})
_DOUBLED = re.compile(r"(.)\1$")
_LOST_E = re.compile(r"(?:[^aeiou][aeiou](?:g|k|s|t|z|m|b)|v|c|[^s]s|u|z|dg|rg|[aeiou]r|[bcdfgkpt]l|iz|at)$")
_KEEPS = re.compile(
    r"(?:sit|mit|it|ain|er|en|on|ow|ot|et|oc|ss|ear|air|our|eat|oin|ail|eal|oom|ook|oat|oot|ig|op|or|uc)$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A subject and what it did."""

    subject: Name
    past: str
    """The verb as written and the words after it: arrived in Pyongyang."""
    plain: str
    """The same with the verb in its plain form: arrive in Pyongyang."""
    verb: str
    """The plain form of the verb alone."""
    start: int
    """Of the verb, in the sentence."""

    @property
    def takes_object(self) -> bool:
        """Whether the verb is followed by what was done, not by where or when."""
        following = self.past.split()[1].lower()
        return following not in (lists().noun_ends | lists().openers) - {
            "a",
            "an",
            "the",
            "its",
            "their",
            "his",
            "her",
            "this",
            "these",
        }


def clauses(sentence: Sentence, paragraph: int, mentions: Mentions) -> Iterator[Clause]:
    """The clauses of a sentence whose subject has a name."""
    words = tokens(sentence.frame)
    for at, word in enumerate(words):
        plain = _plain(words, at)
        if not plain:
            continue
        doer = subject(sentence, paragraph, mentions, word.start)
        rest = _rest(sentence.frame, word.end)
        if doer and rest:
            yield Clause(doer, f"{word.text} {rest}", f"{plain} {rest}", plain, word.start)


def _plain(words: list[Token], at: int) -> str | None:
    """The plain form of a verb in the past; None where the word is no such verb."""
    word = words[at].text
    before = words[at - 1].lower if at else ""
    passive = at + 1 < len(words) and words[at + 1].lower == "by"
    if passive or not word.islower() or word in lists().speech or before in lists().auxiliaries or before in _NO_VERB:
        return None
    if word in lists().irregular:
        return lists().irregular[word]
    regular = word.endswith("ed") and not word.endswith("eed") and len(word) > 4
    return _root(word[:-2]) if regular and word not in lists().role_modifiers else None


def _root(word: str) -> str:
    """A verb without its -ed."""
    if word.endswith("i"):
        return f"{word[:-1]}y"
    if _DOUBLED.search(word) and word[-1] not in "lsfz":
        return word[:-1]
    return f"{word}e" if _LOST_E.search(word) and not _KEEPS.search(word) else word


def _rest(frame: str, start: int) -> str:
    """A few words after the verb, up to where another thought begins."""
    words: list[Token] = []
    edge = start
    for word in tokens(frame, start, start + 120):
        if frame[edge : word.start] not in (" ", "'s ", "’s ") or word.lower in _NEW_THOUGHT:
            break
        words.append(word)
        edge = word.end
    if len(words) > _MOST:
        words = words[: next((at for at in range(_MOST, 2, -1) if words[at].lower in _PREPOSITIONS), 0)]
    return frame[words[0].start : words[-1].end] if words else ""
