"""The inverted index: which entries come near a question, best first.

Answers for candidates and their scores. The score of a phrasing is the sum of
- coverage: idf-weighted share of the question that the phrasing has, length-pivoted (Singhal et al., SIGIR 1996);
- order: shared pairs of neighbouring terms, which tell "who gave what to whom" from its reverse;
- letters: cosine of letter trigrams, for the ten dozen best phrasings only.
An entry adds its profile (all its phrasings and its answer) and the mean of its next best phrasings.
Does not decide whether a question is answered.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.outcomes import Kind
from knowledge.postings import Postings
from knowledge.reading import Term

Floats = NDArray[np.float32]

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
        documents: Iterable[Document],
        answers: Iterable[tuple[int, Sequence[Term]]],
        kinds: Sequence[frozenset[Kind]],
        groups: dict[str, tuple[str, ...]],
    ) -> None:
        """`size`: number of entries; `answers`: terms of the entries' answers; `kinds`: what each entry answers."""
        self.size = size
        self._groups = groups
        rows = list(documents)
        self.owner = np.fromiter((row.entry for row in rows), np.int32, len(rows))
        self._keys = [self._weights_of(row.terms) for row in rows]
        profile, frequency = self._profile(answers)
        self._idf = {key: _rarity(n, size) for key, n in frequency.items()}
        self._idf_unknown = 0.85 * _rarity(0, size)
        self._profiles = Postings(
            (key, entry, weight) for key, x in profile.items() for entry, weight in sorted(x.items())
        )
        self._documents = Postings((key, at, 1.0) for at, keys in enumerate(self._keys) for key in keys)
        masses = np.fromiter(
            (sum(w * self._idf[key] for key, w in keys.items() if key[0] != "~") for keys in self._keys),
            np.float32,
            len(rows),
        )
        pivot = float(masses.mean()) if rows else 1.0
        self._scale = 1 / ((1 - SLOPE) * pivot + SLOPE * masses + 1e-6)
        self._build_order([row.terms for row in rows])
        self._build_letters([row.text for row in rows])
        self._exact = {row.text: at for at, row in reversed(list(enumerate(rows)))}
        bits = {kind: 1 << at for at, kind in enumerate(Kind)}
        self._kinds = np.fromiter((sum(bits[kind] for kind in own) for own in kinds), np.int32, size)
        self._bits = bits

    # building

    def _weights_of(self, terms: Sequence[Term]) -> dict[str, float]:
        keys: dict[str, float] = {}
        for term in terms:
            keys[term.key] = max(keys.get(term.key, 0.0), term.weight)
            for group in self._groups.get(term.key, ()):
                keys[group] = max(keys.get(group, 0.0), term.weight)
        return keys

    def _profile(
        self, answers: Iterable[tuple[int, Sequence[Term]]]
    ) -> tuple[dict[str, dict[int, float]], dict[str, int]]:
        """How typical each key is of each entry, and in how many entries it occurs."""
        phrasings = Counter(self.owner.tolist())
        share: dict[str, dict[int, float]] = defaultdict(dict)
        for keys, entry in zip(self._keys, self.owner.tolist(), strict=True):
            for key in keys:
                share[key][entry] = share[key].get(entry, 0.0) + 1 / phrasings[entry]
        for entries in share.values():
            for entry in entries:
                entries[entry] **= 0.5
        for entry, terms in answers:
            for key, weight in self._weights_of(terms).items():
                if weight == 1.0:
                    share[key][entry] = max(share[key].get(entry, 0.0), ANSWER)
        return share, {key: len(entries) for key, entries in share.items()}

    def _build_order(self, texts: Sequence[Sequence[Term]]) -> None:
        pairs = [_neighbours([term.key for term in terms]) for terms in texts]
        seen: dict[str, set[int]] = defaultdict(set)
        for own, entry in zip(pairs, self.owner.tolist(), strict=True):
            for pair in own:
                seen[pair].add(entry)
        self._pair_idf = {pair: _rarity(len(n), self.size) for pair, n in seen.items()}
        self._pair_unknown = _rarity(0, self.size)

        def weighted() -> Iterable[tuple[str, int, float]]:
            for at, own in enumerate(pairs):
                norm = math.sqrt(sum(self._pair_idf[pair] for pair in own)) or 1.0
                for pair in own:
                    yield pair, at, self._pair_idf[pair] / norm

        self._order = Postings(weighted())

    def _build_letters(self, texts: Sequence[str]) -> None:
        counts = [_trigrams(text) for text in texts]
        seen = Counter(gram for grams in counts for gram in grams)
        self._gram_idf = {gram: math.log(1 + len(texts) / n) for gram, n in seen.items()}
        self._gram_unknown = math.log(1 + len(texts))
        self._gram_at = {gram: at for at, gram in enumerate(seen)}
        starts, grams, weights = [0], [], []
        for own in counts:
            vector = {gram: (1 + math.log(n)) * self._gram_idf[gram] for gram, n in own.items()}
            norm = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
            grams += [self._gram_at[gram] for gram in vector]
            weights += [weight / norm for weight in vector.values()]
            starts.append(len(grams))
        self._gram_starts = np.array(starts, np.int64)
        self._grams = np.array(grams, np.int32)
        self._gram_weights = np.array(weights, np.float32)

    # asking

    def __contains__(self, key: str) -> bool:
        return key in self._idf

    def idf(self, key: str) -> float:
        """How much a key tells, from 0; that of a word which no entry has is near the highest."""
        return self._idf.get(key, self._idf_unknown)

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
                if key in self._idf:
                    keys[key] = max(keys.get(key, 0.0), likeness**NEAR_POWER)
                for group in self._groups.get(key, ()):
                    if group in self._idf:
                        keys[group] = max(keys.get(group, 0.0), SYNONYM * likeness**NEAR_POWER)
        else:
            for group in self._groups.get(term.key, ()):
                if group in self._idf:
                    keys[group] = SYNONYM
            if term.key in self._idf:
                keys[term.key] = 1.0
        return tuple(sorted(keys.items(), key=lambda row: row[1]))

    def search(self, query: Query, kinds: frozenset[Kind], *, only: bool = False) -> list[Candidate]:
        """The entries that come nearest, best first.

        `kinds`: what the question asks for; with `only` nothing that answers another kind is found.
        """
        if not len(self.owner):
            return []
        covered, profile = self._coverage(query)
        mask = sum(self._bits[kind] for kind in kinds)
        fits = (self._kinds & mask) != 0
        entry_score = PROFILE * profile / query.mass + KIND * fits
        if only and mask:
            entry_score = np.where(fits | (self._kinds == 0), entry_score, -9.0)
        score = covered * np.sqrt(self._scale / query.mass) + self._ordered(query) + entry_score[self.owner]
        exact = self._exact.get(query.letters)
        if exact is not None:
            score[exact] += EXACT
        pool = np.argpartition(-score, POOL)[:POOL] if len(score) > POOL else np.arange(len(score))
        letters = LETTERS * (1 + DOUBT * query.doubt)
        score = score[pool] + letters * self._lettered(query.letters, pool)
        return self._by_entry(score, pool)

    def _coverage(self, query: Query) -> tuple[Floats, Floats]:
        covered = np.zeros(len(self.owner), np.float32)
        profile = np.zeros(self.size, np.float32)
        for _, mass, keys in query.parts:
            if len(keys) == 1:
                rows, _ = self._documents.get(keys[0][0])
                covered[rows] += mass * keys[0][1]
                rows, weights = self._profiles.get(keys[0][0])
                profile[rows] += weights * (mass * keys[0][1])
            elif keys:
                best = np.zeros(len(self.owner), np.float32)
                typical = np.zeros(self.size, np.float32)
                for key, factor in keys:
                    rows, _ = self._documents.get(key)
                    best[rows] = mass * factor
                    rows, weights = self._profiles.get(key)
                    typical[rows] = np.maximum(typical[rows], weights * (mass * factor))
                covered += best
                profile += typical
        return covered, profile

    def _ordered(self, query: Query) -> Floats:
        keys = [(keys[-1][0] if keys else term.key) for term, _, keys in query.parts]
        pairs = _neighbours(keys)
        norm = math.sqrt(sum(self._pair_idf.get(pair, self._pair_unknown) for pair in pairs)) or 1.0
        return self._order.total([(pair, ORDER / norm) for pair in pairs], len(self.owner))

    def _lettered(self, text: str, pool: NDArray[np.int64]) -> Floats:
        counts = _trigrams(text)
        values = np.zeros(len(self._gram_at) + 1, np.float32)
        square = 0.0
        for gram, n in counts.items():
            weight = (1 + math.log(n)) * self._gram_idf.get(gram, self._gram_unknown)
            square += weight * weight
            if gram in self._gram_at:
                values[self._gram_at[gram]] = weight
        starts = self._gram_starts[pool]
        sizes = self._gram_starts[pool + 1] - starts
        ends = np.cumsum(sizes)
        at = np.repeat(starts - ends + sizes, sizes) + np.arange(ends[-1])
        shared = np.concatenate([[0], np.cumsum(values[self._grams[at]] * self._gram_weights[at])])
        cosines: Floats = ((shared[ends] - shared[ends - sizes]) / (math.sqrt(square) or 1.0)).astype(np.float32)
        return cosines

    def _by_entry(self, score: Floats, pool: NDArray[np.int64]) -> list[Candidate]:
        order = np.argsort(-score)
        best: dict[int, int] = {}
        scores: dict[int, list[float]] = {}
        ranked = pool[order]
        rows = zip(self.owner[ranked].tolist(), score[order].tolist(), ranked.tolist(), strict=True)
        for entry, value, document in rows:
            best.setdefault(entry, document)
            scores.setdefault(entry, []).append(value)
        candidates = [
            Candidate(entry, own[0] + VOTE * sum(own[1 : 1 + VOTERS]) / VOTERS, best[entry])
            for entry, own in scores.items()
        ]
        return sorted(candidates, key=lambda candidate: -candidate.score)[:TOP]

    def groups_of(self, key: str) -> tuple[str, ...]:
        """The synonym groups of a key."""
        return self._groups.get(key, ())

    def keys_of(self, document: int) -> dict[str, float]:
        """The keys of a phrasing with their weights."""
        return self._keys[document]

    def in_profile(self, entry: int, key: str) -> float:
        """How typical a key is of an entry, 0 to 1."""
        rows, weights = self._profiles.get(key)
        at = int(np.searchsorted(rows, entry))
        if at < len(rows) and rows[at] == entry:
            return float(weights[at])
        return 0.0


def _rarity(entries: int, size: int) -> float:
    """The idf of BM25, never negative, of what occurs in so many entries of so many."""
    return math.log(1 + (size - entries + 0.5) / (entries + 0.5))


def _neighbours(keys: Sequence[str]) -> set[str]:
    """Pairs of terms that stand side by side or with one term between them, in their order."""
    near = {f"{left} {right}" for left, right in pairwise(keys)}
    return near | {f"{left} {right}" for left, right in zip(keys, keys[2:], strict=False)}


def _trigrams(text: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word in text.split():
        edged = f" {word} "
        counts.update(edged[at : at + 3] for at in range(max(1, len(edged) - 2)))
    return counts
