"""Long replies in pieces that Telegram accepts.

Answers for lengths: a piece ends where a sentence does, if it can, and leaves no tag open. Knows <b> and <i>, the only
tags that the renderer writes.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

LIMIT = 4096
"""Characters of a message after its HTML was read (https://core.telegram.org/bots/api#sendmessage)."""
_LEAST = 2
"""Units of room that any character fits into."""
_TOKEN = re.compile(r"(</?[bi]>)")
_SENTENCE_END = re.compile(r"(?:[.!?…。！？]['\"”’)]*\s+|\n)")


def length(text: str) -> int:
    """Length as Telegram counts it: in UTF-16 units (https://core.telegram.org/api/entities#entity-length)."""
    return len(text.encode("utf-16-le")) // 2


def pieces(html: str, footer: str = "", limit: int = LIMIT) -> list[str]:
    """HTML in pieces of at most `limit` UTF-16 units of text; a footer that fits is kept whole, in the last."""
    tail = f"\n{footer}" if footer else ""
    if length(_text(tail)) > limit:
        html, tail = html + tail, ""
    found = [piece for piece in _split(html, limit) if _text(piece).strip()]
    if found and length(_text(found[-1] + tail)) <= limit:
        found[-1] += tail
    else:
        found.append(footer)
    return found


def shortened(html: str, footer: str, limit: int = LIMIT) -> str:
    """As much of the HTML as fits into one piece together with its footer; without one that leaves no room."""
    room = limit - length(_text(footer)) - 2
    if room < _LEAST:
        room, footer = limit - 1, ""
    first, *more = _split(html, room)
    return "\n".join(filter(None, (first + ("…" if more else ""), footer)))


def _text(html: str) -> str:
    return unescape(_TOKEN.sub("", html))


def _split(html: str, limit: int) -> Iterator[str]:
    piece, room, opened = "", limit, ""
    for token in _TOKEN.split(html):
        if _TOKEN.fullmatch(token):
            piece += token
            opened = "" if token.startswith("</") else token
            continue
        text = unescape(token)
        while length(text) > room:
            head = _head(text, room)
            yield piece + escape(head.rstrip()) + opened.replace("<", "</")
            text, piece, room = text[len(head) :], opened, limit
        piece += escape(text)
        room -= length(text)
    yield piece


def _head(text: str, room: int) -> str:
    """The longest beginning that fits and ends with a sentence, else with a word, else as it comes."""
    fitting = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    ends = [match.end() for match in _SENTENCE_END.finditer(fitting)]
    if ends and ends[-1] > len(fitting) // 2:
        return fitting[: ends[-1]]
    return fitting[: fitting.rfind(" ") + 1] or fitting
