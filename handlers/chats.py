"""Which article a chat has chosen, kept without the chat's id.

Answers for what is kept. What follows from it is the conversation's.
"""

import logging
from functools import lru_cache

from handlers.faults import DataError
from handlers.store import Store

log = logging.getLogger(__name__)
_REMEMBERED = 10_000
"""Chats whose choice is not read again for every message."""
_LAYOUT = "CREATE TABLE IF NOT EXISTS chats (chat TEXT PRIMARY KEY, article TEXT NOT NULL) WITHOUT ROWID"


class Chats:
    """The choices of chats. Where they cannot be read or written, readers are answered from all articles."""

    def __init__(self, store: Store) -> None:
        """Raises DataError where the store cannot be used at all."""
        self._store = store
        self._chosen = lru_cache(_REMEMBERED)(self._read)
        store.run(_LAYOUT)

    def article(self, chat: int) -> str | None:
        """Id of the article that a chat has chosen; None where it asks all."""
        try:
            return self._chosen(chat)
        except DataError as error:
            log.warning("a choice cannot be read: %s", error)
            return None

    def _read(self, chat: int) -> str | None:
        hidden = self._store.hidden("chat", chat)
        row = self._store.run("SELECT article FROM chats WHERE chat = ?", (hidden,)).fetchone()
        return row[0] if row else None

    def choose(self, chat: int, article: str) -> bool:
        """Notes a chat's choice, an empty id for all articles; False where that is impossible."""
        hidden = self._store.hidden("chat", chat)
        try:
            if article:
                self._store.run("INSERT OR REPLACE INTO chats VALUES (?, ?)", (hidden, article))
            else:
                self._store.run("DELETE FROM chats WHERE chat = ?", (hidden,))
        except DataError as error:
            log.warning("a choice cannot be kept: %s", error)
            return False
        self._chosen.cache_clear()
        return True
