"""The bot in Telegram from start to stop.

Answers for reaching Telegram, for signals, and for an end that loses nothing. How updates come in is for `polling` and
`webhook`, what they do for the handlers.
"""

import asyncio
import logging
import secrets
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot import logs, menus, metrics, watching
from bot.application import UPDATES, App, Program, build
from bot.lanes import Lanes
from bot.polling import Polling
from bot.settings import Settings, SettingsError
from bot.stopping import pause, unless
from handlers.faults import DataError
from handlers.store import Store
from knowledge.holder import Holder

log = logging.getLogger(__name__)
_LONGEST_PAUSE = 30.0
_REFUSED = "BOT_TOKEN: Telegram does not know this token; get a new one from @BotFather"


def run(settings: Settings, holder: Holder) -> None:
    """Answers in Telegram until the process is told to stop.

    Raises SettingsError where a setting or the token is wrong, DataError where DATA_DIR cannot be used.
    """
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    logs.begin(settings.log_level, settings.log_format, token)
    if settings.watch:
        watching.check()
    store = Store(settings.data_dir)
    metrics.ENTRIES.set_function(lambda: len(holder.snapshot.entries))
    try:
        asyncio.run(_serve(settings, build(settings, holder, store)))
    finally:
        store.close()


async def _serve(settings: Settings, program: Program) -> None:
    stop, app = _stop_signal(), program.app
    watcher = asyncio.create_task(_watched(settings, program, stop))
    revoked = asyncio.create_task(program.pacing.revoked.wait())
    revoked.add_done_callback(lambda _: stop.set())
    try:
        if settings.webhook_url:
            await _by_webhook(settings, app, stop)
        else:
            await _by_polling(settings, program, stop)
    finally:
        watcher.cancel()
        program.examiner.close()
        with suppress(DataError):
            program.feedback.flush()
        await app.shutdown()
        # An application that never reached Telegram does not close its bot's connections itself.
        await app.bot.shutdown()
    if program.pacing.revoked.is_set():
        raise SettingsError(_REFUSED)


async def _watched(settings: Settings, program: Program, stop: asyncio.Event) -> None:
    if settings.watch:
        await watching.watch(program.folder, program.administration, program.sender, settings.admin_ids, stop)


async def _by_polling(settings: Settings, program: Program, stop: asyncio.Event) -> None:
    app = program.app

    async def unregister() -> None:
        await app.bot.delete_webhook(drop_pending_updates=False)

    if await _reached(app, unregister, stop):
        publishing = asyncio.create_task(menus.publish(app.bot, settings.admin_ids))
        log.info("@%s answers; Ctrl-C stops it", app.bot.username)
        await Polling(app, program.updates, Lanes(app)).run(stop)
        publishing.cancel()


async def _by_webhook(settings: Settings, app: App, stop: asyncio.Event) -> None:
    from bot import webhook  # noqa: PLC0415 - a web server is loaded only where there is one

    listening = webhook.listener(settings.webhook_listen)
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else secrets.token_urlsafe(32)
    if not settings.webhook_secret:
        log.info("WEBHOOK_SECRET: made at random")
    url = str(settings.webhook_url)

    async def register() -> None:
        await app.bot.set_webhook(url, secret_token=secret, allowed_updates=UPDATES, max_connections=100)

    if await _reached(app, register, stop):
        publishing = asyncio.create_task(menus.publish(app.bot, settings.admin_ids))
        log.info("@%s answers what comes to %s, listening at %s", app.bot.username, url, settings.webhook_listen)
        await webhook.serve(webhook.Webhook(app, Lanes(app), url, secret), listening, stop)
        publishing.cancel()


async def _reached(app: App, begin: Callable[[], Awaitable[object]], stop: asyncio.Event) -> bool:
    """Reaches Telegram, however long it takes; False when told to stop before.

    Raises SettingsError where the token is wrong or Telegram refuses what is asked.
    """
    wait = 1.0
    while not stop.is_set():
        try:
            return bool(await unless(stop, _begun(app, begin)))
        except InvalidToken:
            raise SettingsError(_REFUSED) from None
        except BadRequest as error:
            raise SettingsError(f"Telegram refuses: {error}") from None
        except TelegramError as error:
            log.warning("Telegram cannot be reached (%s); trying again in %.0f s", error, wait)
            await pause(stop, wait)
            wait = min(2 * wait, _LONGEST_PAUSE)
    return False


async def _begun(app: App, begin: Callable[[], Awaitable[object]]) -> bool:
    await app.initialize()
    await begin()
    return True


def _stop_signal() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set; further signals change nothing, so that nothing is lost in the end."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        # Windows has no such handlers: there Ctrl-C ends the process at once.
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    return stop
