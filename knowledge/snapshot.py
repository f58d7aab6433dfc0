"""One state of the knowledge, immutable, that answers questions.

Answers for putting reading, index and judgement together. Never heard of Telegram; reads no file, clock or network.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Self

from knowledge import vocabulary
from knowledge.calibration import bar
from knowledge.corpus import Corpus, Terms
from knowledge.index import Candidate, Index, Query
from knowledge.intake import Intake
from knowledge.judgement import ARTICLE, PLAIN, Evidence, weigh
from knowledge.library import Library
from knowledge.outcomes import Answer, Choices, Entry, Kind, NoAnswer, Outcome, Reason
from knowledge.phrasebook import Phrasebook
from knowledge.reading import Lexicon, Question, Reader, Role, key_of
from knowledge.spelling import Speller
from knowledge.translation import NAME, Translator
from knowledge.vocabulary import Vocabulary
from knowledge.words import split, stem

ANSWER = 0.5
"""Least probability at which an entry is given as the answer."""
CHOICE = 0.3
"""Least probability at which the nearest entries are offered to choose from."""
CLOSEST = 0.1
"""Least probability at which the nearest entry is worth showing as such."""
FIRST = 6
"""How many questions are suggested where the editors suggest none."""
AS_SURE = 0.9
"""Share of the best score at which another article is as sure."""
JUDGED = 3
"""How many of the nearest entries are judged: the nearest may answer another kind of question than the next."""
RELATED = 2
"""How many related entries an answer shows: more than that hides the answer itself."""
OPEN = 0.6
"""Least score at which an entry that says "the article doesn't say" is about the question at all."""

Watched = Callable[[Sequence[Entry]], Iterable[Entry]]

_SUBJECT = (Role.CONTENT, Role.ENTITY, Role.NAME)


class Reading:
    """A question with the candidates found for it and the judgement on the first."""

    __slots__ = (
        "asked",
        "candidates",
        "confidence",
        "evidence",
        "left_open",
        "query",
        "question",
        "ranked",
        "repeated",
    )

    def __init__(
        self,
        snapshot: "Snapshot",
        question: Question,
        query: Query,
        asked: frozenset[Kind],
        ranked: list[Candidate],
    ) -> None:
        self.question = question
        self.query = query
        self.asked = asked
        self.ranked = ranked
        facts: list[Candidate] = []
        unknowns: list[Candidate] = []
        for candidate in self.ranked:
            (unknowns if snapshot.entries[candidate.entry].left_open else facts).append(candidate)
        self.candidates: list[Candidate] = facts
        self.left_open: Candidate | None = unknowns[0] if unknowns else None
        self.evidence: Evidence | None = None
        self.confidence = 0.0
        self.repeated = bool(ranked) and snapshot.index.repeats(query, ranked[0])
        if facts and (self._is_grounded or self.repeated):
            judged = [self.evidence_on(snapshot, facts)] if self.repeated else self._judged(snapshot, facts)
            at = max(range(len(judged)), key=lambda at: snapshot.judge.weight_of(judged[at]))
            self.candidates = [facts[at], *facts[:at], *facts[at + 1 :]]
            self.evidence = judged[at]
            self.confidence = snapshot.judge.probability(self.evidence)
        if self.repeated:
            # Whatever the evidence says: an editor wrote down what this is to be answered with.
            self.confidence = 0.0 if self.nothing_to_say else 1.0

    def _judged(self, snapshot: "Snapshot", facts: Sequence[Candidate]) -> list[Evidence]:
        """The evidence on the first; on the next, too, where the first is asked for another kind of thing."""
        first = self.evidence_on(snapshot, facts)
        if not first.wrong_kind and not first.rephrased:
            return [first]
        return [first, *(self.evidence_on(snapshot, facts, at) for at in range(1, min(JUDGED, len(facts))))]

    def evidence_on(self, snapshot: "Snapshot", candidates: Sequence[Candidate], at: int = 0) -> Evidence:
        """The evidence on one of some candidates."""
        return weigh(
            snapshot.index,
            self.query,
            self.question,
            self.asked,
            snapshot.kinds[candidates[at].entry],
            snapshot.reader.kinds(snapshot.phrasing(candidates[at])),
            candidates,
            at,
            self.left_open,
            guards=snapshot.guards,
        )

    @property
    def _is_grounded(self) -> bool:
        """Whether one content word is known as typed, or two are guessed: a lone guess ("brb lunch") proves nothing."""
        content = [term for term, _, keys in self.query.parts if keys and term.role in (Role.CONTENT, Role.ENTITY)]
        return len(content) > 1 or any(not term.near for term in content)

    @property
    def nothing_to_say(self) -> bool:
        """Whether the nearest of all is an entry that the article leaves open."""
        return self.left_open is not None and self.left_open is self.ranked[0]


class Snapshot:
    """The knowledge as it answers."""

    def __init__(self, library: Library, watched: Watched = iter) -> None:
        """`watched`: hands on the entries as they are read, so that somebody can see how far it is."""
        self.library = library
        self.entries: tuple[Entry, ...] = library.entries
        self.by_id = {entry.id: entry for entry in library.entries}
        self._at = {entry.id: at for at, entry in enumerate(library.entries)}
        self.articles = tuple(sorted(library.articles, key=lambda article: article.published, reverse=True))
        """The articles that answer, the newest first."""
        self._parts = {part.articles[0].id: Snapshot(part) for part in library.parts}
        self._neighbours: dict[tuple[str, int | None], array[int]] = {}
        for entry, at in zip(self.entries, self._at.values(), strict=True):
            if not entry.left_open:
                self._neighbours.setdefault(_place(entry), array("i")).append(at)
        english = vocabulary.english()
        lexicon = _lexicon(library, english)
        intake = Intake(Reader(english, lexicon))
        spoken = intake.read((at, text) for at, entry in enumerate(watched(self.entries)) for text in _asking(entry))
        said = intake.read((at, _saying(entry)) for at, entry in enumerate(self.entries))
        self.kinds = self._answered(spoken)
        terms = Terms(list(intake.terms), lexicon.groups)
        self.index = Index(len(self.entries), spoken, said, list(intake.words), terms, self.kinds)
        words = intake.counts(spoken, said)
        words.update(word.text for text in _names(library) for word in split(text))
        words.update(self._synonyms(english, lexicon))
        self.keys = {word: stem(word) for word in words if word.isascii()}
        opposites = english.opposites | {frozenset(map(stem, pair)) for pair in library.opposites}
        self.reader = Reader(english, lexicon, Speller(words, opposites))
        self.guards = sum(entry.left_open for entry in self.entries) / max(1, len(self.entries))
        self.judge = ARTICLE if library.entities else PLAIN
        texts = [text for entry in self.entries for text in _asking(entry)]
        own_bar = None if library.entities else bar(texts, self.index.owners, self._weight_without)
        if own_bar is not None:
            self.judge = PLAIN._replace(bias=-own_bar)

    def _answered(self, spoken: Corpus) -> tuple[frozenset[Kind], ...]:
        """The kinds of question that entries answer; where none are given, those that their phrasings ask."""
        asked = [entry.kinds for entry in self.entries]
        shared: dict[frozenset[Kind], frozenset[Kind]] = {}
        for at, kinds in zip(spoken.owner.tolist(), spoken.asked, strict=True):
            if not self.entries[at].kinds:
                own = asked[at] | kinds
                asked[at] = shared.setdefault(own, own)
        return tuple(asked)

    def _synonyms(self, english: Vocabulary, lexicon: Lexicon) -> Iterator[str]:
        """Words of the vocabulary that mean what a word of the base means."""
        for word in (word for group in english.synonyms for phrase in group for word in phrase):
            if any(name in self.index for name in lexicon.groups.get(stem(word), ())):
                yield word

    @classmethod
    def empty(cls) -> Self:
        """A snapshot that knows nothing."""
        return cls(Library())

    def readings(self, text: str, kinds: frozenset[Kind] = frozenset()) -> list[Reading]:
        """Every question in a message with its candidates, the surest first."""
        found = [reading for question in self.reader.read(text) for reading in self._read(question, kinds)]
        return sorted(found, key=lambda reading: -reading.confidence)

    def _read(self, question: Question, kinds: frozenset[Kind]) -> Iterator[Reading]:
        """A question with what each article has for it, the newest first; at least one reading."""
        query, asked = self.index.query(question.terms, self.keys), kinds or question.kinds
        ranked = self.index.search(query, asked, only=bool(kinds))
        if len(self.articles) == 1:
            yield Reading(self, question, query, asked, ranked)
            return
        rows: dict[str, list[Candidate]] = {article.id: [] for article in self.articles}
        for candidate in ranked:
            rows[self.entries[candidate.entry].article.id].append(candidate)
        for own in [row for row in rows.values() if row] or [[]]:
            yield Reading(self, question, query, asked, own)

    def ask(self, text: str, kinds: Iterable[Kind] = ()) -> Outcome:
        """Answers a message. `kinds` restricts the answer to these kinds of question."""
        only = frozenset(kinds)
        readings = self.readings(text, only)
        best = readings[0]
        question = best.question
        if question.chat and not only:
            return NoAnswer(Reason.CHAT, subject=question.chat, language=question.language)
        if not any(term.weight for term in question.terms):
            return NoAnswer(Reason.EMPTY, language=question.language)
        if not best.ranked:
            return NoAnswer(Reason.NOTHING_NEAR, language=question.language)
        if best.confidence >= ANSWER:
            return self._answer(self._as_sure(readings))
        return self._unsure(best)

    def _answer(self, sure: Sequence[Reading]) -> Answer:
        """The answer of the newest article; what the next says beside it, where it says something else."""
        given = [self.entries[reading.candidates[0].entry] for reading in sure]
        also = next((entry for entry in given[1:] if entry.answer != given[0].answer), None)
        return Answer(given[0], sure[0].confidence, self.related(given[0]), sure[0].question.language, also)

    def _as_sure(self, readings: Sequence[Reading]) -> list[Reading]:
        """Of the readings, the surest first, those that are as sure as the first; the newest article's first."""
        best = readings[0]
        least = AS_SURE * best.candidates[0].score
        same = (reading for reading in readings if reading.question is best.question and reading.confidence >= ANSWER)
        sure = [reading for reading in same if reading.candidates[0].score >= least]
        return sorted(sure, key=lambda reading: self.articles.index(self.entries[reading.candidates[0].entry].article))

    def within(self, article: str | None) -> "Snapshot":
        """What one article knows by itself, strange to the words and names of others; all, without such an article."""
        return self._parts.get(article or "", self)

    def winner(self, text: str) -> str | None:
        """Id of the entry that comes nearest to a message, answered or not."""
        ranked = self.readings(text)[0].ranked
        return self.entries[ranked[0].entry].id if ranked else None

    def nearest(self, text: str, count: int, least: float = CLOSEST) -> tuple[Entry, ...]:
        """The entries that come nearest to a message, to choose from; none below the least probability."""
        best = self.readings(text)[0]
        near = best.candidates[:count] if best.confidence >= least else ()
        return tuple(self.entries[candidate.entry] for candidate in near)

    def phrasing(self, candidate: Candidate) -> str:
        """The phrasing by which a candidate was found."""
        return _asking(self.entries[candidate.entry])[candidate.document - self.index.first(candidate.entry)]

    def _weight_without(self, text: str, entry: int) -> float:
        """What speaks for the best answer to a text if an entry were not there."""
        reading = self.readings(text)[0]
        others = [candidate for candidate in reading.candidates if candidate.entry != entry]
        return self.judge.weight_of(reading.evidence_on(self, others)) if others else 0.0

    def _unsure(self, best: Reading) -> Outcome:
        question, near = best.question, [self.entries[candidate.entry] for candidate in best.candidates]
        stranger = next((part[0].typed for part in best.query.parts if part[0].role is Role.NAME and not part[2]), None)
        if stranger:
            name = self.reader.name(stranger)
            return NoAnswer(Reason.NAME, best.confidence, name, None, None, question.language)
        if best.left_open and best.nothing_to_say and best.left_open.score >= OPEN:
            entry = self.entries[best.left_open.entry]
            closest = next(iter(self.beside(entry)), None)
            return NoAnswer(Reason.LEFT_OPEN, best.confidence, None, entry, closest, question.language)
        missing = self._missing(best)
        if missing:
            return NoAnswer(Reason.KIND, best.confidence, missing.value, None, near[0], question.language)
        if best.confidence >= CHOICE and len(near) > 1:
            return Choices(tuple(near[:3]), best.confidence, question.language)
        closest = near[0] if near and best.confidence >= CLOSEST else None
        return NoAnswer(Reason.NOTHING_NEAR, best.confidence, None, None, closest, question.language)

    def _missing(self, best: Reading) -> Kind | None:
        """What a question asks for, where nothing but that keeps the nearest entry from being the answer."""
        asked = best.asked - {Kind.YES_NO}
        if not best.evidence or not best.evidence.wrong_kind or len(asked) != 1:
            return None
        sure = self.judge.probability(best.evidence._replace(wrong_kind=0.0))
        return next(iter(asked)) if sure >= ANSWER else None

    def subject(self, entry: Entry) -> str:
        """What an entry is about, in the words of its question but without what it asks for: a follow-up's subject."""
        terms = (term for question in self.reader.read(entry.question) for term in question.terms)
        return " ".join(term.typed for term in terms if term.role in _SUBJECT)

    def beside(self, entry: Entry) -> tuple[Entry, ...]:
        """The entries that the editor wants shown beside one."""
        return tuple(self.by_id[id_] for id_ in entry.see if id_ in self.by_id)

    def related(self, entry: Entry) -> tuple[Entry, ...]:
        """What a reader may ask next: what the editor wants shown beside it, then what its paragraph says next."""
        at, near = self._at[entry.id], self._neighbours.get(_place(entry), array("i"))
        start = bisect_right(near, at)
        around = [near[(start + step) % len(near)] for step in range(min(len(near), RELATED))]
        after = tuple(self.entries[other] for other in around if other != at)
        return tuple(dict.fromkeys(self.beside(entry) + after))[:RELATED]

    def suggested(self) -> tuple[Entry, ...]:
        """What the editors offer as first questions, else the first that the articles answer."""
        offered = [self.by_id[id_] for article in self.articles for id_ in article.suggested if id_ in self.by_id]
        return tuple(offered or [entry for entry in self.entries[:FIRST] if not entry.left_open])

    def described(self, type_: str) -> tuple[Entry, ...]:
        """Who or what the persons, places or whatever else are, in the order of the files."""
        return tuple(entry for entry in self.entries if entry.describes == type_)

    def kinds_of(self, entry: Entry) -> frozenset[Kind]:
        """The kinds of question that an entry answers, those of its phrasings where the editor gives none."""
        return self.kinds[self._at[entry.id]]


def _lexicon(library: Library, english: Vocabulary) -> Lexicon:
    spans: Phrasebook[str] = Phrasebook()
    foreign: list[tuple[str, str]] = []
    for entity in library.entities:
        for alias in (entity.name, *entity.aliases):
            stems = tuple(stem(word.text) for word in split(alias) if word.text != "the" or len(alias) < 7)
            if all(part.isascii() for part in stems):
                spans.add(stems, NAME + entity.id)
            else:
                foreign.append((alias, entity.id))
    groups: dict[str, tuple[str, ...]] = {}
    for number, group in enumerate((*english.synonyms, *library.synonyms)):
        for phrase in group:
            text = phrase if isinstance(phrase, str) else " ".join(phrase)
            key = key_of(text, spans)
            if " " in key:
                spans.add(key.split(), key)
            groups[key] = (*groups.get(key, ()), f"~{number}")
    for words, name in english.names.items():
        spans.add(tuple(map(stem, words)), "!" + name)
    return Lexicon(spans, groups, Translator(foreign))


def _place(entry: Entry) -> tuple[str, int | None]:
    return entry.article.id, entry.paragraph


def _asking(entry: Entry) -> tuple[str, ...]:
    return entry.phrasings or (entry.answer,)


def _saying(entry: Entry) -> str:
    return " ".join(filter(None, (entry.answer, entry.speaker, entry.context, entry.according_to)))


def _names(library: Library) -> Iterable[str]:
    for entity in library.entities:
        yield from (entity.name, *entity.aliases)
