"""Words typed wrongly, as the nearest words that the knowledge base has.

Answers for edit distance, joined and split words. Does not know meanings; a word that English or the base knows
is never a typing error, which the caller checks first.
"""

import math
from array import array
from collections.abc import Iterable, Mapping

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from knowledge.postings import Postings, top, total
from knowledge.slips import cost
from knowledge.words import stem

_POOL = 100
"""Words that share most letter pairs, among which the errors decide."""
_MOST = 10
"""Words that one unknown word is read as."""
_MORE = 1
"""Edits by which such a word may be further off than the nearest."""
_LEAST, _ALMOST_SAME = 0.5, 0.9
"""The least likeness, and that of a word that is common in English: "hopping" may be "hoping"."""
_UNLIKE = 5.0
"""Cost of errors a letter at which two words have nothing in common."""
_COMMON = 0.5
"""What a word gains for each e-fold of its count, in cost: what is said often is more likely meant."""
_TEMPER = 0.5
"""Power of how much less likely than the likeliest a word is: what the whole question is about may still decide."""

Near = tuple[tuple[str, float], ...]


class Speller:
    """A lexicon that can be asked for the words near a string."""

    def __init__(self, words: Mapping[str, int], opposites: frozenset[frozenset[str]]) -> None:
        """`words`: each with how often it occurs; `opposites`: stems never read as each other (north, south)."""
        self._counts = words
        self._words = sorted(word for word in words if len(word) > 1 and word.isascii() and not word.isdigit())
        self._lengths = np.fromiter(map(len, self._words), np.float32, len(self._words))
        self._opposites = opposites
        self._ids: dict[str, int] = {}
        pairs, sizes = array("i"), array("i")
        for word in self._words:
            own = _pairs(word)
            sizes.append(len(own))
            pairs.extend([self._ids.setdefault(pair, len(self._ids)) for pair in own])
        codes = np.array(pairs, np.int64) * len(self._words) + np.repeat(np.arange(len(self._words)), sizes)
        codes.sort()
        terms, rows = np.divmod(codes, max(1, len(self._words)))
        self._pairs = Postings(np.bincount(terms, minlength=len(self._ids)), rows, np.ones(len(rows)))

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def commonest(self, words: Iterable[str]) -> str | None:
        """Of some words the one that occurs most."""
        return max(words, key=lambda word: self._counts.get(word, 0), default=None)

    def near(self, word: str, *, common: bool = False) -> Near:
        """The words near one that is unknown, best first, with their likeness from 0 to 1.

        `common`: whether English has the word itself, and often.

        One edit is allowed up to three letters, two up to six, three above.
        """
        if len(word) < 2 or not self._words:
            return ()
        limit = 1 if common or len(word) <= 3 else 2 if len(word) <= 6 else 3
        pool = extract(word, self._pool(word), scorer=OSA.distance, score_cutoff=limit, limit=None)
        if not pool:
            return ()
        most, least = pool[0][1] + _MORE, _ALMOST_SAME if common else _LEAST
        costs = {known: self._cost(word, known) for known, edits, _ in pool if edits <= most}
        found = sorted(
            (errors, known)
            for known, errors in costs.items()
            if _likeness(errors, word, known) >= least and frozenset({stem(word), stem(known)}) not in self._opposites
        )[:_MOST]
        if not found:
            return ()
        fewest, best = found[0]
        sure = _likeness(fewest, word, best)
        return tuple((known, sure * math.exp(_TEMPER * (fewest - errors))) for errors, known in found)

    def _cost(self, word: str, known: str) -> float:
        """What the errors cost that make one word of the other, less what is gained by how often that is said."""
        return cost(word, known) - _COMMON * math.log(self._counts[known])

    def _pool(self, word: str) -> list[str]:
        if len(self._words) <= _POOL:
            return self._words
        pairs = _pairs(word)
        lists = [self._pairs.get(self._ids[pair]) for pair in pairs if pair in self._ids]
        shared = total(lists, [1.0] * len(lists), len(self._words))
        return [self._words[at] for at in top(shared / (self._lengths + np.float32(len(pairs))), _POOL).tolist()]

    def apart(self, word: str) -> tuple[str, str] | None:
        """A word that is two known words written together, as those two."""
        for cut in range(2, len(word) - 1):
            left, right = word[:cut], word[cut:]
            if left in self._counts and right in self._counts and max(len(left), len(right)) > 3:
                return left, right
        return None


def _likeness(errors: float, word: str, known: str) -> float:
    """How alike two words are for what the errors between them cost, 0 to 1."""
    return min(1.0, 1 - errors / (_UNLIKE * max(len(word), len(known))))


def _pairs(word: str) -> set[str]:
    edged = f" {word} "
    return {edged[at : at + 2] for at in range(len(edged) - 1)}
