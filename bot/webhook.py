"""Updates by webhook: a small ASGI application that Telegram posts to.

Answers for the secret, the size limit, and for saying 200 only when an update has been handled, so that Telegram sends
again what a killed process had taken. /healthz asks a question of its own; /metrics is for Prometheus.
PTB's own server says 200 before it handles anything, and has no way to ask whether it is well.
"""

import asyncio
import contextlib
import hmac
import json
import logging
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Update

from bot import metrics
from bot.application import App
from bot.lanes import Lanes
from bot.settings import SettingsError
from bot.stopping import GRACE, PARTING, unless
from handlers.probe import Probe

log = logging.getLogger(__name__)
_BODY_LIMIT = 1 << 20
"""Bytes of an update; Telegram's own are far smaller."""
_WELL_WITHIN = 5.0
"""Seconds in which a healthy bot has answered its own question."""


class Webhook:
    """Takes updates for an application."""

    def __init__(self, app: App, lanes: Lanes, url: str, secret: str) -> None:
        self._app = app
        self._lanes = lanes
        self._secret = secret
        self._over = asyncio.Event()
        path = urlsplit(url).path or "/"
        if path in ("/healthz", "/metrics"):
            raise SettingsError(f"WEBHOOK_URL: its path must not be {path}, which is for watching the bot")
        self.asgi = Starlette(
            routes=[
                Route("/healthz", self._on_health),
                Route("/metrics", _on_metrics),
                Route(path, self._on_update, methods=["POST"]),
            ]
        )
        """The application, for any ASGI server."""

    async def _on_update(self, request: Request) -> Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            log.warning("an update came without the secret token and was refused")
            return PlainTextResponse("wrong secret token", 403)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        update = self._read(body)
        if update and not await self._handled(update):
            return PlainTextResponse("not yet", 503)
        return PlainTextResponse("ok")

    async def _handled(self, update: Update) -> bool:
        """Whether an update has been handled before the bot gave up."""
        task = self._lanes.enter(update)
        await unless(self._over, asyncio.wait([task]))
        return task.done()

    def give_up(self) -> None:
        """Waits no longer for what is in hand: Telegram is told to send it again."""
        self._over.set()

    def _read(self, body: bytes) -> Update | None:
        """An update; None, with a line in the log, where it cannot be read: sent again, it would read no better."""
        try:
            return Update.de_json(json.loads(body), self._app.bot)
        except Exception:  # noqa: BLE001 - whatever is wrong with it, it is answered
            metrics.SKIPPED.inc()
            log.warning("an update cannot be read and is skipped")
            return None

    async def _on_health(self, _: Request) -> Response:
        probe = Probe()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._app.process_update(probe), _WELL_WITHIN)
        return PlainTextResponse("well") if probe.well else PlainTextResponse("unwell", 503)


async def _on_metrics(_: Request) -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _body(request: Request) -> bytes | None:
    """The body; None where it is larger than it may be."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _BODY_LIMIT:
            return None
    return body


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listener(address: str) -> socket.socket:
    """A socket that listens at "host:port".

    Raises SettingsError where that is impossible.
    """
    host, _, port = address.rpartition(":")
    try:
        return socket.create_server((host, int(port)))
    except (OSError, OverflowError) as error:
        raise SettingsError(f"WEBHOOK_LISTEN: cannot listen at {address}: {error}") from None


async def serve(webhook: Webhook, listening: socket.socket, stop: asyncio.Event) -> None:
    """Serves until `stop` is set, and to the end what was begun."""
    longest = GRACE + PARTING
    config = uvicorn.Config(
        webhook.asgi, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=longest
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    await stop.wait()
    server.should_exit = True
    await asyncio.wait([serving], timeout=GRACE)
    webhook.give_up()
    await serving
