"""The real bot as a child process. Answers for its environment, its start and its end: no child outlives its test."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Self

from tests.telegram.server import FakeTelegram

# Asks Linux to end the bot with its test, whatever ends the test; outlasts the change of program.
_TIED = (
    "import ctypes, os, sys; ctypes.CDLL(None).prctl(1, 9); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)


class Bot:
    """`python -m bot run` against a fake Telegram; `async with` starts it, waits until it takes updates, and ends it.

    Settings are keywords in upper or lower case: `webhook_url="https://bot.test/hook"`.
    """

    def __init__(self, telegram: FakeTelegram, folder: Path, *, patience: float = 15.0, **settings: object) -> None:
        self._telegram = telegram
        self._folder = folder
        self._patience = patience
        self._settings = {name.upper(): str(value) for name, value in settings.items() if value is not None}
        self._process: asyncio.subprocess.Process | None = None
        self._end: asyncio.Task[int] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """All that the child is told; nothing of the parent's settings leaks in."""
        own = {
            "BOT_TOKEN": self._telegram.token,
            "TELEGRAM_API_URL": self._telegram.url,
            "CACHE_DIR": str(self._folder / "cache"),
            "DATA_DIR": str(self._folder / "data"),
            "HOME": str(self._folder),
            "PATH": os.environ.get("PATH", ""),
            "PYTHONUNBUFFERED": "1",
        }
        return own | self._settings

    @property
    def log(self) -> str:
        """All that it has printed."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    @property
    def _log(self) -> Path:
        return self._folder / "bot.log"

    @property
    def pid(self) -> int | None:
        """Of the process started last."""
        return self._process.pid if self._process else None

    @property
    def returncode(self) -> int | None:
        """None while it runs."""
        return self._process.returncode if self._process else None

    async def start(self) -> None:
        """Starts it; returns at its first getUpdates or setWebhook that is answered or waits for updates."""
        work = self._folder / "work"
        work.mkdir(parents=True, exist_ok=True)
        known = len(self._telegram.recorded)
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command(),
                cwd=work,
                env=self.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._end = asyncio.create_task(self._process.wait())
        self._end.add_done_callback(lambda _: self._telegram.ring())
        await self._telegram.wait_for(lambda: self._ready(known) or self._end.done(), self._patience)
        if self._end.done():
            raise AssertionError(f"the bot ended with {self.returncode} before it took updates\n{self.log}")

    @staticmethod
    def _command() -> list[str]:
        tied = ["-SEc", _TIED] if sys.platform == "linux" else []
        return [sys.executable, *tied, "-m", "bot", "run"]

    def _ready(self, known: int) -> bool:
        return any(call.method in {"getUpdates", "setWebhook"} for call in self._telegram.recorded[known:])

    def terminate(self) -> None:
        """Asks it to stop."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it at once."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if self._process and self._process.returncode is None:
            self._process.send_signal(number)

    async def wait(self, timeout: float = 10.0) -> int:  # noqa: ASYNC109
        """Its exit code, once it has ended."""
        if self._end is None:
            raise LookupError("the bot was never started")
        try:
            return await asyncio.wait_for(asyncio.shield(self._end), timeout)
        except TimeoutError:
            raise AssertionError(f"the bot still runs after {timeout} s\n{self.log}") from None

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            await self._reap()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            if self.returncode is None:
                self.terminate()
                await self.wait()
        finally:
            await self._reap()

    async def _reap(self) -> None:
        self.kill()
        if self._end:
            await self._end


def free_port() -> int:
    """A port of 127.0.0.1 for the bot's webhook to listen on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
