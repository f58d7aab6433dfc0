"""Messages: questions and commands in private chats and groups, edited ones too.

Answers for which messages are answered and where. What is said comes from the conversation, how it is sent is the
sender's.
"""

import logging
from collections.abc import Callable
from functools import partial

from telegram import Message, Update
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import ContextTypes

from handlers.addressing import Ask, addressed
from handlers.conversation import Conversation, Turn
from handlers.dialogues import Dialogues
from handlers.exchanges import Exchanges
from handlers.render import note
from handlers.sender import Place, Sender
from handlers.talk import Talk
from handlers.texts import say

log = logging.getLogger(__name__)


class Messages:
    """Answers what people write."""

    def __init__(
        self, dialogues: Dialogues, sender: Sender, exchanges: Exchanges, observe: Callable[[str, Turn], None]
    ) -> None:
        """`observe` is told of every question with what it came to."""
        self._dialogues = dialogues
        self._sender = sender
        self._exchanges = exchanges
        self._observe = observe

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answers a question or a command."""
        message = update.effective_message
        ask = self._asked(message, context)
        if message and ask and (turn := self._turn(ask, update.update_id)):
            await self._answer(message, ask, turn)

    async def on_edit(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Puts the answer to an edited question in the place of the earlier one, or sends it where there was none."""
        message = update.effective_message
        ask = self._asked(message, context)
        if not message or not ask or not (turn := self._turn(ask, update.update_id)):
            return
        earlier = self._exchanges.answer(message.chat.id, message.message_id)
        if earlier and await self._sender.edit(turn.reply, message.chat.id, earlier):
            self._exchanges.remember(message.chat.id, message.message_id, ask.text, earlier)
        else:
            await self._answer(message, ask, turn)

    async def on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Logs what went wrong, and says sorry where there is somebody to say it to."""
        log.error("an update failed", exc_info=context.error)
        wire = isinstance(context.error, NetworkError | RetryAfter) and not isinstance(context.error, BadRequest)
        message = update.effective_message if isinstance(update, Update) else None
        if message and not wire and self._asked(message, context):
            await self._sender.send(note(say("sorry")), Place.under(message))

    def _asked(self, message: Message | None, context: ContextTypes.DEFAULT_TYPE) -> Ask | None:
        return addressed(message, context.bot.bot, self._dialogues.conversation.commands) if message else None

    async def _answer(self, message: Message, ask: Ask, turn: Turn) -> None:
        sent = await self._sender.send(turn.reply, Place.under(ask.under))
        self._exchanges.remember(message.chat.id, message.message_id, ask.text, sent)

    def _turn(self, ask: Ask, update: int) -> Turn | None:
        """The reply to what is asked; None where it is better to be silent."""
        turn = self._dialogues.turn(ask.under.chat, partial(_taken, ask))
        silent = ask.only_if_sure and not (turn.answered and self._dialogues.within(ask.under.chat).asks(ask.text))
        log.info(
            "update %d: %s %s %.2f%s",
            update,
            type(turn.outcome).__name__ if turn.outcome else "Command",
            turn.entry or "-",
            turn.confidence,
            ", silent" * silent,
        )
        # What people say to each other is nothing to note.
        if silent:
            return None
        self._observe(ask.text, turn)
        return turn


def _taken(ask: Ask, conversation: Conversation, talk: Talk) -> Turn:
    return conversation.follow(ask.text, ask.about) if ask.about else conversation.go_on(ask.text, talk)
