"""The Telegram of the tests delivers, limits and fails as the real one does."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from tests.telegram import FakeTelegram
from tests.telegram.client import Client


async def test_a_batch_is_confirmed_by_the_next_offset(telegram, ask):
    anna = telegram.user("Anna")
    sent = [await anna.say(text) for text in ("one", "two", "three")]
    batch = (await ask("getUpdates", limit=2))["result"]
    assert [update["message"]["text"] for update in batch] == ["one", "two"]
    rest = (await ask("getUpdates", offset=batch[-1]["update_id"] + 1))["result"]
    assert [update["update_id"] for update in rest] == [sent[-1].update_id]
    assert telegram.pending == 1


async def test_a_long_poll_ends_with_the_first_update(telegram, ask):
    polling = asyncio.create_task(ask("getUpdates", timeout=30, allowed_updates=["message"]))
    await telegram.wait_for(lambda: telegram.calls("getUpdates"))
    anna = telegram.user("Anna")
    await anna.inline("not allowed")
    said = await anna.say("hello")
    assert [update["update_id"] for update in (await polling)["result"]] == [said.update_id]


async def test_a_second_poller_displaces_the_first(telegram, ask):
    first = asyncio.create_task(ask("getUpdates", timeout=30))
    await telegram.wait_for(lambda: telegram.calls("getUpdates"))
    assert (await ask("getUpdates"))["result"] == []
    conflict = await first
    assert conflict["error_code"] == 409
    assert conflict["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_nobody_polls_beside_a_webhook(telegram, ask):
    await ask("setWebhook", url="https://bot.test/hook", allowed_updates=["message"])
    assert "can't use getUpdates method while webhook is active" in (await ask("getUpdates"))["description"]
    await ask("deleteWebhook", drop_pending_updates=True)
    assert (await ask("getWebhookInfo"))["result"]["url"] == ""
    assert (await ask("getUpdates"))["ok"]


# Delivery by webhook.


class Hook:
    """A webhook that refuses what it is told to refuse."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str | None]] = []
        self.refuse: set[str] = set()

    async def take(self, request: web.Request) -> web.Response:
        text = (await request.json())["message"]["text"]
        self.got.append((text, request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        if text in self.refuse:
            self.refuse.discard(text)
            return web.Response(status=500)
        return web.Response()


@pytest.fixture
async def hook(telegram: FakeTelegram) -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    telegram.delivery.routes["https://bot.test"] = f"http://{host}:{port}"
    yield hook
    await telegram.delivery.stop()
    await runner.cleanup()


async def test_a_failing_update_holds_back_its_own_chat_only(telegram, ask, hook):
    hook.refuse = {"a1"}
    anna, boris = telegram.user("Anna"), telegram.user("Boris")
    for person, text in ((anna, "a1"), (anna, "a2"), (boris, "b1"), (boris, "b2")):
        await person.say(text)
    await ask("setWebhook", url="https://bot.test/hook", secret_token="s3cret", max_connections=2)
    await telegram.drained()
    texts = [text for text, _ in hook.got]
    assert [text for text in texts if text[0] == "a"] == ["a1", "a1", "a2"]
    assert [text for text in texts if text[0] == "b"] == ["b1", "b2"]
    assert texts.index("b1") < texts.index("a2")
    assert {secret for _, secret in hook.got} == {"s3cret"}
    assert "500" in (await ask("getWebhookInfo"))["result"]["last_error_message"]


async def test_an_update_waits_for_a_bot_that_is_away(telegram, ask, hook):
    local = telegram.delivery.routes.pop("https://bot.test")
    telegram.delivery.routes["https://bot.test"] = "http://127.0.0.1:9"
    await telegram.user("Anna").say("hello")
    await ask("setWebhook", url="https://bot.test/hook")
    await telegram.wait_for(lambda: len(telegram.delivery.attempts) > 1)
    telegram.delivery.routes["https://bot.test"] = local
    await telegram.drained()
    assert [text for text, _ in hook.got] == ["hello"]
    assert [attempt.status for attempt in telegram.delivery.attempts][-2:] == [0, 200]


async def test_an_update_can_come_twice(telegram, ask, hook):
    await ask("setWebhook", url="https://bot.test/hook")
    said = await telegram.user("Anna").say("hello")
    telegram.delivery.repeat(said.update_id)
    await telegram.drained()
    assert [text for text, _ in hook.got] == ["hello", "hello"]


# Trouble.


async def test_the_flood_limit_follows_the_clock(schema_cache):
    now = [1_000.0]
    limited = FakeTelegram(schema_cache, clock=lambda: now[0], flood=True)
    async with limited as telegram, Client(telegram) as ask:
        group = telegram.group("Readers")
        for _ in range(5):
            assert (await ask("sendMessage", chat_id=group.id, text="x"))["ok"]
        assert (await ask("sendMessage", chat_id=group.id, text="x"))["parameters"] == {"retry_after": 1}
        for _ in range(15):
            now[0] += 1
            assert (await ask("sendMessage", chat_id=group.id, text="x"))["ok"]
        now[0] += 5
        assert (await ask("sendMessage", chat_id=group.id, text="x"))["parameters"] == {"retry_after": 40}
        now[0] += 40
        assert (await ask("sendMessage", chat_id=group.id, text="x"))["ok"]
        assert telegram.violations == []


async def test_ordered_faults_meet_the_next_calls(telegram, ask):
    anna = telegram.user("Anna")
    await anna.say("hello")
    telegram.fail("sendMessage", 429, retry_after=3, chat_id=anna.id)
    telegram.fail("*", 502)
    limited = await ask("sendMessage", chat_id=anna.id, text="x")
    assert limited["parameters"] == {"retry_after": 3}
    assert (await ask("getMe"))["description"] == "Bad Gateway"
    assert (await ask("getMe"))["result"]["username"] == "citebot"
    assert [call.status for call in telegram.calls("getMe")] == [502, 200]


async def test_a_call_may_hang_after_it_was_carried_out(telegram, ask):
    anna = telegram.user("Anna")
    said = await anna.say("hello")
    telegram.hang("sendMessage", 60, carried_out=True)
    hanging = asyncio.create_task(ask("sendMessage", chat_id=anna.id, text="x"))
    assert (await telegram.reply_to(said)).text == "x"
    assert not hanging.done()
    hanging.cancel()


async def test_a_telegram_that_is_down_resets_connections(telegram, ask):
    polling = asyncio.create_task(ask("getUpdates", timeout=30))
    await telegram.wait_for(lambda: telegram.calls("getUpdates"))
    telegram.down()
    for call in (polling, ask("getMe")):
        with pytest.raises(aiohttp.ClientError):
            await call
    telegram.up()
    assert (await ask("getMe"))["ok"]


async def test_what_never_comes_fails_with_all_that_happened(telegram):
    said = await telegram.user("Anna").say("is anybody there?")
    with pytest.raises(AssertionError, match="is anybody there"):
        await telegram.reply_to(said, timeout=0.01)
