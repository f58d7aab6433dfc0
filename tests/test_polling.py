"""Updates through the real PTB application; nothing goes over a network, replies are recorded on the wire."""

import json

import pytest
from telegram import Update
from telegram.request import BaseRequest, RequestData

from bot.polling import application
from bot.settings import Settings
from handlers.conversation import Conversation

BOT = {"id": 1, "is_bot": True, "first_name": "citebot", "username": "citebot"}
ANNA = {"id": 7, "is_bot": False, "first_name": "Anna"}


class Wire(BaseRequest):
    """Records what is sent and answers as Telegram does."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict]] = []

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **_
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[1]
        values = request_data.parameters if request_data else {}
        self.sent.append((name, values))
        message = {"message_id": 2, "date": 0, "chat": {"id": values.get("chat_id", 7), "type": "private"}, "text": "x"}
        result = {"getMe": BOT, "sendMessage": message}.get(name, True)
        return 200, json.dumps({"ok": True, "result": result}).encode()


@pytest.fixture
def wire() -> Wire:
    return Wire()


async def replies_to(conversation: Conversation, wire: Wire, update: dict) -> list[dict]:
    settings = Settings(_env_file=None, bot_token="1:test")
    app = application(settings, conversation, request=wire)
    async with app:
        await app.process_update(Update.de_json({"update_id": 1, **update}, app.bot))
    return [values for name, values in wire.sent if name == "sendMessage"]


def message(text: str, chat: str = "private") -> dict:
    return {"message": {"message_id": 1, "date": 0, "chat": {"id": 7, "type": chat}, "from": ANNA, "text": text}}


async def test_a_private_question_is_answered_with_its_source(conversation: Conversation, wire: Wire):
    (reply,) = await replies_to(conversation, wire, message("who invited putin?"))
    assert "Kim Jong Un invited Putin" in reply["text"]
    assert "Newsweek, June 19, 2024" in reply["text"]
    assert reply["parse_mode"] == "HTML"


async def test_a_group_is_answered_on_command_only(conversation: Conversation, wire: Wire):
    assert await replies_to(conversation, wire, message("who invited putin?", "supergroup")) == []
    assert len(await replies_to(conversation, wire, message("/who invited putin", "supergroup"))) == 1


async def test_a_tapped_button_is_answered(conversation: Conversation, wire: Wire):
    tap = {"id": "q", "from": ANNA, "chat_instance": "c", "data": "e:lavrov", **message("/who")}
    (reply,) = await replies_to(conversation, wire, {"callback_query": tap})
    assert "Foreign minister of Russia" in reply["text"]
    assert "answerCallbackQuery" in [name for name, _ in wire.sent]
