"""One question with what came near it, and the judgement on it.

Answers for which of the nearest entries is judged, and when none is. What weighs how much, the judgement knows.
"""

from collections.abc import Sequence

from knowledge.evidence import Evidence, Grounds, Scales
from knowledge.judgement import Judge
from knowledge.outcomes import Kind
from knowledge.query import Candidate, Query
from knowledge.question import FUNCTION, Question, Role

JUDGED = 3
"""How many of the nearest entries are judged: the nearest may answer another kind of question than the next."""

OPEN = 0.6
"""Least score at which an entry that says "the article doesn't say" is about the question at all."""
LACKING, LACKING_NAMED = 0.45, 0.6
"""Share of the question that such an entry may lack, and where both name the same: more, and it answers another one."""
LEAST = 0.6
"""Share of the nearest's score that another must have to be judged."""
FEW, FEW_ASKING = 2, 1
"""Words that are little to go by in a message, and in one that asks."""
LARGE = 4
"""Digits of a figure that tells what is spoken of, as a year does."""
TYPICAL, AKIN = 0.3, 0.5
"""How typical of the entry one of so few words must be, or how near in meaning all: "top dog" is not about dogs."""
STRAY = 0.1
"""The most that so little is worth otherwise."""


class Case:
    """A question with the candidates found for it and the judgement on the first."""

    __slots__ = (
        "_evidence",
        "_grounds",
        "_scales",
        "asked",
        "candidates",
        "confidence",
        "left_open",
        "query",
        "question",
        "ranked",
        "repeated",
        "stray",
    )

    def __init__(
        self,
        question: Question,
        query: Query,
        asked: frozenset[Kind],
        ranked: Sequence[Candidate],
        grounds: Grounds,
        judge: Judge,
    ) -> None:
        """`asked`: what is asked for; `ranked`: the nearest entries, best first."""
        self._grounds = grounds
        self.question = question
        self.query = query
        self.asked = asked
        self.ranked = ranked
        self.candidates = [candidate for candidate in ranked if not grounds.traits[candidate.entry].left_open]
        """Those that answer something."""
        self.left_open = next((candidate for candidate in ranked if grounds.traits[candidate.entry].left_open), None)
        """The nearest that only says "the article doesn't say"."""
        self._scales = Scales(grounds, query, question, asked, self.left_open)
        self._evidence: Evidence | None = None
        self.repeated = bool(ranked) and ranked[0].document in query.same
        """Whether an editor wrote down this question, word for word."""
        self.stray = False
        """Whether it says too little for the evidence to count."""
        self.confidence = 0.0
        if self.repeated:
            # Whatever the evidence says: an editor wrote down what this is to be answered with.
            self.confidence = 0.0 if self.nothing_to_say else 1.0
        elif self.candidates and self._is_grounded:
            self._be_judged(judge)

    @property
    def evidence(self) -> Evidence | None:
        """The evidence on the first candidate, if it was judged; a repeated question is answered without."""
        if self._evidence is None and self.repeated and self.candidates:
            self._evidence = self.evidence_on(self.candidates)
        return self._evidence

    def _be_judged(self, judge: Judge) -> None:
        """Puts the candidate first for which most speaks."""
        facts = self.candidates
        judged = {0: self.evidence_on(facts)}
        if judged[0].wrong_kind or judged[0].rephrased:
            near = [at for at in range(1, len(facts)) if self._may_be(facts[at])]
            judged |= {at: self.evidence_on(facts, at) for at in near[: JUDGED - 1]}
        at = max(judged, key=lambda at: judge.weight_of(judged[at]))
        self.candidates = [facts[at], *facts[:at], *facts[at + 1 :]]
        self._evidence = judged[at]
        # A single word such as "why" asks for nothing but that: no phrasing that asks something else will do.
        beside = self.question.only and judged[at].rephrased
        self.stray = self._is_stray(facts[at].entry)
        likely = 0.0 if beside else judge.probability(judged[at])
        self.confidence = min(likely, STRAY) if self.stray else likely

    def _may_be(self, candidate: Candidate) -> bool:
        """Whether a candidate answers what is asked for and is near enough to be judged beside the nearest."""
        fits = bool(self.asked & self._grounds.traits[candidate.entry].answers)
        return fits and candidate.score >= LEAST * self.candidates[0].score

    def _is_stray(self, entry: int) -> bool:
        """Whether a message has but a word or two, which are neither typical of an entry nor near it in meaning."""
        words = [keys for term, _, keys in self.query.parts if term.role not in FUNCTION]
        if len(words) > (FEW_ASKING if self.question.asks else FEW):
            return False
        index = self._grounds.index
        shares = index.shares(entry, self.query)
        strange = all(shares[key] < TYPICAL for keys in words for key, _ in keys)
        return strange and index.alike(entry, self.query) < AKIN

    def evidence_on(self, candidates: Sequence[Candidate], at: int = 0) -> Evidence:
        """The evidence on one of some candidates."""
        return self._scales.evidence(candidates, at)

    @property
    def _is_grounded(self) -> bool:
        """Whether a content word is known or surely guessed: doubtful guesses prove nothing, nor does arithmetic."""
        content = [term for term, _, keys in self.query.parts if keys and term.role in (Role.CONTENT, Role.ENTITY)]
        figures = [term for term in content if term.key.isdigit()]
        large = len(figures) == 1 and len(figures[0].key) >= LARGE
        return large or any(term.sure for term in content if term not in figures)

    @property
    def nothing_to_say(self) -> bool:
        """Whether the nearest of all is an entry that the article leaves open."""
        return self.left_open is not None and self.left_open is self.ranked[0]

    @property
    def is_left_open(self) -> bool:
        """Whether the nearest of all is an entry that the article leaves open, and is about what is asked."""
        if self.left_open is None or not self.nothing_to_say or self.left_open.score < OPEN:
            return False
        if self.question.only and not self.asked & self._grounds.asks[self.left_open.document]:
            return False
        unclear = not self._is_grounded or self._is_stray(self.left_open.entry)
        if not self.repeated and (self.question.personal or unclear):
            return False
        lacking, named = self._scales.missing(self.left_open)
        return lacking <= (LACKING_NAMED if named else LACKING)
