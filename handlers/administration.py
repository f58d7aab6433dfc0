"""Administering from Telegram: commands, documents and taps of those who may.

Answers for who may, and for keeping slow work off the event loop, one change at a time. What is done is for the
newsroom, the misses and the insight.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from telegram import CallbackQuery, Document, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes
from telegram.ext.filters import MessageFilter

from handlers import charts, taps
from handlers.addressing import words_of
from handlers.buttons import confirm
from handlers.command import parse
from handlers.exchanges import Exchanges
from handlers.faults import DataError
from handlers.insight import Insight
from handlers.misses import MISSES, Misses
from handlers.newsroom import Newsroom, gone, report
from handlers.render import Reply
from handlers.sender import Place, Sender
from handlers.taps import Decision, OpenMiss, Page, SettleMiss
from handlers.texts import say

log = logging.getLogger(__name__)
COMMANDS = ("reload", "check", "undo", "misses", "explain", "stats")
LARGEST = 20 << 20
"""Bytes of a document that a bot can get (https://core.telegram.org/bots/api#getfile)."""
Work = Callable[[], Reply]


class FromAdmin(MessageFilter):
    """Passes commands and documents that an administrator sent in a private chat.

    Anonymous administrators of groups and channels come with stand-ins' ids, and never count.
    """

    def __init__(self, admins: frozenset[int]) -> None:
        super().__init__()
        self._admins = admins

    def filter(self, message: Message) -> bool:
        """Whether the message administers."""
        sender = message.from_user
        if sender is None or sender.id not in self._admins or message.sender_chat:
            return False
        return message.chat.type == ChatType.PRIVATE and bool(_action(message))


class Administration:
    """What administrators can do."""

    def __init__(
        self,
        admins: frozenset[int],
        sender: Sender,
        exchanges: Exchanges,
        newsroom: Newsroom,
        misses: Misses,
        insight: Insight,
    ) -> None:
        self._admins = admins
        self._sender = sender
        self._exchanges = exchanges
        self._newsroom = newsroom
        self._misses = misses
        self._insight = insight
        self._one_at_a_time = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Begins what a command says, or examining a document: the next update need not wait for it."""
        message = update.effective_message
        if message and message.from_user:
            self._begin(self._served(message, message.from_user.id, context), update, context)

    async def _served(self, message: Message, admin: int, context: ContextTypes.DEFAULT_TYPE) -> None:
        place = Place.under(message)
        await self._sender.typing(place)
        action = _action(message)
        if message.document:
            reply = await self._proposed(message.document, context)
        else:
            reply = await self._done(self._work(action, message))
        self._log(admin, action, reply)
        await self._sender.send(reply, place)
        if action == "stats" and (picture := await asyncio.to_thread(lambda: charts.picture(self._insight.days()))):
            await self._sender.send_picture(picture, place)

    async def on_tap(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Does what an administrator's button says; anybody else's tap does nothing."""
        query = update.callback_query
        if query is None:
            return
        if query.from_user.id not in self._admins or query.message is None:
            await confirm(query)
            return
        self._begin(self._tapped(query, query.message), update, context)

    async def _tapped(self, query: CallbackQuery, message: MaybeInaccessibleMessage) -> None:
        tap = taps.read(query.data)
        reply = await self._done(lambda: self._answer(tap))
        await confirm(query, reply.plain if reply.gone else None)
        if reply.gone:
            return
        self._log(query.from_user.id, type(tap).__name__.lower(), reply)
        place = Place.under(message)
        if not await self._sender.edit(reply, place.chat, [message.message_id]):
            await self._sender.send(reply, place)

    async def reload(self) -> Reply | None:
        """Reloads, as when the files were changed; None where nothing came of it."""
        before = ""

        def reload() -> Reply:
            nonlocal before
            before = self._newsroom.version
            return self._newsroom.reload()

        reply = await self._done(reload)
        return reply if reply.refused or self._newsroom.version != before else None

    def _work(self, command: str, message: Message) -> Work:
        works: dict[str, Work] = {
            "reload": self._newsroom.reload,
            "check": self._newsroom.check,
            "undo": self._newsroom.undo,
            "misses": self._misses.page,
            "explain": lambda: self._explained(message),
            "stats": lambda: self._insight.stats(self._newsroom.loaded),
        }
        return works[command]

    def _answer(self, tap: taps.Tap | None) -> Reply:
        match tap:
            case Decision():
                return self._newsroom.decide(tap)
            case OpenMiss():
                return self._misses.open(tap.miss)
            case SettleMiss():
                return self._misses.settle(tap)
            case Page():
                return self._misses.page(tap.number)
            case _:
                return gone(say("miss_gone"))

    def _explained(self, message: Message) -> Reply:
        """The explanation of the words after the command, or of the question whose answer is replied to."""
        command, replied = parse(words_of(message)), message.reply_to_message
        words = command.words if command else ""
        if not words and replied:
            words = self._exchanges.question(message.chat.id, replied.message_id) or words_of(replied)
        return self._insight.explain(words) if words else report(say("explain_what"))

    async def _proposed(self, document: Document, context: ContextTypes.DEFAULT_TYPE) -> Reply:
        if PurePath(document.file_name or "").suffix.lower() not in (".yaml", ".yml"):
            return report(say("send_yaml"))
        if (document.file_size or 0) > LARGEST:
            return report(say("too_large", limit=str(LARGEST >> 20)))
        file = await context.bot.get_file(document.file_id)
        content = bytes(await file.download_as_bytearray())
        return await self._done(lambda: self._newsroom.propose(content))

    def _begin(self, work: Coroutine[Any, Any, None], update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        async def guarded() -> None:
            try:
                await work
            except Exception as error:  # noqa: BLE001 - what handlers raise goes to the error handler, and so does this
                await context.application.process_error(update, error)

        task = asyncio.create_task(guarded())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _done(self, work: Work) -> Reply:
        async with self._one_at_a_time:
            try:
                return await asyncio.to_thread(work)
            except (DataError, OSError) as error:
                return replace(report(say("not_written", problem=str(error))), refused=True)

    def _log(self, admin: int, action: str, reply: Reply) -> None:
        log.info("admin %d: %s: %s", admin, action, "refused" if reply.refused else "done")


def is_admin_tap(data: object) -> bool:
    """Whether a button's data is for an administrator."""
    tap = taps.read(str(data))
    return isinstance(tap, Decision | OpenMiss | SettleMiss) or (isinstance(tap, Page) and tap.listing == MISSES)


def _action(message: Message) -> str:
    """What a message of an administrator begins: "document", or a command's name; empty where nothing."""
    if message.document:
        return "document"
    command = parse(words_of(message))
    if command and command.name in COMMANDS and command.is_for(message.get_bot().username):
        return command.name
    return ""
