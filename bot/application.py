"""The PTB application: which handler takes which update, and what the handlers are made of.

Answers for wiring and order. How updates come in is for `polling` and `webhook`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot import metrics
from bot.examiner import Examiner
from bot.pacing import Pacing
from bot.settings import Settings, SettingsError
from bot.wire import Wire
from handlers.administration import Administration, FromAdmin, is_admin_tap
from handlers.buttons import Buttons
from handlers.chats import Chats
from handlers.conversation import Conversation, Turn
from handlers.dialogues import Dialogues
from handlers.exchanges import Exchanges
from handlers.feedback import Feedback
from handlers.inline import Inline
from handlers.insight import Insight
from handlers.messages import Messages
from handlers.misses import Misses
from handlers.newsroom import Newsroom
from handlers.probe import Probe, Probes
from handlers.records import Records
from handlers.sender import Sender
from handlers.store import Store
from knowledge.holder import Holder
from knowledge.shelf import Shelf

UPDATES = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY)
"""Kinds of update that are handled; Telegram is asked for no others."""
HOLD = 50
"""Seconds that Telegram may hold a call until there is an update."""
_CONNECTIONS = 16
_SECONDS = 20.0
"""How long a call may take. Telegram is slow at times, and a call given up may have been done."""

App = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Program:
    """The application with what its runner needs to know of."""

    app: App
    pacing: Pacing
    updates: Wire
    """A connection of its own for the long poll."""
    administration: Administration
    examiner: Examiner
    sender: Sender
    folder: Path
    """Where the knowledge files stand."""
    feedback: Feedback


def build(settings: Settings, holder: Holder, store: Store) -> Program:
    """The application, ready to be started.

    The order of handlers matters: the first that fits takes the update.
    """
    if settings.bot_token is None:
        raise SettingsError("BOT_TOKEN: is missing")
    root, pacing, updates = settings.telegram_api_url.rstrip("/"), Pacing(), Wire(1, HOLD + _SECONDS)
    app: App = (
        ApplicationBuilder()
        .token(settings.bot_token.get_secret_value())
        .base_url(f"{root}/bot")
        .base_file_url(f"{root}/file/bot")
        .rate_limiter(pacing)
        .request(Wire(_CONNECTIONS, _SECONDS))
        .get_updates_request(updates)
        .updater(None)
        .job_queue(None)
        .build()
    )
    sender, exchanges, feedback = Sender(app.bot), Exchanges(), Feedback(store)
    shelf = Shelf(settings.knowledge_path, settings.data_dir / "backups")
    examiner = Examiner(drafts=settings.drafts == "serve")
    newsroom = Newsroom(holder, shelf, settings.data_dir / "proposals", examiner.examine)
    misses, insight = Misses(holder, feedback, newsroom, shelf.base), Insight(holder, feedback)
    administration = Administration(settings.admin_ids, sender, exchanges, newsroom, misses, insight)
    conversation, records = Conversation(holder), Records(holder, feedback)
    dialogues = Dialogues(conversation, Chats(store), exchanges)

    def observe(text: str, turn: Turn) -> None:
        metrics.observe(turn)
        records.turn(text, turn)

    messages = Messages(dialogues, sender, exchanges, observe)
    buttons = Buttons(dialogues, sender, feedback, exchanges, records)
    app.add_handlers(
        [
            # Administrators first: to everybody else their commands are none.
            MessageHandler(filters.UpdateType.MESSAGE & FromAdmin(settings.admin_ids), administration.on_message),
            CallbackQueryHandler(administration.on_tap, pattern=is_admin_tap),
            CallbackQueryHandler(buttons.on_tap),
            InlineQueryHandler(Inline(conversation).on_query),
            # Edits before messages: PTB's message filters take edited ones too unless told otherwise.
            MessageHandler(filters.UpdateType.EDITED_MESSAGE, messages.on_edit),
            MessageHandler(filters.UpdateType.MESSAGE, messages.on_message),
            TypeHandler(Probe, Probes(conversation).on_probe),
        ]
    )
    app.add_error_handler(messages.on_error)
    return Program(app, pacing, updates, administration, examiner, sender, shelf.folder, feedback)
