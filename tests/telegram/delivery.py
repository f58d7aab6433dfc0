"""Updates on their way to the bot: asked for by long polling, or posted to its webhook until it takes them.

Answers for order, confirmation, retries and conflicts. Knows nothing of what an update holds.
"""

import asyncio
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.telegram.bell import Bell
from tests.telegram.refusal import TITLES, Refusal, mistake
from tests.telegram.world import Raw

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass(eq=False)
class Waiting:
    """An update that the bot has not taken."""

    id: int
    payload: Any
    lane: int
    """What must stay in order: the chat."""
    busy: bool = False
    """Being posted, or resting after a failure."""


@dataclass(frozen=True)
class Attempt:
    """One POST to the webhook; status 0 where nobody answered."""

    update_id: int
    status: int
    at: float


class Delivery:
    """The queue of updates and the ways out of it."""

    def __init__(self, bell: Bell, clock: Callable[[], float], *, retry_every: float) -> None:
        self.webhook: Raw = {}
        """The parameters of the last setWebhook; empty without one."""
        self.attempts: list[Attempt] = []
        self.queue: list[Waiting] = []
        self.routes: dict[str, str] = {}
        """Where public addresses lead in the test: "https://bot.test" to "http://127.0.0.1:8080"."""
        self._known: dict[int, Waiting] = {}
        self._bell, self._clock, self._retry_every = bell, clock, retry_every
        self._ids = itertools.count(500_001)
        self._allowed: list[str] = []
        self._poller = 0
        self._displaced_by = TITLES[409]
        self._posts: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._failure: Raw = {}

    def put(self, kind: str, content: Any, lane: int) -> int:
        """Queues an update, if its kind is allowed; its id."""
        update_id = next(self._ids)
        if kind in self._allowed or not (self._allowed or kind in NOT_BY_DEFAULT):
            self._queue(Waiting(update_id, {"update_id": update_id, kind: content}, lane))
        return update_id

    def put_raw(self, payload: Any, lane: int = 0) -> int:
        """Queues anything; a dict without an update_id gets one."""
        update_id = next(self._ids)
        if isinstance(payload, dict):
            payload = {"update_id": update_id, **payload}
        self._queue(Waiting(update_id, payload, lane))
        return update_id

    def repeat(self, update_id: int) -> None:
        """Posts an update again, as Telegram does where it missed the webhook's answer."""
        known = self._known[update_id]
        self._queue(Waiting(known.id, known.payload, known.lane))

    def _queue(self, update: Waiting) -> None:
        self._known[update.id] = update
        self.queue.append(update)
        self._changed()

    def _changed(self) -> None:
        self._bell.ring()
        self._post_what_may_go()

    async def get_updates(self, values: Raw) -> list[Any]:
        """A batch for the poller; the newest poller displaces the one before."""
        if self.webhook:
            raise Refusal(409, _ACTIVE)
        self._allow(values)
        mine = self._displace(TITLES[409])
        self._confirm(values.get("offset", 0))
        limit = min(max(values.get("limit", 100), 1), 100)
        try:
            await self._bell.until(lambda: self.queue or self._poller != mine, min(values.get("timeout", 0), 50))
        except TimeoutError:
            return []
        if self._poller != mine:
            raise Refusal(409, self._displaced_by)
        return [update.payload for update in self.queue[:limit]]

    def _displace(self, reason: str) -> int:
        self._poller += 1
        self._displaced_by = reason
        self._bell.ring()
        return self._poller

    def _confirm(self, offset: int) -> None:
        kept = [update for update in self.queue if update.id >= offset] if offset >= 0 else self.queue[offset:]
        if len(kept) < len(self.queue):
            self.queue = kept
            self._bell.ring()

    def _allow(self, values: Raw) -> None:
        self._allowed = values.get("allowed_updates", self._allowed)

    async def set_webhook(self, values: Raw) -> bool:
        """Posts updates to an address from now on."""
        if not values["url"]:
            return await self.delete_webhook(values)
        _check(values)
        self._allow(values)
        self._drop(values)
        self.webhook = values
        self._displace("Conflict: terminated by setWebhook request")
        self._changed()
        return True

    async def delete_webhook(self, values: Raw) -> bool:
        """Keeps updates for a poller from now on."""
        self.webhook = {}
        self._drop(values)
        self._bell.ring()
        return True

    def _drop(self, values: Raw) -> None:
        if values.get("drop_pending_updates"):
            self.queue.clear()

    async def get_webhook_info(self, _: Raw) -> Raw:
        """What Telegram tells about deliveries."""
        kept = {key: self.webhook[key] for key in ("max_connections", "ip_address") if key in self.webhook}
        allowed = {"allowed_updates": self._allowed} if self._allowed else {}
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": "certificate" in self.webhook,
            "pending_update_count": len(self.queue),
        } | (kept | allowed | self._failure if self.webhook else allowed)

    def _post_what_may_go(self) -> None:
        """Starts a POST for the first update of each lane, as far as connections go."""
        if not self.webhook or self._session is None:
            return
        lanes: set[int] = set()
        for update in self.queue:
            first = update.lane not in lanes
            lanes.add(update.lane)
            if first and not update.busy and len(self._posts) < self.webhook.get("max_connections", 40):
                update.busy = True
                task = asyncio.get_running_loop().create_task(self._post(update, self._session))
                self._posts.add(task)
                task.add_done_callback(self._posts.discard)

    async def _post(self, update: Waiting, session: aiohttp.ClientSession) -> None:
        status = 0
        try:
            async with session.post(
                self._target(),
                data=json.dumps(update.payload),
                headers=self._headers(),
                allow_redirects=False,
                ssl=False,
            ) as response:
                status = response.status
                message = f"Wrong response from the webhook: {status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            message = f"Connection failed: {type(error).__name__}"
        self.attempts.append(Attempt(update.id, status, self._clock()))
        if 200 <= status < 300:
            self.queue = [other for other in self.queue if other is not update]
        else:
            self._failure = {"last_error_date": int(self._clock()), "last_error_message": message}
        asyncio.get_running_loop().call_later(0 if 200 <= status < 300 else self._retry_every, self._rested, update)

    def _rested(self, update: Waiting) -> None:
        update.busy = False
        self._changed()

    def _target(self) -> str:
        url = self.webhook.get("url", "")
        for public, local in self.routes.items():
            if url.startswith(public):
                return local + url.removeprefix(public)
        return url

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate"}
        if secret := self.webhook.get("secret_token"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        return headers

    async def start(self) -> None:
        """Opens the way out."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))

    async def stop(self) -> None:
        """Ends every POST and releases whoever polls."""
        self._displace(TITLES[409])
        for task in self._posts:
            task.cancel()
        await asyncio.gather(*self._posts, return_exceptions=True)
        if self._session:
            await self._session.close()
        self._session = None


def _check(values: Raw) -> None:
    url = urlsplit(values["url"])
    local = url.hostname in {"127.0.0.1", "localhost"}
    if url.scheme != "https" and not local:
        raise mistake("bad webhook: An HTTPS URL must be provided for webhook")
    if not local and (url.port or 443) not in {443, 80, 88, 8443}:
        raise mistake("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if not 1 <= values.get("max_connections", 40) <= 100:
        raise mistake("bad webhook: max_connections must be between 1 and 100")
    if "secret_token" in values and not re.fullmatch("[A-Za-z0-9_-]{1,256}", values["secret_token"]):
        raise mistake("secret token contains unallowed characters")
