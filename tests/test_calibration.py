"""The bar that a base sets for itself."""

from collections import Counter

import numpy as np

from knowledge.calibration import LEAST, bar

TEXTS = [f"what is the colour of thing number {entry}" for entry in range(100)]
OWNERS = np.arange(100)


def test_one_in_twenty_of_the_questions_without_an_answer_passes():
    asked = []
    found = bar(TEXTS, OWNERS, lambda text, entry: asked.append(entry) or float(entry))
    passing = [entry for entry in asked if entry > found]
    assert len(asked) == len(TEXTS)
    assert len(passing) == len(TEXTS) // 20


def test_each_phrasing_is_asked_shortened_and_without_its_own_entry():
    asked = Counter()
    bar(TEXTS, OWNERS, lambda text, entry: asked.update({(entry, len(text.split())): 1}) or 0.0)
    assert {entry for entry, _ in asked} == set(range(100))
    assert sum(words * n for (_, words), n in asked.items()) < 100 * 8 * 0.5


def test_the_same_base_gets_the_same_bar():
    assert bar(TEXTS, OWNERS, lambda text, _: len(text)) == bar(TEXTS, OWNERS, lambda text, _: len(text))


def test_a_base_too_small_to_tell_gets_none():
    assert bar(TEXTS[: LEAST - 1], OWNERS, lambda text, entry: 0.0) is None
