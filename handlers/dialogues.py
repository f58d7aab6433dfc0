"""A turn in a chat: about the article that was chosen there, after what was told there, and what it changes is kept.

Answers for what chats differ in. What is said comes from the conversation.
"""

from collections.abc import Callable

from telegram import Chat
from telegram.constants import ChatType

from handlers.chats import Chats
from handlers.conversation import Conversation, Turn
from handlers.exchanges import Exchanges
from handlers.render import note
from handlers.talk import Talk
from handlers.texts import say


class Dialogues:
    """The conversation as it goes on in each chat."""

    def __init__(self, conversation: Conversation, chats: Chats, exchanges: Exchanges) -> None:
        self.conversation = conversation
        """The one about all articles."""
        self._chats = chats
        self._exchanges = exchanges

    def within(self, chat: Chat) -> Conversation:
        """The conversation about the article that a chat has chosen."""
        return self.conversation.within(self._chats.article(chat.id))

    def turn(self, chat: Chat, take: Callable[[Conversation, Talk], Turn]) -> Turn:
        """A turn, as `take` takes it; only where two talk is there something that it can go on from."""
        private = chat.type == ChatType.PRIVATE
        talk = self._exchanges.talk(chat.id) if private else Talk()
        turn = take(self.within(chat), talk)
        if private:
            self._exchanges.note(chat.id, turn.after(talk))
        kept = turn.chosen is None or self._chats.choose(chat.id, turn.chosen)
        return turn if kept else Turn(note(say("sorry")))
