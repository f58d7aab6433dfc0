"""Updates by long polling.

Answers for asking on and on, and for confirming only what was handled: what a killed process had taken comes again.
PTB's own updater confirms first, hangs on updates that it cannot read, and ends silently with a revoked token.
"""

import asyncio
import json
import logging
from typing import Any
from urllib.parse import urlencode

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot import metrics
from bot.application import HOLD, UPDATES, App
from bot.lanes import Lanes
from bot.pacing import flood_wait
from bot.settings import SettingsError

log = logging.getLogger(__name__)
_SLOWEST = 10.0
"""Seconds that a batch is waited for; one slow chat should not keep the others from being heard."""
_LONGEST_PAUSE = 30.0


class Polling:
    """Takes updates for an application."""

    def __init__(self, app: App, wire: BaseRequest, lanes: Lanes) -> None:
        """`wire`: a connection that nothing else waits for."""
        self._app = app
        self._wire = wire
        self._lanes = lanes
        self._next = 0
        self._failures = 0
        self._pause = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Takes updates until `stop` is set, and confirms those that it took.

        Raises SettingsError when Telegram does not know the token any more.
        """
        while not stop.is_set():
            await self._round(stop)
        await self._lanes.empty()
        await self._ask(hold=0, limit=1)

    async def _round(self, stop: asyncio.Event) -> None:
        asking, stopping = asyncio.create_task(self._ask(hold=HOLD)), asyncio.create_task(stop.wait())
        await asyncio.wait([asking, stopping], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not asking.done():
            asking.cancel()
            return
        updates = asking.result()
        if updates is None:
            await _until(stop, self._pause)
        elif updates:
            handled = [self._lanes.enter(update) for update in map(self._read, updates) if update]
            if handled:
                await asyncio.wait(handled, timeout=_SLOWEST)
            self._next = max(raw["update_id"] for raw in updates) + 1

    async def _ask(self, *, hold: int, limit: int = 100) -> list[dict[str, Any]] | None:
        """The next updates, as they came; None where there was a failure, which is then in the log."""
        query = {"offset": self._next, "limit": limit, "timeout": hold, "allowed_updates": json.dumps(UPDATES)}
        try:
            raw = await self._wire.post(f"{self._app.bot.base_url}/getUpdates?{urlencode(query)}")
        except InvalidToken:
            raise SettingsError("BOT_TOKEN: Telegram does not know this token any more") from None
        except TelegramError as error:
            self._failed(error)
            return None
        batch = raw if isinstance(raw, list) else []
        updates = [update for update in batch if isinstance(update, dict) and isinstance(update.get("update_id"), int)]
        if raw and not updates:
            self._failed(TelegramError("what came is no updates"))
            return None
        if self._failures:
            log.info("Telegram answers again")
        self._failures = 0
        return updates

    def _read(self, raw: dict[str, Any]) -> Update | None:
        """An update; None, with a line in the log, where it cannot be read."""
        try:
            return Update.de_json(raw, self._app.bot)
        except Exception:  # noqa: BLE001 - whatever is wrong with one update, the others must be handled
            metrics.SKIPPED.inc()
            log.warning("update %d cannot be read and is skipped", raw["update_id"])
            return None

    def _failed(self, error: TelegramError) -> None:
        """Makes the pause longer with each failure."""
        self._failures += 1
        self._pause = min(0.5 * 1.5 ** min(self._failures, 20), _LONGEST_PAUSE)
        if isinstance(error, RetryAfter):
            self._pause = max(self._pause, flood_wait(error))
        problem = "another process takes this bot's updates" if isinstance(error, Conflict) else str(error)
        log.warning("no updates: %s; trying again in %.1f s", problem, self._pause)


async def _until(stop: asyncio.Event, seconds: float) -> None:
    """Waits that long, or until told to stop."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
