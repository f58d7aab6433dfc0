"""A command as it is typed."""

import pytest

from handlers.command import Command, parse


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
