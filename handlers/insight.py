"""What an editor can see of the bot: why a question is answered as it is, and what is asked.

Answers for wording. Everything is computed from the current knowledge and the counts; nothing is changed.
"""

import time
from collections.abc import Iterator, Mapping
from datetime import timedelta

from handlers.feedback import ASKED, Feedback
from handlers.misses import grouped
from handlers.newsroom import report
from handlers.render import Reply
from handlers.texts import say
from knowledge import explanation
from knowledge.examination import version
from knowledge.holder import Holder

DAYS = 7
"""How many days the counts go back."""
_TOP = 5
_LONGEST = 200


class Insight:
    """Explanations and counts."""

    def __init__(self, holder: Holder, feedback: Feedback) -> None:
        self._holder = holder
        self._feedback = feedback
        self._started = time.monotonic()

    def explain(self, text: str) -> Reply:
        """Why a question is answered as it is."""
        return report(
            say("explained", question=text[:_LONGEST]), lines(explanation.explain(self._holder.snapshot, text))
        )

    def days(self) -> list[tuple[str, dict[str, int]]]:
        """Counts of outcomes for each of the last days, the newest last."""
        return self._feedback.days(DAYS)

    def stats(self, loaded: float | None = None) -> Reply:
        """Counts of the last days, and what is asked most.

        `loaded`: when the knowledge was, on the monotonic clock; None where no bot runs.
        """
        snapshot, tallies = self._holder.snapshot, self._feedback.votes()
        return report(
            say("stats"),
            [
                say("stats_entries", count=str(len(snapshot.entries)), version=version(snapshot)),
                *(self._ages(loaded) if loaded is not None else ()),
                say("stats_votes", up=str(sum(t.up for t in tallies)), down=str(sum(t.down for t in tallies))),
                "",
                *(f"{day}: {_parts(counts)}" for day, counts in self.days()),
                "",
                say("stats_given"),
                *(f"{count} × {entry}" for entry, count in self._feedback.given(_TOP)),
                "",
                say("stats_missed"),
                *(f"{len(group.misses)} × {group.question}" for group in grouped(self._feedback.misses())[:_TOP]),
            ],
        )

    def _ages(self, loaded: float) -> Iterator[str]:
        now = time.monotonic()
        yield say("stats_age", age=_age(now - loaded), uptime=_age(now - self._started))


def lines(why: explanation.Explanation) -> list[str]:
    """An explanation in lines of plain text."""
    return [
        say("explain_asked", kinds=", ".join(why.kinds) or "–", spoken=why.language),
        *(f"{term.typed} · {term.role} {term.weight:.2f} → {_read_as(term)}" for term in why.terms),
        "",
        *(f"{row.score:.3f} {row.name}: {row.phrasing}" for row in why.near),
        "",
        *(f"{row.name} {row.value:.3f} × {row.weight:+.2f} = {row.adds:+.2f}" for row in why.evidence if row.value),
        f"bias {why.bias:+.2f}",
        f"confidence {why.confidence:.3f}; {explanation.BARS}: {type(why.outcome).__name__}",
        why.turning,
    ]


def _read_as(term: explanation.TermRow) -> str:
    return ", ".join(f"{key} {factor:.2f}" for key, factor in term.read_as[:3]) or "?"


def _parts(counts: Mapping[str, int]) -> str:
    asked = sum(counts.get(outcome, 0) for outcome in ASKED)
    return ", ".join([say("asked", count=str(asked)), *(f"{count} {what}" for what, count in sorted(counts.items()))])


def _age(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))
