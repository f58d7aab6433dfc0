from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.settings import SHIPPED
from handlers.conversation import Conversation
from handlers.store import Store
from knowledge.holder import Holder, open_base
from knowledge.snapshot import Snapshot
from tests.telegram import FakeTelegram
from tests.telegram.client import Client

SMALL = """\
article: {id: harbour, title: Harbour opens, publisher: The Gazette, published: 2024-05-01T09:00:00, language: en,
          suggested: [opened]}
entities:
  - id: reed
    type: person
    name: Anna Reed
    aliases: [the mayor]
    description: Mayor of Easton
    source: {paragraph: 1}
facts:
  - id: opened
    answer: Anna Reed opened the harbour on 1 May.
    questions: [Who opened the harbour?, Who inaugurated the port?]
    source: {paragraph: 1}
quotes:
  - id: reed-proud
    speaker: reed
    text: we are proud
    questions: [What did Anna Reed say?]
    source: {paragraph: 2}
unanswered:
  - id: cost
    answer: The article doesn't say what the harbour cost.
    questions: [What did the harbour cost?]
"""
SMALL_TEXT = (
    'Harbour opens\n\nAnna Reed, mayor of Easton, opened the harbour on 1 May.\n\n"Today we are proud," she said.\n'
)


@pytest.fixture(scope="session")
def shipped() -> Snapshot:
    return open_base(SHIPPED)


@pytest.fixture(scope="session")
def conversation(shipped: Snapshot) -> Conversation:
    return Conversation(Holder(shipped))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.yaml"
    path.write_text(SMALL, encoding="utf-8")
    path.with_suffix(".txt").write_text(SMALL_TEXT, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path)
    yield store
    store.close()


@pytest.fixture(scope="session")
def index_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where bots keep the built index of the shipped article, so that only the first builds it."""
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="session")
def schema_cache(request: pytest.FixtureRequest) -> Path:
    return request.config.cache.mkdir("bot-api")


@pytest.fixture
async def telegram(schema_cache: Path) -> AsyncIterator[FakeTelegram]:
    """A Telegram in which the bot makes no mistake."""
    async with FakeTelegram(schema_cache) as telegram:
        yield telegram
    assert telegram.violations == []


@pytest.fixture
async def ask(telegram: FakeTelegram) -> AsyncIterator[Client]:
    """Calls of a bot that the test plays itself."""
    async with Client(telegram) as client:
        yield client
