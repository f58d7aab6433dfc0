"""What the bot does to chats: sends, edits, deletes. Answers for what then stands there, and for refusals."""

from collections.abc import Callable
from typing import Any

from tests.telegram import limits
from tests.telegram.refusal import Refusal, bad, mistake
from tests.telegram.world import Chat, InlineMessage, Message, Raw, World

_ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note"
)
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class Messages:
    """The methods about messages."""

    def __init__(self, world: World, admit: Callable[[Chat], None]) -> None:
        self._world = world
        self._admit = admit

    def methods(self) -> dict[str, Callable[[Raw], Any]]:
        """The calls answered here."""
        return {
            "sendmessage": self.send_message,
            "senddocument": lambda values: self._send_file(values, "document"),
            "sendphoto": lambda values: self._send_file(values, "photo"),
            "editmessagetext": self.edit_text,
            "editmessagereplymarkup": self.edit_markup,
            "deletemessage": self.delete,
            "sendchataction": self.act,
            "setmessagereaction": self.react,
        }

    def send_message(self, values: Raw) -> Raw:
        chat = self._destination(values)
        return self._send(chat, values, limits.text(values))

    def _send_file(self, values: Raw, kind: str) -> Raw:
        chat = self._destination(values)
        sent = values[kind]
        if sent.startswith("attach://"):
            name, content = values["uploads"][sent.removeprefix("attach://")]
            file = self._world.store(name, content)
        elif sent in self._world.files:
            file = {"file_id": sent, "file_unique_id": f"u{sent}", "file_size": len(self._world.files[sent])}
        else:
            raise bad("wrong file identifier/HTTP URL specified")
        if not file["file_size"]:
            raise mistake("file must be non-empty")
        shown = [file | {"width": 90, "height": 90}] if kind == "photo" else file
        return self._send(chat, values, {kind: shown} | limits.text(values, "caption", "caption_entities", 1024))

    def _send(self, chat: Chat, values: Raw, content: Raw) -> Raw:
        content |= limits.keyboard(values.get("reply_markup")) | self._reply(chat, values)
        content |= self._thread(chat, values, content.get("reply_to_message", {}))
        self._admit(chat)
        return chat.add({"from": self._world.bot, **content}, self._world.now).raw

    def _destination(self, values: Raw) -> Chat:
        chat = self._world.open_chat(values["chat_id"])
        if chat.migrated_to:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, text, migrate_to_chat_id=chat.migrated_to)
        if chat.refusal:
            raise Refusal(403, f"Forbidden: {chat.refusal}")
        return chat

    def _reply(self, chat: Chat, values: Raw) -> Raw:
        asked = values.get("reply_parameters")
        if not asked:
            return {}
        place = self._world.open_chat(asked.get("chat_id", chat.id))
        target = place.messages.get(asked.get("message_id", 0))
        if target:
            return {"reply_to_message": without_reply(target)}
        if asked.get("allow_sending_without_reply"):
            return {}
        raise bad("message to be replied not found")

    @staticmethod
    def _thread(chat: Chat, values: Raw, target: Raw) -> Raw:
        """The topic: the one that is asked for, or that of the message replied to."""
        thread = values.get("message_thread_id")
        if thread is None:
            return {
                key: target[key] for key in ("message_thread_id", "is_topic_message") if "is_topic_message" in target
            }
        if thread == 1 or not chat.forum:
            raise mistake("message thread not found")
        if thread not in chat.topics:
            raise bad("message thread not found")
        return {"message_thread_id": thread, "is_topic_message": True}

    def edit_text(self, values: Raw) -> Raw | bool:
        message = self._own(values)
        if "text" not in message.raw:
            raise mistake("there is no text in the message to edit")
        return self._edit(message, limits.text(values) | limits.keyboard(values.get("reply_markup")))

    def edit_markup(self, values: Raw) -> Raw | bool:
        message = self._own(values)
        kept = {key: message.raw[key] for key in ("text", "entities") if key in message.raw}
        return self._edit(message, kept | limits.keyboard(values.get("reply_markup")))

    def _edit(self, message: Message | InlineMessage, content: Raw) -> Raw | bool:
        parts = ("text", "entities", "reply_markup")
        if {key: message.raw[key] for key in parts if key in message.raw} == content:
            raise bad(_SAME)
        for key in parts:
            message.raw.pop(key, None)
        message.raw.update(content, edit_date=self._world.now)
        return message.raw if isinstance(message, Message) else True

    def _own(self, values: Raw) -> Message | InlineMessage:
        if "inline_message_id" in values:
            if inline := self._world.inline.get(values["inline_message_id"]):
                return inline
            raise bad("MESSAGE_ID_INVALID")
        if not {"chat_id", "message_id"} <= values.keys():
            raise mistake("message identifier is not specified")
        message = self._destination(values).messages.get(values["message_id"])
        if message is None:
            raise bad("message to edit not found")
        if not message.from_bot:
            raise mistake("message can't be edited")
        return message

    def delete(self, values: Raw) -> bool:
        chat = self._destination(values)
        message = chat.messages.get(values["message_id"])
        if message is None:
            raise bad("message to delete not found")
        if (
            not message.from_bot
            and chat.kind != "private"
            and chat.members.get(self._world.bot["id"]) != "administrator"
        ):
            raise bad("message can't be deleted")
        del chat.messages[message.id]
        return True

    def act(self, values: Raw) -> bool:
        chat = self._destination(values)
        if values["action"] not in _ACTIONS.split():
            raise mistake("wrong parameter action in request")
        self._thread(chat, values, {})
        return True

    def react(self, values: Raw) -> bool:
        if values["message_id"] not in self._destination(values).messages:
            raise bad("message to react not found")
        if len(values.get("reaction", [])) > 1:
            raise mistake("REACTIONS_TOO_MANY")
        return True


def without_reply(message: Message) -> Raw:
    """A message as it is shown inside another."""
    return {key: value for key, value in message.raw.items() if key != "reply_to_message"}
