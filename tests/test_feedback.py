"""Votes that outlive the process and tell nothing about the voter."""

import random
from pathlib import Path

import pytest

from handlers.chats import Chats
from handlers.faults import DataError
from handlers.feedback import Ballot, Feedback, Tally
from handlers.store import Store

ANNA, BORIS = 7_123_456_789, 7_987_654_321


def test_one_vote_a_person_and_answer_which_can_be_changed(store: Store):
    feedback = Feedback(store)
    assert feedback.vote("lavrov", "a", ANNA, up=True) is Ballot.FIRST
    assert feedback.vote("lavrov", "a", ANNA, up=True) is Ballot.SAME
    assert feedback.vote("lavrov", "a", BORIS, up=True) is Ballot.FIRST
    assert feedback.vote("lavrov", "a", ANNA, up=False) is Ballot.CHANGED
    assert feedback.vote("lavrov", "b", ANNA, up=False) is Ballot.FIRST
    assert feedback.votes() == [Tally("lavrov", "a", 1, 1), Tally("lavrov", "b", 0, 1)]


def test_votes_and_choices_outlive_the_process(tmp_path: Path):
    first = Store(tmp_path)
    Feedback(first).vote("lavrov", "a", ANNA, up=True)
    Chats(first).choose(ANNA, "harbour")
    first.close()
    second = Store(tmp_path)
    assert Feedback(second).vote("lavrov", "a", ANNA, up=True) is Ballot.SAME
    assert Feedback(second).votes() == [Tally("lavrov", "a", 1, 0)]
    assert Chats(second).article(ANNA) == "harbour"
    second.close()


def test_a_chat_chooses_anew_or_not_at_all(store: Store):
    chats = Chats(store)
    assert chats.article(ANNA) is None
    chats.choose(ANNA, "harbour")
    chats.choose(ANNA, "ferry")
    assert (chats.article(ANNA), chats.article(BORIS)) == ("ferry", None)
    chats.choose(ANNA, "")
    assert chats.article(ANNA) is None


def test_nothing_that_is_kept_names_a_voter_or_a_chat(store: Store, tmp_path: Path):
    feedback, chats = Feedback(store), Chats(store)
    voters = random.Random(1).sample(range(10**9, 10**10), 200)
    for voter in voters:
        feedback.vote("lavrov", "a", voter, up=True)
        feedback.vote("kim", "a", voter, up=True)
        chats.choose(voter, "harbour")
    rows = store.run("SELECT voter FROM votes UNION SELECT chat FROM chats").fetchall()
    assert len(rows) == 600
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert not any(str(voter).encode() in kept for voter in voters)


def test_the_key_is_for_the_owner_only(store: Store, tmp_path: Path):
    assert (tmp_path / "voters.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("name", "content"), [("feedback.sqlite3", b"this is no database" * 100), ("voters.key", b"")])
def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path, name: str, content: bytes):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=r"feedback\.sqlite3"):
        Store(tmp_path)
