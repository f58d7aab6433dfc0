"""The library that the bot uses and the Telegram of the tests understand each other."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.telegram import FakeTelegram, media

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Who?", callback_data="e:who")]])
RESULT = InlineQueryResultArticle("1", "Putin", InputTextMessageContent("<b>Putin</b>", "HTML"), reply_markup=KEYBOARD)


def library(telegram: FakeTelegram) -> Bot:
    return Bot(telegram.token, base_url=f"{telegram.url}/bot", base_file_url=f"{telegram.url}/file/bot")


async def test_every_call_of_the_library_is_taken(telegram):
    anna, group = telegram.user("Anna"), telegram.group("Readers", topics=True)
    topic = await group.topic(anna, "Putin")
    said, asked = await anna.upload("base.yaml", b"article: {}"), await group.say(anna, "who?", thread=topic)
    query, guest = await anna.inline("putin"), await anna.summon("@citebot who?")
    async with library(telegram) as bot:
        sent = await bot.send_message(
            group.id,
            "<b>Putin</b> &amp; Co",
            parse_mode="HTML",
            reply_markup=KEYBOARD,
            message_thread_id=topic,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_parameters=ReplyParameters(asked.id, allow_sending_without_reply=True),
        )
        answer = await telegram.reply_to(asked)
        assert (str(answer.text), answer.buttons, answer.thread) == ("Putin & Co", ["Who?"], topic)
        tap = await anna.tap(answer, "Who?")
        await bot.answer_callback_query(tap.id, "ok", show_alert=True)
        await sent.edit_text("Kim", reply_markup=KEYBOARD)
        await sent.edit_reply_markup(None)
        assert (answer.text, answer.buttons) == ("Kim", [])
        await bot.answer_inline_query(
            query.id, [RESULT], 0, button=InlineQueryResultsButton("Ask", start_parameter="x")
        )
        await bot.answer_guest_query(guest.id, RESULT)
        await bot.send_document(anna.id, b"1,2", caption="<i>all</i>", parse_mode="HTML", filename="questions.csv")
        await bot.send_photo(anna.id, b"png", "caption")
        file = await bot.get_file(said.raw["document"]["file_id"])
        assert bytes(await file.download_as_bytearray()) == b"article: {}"
        await bot.set_my_commands([BotCommand("who", "Who is it")], BotCommandScopeChat(anna.id), "uk")
        assert telegram.commands == {f"chat:{anna.id}@uk": [{"command": "who", "description": "Who is it"}]}
        await bot.set_my_description("Answers")
        await bot.set_my_short_description("Answers", "uk")
        assert (await bot.get_my_short_description("uk")).short_description == "Answers"
        await bot.send_chat_action(group.id, "typing", message_thread_id=topic)
        await bot.set_message_reaction(anna.id, said.id, "👍")
        assert (await bot.get_chat(group.id)).is_forum
        await group.promote(anna)
        assert [member.user.id for member in await bot.get_chat_administrators(group.id)] == [anna.id]
        assert (await bot.get_chat_member(group.id, anna.id)).status == "administrator"
        await bot.delete_message(group.id, sent.message_id)
        await bot.set_webhook("https://bot.test/", b"certificate", 10, ["message"], secret_token="s")
        assert (await bot.get_webhook_info()).max_connections == 10
        await bot.delete_webhook(drop_pending_updates=True)
        await bot.leave_chat(group.id)


FAULTS = [
    (400, BadRequest),
    (401, InvalidToken),
    (403, Forbidden),
    (409, Conflict),
    (500, NetworkError),
    (502, NetworkError),
]


@pytest.mark.parametrize(("status", "error"), FAULTS)
async def test_faults_are_the_errors_that_the_library_knows(telegram, status, error):
    telegram.fail("sendMessage", status)
    async with library(telegram) as bot:
        with pytest.raises(error):
            await bot.send_message(1, "x")


async def test_errors_that_say_more_are_read(telegram, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    anna, group = telegram.user("Anna"), telegram.group("Readers", basic=True)
    new = await group.migrate(anna)
    async with library(telegram) as bot:
        with pytest.raises(ChatMigrated) as migrated:
            await bot.send_message(group.id, "x")
        telegram.fail("sendMessage", 429, retry_after=3)
        with pytest.raises(RetryAfter):
            await bot.send_message(new.id, "x")
    assert migrated.value.new_chat_id == new.id


async def test_updates_are_read_by_the_library(telegram, ask):
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
    for update in (await ask("getUpdates"))["result"]:
        assert Update.de_json(update, None).update_id == update["update_id"]
