"""The program as people start it: a real process, with pipes or at a terminal. Answers for its input and output."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

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
