"""What is kept of questions: enough to learn from, and nothing about who asked."""

import gc
import logging
import random
import sys
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.anonymity import LONGEST, anonymous
from handlers.conversation import Conversation
from handlers.feedback import KEPT_DAYS, Feedback
from handlers.misses import grouped
from handlers.records import Records
from handlers.store import Store
from knowledge.holder import Holder, open_base
from knowledge.snapshot import Snapshot

NAMES = {"putin", "kim", "lavrov", "pyongyang"}
FIRST = [
    "Wendeline",
    "Torkild",
    "Apolonia",
    "Ruaridh",
    "Zdislava",
    "Eoghan",
    "Kasimira",
    "Lubomir",
    "Sinead",
    "Gwydion",
]
LAST = ["Quistgaard", "Brzezinska", "O'Flaherty", "Vanderhoeven", "Szczepanski", "Featherstonehaugh", "Grzybowski"]
FRAMES = [
    "My name is {name}, who came along with Putin?",
    "{name} here. When was the treaty signed?",
    "i am {lower} and i want to know where Putin landed",
    "Call me on {phone} when you know who invited Putin",
    "did {name} meet Kim in Pyongyang?",
    "see {link} and tell me what the treaty says",
    "@{handle} says that Russia pays for the shells, is it so?",
    "Who paid for the dinner? Regards, {name}, {phone}",
    "mail {mail} whether Lavrov spoke to the press",
]


def planted(random_: random.Random) -> tuple[str, list[str]]:
    """A question, and what must not be left of it."""
    first, last = random_.choice(FIRST), random_.choice(LAST)
    handle = f"{first.lower()}{random_.randint(10, 99)}"
    parts = {
        "name": f"{first} {last}",
        "lower": f"{first} {last}".lower(),
        "phone": f"+{random_.randint(1, 99)} {random_.randint(100, 999)} {random_.randint(1000, 9999)}",
        "link": f"https://{last.lower().replace(chr(39), '')}.example/{handle}",
        "handle": handle,
        "mail": f"{handle}@post.example",
    }
    secrets = [first, last, handle, "example", parts["phone"]]
    return random_.choice(FRAMES).format(**parts), secrets


def test_ten_thousand_questions_leave_no_name_number_or_address(
    shipped: Snapshot, store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    random_ = random.Random(5)
    feedback = Feedback(store)
    records = Records(Holder(shipped), feedback)
    secrets: set[str] = set()
    for _ in range(10_000):
        question, hidden = planted(random_)
        secrets.update(hidden)
        records.missed(question)
    kept = feedback.misses()
    files = (
        b"".join(file.read_bytes() for file in tmp_path.iterdir()).decode("utf-8", "ignore").lower()
        + caplog.text.lower()
    )
    assert len(kept) == 1_000
    assert not any(character.isdigit() for miss in kept for character in miss.question)
    assert [secret for secret in secrets if secret.lower() in files] == []


@given(st.text(max_size=500))
def test_of_any_text_only_what_is_short_and_without_digits_is_kept(shipped: Snapshot, text: str):
    kept = anonymous(text, shipped.keys, NAMES, shipped.reader.vocabulary)
    assert len(kept) <= LONGEST
    assert not any(character.isdigit() or character == "@" for character in kept)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("does the article mention nuclear weapons?", "does the article mention nuclear weapons?"),
        ("did Will Young meet Putin?", "did … meet Putin?"),
        ("did ivanenko meet putin yesterday?", "did … meet putin yesterday?"),
        ("was my boss at the meeting with Kim?", ""),
        ("see kowalski.de about the treaty", "see about the treaty"),
        ("see (https://a.b/c?d=e), x@y, t.me/joe! about the treaty", "see about the treaty"),
        ("call me on five five five one two about it", "call me on … about it"),
        ("What about Putin's plane?", "What about Putin's plane?"),
        ("who signed it in 2019?", "who signed it in?"),
        ("푸틴은 누구와 함께 왔나요?", ""),
        ("xyzzy", ""),
        ("", ""),
    ],
)
def test_what_can_be_learned_from_is_kept(shipped: Snapshot, asked: str, kept: str):
    assert anonymous(asked, shipped.keys, NAMES, shipped.reader.vocabulary) == kept


def test_missed_questions_are_forgotten_after_their_time(store: Store):
    today = [date(2024, 6, 20)]
    feedback = Feedback(store, today=lambda: today[0])
    feedback.miss("who paid for it?")
    today[0] += timedelta(days=KEPT_DAYS)
    feedback.miss("who paid for the flight?")
    assert [miss.question for miss in feedback.misses()] == ["who paid for the flight?", "who paid for it?"]
    today[0] += timedelta(days=1)
    assert [miss.question for miss in feedback.misses()] == ["who paid for the flight?"]


def test_questions_that_are_alike_make_one_group(store: Store):
    feedback = Feedback(store)
    for question in ("who paid for the flight?", "who cooked?", "Who paid for the flight", "who payed for the flight?"):
        feedback.miss(question)
    assert [len(group.misses) for group in grouped(feedback.misses())] == [3, 1]


def test_counts_go_by_day_and_outcome(conversation: Conversation, shipped: Snapshot, store: Store):
    feedback = Feedback(store, today=lambda: date(2024, 6, 20))
    records = Records(Holder(shipped), feedback)
    for text in ("who invited putin?", "who invited putin?", "hello", "zzz qqq", "how old is putin?"):
        records.turn(text, conversation.turn(text))
    ((_, counts),) = feedback.days(1)
    assert counts == {"answered": 2, "other": 1, "declined": 1, "left open": 1}
    assert feedback.given(1) == [("invitation-who", 2)]


def test_a_base_that_was_replaced_is_not_held_on_to(small: Path, store: Store):
    holder = Holder(open_base(small))
    replaced = weakref.ref(holder.snapshot)
    Records(holder, Feedback(store)).missed("who opened the harbour?")
    holder.snapshot = Snapshot.empty()
    gc.collect()
    assert replaced() is None


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads that take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty_threads")
def test_nothing_is_lost_of_what_is_counted_while_the_counts_are_read(store: Store):
    feedback = Feedback(store, today=lambda: date(2024, 6, 20))
    with ThreadPoolExecutor() as threads:
        counting = threads.submit(lambda: [feedback.count("answered", "lavrov") for _ in range(3_000)])
        while not counting.done():
            feedback.days(1)
        counting.result()
    assert feedback.days(1) == [("2024-06-20", {"answered": 3_000})]
    assert feedback.given(1) == [("lavrov", 3_000)]
