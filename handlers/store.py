"""The file in which the bot keeps things, and what never stands in it: who somebody is.

Answers for opening, writing and hiding. What is kept, `feedback` and `chats` know.
"""

import hashlib
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from handlers.faults import DataError
from knowledge.disk import replaced

_KEY = 32
_PATIENCE = 0.2
"""Seconds to wait for another process that writes; readers wait as long."""


class Store:
    """An SQLite file in a folder of its own, with a key beside it."""

    def __init__(self, folder: Path) -> None:
        """Opens what is kept in the folder, or begins it.

        Raises DataError where that is impossible.
        """
        self._file = folder / "feedback.sqlite3"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._key = _key(folder / "voters.key")
            self._base = sqlite3.connect(self._file, isolation_level=None, timeout=_PATIENCE, check_same_thread=False)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")
            self._base.execute("PRAGMA secure_delete=ON")
        except (OSError, sqlite3.Error) as error:
            raise DataError(f"{self._file}: cannot be used: {error}") from None

    def run(self, statement: str, values: Sequence[object] | Mapping[str, object] = ()) -> sqlite3.Cursor:
        """Runs a statement. Raises DataError."""
        try:
            return self._base.execute(statement, values)
        except sqlite3.Error as error:
            raise DataError(f"{self._file}: {error}") from None

    def hidden(self, *parts: object) -> str:
        """A keyed hash: the same for the same parts, and nobody can tell them from it (BLAKE2, RFC 7693)."""
        return hashlib.blake2b(":".join(map(str, parts)).encode(), key=self._key, digest_size=32).hexdigest()

    def close(self) -> None:
        """Ends the use of the file."""
        self._base.close()


def _key(file: Path) -> bytes:
    """The secret that people and chats are hashed with; without it, the hashes say nothing. Raises OSError."""
    if not file.exists():
        with replaced(file, mode=0o600) as new:
            new.write(secrets.token_bytes(_KEY))
    key = file.read_bytes()
    if len(key) != _KEY:
        raise OSError(f"{file.name} is no key")
    return key
