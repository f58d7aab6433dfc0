"""A Telegram for tests: the Bot API over HTTP, the people who write, and the bot's process."""

from tests.telegram.people import Channel, Group, Person
from tests.telegram.process import Bot
from tests.telegram.server import TOKEN, FakeTelegram
from tests.telegram.world import Message

__all__ = ["TOKEN", "Bot", "Channel", "FakeTelegram", "Group", "Message", "Person"]
