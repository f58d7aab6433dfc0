"""One state of the knowledge, immutable, that answers questions.

Answers for putting reading, index and judgement together. Never heard of Telegram; reads no file, clock or network.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from knowledge import vocabulary
from knowledge.answerability import Answerability
from knowledge.calibration import bar
from knowledge.case import Case
from knowledge.casting import Casts
from knowledge.catalogue import Catalogue
from knowledge.content import Content
from knowledge.corpus import Corpus, Terms
from knowledge.evidence import Grounds, Traits
from knowledge.index import Index
from knowledge.intake import Intake
from knowledge.judgement import ARTICLE, PLAIN
from knowledge.lexicon import Lexicon, lexicon
from knowledge.library import Library
from knowledge.outcomes import Answer, Choices, Entry, Kind, NoAnswer, Outcome, Reason, together
from knowledge.query import Candidate
from knowledge.question import FUNCTION, SUMMARY, Question, Role
from knowledge.reading import Reader
from knowledge.spelling import Speller
from knowledge.subjects import Subjects
from knowledge.words import split, stem

ANSWER = 0.5
"""Least probability at which an entry is given as the answer."""
CHOICE = 0.3
"""Least probability at which the nearest entries are offered to choose from."""
CLOSEST = 0.1
"""Least probability at which the nearest entry is worth showing as such."""
NEAR, OFFERED = 0.05, 3
"""Least probability at which the nearest entries may be meant, and how many of them are offered."""
AS_SURE = 0.9
"""Share of the best score at which another article is as sure."""

Watched = Callable[[Sequence[Entry]], Iterable[Entry]]


class Snapshot:
    """The knowledge as it answers."""

    def __init__(self, library: Library, watched: Watched = iter) -> None:
        """`watched`: hands on the entries as they are read, so that somebody can see how far it is."""
        self.library = library
        self.entries: tuple[Entry, ...] = library.entries
        self.by_id = {entry.id: entry for entry in library.entries}
        self.articles = tuple(sorted(library.articles, key=lambda article: article.published, reverse=True))
        """The articles that answer, the newest first."""
        self._parts = {part.articles[0].id: Snapshot(part) for part in library.parts}
        self.catalogue = Catalogue(self.entries, self.articles)
        english = vocabulary.english()
        own = lexicon(library, english)
        intake = Intake(Reader(english, own))
        asking = ((at, text) for at, entry in enumerate(watched(self.entries)) for text in _asking(entry))
        spoken = intake.read(asking, parts=bool(library.entities))
        said = intake.read((at, _saying(entry)) for at, entry in enumerate(self.entries))
        self.kinds = self._answered(spoken)
        terms = Terms(list(intake.terms), own.groups)
        left_open = np.array([entry.left_open for entry in self.entries], np.bool_)
        self.index = Index(len(self.entries), spoken, said, list(intake.words), terms, self.kinds, left_open)
        words = intake.counts(spoken, said)
        words.update(word.text for text in _names(library) for word in split(text))
        words.update(self._synonyms(own))
        self.keys = {word: stem(word) for word in words if word.isascii()}
        opposites = english.opposites | {frozenset(map(stem, pair)) for pair in library.opposites}
        right = {word: count for word, count in words.items() if word not in english.spellings}
        self.reader = Reader(english, own, Speller(right, opposites))
        self.subjects = Subjects(self.reader, own.types)
        self._grounds = self._groundwork(spoken, said, terms, left_open, own)
        self.judge = PLAIN  # what the bar is taken from
        own_bar = None if library.entities else self._bar()
        self.judge = ARTICLE if own_bar is None else PLAIN._replace(bias=-own_bar)

    def _groundwork(
        self, spoken: Corpus, said: Corpus, terms: Terms, left_open: NDArray[np.bool_], own: Lexicon
    ) -> Grounds:
        numbers = terms.keys[spoken.terms.flat]
        traits = (
            Traits(kinds, entry.left_open, attributed=bool(entry.speaker or entry.according_to))
            for entry, kinds in zip(self.entries, self.kinds, strict=True)
        )
        return Grounds(
            index=self.index,
            content=Content(said, terms, own.types, vocabulary.english().times),
            answerability=Answerability(spoken.terms.row, numbers, left_open[spoken.owner], len(terms.ids)),
            casts=Casts(spoken.owner, spoken.casts, own.homes),
            traits=tuple(traits),
            asks=spoken.asked,
            types=own.types,
            saying=vocabulary.english().saying,
            guards=float(left_open.mean()) if len(left_open) else 0.0,
        )

    def _bar(self) -> float | None:
        """The bar that the base itself sets."""
        texts = [text for entry in self.entries for text in _asking(entry)]
        return bar(texts, self.index.owners, self._weight_without)

    def _answered(self, spoken: Corpus) -> tuple[frozenset[Kind], ...]:
        """The kinds of question that entries answer; where none are given, those that their phrasings ask."""
        asked = [entry.kinds for entry in self.entries]
        shared: dict[frozenset[Kind], frozenset[Kind]] = {}
        for at, kinds in zip(spoken.owner.tolist(), spoken.asked, strict=True):
            if not self.entries[at].kinds:
                own = asked[at] | kinds
                asked[at] = shared.setdefault(own, own)
        return tuple(asked)

    def _synonyms(self, own: Lexicon) -> Iterator[str]:
        """Words of the vocabulary that mean what a word of the base means."""
        for word in (word for group in vocabulary.synonyms() for phrase in group for word in phrase):
            if any(name in self.index for name in own.groups.get(stem(word), ())):
                yield word

    @classmethod
    def empty(cls) -> Self:
        """A snapshot that knows nothing."""
        return cls(Library())

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of all names, in lower case."""
        return frozenset(word.text for name in _names(self.library) for word in split(name))

    def cases(self, text: str, kinds: frozenset[Kind] = frozenset()) -> list[list[Case]]:
        """For each question in a message its cases, the surest first."""
        whole = _said(text)
        known = self.index.has(whole)
        every = []
        for question in self.reader.read(text):
            said = whole if known else _said(question.text)
            reading = question.itself if question.itself and self.index.has(said) else question
            every.append(sorted(self._cases(reading, kinds, said), key=lambda case: -case.confidence))
        return every

    def best(self, text: str, kinds: frozenset[Kind] = frozenset()) -> Case:
        """The surest case of a message."""
        return _surest(self.cases(text, kinds))

    def _cases(self, question: Question, kinds: frozenset[Kind], said: str) -> Iterator[Case]:
        """A question with what each article has for it, the newest first; at least one case."""
        query, asked = self.index.query(question.terms, self.keys, said), kinds or question.kinds
        ranked = self.index.search(query, asked, only=bool(kinds) or question.only)
        if len(self.articles) == 1:
            yield Case(question, query, asked, ranked, self._grounds, self.judge)
            return
        rows: dict[str, list[Candidate]] = {article.id: [] for article in self.articles}
        for candidate in ranked:
            rows[self.entries[candidate.entry].article.id].append(candidate)
        for own in [row for row in rows.values() if row] or [[]]:
            yield Case(question, query, asked, own, self._grounds, self.judge)

    def ask(self, text: str, kinds: Iterable[Kind] = ()) -> Outcome:
        """Answers a message. `kinds` restricts the answer to these kinds of question."""
        only = frozenset(kinds)
        cases = self.cases(text, only)
        best = _surest(cases)
        question = best.question
        if question.chat and not only and not self._is_told(text, best):
            return NoAnswer(Reason.CHAT, subject=question.chat, language=question.language)
        if not any(term.weight for term in question.terms):
            return NoAnswer(Reason.EMPTY, language=question.language)
        if best.confidence < ANSWER and all(term.role in FUNCTION for term in question.terms):
            return NoAnswer(Reason.CHAT, subject="further", language=question.language)
        return together(self._each(cases)) if best.confidence >= ANSWER else self._unsure(best)

    def _is_told(self, text: str, best: Case) -> bool:
        """Whether an editor wrote down what else would be small talk; what it is all about may be worded freely."""
        return self.index.has(_said(text)) or (best.question.chat == SUMMARY and best.repeated)

    def _each(self, cases: Sequence[Sequence[Case]]) -> Iterator[tuple[str, Outcome]]:
        """What each question of a message comes to, but for those that lean on another and have no answer."""
        for own in cases:
            case = own[0]
            if case.confidence >= ANSWER:
                yield case.question.text, self._answer(own)
            elif case.question.alone or case.is_left_open:
                yield case.question.text, self._why(case)

    def _why(self, case: Case) -> Choices | NoAnswer:
        """Why a question beside others has no answer; one that asks with a single word is told that word."""
        why = self._unsure(case)
        if case.question.only and not (isinstance(why, NoAnswer) and why.entry):
            return NoAnswer(Reason.KIND, why.confidence, next(iter(case.asked)).value, language=why.language)
        return why

    def _answer(self, cases: Sequence[Case]) -> Answer:
        """The answer of the newest article; what the next says beside it, where it says something else."""
        sure = self._as_sure(cases)
        given = [self.entries[case.candidates[0].entry] for case in sure]
        also = next((entry for entry in given[1:] if entry.answer != given[0].answer), None)
        return Answer(given[0], sure[0].confidence, self.catalogue.related(given[0]), sure[0].question.language, also)

    def _as_sure(self, cases: Sequence[Case]) -> list[Case]:
        """Of a question's cases, the surest first, those that are as sure as the first; the newest article's first."""
        least = AS_SURE * cases[0].candidates[0].score
        sure = [case for case in cases if case.confidence >= ANSWER and case.candidates[0].score >= least]
        return sorted(sure, key=lambda case: self.articles.index(self.entries[case.candidates[0].entry].article))

    def within(self, article: str | None) -> "Snapshot":
        """What one article knows by itself, strange to the words and names of others; all, without such an article."""
        return self._parts.get(article or "", self)

    def winner(self, text: str) -> str | None:
        """Id of the entry that comes nearest to a message, answered or not."""
        ranked = self.best(text).ranked
        return self.entries[ranked[0].entry].id if ranked else None

    def nearest(self, text: str, count: int, least: float = CLOSEST) -> tuple[Entry, ...]:
        """The entries that come nearest to a message, to choose from; none below the least probability."""
        best = self.best(text)
        near = best.candidates[:count] if best.confidence >= least else ()
        return tuple(self.entries[candidate.entry] for candidate in near)

    def phrasing(self, candidate: Candidate) -> str:
        """The phrasing by which a candidate was found."""
        return _asking(self.entries[candidate.entry])[candidate.document - self.index.first(candidate.entry)]

    def _weight_without(self, text: str, entry: int) -> float:
        """What speaks for the best answer to a text if an entry were not there."""
        case = self.best(text)
        others = [candidate for candidate in case.candidates if candidate.entry != entry]
        return self.judge.weight_of(case.evidence_on(others)) if others else 0.0

    def _unsure(self, best: Case) -> Choices | NoAnswer:
        question, near = best.question, [self.entries[candidate.entry] for candidate in best.candidates]
        if not best.ranked:
            return NoAnswer(Reason.NOTHING_NEAR, language=question.language)
        names = (term for term, _, keys in best.query.parts if term.role is Role.NAME and not keys and not term.around)
        stranger = next((term.typed for term in names), None)
        if stranger:
            name = self.reader.name(stranger)
            return NoAnswer(Reason.NAME, best.confidence, name, None, None, question.language)
        if best.left_open and best.is_left_open:
            entry = self.entries[best.left_open.entry]
            closest = next(iter(self.catalogue.beside(entry)), None)
            return NoAnswer(Reason.LEFT_OPEN, best.confidence, None, entry, closest, question.language)
        if best.stray:
            return NoAnswer(Reason.NOTHING_NEAR, best.confidence, language=question.language)
        return self._near(best, near)

    def _near(self, best: Case, near: Sequence[Entry]) -> Choices | NoAnswer:
        """What comes near a question that names nothing strange and is not left open."""
        language, missing = best.question.language, self._missing(best)
        if missing:
            return NoAnswer(Reason.KIND, best.confidence, missing.value, None, near[0], language)
        if best.confidence >= CHOICE and len(near) > 1:
            return Choices(tuple(near[:OFFERED]), best.confidence, language)
        closest = near[0] if near and best.confidence >= CLOSEST else None
        others = tuple(near[closest is not None : OFFERED]) if best.confidence >= NEAR else ()
        return NoAnswer(Reason.NOTHING_NEAR, best.confidence, closest=closest, language=language, near=others)

    def _missing(self, best: Case) -> Kind | None:
        """What a question asks for, where nothing but that keeps the nearest entry from being the answer."""
        asked = best.asked - {Kind.YES_NO}
        if not best.evidence or not best.evidence.wrong_kind or len(asked) != 1:
            return None
        sure = self.judge.probability(best.evidence._replace(wrong_kind=0.0))
        return next(iter(asked)) if sure >= ANSWER else None

    def kinds_of(self, entry: Entry) -> frozenset[Kind]:
        """The kinds of question that an entry answers, those of its phrasings where the editor gives none."""
        return self.kinds[self.catalogue.number(entry)]


def _surest(cases: Iterable[Sequence[Case]]) -> Case:
    """The surest of the first cases of each question."""
    return max((own[0] for own in cases), key=lambda case: case.confidence)


def _said(text: str) -> str:
    return " ".join(vocabulary.phrase(text))


def _asking(entry: Entry) -> Sequence[str]:
    return entry.phrasings or (entry.answer,)


def _saying(entry: Entry) -> str:
    return " ".join(filter(None, (entry.answer, entry.speaker, entry.context, entry.according_to)))


def _names(library: Library) -> Iterable[str]:
    for entity in library.entities:
        yield from (entity.name, *entity.aliases)
