"""The newsroom's side, in a strict Telegram with the real process: reload, send, undo, learn, see."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest

from handlers.insight import lines
from knowledge.explanation import explain
from knowledge.files import overlay_of
from knowledge.holder import open_base
from tests.conftest import SMALL
from tests.telegram import Bot, FakeTelegram, Message, Person

SOME, SOME_ANSWER = "who opened the harbour?", "Anna Reed opened the harbour"
MISSED = "was there music at the ceremony?"
BETTER = SMALL.replace("Anna Reed opened the harbour on 1 May.", "Anna Reed, the mayor, opened the harbour on 1 May.")
MORE = BETTER.replace(
    "quotes:\n",
    "  - id: where\n    answer: The harbour is in Easton.\n    questions: [Where is the harbour?]\n"
    "    source: {paragraph: 1}\nquotes:\n",
)


@dataclass
class Scene:
    """A bot with an editor and a reader."""

    telegram: FakeTelegram
    bot: Bot
    base: Path
    editor: Person
    reader: Person

    async def told(self, command: str) -> Message:
        """What the editor is told in reply to a command."""
        return await self.telegram.reply_to(await self.editor.say(command), 20)

    async def answer(self, question: str) -> str:
        """What the reader gets."""
        return (await self.telegram.reply_to(await self.reader.say(question))).text

    async def tap(self, message: Message, label: str) -> None:
        """The editor taps, and it has had its effect."""
        before = message.text, message.buttons
        await self.editor.tap(message, label)
        await self.telegram.wait_for(lambda: (message.text, message.buttons) != before, 20)


@pytest.fixture
async def scene(telegram: FakeTelegram, small: Path, tmp_path: Path) -> AsyncIterator[Scene]:
    editor, reader = telegram.user("Chief"), telegram.user("Anna")
    async with Bot(telegram, tmp_path / "bot", admin_ids=editor.id, knowledge_path=small) as bot:
        yield Scene(telegram, bot, small, editor, reader)
        assert "an update failed" not in bot.log, bot.log


# Reloading.


async def test_a_good_base_is_taken_over_with_what_it_changes(scene: Scene):
    await scene.answer(SOME)
    scene.base.write_text(MORE, encoding="utf-8")
    assert "in Easton" not in await scene.answer("where is the harbour?")
    told = (await scene.told("/reload")).text
    assert told.startswith("Reloaded")
    assert "1 added: where" in told
    assert "1 changed: opened" in told
    assert "in Easton" in await scene.answer("where is the harbour?")


BROKEN: dict[str, Callable[[str], str]] = {
    "no YAML": lambda text: text.replace("facts:", "facts: [", 1),
    "a tab": lambda text: text.replace("  - id: opened", "\t- id: opened"),
    "empty": lambda _: "",
    "a list": lambda _: "- a\n- b\n",
    "only a word": lambda _: "hello",
    "a misspelt key": lambda text: text.replace("answer: Anna", "anwser: Anna"),
    "a missing answer": lambda text: text.replace("    answer: Anna Reed opened the harbour on 1 May.\n", ""),
    "a wrong type": lambda text: text.replace("{paragraph: 1}", "{paragraph: first}", 1),
    "a negative paragraph": lambda text: text.replace("{paragraph: 2}", "{paragraph: -1}"),
    "a paragraph past the end": lambda text: text.replace("{paragraph: 2}", "{paragraph: 40}"),
    "a doubled id": lambda text: text.replace("id: reed-proud", "id: opened"),
    "a capital in an id": lambda text: text.replace("id: cost", "id: Cost"),
    "a dangling speaker": lambda text: text.replace("speaker: reed", "speaker: read"),
    "a dangling suggestion": lambda text: text.replace("suggested: [opened]", "suggested: [closed]"),
    "a changed quote": lambda text: text.replace("we are proud", "we are very proud"),
    "a changed figure": lambda text: text.replace("on 1 May.", "on 2 May."),
    "a foreign name": lambda text: text.replace("opened the harbour on", "and Bob Hill opened the harbour on"),
    "a doubled key": lambda text: text.replace("    speaker: reed\n", "    speaker: reed\n    speaker: reed\n"),
    "a phrasing twice": lambda text: text.replace("[What did Anna Reed say?]", "[Who opened the harbour?]"),
    "a date in no calendar": lambda text: text.replace(
        "    source: {paragraph: 1}\nquotes", "    when: 2024-02-31\n    source: {paragraph: 1}\nquotes"
    ),
}


class Crowd:
    """Readers who ask and ask, each as soon as the last answer has come."""

    def __init__(self, telegram: FakeTelegram, size: int = 8) -> None:
        self.answers: list[str] = []
        self._telegram = telegram
        self._readers = [telegram.user(f"Reader {number}") for number in range(size)]
        self._asking = True

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(self._ask(reader)) for reader in self._readers]
        await self._telegram.wait_for(lambda: len(self.answers) > len(self._readers))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._asking = False
        await asyncio.gather(*self._tasks)

    async def _ask(self, reader: Person) -> None:
        while self._asking:
            self.answers.append((await self._telegram.reply_to(await reader.say(SOME), 20)).text)


async def test_broken_bases_are_refused_with_their_line_while_readers_are_answered(scene: Scene):
    async with Crowd(scene.telegram) as crowd:
        for name, broken in BROKEN.items():
            text = broken(SMALL)
            assert text != SMALL, name
            save(scene.base, text)
            told = (await scene.told("/reload")).text
            assert told.startswith("Refused"), name
            assert f"{scene.base.name}:" in told, name
            assert str(scene.base.parent) not in told
    assert all(SOME_ANSWER in answer for answer in crowd.answers)


async def test_readers_see_the_old_base_or_the_new_one_and_no_mixture(scene: Scene):
    async with Crowd(scene.telegram) as crowd:
        for text in (BETTER, SMALL, MORE, SMALL, BETTER):
            save(scene.base, text)
            assert (await scene.told("/reload")).text.startswith("Reloaded")
    texts = {answer.partition("\n")[0] for answer in crowd.answers}
    assert texts == {
        "Anna Reed opened the harbour on 1 May.",
        "Anna Reed, the mayor, opened the harbour on 1 May.",
    }


async def test_many_faults_come_as_a_document(scene: Scene):
    facts = "".join(f"  - {{id: f{n}, anwser: x, source: {{paragraph: {n}}}}}\n" for n in range(300))
    scene.base.write_text(SMALL.replace("quotes:\n", f"{facts}quotes:\n"), encoding="utf-8")
    await scene.editor.say("/check")
    sent = await scene.telegram.wait_for(lambda: scene.telegram.calls("sendDocument"), 20)
    assert sent[0].status == 200


# A file that is sent.


async def test_a_sent_file_is_previewed_applied_and_undone(scene: Scene):
    preview = await scene.telegram.reply_to(await scene.editor.upload("new.yaml", MORE.encode()), 20)
    assert "1 added: where" in preview.text
    assert preview.buttons == ["Apply", "Drop"]
    assert scene.base.read_text(encoding="utf-8") == SMALL
    await scene.tap(preview, "Apply")
    assert preview.text.startswith("Applied to harbour.yaml")
    assert scene.base.read_text(encoding="utf-8") == MORE
    assert "in Easton" in await scene.answer("where is the harbour?")
    assert "as it was before" in (await scene.told("/undo")).text
    assert scene.base.read_text(encoding="utf-8") == SMALL
    assert "in Easton" not in await scene.answer("where is the harbour?")
    assert "nothing to undo" in (await scene.told("/undo")).text


async def test_what_was_no_knowledge_is_not_brought_back(scene: Scene):
    scene.base.write_bytes(SMALL.encode() + "# café\n".encode("latin-1"))
    preview = await scene.telegram.reply_to(await scene.editor.upload("new.yaml", MORE.encode()), 20)
    await scene.tap(preview, "Apply")
    told = (await scene.told("/undo")).text
    assert f"{scene.base.name}:{SMALL.count(chr(10)) + 1}: not UTF-8" in told
    assert scene.base.read_text(encoding="utf-8") == MORE


async def test_a_sent_file_keeps_its_line_ends(scene: Scene):
    sent = MORE.replace("\n", "\r\n").encode()
    await scene.tap(await scene.telegram.reply_to(await scene.editor.upload("new.yaml", sent), 20), "Apply")
    assert scene.base.read_bytes() == sent


async def test_a_sent_file_can_be_dropped(scene: Scene):
    preview = await scene.telegram.reply_to(await scene.editor.upload("new.yml", MORE.encode()), 20)
    await scene.tap(preview, "Drop")
    assert scene.base.read_text(encoding="utf-8") == SMALL
    again = await scene.telegram.reply_to(await scene.editor.upload("new.yml", MORE.encode()), 20)
    assert again.buttons == ["Apply", "Drop"]


@pytest.mark.parametrize("place", [".", "harbour.yaml"])
async def test_a_sent_file_mends_a_base_that_was_deleted(telegram: FakeTelegram, tmp_path: Path, place: str):
    file, editor = tmp_path / "articles" / "harbour.yaml", telegram.user("Chief")
    file.parent.mkdir()
    save(file, SMALL)
    async with Bot(telegram, tmp_path / "bot", admin_ids=editor.id, knowledge_path=file.parent / place):
        file.unlink()
        preview = await telegram.reply_to(await editor.upload("new.yaml", MORE.encode()), 20)
        assert "1 added: where" in preview.text
        await editor.tap(preview, "Apply")
        await telegram.wait_for(lambda: preview.text.startswith("Applied to harbour.yaml"), 20)
    assert file.read_text(encoding="utf-8") == MORE


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("new.yaml", BROKEN["a misspelt key"](SMALL).encode(), "did you mean answer?"),
        ("new.yaml", b"\xff\xfe", "not UTF-8"),
        ("new.yaml", b"", "expected the keys article"),
        ("photo.png", b"\x89PNG", "send a .yaml file"),
    ],
)
async def test_a_wrong_file_is_refused(scene: Scene, name: str, content: bytes, told: str):
    reply = await scene.telegram.reply_to(await scene.editor.upload(name, content), 20)
    assert told in reply.text
    assert reply.buttons == []


# Missed questions.


async def test_a_missed_question_is_added_with_a_tap_and_answered(scene: Scene):
    assert SOME_ANSWER not in await scene.answer(MISSED)
    await scene.answer(MISSED.replace("was", "Was"))
    listed = await scene.told("/misses")
    assert "2 × " in listed.text
    await scene.tap(listed, listed.buttons[0])
    await scene.tap(listed, "Add to: Who opened the harbour?")
    assert "answers from now on" in listed.text
    assert SOME_ANSWER in await scene.answer(MISSED)
    assert scene.base.read_text(encoding="utf-8") == SMALL
    assert "No missed questions" in (await scene.told("/misses")).text
    assert overlay_of(scene.base).exists()
    await scene.told("/undo")
    assert SOME_ANSWER not in await scene.answer(MISSED)


async def test_a_missed_question_is_noted_as_not_in_the_article(scene: Scene):
    await scene.answer(MISSED)
    listed = await scene.told("/misses")
    await scene.tap(listed, listed.buttons[0])
    await scene.tap(listed, "The article doesn't say")
    assert "The article doesn't say" in await scene.answer(MISSED)
    assert "No missed questions" in (await scene.told("/misses")).text


async def test_a_missed_question_is_dropped(scene: Scene):
    await scene.answer(MISSED)
    listed = await scene.told("/misses")
    await scene.tap(listed, listed.buttons[0])
    await scene.tap(listed, "Drop")
    assert "No missed questions" in (await scene.told("/misses")).text
    assert not overlay_of(scene.base).exists()


async def test_an_answer_that_did_not_help_is_a_missed_question(scene: Scene):
    answer = await scene.telegram.reply_to(await scene.reader.say(SOME))
    await scene.telegram.answer_to(await scene.reader.tap(answer, "👎"))
    assert SOME in (await scene.told("/misses")).text


async def test_a_voter_who_taps_to_and_fro_misses_one_question(scene: Scene):
    answer = await scene.telegram.reply_to(await scene.reader.say(SOME))
    for mark in ("👎", "👍", "👎", "👍", "👎"):
        told = await scene.telegram.answer_to(await scene.reader.tap(answer, mark))
        assert told["text"] == "Thank you, noted."
    assert f"1 × {SOME}" in (await scene.told("/misses")).text
    assert "0 👍 1 👎" in (await scene.told("/stats")).text


async def test_a_vote_that_cannot_be_kept_is_logged(scene: Scene, tmp_path: Path):
    answer = await scene.telegram.reply_to(await scene.reader.say(SOME))
    with closing(sqlite3.connect(tmp_path / "bot" / "data" / "feedback.sqlite3")) as base:
        base.execute("DROP TABLE votes")
    told = await scene.telegram.answer_to(await scene.reader.tap(answer, "👎"))
    assert "Something went wrong" in told["text"]
    assert "a vote cannot be kept" in scene.bot.log


async def test_after_an_edit_what_did_not_help_is_the_question_as_it_reads_now(scene: Scene):
    question = await scene.reader.say(SOME)
    answer = await scene.telegram.reply_to(question)
    await scene.reader.edit(question, "what did Anna Reed say?")
    await scene.telegram.wait_for(lambda: answer.edited)
    await scene.telegram.answer_to(await scene.reader.tap(answer, "👎"))
    listed = (await scene.told("/misses")).text
    assert "what did Anna Reed say?" in listed
    assert SOME not in listed


async def test_votes_and_misses_outlive_the_process(scene: Scene):
    answer = await scene.telegram.reply_to(await scene.reader.say(SOME))
    await scene.telegram.answer_to(await scene.reader.tap(answer, "👎"))
    scene.bot.kill()
    await scene.bot.wait()
    await scene.bot.start()
    assert SOME in (await scene.told("/misses")).text
    assert "1 👎" in (await scene.told("/stats")).text


# Seeing.


@pytest.mark.parametrize("way", ["words", "line", "reply"])
async def test_an_explanation_is_what_a_recomputation_gives(scene: Scene, way: str):
    if way == "words":
        shown = await scene.told(f"/explain {SOME}")
    elif way == "line":
        shown = await scene.told(f"/explain\n{SOME}")
    else:
        answer = await scene.telegram.reply_to(await scene.editor.say(SOME))
        shown = await scene.telegram.reply_to(await scene.editor.say("/explain", reply_to=answer))
    recomputed = lines(explain(open_base(scene.base), SOME))
    assert [line for line in shown.text.split("\n")[1:] if line] == [line for line in recomputed if line]


async def test_after_an_edit_the_question_is_explained_as_it_reads_now(scene: Scene):
    question = await scene.editor.say(SOME)
    answer = await scene.telegram.reply_to(question)
    await scene.editor.edit(question, "what did Anna Reed say?")
    await scene.telegram.wait_for(lambda: answer.edited)
    shown = await scene.telegram.reply_to(await scene.editor.say("/explain", reply_to=answer))
    assert "what did Anna Reed say?" in shown.text


async def test_stats_come_with_a_picture(scene: Scene):
    await scene.answer(SOME)
    await scene.answer(MISSED)
    told = (await scene.told("/stats")).text
    assert "2 asked, 1 answered, 1 declined" in told
    assert "1 × opened" in told
    await scene.telegram.wait_for(lambda: scene.telegram.calls("sendPhoto"), 20)


async def test_a_saved_file_is_taken_over_by_itself(telegram: FakeTelegram, small: Path, tmp_path: Path):
    editor, reader = telegram.user("Chief"), telegram.user("Anna")
    async with Bot(telegram, tmp_path / "bot", admin_ids=editor.id, knowledge_path=small, watch="yes"):
        await telegram.reply_to(await editor.say("hello"))
        save(small, MORE)
        await telegram.wait_for(lambda: "1 added: where" in telegram.said(editor)[-1].text, 20)
        assert "in Easton" in (await telegram.reply_to(await reader.say("where is the harbour?"))).text
        save(small, "nonsense: [")
        await telegram.wait_for(lambda: telegram.said(editor)[-1].text.startswith("Refused"), 20)
        assert "in Easton" in (await telegram.reply_to(await reader.say("where is the harbour?"))).text


def save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


# Who may.


@pytest.mark.parametrize("command", ["reload", "check", "undo", "misses", "explain", "stats"])
async def test_nobody_else_can_administer(scene: Scene, command: str):
    group = scene.telegram.group("Readers")
    await scene.reader.say(f"/{command}")
    await scene.reader.upload("new.yaml", MORE.encode())
    await group.say_anonymously(f"/{command}")
    await group.say(scene.editor, f"/{command}")
    assert SOME_ANSWER in (await scene.telegram.reply_to(await group.say(scene.reader, f"/who {SOME}"))).text
    assert len(scene.telegram.said(group)) == 1
    await scene.reader.say(SOME)
    await scene.telegram.wait_for(
        lambda: any(SOME_ANSWER in message.text for message in scene.telegram.said(scene.reader))
    )
    texts = [message.text for message in scene.telegram.said(scene.reader)]
    assert f"I don't know the command /{command}" in texts[0]
    assert not any(word in text for text in texts for word in ("Reloaded", "added", "missed", "version"))


async def test_a_command_for_another_bot_is_not_taken(scene: Scene):
    await scene.tap(await scene.telegram.reply_to(await scene.editor.upload("new.yaml", MORE.encode()), 20), "Apply")
    said = len(scene.telegram.said(scene.editor))
    await scene.editor.say("/undo@someotherbot")
    assert "1 added" not in (await scene.told("/check@citebot")).text
    assert len(scene.telegram.said(scene.editor)) == said + 1
    assert scene.base.read_text(encoding="utf-8") == MORE


async def test_a_forged_tap_administers_nothing(scene: Scene):
    preview = await scene.telegram.reply_to(await scene.editor.upload("new.yaml", MORE.encode()), 20)
    data = preview.rows[0][0]["callback_data"]
    shown = await scene.telegram.reply_to(await scene.reader.say(SOME))
    for forged in (data, "m:1", "s+:1:opened", "s-:1:", "p:misses:0"):
        await scene.telegram.answer_to(await scene.reader.tap_data(shown, forged))
    assert SOME_ANSWER in await scene.answer(SOME)
    assert len(scene.telegram.said(scene.reader)) == 2
    assert scene.base.read_text(encoding="utf-8") == SMALL


async def test_every_action_is_logged_with_who_and_what(scene: Scene):
    await scene.told("/check")
    assert f"admin {scene.editor.id}: check: done" in scene.bot.log


async def test_the_menu_of_administrators_has_more(scene: Scene):
    await scene.told("/check")
    scene.bot.terminate()
    await scene.bot.wait()
    await scene.bot.start()
    scope = await scene.telegram.wait_for(
        lambda: next((key for key in scene.telegram.commands if "chat" in key and str(scene.editor.id) in key), None)
    )
    assert "reload" in [command["command"] for command in scene.telegram.commands[scope]]
