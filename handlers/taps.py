"""What a button means, and the 64 bytes in which Telegram carries it.

Answers for reading back only what this program could have written. Whether an entry still exists is not known here.
Everything a tap needs is in its data, so buttons work after a restart and in another process
(https://core.telegram.org/bots/api#inlinekeyboardbutton).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_ARTICLE = r"[a-z0-9][a-z0-9_-]{0,46}"
_ID = rf"{_ARTICLE}(?:~[0-9a-f]{{4}})?"


@dataclass(frozen=True, slots=True)
class Pick:
    """Show this entry."""

    entry: str
    language: str = "en"
    """That of the question which led to it."""

    @property
    def data(self) -> str:
        """As callback data."""
        return f"e:{self.entry}" + (f":{self.language}" if self.language != "en" else "")


@dataclass(frozen=True, slots=True)
class Page:
    """Show another page of a list; pages count from 0."""

    listing: str
    number: int

    @property
    def data(self) -> str:
        """As callback data."""
        return f"p:{self.listing}:{self.number}"


@dataclass(frozen=True, slots=True)
class Choose:
    """Answer from this article from now on; from all, where it is empty."""

    article: str

    @property
    def data(self) -> str:
        """As callback data."""
        return f"a:{self.article}"


@dataclass(frozen=True, slots=True)
class Vote:
    """This answer, in this wording, helped or did not."""

    entry: str
    wording: str
    """Eight hexadecimal digits that change with the answer's text."""
    up: bool

    @property
    def data(self) -> str:
        """As callback data."""
        return f"v{'+' if self.up else '-'}:{self.wording}:{self.entry}"


@dataclass(frozen=True, slots=True)
class Decision:
    """Apply or drop a knowledge file that was sent."""

    proposal: str
    """Eight hexadecimal digits of the file's text."""
    apply: bool

    @property
    def data(self) -> str:
        """As callback data."""
        return f"d{'+' if self.apply else '-'}:{self.proposal}"


@dataclass(frozen=True, slots=True)
class OpenMiss:
    """Show a missed question and what can be done with it."""

    miss: int

    @property
    def data(self) -> str:
        """As callback data."""
        return f"m:{self.miss}"


@dataclass(frozen=True, slots=True)
class SettleMiss:
    """See to a missed question."""

    miss: int
    entry: str | None = None
    """The entry that it becomes a phrasing of; None where the article does not say, or it is dropped."""
    drop: bool = False

    @property
    def data(self) -> str:
        """As callback data."""
        return f"s{'-' if self.drop else '+'}:{self.miss}:{self.entry or ''}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """None of the choices."""

    data: str = "n:"


AdminTap = Decision | OpenMiss | SettleMiss
Tap = Pick | Page | Choose | Vote | Refusal | AdminTap


def read(data: str | None) -> Tap | None:
    """What a button's data means; None where this program wrote no such data."""
    for pattern, tap in _READERS:
        if match := pattern.fullmatch(data or ""):
            return tap(match)
    return None


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Tap]], ...] = (
    (re.compile(rf"e:({_ID})(?::([a-z]{{2}}))?"), lambda found: Pick(found[1], found[2] or "en")),
    (re.compile(rf"a:({_ARTICLE})?"), lambda found: Choose(found[1] or "")),
    (re.compile(r"p:([a-z]{1,16}):(\d{1,4})"), lambda found: Page(found[1], int(found[2]))),
    (re.compile(rf"v([+-]):([0-9a-f]{{8}}):({_ID})"), lambda found: Vote(found[3], found[2], found[1] == "+")),
    (re.compile(r"n:"), lambda _: Refusal()),
    (re.compile(r"d([+-]):([0-9a-f]{8})"), lambda found: Decision(found[2], found[1] == "+")),
    (re.compile(r"m:([1-9]\d{0,6})"), lambda found: OpenMiss(int(found[1]))),
    (
        re.compile(rf"s([+-]):([1-9]\d{{0,6}}):({_ID})?"),
        lambda found: SettleMiss(int(found[2]), found[3], found[1] == "-"),
    ),
)
