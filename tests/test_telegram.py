"""The real process in a strict Telegram, as its readers see it; by polling and by webhook."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import yaml

from knowledge.outcomes import Choices
from knowledge.snapshot import Snapshot
from tests.telegram import Bot, FakeTelegram, Group, Person, media
from tests.telegram.people import text_mention
from tests.telegram.process import free_port

pytestmark = pytest.mark.asyncio(loop_scope="module")
SOURCE = "Source: Newsweek, June 19, 2024 · paragraph"
SOME = "who invited putin?"
SOME_ANSWER = "Kim Jong Un invited Putin"


def settings_of(transport: str) -> dict[str, str]:
    if transport == "polling":
        return {}
    port = free_port()
    return {"webhook_url": f"http://127.0.0.1:{port}/hook", "webhook_listen": f"127.0.0.1:{port}"}


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["polling", "webhook"])
async def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, schema_cache: Path, index_cache: Path
) -> AsyncIterator[tuple[FakeTelegram, Bot]]:
    folder = tmp_path_factory.mktemp("bot")
    async with (
        FakeTelegram(schema_cache) as telegram,
        Bot(telegram, folder, cache_dir=index_cache, **settings_of(request.param)) as bot,
    ):
        yield telegram, bot


@pytest_asyncio.fixture(loop_scope="module")
async def telegram(world: tuple[FakeTelegram, Bot]) -> AsyncIterator[FakeTelegram]:
    telegram, bot = world
    seen = len(bot.log)
    yield telegram
    assert telegram.violations == []
    assert "an update failed" not in bot.log[seen:], bot.log[seen:]


@pytest.fixture
def anna(telegram: FakeTelegram) -> Person:
    return telegram.user("Anna <b> & Co")


@pytest.fixture
def group(telegram: FakeTelegram) -> Group:
    return telegram.group("Readers")


async def silent(telegram: FakeTelegram, group: Group, person: Person) -> bool:
    """Whether the bot said nothing in the group so far; a chat's updates are handled in order, so a question tells."""
    before = len(telegram.said(group))
    await telegram.reply_to(await group.say(person, f"/who {SOME}"))
    return before == 0 and len(telegram.said(group)) == 1


# A private chat.


async def test_start_introduces_the_article_and_suggests_questions(telegram: FakeTelegram, anna: Person):
    hello = await telegram.reply_to(await anna.start("putin-kim-2024-06-19"))
    assert "Newsweek" in hello.text
    await anna.tap(hello, hello.buttons[0])
    answer = await telegram.wait_for(lambda: telegram.said(anna)[1:])
    assert SOURCE in answer[0].text


async def test_a_question_is_answered_with_its_source_and_votes(telegram: FakeTelegram, anna: Person):
    answer = await telegram.reply_to(await anna.say("who invted puttin"))
    assert SOME_ANSWER in answer.text
    assert answer.marked("italic")[0].startswith(SOURCE)
    assert answer.buttons[-2:] == ["👍", "👎"]


async def test_what_the_article_lacks_is_said(telegram: FakeTelegram, anna: Person):
    assert "doesn't" in (await telegram.reply_to(await anna.say("Did Medvedev come too?"))).text


@pytest.fixture(scope="session")
def unsure(shipped: Snapshot) -> tuple[str, Choices]:
    """A question that leaves two or three entries to choose from."""
    files = sorted((Path(__file__).parent / "questions").glob("*.yaml"))
    questions = [row["ask"] for file in files for row in yaml.safe_load(file.read_text(encoding="utf-8"))["questions"]]
    outcomes = ((question, shipped.ask(question)) for question in questions if question[0] != "/")
    return next((question, outcome) for question, outcome in outcomes if isinstance(outcome, Choices))


async def test_a_choice_is_tapped(telegram: FakeTelegram, anna: Person, unsure: tuple[str, Choices]):
    question, choices = unsure
    shown = await telegram.reply_to(await anna.say(question))
    assert shown.buttons[-1] == "None of these"
    await telegram.answer_to(await anna.tap(shown, shown.buttons[1]))
    await telegram.wait_for(lambda: shown.edited)
    assert choices.entries[1].answer in shown.text
    assert shown.buttons[-2:] == ["👍", "👎"]


async def test_none_of_the_choices_is_tapped(telegram: FakeTelegram, anna: Person, unsure: tuple[str, Choices]):
    shown = await telegram.reply_to(await anna.say(unsure[0]))
    await telegram.answer_to(await anna.tap(shown, "None of these"))
    await telegram.wait_for(lambda: shown.edited)
    assert "other words" in shown.text


async def test_a_related_question_is_tapped(telegram: FakeTelegram, anna: Person):
    answer = await telegram.reply_to(await anna.say(SOME))
    await telegram.answer_to(await anna.tap(answer, "When did Kim invite Putin?"))
    related = await telegram.wait_for(lambda: telegram.said(anna)[1:])
    assert "in September" in related[0].text


async def test_people_are_listed_paged_and_picked(telegram: FakeTelegram, anna: Person):
    first = await telegram.reply_to(await anna.say("/who"))
    assert "(1/2)" in first.text
    await telegram.answer_to(await anna.tap(first, "More ›"))
    await telegram.wait_for(lambda: first.edited)
    await telegram.answer_to(await anna.tap(first, "Shin Won-sik"))
    picked = await telegram.wait_for(lambda: telegram.said(anna)[1:])
    assert "South Korea's defense minister" in picked[0].text


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("/when", "1961:"),
        ("/where", "Vostochny"),
        ("/quote", "Patrick Cronin"),
        ("/what", "?"),
        ("/why", "?"),
        ("/howmany", "?"),
        ("/who Belousov", "defense minister"),
        ("/when\ntreaty", "June 19, 2024"),
        ("/help", "/privacy"),
        ("/topics", "example"),
        ("/source", "section War"),
        ("/summary", "Putin"),
        ("/privacy", "Nothing is stored"),
        ("/frobnicate", "/help"),
    ],
)
async def test_a_command(telegram: FakeTelegram, anna: Person, command: str, shown: str):
    reply = await telegram.reply_to(await anna.say(command))
    assert shown in reply.text + "".join(reply.buttons)


async def test_an_edited_question_edits_its_answer(telegram: FakeTelegram, anna: Person):
    question = await anna.say(SOME)
    answer = await telegram.reply_to(question)
    await anna.edit(question, "when was the treaty signed?")
    await telegram.wait_for(lambda: answer.edited)
    assert "June 19, 2024" in answer.text
    assert len(telegram.said(anna)) == 1


async def test_a_reply_to_an_answer_follows_it_up(telegram: FakeTelegram, anna: Person):
    answer = await telegram.reply_to(await anna.say(SOME))
    follow = await telegram.reply_to(await anna.say("and when?", reply_to=answer))
    assert "in September" in follow.text


async def test_in_private_what_names_nothing_follows_up_the_latest_answer(telegram: FakeTelegram, anna: Person):
    await telegram.reply_to(await anna.say("Who invited Putin?"))
    assert "in September" in (await telegram.reply_to(await anna.say("and when?"))).text


async def test_in_private_what_names_nothing_follows_up_what_was_tapped(telegram: FakeTelegram, anna: Person):
    shown = await telegram.reply_to(await anna.say("/who"))
    await telegram.answer_to(await anna.tap_data(shown, "e:invitation-who"))
    await telegram.wait_for(lambda: telegram.said(anna)[1:])
    assert "in September" in (await telegram.reply_to(await anna.say("and when?"))).text


async def test_in_a_group_what_names_nothing_follows_up_nothing(telegram: FakeTelegram, anna: Person):
    group = telegram.group("Readers")
    await telegram.reply_to(await group.say(anna, "/who Belousov"))
    before = len(telegram.calls("sendMessage"))
    await group.say(anna, "and when?")
    assert "June 19, 2024" in (await telegram.reply_to(await group.say(anna, "/when treaty"))).text
    assert len(telegram.calls("sendMessage")) == before + 1


async def test_a_vote_counts_once_and_can_be_changed(telegram: FakeTelegram, anna: Person):
    answer = await telegram.reply_to(await anna.say(SOME))
    said = [(await telegram.answer_to(await anna.tap(answer, mark)))["text"] for mark in ("👍", "👍", "👎", "👎")]
    assert said == ["Thank you, noted.", "Your vote is already counted."] * 2


async def test_a_vote_on_an_older_wording_is_not_counted(telegram: FakeTelegram, anna: Person):
    answer = await telegram.reply_to(await anna.say(SOME))
    told = await telegram.answer_to(await anna.tap_data(answer, "v+:00000000:invitation-who"))
    assert "has changed" in told["text"]


# Groups.


async def test_a_group_is_answered_on_mention_command_and_reply_only(
    telegram: FakeTelegram, anna: Person, group: Group
):
    await group.say(anna, SOME)
    assert await silent(telegram, group, anna)
    mention = await group.say(anna, f"@citebot {SOME}")
    answer = await telegram.reply_to(mention)
    assert SOME_ANSWER in answer.text
    assert answer.reply_to == mention.id
    follow = await telegram.reply_to(await group.say(anna, "and when?", reply_to=answer))
    assert "in September" in follow.text


@pytest.mark.parametrize("text", ["/who@otherbot Belousov", "/frobnicate", "hello all", "/", "//who"])
async def test_a_group_hears_nothing_of_what_is_not_for_the_bot(
    telegram: FakeTelegram, anna: Person, group: Group, text: str
):
    await group.say(anna, text)
    assert await silent(telegram, group, anna)


async def test_talk_under_an_answer_gets_no_answer(telegram: FakeTelegram, anna: Person, group: Group):
    answer = await telegram.reply_to(await group.say(anna, "/who Belousov"))
    await group.say(anna, "I read that somewhere else, too, last week", reply_to=answer)
    await telegram.reply_to(await group.say(anna, "/when treaty"))
    assert len(telegram.said(group)) == 2


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("他什么时候去的？", "September"),
        ("кто пригласил Путина", SOME_ANSWER),
        ("누가 푸틴을 초대했나요", SOME_ANSWER),
        ("¿quién invitó a Putin", SOME_ANSWER),
    ],
)
async def test_a_question_under_an_answer_is_answered_in_any_language(
    telegram: FakeTelegram, anna: Person, group: Group, asked: str, told: str
):
    answer = await telegram.reply_to(await group.say(anna, f"/who {SOME}"))
    assert told in (await telegram.reply_to(await group.say(anna, asked, reply_to=answer))).text


async def test_talk_in_another_language_under_an_answer_gets_no_answer(
    telegram: FakeTelegram, anna: Person, group: Group
):
    answer = await telegram.reply_to(await group.say(anna, "/who Belousov"))
    await group.say(anna, "Путин прилетел в Пхеньян, ну и ну", reply_to=answer)
    await telegram.reply_to(await group.say(anna, "/when treaty"))
    assert len(telegram.said(group)) == 2


async def test_a_command_under_somebodys_message_answers_that_message(
    telegram: FakeTelegram, anna: Person, group: Group
):
    question = await group.say(telegram.user("Boris"), "I wonder who came along with Putin")
    await group.say(anna, "/who", reply_to=question)
    answer = await telegram.wait_for(lambda: telegram.said(group))
    assert "Lavrov" in answer[0].text
    assert answer[0].reply_to == question.id


async def test_a_mention_by_name_and_one_in_a_caption(telegram: FakeTelegram, anna: Person, group: Group):
    bot = Person(group._post, telegram.world.bot)
    text = f"citebot, {SOME}"
    named = await group.say(anna, text, entities=[text_mention(text, "citebot", bot)])
    assert SOME_ANSWER in (await telegram.reply_to(named)).text
    captioned = await group.send(anna, media.photo(f"@citebot {SOME}"))
    assert SOME_ANSWER in (await telegram.reply_to(captioned)).text


async def test_only_the_bots_own_name_is_left_out_of_a_mention(telegram: FakeTelegram, anna: Person, group: Group):
    asked = await group.say(anna, "😂 @citebot who is @citebot_wu")
    assert (await telegram.reply_to(asked)).text.startswith("What would you like to know?")
    bot = Person(group._post, telegram.world.bot)
    text = "😂 who invited putin, bot 😂?"
    named = await group.say(anna, text, entities=[text_mention(text, "bot", bot)])
    assert SOME_ANSWER in (await telegram.reply_to(named)).text


async def test_an_answer_stays_in_its_topic(telegram: FakeTelegram, anna: Person):
    group = telegram.group("Forum", topics=True)
    topic = await group.topic(anna, "Putin")
    inside = await telegram.reply_to(await group.say(anna, "/who Belousov", thread=topic))
    outside = await telegram.reply_to(await group.say(anna, "/who Belousov"))
    assert (inside.thread, outside.thread) == (topic, None)


async def test_a_command_alone_in_a_topic_lists(telegram: FakeTelegram, anna: Person):
    group = telegram.group("Forum", topics=True)
    topic = await group.topic(anna, "Putin")
    asked = await group.say(anna, "/who", thread=topic)
    listed = await telegram.wait_for(lambda: telegram.said(group))
    assert "People in the article" in listed[0].text
    assert (listed[0].reply_to, listed[0].thread) == (asked.id, topic)


async def test_a_command_alone_under_a_channels_post_lists(telegram: FakeTelegram, anna: Person, group: Group):
    await telegram.channel("News", discussion=group).post("Putin and Kim signed a treaty in Pyongyang.")
    await group.say(anna, "/who", reply_to=telegram.messages(group)[0])
    listed = await telegram.wait_for(lambda: telegram.said(group))
    assert "People in the article" in listed[0].text


async def test_help_under_somebodys_message_is_for_whoever_asked(telegram: FakeTelegram, anna: Person, group: Group):
    lunch = await group.say(telegram.user("Boris"), "lunch?")
    asked = await group.say(anna, "/help", reply_to=lunch)
    helped = await telegram.wait_for(lambda: telegram.said(group))
    assert helped[0].reply_to == asked.id


async def test_a_page_tapped_in_a_group_that_moved_is_shown_there(telegram: FakeTelegram, anna: Person):
    group = telegram.group("Readers", basic=True)
    shown = await telegram.reply_to(await group.say(anna, "/who"))
    moved = await group.migrate(anna)
    await anna.tap(shown, "More ›")
    turned = await telegram.wait_for(lambda: telegram.said(moved))
    assert "(2/2)" in turned[0].text


async def test_a_question_in_another_language_keeps_it_when_tapped(telegram: FakeTelegram, anna: Person):
    shown = await telegram.reply_to(await anna.say("/who"))
    await telegram.answer_to(await anna.tap_data(shown, "e:lavrov:ru"))
    picked = await telegram.wait_for(lambda: telegram.said(anna)[1:])
    assert "Источник" in picked[0].text


async def test_an_album_gets_no_chorus(telegram: FakeTelegram, anna: Person):
    for _ in range(5):
        await anna.send({**media.photo(), "media_group_id": "77"})
    await telegram.reply_to(await anna.say(SOME))
    assert len(telegram.said(anna)) == 1


async def test_whoever_speaks_for_the_group_is_answered(telegram: FakeTelegram, group: Group):
    channel = telegram.channel("News")
    for asked in (await group.say_anonymously("/who Belousov"), await group.say_as(channel, "/who Belousov")):
        assert "defense minister" in (await telegram.reply_to(asked)).text


async def test_a_channels_posts_are_not_answered(telegram: FakeTelegram, anna: Person, group: Group):
    await telegram.channel("News", discussion=group).post(f"/who {SOME}")
    assert await silent(telegram, group, anna)


async def test_a_group_that_becomes_a_supergroup_is_answered_there(telegram: FakeTelegram, anna: Person):
    group = telegram.group("Readers", basic=True)
    await telegram.reply_to(await group.say(anna, "/who Belousov"))
    question = await group.say(anna, "/when treaty")
    await telegram.reply_to(question)
    moved = await group.migrate(anna)
    assert "defense minister" in (await telegram.reply_to(await moved.say(anna, "/who Belousov"))).text


# Inline mode.


async def test_inline_offers_answers_that_can_be_sent(telegram: FakeTelegram, anna: Person):
    query = await anna.inline("who is belousov")
    results = (await telegram.answer_to(query))["results"]
    assert results[0]["title"] == "Who is Andrei Belousov?"
    sent = await anna.choose(query, results[0]["title"])
    assert SOURCE in sent.text


@pytest.mark.parametrize(("typed", "some"), [("", True), ("   ", True), ("zzzz qqqq", False), ("p" * 256, False)])
async def test_inline_with_little_to_go_by(telegram: FakeTelegram, anna: Person, typed: str, *, some: bool):
    results = (await telegram.answer_to(await anna.inline(typed)))["results"]
    assert bool(results) == some


# What breaks other bots.

AWKWARD = {
    "a photo": media.photo(),
    "a photo with a question": media.photo(SOME),
    "a voice message": media.voice(),
    "a sticker": media.sticker(),
    "a location": media.location(),
    "a contact": media.contact(),
    "a poll": media.poll(),
    "a die": media.dice(),
    "a forwarded question": media.forwarded(SOME),
    "markup": {"text": "<b>who</b> & <script>invited</script> putin? </i>"},
    "zero-width characters": {"text": "\u200b\u200d\u2060"},
    "right to left": {"text": "\u202eputin invited who\u202c مرحبا"},
    "4096 characters": {"text": "who invited putin " * 227 + "?" * 10},
    "one long word": {"text": "p" * 4096},
    "emoji": {"text": "😂" * 2048},
    "a lone slash": {"text": "/"},
    "a slash in space": {"text": "/ who"},
    "control characters": {"text": "who\x00 invited\x1b[31m putin"},
    "null words": {"text": "None null undefined NaN"},
}


@pytest.mark.parametrize("name", AWKWARD)
async def test_an_awkward_message_is_answered(telegram: FakeTelegram, anna: Person, name: str):
    reply = await telegram.reply_to(await anna.send(AWKWARD[name]))
    assert reply.text.strip()
    assert "Something went wrong" not in reply.text


@pytest.mark.parametrize("name", AWKWARD)
async def test_an_awkward_message_in_a_group_is_none_of_the_bots_business(
    telegram: FakeTelegram, anna: Person, group: Group, name: str
):
    await group.send(anna, AWKWARD[name])
    assert await silent(telegram, group, anna)


async def test_comings_and_goings_are_not_commented_on(telegram: FakeTelegram, anna: Person, group: Group):
    await group.join(anna)
    await group.pin(anna, await group.say(anna, "hello"))
    await group.add_bot(anna, "administrator")
    await group.leave(anna)
    assert await silent(telegram, group, anna)


@pytest.mark.parametrize("data", [None, "", "e:gone", "e:", "p:nothing:0", "p:who:9999", "v+:zz:x", "junk:" + "x" * 59])
async def test_an_odd_tap_is_answered(telegram: FakeTelegram, anna: Person, data: str | None):
    shown = await telegram.reply_to(await anna.say("/who"))
    query = await anna.tap_data(shown, data)
    await telegram.answer_to(query)
    await anna.say(SOME)
    await telegram.wait_for(lambda: SOME_ANSWER in telegram.said(anna)[-1].text)


async def test_a_tap_on_a_message_that_is_gone(telegram: FakeTelegram, anna: Person):
    shown = await telegram.reply_to(await anna.say("/who"))
    await telegram.answer_to(await anna.tap_data(shown, "e:lavrov", inaccessible=True))
    said = await telegram.wait_for(lambda: telegram.said(anna)[1:])
    assert "Foreign minister" in said[0].text


async def test_a_tap_that_is_too_old_is_done_all_the_same(telegram: FakeTelegram, anna: Person):
    shown = await telegram.reply_to(await anna.say("/who"))
    query = await anna.tap(shown, "Sergey Lavrov")
    query.expired = True
    said = await telegram.wait_for(lambda: telegram.said(anna)[1:])
    assert "Foreign minister" in said[0].text


async def test_a_page_tapped_twice_stays(telegram: FakeTelegram, anna: Person):
    shown = await telegram.reply_to(await anna.say("/who"))
    await telegram.answer_to(await anna.tap_data(shown, "p:who:0"))
    await anna.say(SOME)
    await telegram.wait_for(lambda: SOME_ANSWER in telegram.said(anna)[-1].text)
    assert len(telegram.said(anna)) == 2


async def test_a_question_deleted_meanwhile_is_answered(telegram: FakeTelegram, anna: Person, group: Group):
    question = await group.say(anna, "/who Belousov")
    await group.delete(question)
    answer = await telegram.wait_for(lambda: telegram.said(group))
    assert "defense minister" in answer[0].text


async def test_an_answer_deleted_meanwhile_is_sent_anew(telegram: FakeTelegram, anna: Person):
    question = await anna.say(SOME)
    await telegram.reply_to(question)
    anna.chat.messages.pop(telegram.said(anna)[0].id)
    await anna.edit(question, "when was the treaty signed?")
    said = await telegram.wait_for(lambda: telegram.said(anna))
    assert "June 19, 2024" in said[0].text


async def test_whoever_blocks_the_bot_stops_nobody_else(telegram: FakeTelegram, anna: Person, group: Group):
    await anna.say("hello")
    await anna.block()
    await anna.say(SOME)
    await group.say(anna, "/who Belousov")
    await group.kick_bot(anna)
    boris = telegram.user("Boris")
    assert SOME_ANSWER in (await telegram.reply_to(await boris.say(SOME))).text


async def test_updates_of_other_kinds_are_passed_over(telegram: FakeTelegram, anna: Person):
    await anna.summon("@citebot who?")
    await anna.write_to_business("who?")
    await telegram.raw({"some_future_update": {"id": 1}})
    assert SOME_ANSWER in (await telegram.reply_to(await anna.say(SOME))).text


@pytest.mark.parametrize("poison", [{"message": {"message_id": "x"}}, {"message": 5}, {"callback_query": []}])
async def test_an_update_that_cannot_be_read_is_skipped(telegram: FakeTelegram, anna: Person, poison: dict):
    await telegram.raw(poison)
    assert SOME_ANSWER in (await telegram.reply_to(await anna.say(SOME))).text
    await telegram.drained()


# The platform's moods.


async def test_a_flood_wait_holds_up_its_own_chat_only(telegram: FakeTelegram, anna: Person, group: Group):
    telegram.fail("sendMessage", 429, retry_after=1, chat_id=group.id)
    late = await group.say(anna, "/who Belousov")
    prompt = await telegram.reply_to(await anna.say(SOME))
    assert not telegram.said(group)
    assert SOME_ANSWER in prompt.text
    assert "defense minister" in (await telegram.reply_to(late)).text


@pytest.mark.parametrize("status", [500, 502])
async def test_a_failing_telegram_is_asked_again(telegram: FakeTelegram, anna: Person, status: int):
    telegram.fail("sendMessage", status)
    assert SOME_ANSWER in (await telegram.reply_to(await anna.say(SOME))).text


async def test_many_chats_at_once_each_in_order(telegram: FakeTelegram):
    people = [telegram.user(f"Reader {number}") for number in range(10)]
    for number in range(100):
        await people[number % 10].say(["/who Belousov", "/when treaty", SOME][number // 10 % 3])
    await asyncio.gather(*(telegram.wait_for(lambda p=person: len(telegram.said(p)) == 10, 20) for person in people))
    expected = ["defense minister", "June 19, 2024", SOME_ANSWER]
    for person in people:
        texts = [message.text for message in telegram.said(person)]
        assert all(expected[at % 3] in text for at, text in enumerate(texts)), texts
