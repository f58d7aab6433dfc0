"""Sending: the only place that calls Telegram to reply.

Answers for pieces, topic threads, reply targets and what a chat refuses. Flood limits are waited for elsewhere, on the
wire; what is said, is not known here.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Self

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MaybeInaccessibleMessage,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatAction, ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from handlers.pieces import shortened
from handlers.render import Button, Reply

log = logging.getLogger(__name__)
_MOST = 3
"""Messages that a reply may take; a longer one comes as a document, with its beginning in a message."""
_GLANCE = 1000
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply goes."""

    chat: int
    thread: int | None = None
    """The topic; None in chats without topics and in the General topic."""
    target: int | None = None
    """The message that it replies to."""

    @classmethod
    def under(cls, message: MaybeInaccessibleMessage) -> Self:
        """Under a message: in groups as a reply to it, in private just after it."""
        thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
        return cls(message.chat.id, thread, None if message.chat.type == ChatType.PRIVATE else message.message_id)


class Sender:
    """Sends replies with a bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, reply: Reply, place: Place) -> list[int]:
        """Sends a reply; ids of the messages that it took, none where the chat cannot be written to."""
        texts = _messages(reply)
        if len(texts) > _MOST:
            await self._bot.send_document(
                place.chat, reply.plain.encode(), filename="reply.txt", message_thread_id=place.thread
            )
            texts = [(shortened(reply.body, reply.footer, _GLANCE), texts[-1][1])]
        sent: list[int] = []
        for text, keyboard in texts:
            message = await self._send(text, keyboard, place)
            if message is None:
                break
            sent.append(message.message_id)
            place = Place(message.chat.id, place.thread)
        return sent

    async def typing(self, place: Place) -> None:
        """Shows that something is being worked on."""
        with suppress(TelegramError):
            await self._bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.thread)

    async def send_picture(self, picture: bytes, place: Place) -> None:
        """Sends a PNG."""
        await self._bot.send_photo(place.chat, picture, message_thread_id=place.thread)

    async def edit(self, reply: Reply, chat: int, messages: Sequence[int]) -> bool:
        """Puts a reply in the place of an earlier one; False where that cannot be done, and the earlier one is gone."""
        texts = _messages(reply)
        if len(texts) != len(messages):
            with suppress(TelegramError):
                await self._bot.delete_messages(chat, messages)
            return False
        return all([await self._edit(chat, id_, *text) for id_, text in zip(messages, texts, strict=True)])

    async def _edit(self, chat: int, message: int, text: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        try:
            await self._bot.edit_message_text(
                text,
                chat,
                message,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            return "not modified" in error.message.lower()
        except (ChatMigrated, Forbidden):
            return False
        return True

    async def _send(self, text: str, keyboard: InlineKeyboardMarkup | None, place: Place) -> Message | None:
        # The question may be deleted by the time it is answered.
        target = ReplyParameters(place.target, allow_sending_without_reply=True) if place.target else None
        try:
            return await self._bot.send_message(
                place.chat,
                text,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
                message_thread_id=place.thread,
                reply_parameters=target,
            )
        except ChatMigrated as error:
            return await self._send(text, keyboard, Place(error.new_chat_id, place.thread))
        except Forbidden:
            log.info("a chat cannot be written to any more")
        except BadRequest as error:
            problem = error.message.lower()
            if place.thread and "thread" in problem:
                return await self._send(text, keyboard, replace(place, thread=None))
            if not any(words in problem for words in _CLOSED):
                raise
            log.info("a chat cannot be written to: %s", problem)
        return None


_CLOSED = (
    "chat not found",
    "not enough rights",
    "chat_write_forbidden",
    "have no rights",
    "topic_closed",
    "user is deactivated",
)
"""What Telegram says, in lower case, where nobody can help: the reader has gone, or writing is not allowed."""


def _messages(reply: Reply) -> list[tuple[str, InlineKeyboardMarkup | None]]:
    *firsts, last = reply.pieces
    return [*((text, None) for text in firsts), (last, _keyboard(reply))]


def _keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """Choices and related questions each in a row of its own, the votes side by side below them."""
    rows = [[_button(button)] for button in reply.buttons]
    if reply.votes:
        rows.append([_button(button) for button in reply.votes])
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.label, callback_data=button.tap.data)
