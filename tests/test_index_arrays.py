"""The flat arrays beneath the index: what they find is what plain Python finds."""

from array import array

import numpy as np
import pytest

from knowledge.corpus import Corpus, Marks, mark
from knowledge.holder import built
from knowledge.letters import Letters
from knowledge.library import Library
from knowledge.postings import Postings, highest, top, total
from knowledge.reading import Role, Term


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
    ids: dict[str, int] = {}
    corpus = Corpus(ids)
    corpus.add(7, [Term("hot", 0.4, Role.FILLER, "hot"), Term("tea", 1.0, Role.CONTENT, "tea")])
    corpus.add(8, [Term("hot", 0.4, Role.FILLER, "hot"), Term("hot", 1.0, Role.CONTENT, "hot")])
    rows, keys, weights = corpus.keys({"hot": ("~1", "~2"), "tea": ("~1",)})
    names = list(ids)
    found = {
        (int(row), names[key]): round(float(weight), 1) for row, key, weight in zip(rows, keys, weights, strict=True)
    }
    first = {(0, "hot"): 0.4, (0, "tea"): 1.0, (0, "~1"): 1.0, (0, "~2"): 0.4}
    assert found == first | {(1, "hot"): 1.0, (1, "~1"): 1.0, (1, "~2"): 1.0}
    assert corpus.owner.tolist() == [7, 8]


def test_a_text_is_known_again_wherever_it_stands():
    marks = Marks(array("Q", [mark(text) for text in ("a", "b", "a")]))
    assert [marks.find(text).tolist() for text in ("a", "b", "c")] == [[0, 2], [1], []]


def test_letters_of_the_same_text_are_alike_and_of_none_are_not():
    letters = Letters(["banana banana split", "", "tea"])
    assert letters.alike("banana banana split", np.arange(3)).tolist() == pytest.approx([1.0, 0.0, 0.0])
    assert letters.alike("", np.arange(3)).tolist() == [0.0, 0.0, 0.0]


def test_an_empty_base_finds_nothing():
    assert built(Library()).winner("who is it?") is None
