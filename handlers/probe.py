"""Is the bot well: a question that goes the way of every other, asked by whoever watches over the process.

Answers for a check that fails when answering would fail, not only when the process has ended.
"""

from dataclasses import dataclass

from telegram.ext import ContextTypes

from handlers.conversation import Conversation


@dataclass(slots=True)
class Probe:
    """Stands for an update."""

    well: bool = False
    """Whether it was answered."""


class Probes:
    """Answers probes."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    async def on_probe(self, probe: Probe, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Asks the first of the suggested questions."""
        reply = self._conversation.reply("/topics")
        questions = [button.label for button in reply.buttons] or ["who?"]
        probe.well = bool(self._conversation.reply(questions[0]).html)
