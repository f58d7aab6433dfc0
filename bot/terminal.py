"""The chat in a terminal: line editing, history, completion of commands, choices by number; or a pipe.

Answers for showing replies as text. Decides nothing about them.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from html import unescape

from rich.console import Console
from rich.text import Text

from handlers.conversation import Conversation
from handlers.render import Button, Reply
from handlers.talk import Talk
from handlers.texts import say

try:
    import readline
except ImportError:  # Windows has none; input() then edits as the console does
    readline = None  # type: ignore[assignment]

_TAG = re.compile(r"<(/?)([bi])>")
_STYLES = {"b": "bold", "i": "dim italic"}
_HINT = (
    "No BOT_TOKEN is set, so this is the terminal chat. To connect Telegram: get a token from @BotFather, "
    "put BOT_TOKEN=... into .env and run this again.\n"
)
_WELCOME = "Ask about the article, or /help. A number picks a choice. Ctrl-D or quit ends.\n"
_ENDS = frozenset({"quit", "exit", "q", "/quit", "/exit"})
_DIGITS = 4
"""Of a number that may pick a choice: no reply has ten thousand."""
console = Console(highlight=False, soft_wrap=True)


class InputError(Exception):
    """What was typed or piped cannot be read."""


def chat(conversation: Conversation, *, hint: bool = False) -> None:
    """Talks until the input ends. `hint`: say how to connect Telegram."""
    talking = bool(sys.stdin and sys.stdin.isatty())
    if hint:
        print(_HINT, file=sys.stderr)
    if talking:
        _prepare(conversation)
        console.print(_WELCOME, style="dim")
    offered: Reply = Reply("")
    talk = Talk()
    for line in _typed() if talking else lines():
        text = line.strip()
        if not text:
            continue
        picked = _picked(text, offered)
        if text.isdecimal() and not picked:
            console.print(f"{say('no_such_choice', number=text)}\n")
            continue
        turn = conversation.tap(picked.tap) if picked else conversation.go_on(text, talk)
        if turn.chosen is not None:
            conversation = conversation.within(turn.chosen)
        offered, talk = turn.reply, turn.after(talk)
        show(offered)
        console.print()


def _picked(text: str, offered: Reply) -> Button | None:
    number = int(text) if text.isdecimal() and len(text) <= _DIGITS else 0
    return offered.buttons[number - 1] if 0 < number <= len(offered.buttons) else None


def show(reply: Reply) -> None:
    """Prints a reply, its buttons as numbered lines."""
    console.print(_styled(reply.html))
    for number, button in enumerate(reply.buttons, 1):
        console.print(Text(f"  {number}  {button.label}", style="cyan"))


def lines() -> Iterator[str]:
    """Lines of standard input; none where it is closed.

    Raises InputError where one is not UTF-8.
    """
    for number, raw in enumerate(sys.stdin.buffer if sys.stdin else (), 1):
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise InputError(f"line {number}: not UTF-8") from None
        if line.strip():
            yield line


def _typed() -> Iterator[str]:
    with suppress(EOFError, KeyboardInterrupt):
        while (line := input("> ")).strip().lower() not in _ENDS:
            yield line
        return
    print()


def _prepare(conversation: Conversation) -> None:
    if readline is None:
        return
    names = [f"/{name}" for name in conversation.commands]

    def complete(text: str, state: int) -> str | None:
        fitting = [name for name in names if name.startswith(text)]
        return fitting[state] if text.startswith("/") and state < len(fitting) else None

    readline.set_completer_delims(" ")
    readline.set_completer(complete)
    readline.parse_and_bind("tab: complete")


def _styled(html: str) -> Text:
    text, at, style = Text(), 0, ""
    for tag in _TAG.finditer(html):
        text.append(unescape(html[at : tag.start()]), style)
        style, at = ("" if tag[1] else _STYLES[tag[2]]), tag.end()
    return text.append(unescape(html[at:]), style)
