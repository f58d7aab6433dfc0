"""Which part a sentence gives to each name and figure in it: "who gave what to whom", and whose what.

Answers for English word order, without a parser: who acts, who is acted on, what stands after which preposition, and
what a name or figure specifies ("Russian ports", "four leaders"). Does not know which entry says so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from knowledge.question import Cast, Role, Term
from knowledge.rows import Numbers

ACTS, BEARS = "acts", "bears"
DOUBTED = 2
"""How many sentences more it would take for surety."""

_DO = frozenset("did do does will would can could should may might must shall has have had".split())  # noqa: SIM905
_BE = frozenset("is are was were be been being am".split())  # noqa: SIM905
_PREPOSITIONS = frozenset("over between under against toward towards since than near".split())  # noqa: SIM905
"""Those that may be content, beside the fillers."""
_ARTICLES = frozenset("the a an this that these those his her their its both all".split())  # noqa: SIM905
_PRONOUNS = frozenset("he she they it we i you him them".split())  # noqa: SIM905
_ADJECTIVE = ("ian", "ean", "ese")
_ADJECTIVES = frozenset("american british english french german polish soviet spanish swedish turkish".split())  # noqa: SIM905
_PARTICIPLES = frozenset("held met made sent told seen said built kept sold found given shown put taken".split())  # noqa: SIM905


def casts(terms: Sequence[Term]) -> Iterator[Cast]:
    """The parts of all names and figures of one sentence, its terms in order."""
    due, acted, last = False, False, ""
    asked = any(term.role is Role.ASKING or _is_helper(term) for term in terms)
    for at, term in enumerate(terms):
        if term.role is Role.ASKING:
            acted = at + 1 == len(terms) or not _is_helper(terms[at + 1])
        elif _is_helper(term):
            due = not acted or term.typed in _DO or _is_name_next(terms, at)
        elif term.typed in _PRONOUNS and due:
            due, acted = False, True
        elif is_cast(term):
            part = _before(terms, at)
            if _is_adjective(terms, at):
                yield term.key, _specified(terms, at)
                continue
            if part in ("and", "or"):
                part = last
            elif not part:
                subject = _is_subject(terms, at) if due else asked and at == 0
                part = _of_subject(terms, at) if subject else _specified(terms, at) or BEARS
                due, acted = (False, True) if subject else (due, acted)
            if part:
                last = part
                yield term.key, part


class Casts:
    """The parts that the phrasings of each entry give to names and figures."""

    def __init__(self, owner: Numbers, texts: Iterable[tuple[Cast, ...]], homes: Mapping[str, str]) -> None:
        """The parts in each text; `owner`: the entry of each text; `homes`: what is the same as what, for the parts."""
        self._homes = homes
        self._keys: dict[str, int] = {}
        self._parts: dict[tuple[str, bool], int] = {}
        rows = Counter(
            (entry, self._parts.setdefault((part, key.isdigit()), len(self._parts)), self._number(homes.get(key, key)))
            for entry, own in zip(owner.tolist(), texts, strict=True)
            for key, part in dict.fromkeys(own)
        )
        found = sorted((*row, count) for row, count in rows.items())
        entries, parts, names, counts = np.array(found, np.int64).reshape(-1, 4).T
        self._codes = entries * max(1, len(self._parts)) + parts
        self._names = names.astype(np.min_scalar_type(len(self._keys)))
        self._counts = counts.astype(np.min_scalar_type(int(counts.max(initial=0))))

    def _number(self, key: str) -> int:
        return self._keys.setdefault(key, len(self._keys))

    def against(self, entry: int, casts: Sequence[Cast]) -> float:
        """How sure it is that an entry gives these parts to somebody or something else, up to 1 for each."""
        return sum(self._against(entry, self._homes.get(key, key), part) for key, part in casts)

    def _against(self, entry: int, key: str, part: str) -> float:
        number = self._parts.get((part, key.isdigit()))
        if number is None:
            return 0.0
        code = entry * len(self._parts) + number
        own = slice(*self._codes.searchsorted((code, code + 1)).tolist())
        counts = dict(zip(self._names[own].tolist(), self._counts[own].tolist(), strict=True))
        same = counts.pop(self._keys.get(key, -1), 0)
        other = max(counts.values(), default=0)
        return float(max(0, other - same) / (same + sum(counts.values()) + DOUBTED))


def is_cast(term: Term) -> bool:
    """Whether a term is a name or a figure, which have parts."""
    return term.role is Role.ENTITY or term.key.isdigit()


def _is_helper(term: Term) -> bool:
    return term.typed in _DO or term.typed in _BE


def _helper(terms: Sequence[Term], at: int) -> int:
    """Where the last helping verb before a term stands; -1 where none does."""
    return max((place for place in range(at) if _is_helper(terms[place])), default=-1)


def _is_adjective(terms: Sequence[Term], at: int) -> bool:
    """Whether a term stands before what it specifies, as its form shows: "Russian ports", "four leaders"."""
    term = terms[at]
    adjective = term.key.isdigit() or term.typed.endswith(_ADJECTIVE) or term.typed.split()[-1] in _ADJECTIVES
    return is_cast(term) and adjective and bool(_specified(terms, at))


def _specified(terms: Sequence[Term], at: int) -> str:
    """The key of the thing that a term stands before, if it does."""
    after = terms[at + 1] if at + 1 < len(terms) else None
    return after.key if after and after.role is Role.CONTENT and not after.typed.endswith("ly") else ""


def _is_name_next(terms: Sequence[Term], at: int) -> bool:
    after = next((term for term in terms[at + 1 :] if term.typed not in _ARTICLES), None)
    return after is not None and is_cast(after)


def _before(terms: Sequence[Term], at: int) -> str:
    """The preposition before a name, articles and what specifies the name aside; "by" before who acts."""
    at -= 1
    while at >= 0 and (terms[at].typed in _ARTICLES or _is_adjective(terms, at)):
        at -= 1
    if at < 0 or _is_helper(terms[at]) or terms[at].typed in _PRONOUNS:
        return ""
    if at and terms[at - 1].typed == "according":
        return "according"
    word = terms[at].typed
    is_preposition = terms[at].role is Role.FILLER or word in _PREPOSITIONS
    return (ACTS if word == "by" else word) if is_preposition else ""


def _is_subject(terms: Sequence[Term], at: int) -> bool:
    """Whether a name is what its verb is said of: "did President Putin say", but not "did they meet Putin"."""
    between = any(term.role is Role.CONTENT for term in terms[_helper(terms, at) + 1 : at])
    return not between or bool(_specified(terms, at))


def _of_subject(terms: Sequence[Term], at: int) -> str:
    """The part of what a verb is said of: "did Kim invite" acts, "was Kim invited" bears, "is Kim's army" specifies."""
    helper = _helper(terms, at)
    verb = terms[at + 1].typed if at + 1 < len(terms) else ""
    if helper < 0 or terms[helper].typed not in _BE:
        return BEARS if verb == "been" else ACTS
    if verb.endswith("ed") or verb in _PARTICIPLES:
        return BEARS
    return ACTS if verb.endswith("ing") else _specified(terms, at) or ACTS
