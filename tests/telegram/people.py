"""Who writes to the bot. Answers for updates that look like Telegram's, whoever sends them and wherever."""

from tests.telegram import html
from tests.telegram.post import Happening, Post
from tests.telegram.world import Chat, InlineMessage, Message, Query, Raw

ANONYMOUS_ADMIN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_SENDER = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}


class Person:
    """A reader with a private chat, which begins with their first word."""

    def __init__(self, post: Post, raw: Raw) -> None:
        self.raw = raw
        self.id: int = raw["id"]
        self._post = post

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        names = {key: self.raw[key] for key in ("first_name", "username") if key in self.raw}
        return self._post.world.chats.setdefault(self.id, Chat(self.id, "private", names))

    async def say(self, text: str, *, reply_to: Message | None = None, entities: list[Raw] | None = None) -> Message:
        """Writes to the bot in private."""
        return await self.send({"text": text} | ({"entities": entities} if entities else {}), reply_to=reply_to)

    async def send(self, content: Raw, *, reply_to: Message | None = None, kind: str = "message") -> Message:
        """Sends anything in private: see `media`."""
        return self._post.say(self.chat, {"from": self.raw}, content, kind=kind, reply_to=reply_to)

    async def upload(self, name: str, content: bytes, caption: str | None = None) -> Message:
        """Sends a file, which the bot can download."""
        document = {"document": self._post.world.store(name, content)}
        return await self.send(document | ({"caption": caption} if caption else {}))

    async def start(self, parameter: str = "") -> Message:
        """Opens the chat, by a link with a parameter perhaps."""
        return await self.say(f"/start {parameter}".rstrip())

    async def edit(self, message: Message, text: str) -> Happening:
        """Changes the text, or the caption, of a message."""
        return self._post.edit(message, {"caption" if "caption" in message.raw else "text": text})

    async def tap(self, message: Message | InlineMessage, label: str) -> Query:
        """Taps a button by its label. Raises LookupError if readers see no such button."""
        buttons = [button for row in message.rows for button in row]
        found = [button for button in buttons if button["text"] == label and "callback_data" in button]
        if not found:
            raise LookupError(f"no button {label!r} to tap among {[button['text'] for button in buttons]}")
        return await self.tap_data(message, found[0]["callback_data"])

    async def tap_data(
        self, message: Message | InlineMessage, data: str | None, *, inaccessible: bool = False
    ) -> Query:
        """Taps with any data, as an old or a forged client may; None is a game's button."""
        content: Raw = {"from": self.raw, "chat_instance": "-77"}
        content |= {"game_short_name": "game"} if data is None else {"data": data}
        if isinstance(message, InlineMessage):
            return self._post.ask("callback_query", content | {"inline_message_id": message.id}, lane=self.id)
        shown = message.raw
        if inaccessible:
            shown = {"chat": message.chat.raw, "message_id": message.id, "date": 0}
        return self._post.ask("callback_query", content | {"message": shown}, chat=message.chat, about=message.id)

    async def inline(self, query: str, *, offset: str = "", chat_type: str = "supergroup") -> Query:
        """Types after the bot's name in any chat; Telegram cuts at 256 characters."""
        content = {"from": self.raw, "query": query[:256], "offset": offset, "chat_type": chat_type}
        return self._post.ask("inline_query", content, lane=self.id)

    async def choose(self, query: Query, title: str) -> InlineMessage:
        """Sends the inline result with that title. Raises LookupError if there is none."""
        results = (query.answer or {}).get("results", [])
        result = next((result for result in results if result.get("title") == title), None)
        if result is None:
            raise LookupError(f"no result {title!r} among {[result.get('title') for result in results]}")
        message = InlineMessage(f"inline{self._post.world.serial()}", dict(result["shown"]))
        self._post.world.inline[message.id] = message
        chosen = {"result_id": result["id"], "from": self.raw, "query": ""}
        known = {"inline_message_id": message.id} if message.rows else {}
        self._post.update("chosen_inline_result", chosen | known, self.id)
        return message

    async def block(self) -> Happening:
        """Stops the bot."""
        self.chat.refusal = "bot was blocked by the user"
        return self._post.standing(self.chat, self.raw, "member", "kicked")

    async def unblock(self) -> Happening:
        """Lets the bot write again."""
        self.chat.refusal = None
        return self._post.standing(self.chat, self.raw, "kicked", "member")

    async def summon(self, text: str) -> Query:
        """Mentions the bot in a chat that it is not in: a guest message, which takes one answer."""
        world = self._post.world
        query_id = f"guest{world.serial()}"
        chat = Chat(-1009990000000 - world.serial(), "supergroup", {"title": "Elsewhere"})
        message = chat.add({"from": self.raw, "text": text, "guest_query_id": query_id}, world.now)
        query = world.guests[query_id] = Query(query_id, world.clock(), 0)
        query.update_id = self._post.update("guest_message", message.raw, chat.id)
        return query

    async def write_to_business(self, text: str) -> int:
        """Writes to a person for whom the bot manages the chats; the update's id."""
        chat = {"id": self.id, "type": "private", "first_name": self.raw["first_name"]}
        content = {"message_id": 1, "date": self._post.world.now, "chat": chat, "from": self.raw, "text": text}
        return self._post.update("business_message", content | {"business_connection_id": "b1"}, self.id)


class Place:
    """A chat of many."""

    def __init__(self, post: Post, chat: Chat) -> None:
        self.chat = chat
        self.id = chat.id
        self._post = post
        post.world.chats[chat.id] = chat
        chat.members[post.world.bot["id"]] = "member"

    async def kick_bot(self, person: Person) -> Happening:
        """Throws the bot out."""
        self.chat.refusal = f"bot was kicked from the {self.chat.kind} chat"
        return self._post.standing(self.chat, person.raw, "member", "kicked")

    async def add_bot(self, person: Person, status: str = "member") -> Happening:
        """Lets the bot in, as an administrator perhaps."""
        old = "kicked" if self.chat.refusal else "left"
        self.chat.refusal = None
        return self._post.standing(self.chat, person.raw, old, status)

    async def delete(self, message: Message) -> None:
        """Deletes a message; bots are not told."""
        del self.chat.messages[message.id]


class Group(Place):
    """A group or a supergroup."""

    async def say(
        self,
        person: Person,
        text: str,
        *,
        reply_to: Message | None = None,
        thread: int | None = None,
        entities: list[Raw] | None = None,
    ) -> Message:
        """A member writes, in a topic perhaps."""
        content = {"text": text} | ({"entities": entities} if entities else {})
        return await self.send(person, content, reply_to=reply_to, thread=thread)

    async def send(
        self, person: Person, content: Raw, *, reply_to: Message | None = None, thread: int | None = None
    ) -> Message:
        """A member sends anything: see `media`."""
        self.chat.members.setdefault(person.id, "member")
        return self._post.say(self.chat, {"from": person.raw}, content, reply_to=reply_to, thread=thread)

    async def say_anonymously(self, text: str, *, reply_to: Message | None = None) -> Message:
        """An administrator writes in the group's name."""
        author = {"from": ANONYMOUS_ADMIN, "sender_chat": self.chat.raw, "author_signature": "chief"}
        return self._post.say(self.chat, author, {"text": text}, reply_to=reply_to)

    async def say_as(self, channel: "Channel", text: str) -> Message:
        """Somebody writes in the name of their channel."""
        return self._post.say(self.chat, {"from": CHANNEL_SENDER, "sender_chat": channel.chat.raw}, {"text": text})

    async def topic(self, person: Person, name: str) -> int:
        """Opens a topic; its id is that of the message that says so."""
        if not self.chat.forum:
            raise LookupError("this group has no topics")
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        thread = self.chat.next_id
        message = self._post.say(
            self.chat, {"from": person.raw}, created | {"message_thread_id": thread, "is_topic_message": True}
        )
        self.chat.topics[message.id] = name
        return message.id

    async def join(self, person: Person) -> Message:
        """A member comes, with a service message."""
        self.chat.members[person.id] = "member"
        return await self.send(person, {"new_chat_members": [person.raw], "new_chat_member": person.raw})

    async def leave(self, person: Person) -> Message:
        """A member goes, with a service message."""
        message = await self.send(person, {"left_chat_member": person.raw})
        self.chat.members[person.id] = "left"
        return message

    async def pin(self, person: Person, message: Message) -> Message:
        """A message is pinned, with a service message."""
        return await self.send(person, {"pinned_message": message.raw})

    async def promote(self, person: Person, status: str = "administrator") -> None:
        """Makes somebody an administrator, or the "creator"."""
        self.chat.members[person.id] = status

    async def migrate(self, person: Person) -> "Group":
        """Becomes a supergroup; the bot is told on both sides."""
        new = Chat(-1003000000000 - self._post.world.serial(), "supergroup", dict(self.chat.names))
        group = Group(self._post, new)
        new.members = dict(self.chat.members)
        await self.send(person, {"migrate_to_chat_id": new.id})
        self.chat.migrated_to = new.id
        await group.send(person, {"migrate_from_chat_id": self.chat.id})
        return group


class Channel(Place):
    """A channel, with a group for its discussions perhaps."""

    def __init__(self, post: Post, chat: Chat, discussion: Group | None) -> None:
        super().__init__(post, chat)
        self._discussion = discussion

    async def post(self, text: str) -> Message:
        """Publishes, with nobody as the sender; the discussion group gets a forward."""
        message = self._post.say(self.chat, {"sender_chat": self.chat.raw}, {"text": text}, kind="channel_post")
        if self._discussion:
            origin = {"type": "channel", "chat": self.chat.raw, "message_id": message.id, "date": message.raw["date"]}
            author = {"from": TELEGRAM, "sender_chat": self.chat.raw, "is_automatic_forward": True}
            self._post.say(self._discussion.chat, author, {"text": text, "forward_origin": origin})
        return message


def text_mention(text: str, name: str, person: Person) -> Raw:
    """The entity with which `text` names somebody who has no username."""
    offset = html.units(text[: text.index(name)])
    return {"type": "text_mention", "offset": offset, "length": html.units(name), "user": person.raw}
