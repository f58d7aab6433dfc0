"""The order of updates: one after the other within a chat, chats side by side, each update once.

Answers for order and for sending nobody the same reply twice. What an update does is the application's business.
Neither of PTB's own modes fits: one update at a time for all chats, or no order within a chat.
"""

import asyncio
from collections import OrderedDict
from contextlib import suppress
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot import metrics
from bot.stopping import GRACE

_REMEMBERED = 10_000
"""Updates that are known again when Telegram sends them twice."""


class Lanes:
    """Handles updates, a lane for every chat."""

    def __init__(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        self._application = application
        self._last: dict[int, asyncio.Task[None]] = {}
        self._tasks: OrderedDict[int, asyncio.Task[None]] = OrderedDict()

    def enter(self, update: Update) -> asyncio.Task[None]:
        """The handling of an update, which begins when that of the chat's earlier ones has ended."""
        known = self._tasks.get(update.update_id)
        if known:
            return known
        lane = _lane(update)
        task = asyncio.create_task(self._handle(update, self._last.get(lane)))
        self._last[lane] = self._tasks[update.update_id] = task
        task.add_done_callback(lambda done: self._leave(lane, done))
        return task

    async def empty(self) -> None:
        """Waits until everything that entered has been handled, though not for a flood wait of minutes."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                while self._last:
                    await asyncio.wait(list(self._last.values()))

    async def _handle(self, update: Update, earlier: asyncio.Task[None] | None) -> None:
        with metrics.HANDLING.time():
            if earlier:
                await asyncio.wait([earlier])
            await self._application.process_update(update)

    def _leave(self, lane: int, task: asyncio.Task[None]) -> None:
        if self._last.get(lane) is task:
            del self._last[lane]
        while len(self._tasks) > _REMEMBERED:
            self._tasks.popitem(last=False)


def _lane(update: Update) -> int:
    """The chat that an update belongs to; taps and inline queries wait for nothing, as they soon are too old."""
    chat = None if update.callback_query else update.effective_chat
    return chat.id if chat else -update.update_id
