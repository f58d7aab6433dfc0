"""How the process starts, stops and lives through trouble."""

import asyncio
import contextlib
import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from tests.conftest import SMALL
from tests.telegram import TOKEN, Bot, FakeTelegram
from tests.telegram.process import free_port

SOME, SOME_ANSWER = "who invited putin?", "Kim Jong Un invited Putin"
MakeBot = Callable[..., Bot]


@pytest.fixture
def make_bot(telegram: FakeTelegram, tmp_path: Path, index_cache: Path) -> MakeBot:
    return lambda **settings: Bot(telegram, tmp_path, **{"cache_dir": index_cache, **settings})


@pytest.fixture
def webhook() -> dict[str, str]:
    port = free_port()
    return {
        "webhook_url": f"http://127.0.0.1:{port}/hook",
        "webhook_listen": f"127.0.0.1:{port}",
        "webhook_secret": "s3cret",
    }


async def ended(bot: Bot) -> tuple[int, str]:
    """The exit code and what was printed by a bot that cannot start."""
    with pytest.raises(AssertionError, match="ended"):
        await bot.start()
    return await bot.wait(), bot.log


# Starting.


async def test_a_wrong_token_ends_in_one_line_without_it(make_bot: MakeBot):
    code, log = await ended(make_bot(bot_token="1:wrong-and-secret"))
    assert code == 2
    assert log == "BOT_TOKEN: Telegram does not know this token; get a new one from @BotFather\n"


async def test_a_port_in_use_ends_in_one_line(make_bot: MakeBot, webhook: dict[str, str]):
    host, port = webhook["webhook_listen"].split(":")
    with socket.create_server((host, int(port))):
        code, log = await ended(make_bot(**webhook))
    assert code == 2
    assert log.startswith(f"WEBHOOK_LISTEN: cannot listen at {host}:{port}")
    assert log.count("\n") == 1


async def test_a_data_folder_that_cannot_be_used_ends_in_one_line(make_bot: MakeBot, tmp_path: Path):
    (tmp_path / "file").touch()
    code, log = await ended(make_bot(data_dir=tmp_path / "file"))
    assert code == 1
    assert "cannot be used" in log
    assert log.count("\n") == 1


async def test_telegram_is_waited_for_visibly(telegram: FakeTelegram, make_bot: MakeBot):
    telegram.fail("getMe", 502, times=4)
    async with make_bot() as bot:
        assert "getMe failed (Bad Gateway); trying again" in bot.log
        assert SOME_ANSWER in (await telegram.reply_to(await telegram.user("Anna").say(SOME))).text


async def test_a_proxy_of_the_environment_is_used(telegram: FakeTelegram, make_bot: MakeBot):
    async with make_bot(telegram_api_url="http://telegram.invalid", http_proxy=telegram.url):
        assert SOME_ANSWER in (await telegram.reply_to(await telegram.user("Anna").say(SOME))).text


async def test_menus_and_descriptions_are_published(telegram: FakeTelegram, make_bot: MakeBot):
    async with make_bot():
        await telegram.wait_for(lambda: telegram.calls("setMyShortDescription"))
        private, groups = telegram.commands["all_private_chats"], telegram.commands["all_group_chats"]
    assert [command["command"] for command in groups][:2] == ["who", "when"]
    assert len(private) > len(groups)
    assert "source" in telegram.words["short_description"][""]


async def test_a_menu_that_is_refused_keeps_back_no_other(telegram: FakeTelegram, make_bot: MakeBot):
    admins = [telegram.user(name) for name in ("Chief", "Deputy")]
    telegram.fail("setMyCommands", 403, description="Forbidden: bot was blocked by the user")
    async with make_bot(admin_ids=",".join(str(admin.id) for admin in admins)) as bot:
        await telegram.wait_for(lambda: telegram.calls("setMyShortDescription"))
        assert len(telegram.commands) == 3
        assert "an administrator's menu could not be set: Forbidden: bot was blocked by the user" in bot.log
        assert not any(str(admin.id) in bot.log for admin in admins)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "harbour.yaml").write_text(SMALL, encoding="utf-8")
    return folder


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The bot's secret as a pipe: when the bot has loaded its knowledge, it waits for what is written there."""
    path = tmp_path / "data" / "voters.key"
    path.parent.mkdir()
    os.mkfifo(path)
    return path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
async def test_watching_that_fails_is_told_of(telegram: FakeTelegram, make_bot: MakeBot, articles: Path, key: Path):
    bot = make_bot(knowledge_path=articles / "harbour.yaml", watch="yes")
    starting = asyncio.create_task(bot.start())
    with await asyncio.to_thread(key.open, "wb") as pipe:
        shutil.rmtree(articles)
        pipe.write(bytes(32))
    await starting
    said = await telegram.user("Anna").say("Who opened the harbour?")
    assert "Anna Reed opened" in (await telegram.reply_to(said)).text
    assert "saved files are not noticed" in bot.log
    assert "/reload still works" in bot.log
    bot.terminate()
    assert await bot.wait() == 0
    assert "Traceback" not in bot.log


# Stopping.


async def ask_a_lot(telegram: FakeTelegram, count: int) -> Callable[[], int]:
    """Has 20 readers ask `count` questions; returns how many answers there are."""
    people = [telegram.user(f"Reader {number}") for number in range(20)]
    for number in range(count):
        await people[number % 20].say(SOME)
    return lambda: sum(len(telegram.said(person)) for person in people)


@pytest.mark.parametrize("transport", ["polling", "webhook"])
async def test_nothing_is_lost_when_told_to_stop(
    telegram: FakeTelegram, make_bot: MakeBot, webhook: dict[str, str], transport: str
):
    settings = webhook if transport == "webhook" else {}
    async with make_bot(**settings) as bot:
        answers = await ask_a_lot(telegram, 200)
        await telegram.wait_for(lambda: answers() > 10)
        bot.terminate()
        bot.terminate()
        assert await bot.wait() == 0
        first = answers()
        async with make_bot(**settings):
            await telegram.wait_for(lambda: not telegram.pending and answers() == 200, 20)
    assert 10 < first < 200


@pytest.mark.parametrize("transport", ["polling", "webhook"])
async def test_nothing_is_lost_when_killed(
    telegram: FakeTelegram, make_bot: MakeBot, webhook: dict[str, str], transport: str
):
    settings = webhook if transport == "webhook" else {}
    async with make_bot(**settings) as bot:
        answers = await ask_a_lot(telegram, 200)
        await telegram.wait_for(lambda: answers() > 10)
        bot.kill()
        await bot.wait()
        async with make_bot(**settings):
            await telegram.wait_for(lambda: not telegram.pending and answers() >= 200, 20)


async def test_an_update_that_comes_twice_is_answered_once(
    telegram: FakeTelegram, make_bot: MakeBot, webhook: dict[str, str]
):
    anna = telegram.user("Anna")
    async with make_bot(**webhook):
        question = await anna.say(SOME)
        await telegram.reply_to(question)
        await telegram.drained()
        telegram.delivery.repeat(question.update_id)
        await anna.say("/when treaty")
        await telegram.wait_for(lambda: "June 19" in telegram.said(anna)[-1].text)
    assert len(telegram.said(anna)) == 2


# Trouble.


@pytest.mark.parametrize(("method", "transport"), [("getUpdates", "polling"), ("sendMessage", "webhook")])
async def test_a_revoked_token_ends_the_process(
    telegram: FakeTelegram, make_bot: MakeBot, webhook: dict[str, str], method: str, transport: str
):
    async with make_bot(**webhook if transport == "webhook" else {}) as bot:
        telegram.fail(method, 401, times=100)
        await telegram.user("Anna").say(SOME)
        assert await bot.wait() == 2
        assert "BOT_TOKEN: Telegram does not know this token" in bot.log
        assert TOKEN not in bot.log


async def test_a_second_poller_is_told_of_and_outlived(telegram: FakeTelegram, make_bot: MakeBot):
    async with make_bot() as bot:
        telegram.fail("getUpdates", 409, times=2)
        anna = telegram.user("Anna")
        await telegram.reply_to(await anna.say(SOME))
        assert "June 19" in (await telegram.reply_to(await anna.say("/when treaty"))).text
        assert "Telegram answers again" in bot.log
        assert "another process takes this bot's updates" in bot.log


async def test_a_telegram_that_goes_away_is_waited_for(telegram: FakeTelegram, make_bot: MakeBot):
    async with make_bot() as bot:
        telegram.down()
        await telegram.wait_for(lambda: telegram.turned_away > 1)
        telegram.up()
        assert SOME_ANSWER in (await telegram.reply_to(await telegram.user("Anna").say(SOME), 10)).text
        assert "no updates:" in bot.log


async def test_a_slow_telegram_is_waited_for(telegram: FakeTelegram, make_bot: MakeBot):
    async with make_bot():
        telegram.hang("sendMessage", 6)
        anna, boris = telegram.user("Anna"), telegram.user("Boris")
        slow = await anna.say(SOME)
        await telegram.wait_for(lambda: telegram.calls("sendMessage"))
        assert SOME_ANSWER in (await telegram.reply_to(await boris.say(SOME))).text
        assert not telegram.said(anna)
        assert SOME_ANSWER in (await telegram.reply_to(slow, 10)).text


async def test_no_text_and_no_token_is_logged(telegram: FakeTelegram, make_bot: MakeBot):
    async with make_bot(log_format="json") as bot:
        anna = telegram.user("Annabella")
        await telegram.reply_to(await anna.say("who invited putin to the zebra crossing?"))
        await telegram.wait_for(lambda: '"update ' in bot.log)
        lines = [json.loads(line) for line in bot.log.splitlines()]
        assert {"time", "level", "logger", "message"} == set(lines[-1])
        assert not any(word in bot.log for word in ("zebra", "Annabella", str(anna.id), TOKEN))
    debug = make_bot(log_level="DEBUG")
    async with debug:
        await telegram.reply_to(await anna.say("who invited putin to the zebra crossing?"))
        assert not any(word in debug.log for word in ("zebra", "Annabella", str(anna.id), TOKEN))


async def test_a_waiting_group_keeps_nobody_else_waiting(telegram: FakeTelegram, make_bot: MakeBot):
    async with make_bot() as bot:
        anna, group = telegram.user("Anna"), telegram.group("Readers")
        shown = await telegram.reply_to(await group.say(anna, "/who Belousov"))
        telegram.fail("sendMessage", 429, retry_after=60, chat_id=group.id)
        await group.say(anna, "/when treaty")
        await telegram.wait_for(lambda: len(telegram.calls("sendMessage")) == 2)
        for number in range(5):
            reader = telegram.user(f"Reader {number}")
            assert SOME_ANSWER in (await telegram.reply_to(await reader.say(SOME), 2)).text
        assert await telegram.answer_to(await anna.tap(shown, "👍"), 2)
        assert (await telegram.answer_to(await anna.inline("belousov"), 2))["results"]
        bot.kill()


@pytest.mark.parametrize(
    ("end", "transport"), [(Bot.kill, "polling"), (Bot.terminate, "polling"), (Bot.terminate, "webhook")]
)
async def test_what_waited_when_the_process_ended_is_answered_later(
    telegram: FakeTelegram,
    make_bot: MakeBot,
    webhook: dict[str, str],
    end: Callable[[Bot], None],
    transport: str,
):
    settings = webhook if transport == "webhook" else {}
    async with make_bot(**settings) as bot:
        anna, group = telegram.user("Anna"), telegram.group("Readers")
        telegram.fail("sendMessage", 429, retry_after=60, chat_id=group.id)
        waiting = await group.say(anna, "/who Belousov")
        await telegram.reply_to(await anna.say(SOME))
        await telegram.reply_to(await anna.say("/when treaty"))
        end(bot)
        await bot.wait()
        async with make_bot(**settings):
            assert "defense minister" in (await telegram.reply_to(waiting)).text


@pytest.mark.parametrize(
    ("method", "transport"),
    [
        ("sendMessage", "polling"),
        ("sendMessage", "webhook"),
        ("setMyCommands", "polling"),
        ("deleteWebhook", "polling"),
    ],
)
async def test_a_flood_wait_holds_up_no_stop(
    telegram: FakeTelegram, make_bot: MakeBot, webhook: dict[str, str], method: str, transport: str
):
    telegram.fail(method, 429, retry_after=200)
    bot = make_bot(**webhook if transport == "webhook" else {})
    starting = asyncio.create_task(bot.start())
    if method == "sendMessage":
        await starting
        await telegram.user("Anna").say(SOME)
    await telegram.wait_for(lambda: telegram.calls(method))
    bot.terminate()
    assert await bot.wait() == 0
    await asyncio.gather(starting, return_exceptions=True)
    assert "Traceback" not in bot.log


async def test_a_telegram_that_hangs_holds_up_no_stop(telegram: FakeTelegram, make_bot: MakeBot):
    async with make_bot() as bot:
        telegram.hang("getUpdates", 60)
        bot.terminate()
        assert await bot.wait() == 0


async def test_one_limited_method_limits_no_other(telegram: FakeTelegram, make_bot: MakeBot):
    telegram.fail("setMyCommands", 429, retry_after=60)
    async with make_bot() as bot:
        await telegram.wait_for(lambda: telegram.calls("setMyCommands"))
        assert (await telegram.answer_to(await telegram.user("Anna").inline("belousov"), 2))["results"]
        bot.kill()


async def test_a_flood_wait_of_an_hour_is_not_called_into(telegram: FakeTelegram, make_bot: MakeBot):
    async with make_bot():
        anna = telegram.user("Anna")
        telegram.fail("sendMessage", 429, retry_after=4000, times=99, chat_id=anna.id)
        for _ in range(3):
            await anna.say(SOME)
        await telegram.reply_to(await telegram.user("Boris").say(SOME))
        await telegram.drained()
        calls = [call for call in telegram.calls("sendMessage") if call.values["chat_id"] == anna.id]
    assert len(calls) == 1


async def test_an_outage_of_seconds_loses_no_answer(telegram: FakeTelegram, make_bot: MakeBot):
    async with make_bot():
        telegram.fail("sendMessage", 502, times=4)
        assert SOME_ANSWER in (await telegram.reply_to(await telegram.user("Anna").say(SOME), 15)).text


async def test_a_method_that_an_older_server_lacks_ends_nothing(telegram: FakeTelegram, make_bot: MakeBot):
    telegram.fail("getMyDescription", 404)
    async with make_bot() as bot:
        await telegram.wait_for(lambda: telegram.calls("getMyDescription"))
        assert SOME_ANSWER in (await telegram.reply_to(await telegram.user("Anna").say(SOME))).text
        assert bot.returncode is None


async def test_a_tap_that_cannot_be_confirmed_is_done(telegram: FakeTelegram, make_bot: MakeBot):
    async with make_bot():
        anna = telegram.user("Anna")
        shown = await telegram.reply_to(await anna.say("/who"))
        telegram.fail("answerCallbackQuery", 403, times=4, description="Forbidden: no")
        await anna.tap(shown, "Sergey Lavrov")
        await telegram.wait_for(lambda: telegram.said(anna)[1:])


async def test_locked_votes_hold_up_nobody(telegram: FakeTelegram, make_bot: MakeBot, tmp_path: Path):
    async with make_bot():
        anna = telegram.user("Anna")
        shown = await telegram.reply_to(await anna.say(SOME))
        with contextlib.closing(sqlite3.connect(tmp_path / "data" / "feedback.sqlite3", isolation_level=None)) as base:
            base.execute("BEGIN IMMEDIATE")
            told = await telegram.answer_to(await anna.tap(shown, "👍"))
            assert SOME_ANSWER in (await telegram.reply_to(await telegram.user("Boris").say(SOME))).text
            base.execute("ROLLBACK")
        assert "went wrong" in told["text"]


async def test_a_refused_webhook_ends_in_one_line(telegram: FakeTelegram, make_bot: MakeBot, webhook: dict[str, str]):
    bot = make_bot(**webhook)
    telegram.fail("setWebhook", 400, description="Bad Request: bad webhook: IP address 0.0.0.0 is reserved", times=9)
    await asyncio.gather(bot.start(), return_exceptions=True)
    assert await bot.wait() == 2
    assert "Telegram refuses: Bad webhook" in bot.log


# The webhook's own manners.


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {}, 403),
        (b"{}", {"X-Telegram-Bot-Api-Secret-Token": "wrong"}, 403),
        (b"x" * (1024 * 1024 + 1), {"X-Telegram-Bot-Api-Secret-Token": "s3cret"}, 413),
        (b"not json", {"X-Telegram-Bot-Api-Secret-Token": "s3cret"}, 200),
        (b"\xff\xfe", {"X-Telegram-Bot-Api-Secret-Token": "s3cret"}, 200),
        (b"[]", {"X-Telegram-Bot-Api-Secret-Token": "s3cret", "Content-Type": "application/json; charset=utf-8"}, 200),
    ],
)
async def test_what_is_posted_to_the_webhook(
    make_bot: MakeBot, webhook: dict[str, str], body: bytes, headers: dict[str, str], status: int
):
    async with (
        make_bot(**webhook),
        aiohttp.ClientSession() as session,
        session.post(webhook["webhook_url"], data=BytesIO(body), headers=headers) as response,
    ):
        assert response.status == status


async def test_health_and_metrics_tell_of_answers(telegram: FakeTelegram, make_bot: MakeBot, webhook: dict[str, str]):
    root = f"http://{webhook['webhook_listen']}"
    async with make_bot(**webhook), aiohttp.ClientSession() as session:
        assert await _get(session, f"{root}/healthz") == (200, "well")
        await telegram.reply_to(await telegram.user("Anna").say(SOME))
        await telegram.drained()
        _, metrics = await _get(session, f"{root}/metrics")
    assert 'citebot_outcomes_total{outcome="answer"} 1.0' in metrics
    assert "citebot_entries 0.0" not in metrics
    assert "citebot_entries " in metrics


async def _get(session: aiohttp.ClientSession, url: str) -> tuple[int, str]:
    async with session.get(url) as response:
        return response.status, await response.text()
