"""Several articles in one bot: each chat asks the one that it chose, or all."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.conversation import Conversation
from knowledge.examination import examine
from knowledge.faults import KnowledgeError
from knowledge.holder import Holder
from tests.conftest import SMALL
from tests.telegram import Bot, FakeTelegram

LATER = """\
article: {id: closure, title: Harbour closes again, publisher: The Gazette, published: 2024-08-09T09:00:00,
          suggested: [opened]}
entities:
  - id: reed
    type: person
    name: Anna Reed
    aliases: [Ms Reed]
    description: Mayor of Easton until July
    source: {paragraph: 1}
  - {id: hill, type: person, name: Bob Hill, description: Mayor of Easton, source: {paragraph: 2}}
facts:
  - id: opened
    answer: Bob Hill opened the harbour on 9 August, after repairs.
    questions: [Who opened the harbour?]
    source: {paragraph: 1}
  - id: repairs
    answer: The repairs cost 2 million.
    questions: [What did the repairs cost?]
    source: {paragraph: 2}
    see: [opened]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "harbour.yaml").write_text(SMALL, encoding="utf-8")
    (folder / "closure.yaml").write_text(LATER, encoding="utf-8")
    return folder


@pytest.fixture
def conversation(folder: Path) -> Conversation:
    return Conversation(Holder(examine(folder).snapshot))


def test_articles_that_disagree_are_both_shown_the_newer_first(conversation: Conversation):
    told = conversation.reply("who opened the harbour?").plain
    assert told.index("Bob Hill") < told.index("August 9, 2024") < told.index("Anna Reed") < told.index("May 1, 2024")


def test_a_chosen_article_answers_alone(conversation: Conversation):
    harbour, closure = conversation.within("harbour"), conversation.within("closure")
    assert "Bob Hill" not in harbour.reply("who opened the harbour?").plain
    assert "Anna Reed" not in closure.reply("who opened the harbour?").plain
    assert not harbour.reply("what did the repairs cost?").answered
    assert "2 million" in closure.reply("what did the repairs cost?").plain
    assert "Bob Hill" in closure.reply("/who").plain
    assert "Bob Hill" not in harbour.reply("/who").plain


def test_the_same_id_in_two_articles_leads_to_its_own_entry(conversation: Conversation):
    snapshot = examine_ids(conversation)
    assert len(snapshot) == len(set(snapshot))
    repairs = conversation.turn("what did the repairs cost?").reply
    opened = next(button for button in repairs.buttons if "opened" in button.label)
    assert "Bob Hill" in conversation.tap(opened.tap).reply.plain


def examine_ids(conversation: Conversation) -> list[str]:
    return [entry.id for entry, _ in conversation.offers("")] + [
        button.tap.data for button in conversation.reply("/who").buttons
    ]


def test_a_reply_may_ask_of_another_article_than_the_answer_is_from(conversation: Conversation):
    latest = conversation.turn("what did Anna Reed say?").answered
    assert conversation.follow("what did the repairs cost?", latest).answered == "repairs"


@pytest.mark.parametrize("said", ["and why?", "when?", "where was it?", "how many?", "/when", "/why"])
def test_a_kind_of_question_that_no_entry_answers_gets_no_answer(conversation: Conversation, said: str):
    harbour = conversation.within("harbour")
    assert not harbour.follow(said, "reed-proud").reply.answered
    assert not harbour.turn("/where Anna Reed harbour").reply.answered


@pytest.mark.parametrize(
    ("words", "chosen"),
    [("closes again", "closure"), ("harbour opens", "harbour"), ("harbour", "harbour"), ("zebra", None)],
)
def test_an_article_is_chosen_by_its_title(conversation: Conversation, words: str, chosen: str | None):
    turn = conversation.turn(f"/article {words}")
    assert turn.chosen == chosen
    assert "Harbour" in turn.reply.plain


def test_a_link_names_the_article_it_is_about(conversation: Conversation):
    turn = conversation.turn("/start harbour")
    assert turn.chosen == "harbour"
    assert "Harbour opens" in turn.reply.plain
    assert conversation.turn("/start nothing").chosen is None


def test_two_files_of_one_article_are_refused(folder: Path):
    (folder / "again.yaml").write_text(SMALL, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="the id is taken by again"):
        examine(folder)


@pytest.fixture
async def bot(telegram: FakeTelegram, folder: Path, tmp_path: Path) -> AsyncIterator[Bot]:
    async with Bot(telegram, tmp_path / "bot", knowledge_path=folder) as bot:
        yield bot


async def test_chats_with_different_articles_never_cross(telegram: FakeTelegram, bot: Bot):
    anna, boris, group = telegram.user("Anna"), telegram.user("Boris"), telegram.group("Readers")
    await telegram.reply_to(await anna.start("harbour"))
    listed = await telegram.reply_to(await boris.say("/articles"))
    await telegram.answer_to(await boris.tap(listed, "Harbour closes again"))
    await telegram.wait_for(lambda: telegram.said(boris)[1:])
    for _ in range(10):
        first, second = await anna.say("who opened the harbour?"), await boris.say("who opened the harbour?")
        assert "Bob Hill" not in (await telegram.reply_to(first)).text
        assert "Anna Reed" not in (await telegram.reply_to(second)).text
    both = await telegram.reply_to(await group.say(anna, "/who opened the harbour"))
    assert "Bob Hill" in both.text
    assert "Anna Reed" in both.text


async def test_a_choice_outlives_the_process_and_is_taken_back(telegram: FakeTelegram, bot: Bot):
    anna = telegram.user("Anna")
    await telegram.reply_to(await anna.say("/article harbour opens"))
    await telegram.drained()
    bot.kill()
    await bot.wait()
    await bot.start()
    assert "Bob Hill" not in (await telegram.reply_to(await anna.say("who opened the harbour?"))).text
    listed = await telegram.reply_to(await anna.say("/article"))
    assert "I answer here from “Harbour opens”" in listed.text
    await telegram.answer_to(await anna.tap(listed, "All articles"))
    await telegram.wait_for(lambda: "all articles" in telegram.said(anna)[-1].text)
    assert "Bob Hill" in (await telegram.reply_to(await anna.say("who opened the harbour?"))).text
