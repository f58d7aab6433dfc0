"""Nearness in meaning: words that nobody wrote down find what means nearly the same."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.holder import open_base
from knowledge.meaning import Meaning, vectors

TEXTS = ("how do I buy a ticket", "where does the river rise", "when was the minister sacked", "")
WORDS = sorted({word for text in TEXTS for word in text.split()})


def about(words: list[str]) -> list[float]:
    flat = [WORDS.index(word) for text in TEXTS for word in text.split()]
    rows = [at for at, text in enumerate(TEXTS) for _ in text.split()]
    return Meaning(WORDS, np.array(rows), np.array(flat), len(TEXTS)).alike(words).tolist()


@pytest.mark.parametrize(
    ("said", "near"), [("purchasing admission", 0), ("stream source", 1), ("official dismissed", 2), ("politician", 2)]
)
def test_a_text_of_other_words_with_the_same_meaning_is_nearest(said: str, near: int):
    assert int(np.argmax(about(said.split()))) == near


@given(words=st.lists(st.sampled_from([*WORDS, "xqzzv", ""])))
def test_nearness_is_a_cosine_and_nothing_is_near_nothing(words: list[str]):
    own = about(words)
    assert all(-1.0001 <= value <= 1.0001 for value in own)
    assert own[-1] == 0
    assert own == pytest.approx(about([*words, "xqzzv"]))


def test_a_text_is_nearest_to_itself():
    for at, text in enumerate(TEXTS[:-1]):
        assert about(text.split())[at] == pytest.approx(1, abs=1e-3)


def test_forms_of_a_word_share_a_vector_and_unknown_words_have_none():
    bought, buy, unknown = vectors().of(["bought", "buy", "xqzzv"])
    assert bought.tolist() == buy.tolist()
    assert any(buy)
    assert not any(unknown)


def test_an_entry_is_found_without_a_word_of_its_phrasings(small: Path):
    assert open_base(small).best("people launching docks").candidates[0].score > 0
    assert [entry.id for entry in open_base(small).nearest("people launching docks", 1, least=0.0)] == ["opened"]
