"""What is said after an answer and about it: "and when?", "and North Korea?", "who says so?".

Answers for telling such a message from a new question, and for what it comes to. Does not know who said it where.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

from knowledge.outcomes import Answer, Entry, Kind, NoAnswer, Outcome, Reason, together
from knowledge.snapshot import Snapshot
from knowledge.words import split

SOURCING, FURTHER, REMARK = "sourcing", "further", "remark"
"""The kinds of chat that ask where an answer comes from and what there is beside it, and what is only said to it."""
_MEASURES = frozenset({Kind.WHEN, Kind.WHERE, Kind.HOW_MANY})
_ITSELF = _MEASURES | {Kind.WHO}
"""What an answer may have told already when it is asked for."""
_COMMON = math.log(5)
"""Idf of what every fifth entry has: two that share no more need have nothing to do with each other."""
_ALONE = 0.25
"""How much surer a message that points back and says hardly a word must be by itself to be taken so."""


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
        vague = subjects.leans(said) or subjects.points_back(said)
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
        """What a message in reply to the answer comes to, each of its questions in reply to what was told before."""
        questions = [question.text for question in self._snapshot.reader.read(text)]
        return together(self._in_turn(questions)) if len(questions) > 1 else self._single(text)

    def _in_turn(self, questions: Iterable[str]) -> Iterator[tuple[str, Outcome]]:
        sequel = self
        for question in questions:
            outcome = sequel._single(question)
            yield question, outcome
            if isinstance(outcome, Answer):
                sequel = Sequel(self._every, outcome.entry, question)

    def _single(self, text: str) -> Outcome:
        snapshot, chat = self._snapshot, None if self._asks_on(text) else self.chat(text)
        further = snapshot.catalogue.further(self._entry) if chat == FURTHER else None
        if further:
            return Answer(further, 1.0, snapshot.catalogue.related(further), self.language(text))
        if chat or self._is_of_the_article(text):
            return self._every.ask(text)
        return replace(self._followed(text), language=self.language(text))

    def _is_of_the_article(self, text: str) -> bool:
        """Whether a message asks of "this" as an editor wrote it down: "when was this published"."""
        return any(word.text == "this" for word in split(text)) and self._every.best(text).repeated

    def _followed(self, text: str) -> Outcome:
        """What a message that is no small talk comes to."""
        snapshot, typed = self._snapshot, self._snapshot.subjects.in_english(text)
        said = self._resolved(typed)
        other = next(self._of_another(said), None)
        if other:
            return other
        kinds = snapshot.reader.kinds(said)
        alone = self._every.ask(text if said == typed else said)
        told = isinstance(alone, Answer) and (alone.entry != self._entry or not _asks_others(said))
        named = snapshot.subjects.named(said)
        leans, back = snapshot.subjects.leans(said), snapshot.subjects.points_back(said)
        if leans and back:
            return self._pointed(alone, said, kinds)
        if back or (leans and named):
            return self._hinted(alone, said, kinds)
        if (told and named) or not kinds:
            return alone
        outcomes = list(self._of_the_same(said, kinds))
        given = (outcome for outcome in outcomes if isinstance(outcome, Answer))
        open_ = (outcome for outcome in outcomes if isinstance(outcome, NoAnswer) and outcome.entry)
        if isinstance(alone, NoAnswer) and alone.entry and named:
            return next(given, alone)
        return next(given, None) or next(open_, NoAnswer(Reason.NOTHING_NEAR))

    def _of_another(self, said: str) -> Iterator[Outcome]:
        """What a message comes to that asks the same of another: "and Kim?", "no, not Putin, Kim", "then who is?"."""
        subjects = self._snapshot.subjects
        asked = [subjects.instead(said, question) for question in (self._asked, self._entry.question)]
        for text in filter(None, (*asked, subjects.who(said, self._asked))):
            outcome = self._snapshot.ask(text)
            if isinstance(outcome, Answer | NoAnswer) and outcome.entry not in (None, self._entry):
                yield outcome

    def _of_the_same(self, text: str, kinds: frozenset[Kind]) -> Iterator[Outcome]:
        """What it comes to, asked of what the answer's question was about, and of what the answer tells."""
        snapshot, entry = self._snapshot, self._entry
        unnamed = not snapshot.subjects.named(text) and not _asks_others(text)
        repeats = unnamed and bool(kinds & _ITSELF & snapshot.kinds_of(entry))
        for about in (entry.question, entry.answer):
            outcome = self._about(text, about, kinds)
            if repeats or not isinstance(outcome, Answer) or outcome.entry != entry:
                yield outcome

    def _about(self, text: str, about: str, kinds: frozenset[Kind]) -> Outcome:
        """What a message comes to with what another text is about; words put together so may seem to ask twice."""
        outcome = self._snapshot.ask(f"{text.rstrip('?!. ')} {self._snapshot.subjects.of(about)}", kinds)
        return replace(outcome, others=(), asked="") if isinstance(outcome, Answer) else outcome

    def _pointed(self, alone: Outcome, said: str, kinds: frozenset[Kind]) -> Outcome:
        """What "where was it?" comes to: only what is akin to the latest entry, and rather with its subject than alone.

        The answer itself is what is asked for only where it is a measure, or may confirm: of "who saw it", who it told
        is none.
        """
        own, *others = self._with_subjects(said, kinds)
        # With the latest subject all are akin; with what else was said, or by itself, it may lead anywhere.
        near, alone = [own, *map(self._if_akin, others)], self._if_akin(alone)
        best = self._surest(near, told=self._is_measured(kinds))
        if best and best.confidence > alone.confidence - _ALONE:
            return best
        confirms = isinstance(alone, Answer) and kinds == {Kind.YES_NO}
        return alone if confirms or self._is_news(alone) else self._left_open([*near, alone])

    def _hinted(self, alone: Outcome, said: str, kinds: frozenset[Kind]) -> Outcome:
        """What "which ports?" or "did they sign it?" comes to: by itself, unless surer with the latest subject."""
        near = self._with_subjects(said, kinds)
        best = self._surest(near, told=isinstance(alone, Answer) and self._is_measured(kinds))
        if best and best.confidence > alone.confidence:
            return best
        return alone if isinstance(alone, Answer) else self._left_open([alone, *near])

    def _with_subjects(self, said: str, kinds: frozenset[Kind]) -> list[Outcome]:
        """What a message comes to with what the latest entry was asked, and with what was asked last."""
        return [self._about(said, text, kinds & _MEASURES) for text in (self._entry.question, self._asked) if text]

    def _is_measured(self, kinds: frozenset[Kind]) -> bool:
        return bool(kinds & _MEASURES & self._snapshot.kinds_of(self._entry))

    def _surest(self, outcomes: Iterable[Outcome], *, told: bool) -> Answer | None:
        """The surest answer; the latest is one only with `told`."""
        given = (outcome for outcome in outcomes if isinstance(outcome, Answer) and (told or self._is_news(outcome)))
        return max(given, key=lambda answer: answer.confidence, default=None)

    def _left_open(self, outcomes: Iterable[Outcome]) -> Outcome:
        """The first of some outcomes that tells what the article leaves open, unless that was told just now."""
        open_ = (outcome for outcome in outcomes if isinstance(outcome, NoAnswer) and outcome.entry)
        return next((outcome for outcome in open_ if outcome.entry != self._entry), NoAnswer(Reason.NOTHING_NEAR))

    def _if_akin(self, outcome: Outcome) -> Outcome:
        """An outcome that tells of something that the latest entry is about, beside what many are; else none."""
        snapshot, own = self._snapshot, self._entry
        other = outcome.entry if isinstance(outcome, Answer | NoAnswer) else None
        if other in (None, own) or other.id in own.see or own.id in other.see:
            return outcome
        both = f"{own.question} {own.answer}", f"{other.question} {other.answer}"
        akin = snapshot.subjects.share(*both, lambda key: snapshot.index.idf(key) > _COMMON)
        return outcome if akin else NoAnswer(Reason.NOTHING_NEAR)

    def _is_news(self, outcome: Outcome) -> bool:
        """Whether an outcome is an answer that was not the latest already."""
        return isinstance(outcome, Answer) and outcome.entry != self._entry


def _asks_others(text: str) -> bool:
    """Whether what was told already is no answer: "who else?"."""
    return any(word.text == "else" for word in split(text))
