"""How fast may be sent: Telegram's limits, kept by waiting, chat by chat.

Answers for budgets, flood waits and lost connections on every call to the Bot API. Knows nothing of what is sent.
PTB's own AIORateLimiter stops all chats when one is limited, and counts calls that are no messages.
Limits: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import asyncio
import logging
import os
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any

from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import BaseRateLimiter

# PTB then gives times as timedelta, and does not warn that it will.
os.environ.setdefault("PTB_TIMEDELTA", "true")
log = logging.getLogger(__name__)
GROUP_MESSAGES, GROUP_SECONDS = 20, 60.0
"""How many messages a group gets in how many seconds."""
PATIENCE = 300.0
"""Seconds that a flood wait may last before a call is given up."""
ATTEMPTS = 10
"""How often a call is tried that the network or Telegram's own faults end: for about a minute."""
_LONGEST_PAUSE = 10.0
_NOTICED = 1.0
"""Seconds of waiting after which a reader wonders, and sees that something is being written."""
_CHATS = 10_000
"""Chats whose last messages are remembered."""
_NOTHING: deque[float] = deque()
_COUNTED = frozenset({"sendMessage", "sendDocument", "sendPhoto"})

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, bool | Json | list[Json]]]


class Pacing(BaseRateLimiter[None]):
    """Makes the calls of a bot, each when its chat may get it."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """`clock` and `sleep` count seconds."""
        self._clock = clock
        self._sleep = sleep
        self._sent: OrderedDict[object, deque[float]] = OrderedDict()
        self._closed_until: dict[object, float] = {}
        self.revoked = asyncio.Event()
        """Set when Telegram no longer knows the token."""

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""

    async def process_request(
        self,
        callback: Call,
        args: tuple[object, ...],
        kwargs: Json,
        endpoint: str,
        data: Json,
        rate_limit_args: None,  # noqa: ARG002 - PTB calls it so
    ) -> bool | Json | list[Json]:
        """Makes a call; raises what it raises, flood waits and passing faults excepted."""
        chat, attempt = data.get("chat_id", endpoint), 1
        while True:
            await self._wait(callback, kwargs, endpoint, data)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._close(chat, endpoint, error)
            except InvalidToken as error:
                if is_revoked(error):
                    self.revoked.set()
                raise
            # A call that timed out has most likely been done; of a lost connection that is less likely than not, and to
            # say something twice is better than not to say it.
            except (BadRequest, TimedOut):
                raise
            except NetworkError as error:
                if attempt == ATTEMPTS:
                    raise
                pause = min(2**attempt / 4, _LONGEST_PAUSE)
                log.warning("%s failed (%s); trying again in %.1f s", endpoint, error.message, pause)
                await self._sleep(pause)
                attempt += 1

    def _close(self, chat: object, endpoint: str, error: RetryAfter) -> None:
        seconds = flood_wait(error)
        log.warning("Telegram asks to wait %.0f s before the next %s there", seconds, endpoint)
        self._closed_until[chat] = self._clock() + seconds

    async def _wait(self, callback: Call, kwargs: Json, endpoint: str, data: Json) -> None:
        """Waits for a chat's turn and takes it."""
        chat, counted = data.get("chat_id", endpoint), endpoint in _COUNTED
        shown = not counted
        while (pause := self._pause(chat, counted=counted)) > 0:
            if pause > PATIENCE:
                raise RetryAfter(int(pause) + 1)
            if pause > _NOTICED and not shown:
                shown = True
                with suppress(TelegramError):
                    await callback("sendChatAction", _typing(data), **kwargs)
            await self._sleep(pause)
        self._closed_until.pop(chat, None)
        if counted and _is_group(chat):
            self._sent.setdefault(chat, deque(maxlen=GROUP_MESSAGES)).append(self._clock())
            self._sent.move_to_end(chat)
            if len(self._sent) > _CHATS:
                self._sent.popitem(last=False)

    def _pause(self, chat: object, *, counted: bool) -> float:
        """Seconds until a chat may get the next call."""
        now = self._clock()
        sent = self._sent.get(chat, _NOTHING) if counted else _NOTHING
        full = sent[0] + GROUP_SECONDS - now if len(sent) == GROUP_MESSAGES else 0.0
        return max(full, self._closed_until.get(chat, now) - now)


def is_revoked(error: InvalidToken) -> bool:
    """Whether Telegram knows the token no more: PTB says so, too, of methods that an older server does not find."""
    return "unauthorized" in error.message.lower()


def flood_wait(error: RetryAfter) -> float:
    """Seconds that Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


def _is_group(chat: object) -> bool:
    """Groups have negative ids (https://core.telegram.org/api/bots/ids)."""
    return isinstance(chat, int) and chat < 0


def _typing(data: Json) -> Json:
    thread = {"message_thread_id": data["message_thread_id"]} if data.get("message_thread_id") else {}
    return {"chat_id": data["chat_id"], "action": "typing", **thread}
