"""What the bot says about itself, and what it may know about chats. Answers for scopes, languages and limits."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tests.telegram import limits
from tests.telegram.refusal import bad
from tests.telegram.world import Chat, Raw, World

_RIGHTS = (
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories"
)
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


class Profile:
    """The methods about the bot, its commands, and chats."""

    def __init__(self, world: World) -> None:
        self.commands: dict[str, list[Raw]] = {}
        """By scope: "default", "all_group_chats", "chat:7"; with a language "default@uk"."""
        self.words: dict[str, dict[str, str]] = defaultdict(dict)
        """The "description", "short_description" and "name", each by language; "" is everybody's."""
        self._world = world

    def methods(self) -> dict[str, Callable[[Raw], Any]]:
        """The calls answered here."""
        return {
            "getme": lambda _: self._world.bot | {"can_join_groups": True, "supports_inline_queries": True},
            "setmycommands": self.set_commands,
            "getmycommands": lambda values: self.commands.get(scope(values), []),
            "deletemycommands": lambda values: self.commands.pop(scope(values), None) is None or True,
            "setmydescription": lambda values: self._say(values, "description", 512),
            "getmydescription": lambda values: self._said(values, "description"),
            "setmyshortdescription": lambda values: self._say(values, "short_description", 120),
            "getmyshortdescription": lambda values: self._said(values, "short_description"),
            "setmyname": lambda values: self._say(values, "name", 64),
            "getmyname": lambda values: self._said(values, "name"),
            "getchat": self.chat,
            "getchatmember": self.member,
            "getchatadministrators": self.administrators,
            "leavechat": self.leave,
            "getfile": self.file,
            "logout": lambda _: True,
            "close": lambda _: True,
        }

    def set_commands(self, values: Raw) -> bool:
        self.commands[scope(values)] = limits.commands(values["commands"])
        return True

    def _say(self, values: Raw, key: str, most: int) -> bool:
        text = limits.at_most(values.get(key, ""), most, f"bot {key.replace('_', ' ')} is too long")
        self.words[key][values.get("language_code", "")] = text
        return True

    def _said(self, values: Raw, key: str) -> Raw:
        said = self.words[key]
        return {key: said.get(values.get("language_code", ""), said.get("", ""))}

    def chat(self, values: Raw) -> Raw:
        known = self._world.open_chat(values["chat_id"])
        gifts = dict.fromkeys(_GIFTS, False)
        return known.raw | {"accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": gifts}

    def member(self, values: Raw) -> Raw:
        chat = self._world.open_chat(values["chat_id"])
        if values["user_id"] not in self._world.users:
            raise bad("PARTICIPANT_ID_INVALID")
        return self._member(chat, values["user_id"])

    def _member(self, chat: Chat, user_id: int) -> Raw:
        status = chat.members.get(user_id, "left")
        extra = {
            "creator": {"is_anonymous": False},
            "administrator": dict.fromkeys(_RIGHTS.split(), False),
            "kicked": {"until_date": 0},
        }
        return {"status": status, "user": self._world.users[user_id], **extra.get(status, {})}

    def administrators(self, values: Raw) -> list[Raw]:
        chat = self._world.open_chat(values["chat_id"])
        if chat.kind == "private":
            raise bad("there are no administrators in the private chat")
        above = [user for user, status in chat.members.items() if status in {"creator", "administrator"}]
        return [self._member(chat, user) for user in above]

    def leave(self, values: Raw) -> bool:
        chat = self._world.open_chat(values["chat_id"])
        if chat.kind == "private":
            raise bad("chat member status can't be changed in private chats")
        chat.refusal = f"bot is not a member of the {chat.kind} chat"
        return True

    def file(self, values: Raw) -> Raw:
        file_id = values["file_id"]
        if file_id not in self._world.files:
            raise bad("invalid file_id")
        size = len(self._world.files[file_id])
        if size > 20 * 1024 * 1024:
            raise bad("file is too big")
        path = f"documents/{file_id}"
        return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": size, "file_path": path}


def scope(values: Raw) -> str:
    """The key of the commands' scope and language."""
    parts = values.get("scope", {"type": "default"})
    named = ":".join(str(parts[key]) for key in ("type", "chat_id", "user_id") if key in parts)
    return named + (f"@{values['language_code']}" if values.get("language_code") else "")
