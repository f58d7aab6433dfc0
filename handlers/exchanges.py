"""Which answer belongs to which question, and which was a chat's latest, for as long as the process lives.

Answers for forgetting: a chat's id and a reader's words are nothing to store.
"""

from collections import OrderedDict
from collections.abc import Sequence

_REMEMBERED = 10_000
"""Answers that an edited question can still change, or a vote still tell the question of."""


class Exchanges:
    """The latest questions with their answers, by chat and message."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[int, int], tuple[str, Sequence[int]]] = OrderedDict()
        self._questions: dict[tuple[int, int], tuple[int, int]] = {}
        self._latest: OrderedDict[int, tuple[str | None, str]] = OrderedDict()

    def remember(self, chat: int, question: int, text: str, answer: Sequence[int]) -> None:
        """Notes a question and the messages that answer it."""
        self._answers[chat, question] = text, answer
        self._questions.update({(chat, message): (chat, question) for message in answer})
        if len(self._answers) > _REMEMBERED:
            (chat, _), (_, old) = self._answers.popitem(last=False)
            for message in old:
                self._questions.pop((chat, message), None)

    def go_on(self, chat: int, entry: str | None, said: str) -> None:
        """Notes the entry that a private chat was last answered with, and what was asked last."""
        self._latest[chat] = entry, said
        self._latest.move_to_end(chat)
        if len(self._latest) > _REMEMBERED:
            self._latest.popitem(last=False)

    def latest(self, chat: int) -> tuple[str | None, str]:
        """The entry that a chat was last answered with, and what was asked last; None and empty where not known."""
        return self._latest.get(chat, (None, ""))

    def answer(self, chat: int, question: int) -> Sequence[int]:
        """The messages that answer a question; none where that is not known."""
        return self._answers.get((chat, question), ("", ()))[1]

    def question(self, chat: int, answer: int) -> str:
        """The question that a message answers; empty where that is not known."""
        asked = self._questions.get((chat, answer))
        return self._answers[asked][0] if asked and asked in self._answers else ""
