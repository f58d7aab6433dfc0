"""Commands: how they are typed, and what is asked with them in any language."""

import pytest

from handlers.command import Command, parse
from handlers.conversation import Conversation


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/who", Command("who", "", "")),
        ("/Who Anna Reed", Command("who", "", "Anna Reed")),
        ("/who@CiteBot  Anna\nReed ", Command("who", "CiteBot", "Anna\nReed")),
        (" /who\nAnna Reed", Command("who", "", "Anna Reed")),
        ("", None),
        ("/", None),
        ("/ who", None),
        ("//who", None),
        ("/who@", None),
        ("/who/when", None),
        ("/who?", None),
        ("who /when", None),
    ],
)
def test_a_command_is_told_from_other_text(text: str, command: Command | None):
    assert parse(text) == command


@pytest.mark.parametrize(("bot", "taken"), [("", True), ("CiteBot", True), ("otherbot", False)])
def test_a_command_that_names_a_bot_is_for_that_one(bot: str, *, taken: bool):
    assert Command("who", bot, "").is_for("citebot") is taken


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("/who Kim", "kim"),
        ("/who Ким", "kim"),
        ("/who 김정은", "kim"),
        ("/who 金正恩", "kim"),
        ("/howmany 集装箱", "containers"),
        ("/howmany contenedores", "containers"),
        ("/when Vertrag", "treaty-signing"),
        ("/when договор", "treaty-signing"),
        ("/who кто пригласил Путина", "invitation-who"),
    ],
)
def test_a_command_asks_in_the_language_of_its_words(conversation: Conversation, said: str, answered: str):
    assert conversation.turn(said).answered == answered


def test_what_the_article_leaves_open_is_told_in_the_language_of_a_commands_words(conversation: Conversation):
    turn = conversation.turn("/howmany войск")
    assert turn.entry == "korean-troops"
    assert turn.reply.plain.startswith("В статье об этом не сказано.")


@pytest.mark.parametrize(
    ("said", "asked"),
    [("/howmany containers", "how many containers"), ("/who Ким", "kim jong un"), ("/who who came", "who came")],
)
def test_what_a_command_asked_is_remembered_in_english(conversation: Conversation, said: str, asked: str):
    assert conversation.turn(said).asked == asked
