"""Inline mode: answers offered while a question is typed behind the bot's name, in any chat.

Answers for results that Telegram accepts. Which entries are near, the conversation says.
"""

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from handlers.conversation import Conversation
from handlers.render import Reply
from knowledge.outcomes import Entry

_KEPT = 30
"""Seconds for which Telegram may give the same results again: short, as an editor may change an answer."""
_DESCRIPTION = 200


class Inline:
    """Answers inline queries."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    async def on_query(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Offers the nearest entries; before anything is typed, the suggested ones."""
        query = update.inline_query
        if query is None:
            return
        results = [_result(entry, reply) for entry, reply in self._conversation.offers(query.query)]
        try:
            await query.answer(results, cache_time=_KEPT, is_personal=False)
        except BadRequest as error:
            # Whoever types fast has typed on: the earlier query is then too old to be answered.
            if "query" not in error.message.lower():
                raise


def _result(entry: Entry, reply: Reply) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        reply.single, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle(entry.id, entry.question, content, description=entry.answer[:_DESCRIPTION])
