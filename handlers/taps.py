"""What a button means, and the 64 bytes in which Telegram carries it.

Answers for reading back only what this program could have written. Whether an entry still exists is not known here.
Everything a tap needs is in its data, so buttons work after a restart and in another process
(https://core.telegram.org/bots/api#inlinekeyboardbutton).
"""

import re
from dataclasses import dataclass

DATA_LIMIT = 64
"""Bytes of callback data."""
_ID = r"[a-z0-9][a-z0-9_-]{0,47}"
_PICK = re.compile(rf"e:(?P<entry>{_ID})")
_PAGE = re.compile(r"p:(?P<listing>[a-z]{1,16}):(?P<number>\d{1,4})")
_VOTE = re.compile(rf"v(?P<mark>[+-]):(?P<wording>[0-9a-f]{{8}}):(?P<entry>{_ID})")


@dataclass(frozen=True, slots=True)
class Pick:
    """Show this entry."""

    entry: str

    @property
    def data(self) -> str:
        """As callback data."""
        return f"e:{self.entry}"


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
class Refusal:
    """None of the choices."""

    data: str = "n:"


Tap = Pick | Page | Vote | Refusal


def read(data: str | None) -> Tap | None:
    """What a button's data means; None where this program wrote no such data."""
    data = data or ""
    if match := _PICK.fullmatch(data):
        return Pick(match["entry"])
    if match := _PAGE.fullmatch(data):
        return Page(match["listing"], int(match["number"]))
    if match := _VOTE.fullmatch(data):
        return Vote(match["entry"], match["wording"], match["mark"] == "+")
    return Refusal() if data == Refusal().data else None
