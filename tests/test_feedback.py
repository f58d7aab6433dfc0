"""Votes that outlive the process and tell nothing about the voter."""

import random
from pathlib import Path

import pytest

from handlers.feedback import DataError, Feedback, Tally

ANNA, BORIS = 7_123_456_789, 7_987_654_321


def test_one_vote_a_person_and_answer_which_can_be_changed(tmp_path: Path):
    feedback = Feedback(tmp_path)
    assert feedback.vote("lavrov", "a", ANNA, up=True)
    assert not feedback.vote("lavrov", "a", ANNA, up=True)
    assert feedback.vote("lavrov", "a", BORIS, up=True)
    assert feedback.vote("lavrov", "a", ANNA, up=False)
    assert feedback.vote("lavrov", "b", ANNA, up=False)
    assert feedback.votes() == [Tally("lavrov", "a", 1, 1), Tally("lavrov", "b", 0, 1)]
    feedback.close()


def test_votes_outlive_the_process(tmp_path: Path):
    first = Feedback(tmp_path)
    first.vote("lavrov", "a", ANNA, up=True)
    first.close()
    second = Feedback(tmp_path)
    assert not second.vote("lavrov", "a", ANNA, up=True)
    assert second.votes() == [Tally("lavrov", "a", 1, 0)]
    second.close()


def test_nothing_that_is_kept_names_a_voter(tmp_path: Path):
    feedback = Feedback(tmp_path)
    voters = random.Random(1).sample(range(10**9, 10**10), 200)
    for voter in voters:
        feedback.vote("lavrov", "a", voter, up=True)
        feedback.vote("kim", "a", voter, up=True)
    rows = feedback._base.execute("SELECT entry, voter FROM votes").fetchall()
    feedback.close()
    assert len({voter for _, voter in rows}) == 400
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert not any(str(voter).encode() in kept for voter in voters)


def test_the_voters_key_is_for_the_owner_only(tmp_path: Path):
    Feedback(tmp_path).close()
    assert (tmp_path / "voters.key").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path):
    (tmp_path / "feedback.sqlite3").write_bytes(b"this is no database" * 100)
    with pytest.raises(DataError, match=r"feedback\.sqlite3"):
        Feedback(tmp_path)
