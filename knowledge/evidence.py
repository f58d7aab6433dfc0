"""What speaks for an entry as the answer to a question, and what against it.

Answers for each piece of evidence, one number each. What they weigh together, the judgement knows. Does not search.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from knowledge.answerability import Answerability
from knowledge.casting import Casts, is_cast
from knowledge.content import Content
from knowledge.index import Index
from knowledge.outcomes import Kind
from knowledge.query import Candidate, Query
from knowledge.question import FUNCTION, NAMING, Question, Role

USUAL_SCORE, USUAL_TERMS = 2.0, 1.3
"""About the means over readers' questions; the product of what exceeds them then tells only what goes beyond both."""
SPREAD = 0.4
"""How far behind in score a candidate counts as 1/e of a rival."""
_OR = frozenset({"or"})
"""A question with alternatives names its answer itself."""


class Evidence(NamedTuple):
    """What speaks for and against an entry as the answer; shares are of the question's idf mass unless of words."""

    score: float
    """The entry's score in the index."""
    lead: float
    """Its score less that of the next."""
    rivals: float
    """Logarithm of how many candidates come as near, itself with them; the farther behind, the less one counts."""
    implied: float
    """Share of the content words that not its best phrasing has, but its other phrasings or its answer."""
    lacking: float
    """Share of the content words that it lacks: a rare word is no more than any, its phrasings are but examples."""
    unknown: float
    """Share that no entry has; a word that nobody could read tells nothing."""
    off_focus: float
    """1 where it lacks the first content word after the one that asks: "which newspaper" hangs on the second."""
    unasked: float
    """Share of the phrasing's content that the question lacks."""
    wrong_kind: float
    """1 where the question asks for another kind of thing than the entry answers; yes or no may be asked of any."""
    rephrased: float
    """1 where its best phrasing asks for another kind of thing than the question."""
    other_names: float
    """Entities that the question names and the entry does not have."""
    untold_names: float
    """Those of them that no entry has which answers anything."""
    replaced: float
    """1 where its best phrasing has another of the same type in the place of somebody or something that is named."""
    miscast: float
    """How surely the entry gives what names and figures do in the question to others, up to 1 for each."""
    left_open: float
    """Score of the nearest entry that only says "the article doesn't say", less the entry's own; at least -1."""
    open_unasked: float
    """Share of that entry's phrasing that the question lacks."""
    terms: float
    """Logarithm of the number of content terms: short questions prove little."""
    translated: float
    """1 where the question was read word by word from another language, which leaves gaps."""
    many: float
    """Score times terms, each less what is usual: a high score says another thing of three words than of ten."""
    untold: float
    """1 where it tells nobody, no time, place or figure, whichever is asked for, that the question does not say."""
    leaning: float
    """Log-odds that the base leaves open what is asked in such words (`knowledge/answerability.py`)."""
    typical: float
    """How much more often its phrasings have the question's terms than all phrasings do, as a logarithm."""
    negated: float
    """Words that deny and that the phrasing lacks, unless for yes or no; other languages deny in idioms, too."""
    asks: float
    """1 where the message has the form of a question."""
    personal: float
    """Share of its words that speak of the reader or the bot."""
    guards: float
    """Share of the base that only says "the article doesn't say": where it is high, none of it near means much."""


class Traits(NamedTuple):
    """What bears on any judgement of an entry."""

    answers: frozenset[Kind]
    """The kinds of question that it answers."""
    left_open: bool
    """Whether it only says "the article doesn't say"."""
    attributed: bool
    """Whether it names who says what it tells."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What of a base bears on a judgement."""

    index: Index
    content: Content
    answerability: Answerability
    casts: Casts
    traits: Sequence[Traits]
    """Those of each entry."""
    asks: Sequence[frozenset[Kind]]
    """The kinds of question that each phrasing is."""
    types: Mapping[str, str]
    """Key of each name -> person, ..."""
    saying: frozenset[str]
    """Keys of verbs with which "who" asks whose words something are."""
    guards: float
    """Share of the entries that only say "the article doesn't say"."""


class Scales:
    """One question, ready to be weighed against any entry."""

    def __init__(
        self,
        grounds: Grounds,
        query: Query,
        question: Question,
        asked: frozenset[Kind],
        left_open: Candidate | None,
    ) -> None:
        """`asked`: what is asked for; `left_open`: the nearest entry without an answer."""
        self._grounds = grounds
        self._query = query
        self._question = question
        self._asked = asked
        self._left_open = left_open
        self._keys = frozenset(query.keys)

    @cached_property
    def _leaning(self) -> float:
        ordered = self._question.language == "en"
        return self._grounds.answerability.against(self._query.own_numbers, ordered=ordered)

    @cached_property
    def _asks_whose_words(self) -> bool:
        return Kind.WHO in self._asked and any(term.key in self._grounds.saying for term in self._question.terms)

    def _is_attribution(self, candidate: Candidate) -> bool:
        """Whether the question is who says something, and the entry names who does, whatever else it answers."""
        return self._asks_whose_words and self._grounds.traits[candidate.entry].attributed

    @cached_property
    def _open_unasked(self) -> float:
        nearest = self._left_open
        return self._unasked(self._grounds.index.keys_of(nearest.document)) if nearest else 1.0

    def evidence(self, candidates: Sequence[Candidate], at: int) -> Evidence:
        """The evidence on one of the candidates, the one at `at`."""
        grounds, question, own = self._grounds, self._question, candidates[at]
        others = max((other.score for other in candidates if other is not own), default=0.0)
        answers, phrased = grounds.traits[own.entry].answers, grounds.asks[own.document]
        more = frozenset() if self._is_attribution(own) else self._asked - {Kind.YES_NO}
        phrasing = grounds.index.keys_of(own.document)
        shares = grounds.index.shares(own.entry, self._query)
        counts = _counts(grounds.index, self._query, phrasing, shares)
        terms = math.log1p(counts.terms)
        return Evidence(
            score=own.score,
            lead=own.score - others,
            rivals=math.log(sum(math.exp((other.score - own.score) / SPREAD) for other in candidates)),
            implied=counts.implied / max(1, counts.words),
            lacking=counts.lacking / max(1, counts.terms),
            unknown=counts.unknown / (counts.content or 1e-6),
            off_focus=float(counts.off_focus),
            unasked=self._unasked(phrasing),
            wrong_kind=float(bool(more and answers and not self._asked & answers)),
            rephrased=float(bool(more and phrased and not self._asked & phrased)),
            other_names=counts.other_names,
            untold_names=counts.untold_names,
            replaced=float(self._is_replaced(phrasing)),
            miscast=grounds.casts.against(own.entry, question.casts),
            left_open=max(-1.0, self._left_open.score - own.score) if self._left_open else -1.0,
            open_unasked=self._open_unasked,
            terms=terms,
            translated=float(question.language != "en"),
            many=(own.score - USUAL_SCORE) * (terms - USUAL_TERMS),
            untold=float(not _OR & self._keys and grounds.content.lacks(own.entry, self._asked, self._keys)),
            leaning=self._leaning,
            typical=grounds.index.typical(own.entry, self._query, shares),
            negated=0.0 if Kind.YES_NO in self._asked or question.language != "en" else counts.negated,
            asks=float(question.asks),
            personal=question.personal,
            guards=grounds.guards,
        )

    def missing(self, candidate: Candidate) -> tuple[float, bool]:
        """Share of the question that an entry lacks, and whether it has somebody or something that both name."""
        index = self._grounds.index
        phrasing, shares = index.keys_of(candidate.document), index.shares(candidate.entry, self._query)
        counts = _counts(index, self._query, phrasing, shares)
        return counts.missing / (counts.content or 1e-6), counts.shared

    @cached_property
    def _named(self) -> frozenset[str]:
        """The names and figures in the sentence that asks."""
        return frozenset(term.key for term in self._question.terms if is_cast(term) and not term.around)

    def _is_replaced(self, phrasing: Mapping[str, float]) -> bool:
        """Whether a phrasing has a name that the question lacks for one of the same type that the question has."""
        types = self._grounds.types
        wanted = {types.get(key, "") for key in self._named if key not in phrasing}
        others = (key for key in phrasing if key not in self._keys)
        return bool(wanted) and any(types.get(key, "") in wanted for key in others if key in types or key.isdigit())

    def _unasked(self, phrasing: Mapping[str, float]) -> float:
        """Share of a phrasing's content that the question lacks."""
        index, asked = self._grounds.index, self._keys
        masses = {key: weight * index.idf(key) for key, weight in phrasing.items() if weight == 1.0 and key[0] != "~"}
        lacking = sum(
            mass for key, mass in masses.items() if key not in asked and asked.isdisjoint(index.groups_of(key))
        )
        return lacking / (sum(masses.values()) or 1.0)


@dataclass(slots=True)
class _Counts:
    """What of a question an entry has and lacks."""

    content: float = 0.0
    missing: float = 0.0
    """Idf mass that it lacks, like `content` and `unknown`."""
    unknown: float = 0.0
    words: int = 0
    """Number of content words, with those around the question that it has; of `terms` and `lacking` without them."""
    implied: float = 0.0
    terms: int = 0
    lacking: int = 0
    shared: bool = False
    """Whether the entry has an entity of the question."""
    other_names: int = 0
    untold_names: int = 0
    negated: int = 0
    off_focus: bool = False
    """Whether the first content word after the one that asks is lacking."""


def _counts(index: Index, query: Query, phrasing: Mapping[str, float], shares: Mapping[str, float]) -> _Counts:
    counts, asking = _Counts(), False
    for term, mass, keys in query.parts:
        here = max((factor for key, factor in keys if key in phrasing), default=0.0)
        if term.role is Role.NEGATION:
            counts.negated += not term.around and not here
        if term.role in FUNCTION:
            asking |= term.role is Role.ASKING
            continue
        likely = max((factor for key, factor in keys if shares[key]), default=0.0)
        has = here > 0 or likely > 0
        if term.around and not has:
            continue  # words around the question support an entry; what they lack says nothing
        if asking and term.role is Role.CONTENT and not term.around:
            counts.off_focus, asking = not has, False
        named = term.role in NAMING or term.key.isdigit()
        counts.words += 1
        counts.terms += not term.around
        counts.lacking += not has
        counts.content += mass
        counts.shared |= has and term.role is Role.ENTITY
        if here == 1.0:
            continue
        if likely:
            sure = likely if term.near else 1.0
            counts.implied += sure * (1 - here)
            counts.unknown += (1 - sure) * (1 - here) * mass
        elif keys:
            counts.missing += (1 - here) * mass
            counts.other_names += named
            counts.untold_names += named and not any(index.told(key) for key, _ in keys)
        elif term.role is not Role.UNREAD:
            counts.missing += mass
            counts.unknown += mass
    return counts
