"""What exists in the fake Telegram: chats, what stands in them, files and queries. Answers no calls."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.refusal import bad

Raw = dict[str, Any]


@dataclass(eq=False)
class Message:
    """A message as it stands in its chat now."""

    chat: "Chat"
    raw: Raw
    """As Telegram shows it in updates and results."""
    update_id: int | None = None
    """The update that brought it to the bot; None for the bot's own."""

    @property
    def id(self) -> int:
        return self.raw["message_id"]

    @property
    def after(self) -> int:
        """The place in the chat from which an answer can come."""
        return self.id

    @property
    def about(self) -> int:
        """The message that an answer may reply to."""
        return self.id

    @property
    def text(self) -> str:
        return self.raw.get("text", self.raw.get("caption", ""))

    @property
    def entities(self) -> list[Raw]:
        return self.raw.get("entities", self.raw.get("caption_entities", []))

    @property
    def from_bot(self) -> bool:
        """Whether the bot under test wrote it."""
        return self.update_id is None

    @property
    def sender(self) -> str:
        author = self.raw.get("sender_chat") or self.raw["from"]
        return author.get("title") or author["first_name"]

    @property
    def rows(self) -> list[list[Raw]]:
        return self.raw.get("reply_markup", {}).get("inline_keyboard", [])

    @property
    def buttons(self) -> list[str]:
        """The labels of its inline buttons."""
        return [button["text"] for row in self.rows for button in row]

    @property
    def edited(self) -> bool:
        return "edit_date" in self.raw

    @property
    def reply_to(self) -> int | None:
        return self.raw.get("reply_to_message", {}).get("message_id")

    @property
    def thread(self) -> int | None:
        """The topic it stands in."""
        return self.raw.get("message_thread_id") if self.raw.get("is_topic_message") else None

    def marked(self, kind: str) -> list[str]:
        """The pieces of its text with an entity of that kind."""
        wide = self.text.encode("utf-16-le")
        return [
            wide[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
            for entity in self.entities
            if entity["type"] == kind
        ]

    def __str__(self) -> str:
        thread = f" in topic {self.thread}" if self.thread else ""
        reply = f" to {self.reply_to}" if self.reply_to else ""
        edited = " (edited)" if self.edited else ""
        return f"#{self.id}{thread}{reply}{edited} {self.sender}: {self.text!r} {self.buttons or ''}"


@dataclass(eq=False)
class Chat:
    """A conversation and the bot's standing in it."""

    id: int
    kind: str
    names: Raw
    forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    """Statuses by user id."""
    refusal: str | None = None
    """Why the bot may not write here."""
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    next_id: int = 1

    @property
    def raw(self) -> Raw:
        return {"id": self.id, "type": self.kind, **self.names} | ({"is_forum": True} if self.forum else {})

    @property
    def last(self) -> int:
        """The newest message's id, deleted or not."""
        return self.next_id - 1

    def add(self, content: Raw, date: int) -> Message:
        """Puts a message into the chat."""
        message = Message(self, {"message_id": self.next_id, "date": date, "chat": self.raw, **content})
        self.next_id += 1
        self.messages[message.id] = message
        return message

    def __str__(self) -> str:
        name = self.names.get("title") or self.names.get("first_name")
        return "\n  ".join([f"{self.kind} {name!r} ({self.id})", *map(str, self.messages.values())])


@dataclass(eq=False)
class Query:
    """A tap or an inline query that waits for its answer."""

    id: str
    asked: float
    update_id: int
    chat: Chat | None = None
    after: int = 0
    about: int = 0
    """The tapped message."""
    answer: Raw | None = None
    """What the bot answered with."""
    expired: bool = False


@dataclass(eq=False)
class InlineMessage:
    """A chosen inline result where readers see it: in a chat that the bot need not be in."""

    id: str
    raw: Raw

    @property
    def text(self) -> str:
        return self.raw.get("text", "")

    @property
    def rows(self) -> list[list[Raw]]:
        return self.raw.get("reply_markup", {}).get("inline_keyboard", [])


@dataclass
class World:
    """Everything there is, and the clock it lives by."""

    bot: Raw
    clock: Callable[[], float]
    chats: dict[int, Chat] = field(default_factory=dict)
    users: dict[int, Raw] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    guests: dict[str, Query] = field(default_factory=dict)
    inline: dict[str, InlineMessage] = field(default_factory=dict)
    _serial: Iterator[int] = field(default_factory=lambda: itertools.count(1001))

    @property
    def now(self) -> int:
        return int(self.clock())

    def serial(self) -> int:
        """A number that nothing else has."""
        return next(self._serial)

    def open_chat(self, chat_id: int | str) -> Chat:
        """A chat that the bot may write to. Raises Refusal."""
        found = self.chats.get(chat_id) if isinstance(chat_id, int) else self._by_name(chat_id)
        if found is None:
            raise bad("chat not found")
        return found

    def _by_name(self, name: str) -> Chat | None:
        named = (chat for chat in self.chats.values() if chat.kind != "private" and "username" in chat.names)
        return next((chat for chat in named if f"@{chat.names['username']}".lower() == name.lower()), None)

    def store(self, name: str, content: bytes) -> Raw:
        """Keeps a file; how updates speak of it."""
        file_id = f"file{self.serial()}"
        self.files[file_id] = content
        return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": len(content), "file_name": name}
