"""Tapped buttons: an entry is shown, a page turned, a choice made, a vote counted.

Answers for what a tap does. What buttons there are is the renderer's.
"""

import logging
from contextlib import suppress

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from handlers import taps
from handlers.dialogues import Dialogues
from handlers.exchanges import Exchanges
from handlers.faults import DataError
from handlers.feedback import Ballot, Feedback
from handlers.records import Records
from handlers.sender import Place, Sender
from handlers.taps import Page, Refusal, Tap, Vote
from handlers.texts import say

log = logging.getLogger(__name__)


class Buttons:
    """Does what readers' taps say."""

    def __init__(
        self, dialogues: Dialogues, sender: Sender, feedback: Feedback, exchanges: Exchanges, records: Records
    ) -> None:
        self._dialogues = dialogues
        self._sender = sender
        self._feedback = feedback
        self._exchanges = exchanges
        self._records = records

    async def on_tap(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answers a tap; the client shows it as busy until then."""
        query = update.callback_query
        if query is None:
            return
        tap = taps.read(query.data)
        if isinstance(tap, Vote):
            await confirm(query, self._vote(tap, query))
            return
        await confirm(query)
        if query.message is None:
            return
        if isinstance(tap, Refusal):
            self._missed(query.message)
        await self._show(tap, query.message)

    async def _show(self, tap: Tap | None, message: MaybeInaccessibleMessage) -> None:
        """Shows what was tapped: in the place of a list or of choices, else under the message."""
        turn = self._dialogues.turn(message.chat, lambda conversation, _: conversation.tap(tap))
        place = Place.under(message)
        instead = isinstance(tap, Page) or _offers_choices(message)
        if not instead or not await self._sender.edit(turn.reply, place.chat, [message.message_id]):
            await self._sender.send(turn.reply, place)

    def _vote(self, vote: Vote, query: CallbackQuery) -> str:
        """Counts a vote and returns what to tell the voter."""
        if not self._dialogues.conversation.current(vote):
            return say("vote_stale")
        try:
            ballot = self._feedback.vote(vote.entry, vote.wording, query.from_user.id, up=vote.up)
        except DataError as error:
            log.warning("a vote cannot be kept: %s", error)
            return say("sorry")
        # Whoever taps to and fro has missed one answer.
        if ballot is Ballot.FIRST and not vote.up and query.message:
            self._missed(query.message)
        return say("vote_same" if ballot is Ballot.SAME else "voted")

    def _missed(self, message: MaybeInaccessibleMessage) -> None:
        """Keeps the question whose answer did not help, where it is still known."""
        self._records.missed(self._exchanges.question(message.chat.id, message.message_id))


async def confirm(query: CallbackQuery, text: str | None = None) -> None:
    """Ends the busy sign of a tap; one that waited too long cannot be confirmed, and is done all the same."""
    with suppress(TelegramError):
        await query.answer(text)


def _offers_choices(message: MaybeInaccessibleMessage) -> bool:
    markup = message.reply_markup if isinstance(message, Message) else None
    rows = markup.inline_keyboard if markup else ()
    return any(button.callback_data == Refusal().data for row in rows for button in row)
