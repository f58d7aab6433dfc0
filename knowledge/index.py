"""The inverted index: which entries come near a question, best first.

Answers for candidates and their scores. The score of a phrasing is the sum of
- coverage: idf-weighted share of the question that the phrasing has, length-pivoted (Singhal et al., SIGIR 1996);
- order: shared pairs of neighbouring terms, which tell "who gave what to whom" from its reverse;
- letters: cosine of letter trigrams, for the four dozen best phrasings only.
An entry adds its profile (all its phrasings and its answer), how near it is in meaning, and the mean of its next best
phrasings.
Does not decide whether a question is answered.
"""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import Corpus, Marks, Terms
from knowledge.letters import Letters
from knowledge.lexicon import ASIDE
from knowledge.meaning import Meaning
from knowledge.order import Order, rarity
from knowledge.outcomes import Kind
from knowledge.postings import List, Postings, highest, merged, offsets, top, total
from knowledge.profiles import Profiles, profiled
from knowledge.query import Candidate, Query
from knowledge.question import Term
from knowledge.rows import Floats, Numbers, Rows

SYNONYM = 0.5
NEAR_POWER = 0.75
"""Likeness of a mistyped word is taken to this power."""
PROFILE, ORDER, LETTERS, MEANING, KIND = 0.8, 0.4, 0.5, 0.35, 0.02
EXACT = 10.0
"""What a phrasing gains that the question repeats word for word: nothing may win over it."""
OUT = -99.0
"""What an entry loses that answers another kind of question than the only one wanted: even word for word it is out."""
VOTE, VOTERS = 1.0, 3
SLOPE = 0.35
STRANGE = -0.5
"""What an unknown term counts where terms are held to be typical or not."""
NEGLIGIBLE = 0.01
"""Share of the question's mass below which a term is not looked up: nearly every phrasing has it."""
POOL, ANSWERING = 48, 8
"""How many of the best phrasings are compared letter by letter, and how many of those that answer at least."""
IDLE = frozenset({ASIDE, "the", "a", "an", "and", "so"})
"""Keys that make no difference to what is asked."""
TOP = 16
JOINED = 1_000_000
"""How many rows of words that stand for several keys are kept: the same words come again."""


class Index:
    """Entries and their phrasings, searchable. Immutable once built."""

    def __init__(
        self,
        size: int,
        spoken: Corpus,
        said: Corpus,
        words: Sequence[str],
        terms: Terms,
        kinds: Iterable[frozenset[Kind]],
        left_open: NDArray[np.bool_],
    ) -> None:
        """`size`: number of entries, `spoken` and `said`: their phrasings and answers, `kinds`: what they answer.

        `words`, `terms`: what the numbers of words and terms in them stand for; `left_open`: whether an entry only
        says "the article doesn't say".
        """
        self._ids = terms.ids
        known = ((key, [name for name in names if name in terms.ids]) for key, names in terms.groups.items())
        self._groups = {key: tuple(dict.fromkeys(names)) for key, names in known if names}
        self._letters, self._same = Letters(words, spoken.words), Marks(words, spoken.words)
        self._meaning = Meaning(words, spoken.owner[spoken.words.row], spoken.words.flat, size)
        idle = [terms.ids[key] for key in IDLE if key in terms.ids]
        asked = Rows(spoken.terms.sizes, terms.keys[spoken.terms.flat]).without(idle)
        self._meant = Marks(list(terms.ids), asked)
        self._owner = spoken.owner.astype(np.intp)
        self._sizes = np.bincount(self._owner, minlength=size)
        """How many phrasings each entry has."""
        self._firsts = offsets(self._sizes)
        self._left_open = left_open[self._owner]
        self._order = Order(spoken.terms.row, terms.keys[spoken.terms.flat], self._owner, len(self._ids), size)
        rows, keys, factors = terms.of(spoken.terms)
        self._starts = offsets(np.bincount(rows, minlength=len(self._owner)))
        self._keys = keys.astype(np.min_scalar_type(len(self._ids)))
        self._factors = factors.astype(np.float16)
        profiles = profiled((rows, keys), terms.of(said.terms), self._owner, size)
        self._profiles = Profiles(*profiles, size)
        self._names = list(self._ids)
        self._idf = rarity(np.bincount(profiles[0], minlength=len(self._names)), size).tolist()
        self._idf_unknown = 0.85 * float(rarity(np.zeros(1), size)[0])
        self._told = np.zeros(len(self._names), np.bool_)
        self._told[profiles[0][~left_open[profiles[1]]]] = True
        self._postings = self._inverted(rows, keys, profiles)
        self._often = array("I", np.bincount(keys, minlength=len(self._names)).astype(np.uint32).tobytes())
        self._joined: dict[tuple[tuple[str, float], ...], List] = {}
        self._rows_joined = 0
        self._bits = {kind: 1 << at for at, kind in enumerate(Kind)}
        self._kinds = np.fromiter((self._mask(own) for own in kinds), np.int16, size)

    # building

    def _inverted(self, rows: Numbers, keys: Numbers, profiles: tuple[Numbers, Numbers, Floats]) -> Postings:
        """The phrasings that have each key, and after them, counted on, the entries that it is typical of."""
        count = len(self._owner)
        scale = self._scale(rows, keys)
        codes = keys * count + rows
        codes.sort()
        keys, rows = np.divmod(codes, max(1, count))
        terms, entries, share = profiles
        lists = merged((keys, rows, scale[rows]), (terms, entries + count, share), len(self._names))
        return Postings(np.bincount(lists[0], minlength=len(self._names)), *lists[1:])

    def _scale(self, rows: Numbers, keys: Numbers) -> Floats:
        """What a key of each phrasing counts: the longer the phrasing, the less."""
        own = np.fromiter((name[0] != "~" for name in self._names), np.float32, len(self._names))
        masses = np.bincount(rows, self._factors * own[keys] * np.array(self._idf)[keys], len(self._owner))
        pivot = float(masses.mean()) if len(masses) else 1.0
        scale: Floats = (1 / np.sqrt((1 - SLOPE) * pivot + SLOPE * masses + 1e-6)).astype(np.float32)
        return scale

    # asking

    def has(self, said: str) -> bool:
        """Whether a text is a phrasing, word for word."""
        return len(self._same.find(said)) > 0

    @property
    def owners(self) -> Numbers:
        """The entry of each phrasing."""
        return self._owner

    def first(self, entry: int) -> int:
        """The first phrasing of an entry."""
        return self._firsts[entry]

    def __contains__(self, key: str) -> bool:
        return key in self._ids

    def told(self, key: str) -> bool:
        """Whether any entry that answers something has a key of the base."""
        return bool(self._told[self._ids[key]])

    def idf(self, key: str) -> float:
        """How much a key tells, from 0; that of a word which no entry has is near the highest."""
        at = self._ids.get(key)
        return self._idf_unknown if at is None else self._idf[at]

    def query(self, terms: Sequence[Term], stems: dict[str, str], said: str) -> Query:
        """A question for this index; `stems`: word of the base -> its key; `said`: the question's own words."""
        parts = []
        for term in terms:
            if term.weight:
                keys = self._matching(term, stems)
                best = self.idf(keys[-1][0]) if keys else self._idf_unknown
                parts.append((term, term.weight * best, keys))
        letters = " ".join(term.near[0][0] if term.near else term.typed for term in terms if term.key != ASIDE)
        mass = sum(mass for _, mass, _ in parts) + 1e-6
        meant = " ".join([keys[-1][0] if keys else term.key for term, _, keys in parts if term.key not in IDLE])
        same = self._same.find(said)
        same = same if len(same) or not meant or not all(term.sure for term in terms) else self._meant.find(meant)
        numbers = (self._ids[keys[-1][0]] if keys else -1 - at for at, (_, _, keys) in enumerate(parts))
        names = list({key: None for _, _, keys in parts for key, _ in keys})
        named = np.array([self._ids[key] for key in names], self._keys.dtype)
        return Query(tuple(parts), tuple(numbers), names, named, mass, letters, same)

    def _matching(self, term: Term, stems: dict[str, str]) -> tuple[tuple[str, float], ...]:
        if not term.near:
            groups = [(group, SYNONYM) for group in self.groups_of(term.key)]
            return (*groups, (term.key, 1.0)) if term.key in self._ids else tuple(groups)
        keys: dict[str, float] = {}
        for word, likeness in term.near:
            key = stems.get(word, word)
            if key in self._ids:
                keys[key] = max(keys.get(key, 0.0), likeness**NEAR_POWER)
            for group in self.groups_of(key):
                keys[group] = max(keys.get(group, 0.0), SYNONYM * likeness**NEAR_POWER)
        return tuple(sorted(keys.items(), key=lambda row: row[1]))

    def search(self, query: Query, kinds: frozenset[Kind], *, only: bool = False) -> list[Candidate]:
        """The entries that come nearest, best first.

        `kinds`: what the question asks for; with `only` nothing that answers another kind is found.
        """
        count = len(self._owner)
        if not count:
            return []
        found = total(*self._lists(query), count + len(self._kinds))
        score, profile = found[:count], found[count:]
        profile *= np.float32(PROFILE / math.sqrt(query.mass))
        profile += np.float32(MEANING) * self._meaning.alike(query.letters.split())
        mask = self._mask(kinds)
        if mask:
            fits = (self._kinds & mask) != 0
            profile += np.float32(KIND) * fits
            if only:
                profile[~fits & (self._kinds != 0)] = OUT
        score += np.repeat(profile, self._sizes)
        score[query.same] += EXACT
        pool = self._pool(score)
        letters = np.float32(LETTERS) * self._letters.alike(query.letters, pool)
        ranked = self._by_entry(score[pool] + letters, pool)
        return [candidate for candidate in ranked if candidate.score > OUT / 2] if only else ranked

    def _pool(self, score: Floats) -> NDArray[np.intp]:
        """The best phrasings, and where few of them answer, the best of those that do: some names are asked of much."""
        pool = top(score, POOL)
        if len(pool) - np.count_nonzero(self._left_open[pool]) >= ANSWERING:
            return pool
        answering = np.flatnonzero(~self._left_open)
        return np.union1d(pool, answering[top(score[answering], ANSWERING)])

    def _lists(self, query: Query) -> tuple[list[List], list[float]]:
        """The rows that have a term of the question or a pair of its terms, and what they count."""
        root = math.sqrt(query.mass)
        heavy = [(keys, mass / root) for _, mass, keys in query.parts if keys and mass > NEGLIGIBLE * query.mass]
        lists, factors = [self._list(keys) for keys, _ in heavy], [factor for _, factor in heavy]
        pairs, factor = self._order.shared(query.numbers)
        return lists + pairs, factors + [ORDER * factor] * len(pairs)

    def _list(self, keys: tuple[tuple[str, float], ...]) -> List:
        """The rows that have any of some keys, each with what its best key counts."""
        if len(keys) == 1 and keys[0][1] == 1.0:
            return self._postings.get(self._ids[keys[0][0]])
        joined = self._joined.get(keys)
        if joined is None:
            if self._rows_joined > JOINED:
                self._joined.clear()
                self._rows_joined = 0
            lists = [self._postings.get(self._ids[key]) for key, _ in keys]
            joined = highest(lists, [factor for _, factor in keys], len(self._owner) + len(self._kinds))
            self._joined[keys] = joined
            self._rows_joined += len(joined[0])
        return joined

    def _by_entry(self, score: Floats, pool: NDArray[np.intp]) -> list[Candidate]:
        """Entries by their best phrasing and the mean of the next ones."""
        order = np.argsort(-score, kind="stable")
        pool = pool[order]
        share = VOTE / VOTERS
        found: dict[int, list[Any]] = {}
        ranked = zip(self._owner[pool].tolist(), score[order].tolist(), pool.tolist(), strict=True)
        for entry, value, document in ranked:
            row = found.get(entry)
            if row is None:
                found[entry] = [value, document, VOTERS]
            elif row[2]:
                row[0] += share * value
                row[2] -= 1
        first = sorted(found, key=lambda entry: (-found[entry][0], entry))[:TOP]
        return [Candidate(entry, found[entry][0], found[entry][1]) for entry in first]

    def groups_of(self, key: str) -> tuple[str, ...]:
        """The synonym groups of a key that the base has a word of."""
        return self._groups.get(key, ())

    def keys_of(self, document: int) -> dict[str, float]:
        """The keys of a phrasing with their weights."""
        own = slice(self._starts[document], self._starts[document + 1])
        names = [self._names[at] for at in self._keys[own]]
        return dict(zip(names, self._factors[own].tolist(), strict=True))

    def shares(self, entry: int, query: Query) -> dict[str, float]:
        """How typical each key of a question is of an entry, 0 to 1."""
        return dict(zip(query.keys, self._profiles.shares(entry, query.keys_as_numbers), strict=True))

    def alike(self, entry: int, query: Query) -> float:
        """How near in meaning a question is to an entry, -1 to 1."""
        return float(self._meaning.alike(query.letters.split())[entry])

    def typical(self, entry: int, query: Query, shares: Mapping[str, float]) -> float:
        """How much more often an entry's phrasings have the question's own terms than all phrasings do.

        Mean of the logarithms of the ratios, each smoothed with one phrasing like all others; naive Bayes.
        """
        own, every = self.first(entry + 1) - self.first(entry), len(self._owner)
        ratios = []
        for term, _, keys in query.parts:
            if term.around:
                continue
            if not keys:
                ratios.append(STRANGE)
                continue
            usual = max(self._often[self._ids[keys[-1][0]]], 1) / every
            ratios.append(math.log((own * shares[keys[-1][0]] ** 2 / usual + 1) / (own + 1)))
        return sum(ratios) / max(1, len(ratios))

    def _mask(self, kinds: Iterable[Kind]) -> int:
        return sum(self._bits[kind] for kind in kinds)
