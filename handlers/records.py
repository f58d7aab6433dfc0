"""What is noted of what readers ask: counts by day, and missed questions without anything personal.

Answers for what becomes of a turn. A note that cannot be written is given up: readers come first.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from handlers.anonymity import anonymous
from handlers.conversation import Turn
from handlers.faults import DataError
from handlers.feedback import Feedback
from knowledge.holder import Holder
from knowledge.outcomes import Answer, Choices, NoAnswer, Reason

log = logging.getLogger(__name__)
_MISSED = {Reason.NOTHING_NEAR, Reason.NAME, Reason.KIND}


class Records:
    """Notes turns."""

    def __init__(self, holder: Holder, feedback: Feedback) -> None:
        self._holder = holder
        self._feedback = feedback

    def turn(self, text: str, turn: Turn) -> None:
        """Counts a turn, and keeps its question where there was no answer."""
        with _given_up():
            match turn.outcome:
                case Answer():
                    self._feedback.count("answered", turn.entry)
                case Choices():
                    self._feedback.count("choices")
                case NoAnswer(reason=Reason.LEFT_OPEN):
                    self._feedback.count("left open", turn.entry)
                case NoAnswer(reason=reason) if reason in _MISSED:
                    self._feedback.count("declined")
                    self._keep(text)
                case _:
                    self._feedback.count("other")

    def missed(self, text: str) -> None:
        """Keeps a question whose answer did not help."""
        with _given_up():
            self._feedback.count("did not help")
            self._keep(text)

    def _keep(self, text: str) -> None:
        snapshot = self._holder.snapshot
        kept = anonymous(text, snapshot.keys, snapshot.names, snapshot.reader.vocabulary)
        if kept:
            self._feedback.miss(kept)


@contextmanager
def _given_up() -> Iterator[None]:
    try:
        yield
    except DataError as error:
        log.warning("not noted: %s", error)
