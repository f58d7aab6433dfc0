"""Calls as a bot's library makes them. Answers for the wire only; expects nothing of the answer."""

import json
from typing import Any, Self

import aiohttp

from tests.telegram.server import FakeTelegram


class Client:
    """A bot that does what the test says; `async with` opens and closes its connections."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self._telegram = telegram

    async def __aenter__(self) -> Self:
        self.session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()

    async def __call__(self, method: str, *, as_json: bool = False, **values: Any) -> dict[str, Any]:
        """The answer to a call, made with a form of JSON values or with one JSON object."""
        form = {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
        body: dict[str, Any] = {"json": values} if as_json else {"data": form}
        return await self.answer(method, **body)

    async def answer(self, method: str, **body: Any) -> dict[str, Any]:
        """The answer to a call with any body."""
        url = f"{self._telegram.url}/bot{self._telegram.token}/{method}"
        async with self.session.post(url, **body) as response:
            return await response.json()
