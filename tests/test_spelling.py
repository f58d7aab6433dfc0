"""Words typed wrongly: how unlikely an error is, and which word is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.slips import cost
from knowledge.spelling import Speller

WORDS = ("container", "treaty", "minister", "missile", "timer", "time", "partnership", "delegation", "satellite")
SPELLER = Speller(dict.fromkeys(WORDS, 1), frozenset({frozenset({"north", "south"})}))
TEXTS = st.text("abcdefghiklmnoprstuvwyz", max_size=9)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A word with one error, and the word."""
    word = draw(st.sampled_from([word for word in WORDS if word != "time"]))
    at = draw(st.integers(1, len(word) - 2))
    wrong = draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + "x" + word[at:],
            ]
        )
    )
    return wrong, word


@given(word=TEXTS, other=TEXTS)
def test_only_the_word_itself_costs_nothing(word: str, other: str):
    assert cost(word, word) == 0
    assert (cost(word, other) > 0) == (word != other)


@given(word=TEXTS, other=TEXTS, more=TEXTS)
def test_what_two_words_end_with_alike_makes_them_no_less_alike(word: str, other: str, more: str):
    assert cost(word + more, other + more) <= cost(word, other) + 1e-9


@pytest.mark.parametrize(
    ("meant", "likely", "unlikely"),
    [
        ("treaty", "teaty", "ttreaty"),
        ("treaty", "rteaty", "ttreaty"),
        ("treaty", "treatty", "treafty"),
        ("treaty", "treary", "treavy"),
        ("treaty", "treafty", "treabty"),
        ("ushakov", "ushakow", "ushakor"),
        ("ushakov", "uschakov", "usrhakov"),
        ("container", "contaner", "contener"),
    ],
)
def test_the_likelier_error_costs_less(meant: str, likely: str, unlikely: str):
    assert cost(likely, meant) < cost(unlikely, meant)


@given(slip=slips())
def test_one_error_leaves_a_word_the_likeliest(slip: tuple[str, str]):
    wrong, word = slip
    if wrong not in SPELLER:
        near = SPELLER.near(wrong)
        assert near[0][0] == word
        assert all(1 >= one > 0 for _, one in near)
        assert [likeness for _, likeness in near] == sorted((likeness for _, likeness in near), reverse=True)


def test_the_next_key_tells_which_word_is_meant():
    assert [word for word, _ in SPELLER.near("tomer")] == ["timer", "time"]


def test_what_is_said_often_is_more_likely_meant():
    assert Speller({"lane": 1, "lake": 50}, frozenset()).near("lae")[0][0] == "lake"
    assert Speller({"lane": 50, "lake": 1}, frozenset()).near("lae")[0][0] == "lane"


def test_a_common_word_is_another_only_if_hardly_anything_differs():
    speller = Speller({"hoping": 1, "lane": 1}, frozenset())
    assert speller.near("hopping", common=True)
    assert not speller.near("lake", common=True)


def test_opposites_are_never_read_as_each_other():
    assert not Speller({"north": 1}, frozenset({frozenset({"noth", "north"})})).near("noth")
