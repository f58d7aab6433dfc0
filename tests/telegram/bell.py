"""Waiting for something to happen in the fake. Answers for waking waiters; knows nothing of what happened."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Rung after every change; who waits looks again."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wakes everybody who waits."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, found: Callable[[], T], timeout: float) -> T:  # noqa: ASYNC109 - the clock stops here
        """The first true value of `found`. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not (value := found()):
                waiter = asyncio.get_running_loop().create_future()
                self._waiting.add(waiter)
                try:
                    await waiter
                finally:
                    self._waiting.discard(waiter)
            return value
