"""HTTP to the Bot API, over aiohttp: a call takes it a third of the processor time that PTB's default takes.

Answers for connections, uploads and timeouts. What an answer means, PTB knows.
"""

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData


class Wire(BaseRequest):
    """Makes requests over a few connections that are kept open."""

    def __init__(self, connections: int, seconds: float) -> None:
        """`seconds`: how long a request may take, waiting for a connection included."""
        self._connections = connections
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer is waited for."""
        return self._seconds

    async def initialize(self) -> None:
        """Opens the session; once is enough."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                timeout=aiohttp.ClientTimeout(total=self._seconds),
            )

    async def shutdown(self) -> None:
        """Closes the session."""
        if self._session:
            await self._session.close()
            self._session = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        """The status and body of the answer. PTB's own timeouts are those of another library, and not used.

        Raises TimedOut or NetworkError.
        """
        if self._session is None:
            raise RuntimeError("the wire is not initialized")
        parts = urlsplit(url)
        proxy = _proxy(parts.netloc, parts.scheme)
        try:
            async with self._session.request(method, url, data=_body(request_data), proxy=proxy) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


@lru_cache(maxsize=1)
def _proxy(host: str, scheme: str) -> str | None:
    """The proxy that the environment sets: aiohttp would look for it, and for a .netrc, in a thread at each call."""
    return None if proxy_bypass(host) else getproxies().get(scheme)


def _body(request_data: RequestData | None) -> dict[str, str] | aiohttp.FormData | None:
    if request_data is None or not request_data.contains_files:
        return request_data.json_parameters if request_data else None
    form = aiohttp.FormData(request_data.json_parameters)
    files: dict[str, Any] = request_data.multipart_data
    for field, (name, content, type_) in files.items():
        form.add_field(field, content, filename=name, content_type=type_)
    return form
