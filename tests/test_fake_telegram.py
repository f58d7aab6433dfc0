"""The Telegram of the tests is as strict as the real one."""

from collections.abc import AsyncIterator
from html import escape
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.telegram import Bot, FakeTelegram, html
from tests.telegram.client import Client
from tests.telegram.refusal import Refusal

TEXT = {"chat_id": 0, "text": "hello"}
BUTTON = {"text": "Who?", "callback_data": "e:who"}


@pytest.fixture
async def fake(schema_cache: Path) -> AsyncIterator[FakeTelegram]:
    """One in which mistakes are the matter."""
    async with FakeTelegram(schema_cache) as telegram:
        yield telegram


@pytest.fixture
async def clumsy(fake: FakeTelegram) -> AsyncIterator[Client]:
    async with Client(fake) as client:
        yield client


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
async def test_a_mistake_is_refused_and_remembered(fake, clumsy, method, values, code, text):
    anna = fake.user("Anna")
    await anna.say("hello")
    values = {key: anna.id if key == "chat_id" else value for key, value in values.items()}
    refused = await clumsy(method, **values)
    assert (refused["ok"], refused["error_code"]) == (False, code)
    assert text in refused["description"].lower()
    assert len(fake.violations) == 1


async def test_a_wrong_token_is_unauthorized(telegram, ask):
    async with ask.session.get(f"{telegram.url}/bot1:wrong/getMe") as response:
        assert response.status == 401
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    async with ask.session.get(f"{telegram.url}/file/bot1:wrong/x") as response:
        assert response.status == 401


async def test_what_the_world_refuses_is_no_mistake(telegram, ask):
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


async def test_an_edit_must_change_something(telegram, ask):
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


async def test_a_tap_is_answered_once(telegram, ask):
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


async def test_a_chosen_inline_result_stands_where_it_was_sent(telegram, ask):
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


async def test_each_kind_of_body_is_read(telegram, ask):
    anna = telegram.user("Anna")
    said = await anna.upload("base.yaml", b"article: {}")
    assert (await ask("SENDMESSAGE", as_json=True, chat_id=anna.id, text="5"))["result"]["text"] == "5"
    form = aiohttp.FormData({"chat_id": str(anna.id), "caption": "<i>all</i>", "parse_mode": "HTML"})
    form.add_field("document", b"1,2", filename="questions.csv")
    sent = (await ask.answer("sendDocument", data=form))["result"]
    assert sent["document"]["file_name"] == "questions.csv"
    assert telegram.said(anna)[-1].text == "all"
    file = (await ask("getFile", file_id=said.raw["document"]["file_id"]))["result"]
    async with ask.session.get(f"{telegram.url}/file/bot{telegram.token}/{file['file_path']}") as response:
        assert await response.read() == b"article: {}"


async def test_the_profile_is_kept_by_scope_and_language(telegram, ask):
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


# The real bot.


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So that only the first bot builds it."""
    return tmp_path_factory.mktemp("index")


async def test_the_real_bot_answers_by_polling(telegram, tmp_path, index):
    anna = telegram.user("Anna <b> & Co")
    async with Bot(telegram, tmp_path, cache_dir=index) as bot:
        answer = await telegram.reply_to(await anna.say("who invited putin?"))
        assert "Kim Jong Un invited Putin" in answer.text
        await telegram.drained()
        bot.terminate()
        assert await bot.wait() == 0
    assert telegram.token not in bot.log


async def test_a_bot_that_cannot_start_says_why(fake, tmp_path, index):
    with pytest.raises(AssertionError, match="Telegram does not know this token"):
        async with Bot(fake, tmp_path, cache_dir=index, bot_token="1:wrong"):
            pass


async def test_no_bot_outlives_its_test(telegram, tmp_path, index):
    with pytest.raises(ZeroDivisionError):
        async with Bot(telegram, tmp_path, cache_dir=index) as bot:
            raise ZeroDivisionError
    assert bot.returncode is not None
