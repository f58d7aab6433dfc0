"""How the process starts, stops and lives through trouble."""

import json
import socket
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from tests.telegram import TOKEN, Bot, FakeTelegram

SOME, SOME_ANSWER = "who invited putin?", "Kim Jong Un invited Putin"
MakeBot = Callable[..., Bot]


@pytest.fixture
def make_bot(telegram: FakeTelegram, tmp_path: Path, index_cache: Path) -> MakeBot:
    return lambda **settings: Bot(telegram, tmp_path, **{"cache_dir": index_cache, **settings})


@pytest.fixture
def webhook() -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
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


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("WEBHOOK_URL", "ftp://bot"),
        ("WEBHOOK_LISTEN", "here"),
        ("WEBHOOK_SECRET", "no spaces please"),
        ("ADMIN_IDS", "anna"),
        ("LOG_LEVEL", "loud"),
    ],
)
async def test_a_wrong_setting_is_named_but_not_repeated(make_bot: MakeBot, setting: str, value: str):
    code, log = await ended(make_bot(**{setting: value}))
    assert code == 2
    assert log.startswith(f"{setting}: ")
    assert value not in log


async def test_telegram_is_waited_for_visibly(telegram: FakeTelegram, make_bot: MakeBot):
    telegram.fail("getMe", 502, times=4)
    async with make_bot() as bot:
        assert "getMe failed (Bad Gateway); trying again" in bot.log
        assert SOME_ANSWER in (await telegram.reply_to(await telegram.user("Anna").say(SOME))).text


async def test_menus_and_descriptions_are_published(telegram: FakeTelegram, make_bot: MakeBot):
    async with make_bot():
        await telegram.wait_for(lambda: telegram.calls("setMyShortDescription"))
        private, groups = telegram.commands["all_private_chats"], telegram.commands["all_group_chats"]
    assert [command["command"] for command in groups][:2] == ["who", "when"]
    assert len(private) > len(groups)
    assert "source" in telegram.words["short_description"][""]


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
        await telegram.reply_to(await anna.say(SOME))
        assert TOKEN not in debug.log


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
