"""What Telegram shows about the bot: its commands, by kind of chat, and its description.

Answers for texts that fit Telegram's limits. What the commands do is the conversation's.
"""

import logging
from collections.abc import Awaitable, Iterable

from telegram import Bot, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

log = logging.getLogger(__name__)
_ASKING = (
    ("who", "Who, or the people in the article"),
    ("when", "When, or the timeline"),
    ("where", "Where, or the places"),
    ("what", "What, or questions you could ask"),
    ("why", "Why, or questions you could ask"),
    ("howmany", "How many, or questions you could ask"),
    ("quote", "Somebody's words, or who is quoted"),
)
_READING = (
    ("topics", "Questions you could ask"),
    ("summary", "The article in brief"),
    ("articles", "The articles to choose from"),
    ("source", "Where and when the article was published"),
    ("help", "How to ask"),
    ("privacy", "What is stored"),
)
_ADMINISTERING = (
    ("reload", "Take over the knowledge files"),
    ("check", "Examine the knowledge files"),
    ("misses", "Questions that got no answer"),
    ("explain", "Why a question is answered as it is"),
    ("stats", "How the bot is used"),
    ("undo", "Take back the last change"),
)
_DESCRIPTION = (
    "Ask me about the article, in your own words. Every answer says where in the article it stands and according to "
    "whom. What the article doesn't say, I don't answer."
)
_SHORT = "Answers questions about a news article, each with its source."


async def publish(bot: Bot, admins: Iterable[int]) -> None:
    """Sets menus and descriptions; where one fails, the others and answering go on without."""
    private, groups = [*_ASKING, *_READING], [*_ASKING, *_READING[:3]]
    for admin in admins:
        # Whoever has not yet written to the bot has no chat with it, and so no menu there.
        own = bot.set_my_commands([*private, *_ADMINISTERING], scope=BotCommandScopeChat(admin))
        await _tried("an administrator's menu", own)
    await _tried("the menu of private chats", bot.set_my_commands(private, scope=BotCommandScopeAllPrivateChats()))
    await _tried("the menu of groups", bot.set_my_commands(groups, scope=BotCommandScopeAllGroupChats()))
    await _tried("the description", _describe(bot))
    await _tried("the short description", _describe_shortly(bot))


async def _describe(bot: Bot) -> None:
    # Setting what is set already counts against a limit of a few times a day.
    if (await bot.get_my_description()).description != _DESCRIPTION:
        await bot.set_my_description(_DESCRIPTION)


async def _describe_shortly(bot: Bot) -> None:
    if (await bot.get_my_short_description()).short_description != _SHORT:
        await bot.set_my_short_description(_SHORT)


async def _tried(what: str, setting: Awaitable[object]) -> None:
    try:
        await setting
    except TelegramError as error:
        log.warning("%s could not be set: %s", what, error)
