"""The flat arrays beneath the index: what they find is what plain Python finds."""

import numpy as np
import pytest

from knowledge.corpus import Marks, Terms
from knowledge.holder import built
from knowledge.intake import Intake
from knowledge.letters import Letters
from knowledge.lexicon import lexicon
from knowledge.library import Library
from knowledge.postings import Postings, highest, top, total
from knowledge.reading import Reader
from knowledge.rows import Rows
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import english
from knowledge.words import split

ODD = (
    "",
    "!?",
    "which year",
    "is it which",
    "did 2 hundred thousand people top up the upper limit of the price of tea",
    "the end at the end of the end of the day of the week",
    "US or us, the U.S. or DPRK? dunno, wats up with WWII",
    "five million don't know why, but is it for good",
)


@pytest.mark.parametrize("size", [5, 300, 5_000, 40_001])
def test_the_best_of_many_are_those_that_sorting_finds(size: int):
    values = np.random.default_rng(1).permutation(size).astype(np.float32)
    assert sorted(values[top(values, 120)]) == sorted(values)[-120:]


def test_lists_are_summed_and_joined_row_by_row():
    postings = Postings(np.array([2, 0, 1]), np.array([0, 3, 3]), np.array([1.0, 2.0, 5.0]))
    lists = [postings.get(term) for term in range(3)]
    assert [len(rows) for rows, _ in lists] == [2, 0, 1]
    assert total(lists, [1.0, 9.0, 0.5], 4).tolist() == [1.0, 0.0, 0.0, 4.5]
    rows, weights = highest(lists, [1.0, 9.0, 0.5], 4)
    assert (rows.tolist(), weights.tolist()) == ([0, 3], [1.0, 2.5])


def test_a_key_counts_once_a_text_with_its_highest_weight_and_brings_its_groups():
    terms = Terms([("hot", 0.4), ("tea", 1.0), ("hot", 1.0)], {"hot": ("~1", "~2"), "tea": ("~1",)})
    rows, keys, weights = terms.of(Rows(np.array([2, 2]), np.array([0, 1, 0, 2])))
    names = list(terms.ids)
    found = {
        (int(row), names[key]): round(float(weight), 1) for row, key, weight in zip(rows, keys, weights, strict=True)
    }
    first = {(0, "hot"): 0.4, (0, "tea"): 1.0, (0, "~1"): 1.0, (0, "~2"): 0.4}
    assert found == first | {(1, "hot"): 1.0, (1, "~1"): 1.0, (1, "~2"): 1.0}


def test_rows_are_looked_up_and_cut_row_by_row():
    table = Rows(np.array([2, 0, 1]), np.array([5, 6, 7]))
    found = Rows(np.array([0, 3, 0, 1]), np.array([2, 1, 0, 1])).through(table)
    assert (found.sizes.tolist(), found.flat.tolist()) == ([0, 3, 0, 0], [7, 5, 6])
    assert list(found.spelled(list("abcdefgh"))) == ["", "h f g", "", ""]
    assert found.part(1, 3).flat.tolist() == [7, 5, 6]
    few = found.without([5, 7])
    assert (few.sizes.tolist(), few.flat.tolist()) == ([0, 1, 0, 0], [6])


def test_a_text_read_in_runs_is_what_it_is_when_read_whole(shipped: Snapshot):
    reader = Reader(english(), lexicon(shipped.library, english()))
    texts = [*(text for entry in shipped.entries for text in (*entry.phrasings, entry.answer)), *ODD]
    intake = Intake(reader)
    corpus = intake.read(enumerate(texts))
    terms, words = list(intake.terms), list(intake.words)
    for at, text in enumerate(texts):
        whole = reader.passage(split(text))
        found = [terms[number] for number in corpus.terms.part(at, at + 1).flat]
        assert found == [(term.key, term.weight) for term in whole.terms], text
        assert [words[number] for number in corpus.words.part(at, at + 1).flat] == [word.text for word in split(text)]
        assert corpus.asked[at] == reader.kinds(text)


def test_a_text_is_known_again_wherever_it_stands():
    marks = Marks(["tea", "hot"], Rows(np.array([1, 2, 1]), np.array([0, 1, 0, 0])))
    assert [marks.find(text).tolist() for text in ("tea", "hot tea", "hot")] == [[0, 2], [1], []]


def test_letters_of_the_same_text_are_alike_and_of_none_are_not():
    letters = Letters(["banana", "split", "tea"], Rows(np.array([3, 0, 1]), np.array([0, 0, 1, 2])))
    assert letters.alike("banana banana split", np.arange(3)).tolist() == pytest.approx([1.0, 0.0, 0.0])
    assert letters.alike("", np.arange(3)).tolist() == [0.0, 0.0, 0.0]


def test_an_empty_base_finds_nothing():
    assert built(Library()).winner("who is it?") is None
