"""The inverted index: which entries come near a question, best first.

Answers for candidates and their scores. The score of a phrasing is the sum of
- coverage: idf-weighted share of the question that the phrasing has, length-pivoted (Singhal et al., SIGIR 1996);
- order: shared pairs of neighbouring terms, which tell "who gave what to whom" from its reverse;
- letters: cosine of letter trigrams, for the ten dozen best phrasings only.
An entry adds its profile (all its phrasings and its answer) and the mean of its next best phrasings.
Does not decide whether a question is answered.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.letters import Letters
from knowledge.order import Order, rarity
from knowledge.outcomes import Kind
from knowledge.postings import Floats, Numbers, Postings, distinct
from knowledge.reading import Term

SYNONYM = 0.5
NEAR_POWER = 1.5
"""Likeness of a mistyped word is taken to this power."""
DOUBT = 1.0
"""How much more letters count where words are in doubt."""
PROFILE, ORDER, LETTERS, KIND = 0.8, 0.4, 0.5, 0.02
ANSWER = 0.35
"""What a word of the answer counts in the profile, beside 1 for a word of every phrasing."""
EXACT = 1.0
"""What a phrasing gains that the question repeats word for word: nothing may win over it."""
VOTE, VOTERS = 1.0, 3
SLOPE = 0.35
NEGLIGIBLE = 0.003
"""Share of the question's mass below which a term is not looked up: nearly every phrasing has it."""
POOL = 120
TOP = 16


class Document(NamedTuple):
    """A phrasing as the index takes it."""

    entry: int
    terms: Sequence[Term]
    text: str


class Candidate(NamedTuple):
    """An entry that comes near."""

    entry: int
    score: float
    document: int
    """Its best phrasing."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index asks it, with what a decision needs of it."""

    parts: tuple[tuple[Term, float, tuple[tuple[str, float], ...]], ...]
    """Term, its idf mass, and the index keys that it may match, weakest first, with their factors."""
    mass: float
    doubt: float
    """Share of the mass whose words the base does not have as typed."""
    letters: str


class Index:
    """Entries and their phrasings, searchable. Immutable once built."""

    def __init__(
        self,
        size: int,
        documents: Sequence[Document],
        answers: Iterable[tuple[int, Sequence[Term]]],
        kinds: Sequence[frozenset[Kind]],
        groups: dict[str, tuple[str, ...]],
    ) -> None:
        """`size`: number of entries; `answers`: terms of the entries' answers; `kinds`: what each entry answers."""
        self.size = size
        self._groups = groups
        self._ids: dict[str, int] = {}
        self.owner = np.fromiter((row.entry for row in documents), np.int32, len(documents))
        texts, terms, weights = self._numbered((at, row.terms) for at, row in enumerate(documents))
        said_by, said, said_weights = self._numbered(answers)
        self._order = Order(texts, terms, self.owner, len(self._ids), size)
        rows, keys, self._factors = self._with_groups(texts, terms, weights)
        said_by, said, said_weights = self._with_groups(said_by, said, said_weights)
        self._names = list(self._ids)
        self._keys = keys.astype(np.int32)
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(documents)))])
        content = said_weights == 1.0
        self._build_profiles(rows, keys, said_by[content], said[content])
        self._documents = Postings(keys, rows, self._scale(rows, keys)[rows], len(self._names))
        self._letters = Letters([row.text for row in documents])
        self._exact: dict[str, int] = {}
        self._twins: dict[int, list[int]] = {}
        for at, row in enumerate(documents):
            first = self._exact.setdefault(row.text, at)
            if first != at:
                self._twins.setdefault(first, []).append(at)
        self._bits = {kind: 1 << at for at, kind in enumerate(Kind)}
        self._kinds = np.fromiter((self._mask(own) for own in kinds), np.int32, size)

    # building

    def _numbered(self, rows: Iterable[tuple[int, Sequence[Term]]]) -> tuple[Numbers, Numbers, Floats]:
        """Row, number of the key and weight of each term."""
        sizes, owners, terms, weights = [], [], [], []
        for owner, own in rows:
            owners.append(owner)
            sizes.append(len(own))
            terms += [self._ids.setdefault(term.key, len(self._ids)) for term in own]
            weights += [term.weight for term in own]
        return np.repeat(np.array(owners, np.int32), sizes), np.array(terms, np.int32), np.array(weights, np.float32)

    def _with_groups(self, rows: Numbers, keys: Numbers, weights: Floats) -> tuple[Numbers, Numbers, Floats]:
        """The same with the synonym groups that the keys belong to; each once a row, with its highest weight."""
        groups = {
            at: [self._ids.setdefault(group, len(self._ids)) for group in self._groups[key]]
            for key, at in list(self._ids.items())
            if key in self._groups
        }
        terms = zip(rows.tolist(), keys.tolist(), weights.tolist(), strict=True)
        added = [(row, group, weight) for row, key, weight in terms for group in groups.get(key, ())]
        more = np.array(added, np.float64).reshape(-1, 3)
        weights = np.concatenate([weights, more[:, 2]])
        rows, keys, which = distinct(
            np.concatenate([rows, more[:, 0].astype(int)]),
            np.concatenate([keys, more[:, 1].astype(int)]),
            len(self._ids),
        )
        highest = np.zeros(len(rows), np.float32)
        np.maximum.at(highest, which, weights.astype(np.float32))
        return rows, keys, highest

    def _build_profiles(self, rows: Numbers, keys: Numbers, said_by: Numbers, said: Numbers) -> None:
        """How typical each key is of each entry, and how rare it is among them."""
        phrasings = np.bincount(self.owner, minlength=self.size)
        has, entries, which = distinct(
            np.concatenate([keys, said]), np.concatenate([self.owner[rows], said_by]), self.size + 1
        )
        count = np.bincount(which[: len(keys)], minlength=len(has))
        share = np.sqrt(count / np.maximum(phrasings[entries], 1))
        share[which[len(keys) :]] = np.maximum(share[which[len(keys) :]], ANSWER)
        self._profiles = Postings(has, entries, share, len(self._names))
        self._idf = rarity(np.bincount(has, minlength=len(self._names)), self.size).tolist()
        self._idf_unknown = 0.85 * float(rarity(np.zeros(1), self.size)[0])

    def _scale(self, rows: Numbers, keys: Numbers) -> Floats:
        """What a key of each phrasing counts: the longer the phrasing, the less."""
        own = np.fromiter((name[0] != "~" for name in self._names), np.float32, len(self._names))
        masses = np.bincount(rows, self._factors * own[keys] * np.array(self._idf)[keys], len(self.owner))
        pivot = float(masses.mean()) if len(masses) else 1.0
        scale: Floats = (1 / np.sqrt((1 - SLOPE) * pivot + SLOPE * masses + 1e-6)).astype(np.float32)
        return scale

    # asking

    def __contains__(self, key: str) -> bool:
        return key in self._ids

    def idf(self, key: str) -> float:
        """How much a key tells, from 0; that of a word which no entry has is near the highest."""
        at = self._ids.get(key)
        return self._idf_unknown if at is None else self._idf[at]

    def query(self, terms: Sequence[Term], stems: dict[str, str]) -> Query:
        """A question for this index; `stems`: word of the base -> its key."""
        parts = []
        for term in terms:
            if term.weight:
                keys = self._matching(term, stems)
                best = self.idf(keys[-1][0]) if keys else self._idf_unknown
                parts.append((term, term.weight * best, keys))
        letters = " ".join(term.near[0][0] if term.near else term.typed for term in terms)
        mass = sum(mass for _, mass, _ in parts) + 1e-6
        doubt = sum(mass for term, mass, keys in parts if term.near or not keys) / mass
        return Query(tuple(parts), mass, doubt, letters)

    def _matching(self, term: Term, stems: dict[str, str]) -> tuple[tuple[str, float], ...]:
        keys: dict[str, float] = {}
        if term.near:
            for word, likeness in term.near:
                key = stems.get(word, word)
                if key in self._ids:
                    keys[key] = max(keys.get(key, 0.0), likeness**NEAR_POWER)
                for group in self._groups.get(key, ()):
                    if group in self._ids:
                        keys[group] = max(keys.get(group, 0.0), SYNONYM * likeness**NEAR_POWER)
        else:
            for group in self._groups.get(term.key, ()):
                if group in self._ids:
                    keys[group] = SYNONYM
            if term.key in self._ids:
                keys[term.key] = 1.0
        return tuple(sorted(keys.items(), key=lambda row: row[1]))

    def search(self, query: Query, kinds: frozenset[Kind], *, only: bool = False) -> list[Candidate]:
        """The entries that come nearest, best first.

        `kinds`: what the question asks for; with `only` nothing that answers another kind is found.
        """
        if not len(self.owner):
            return []
        covered, profile = self._coverage(query)
        mask = self._mask(kinds)
        fits = (self._kinds & mask) != 0
        entry_score = profile * np.float32(PROFILE / query.mass) + np.float32(KIND) * fits
        if only and mask:
            entry_score = np.where(fits | (self._kinds == 0), entry_score, -9.0)
        score = (
            covered * np.float32(1 / math.sqrt(query.mass))
            + np.float32(ORDER) * self._ordered(query)
            + entry_score[self.owner]
        )
        exact = self._exact.get(query.letters)
        if exact is not None:
            score[[exact, *self._twins.get(exact, ())]] += EXACT
        pool = np.argpartition(-score, POOL)[:POOL] if len(score) > POOL else np.arange(len(score))
        letters = LETTERS * (1 + DOUBT * query.doubt)
        score = score[pool] + letters * self._letters.alike(query.letters, pool)
        return self._by_entry(score, pool)

    def _coverage(self, query: Query) -> tuple[Floats, Floats]:
        """The mass of the question that each phrasing has, and that is typical of each entry."""
        parts = [(mass, keys) for _, mass, keys in query.parts if keys and mass > NEGLIGIBLE * query.mass]
        single = [(self._ids[keys[0][0]], mass * keys[0][1]) for mass, keys in parts if len(keys) == 1]
        covered = self._documents.total(single, len(self.owner))
        profile = self._profiles.total(single, self.size)
        for mass, keys in parts:
            if len(keys) > 1:
                several = [(self._ids[key], mass * factor) for key, factor in keys]
                covered += self._documents.highest(several, len(self.owner))
                profile += self._profiles.highest(several, self.size)
        return covered, profile

    def _ordered(self, query: Query) -> Floats:
        keys = [keys[-1][0] if keys else "" for _, _, keys in query.parts]
        return self._order.shared([self._ids.get(key, -1 - at) for at, key in enumerate(keys)])

    def _by_entry(self, score: Floats, pool: NDArray[np.intp]) -> list[Candidate]:
        """Entries by their best phrasing and the mean of the next ones."""
        order = np.lexsort((-score, self.owner[pool]))
        score, pool = score[order], pool[order]
        owner = self.owner[pool]
        new = np.ones(len(owner), np.bool_)
        np.not_equal(owner[1:], owner[:-1], out=new[1:])
        first = np.flatnonzero(new)
        entry = np.cumsum(new) - 1
        place = np.arange(len(owner)) - first[entry]
        votes = np.bincount(entry, score * ((place > 0) & (place <= VOTERS)), len(first))
        total = score[first] + VOTE / VOTERS * votes
        top = np.argsort(-total, kind="stable")[:TOP]
        found = zip(owner[first][top].tolist(), total[top].tolist(), pool[first][top].tolist(), strict=True)
        return [Candidate(*row) for row in found]

    def groups_of(self, key: str) -> tuple[str, ...]:
        """The synonym groups of a key."""
        return self._groups.get(key, ())

    def keys_of(self, document: int) -> dict[str, float]:
        """The keys of a phrasing with their weights."""
        own = slice(self._starts[document], self._starts[document + 1])
        names = [self._names[at] for at in self._keys[own]]
        return dict(zip(names, self._factors[own].tolist(), strict=True))

    def in_profile(self, entry: int, key: str) -> bool:
        """Whether any phrasing of an entry or its answer has a key."""
        rows, _ = self._profiles.get(self._ids[key])
        at = int(np.searchsorted(rows, entry))
        return at < len(rows) and rows[at] == entry

    def _mask(self, kinds: Iterable[Kind]) -> int:
        return sum(self._bits[kind] for kind in kinds)
