"""Updates by long polling.

Answers for asking on and on, and for confirming only what was handled: what a killed process had taken comes again.
PTB's own updater confirms first, hangs on updates that it cannot read, and ends silently with a revoked token.
"""

import asyncio
import json
import logging
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot import metrics
from bot.application import HOLD, UPDATES, App
from bot.lanes import Lanes
from bot.pacing import flood_wait, is_revoked
from bot.settings import SettingsError
from bot.stopping import PARTING, pause, unless

log = logging.getLogger(__name__)
_GLANCE = 0.25
"""Seconds after which Telegram is asked again while a slow chat's updates are still being handled."""
_BATCH = 100
"""Updates that Telegram gives at once (https://core.telegram.org/bots/api#getupdates)."""
_LONGEST_PAUSE = 30.0


class Polling:
    """Takes updates for an application."""

    def __init__(self, app: App, wire: BaseRequest, lanes: Lanes) -> None:
        """`wire`: a connection that nothing else waits for."""
        self._app = app
        self._wire = wire
        self._lanes = lanes
        self._next = 0
        self._batch: dict[int, asyncio.Task[None] | None] = {}
        self._failures = 0
        self._pause = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Takes updates until `stop` is set, and confirms those that were handled.

        Raises SettingsError when Telegram does not know the token any more.
        """
        while not stop.is_set():
            await self._round(stop)
        await self._lanes.empty()
        self._next = self._first_undone()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ask(hold=0, limit=1), PARTING)

    async def _round(self, stop: asyncio.Event) -> None:
        updates = await unless(stop, self._ask(hold=HOLD))
        if updates is None:
            await pause(stop, self._pause)
        elif updates:
            await self._take(updates)

    async def _take(self, updates: list[dict[str, Any]]) -> None:
        """Has new updates handled; those that are not done yet stay unconfirmed, and come again with the next batch."""
        known, self._batch = self._batch, {}
        for raw in updates:
            id_ = raw["update_id"]
            self._batch[id_] = known[id_] if id_ in known else self._entered(raw)
        if tasks := [task for task in self._batch.values() if task]:
            await asyncio.wait(tasks, timeout=_GLANCE)
        # A batch full of what waits would hide what is new: then it is confirmed unhandled.
        self._next = max(self._batch) + 1 if len(updates) == _BATCH else self._first_undone()

    def _entered(self, raw: dict[str, Any]) -> asyncio.Task[None] | None:
        update = self._read(raw)
        return self._lanes.enter(update) if update else None

    def _first_undone(self) -> int:
        """Which update of the latest batch is the first that is not handled; the next one where all are."""
        undone = (id_ for id_, task in self._batch.items() if task and not task.done())
        return min(undone, default=max(self._batch, default=self._next - 1) + 1)

    async def _ask(self, *, hold: int, limit: int = _BATCH) -> list[dict[str, Any]] | None:
        """The next updates, as they came; None where there was a failure, which is then in the log."""
        query = {"offset": self._next, "limit": limit, "timeout": hold, "allowed_updates": json.dumps(UPDATES)}
        try:
            raw = await self._wire.post(f"{self._app.bot.base_url}/getUpdates?{urlencode(query)}")
        except InvalidToken as error:
            if is_revoked(error):
                raise SettingsError("BOT_TOKEN: Telegram does not know this token any more") from None
            self._failed(error)
            return None
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
