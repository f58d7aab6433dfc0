"""What readers thought of the answers: one vote a person and answer, kept in SQLite, without storing who.

Answers for the file, its layout and what is never in it. Does not know Telegram; a voter is a number.
"""

import hmac
import secrets
import sqlite3
from dataclasses import dataclass
from pathlib import Path

_LAYOUT = """
CREATE TABLE IF NOT EXISTS votes (
    entry TEXT NOT NULL, wording TEXT NOT NULL, voter TEXT NOT NULL, up INTEGER NOT NULL,
    PRIMARY KEY (entry, wording, voter)
) WITHOUT ROWID;
"""


class DataError(Exception):
    """What is kept cannot be read or written; the message names the file."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on one wording of an answer."""

    entry: str
    wording: str
    up: int
    down: int


class Feedback:
    """Votes in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        """Opens what is kept in the folder, or begins it.

        Raises DataError where that is impossible.
        """
        file = folder / "feedback.sqlite3"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._key = _key(folder / "voters.key")
            self._base = sqlite3.connect(file, isolation_level=None, timeout=5)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")
            self._base.executescript(_LAYOUT)
        except (OSError, sqlite3.Error) as error:
            raise DataError(f"{file}: cannot be used: {error}") from None

    def vote(self, entry: str, wording: str, voter: int, *, up: bool) -> bool:
        """Counts a vote, the voter's last one on this wording; False where it was the same before."""
        hidden = self._hidden(entry, wording, voter)
        changed = self._base.execute(
            "INSERT INTO votes VALUES (?, ?, ?, ?) "
            "ON CONFLICT (entry, wording, voter) DO UPDATE SET up = excluded.up WHERE up <> excluded.up",
            (entry, wording, hidden, up),
        )
        return changed.rowcount > 0

    def votes(self) -> list[Tally]:
        """The votes on each answer, the most voted first."""
        rows = self._base.execute(
            "SELECT entry, wording, sum(up), sum(1 - up) FROM votes "
            "GROUP BY entry, wording ORDER BY count(*) DESC, entry"
        )
        return [Tally(*row) for row in rows]

    def close(self) -> None:
        """Ends the use of the file."""
        self._base.close()

    def _hidden(self, entry: str, wording: str, voter: int) -> str:
        """A keyed hash of the voter, another one for every answer, so that votes do not add up to a person."""
        return hmac.digest(self._key, f"{voter}:{entry}:{wording}".encode(), "sha256").hex()


def _key(file: Path) -> bytes:
    """The secret that voters are hashed with; without it, the hashes say nothing."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_bytes(secrets.token_bytes(32))
    return file.read_bytes()
