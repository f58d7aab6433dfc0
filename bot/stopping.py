"""Doing something unless told to stop, and how long an end may take.

Answers for ending at once what waits for others. Signals are the service's.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

GRACE = 8
"""Seconds that what is in hand gets to end in: container runtimes kill ten seconds after asking to stop."""
PARTING = 1
"""Seconds after that for a last word with Telegram; what else there is to do takes no time."""
_Result = TypeVar("_Result")


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, _Result]) -> _Result | None:
    """The result of the work; None when `stop` is set before, and the work is then cancelled."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if working.done():
        return working.result()
    working.cancel()
    return None


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Waits that long, or until told to stop."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
