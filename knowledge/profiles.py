"""How typical each key is of each entry: what its phrasings share, and what its answer says.

Answers for what an entry is about beyond its best phrasing. Does not search.
"""

import numpy as np
from numpy.typing import NDArray

from knowledge.postings import offsets
from knowledge.rows import Floats, Numbers, starts_of

ANSWER = 0.35
"""What a word of the answer counts, beside 1 for a word of every phrasing."""


class Profiles:
    """The keys of all entries, each with its share."""

    def __init__(self, keys: Numbers, entries: Numbers, shares: Floats, size: int) -> None:
        """A key, an entry and a share each, in order of the keys; `size`: number of entries."""
        order = np.argsort(entries, kind="stable")
        self._keys = keys[order].astype(np.min_scalar_type(int(keys.max(initial=0))))
        self._shares = shares[order]
        self._starts = offsets(np.bincount(entries, minlength=size))

    def shares(self, entry: int, keys: Numbers) -> list[float]:
        """How typical each key is of an entry: the root of the share of its phrasings that have it.

        At least `ANSWER` where its answer has the key, 0 where nothing has.
        """
        own = slice(self._starts[entry], self._starts[entry + 1])
        known = self._keys[own]
        if not len(known):
            return [0.0] * len(keys)
        places = known.searchsorted(keys)
        there = known.take(places, mode="clip") == keys
        found: list[float] = (self._shares[own].take(places, mode="clip") * there).tolist()
        return found


def profiled(
    spoken: tuple[Numbers, Numbers], said: tuple[Numbers, Numbers, Floats], owner: NDArray[np.intp], size: int
) -> tuple[Numbers, Numbers, Floats]:
    """Key, entry and share, in order of the keys, of phrasings (text and key) and answers (text, key and weight).

    `owner`: the entry of each phrasing.
    """
    rows, keys = spoken
    entries, words, weights = said
    content = weights == 1.0
    codes = np.concatenate([keys * size + owner[rows], words[content] * size + entries[content]])
    codes = codes * 2 + (np.arange(len(codes)) < len(keys))
    codes.sort()
    pairs, asked = np.divmod(codes, 2)
    starts = starts_of(pairs)
    count = np.add.reduceat(asked, starts) if len(starts) else starts
    keys, entries = np.divmod(pairs[starts], max(1, size))
    share = np.sqrt(count / np.maximum(np.bincount(owner, minlength=size)[entries], 1))
    share[asked[starts] == 0] = np.maximum(share[asked[starts] == 0], ANSWER)
    return keys, entries, share.astype(np.float32)
