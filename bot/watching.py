"""Watching the knowledge files: what an editor saves is examined and taken over by itself.

Answers for noticing, and for telling the administrators what came of it. Reloading is the newsroom's.
"""

import asyncio
import logging
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from telegram.error import TelegramError

from bot.settings import SettingsError
from handlers.administration import Administration
from handlers.render import Reply
from handlers.sender import Place, Sender

log = logging.getLogger(__name__)


def check() -> None:
    """Raises SettingsError where the library that notices is not installed."""
    if find_spec("watchfiles") is None:
        raise SettingsError("WATCH: needs the library watchfiles: .venv/bin/pip install watchfiles")


async def watch(
    folder: Path, administration: Administration, sender: Sender, admins: Iterable[int], stop: asyncio.Event
) -> None:
    """Reloads whenever a file of the folder changes, until `stop` is set; tells the administrators what came of it."""
    from watchfiles import awatch  # noqa: PLC0415 - most processes watch nothing

    try:
        async for _ in awatch(folder, stop_event=stop, recursive=False):
            if reply := await _reloaded(administration):
                await _tell(reply, sender, admins)
    # The folder is gone, say, or the system watches as much as it may.
    except (OSError, RuntimeError) as error:
        log.warning("saved files are not noticed any more (%s); /reload still works", error)


async def _reloaded(administration: Administration) -> Reply | None:
    try:
        return await administration.reload()
    except Exception:  # whatever one file does to it, watching goes on
        log.exception("the changed knowledge files could not be examined")
        return None


async def _tell(reply: Reply, sender: Sender, admins: Iterable[int]) -> None:
    log.info("knowledge files changed: %s", reply.plain.partition("\n")[0])
    for admin in admins:
        try:
            await sender.send(reply, Place(admin))
        except TelegramError as error:
            log.warning("an administrator could not be told: %s", error)
