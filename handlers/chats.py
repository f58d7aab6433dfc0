"""Which article a chat has chosen, kept without the chat's id.

Answers for what is kept. What follows from it is the conversation's.
"""

from handlers.store import Store

_LAYOUT = "CREATE TABLE IF NOT EXISTS chats (chat TEXT PRIMARY KEY, article TEXT NOT NULL) WITHOUT ROWID"


class Chats:
    """The choices of chats."""

    def __init__(self, store: Store) -> None:
        self._store = store
        store.run(_LAYOUT)

    def article(self, chat: int) -> str | None:
        """Id of the article that a chat has chosen; None where it asks all."""
        row = self._store.run(
            "SELECT article FROM chats WHERE chat = ?", (self._store.hidden("chat", chat),)
        ).fetchone()
        return row[0] if row else None

    def choose(self, chat: int, article: str) -> None:
        """Notes a chat's choice; an empty id stands for all articles."""
        hidden = self._store.hidden("chat", chat)
        if article:
            self._store.run("INSERT OR REPLACE INTO chats VALUES (?, ?)", (hidden, article))
        else:
            self._store.run("DELETE FROM chats WHERE chat = ?", (hidden,))
