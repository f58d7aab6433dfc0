"""Who is meant: what a Telegram message asks of the bot, if anything.

Answers for the etiquette. In private every message is for the bot; in groups only commands, mentions and replies to
what it said. Pure: looks at the message alone. What the answer is, is not known here.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from telegram import Message, MessageEntity, User
from telegram.constants import ChatID, ChatType

from handlers import taps
from handlers.command import Command, parse
from handlers.conversation import QUESTIONS

_STAND_INS = {ChatID.ANONYMOUS_ADMIN, ChatID.FAKE_CHANNEL}
"""Accounts that Telegram puts in place of an anonymous admin and of a channel that speaks."""
_NAMING: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked."""

    text: str
    """The question or command, without the bot's name; empty for a message without words."""
    under: Message
    """The message that the reply belongs under."""
    about: str | None = None
    """Id of the entry whose answer was replied to."""
    only_if_sure: bool = False
    """Whether silence is better than "the article doesn't say": people also talk to each other under an answer."""


def addressed(message: Message, bot: User, commands: Container[str]) -> Ask | None:
    """What the message asks of the bot, or None where it is not meant. `commands`: the names that the bot knows."""
    if message.is_automatic_forward or not _by_a_person(message) or message.via_bot == bot:
        return None
    text = words_of(message)
    command = parse(text)
    if command:
        return _command(message, command, bot, commands)
    if message.chat.type == ChatType.PRIVATE:
        bare = message.effective_attachment and not message.media_group_id  # an album would be told so once a picture
        return Ask(text, message, _about(message, bot)) if text or bare else None
    names = _mentions(message, bot)
    if names:
        return _mentioned(message, _without(message, names), bot)
    if text and _replied_to(message, bot):
        return Ask(text, message, _about(message, bot), only_if_sure=True)
    return None


def words_of(message: Message) -> str:
    """What a message says, be it text or caption."""
    return (message.text or message.caption or "").strip()


def _by_a_person(message: Message) -> bool:
    sender = message.from_user
    return sender is not None and (not sender.is_bot or sender.id in _STAND_INS)


def _command(message: Message, command: Command, bot: User, commands: Container[str]) -> Ask | None:
    """A command; alone under somebody's message, it asks what that message asks."""
    if not command.is_for(str(bot.username)):
        return None
    if message.chat.type != ChatType.PRIVATE and not command.bot and command.name not in commands:
        return None
    replied, words = _replied(message), command.words
    if words or not replied or not words_of(replied) or command.name not in QUESTIONS or _replied_to(message, bot):
        return Ask(f"/{command.name} {words}".strip(), message, _about(message, bot))
    return Ask(f"/{command.name} {words_of(replied)}".strip(), replied)


def _mentioned(message: Message, text: str, bot: User) -> Ask:
    """A mention; alone under somebody's message, it asks what that message asks."""
    replied = _replied(message)
    if text or not replied or _replied_to(message, bot):
        return Ask(text, message, _about(message, bot))
    return Ask(words_of(replied), replied)


def _mentions(message: Message, bot: User) -> list[MessageEntity]:
    """Where the message names the bot."""
    found = {**message.parse_entities(_NAMING), **message.parse_caption_entities(_NAMING)}
    return [
        entity
        for entity, words in found.items()
        if (entity.user == bot if entity.user else words.lower() == f"@{bot.username}".lower())
    ]


def _without(message: Message, names: Iterable[MessageEntity]) -> str:
    """What a message says without some names, whose places count UTF-16 units (https://core.telegram.org/api/entities)."""
    wide = bytearray((message.text or message.caption or "").encode("utf-16-le"))
    for name in names:
        wide[2 * name.offset : 2 * (name.offset + name.length)] = " ".encode("utf-16-le") * name.length
    return " ".join(wide.decode("utf-16-le").split())


def _replied(message: Message) -> Message | None:
    """The message that a person replied to: in topics and under channel posts, clients reply to the first by rule."""
    first = message.reply_to_message
    return None if first and (first.forum_topic_created or first.is_automatic_forward) else first


def _replied_to(message: Message, bot: User) -> bool:
    return (first := _replied(message)) is not None and first.from_user == bot


def _about(message: Message, bot: User) -> str | None:
    """Id of the entry that the bot's replied-to message shows: its vote buttons carry it."""
    if not _replied_to(message, bot) or not (
        markup := message.reply_to_message and message.reply_to_message.reply_markup
    ):
        return None
    read = (taps.read(str(button.callback_data or "")) for row in markup.inline_keyboard for button in row)
    return next((tap.entry for tap in read if isinstance(tap, taps.Vote)), None)
