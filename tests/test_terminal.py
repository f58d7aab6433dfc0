"""The chat in a terminal, and from a pipe."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import APART, CITEBOT, citebot, talk


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


@pytest.mark.parametrize("word", ["quit", "exit", "q", "/quit", "/exit", " Quit "])
def test_a_word_ends_the_terminal_chat(word: str):
    code, shown = talk(f"{word}\n".encode(), b"who invited putin?\n", b"\x04")
    assert code == 0
    assert "Source:" not in shown


def test_a_pipe_is_read_to_its_end():
    assert "Source:" in citebot("chat", said="quit\nwho invited putin?\n").stdout


def test_a_closed_input_has_no_lines():
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m bot chat <&-"], capture_output=True, check=False, cwd=APART
    )
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="Ctrl-C is ignored here")
# Ctrl-C may come just before the input is waited for; then the next key makes it felt.
@pytest.mark.parametrize("key", [b"\x03\n", b"\x04"])
def test_a_key_ends_the_terminal_chat(key: bytes):
    code, shown = talk(b"who invited putin?\n", key)
    assert code == 0
    assert "Source:" in shown
    assert "Traceback" not in shown
    assert "Aborted" not in shown


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
