"""Telegram by long polling: private questions, commands, picked buttons.

Answers for taking updates in and sending replies out. Decides nothing about what is said.
"""

import logging
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import InvalidToken, NetworkError
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest

from bot.settings import Settings, SettingsError
from handlers.conversation import Conversation
from handlers.render import Reply
from knowledge.holder import Holder

log = logging.getLogger(__name__)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_SORRY = "Something went wrong on my side. Please ask again."


class Transport:
    """Telegram's side of a conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    async def on_message(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answers a question or a command; in groups, commands only."""
        message = update.effective_message
        if message is None or not message.text:
            return
        if message.chat.type != ChatType.PRIVATE and not message.text.startswith("/"):
            return
        reply = self._conversation.reply(message.text)
        await message.reply_html(reply.html, reply_markup=_keyboard(reply), link_preview_options=_NO_PREVIEW)

    async def on_pick(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answers a tapped button with the entry that it names."""
        query = update.callback_query
        if query is None:
            return
        await query.answer()
        if query.message is not None and query.data:
            reply = self._conversation.pick(query.data)
            await query.message.get_bot().send_message(
                query.message.chat.id,
                reply.html,
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(reply),
                link_preview_options=_NO_PREVIEW,
            )

    async def on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Logs what went wrong, and says sorry where there is somebody to say it to."""
        log.error("an update failed", exc_info=context.error)
        if isinstance(update, Update) and update.effective_message and not isinstance(context.error, NetworkError):
            await update.effective_message.reply_text(_SORRY)


def application(
    settings: Settings, conversation: Conversation, *, request: BaseRequest | None = None
) -> Application[Any, Any, Any, Any, Any, Any]:
    """The PTB application, ready to run, over HTTP or whatever `request` speaks.

    The order of handlers matters: the first that fits takes the update.
    """
    if settings.bot_token is None:
        raise SettingsError("BOT_TOKEN: is missing")
    root = settings.telegram_api_url.rstrip("/")
    transport = Transport(conversation)
    builder = (
        ApplicationBuilder()
        .token(settings.bot_token.get_secret_value())
        .base_url(f"{root}/bot")
        .base_file_url(f"{root}/file/bot")
    )
    if request is not None:
        builder = builder.request(request).get_updates_request(request)
    app = builder.build()
    app.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.TEXT, transport.on_message))
    app.add_handler(CallbackQueryHandler(transport.on_pick))
    app.add_error_handler(transport.on_error)
    return app


def run(settings: Settings, holder: Holder) -> None:
    """Takes updates until the process is told to stop.

    Raises SettingsError for a token that Telegram refuses.
    """
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # httpx logs addresses at INFO, and ours contain the token.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        app = application(settings, Conversation(holder))
        app.run_polling(allowed_updates=[Update.MESSAGE, Update.CALLBACK_QUERY], bootstrap_retries=-1)
    except InvalidToken:
        raise SettingsError("BOT_TOKEN: Telegram does not know this token; get a new one from @BotFather") from None


def _keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    if not reply.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.data)] for button in reply.buttons]
    )
