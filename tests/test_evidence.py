"""What bears on a judgement: what entries tell, and how what is left open is asked for."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answerability import Answerability
from knowledge.casting import ACTS, BEARS, Casts
from knowledge.holder import open_base
from knowledge.outcomes import Answer
from knowledge.snapshot import Snapshot

OPEN = np.array([False, False, False, True, True])
TEXTS = [[0, 1, 2], [0, 1, 3], [4, 1, 2], [0, 1, 5], [4, 1, 5]]
TERMS = st.lists(st.integers(-2, 9), max_size=8)


def fitted(texts: list[list[int]], left_open: np.ndarray) -> Answerability:
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    return Answerability(rows, np.concatenate(texts).astype(int), left_open, 10)


def test_words_of_what_is_left_open_speak_against_an_answer():
    words = fitted(TEXTS, OPEN)
    assert words.against([0, 1, 5]) > 0 > words.against([0, 1, 2])
    assert words.against([5]) > words.against([1]) > words.against([2])


def test_pairs_tell_what_words_by_themselves_do_not():
    texts = [[0, 1, 2, 3], [2, 1, 0, 3], [0, 3, 1, 2]] * 3
    words = fitted(texts, np.array([False, True, False] * 3))
    assert words.against([2, 1, 0]) > words.against([0, 1, 2])


@given(terms=TERMS)
def test_a_base_of_one_side_only_tells_nothing(terms: list[int]):
    assert fitted(TEXTS, OPEN & False).against(terms) == 0
    assert fitted(TEXTS, OPEN | True).against(terms) == 0


@given(terms=TERMS)
def test_unknown_words_change_nothing(terms: list[int]):
    words = fitted(TEXTS, OPEN)
    assert words.against([-7, -8, *terms]) == pytest.approx(words.against(terms))


def test_the_weights_are_those_at_which_the_slope_is_level():
    """Penalised logistic regression has one optimum: where moving any weight does not make it better."""
    words = fitted(TEXTS * 4, np.tile(OPEN, 4))
    sides = np.tile(np.where(OPEN, 1.0, -1.0), 4)
    wrong = 1 / (1 + np.exp(sides * np.array([words.against(text) for text in TEXTS * 4])))
    bias = words.against([])
    for term in range(6):
        has = np.array([term in text for text in TEXTS * 4])
        assert words.against([term]) - bias == pytest.approx(float((has * sides * wrong).sum()), abs=0.02)


@pytest.mark.parametrize(
    ("asked", "entry", "already"),
    [
        ("Where in Ukraine were the North Korean missiles found?", "missiles-where", 1),
        ("Where were the missiles found?", "missiles-where", 0),
        ("On which day in September did Kim invite Putin?", "invitation-when", 1),
        ("When did Kim invite Putin?", "invitation-when", 0),
        ("Who invited Putin?", "invitation-who", 0),
        ("How many containers were tracked?", "containers", 0),
        ("Why did the old treaty end?", "old-treaty-end", 0),
    ],
)
def test_an_entry_that_tells_only_what_the_question_says_is_noticed(
    shipped: Snapshot, asked: str, entry: str, already: float
):
    case = shipped.best(asked)
    at = [shipped.entries[candidate.entry].id for candidate in case.candidates].index(entry)
    assert case.evidence_on(case.candidates, at).untold == already


KIM, PUTIN, RUSSIA, KOREA = "@kim", "@putin", "@russia", "@north-korea"


@pytest.mark.parametrize(
    ("said", "casts"),
    [
        ("Who invited Putin?", {(PUTIN, BEARS)}),
        ("What did President Putin promise?", {(PUTIN, ACTS)}),
        ("What did Kim say to Putin?", {(KIM, ACTS), (PUTIN, "to")}),
        ("Did they meet Putin?", {(PUTIN, BEARS)}),
        ("Was Putin invited by Kim?", {(PUTIN, BEARS), (KIM, ACTS)}),
        ("Has Kim been invited?", {(KIM, BEARS)}),
        ("Is Kim planning a visit to Russia?", {(KIM, ACTS), (RUSSIA, "to")}),
        ("Is the Kim regime stable?", {(KIM, "regim")}),
        ("Which officials did Kim and Putin bring?", {(KIM, ACTS), (PUTIN, ACTS)}),
        ("At which Russian ports were North Korean ships seen?", {(RUSSIA, "port"), (KOREA, "ship")}),
        ("What did the four leaders hope?", {("4", "leader")}),
        ("putin came with who", {(PUTIN, ACTS)}),
        ("Did the leaders greet Putin warmly?", {(PUTIN, BEARS)}),
        ("What did the Russians promise?", {(RUSSIA, ACTS)}),
        ("Which American officials met Kim?", {("@united-states", "offici"), (KIM, BEARS)}),
        ("Did the Russian delegation and Kim meet?", {(RUSSIA, "deleg")}),
        ("Which accord with Russia did Kim sign?", {(RUSSIA, "with"), (KIM, ACTS)}),
        ("Who was glad, according to Kim?", {(KIM, "according")}),
        ("Was Putin seen with Kim?", {(PUTIN, BEARS), (KIM, "with")}),
        ("Who has influence over Kim?", {(KIM, "over")}),
        ("Кто пригласил Путина?", set()),
    ],
)
def test_names_and_figures_have_parts_in_a_question(shipped: Snapshot, said: str, casts: set[tuple[str, str]]):
    (question,) = shipped.reader.read(said)
    assert set(question.casts) == casts


def test_a_part_that_an_entry_gives_to_another_speaks_against_it():
    texts = [((PUTIN, ACTS), (KIM, BEARS))] * 4 + [((KIM, ACTS),), ()]
    casts = Casts(np.array([0, 0, 0, 0, 1, 1]), texts, {})
    assert casts.against(0, [(KIM, ACTS)]) > casts.against(0, [(KIM, "to")]) == 0
    assert casts.against(0, [(PUTIN, ACTS)]) == 0
    assert casts.against(1, [(KIM, ACTS)]) == 0
    assert 0 < casts.against(1, [("@nobody", ACTS)]) < casts.against(0, [("@nobody", ACTS)]) < 1
    assert casts.against(0, [(KIM, BEARS), ("@nobody", ACTS)]) == casts.against(0, [("@nobody", ACTS)])
    assert casts.against(0, [(PUTIN, BEARS), (KIM, ACTS)]) > casts.against(0, [(KIM, ACTS)])


def test_names_are_told_apart_however_many_there_are():
    many = 0x10001
    casts = Casts(np.arange(many), [((f"@{at}", ACTS),) for at in range(many)], {})
    assert casts.against(many - 1, [(f"@{many - 1}", ACTS)]) == 0 < casts.against(many - 1, [("@0", ACTS)])


def test_of_a_base_without_names_no_part_is_known():
    assert Casts(np.array([], int), [], {}).against(0, [(KIM, ACTS)]) == 0


@given(terms=TERMS)
def test_without_an_order_of_words_any_two_are_a_pair(terms: list[int]):
    words = fitted(TEXTS, OPEN)
    bias, known = words.against([]), {term for term in terms if term >= 0}
    singly = {term: words.against([term]) - bias for term in known}
    apart = [
        words.against([left, right]) - bias - singly[left] - singly[right]
        for left in known
        for right in known
        if left != right
    ]
    everything = bias + sum(singly.values()) + sum(apart)
    assert words.against(terms, ordered=False) == pytest.approx(everything, abs=1e-4)


LEAST = """\
article: {id: harbour, title: Harbour opens, publisher: The Gazette, published: 2024-05-01T09:00:00}
facts:
  - id: opened
    answer: Anna Reed opened the harbour on 1 May.
    questions: [Who opened the harbour?, Who inaugurated the port?, When did the harbour open?]
    source: {paragraph: 1}
"""


@pytest.fixture
def least(tmp_path: Path) -> Snapshot:
    path = tmp_path / "harbour.yaml"
    path.write_text(LEAST, encoding="utf-8")
    return open_base(path)


@pytest.mark.parametrize("said", ["who opened the port?", "when was the harbour opened"])
def test_the_least_file_answers_what_it_says(least: Snapshot, said: str):
    assert isinstance(least.ask(said), Answer)


@pytest.mark.parametrize("said", ["who closed the harbour", "how much did the harbour cost", "is the harbour big"])
def test_the_least_file_answers_nothing_else(least: Snapshot, said: str):
    assert not isinstance(least.ask(said), Answer)
