"""Telegram's limits, kept by waiting, on a clock that only waiting moves."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.pacing import ATTEMPTS, GROUP_MESSAGES, GROUP_SECONDS, PATIENCE, Pacing

GROUP, READER = -100, 7


class Api:
    """What is called, and when; refuses what it is told to refuse."""

    def __init__(self) -> None:
        self.now = 0.0
        self.calls: list[tuple[float, str, object]] = []
        self.trouble: list[Exception] = []
        self.pacing = Pacing(clock=lambda: self.now, sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.now += seconds

    async def _call(self, endpoint: str, data: dict[str, Any]) -> bool:
        self.calls.append((self.now, endpoint, data.get("chat_id")))
        if self.trouble and endpoint == "sendMessage":
            raise self.trouble.pop(0)
        return True

    async def call(self, endpoint: str = "sendMessage", chat: int = READER) -> object:
        data = {"chat_id": chat}
        return await self.pacing.process_request(self._call, (endpoint, data), {}, endpoint, data, None)

    def sent(self, chat: int) -> list[float]:
        return [at for at, endpoint, where in self.calls if endpoint == "sendMessage" and where == chat]


@pytest.fixture
def api() -> Api:
    return Api()


@given(st.lists(st.floats(0, 30), min_size=1, max_size=90))
async def test_a_group_never_gets_more_than_its_messages_a_minute(pauses: list[float]):
    api = Api()
    for pause in pauses:
        api.now += pause
        await api.call(chat=GROUP)
    sent = api.sent(GROUP)
    assert len(sent) == len(pauses)
    for first, later in zip(sent, sent[GROUP_MESSAGES:], strict=False):
        assert later - first >= GROUP_SECONDS - 1e-6


async def test_the_message_over_the_limit_waits_and_shows_that_it_is_coming(api: Api):
    for _ in range(GROUP_MESSAGES + 1):
        await api.call(chat=GROUP)
    assert api.sent(GROUP) == [0.0] * GROUP_MESSAGES + [GROUP_SECONDS]
    assert [endpoint for _, endpoint, _ in api.calls].count("sendChatAction") == 1


async def test_a_reader_alone_is_not_held_back(api: Api):
    for _ in range(50):
        await api.call()
    assert api.now == 0.0


async def test_what_is_no_message_is_not_counted(api: Api):
    for _ in range(50):
        await api.call("editMessageText", GROUP)
    assert api.now == 0.0


async def test_a_flood_wait_is_waited_for_once(api: Api):
    api.trouble = [RetryAfter(3)]
    assert await api.call()
    assert api.sent(READER) == [0.0, 3.0]
    await api.call(chat=READER + 1)
    assert api.now == 3.0


@pytest.mark.parametrize(
    "error",
    [BadRequest("x"), TimedOut(), InvalidToken("Unauthorized"), RetryAfter(int(PATIENCE) + 1)],
    ids=lambda error: type(error).__name__,
)
async def test_what_waiting_does_not_help_is_raised_at_once(api: Api, error: Exception):
    api.trouble = [error]
    with pytest.raises(type(error)):
        await api.call()
    assert api.now == 0.0
    assert api.pacing.revoked.is_set() == isinstance(error, InvalidToken)


async def test_a_lost_connection_is_tried_again_but_not_for_ever(api: Api):
    api.trouble = [NetworkError("x")] * (ATTEMPTS - 1)
    assert await api.call()
    api.trouble = [NetworkError("x")] * ATTEMPTS
    with pytest.raises(NetworkError):
        await api.call()
