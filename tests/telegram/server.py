"""The fake Bot API over HTTP, and what tests ask of it.

Answers for taking calls, checking them and recording them. Leaves what a call does to the modules of methods.
"""

import asyncio
import inspect
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from aiohttp import web

from tests.telegram import bodies, schema
from tests.telegram.answers import Answers
from tests.telegram.bell import Bell
from tests.telegram.delivery import Delivery
from tests.telegram.faults import Fault, Faults, Flood
from tests.telegram.messages import Messages
from tests.telegram.people import Channel, Group, Person
from tests.telegram.post import Post
from tests.telegram.profile import Profile
from tests.telegram.refusal import Refusal, mistake
from tests.telegram.world import Chat, Message, Query, Raw, World

TOKEN = "123456789:AAE-fake-token-of-the-tests-0123456789"
T = TypeVar("T")


@dataclass
class Call:
    """One call of the bot, and how it was answered."""

    method: str
    at: float
    values: Raw = field(default_factory=dict)
    status: int | None = None
    """None while it is being answered."""
    description: str = ""


class Asked(Protocol):
    """Anything that a reader did in a chat."""

    @property
    def chat(self) -> Chat | None: ...
    @property
    def after(self) -> int: ...
    @property
    def about(self) -> int: ...


class FakeTelegram:
    """A Telegram for one bot; `async with` starts and stops it."""

    def __init__(
        self,
        cache: Path,
        *,
        token: str = TOKEN,
        clock: Callable[[], float] = time.time,
        flood: bool = False,
        retry_every: float = 0.05,
    ) -> None:
        self.token = token
        self.url = ""
        """The root of the API, once started."""
        self.violations: list[str] = []
        """Everything that the bot should never have sent."""
        self.recorded: list[Call] = []
        bot = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "citebot", "username": "citebot"}
        self.world = World(bot, clock, users={bot["id"]: bot})
        self.faults = Faults()
        self.fail, self.hang = self.faults.fail, self.faults.hang
        self._bell = Bell()
        self.delivery = Delivery(self._bell, clock, retry_every=retry_every)
        self._profile = Profile(self.world)
        admit = Flood(clock).admit if flood else _admit_all
        self._schema = schema.load(cache)
        self._post = Post(self.world, self.delivery)
        self._methods: dict[str, Callable[[Raw], Any]] = {
            "getupdates": self.delivery.get_updates,
            "setwebhook": self.delivery.set_webhook,
            "deletewebhook": self.delivery.delete_webhook,
            "getwebhookinfo": self.delivery.get_webhook_info,
            **Messages(self.world, admit).methods(),
            **Answers(self.world).methods(),
            **self._profile.methods(),
        }
        self._runner: web.AppRunner | None = None
        self._connections: set[asyncio.Transport] = set()
        self._down = False
        self.turned_away = 0
        """How many calls came while it was down."""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._on_call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._on_file)
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        await self.delivery.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.delivery.stop()
        if self._runner:
            await self._runner.cleanup()

    # Who there is.

    def user(self, name: str, *, username: str | None = None, language: str = "en") -> Person:
        """Somebody new."""
        raw = {"id": 70_000 + self.world.serial(), "is_bot": False, "first_name": name, "language_code": language}
        raw |= {"username": username} if username else {}
        self.world.users[raw["id"]] = raw
        return Person(self._post, raw)

    def group(self, title: str, *, topics: bool = False, basic: bool = False, username: str | None = None) -> Group:
        """A supergroup with or without topics, or a basic group; the bot is in it."""
        number = -4_000_000 if basic else -1_002_000_000_000
        names = {"title": title} | ({"username": username} if username else {})
        kind, first = "group" if basic else "supergroup", 2 if topics else 1  # General is topic 1
        chat = Chat(number - self.world.serial(), kind, names, forum=topics, next_id=first)
        return Group(self._post, chat)

    def channel(self, title: str, *, discussion: Group | None = None) -> Channel:
        """A channel with the bot in it, and the group where its posts are discussed."""
        chat = Chat(-1_001_000_000_000 - self.world.serial(), "channel", {"title": title})
        return Channel(self._post, chat, discussion)

    async def raw(self, payload: Any, *, lane: int = 0) -> int:
        """Queues anything as an update, however wrong; its id."""
        return self.delivery.put_raw(payload, lane)

    # What happened.

    def calls(self, method: str) -> list[Call]:
        """The calls of a method, in order."""
        return [call for call in self.recorded if call.method.lower() == method.lower()]

    def messages(self, place: Person | Group | Channel) -> list[Message]:
        """What stands in a chat now, in order."""
        return list(place.chat.messages.values())

    def said(self, place: Person | Group | Channel) -> list[Message]:
        """What the bot wrote and did not delete."""
        return [message for message in self.messages(place) if message.from_bot]

    @property
    def pending(self) -> int:
        """How many updates the bot has not taken."""
        return len(self.delivery.queue)

    @property
    def commands(self) -> dict[str, list[Raw]]:
        """Published commands by scope."""
        return self._profile.commands

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """The bot's "description", "short_description" and "name" by language."""
        return self._profile.words

    async def wait_for(self, found: Callable[[], T], timeout: float = 5.0) -> T:  # noqa: ASYNC109
        """The first true value of `found`, asked again after every event. Fails with a dump."""
        try:
            return await self._bell.until(found, timeout)
        except TimeoutError:
            raise AssertionError(f"nothing for {timeout} s\n{self}") from None

    async def reply_to(self, asked: Asked, timeout: float = 5.0) -> Message:  # noqa: ASYNC109
        """The bot's first message after what somebody did, unless it replies to something else."""
        return await self.wait_for(lambda: next(self._replies(asked), None), timeout)

    @staticmethod
    def _replies(asked: Asked) -> Iterator[Message]:
        for message in asked.chat.messages.values() if asked.chat else ():
            if message.from_bot and message.id > asked.after and message.reply_to in {None, asked.about}:
                yield message

    async def answer_to(self, query: Query, timeout: float = 5.0) -> Raw:  # noqa: ASYNC109
        """What the bot answered a tap, an inline query or a guest query with."""
        return await self.wait_for(lambda: query.answer, timeout)

    async def drained(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Returns once the bot has taken every update."""
        await self.wait_for(lambda: not self.pending, timeout)

    def ring(self) -> None:
        """Lets those who wait look again."""
        self._bell.ring()

    def __str__(self) -> str:
        calls = "\n  ".join(f"{call.method} {call.status} {call.description} {call.values}" for call in self.recorded)
        parts = [*map(str, self.world.chats.values()), f"calls:\n  {calls}", f"pending: {self.pending}"]
        return "\n".join([*parts, *self.violations])

    # The wire.

    def down(self) -> None:
        """Resets every connection from now on."""
        self._down = True
        for transport in self._connections:
            transport.abort()

    def up(self) -> None:
        """Answers again."""
        self._down = False

    async def _on_call(self, request: web.Request) -> web.Response:
        if self._down or request.transport is None:
            self.turned_away += 1
            self._bell.ring()
            return _reset(request)
        self._connections.add(request.transport)
        call = Call(request.match_info["method"], self.world.clock())
        try:
            result = await self._answer(request, call)
            call.status, body = 200, {"ok": True, "result": result}
        except Refusal as refusal:
            call.status, call.description, body = refusal.code, refusal.description, refusal.body()
            if refusal.mistake:
                self.violations.append(f"{call.method}: {refusal.description}")
        finally:
            self._connections.discard(request.transport)
            self._bell.ring()
        return web.json_response(body, status=call.status)

    async def _answer(self, request: web.Request, call: Call) -> Any:
        if request.match_info["token"] != self.token:
            raise Refusal(401, "Unauthorized")
        sent, uploads = await bodies.read(request)
        self.recorded.append(call)
        name = call.method.lower()
        if name not in self._schema.methods:
            raise Refusal(404, "Not Found", mistake=True)
        call.method = self._schema.methods[name]
        call.values, problems = self._schema.decoded(name, sent, set(uploads))
        self._bell.ring()
        if problems:
            raise mistake("; ".join(problems))
        return await self._carried_out(name, call.values | ({"uploads": uploads} if uploads else {}))

    async def _carried_out(self, name: str, values: Raw) -> Any:
        if name not in self._methods:
            raise mistake("this Telegram does not do that")
        fault = self.faults.take(name, values) or Fault(name, 0)
        if fault.refusal:
            raise fault.refusal
        if fault.hang and not fault.carried_out:
            await asyncio.sleep(fault.hang)
        result = self._methods[name](values)
        if inspect.isawaitable(result):
            result = await result
        self._bell.ring()
        if fault.hang and fault.carried_out:
            await asyncio.sleep(fault.hang)
        return result

    async def _on_file(self, request: web.Request) -> web.Response:
        if self._down:
            return _reset(request)
        if request.match_info["token"] != self.token:
            return web.json_response(Refusal(401, "Unauthorized").body(), status=401)
        content = self.world.files.get(request.match_info["path"].removeprefix("documents/"))
        if content is None:
            return web.json_response(Refusal(404, "Not Found").body(), status=404)
        return web.Response(body=content)


def _admit_all(_: Chat) -> None: ...


def _reset(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()
