"""Which answer belongs to which question, and which was a chat's latest, for as long as the process lives.

Answers for forgetting: a chat's id and a reader's words are nothing to store.
"""

from collections import OrderedDict
from collections.abc import Sequence

from handlers.talk import Talk

_REMEMBERED = 10_000
"""Answers that an edited question can still change, or a vote still tell the question of."""


class Exchanges:
    """The latest questions with their answers, by chat and message."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[int, int], tuple[str, Sequence[int]]] = OrderedDict()
        self._questions: dict[tuple[int, int], tuple[int, int]] = {}
        self._talks: OrderedDict[int, Talk] = OrderedDict()

    def remember(self, chat: int, question: int, text: str, answer: Sequence[int]) -> None:
        """Notes a question and the messages that answer it, in the place of what was noted of it before."""
        self._forget((chat, question))
        self._answers[chat, question] = text, answer
        self._questions.update({(chat, message): (chat, question) for message in answer})
        if len(self._answers) > _REMEMBERED:
            self._forget(next(iter(self._answers)))

    def _forget(self, asked: tuple[int, int]) -> None:
        _, answer = self._answers.pop(asked, ("", ()))
        for message in answer:
            self._questions.pop((asked[0], message), None)

    def note(self, chat: int, talk: Talk) -> None:
        """Notes what is talked about in a private chat, if anything is."""
        if talk != Talk():
            self._talks[chat] = talk
            self._talks.move_to_end(chat)
        if len(self._talks) > _REMEMBERED:
            self._talks.popitem(last=False)

    def talk(self, chat: int) -> Talk:
        """What is talked about in a chat, as far as it is known."""
        return self._talks.get(chat, Talk())

    def answer(self, chat: int, question: int) -> Sequence[int]:
        """The messages that answer a question; none where that is not known."""
        return self._answers.get((chat, question), ("", ()))[1]

    def question(self, chat: int, answer: int) -> str:
        """The question that a message answers; empty where that is not known."""
        asked = self._questions.get((chat, answer))
        return self._answers[asked][0] if asked else ""
