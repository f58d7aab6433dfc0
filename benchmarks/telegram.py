"""Speed in Telegram: updates a second through the whole answer path, beside a bare PTB echo bot in the same run.

Both poll a Telegram in this process that answers at once; each update gets one reply. Also memory at rest and the time
from start to first reply. Figures are medians of several runs.
"""

import asyncio
import itertools
import os
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from aiohttp import web

RUNS, UPDATES, CHATS = 5, 600, 20
QUESTIONS = Path(__file__).parents[1] / "tests" / "questions" / "casual.yaml"
TOKEN = "1:benchmark"
BOT = {"id": 1, "is_bot": True, "first_name": "bench", "username": "bench"}
BARE = """
import sys
from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters
async def echo(update, context):
    await update.message.reply_text(update.message.text)
app = ApplicationBuilder().token(sys.argv[1]).base_url(sys.argv[2] + "/bot").build()
app.add_handler(MessageHandler(filters.TEXT, echo))
app.run_polling()
"""


@dataclass
class Telegram:
    """Hands out the updates it is given, and counts replies."""

    waiting: list[dict] = field(default_factory=list)
    replies: int = 0
    replied: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def deliver(self, updates: list[dict]) -> None:
        """Puts updates where the bot finds them."""
        self.waiting = self.waiting + updates
        self.arrived.set()

    async def answer(self, request: web.Request) -> web.Response:
        """One call of the Bot API."""
        values = {**request.query, **await request.post()}
        method = request.match_info["method"]
        if method == "getUpdates":
            return _ok(await self._updates(int(values.get("offset", 0)), float(values.get("timeout", 0))))
        if method == "sendMessage":
            self.replies += 1
            self.replied.set()
            chat = {"id": int(values["chat_id"]), "type": "private"}
            return _ok({"message_id": self.replies, "date": 0, "chat": chat, "text": "x"})
        return _ok(BOT if method == "getMe" else {"description": ""} if method == "getMyDescription" else True)

    async def _updates(self, offset: int, hold: float) -> list[dict]:
        self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        if not self.waiting:
            self.arrived.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self.arrived.wait(), hold)
        return self.waiting[:100]

    async def until(self, count: int) -> None:
        """Returns when so many replies have come."""
        while self.replies < count:
            self.replied.clear()
            await self.replied.wait()


def _ok(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _updates(texts: list[str], ids: itertools.count, count: int) -> list[dict]:
    found = []
    for number in range(count):
        chat = 100 + number % CHATS
        person = {"id": chat, "is_bot": False, "first_name": "Reader"}
        message = {
            "message_id": number + 1,
            "date": 0,
            "chat": {"id": chat, "type": "private", "first_name": "Reader"},
            "from": person,
            "text": texts[number % len(texts)],
        }
        found.append({"update_id": next(ids), "message": message})
    return found


async def _measured(telegram: Telegram, command: list[str], folder: str, url: str, texts: list[str]) -> tuple:
    """Seconds to the first reply, MB at rest, updates a second."""
    ids = itertools.count(1)
    telegram.replies, telegram.waiting = 0, _updates(texts, ids, 1)
    env = {**os.environ, "BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": url, "DATA_DIR": folder, "CACHE_DIR": folder}
    start = time.perf_counter()
    process = await asyncio.create_subprocess_exec(*command, env=env, stderr=asyncio.subprocess.DEVNULL, cwd=folder)
    await telegram.until(1)
    first = time.perf_counter() - start
    memory = _resident(process.pid)
    start = time.perf_counter()
    telegram.deliver(_updates(texts, ids, UPDATES))
    await telegram.until(UPDATES + 1)
    rate = UPDATES / (time.perf_counter() - start)
    process.terminate()
    await process.wait()
    return first, memory, rate


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise LookupError(pid)


async def main() -> None:
    """Measures both bots in turns and prints a table."""
    telegram = Telegram()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", telegram.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = "http://{}:{}".format(*runner.addresses[0][:2])
    asked = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    texts = [row["ask"] for row in asked["questions"]]
    bots = {"citebot": [sys.executable, "-m", "bot", "run"], "bare PTB": [sys.executable, "-c", BARE, TOKEN, url]}
    figures: dict[str, list[tuple]] = {name: [] for name in bots}
    with tempfile.TemporaryDirectory() as folder:
        for run in range(RUNS + 1):
            for name, command in bots.items():
                measured = await _measured(telegram, command, folder, url, texts)
                if run:  # the first run builds the index and warms the disk
                    figures[name].append(measured)
    await runner.cleanup()
    medians = {
        name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in figures.items()
    }
    for name, (first, memory, rate) in medians.items():
        print(f"{name:9}  first reply {first:.2f} s   at rest {memory:.0f} MB   {rate:.0f} updates/s")
    print(f"citebot answers {medians['citebot'][2] / medians['bare PTB'][2]:.2f} of the bare bot's updates a second")


if __name__ == "__main__":
    asyncio.run(main())
