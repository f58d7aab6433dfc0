"""Tapped buttons: an entry is shown, a page turned, a vote counted.

Answers for what a tap does. What buttons there are is the renderer's.
"""

from contextlib import suppress

from telegram import CallbackQuery, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from handlers import taps
from handlers.conversation import Conversation
from handlers.feedback import Feedback
from handlers.sender import Place, Sender
from handlers.taps import Page, Vote
from handlers.texts import say


class Buttons:
    """Does what tapped buttons say."""

    def __init__(self, conversation: Conversation, sender: Sender, feedback: Feedback) -> None:
        self._conversation = conversation
        self._sender = sender
        self._feedback = feedback

    async def on_tap(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answers a tap; the client shows it as busy until then."""
        query = update.callback_query
        if query is None:
            return
        tap = taps.read(query.data)
        if isinstance(tap, Vote):
            await _confirm(query, self._vote(tap, query.from_user.id))
            return
        await _confirm(query)
        if query.message is None:
            return
        reply = self._conversation.tap(tap).reply
        place = Place.under(query.message)
        turned = isinstance(tap, Page) and await self._sender.edit(reply, place.chat, [query.message.message_id])
        if not turned:
            await self._sender.send(reply, place)

    def _vote(self, vote: Vote, voter: int) -> str:
        """Counts a vote and returns what to tell the voter."""
        if not self._conversation.current(vote):
            return say("vote_stale")
        changed = self._feedback.vote(vote.entry, vote.wording, voter, up=vote.up)
        return say("voted" if changed else "vote_same")


async def _confirm(query: CallbackQuery, text: str | None = None) -> None:
    # A tap that waited too long can no longer be confirmed; what it asks for is done all the same.
    with suppress(BadRequest):
        await query.answer(text)
