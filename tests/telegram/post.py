"""Brings what people do into chats and to the bot, in the form of real updates. Decides nothing about who does what."""

import copy
import re
from dataclasses import dataclass
from typing import Any

from tests.telegram import html
from tests.telegram.delivery import Delivery
from tests.telegram.messages import without_reply
from tests.telegram.world import Chat, Message, Query, Raw, World

_SEEN = (
    ("bot_command", re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w@])", re.ASCII)),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{4,32}(?!\w)", re.ASCII)),
    ("url", re.compile(r"https?://[^\s<>\"]+")),
)


@dataclass(eq=False)
class Happening:
    """What somebody did that is no new message: an edit, a service message."""

    chat: Chat
    update_id: int
    after: int
    """The newest message then: an answer comes later."""
    about: int = 0
    """The message that changed."""


@dataclass
class Post:
    """The way from people to the bot."""

    world: World
    delivery: Delivery

    def say(self, chat: Chat, author: Raw, content: Raw, *, kind: str = "message", **place: Any) -> Message:
        """Puts a message into a chat and, if the bot may read there, on its way."""
        message = chat.add(author | _entities(content) | self._place(chat, **place), self.world.now)
        message.update_id = self.update(kind, message.raw, chat.id, hidden=chat.refusal is not None)
        return message

    @staticmethod
    def _place(chat: Chat, *, reply_to: Message | None = None, thread: int | None = None) -> Raw:
        place: Raw = {}
        if reply_to:
            place["reply_to_message"] = without_reply(reply_to)
            thread = thread or reply_to.thread
            if chat.kind == "supergroup" and not thread:
                # Telegram numbers chains of replies like topics, without marking them as such.
                place["message_thread_id"] = reply_to.raw.get("message_thread_id", reply_to.id)
        if thread:
            if thread not in chat.topics:
                raise LookupError(f"no topic {thread} in {chat.topics}")
            place |= {"message_thread_id": thread, "is_topic_message": True}
            if thread in chat.messages:
                place.setdefault("reply_to_message", without_reply(chat.messages[thread]))
        return place

    def edit(self, message: Message, content: Raw) -> Happening:
        """Changes a message; the bot gets an edited_message or edited_channel_post."""
        for key in ("text", "entities", "caption", "caption_entities"):
            message.raw.pop(key, None)
        message.raw |= _entities(content) | {"edit_date": self.world.now}
        kind = "edited_channel_post" if message.chat.kind == "channel" else "edited_message"
        return self.happens(kind, message.raw, message.chat, about=message.id)

    def happens(self, kind: str, content: Any, chat: Chat, *, about: int = 0) -> Happening:
        """Tells the bot of something in a chat."""
        return Happening(chat, self.update(kind, content, chat.id), chat.last, about)

    def update(self, kind: str, content: Any, lane: int, *, hidden: bool = False) -> int:
        """Queues an update as things stand now; its id."""
        return 0 if hidden else self.delivery.put(kind, copy.deepcopy(content), lane)

    def ask(self, kind: str, content: Raw, *, chat: Chat | None = None, about: int = 0, lane: int = 0) -> Query:
        """Queues a tap or an inline query, which then waits for its answer."""
        query_id = str(9_000_000_000 + self.world.serial())
        query = Query(query_id, self.world.clock(), 0, chat, chat.last if chat else 0, about)
        self.world.queries[query_id] = query
        query.update_id = self.update(kind, {"id": query_id, **content}, chat.id if chat else lane)
        return query

    def standing(self, chat: Chat, author: Raw, old: str, new: str) -> Happening:
        """Tells the bot that its own place in a chat changed."""
        bot = self.world.bot
        chat.members[bot["id"]] = new
        change = {
            "chat": chat.raw,
            "from": author,
            "date": self.world.now,
            "old_chat_member": _member(bot, old),
            "new_chat_member": _member(bot, new),
        }
        return self.happens("my_chat_member", change, chat)


def _member(user: Raw, status: str) -> Raw:
    return {"user": user, "status": status} | ({"until_date": 0} if status == "kicked" else {})


def _entities(content: Raw) -> Raw:
    """The content with the entities that Telegram finds by itself."""
    for key, marks in (("text", "entities"), ("caption", "caption_entities")):
        if key in content:
            found = [*content.get(marks, []), *_found(content[key])]
            found.sort(key=lambda entity: entity["offset"])
            return content | ({marks: found} if found else {})
    return content


def _found(text: str) -> list[Raw]:
    return [
        {"type": kind, "offset": html.units(text[: match.start()]), "length": html.units(match.group())}
        for kind, pattern in _SEEN
        for match in pattern.finditer(text)
    ]
