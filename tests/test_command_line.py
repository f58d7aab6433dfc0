"""The program as people start it: real processes."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from bot.progress import LARGE
from tests.conftest import SMALL

CITEBOT = (sys.executable, "-m", "bot")
ROOT = Path(__file__).parents[1]
APART = ROOT / "docs"
"""Where it is started: a folder without an .env, from which a developer's own settings would be read."""


def citebot(
    *arguments: str, said: bytes | str = b"", env: dict[str, str] | None = None, at: Path = APART
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*CITEBOT, *arguments],
        input=said.encode() if isinstance(said, str) else said,
        capture_output=True,
        check=False,
        cwd=at,
        env={**os.environ, "BOT_TOKEN": "", **(env or {})},
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_run_without_a_token_answers_from_a_pipe():
    done = citebot("run", said="who came along with putin?\n/who Belousov\n/when treaty\n")
    assert done.returncode == 0
    assert done.stdout.count("Source: Newsweek") == 3
    assert "Sergey Lavrov" in done.stdout
    assert "BOT_TOKEN" in done.stderr


def test_the_terminal_chat_follows_up_the_latest_answer():
    done = citebot("chat", said="when did Kim invite Putin?\nand where?\n")
    assert "Far East" in done.stdout.split("\n\n")[1]


def test_a_number_picks_a_choice():
    done = citebot("chat", said="/topics\n1\n")
    assert "Source: Newsweek" in done.stdout


@pytest.mark.parametrize("number", ["5", "0", "99", "007", "9" * 5000])
def test_a_number_that_picks_no_choice_is_told_of(small: Path, number: str):
    done = citebot("--knowledge", str(small), "chat", said=f"/topics\n{number}\n1\n")
    shown = done.stdout.split("\n\n")
    assert shown[1] == f"There is no choice {number}."
    assert "Anna Reed opened the harbour" in shown[2]


@pytest.mark.parametrize("text", ["²", "٣²", "½"])
def test_what_only_looks_like_a_number_is_a_question(text: str):
    done = citebot("chat", said=f"/topics\n{text}\n")
    assert (done.returncode, done.stderr) == (0, "")


def test_json_lines_come_back_in_order():
    rows = [{"id": "a", "q": "who invited putin"}, {"id": "b", "q": "how old is putin"}]
    done = citebot("ask", "--jsonl", said="".join(json.dumps(row) + "\n" for row in rows))
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], first["answered"], first["entry"]) == ("a", True, "invitation-who")
    assert (second["id"], second["answered"]) == ("b", False)


@pytest.mark.parametrize(
    ("arguments", "said", "code", "told"),
    [
        (("ask", "--jsonl"), b'{"id": 1}\n', 2, "line 1"),
        (("ask", "--jsonl"), b"\xff\xfe\n", 2, "line 1: not UTF-8"),
        (("chat",), b"\xff\xfe\n", 2, "line 1: not UTF-8"),
        (("ask",), b"", 2, "give a question"),
        (("--knowledge", "nowhere.yaml", "ask", "hello"), b"", 1, "nowhere.yaml: there is no such file"),
        (("eval", "nowhere.yaml"), b"", 1, "nowhere.yaml: cannot be read"),
        (("check", "--article", "nowhere.txt"), b"", 1, "nowhere.txt: cannot be read"),
    ],
)
def test_a_mistake_gets_a_clear_line_and_an_exit_code(arguments: tuple[str, ...], said: bytes, code: int, told: str):
    done = citebot(*arguments, said=said)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


QUESTIONS = """\
questions:
  - {ask: Who opened the harbour?, expect: [opened], group: plain}
  - {ask: Who opened the harbour, expect: [], group: plain}
"""


def test_what_went_wrong_is_printed_where_it_is_asked_for(small: Path, tmp_path: Path):
    questions = tmp_path / "questions.yaml"
    questions.write_text(QUESTIONS, encoding="utf-8")
    plain = citebot("--knowledge", str(small), "eval", str(questions))
    told = citebot("--knowledge", str(small), "eval", str(questions), "--failed")
    assert plain.returncode == told.returncode == 0
    assert "Who opened the harbour" not in plain.stdout
    assert "wrong: Who opened the harbour -> opened, expected no answer" in told.stdout


def test_floors_are_held(small: Path, tmp_path: Path):
    questions = tmp_path / "questions.yaml"
    floors = "floors: {plain: %d, plian: 40, bare: 0}\n"
    questions.write_text(floors % 60 + QUESTIONS, encoding="utf-8")
    fell = citebot("--knowledge", str(small), "eval", str(questions))
    questions.write_text(floors % 40 + QUESTIONS, encoding="utf-8")
    rose = citebot("--knowledge", str(small), "eval", str(questions))
    assert fell.returncode == rose.returncode == 1
    nothing = ["bare has a floor and no question", "plian has a floor and no question"]
    assert fell.stdout.splitlines()[-3:] == ["plain fell to 50.0, under its floor of 60", *nothing]
    assert rose.stdout.splitlines()[-3:] == ["plain rose to 50.0: record it as its floor, now 40", *nothing]


def test_a_question_that_expects_an_entry_which_is_not_there_is_refused(small: Path, tmp_path: Path):
    questions = tmp_path / "questions.yaml"
    questions.write_text(QUESTIONS.replace("[opened]", "[opend]"), encoding="utf-8")
    done = citebot("--knowledge", str(small), "eval", str(questions))
    assert done.returncode == 1
    assert "Who opened the harbour?: expect: there is no entry opend" in done.stderr


def test_a_check_says_whether_it_had_the_article(small: Path):
    assert "compared with the text of 1 of 1 articles" in citebot("check", str(small)).stdout
    small.with_suffix(".txt").unlink()
    assert "not compared with the article" in citebot("check", str(small)).stdout


LOOKS_LIKE_A_TOKEN = "123456789:AAE-a-token-in-the-wrong-place"


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("ADMIN_IDS", "12,bob", "expected numbers with commas between them, not 'bob'"),
        ("ADMIN_IDS", LOOKS_LIKE_A_TOKEN, "expected numbers with commas between them, not '<token>'"),
        ("DRAFTS", "x", "expected hide or serve, not 'x'"),
        ("WATCH", "perhaps", "expected yes or no, not 'perhaps'"),
        ("LOG_LEVEL", "loud", "expected DEBUG, INFO, WARNING or ERROR, not 'loud'"),
        ("LOG_FORMAT", "xml", "expected text or json, not 'xml'"),
        ("WEBHOOK_URL", "nope", "expected an address that begins with http:// or https://, not 'nope'"),
        ("TELEGRAM_API_URL", "nope", "expected an address that begins with http:// or https://, not 'nope'"),
        ("WEBHOOK_LISTEN", "here", "expected host:port, not 'here'"),
        ("WEBHOOK_SECRET", "no blanks", "expected 1 to 256 letters A-Z a-z, digits, _ and -"),
        ("BOT_TOKEN", "very-secret", "expected a token from @BotFather, digits:letters"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wanted(setting: str, value: str, told: str):
    done = citebot("settings", env={setting: value})
    assert (done.returncode, done.stderr) == (2, f"{setting}: {told}\n")


def test_all_wrong_settings_are_named_at_once():
    done = citebot("settings", env={"DRAFTS": "x", "ADMIN_IDS": "a,b"})
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["ADMIN_IDS", "ADMIN_IDS", "DRAFTS"]


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


def test_a_closed_pipe_is_no_traceback():
    process = subprocess.Popen(
        [*CITEBOT, "ask", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=APART
    )
    assert process.stdout
    process.stdout.close()
    _, error = process.communicate(b'{"id": 1, "q": "who"}\n' * 2000)
    assert b"Traceback" not in error
    assert process.returncode == 1


# What is run in the background ignores Ctrl-C, and so do its children.
@pytest.mark.skipif(signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="Ctrl-C is ignored here")
def test_ctrl_c_ends_quietly():
    process = subprocess.Popen(
        [*CITEBOT, "chat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=APART,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"/help\n")
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, error = process.communicate()
    assert b"Traceback" not in error
    assert process.returncode == 130


TAKING_THE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
"""Has the keys of a terminal reach the program that takes this one's place."""


def talk(*typed: bytes) -> tuple[int, str]:
    """How the terminal chat ends, and what it shows; each piece is typed when it asks for input."""
    pty = pytest.importorskip("pty")
    here, there = pty.openpty()
    shown, left = b"", list(typed)
    with subprocess.Popen(
        [sys.executable, "-c", TAKING_THE_TERMINAL, *CITEBOT[1:], "chat"],
        stdin=there,
        stdout=there,
        stderr=there,
        cwd=APART,
        env={**os.environ, "TERM": "dumb"},
        start_new_session=True,
    ) as process:
        os.close(there)
        with suppress(OSError):
            while more := os.read(here, 65_536):
                shown += more
                if left and shown.endswith(b"> "):
                    os.write(here, left.pop(0))
    os.close(here)
    return process.returncode, shown.decode()


@pytest.mark.parametrize("word", ["quit", "exit", "q", "/quit", "/exit", " Quit "])
def test_a_word_ends_the_terminal_chat(word: str):
    code, shown = talk(f"{word}\n".encode(), b"who invited putin?\n", b"\x04")
    assert code == 0
    assert "Source:" not in shown


def test_a_pipe_is_read_to_its_end():
    assert "Source:" in citebot("chat", said="quit\nwho invited putin?\n").stdout


@pytest.mark.skipif(signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="Ctrl-C is ignored here")
@pytest.mark.parametrize("key", [b"\x03", b"\x04"])
def test_a_key_ends_the_terminal_chat(key: bytes):
    code, shown = talk(b"who invited putin?\n", key)
    assert code == 0
    assert "Source:" in shown
    assert "Traceback" not in shown
    assert "Aborted" not in shown


@pytest.fixture
def large(small: Path) -> Path:
    fact = "  - {id: pier-%d, answer: %s, questions: [How long is pier %d?], source: {paragraph: 1}}"
    answer = "It is a very long pier. " * 25
    facts = "\n".join(fact % (number, answer, number) for number in range(LARGE // len(answer)))
    small.write_text(SMALL.replace("facts:", f"facts:\n{facts}"), encoding="utf-8")
    return small


def at_a_terminal(*arguments: str, env: dict[str, str]) -> str:
    """What a terminal gets to see on standard error."""
    pty = pytest.importorskip("pty")
    here, there = pty.openpty()
    shown = b""
    with subprocess.Popen(
        [*CITEBOT, *arguments], stdout=subprocess.DEVNULL, stderr=there, cwd=APART, env={**os.environ, **env}
    ):
        os.close(there)
        # Linux ends a terminal that nobody writes to any more with an error, others with nothing.
        with suppress(OSError):
            while more := os.read(here, 65_536):
                shown += more
    os.close(here)
    return shown.decode()


@pytest.mark.parametrize("command", [("ask", "Who opened the harbour?"), ("check",)])
def test_a_terminal_shows_how_far_a_large_base_is(large: Path, tmp_path: Path, command: tuple[str, ...]):
    shown = at_a_terminal("--knowledge", str(large), *command, env={"CACHE_DIR": str(tmp_path), "TERM": "xterm"})
    assert "Reading entries" in shown


def test_a_pipe_gets_no_bar(large: Path, tmp_path: Path):
    done = citebot("--knowledge", str(large), "ask", "Who opened the harbour?", env={"CACHE_DIR": str(tmp_path)})
    assert (done.returncode, done.stderr) == (0, "")


def test_a_small_base_is_there_before_a_bar_could_be(small: Path, tmp_path: Path):
    assert not at_a_terminal("--knowledge", str(small), "ask", "Who?", env={"CACHE_DIR": str(tmp_path)})


@pytest.mark.parametrize("before", [("--help",), ("ask", "--help")])
def test_a_short_option_helps_too(before: tuple[str, ...]):
    done = citebot(*before[:-1], "-h")
    assert (done.returncode, done.stdout) == (0, citebot(*before).stdout)


@pytest.mark.parametrize("arguments", [("ask", "Who opened the harbour?"), ("explain", "Who opened it?"), ("chat",)])
def test_the_knowledge_is_chosen_before_the_command_or_after_it(small: Path, arguments: tuple[str, ...]):
    option = ("--knowledge", str(small))
    before, after = (citebot(*order, said="Who opened?") for order in ((*option, *arguments), (*arguments, *option)))
    assert (after.returncode, after.stdout) == (0, before.stdout)
    assert "opened" in after.stdout


def test_knowledge_that_is_not_there_is_shown_as_such():
    shown = " ".join(citebot("settings", env={"KNOWLEDGE_PATH": "nowhere.yaml"}).stdout.split())
    assert "nowhere.yaml (not there)" in shown
    assert "not there" not in citebot("settings").stdout


def test_help_names_every_command():
    shown = citebot("--help").stdout
    assert all(name in shown for name in ("run", "chat", "ask", "explain", "check", "eval", "schema", "settings"))


def test_explain_says_when_an_editor_wrote_the_question_down():
    shown = " ".join(citebot("explain", "Tell me about Vladimir Putin").stdout.split())
    assert "It is a phrasing of putin, word for word, and that decides." in shown


def test_explain_shows_evidence_and_decision():
    shown = citebot("explain", "who invited putin").stdout
    assert "invitation-who" in shown
    assert "Decision: Answer" in shown


def test_the_schema_is_json():
    assert "facts" in json.loads(citebot("schema").stdout)["properties"]
