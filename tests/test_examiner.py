"""Examining in a process of its own: what becomes of it when it, or the bot, is ended meanwhile."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.conftest import SMALL
from tests.telegram import Bot, FakeTelegram, Person

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")


class Pipe:
    """A base in whose place a pipe is put: whoever examines it waits for what is written into it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.unlink()
        os.mkfifo(path)

    async def opened(self) -> BinaryIO:
        """The end to write into, once somebody has opened the other one to read."""
        self.end = await asyncio.to_thread(self.path.open, "wb")
        return self.end

    def readers(self) -> set[int]:
        """The processes that have the other end open."""
        found = set()
        for opened in Path("/proc").glob("[0-9]*/fd/*"):
            with suppress(OSError):
                if opened.readlink() == self.path:
                    found.add(int(opened.parts[2]))
        return found - {os.getpid()}

    def remove(self) -> None:
        """Puts a sound base in its place."""
        self.path.unlink()
        self.path.write_text(SMALL, encoding="utf-8")


def children(bot: Bot) -> str:
    """The command lines of the bot's child processes."""
    tasks = Path(f"/proc/{bot.pid}/task").glob("*/children")
    pids = " ".join(task.read_text() for task in tasks).split()
    return "\n".join(Path(f"/proc/{pid}/cmdline").read_text() for pid in pids)


@pytest.fixture
def editor(telegram: FakeTelegram) -> Person:
    return telegram.user("Chief")


@pytest.fixture
async def bot(telegram: FakeTelegram, editor: Person, small: Path, tmp_path: Path) -> AsyncIterator[Bot]:
    async with Bot(telegram, tmp_path / "bot", admin_ids=editor.id, knowledge_path=small) as bot:
        yield bot


@pytest.fixture
def pipe(bot: Bot, small: Path) -> Iterator[Pipe]:
    pipe = Pipe(small)
    yield pipe
    pipe.end.close()


async def test_an_examination_that_is_killed_spoils_no_later_one(telegram: FakeTelegram, editor: Person, pipe: Pipe):
    said = await editor.say("/check")
    await pipe.opened()
    for process in pipe.readers():
        os.kill(process, signal.SIGKILL)
    told = (await telegram.reply_to(said, 20)).text
    assert told.startswith("Refused")
    assert "broken off; try again" in told
    pipe.remove()
    assert (await telegram.reply_to(await editor.say("/check"), 20)).text.startswith("No fault")


async def test_the_process_ends_with_its_examination(telegram: FakeTelegram, bot: Bot, editor: Person, pipe: Pipe):
    said = await editor.say("/check")
    with await pipe.opened() as end:
        end.write(SMALL.encode())
    assert (await telegram.reply_to(said, 20)).text.startswith("No fault")
    assert "spawn_main" not in children(bot)


async def test_stopping_ends_an_examination_quietly(bot: Bot, editor: Person, pipe: Pipe):
    await editor.say("/check")
    await pipe.opened()
    bot.terminate()
    assert await bot.wait() == 0
    assert not pipe.readers()
    assert "Traceback" not in bot.log
