"""Commands that ask: what is asked with them, in any language."""

import pytest

from handlers.conversation import Conversation


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
