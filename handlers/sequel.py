"""What is said after an answer and about it: "and when?", "and North Korea?", "who says so?".

Answers for telling such a message from a new question, and for what it comes to. Does not know who said it where.
"""

from collections.abc import Iterator
from dataclasses import replace

from knowledge.outcomes import Answer, Entry, Kind, NoAnswer, Outcome, Reason
from knowledge.snapshot import Snapshot
from knowledge.words import split

SOURCING, FURTHER, REMARK = "sourcing", "further", "remark"
"""The kinds of chat that ask where an answer comes from and what there is beside it, and what is only said to it."""
_MEASURES = frozenset({Kind.WHEN, Kind.WHERE, Kind.HOW_MANY})
_ITSELF = _MEASURES | {Kind.WHO}
"""What an answer may have told already when it is asked for."""


class Sequel:
    """One answer, and what may be said after it."""

    def __init__(self, snapshot: Snapshot, entry: Entry, asked: str = "") -> None:
        """`snapshot`: all that may be asked; `entry`: what the answer was; `asked`: what was asked, as understood."""
        self._every = snapshot
        self._snapshot = snapshot.within(entry.article.id)
        self._entry = entry
        self._asked = asked

    def is_one(self, text: str) -> bool:
        """Whether a message is about the answer: it names nothing itself, or another of the same kind."""
        subjects = self._snapshot.subjects
        said = subjects.in_english(text)
        others = subjects.instead(said, self._entry.question) or self._is_of_somebody(text)
        vague = not subjects.named(text) or subjects.points_back(said)
        return bool(others) or vague or self.chat(text) in (SOURCING, FURTHER)

    def _resolved(self, said: str) -> str:
        """A message with "he" and "she" replaced by the person who was asked about, told of, or cited."""
        entry = self._entry
        speaker = entry.speaker or entry.according_to or ""
        return self._snapshot.subjects.resolved(said, self._asked, entry.question, speaker, entry.answer)

    def understood(self, text: str) -> str:
        """A message in English, with the names that it leaves out."""
        return self._resolved(self._snapshot.subjects.in_english(text))

    def _asks_on(self, text: str) -> bool:
        """Whether a message that would be small talk by itself asks on: "why though", "what else did he say"."""
        remark = self.chat(text) == REMARK and Kind.WHY in self._snapshot.reader.kinds(text)
        return remark or self._is_of_somebody(text)

    def _is_of_somebody(self, text: str) -> bool:
        """Whether a message leaves out whom it is about: "what else did he say"."""
        return self.understood(text) != self._snapshot.subjects.in_english(text)

    def chat(self, text: str) -> str | None:
        """What a message is when it is no question of its own."""
        return self._snapshot.reader.read(text)[0].chat

    def language(self, text: str) -> str:
        """The language of a message."""
        return self._snapshot.reader.read(text)[0].language

    def outcome(self, text: str) -> Outcome:
        """What a message in reply to the answer comes to."""
        snapshot, chat = self._snapshot, None if self._asks_on(text) else self.chat(text)
        further = snapshot.catalogue.further(self._entry) if chat == FURTHER else None
        if further:
            return Answer(further, 1.0, snapshot.catalogue.related(further), self.language(text))
        if chat:
            return self._every.ask(text)
        return replace(self._followed(text), language=self.language(text))

    def _followed(self, text: str) -> Outcome:
        """What a message that is no small talk comes to."""
        snapshot, typed = self._snapshot, self._snapshot.subjects.in_english(text)
        said = self._resolved(typed)
        instead = snapshot.subjects.instead(said, self._entry.question)
        other = snapshot.ask(instead) if instead else None
        if isinstance(other, Answer) and other.entry != self._entry:
            return other
        kinds = snapshot.reader.kinds(said)
        alone = self._every.ask(text if said == typed else said)
        told = isinstance(alone, Answer) and (alone.entry != self._entry or not _asks_others(said))
        known = told and snapshot.subjects.named(said)
        if snapshot.subjects.points_back(said):
            return self._surer(alone, self._joined(said, frozenset()), kinds)
        if known or not kinds:
            return alone
        outcomes = list(self._of_the_same(said, kinds))
        given = (outcome for outcome in outcomes if isinstance(outcome, Answer))
        open_ = (outcome for outcome in outcomes if isinstance(outcome, NoAnswer) and outcome.entry)
        return next(given, None) or next(open_, None) or NoAnswer(Reason.NOTHING_NEAR)

    def _of_the_same(self, text: str, kinds: frozenset[Kind]) -> Iterator[Outcome]:
        """What it comes to, asked of what the answer's question was about, and of what the answer tells."""
        snapshot, entry = self._snapshot, self._entry
        bare = not snapshot.subjects.named(text) and not _asks_others(text)
        repeats = bare and bool(kinds & _ITSELF & snapshot.kinds_of(entry))
        for outcome in self._joined(text, kinds):
            if repeats or not isinstance(outcome, Answer) or outcome.entry != entry:
                yield outcome

    def _joined(self, text: str, kinds: frozenset[Kind]) -> Iterator[Outcome]:
        """What a message comes to with what the answer's question was about, and with what the answer tells."""
        for about in (self._entry.question, self._entry.answer):
            subject = self._snapshot.subjects.of(about)
            yield self._snapshot.ask(f"{text.rstrip('?!. ')} {subject}", kinds)

    def _surer(self, alone: Outcome, joined: Iterator[Outcome], kinds: frozenset[Kind]) -> Outcome:
        """What a message comes to by itself, unless it is surer with what it points back to.

        The answer itself is what is asked for only where it is a measure: of "who saw it", who it told is none.
        """
        best = next(joined)
        if not isinstance(best, Answer) or best.confidence <= alone.confidence:
            return alone
        told = bool(kinds & _MEASURES & self._snapshot.kinds_of(self._entry))
        return best if told or best.entry != self._entry else NoAnswer(Reason.NOTHING_NEAR)


def _asks_others(text: str) -> bool:
    """Whether what was told already is no answer: "who else?"."""
    return any(word.text == "else" for word in split(text))
