"""Settings of the environment and of .env: what is in force, and what is told of wrong ones."""

from pathlib import Path

import pytest

from tests.program import citebot

LOOKS_LIKE_A_TOKEN = "123456789:AAE-a-token-in-the-wrong-place"


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("ADMIN_IDS", "12,bob", "expected numbers with commas between them"),
        ("ADMIN_IDS", LOOKS_LIKE_A_TOKEN, "expected numbers with commas between them"),
        ("DRAFTS", "x", "expected hide or serve"),
        ("WATCH", "perhaps", "expected yes or no"),
        ("LOG_LEVEL", "loud", "expected DEBUG, INFO, WARNING or ERROR"),
        ("LOG_FORMAT", "xml", "expected text or json"),
        ("WEBHOOK_URL", "nope", "expected an address that begins with http:// or https://"),
        ("TELEGRAM_API_URL", "nope", "expected an address that begins with http:// or https://"),
        ("WEBHOOK_LISTEN", "here", "expected host:port"),
        ("WEBHOOK_SECRET", "no blanks", "expected 1 to 256 letters A-Z a-z, digits, _ and -"),
        ("BOT_TOKEN", "very-secret", "expected a token from @BotFather, digits:letters"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wanted(setting: str, value: str, told: str):
    done = citebot("settings", env={setting: value})
    assert (done.returncode, done.stderr) == (2, f"{setting}: {told}\n")
    assert value not in done.stderr.partition(":")[2].split()


def test_all_wrong_settings_are_named_at_once():
    done = citebot("settings", env={"DRAFTS": "x", "ADMIN_IDS": "a,b"})
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["ADMIN_IDS", "DRAFTS"]


@pytest.mark.parametrize("setting", ["KNOWLEDGE_PATH", "CACHE_DIR", "DATA_DIR", "LOG_LEVEL", "WATCH", "WEBHOOK_URL"])
def test_an_empty_setting_is_the_default(setting: str, tmp_path: Path):
    (tmp_path / ".env").write_text(f"{setting}=\n", encoding="utf-8")
    plain = citebot("settings")
    assert plain.returncode == 0
    assert citebot("settings", env={setting: ""}).stdout == plain.stdout
    assert citebot("settings", at=tmp_path).stdout == plain.stdout


@pytest.mark.parametrize("content", ["ADMIN_IDS=1 # Ünal\n".encode("latin-1"), "ADMIN_IDS=1\n".encode("utf-16")])
def test_a_file_of_settings_that_is_not_utf_8_is_told_of(content: bytes, tmp_path: Path):
    (tmp_path / ".env").write_bytes(content)
    done = citebot("settings", at=tmp_path)
    assert (done.returncode, done.stderr) == (2, ".env: not UTF-8: save the file as UTF-8\n")


def test_settings_hide_the_token():
    done = citebot("settings", env={"BOT_TOKEN": "123:very-secret"})
    assert "very-secret" not in done.stdout + done.stderr


def test_knowledge_that_is_not_there_is_shown_as_such():
    shown = " ".join(citebot("settings", env={"KNOWLEDGE_PATH": "nowhere.yaml"}).stdout.split())
    assert "nowhere.yaml (not there)" in shown
    assert "not there" not in citebot("settings").stdout
