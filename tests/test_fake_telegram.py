"""The Telegram of the tests is as strict as the real one, and delivers as the real one does."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from html import escape
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from tests.telegram import Bot, FakeTelegram, html, media
from tests.telegram.people import text_mention
from tests.telegram.refusal import Refusal

Ask = Callable[..., Awaitable[dict[str, Any]]]
TEXT = {"chat_id": 0, "text": "hello"}
BUTTON = {"text": "Who?", "callback_data": "e:who"}


@pytest.fixture
async def fake(schema_cache: Path) -> AsyncIterator[FakeTelegram]:
    """One in which mistakes are the matter."""
    async with FakeTelegram(schema_cache) as telegram:
        yield telegram


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def ask(fake: FakeTelegram, session: aiohttp.ClientSession) -> Ask:
    return asking(fake, session)


def asking(telegram: FakeTelegram, session: aiohttp.ClientSession) -> Ask:
    async def ask(method: str, *, form: bool = True, **values: Any) -> dict[str, Any]:
        """Calls as PTB does: a form with nested values as JSON."""
        url = f"{telegram.url}/bot{telegram.token}/{method}"
        flat = {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
        async with session.post(url, **({"data": flat} if form else {"json": values})) as response:
            body = await response.json()
            assert response.status == body.get("error_code", 200)
            return body

    return ask


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def article(id_: str = "1", **extra: Any) -> dict[str, Any]:
    content = {"message_text": "<b>Putin</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": id_, "title": "Putin", "input_message_content": content, **extra}


# What is refused.

MISTAKES = [
    ("sendMesage", TEXT, 404, "not found"),
    ("sendMessage", {"chat_id": 0}, 400, "text: missing"),
    ("sendMessage", TEXT | {"markup": "x"}, 400, "markup: unknown"),
    ("sendMessage", TEXT | {"disable_web_page_preview": True}, 400, "unknown"),
    ("sendMessage", TEXT | {"disable_notification": "perhaps"}, 400, "expected bool"),
    ("sendMessage", TEXT | {"link_preview_options": {"is_disabled": "yes"}}, 400, "expected bool"),
    ("sendMessage", TEXT | {"link_preview_options": {"disabled": True}}, 400, "unknown"),
    ("sendMessage", TEXT | {"reply_parameters": {"message_id": "one"}}, 400, "expected int"),
    ("sendMessage", TEXT | {"reply_markup": {"inline_keyboard": [{"text": "x"}]}}, 400, "expected a list"),
    ("sendMessage", TEXT | {"reply_markup": keyboard([{"callback_data": "x"}])}, 400, "text: missing"),
    ("sendMessage", TEXT | {"reply_markup": keyboard([{"text": "x"}])}, 400, "text buttons are unallowed"),
    ("sendMessage", TEXT | {"reply_markup": keyboard([BUTTON | {"url": "https://a.b"}])}, 400, "unallowed"),
    (
        "sendMessage",
        TEXT | {"reply_markup": keyboard([BUTTON | {"callback_data": "é" * 33}])},
        400,
        "button_data_invalid",
    ),
    ("sendMessage", TEXT | {"reply_markup": keyboard([BUTTON | {"callback_data": ""}])}, 400, "button_data_invalid"),
    ("sendMessage", TEXT | {"reply_markup": keyboard([BUTTON] * 9)}, 400, "too long"),
    ("sendMessage", TEXT | {"reply_markup": keyboard(*[[BUTTON]] * 101)}, 400, "too long"),
    ("sendMessage", TEXT | {"text": "x" * 4097}, 400, "message is too long"),
    ("sendMessage", TEXT | {"text": "😀" * 2049}, 400, "message is too long"),
    ("sendMessage", TEXT | {"text": " \n\u200b\u2060"}, 400, "message text is empty"),
    ("sendMessage", TEXT | {"text": "<b> </b>", "parse_mode": "HTML"}, 400, "message text is empty"),
    ("sendMessage", TEXT | {"text": "é<br>", "parse_mode": "HTML"}, 400, 'unsupported start tag "br" at byte offset 2'),
    ("sendMessage", TEXT | {"text": "<b>x</b>" * 101, "parse_mode": "HTML"}, 400, "too many entities"),
    ("sendMessage", TEXT | {"text": "x", "parse_mode": "Text"}, 400, "unsupported parse_mode"),
    ("sendMessage", TEXT | {"message_thread_id": 1}, 400, "message thread not found"),
    ("sendChatAction", {"chat_id": 0, "action": "thinking"}, 400, "wrong parameter action"),
    ("sendDocument", {"chat_id": 0, "document": "attach://nothing"}, 400, "nothing"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, 400, "too_long"),
    ("answerInlineQuery", {"inline_query_id": "1", "results": [article("x" * 65)]}, 400, "result_id_invalid"),
    ("answerInlineQuery", {"inline_query_id": "1", "results": [article(), article()]}, 400, "duplicate"),
    ("answerInlineQuery", {"inline_query_id": "1", "results": [article(str(n)) for n in range(51)]}, 400, "too_much"),
    ("answerInlineQuery", {"inline_query_id": "1", "results": [article(tite="x")]}, 400, "unknown"),
    ("answerInlineQuery", {"inline_query_id": "1", "results": [], "next_offset": "x" * 65}, 400, "offset"),
    ("setMyCommands", {"commands": [{"command": "Who", "description": "x"}]}, 400, "command_invalid"),
    ("setMyCommands", {"commands": [{"command": "who", "description": ""}]}, 400, "description_invalid"),
    ("setMyCommands", {"commands": [{"command": "who", "description": "x"}] * 101}, 400, "too_much"),
    ("setMyCommands", {"commands": [], "scope": {"type": "everybody"}}, 400, "expected one of"),
    ("setMyDescription", {"description": "x" * 513}, 400, "too long"),
    ("setMyShortDescription", {"short_description": "x" * 121}, 400, "too long"),
    ("setWebhook", {"url": "http://example.com/"}, 400, "https"),
    ("setWebhook", {"url": "https://example.com:8080/"}, 400, "ports"),
    ("setWebhook", {"url": "https://example.com/", "secret_token": "a b"}, 400, "secret"),
    ("setWebhook", {"url": "https://example.com/", "max_connections": 101}, 400, "max_connections"),
    ("sendDice", {"chat_id": 0}, 400, "does not do that"),
]


@pytest.mark.parametrize(("method", "values", "code", "text"), MISTAKES, ids=lambda value: str(value)[:60])
async def test_a_mistake_is_refused_and_remembered(fake, ask, method, values, code, text):
    anna = fake.user("Anna")
    await anna.say("hello")
    values = {key: anna.id if key == "chat_id" else value for key, value in values.items()}
    refused = await ask(method, **values)
    assert refused["error_code"] == code
    assert text in refused["description"].lower()
    assert len(fake.violations) == 1


async def test_a_wrong_token_is_unauthorized(fake, session):
    async with session.get(f"{fake.url}/bot1:wrong/getMe") as response:
        assert response.status == 401
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    async with session.get(f"{fake.url}/file/bot1:wrong/x") as response:
        assert response.status == 401


async def test_what_the_world_refuses_is_no_mistake(telegram, session):
    ask = asking(telegram, session)
    anna, boris, group = telegram.user("Anna"), telegram.user("Boris"), telegram.group("Readers", basic=True)
    forum = telegram.group("Forum", topics=True)
    await boris.block()
    await group.migrate(anna)
    gone = await forum.say(anna, "hello")
    await forum.delete(gone)
    tap = await anna.tap_data(gone, "x")
    tap.expired = True

    async def why(method: str, **values: Any) -> str:
        return (await ask(method, **values))["description"]

    assert await why("sendMessage", chat_id=5, text="x") == "Bad Request: chat not found"
    assert await why("sendMessage", chat_id=boris.id, text="x") == "Forbidden: bot was blocked by the user"
    migrated = await ask("sendMessage", chat_id=group.id, text="x")
    assert migrated["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert migrated["parameters"]["migrate_to_chat_id"] in telegram.world.chats
    reply = {"chat_id": forum.id, "text": "x", "reply_parameters": {"message_id": gone.id}}
    assert await why("sendMessage", **reply) == "Bad Request: message to be replied not found"
    reply["reply_parameters"]["allow_sending_without_reply"] = True
    assert (await ask("sendMessage", **reply))["ok"]
    assert (
        await why("sendMessage", chat_id=forum.id, text="x", message_thread_id=99)
        == "Bad Request: message thread not found"
    )
    assert "query is too old" in await why("answerCallbackQuery", callback_query_id=tap.id)
    await forum.kick_bot(anna)
    assert await why("sendMessage", chat_id=forum.id, text="x") == "Forbidden: bot was kicked from the supergroup chat"


async def test_an_edit_must_change_something(telegram, session):
    ask = asking(telegram, session)
    anna = telegram.user("Anna")
    said = await anna.say("hello")
    markup = keyboard([BUTTON])
    await ask("sendMessage", chat_id=anna.id, text="<b>x</b>", parse_mode="HTML", reply_markup=markup)
    answer = await telegram.reply_to(said)
    where = {"chat_id": anna.id, "message_id": answer.id}
    same = await ask("editMessageText", **where, text="<strong>x</strong>", parse_mode="HTML", reply_markup=markup)
    assert "message is not modified" in same["description"]
    assert not answer.edited
    assert (await ask("editMessageReplyMarkup", **where))["ok"]
    assert (answer.buttons, answer.edited, answer.marked("bold")) == ([], True, ["x"])


async def test_a_tap_is_answered_once(telegram, session):
    ask = asking(telegram, session)
    anna = telegram.user("Anna")
    said = await anna.say("hello")
    await ask("sendMessage", chat_id=anna.id, text="x", reply_markup=keyboard([BUTTON]))
    answer = await telegram.reply_to(said)
    with pytest.raises(LookupError, match="Who"):
        await anna.tap(answer, "What?")
    tap = await anna.tap(answer, "Who?")
    assert (await ask("answerCallbackQuery", callback_query_id=tap.id, text="ok"))["ok"]
    assert (await telegram.answer_to(tap))["text"] == "ok"
    assert "query is too old" in (await ask("answerCallbackQuery", callback_query_id=tap.id))["description"]


async def test_a_chosen_inline_result_stands_where_it_was_sent(telegram, session):
    ask = asking(telegram, session)
    anna = telegram.user("Anna")
    query = await anna.inline("putin")
    results = [article(reply_markup=keyboard([BUTTON]))]
    assert (await ask("answerInlineQuery", inline_query_id=query.id, results=results, cache_time=0))["ok"]
    chosen = await anna.choose(query, "Putin")
    assert chosen.text == "Putin"
    await anna.tap(chosen, "Who?")
    assert (await ask("editMessageText", inline_message_id=chosen.id, text="Kim"))["result"] is True
    assert chosen.text == "Kim"
    tapped = (await ask("getUpdates"))["result"][-1]["callback_query"]
    assert tapped["inline_message_id"] == chosen.id
    assert "message" not in tapped


async def test_each_kind_of_body_is_read(telegram, session):
    anna = telegram.user("Anna")
    said = await anna.upload("base.yaml", b"article: {}")
    ask = asking(telegram, session)
    assert (await ask("SENDMESSAGE", form=False, chat_id=anna.id, text="5"))["result"]["text"] == "5"
    form = aiohttp.FormData({"chat_id": str(anna.id), "caption": "<i>all</i>", "parse_mode": "HTML"})
    form.add_field("document", b"1,2", filename="questions.csv")
    async with session.post(f"{telegram.url}/bot{telegram.token}/sendDocument", data=form) as response:
        assert (await response.json())["result"]["document"]["file_name"] == "questions.csv"
    assert telegram.said(anna)[-1].text == "all"
    file = (await ask("getFile", file_id=said.raw["document"]["file_id"]))["result"]
    async with session.get(f"{telegram.url}/file/bot{telegram.token}/{file['file_path']}") as response:
        assert await response.read() == b"article: {}"


async def test_the_profile_is_kept_by_scope_and_language(telegram, session):
    ask = asking(telegram, session)
    commands = [{"command": "who", "description": "Who is it"}]
    await ask("setMyCommands", commands=commands, scope={"type": "all_group_chats"}, language_code="uk")
    assert telegram.commands == {"all_group_chats@uk": commands}
    await ask("setMyDescription", description="Answers")
    assert (await ask("getMyDescription", language_code="uk"))["result"] == {"description": "Answers"}
    assert await ask("deleteMyCommands") == {"ok": True, "result": True}


# HTML.


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_is_shown_as_it_was(text):
    assert html.parse(escape(text)) == (text, [])


WORDS = st.text(st.sampled_from("ab<&> 😀é\n"), min_size=1, max_size=4)


@given(st.lists(st.tuples(WORDS, st.sampled_from(["", "b", "i", "u", "s", "code", "blockquote"])), max_size=6))
def test_offsets_count_utf_16_units(pieces):
    source = "".join(f"<{tag}>{escape(text)}</{tag}>" if tag else escape(text) for text, tag in pieces)
    shown, entities = html.parse(source)
    wide = shown.encode("utf-16-le")
    marked = [wide[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in entities]
    assert shown == "".join(text for text, _ in pieces)
    assert marked == [text for text, tag in pieces if tag]


def test_tags_nest_and_carry_what_they_need():
    source = '😀<b>a<i class="x">b</i></b><a href="https://a.b/?x=1&amp;y=2">c</a><span class="tg-spoiler">d</span>&#33;&nbsp;'
    shown, entities = html.parse(source)
    assert shown == "😀abcd!&nbsp;"
    assert entities == [
        {"type": "bold", "offset": 2, "length": 2},
        {"type": "italic", "offset": 3, "length": 1},
        {"type": "text_link", "offset": 4, "length": 1, "url": "https://a.b/?x=1&y=2"},
        {"type": "spoiler", "offset": 5, "length": 1},
    ]


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("a<br/>", 'Unsupported start tag "br/" at byte offset 1'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
    ],
)
def test_other_markup_is_refused_in_telegrams_words(source, complaint):
    with pytest.raises(Refusal) as refused:
        html.parse(source)
    assert refused.value.description.startswith("Bad Request: can't parse entities: ")
    assert complaint in refused.value.description


# Delivery by polling.


async def test_a_batch_is_confirmed_by_the_next_offset(telegram, session):
    ask = asking(telegram, session)
    anna = telegram.user("Anna")
    sent = [await anna.say(text) for text in ("one", "two", "three")]
    batch = (await ask("getUpdates", limit=2))["result"]
    assert [update["message"]["text"] for update in batch] == ["one", "two"]
    rest = (await ask("getUpdates", offset=batch[-1]["update_id"] + 1))["result"]
    assert [update["update_id"] for update in rest] == [sent[-1].update_id]
    assert telegram.pending == 1


async def test_a_long_poll_ends_with_the_first_update(telegram, session):
    polling = asyncio.create_task(asking(telegram, session)("getUpdates", timeout=30, allowed_updates=["message"]))
    await telegram.wait_for(lambda: telegram.calls("getUpdates"))
    anna = telegram.user("Anna")
    await anna.inline("not allowed")
    said = await anna.say("hello")
    assert [update["update_id"] for update in (await polling)["result"]] == [said.update_id]


async def test_a_second_poller_displaces_the_first(telegram, session):
    ask = asking(telegram, session)
    first = asyncio.create_task(ask("getUpdates", timeout=30))
    await telegram.wait_for(lambda: telegram.calls("getUpdates"))
    assert (await ask("getUpdates"))["result"] == []
    conflict = await first
    assert conflict["error_code"] == 409
    assert conflict["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_nobody_polls_beside_a_webhook(telegram, session):
    ask = asking(telegram, session)
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


async def test_a_failing_update_holds_back_its_own_chat_only(telegram, session, hook):
    ask = asking(telegram, session)
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


async def test_an_update_waits_for_a_bot_that_is_away(telegram, session, hook):
    local = telegram.delivery.routes.pop("https://bot.test")
    telegram.delivery.routes["https://bot.test"] = "http://127.0.0.1:9"
    await telegram.user("Anna").say("hello")
    await asking(telegram, session)("setWebhook", url="https://bot.test/hook")
    await telegram.wait_for(lambda: len(telegram.delivery.attempts) > 1)
    telegram.delivery.routes["https://bot.test"] = local
    await telegram.drained()
    assert [text for text, _ in hook.got] == ["hello"]
    assert [attempt.status for attempt in telegram.delivery.attempts][-2:] == [0, 200]


# Trouble.


async def test_the_flood_limit_follows_the_clock(schema_cache, session):
    now = [1_000.0]
    async with FakeTelegram(schema_cache, clock=lambda: now[0], flood=True) as telegram:
        ask = asking(telegram, session)
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


async def test_ordered_faults_meet_the_next_calls(telegram, session):
    ask = asking(telegram, session)
    anna = telegram.user("Anna")
    await anna.say("hello")
    telegram.fail("sendMessage", 429, retry_after=3, chat_id=anna.id)
    telegram.fail("*", 502)
    limited = await ask("sendMessage", chat_id=anna.id, text="x")
    assert limited["parameters"] == {"retry_after": 3}
    assert (await ask("getMe"))["description"] == "Bad Gateway"
    assert (await ask("getMe"))["result"]["username"] == "citebot"
    assert [call.status for call in telegram.calls("getMe")] == [502, 200]


async def test_a_call_may_hang_after_it_was_carried_out(telegram, session):
    anna = telegram.user("Anna")
    said = await anna.say("hello")
    telegram.hang("sendMessage", 60, carried_out=True)
    hanging = asyncio.create_task(asking(telegram, session)("sendMessage", chat_id=anna.id, text="x"))
    assert (await telegram.reply_to(said)).text == "x"
    assert not hanging.done()
    hanging.cancel()


async def test_a_telegram_that_is_down_resets_connections(telegram, session):
    ask = asking(telegram, session)
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


# People.


async def updates(telegram: FakeTelegram, session: aiohttp.ClientSession) -> list[dict[str, Any]]:
    return (await asking(telegram, session)("getUpdates"))["result"]


async def test_commands_and_mentions_are_marked_where_they_stand(telegram, session):
    anna = telegram.user("Anna <b> & Co")
    said = await anna.say("😀 /who@citebot Belousov, @citebot a/b https://a.b/c")
    assert said.marked("bot_command") == ["/who@citebot"]
    assert said.marked("mention") == ["@citebot"]
    assert said.marked("url") == ["https://a.b/c"]
    text = "😀 ask Joe"
    assert (await anna.say(text, entities=[text_mention(text, "Joe", anna)])).marked("text_mention") == ["Joe"]
    first = (await updates(telegram, session))[0]["message"]
    assert first["from"]["first_name"] == "Anna <b> & Co"
    assert first["entities"][0] == {"type": "bot_command", "offset": 3, "length": 12}


async def test_topics_are_marked_and_general_is_not(telegram, session):
    ask = asking(telegram, session)
    anna, group = telegram.user("Anna"), telegram.group("Readers", topics=True)
    topic = await group.topic(anna, "Putin")
    inside, outside = await group.say(anna, "in", thread=topic), await group.say(anna, "out")
    assert (inside.thread, outside.thread) == (topic, None)
    assert "message_thread_id" not in outside.raw
    chained = await group.say(anna, "chain", reply_to=outside)
    assert (chained.raw["message_thread_id"], chained.thread) == (outside.id, None)
    await ask("sendMessage", chat_id=group.id, text="x", reply_parameters={"message_id": inside.id})
    answer = await telegram.reply_to(inside)
    assert (answer.thread, answer.reply_to) == (topic, inside.id)


async def test_senders_that_are_no_persons(telegram, session):
    group = telegram.group("Readers")
    channel = telegram.channel("News", discussion=group)
    await group.say_anonymously("/reload")
    await group.say_as(channel, "hello")
    await channel.post("Kim invites Putin")
    anonymous, channelled, post, forward = await updates(telegram, session)
    assert anonymous["message"]["from"]["id"] == 1087968824
    assert anonymous["message"]["sender_chat"]["id"] == group.id
    assert channelled["message"]["from"]["id"] == 136817688
    assert "from" not in post["channel_post"]
    assert forward["message"]["from"]["id"] == 777000
    assert forward["message"]["is_automatic_forward"]


async def test_every_kind_of_update_can_be_made(telegram, session):
    anna, group = telegram.user("Anna"), telegram.group("Readers", basic=True)
    said = await anna.say("hello")
    await anna.edit(said, "hello!")
    for content in (media.photo(), media.photo("who?"), media.voice(), media.sticker(), media.location()):
        await anna.send(content)
    for content in (media.contact(), media.poll(), media.dice(), media.forwarded("who?")):
        await anna.send(content)
    await anna.tap_data(said, None)
    await anna.tap_data(said, "e:x", inaccessible=True)
    await anna.summon("@citebot who?")
    await anna.write_to_business("who?")
    await anna.block()
    await anna.unblock()
    await group.join(anna)
    await group.pin(anna, await group.say(anna, "hello"))
    await group.leave(anna)
    await group.add_bot(anna, "administrator")
    await group.kick_bot(anna)
    await group.migrate(anna)
    kinds = {key for update in await updates(telegram, session) for key in update} - {"update_id"}
    assert kinds == {
        "message",
        "edited_message",
        "callback_query",
        "guest_message",
        "business_message",
        "my_chat_member",
    }


async def test_updates_are_read_by_the_library(telegram, session):
    """PTB takes each of them, but for the ones that are poison on purpose."""
    anna, group = telegram.user("Anna"), telegram.group("Readers", topics=True)
    channel = telegram.channel("News", discussion=group)
    said = await anna.say("hello")
    for content in (media.photo("x"), media.sticker(), media.poll(), media.dice(), media.forwarded("x")):
        await anna.send(content)
    await anna.edit(said, "x")
    await anna.tap_data(said, "x")
    await anna.inline("x")
    await anna.summon("x")
    await anna.block()
    await group.topic(anna, "Putin")
    await group.say_anonymously("x")
    await channel.post("x")
    await telegram.raw({"new_kind": {"x": 1}})
    for update in await updates(telegram, session):
        assert Update.de_json(update, None).update_id == update["update_id"]


async def test_poison_is_delivered_as_it_is(telegram, session):
    await telegram.raw({"message": {"message_id": "x"}})
    await telegram.raw("no object")
    first, second = await updates(telegram, session)
    assert first["message"] == {"message_id": "x"}
    assert second == "no object"


# The real bot.


async def test_the_real_bot_answers_by_polling(telegram, tmp_path):
    anna = telegram.user("Anna <b> & Co")
    async with Bot(telegram, tmp_path) as bot:
        answer = await telegram.reply_to(await anna.say("who invited putin?"))
        assert "Kim Jong Un invited Putin" in answer.text
        await telegram.drained()
        bot.terminate()
        assert await bot.wait() == 0
    assert telegram.token not in bot.log


async def test_a_bot_that_cannot_start_says_why(fake, tmp_path):
    with pytest.raises(AssertionError, match="Telegram does not know this token"):
        async with Bot(fake, tmp_path, bot_token="1:wrong"):
            pass
