"""Why a question is answered as it is: terms, nearest entries, evidence, decision.

Answers for what an editor needs to mend an answer. How it looks is the command line's and the chat's.
"""

from dataclasses import dataclass

from knowledge.case import Case
from knowledge.outcomes import NoAnswer, Outcome, Reason
from knowledge.snapshot import ANSWER, CHOICE, Snapshot


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term of the question and what it was read as."""

    typed: str
    role: str
    weight: float
    read_as: tuple[tuple[str, float], ...]
    """Keys of the index with how fully each stands for the term, the best first."""


@dataclass(frozen=True, slots=True)
class NearRow:
    """An entry that comes near, with the phrasing that it was found by."""

    entry: str
    score: float
    phrasing: str
    left_open: bool
    """Whether it only says that the article doesn't say."""

    @property
    def name(self) -> str:
        """The entry as it is shown."""
        return f"{self.entry} (left open)" if self.left_open else self.entry


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One feature of the judgement on the nearest entry."""

    name: str
    value: float
    weight: float

    @property
    def adds(self) -> float:
        """What it adds to the log-odds."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Explanation:
    """All of it, for one question."""

    language: str
    kinds: tuple[str, ...]
    terms: tuple[TermRow, ...]
    near: tuple[NearRow, ...]
    evidence: tuple[EvidenceRow, ...]
    bias: float
    confidence: float
    stray: bool
    """Whether the message says too little for the evidence to count."""
    repeated: str | None
    """Id of the entry that has the question as a phrasing, word for word."""
    outcome: Outcome

    @property
    def turning(self) -> str:
        """What would have changed the decision, or what made it."""
        given = self.outcome
        if self.repeated:
            return f"It is a phrasing of {self.repeated}, word for word, and that decides."
        if isinstance(given, NoAnswer) and given.reason is Reason.CHAT:
            return f"It is small talk ({given.subject}): a phrasing with just these words would make it a question."
        if isinstance(given, NoAnswer) and given.entry:
            return f"{given.entry.id} is nearer than any answer, and says that the article leaves it open."
        if self.stray:
            return "It says too little: a word or two that few phrasings of the first have."
        if self.evidence:
            return self._weighing
        known = "hardly more than figures and guesses" if self.near else "nothing"
        return f"Of the question the base has {known}: add a phrasing with its words."

    @property
    def _weighing(self) -> str:
        worst = min(self.evidence, key=lambda row: row.adds)
        if self.confidence >= ANSWER:
            return f"It answers by {self.confidence - ANSWER:.2f} over the bar; most against it: {worst.name}."
        needed = self._log_odds_missing
        if -worst.adds >= needed:
            return f"Without {worst.name} ({worst.adds:+.2f}) it would be answered; {needed:.2f} were missing."
        return f"{needed:.2f} of log-odds were missing; {worst.name} took most ({worst.adds:+.2f})."

    @property
    def _log_odds_missing(self) -> float:
        return -self.bias - sum(row.adds for row in self.evidence)


def explain(snapshot: Snapshot, text: str) -> Explanation:
    """Explains the answer to a question; of several in one message, to the surest."""
    best = snapshot.best(text)
    return Explanation(
        language=best.question.language,
        kinds=tuple(sorted(best.question.kinds)),
        terms=tuple(
            TermRow(term.typed, term.role.value, mass, tuple(reversed(keys))) for term, mass, keys in best.query.parts
        ),
        near=tuple(
            NearRow(entry.id, near.score, snapshot.phrasing(near), left_open=entry.left_open)
            for near in best.ranked[:5]
            for entry in [snapshot.entries[near.entry]]
        ),
        evidence=_evidence(snapshot, best),
        bias=snapshot.judge.bias,
        confidence=best.confidence,
        stray=best.stray,
        repeated=snapshot.entries[best.ranked[0].entry].id if best.repeated else None,
        outcome=snapshot.ask(text),
    )


def _evidence(snapshot: Snapshot, best: Case) -> tuple[EvidenceRow, ...]:
    if not best.evidence:
        return ()
    weights = snapshot.judge.weights._asdict().items()
    return tuple(EvidenceRow(name, getattr(best.evidence, name), weight) for name, weight in weights)


BARS = f"answers from {ANSWER:.2f}, offers choices from {CHOICE:.2f}"
"""The bars of the decision, in words."""
