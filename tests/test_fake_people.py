"""What people do reaches the bot as Telegram tells it."""

from typing import Any

from tests.telegram import media
from tests.telegram.client import Client
from tests.telegram.people import text_mention


async def updates(ask: Client) -> list[dict[str, Any]]:
    return (await ask("getUpdates"))["result"]


async def test_commands_and_mentions_are_marked_where_they_stand(telegram, ask):
    anna = telegram.user("Anna <b> & Co")
    said = await anna.say("😀 /who@citebot Belousov, @citebot a/b https://a.b/c")
    assert said.marked("bot_command") == ["/who@citebot"]
    assert said.marked("mention") == ["@citebot"]
    assert said.marked("url") == ["https://a.b/c"]
    text = "😀 ask Joe"
    assert (await anna.say(text, entities=[text_mention(text, "Joe", anna)])).marked("text_mention") == ["Joe"]
    first = (await updates(ask))[0]["message"]
    assert first["from"]["first_name"] == "Anna <b> & Co"
    assert first["entities"][0] == {"type": "bot_command", "offset": 3, "length": 12}


async def test_topics_are_marked_and_general_is_not(telegram, ask):
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


async def test_senders_that_are_no_persons(telegram, ask):
    group = telegram.group("Readers")
    channel = telegram.channel("News", discussion=group)
    await group.say_anonymously("/reload")
    await group.say_as(channel, "hello")
    await channel.post("Kim invites Putin")
    anonymous, channelled, post, forward = await updates(ask)
    assert anonymous["message"]["from"]["id"] == 1087968824
    assert anonymous["message"]["sender_chat"]["id"] == group.id
    assert channelled["message"]["from"]["id"] == 136817688
    assert "from" not in post["channel_post"]
    assert forward["message"]["from"]["id"] == 777000
    assert forward["message"]["is_automatic_forward"]


async def test_every_kind_of_update_can_be_made(telegram, ask):
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
    kinds = {key for update in await updates(ask) for key in update} - {"update_id"}
    assert kinds == {
        "message",
        "edited_message",
        "callback_query",
        "guest_message",
        "business_message",
        "my_chat_member",
    }


async def test_poison_is_delivered_as_it_is(telegram, ask):
    await telegram.raw({"message": {"message_id": "x"}})
    await telegram.raw("no object")
    first, second = await updates(ask)
    assert first["message"] == {"message_id": "x"}
    assert second == "no object"
