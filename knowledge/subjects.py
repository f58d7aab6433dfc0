"""What a text is about, so that what is said next can be about the same, or about another in its place.

Answers for "and when?" and "and North Korea?" after an answer. Does not know which answer that was.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from knowledge.dictionary import FILLER
from knowledge.message import BACK, HE, OWN, SHE
from knowledge.outcomes import Kind
from knowledge.question import FUNCTION, NAMING, Role, Term
from knowledge.reading import Reader
from knowledge.words import stem

_EXPLETIVE = re.compile(r"\b(?<=is |re |as )there\b", re.IGNORECASE)
"""What stands for nothing: "is there a photo"."""
_PRONOUN = re.compile(rf"\b(?:{'|'.join(sorted(HE | SHE))})\b", re.IGNORECASE)
_ON = ("and", "what about", "how about", "no", "no i meant", "no i mean", "i meant", "i mean")
"""How one goes on to another of the same kind, or puts right whom one meant."""
_CORRECTING = ("no ", "no,", "i mean")
"""How a message begins that puts right what was understood."""
_ASKING = {stem(word): word for word in ("who", "when", "where", "what", "why", "how", "which")}
"""The words that ask by their keys, as terms of other languages have them."""


class Subjects:
    """What texts are about, for one knowledge base."""

    def __init__(self, reader: Reader, types: Mapping[str, str]) -> None:
        """`types`: key of each name -> person, place, ..."""
        self._reader = reader
        self._types = types

    def of(self, text: str) -> str:
        """What a text is about, in its words but without what it asks for."""
        return " ".join(term.typed for term in self._in(text))

    def named(self, text: str) -> bool:
        """Whether a message says itself what it is about; "by whom?" does not."""
        return any(self._in(text))

    def leans(self, text: str) -> bool:
        """Whether a message names nobody, puts nothing right, and hardly says what it is about: "which ports?"."""
        about = list(self._in(text))
        if text.lower().startswith(_CORRECTING):
            return False
        return len(about) < OWN and not _names(about)

    def share(self, one: str, other: str, telling: Callable[[str], bool]) -> bool:
        """Whether two texts are about something that both name; `telling`: whether a key tells texts apart."""
        both = {term.key for term in self._in(one)} & {term.key for term in self._in(other)}
        return any(map(telling, both))

    def points_back(self, text: str) -> bool:
        """Whether a message is about something else that was spoken of, and names nobody: "who saw it"."""
        terms = self._terms(_EXPLETIVE.sub("", text))
        back = any(term.typed in BACK and term.role is Role.FILLER for term in terms)
        return back and not _names(terms)

    def in_english(self, text: str) -> str:
        """A message in English words; "and" for what it begins with in another language that has no content."""
        questions = self._reader.read(text)
        if questions[0].language == "en":
            return text
        terms = [term for question in questions for term in question.terms]
        words = [_english(term) for term in terms if term.key != FILLER]
        return " ".join(words if words and terms[0].key != FILLER else ["and", *words])

    def resolved(self, text: str, *before: str) -> str:
        """A text with "he" and "she" replaced by the one person whom the first text before it that names any names."""
        pronoun = _PRONOUN.search(text)
        if pronoun is None:
            return text
        named, persons = self._persons(text), next(filter(None, map(self._persons, before)), {})
        if len(persons) != 1 or persons.keys() <= named.keys():
            return text
        (person,) = persons.values()
        # "What did he say to Putin" is of somebody else, "did Putin say he was glad" is not.
        later = all(text.lower().find(name) > pronoun.start() for name in named.values())
        return _PRONOUN.sub(lambda _: person, text) if later else text

    def instead(self, text: str, question: str) -> str | None:
        """A question asked of another, where a text names nothing but that other: "and North Korea?"."""
        denied = {after.key for no, after in pairwise(self._terms(text)) if no.role is Role.NEGATION}
        subjects = [term for term in self._in(text) if term.key not in denied]
        if len(subjects) != 1 or subjects[0].role is not Role.ENTITY or self._terms(text)[0].typed not in _ON:
            return None
        other, terms = subjects[0], self._terms(question)
        kin = (at for at, term in enumerate(terms) if self._types.get(term.key) == self._types[other.key])
        at = next(kin, None)
        if at is None or terms[at].key == other.key:
            return None
        return " ".join(term.typed for term in (*terms[:at], other, *terms[at + 1 :]))

    def who(self, text: str, asked: str) -> str | None:
        """What "so who did?" asks after a question for yes or no: who did what that asks of somebody."""
        terms = self._terms(asked)
        at = next((at for at, term in enumerate(terms) if term.role is Role.ENTITY), None)
        bare = not self.named(text) and self._reader.kinds(text) == {Kind.WHO}
        if at is None or not bare or self._reader.kinds(asked) != {Kind.YES_NO}:
            return None
        return " ".join(["who", *(term.typed for term in (*terms[:at], *terms[at + 1 :]))])

    def entities(self, text: str) -> frozenset[str]:
        """The keys of all entities that a text names."""
        return frozenset(term.key for term in self._terms(text) if term.role is Role.ENTITY)

    def _persons(self, text: str) -> dict[str, str]:
        """The persons of the base whom a text names, by their keys, as it names them."""
        return {term.key: term.typed for term in self._terms(text) if self._types.get(term.key) == "person"}

    def _terms(self, text: str) -> list[Term]:
        return [term for question in self._reader.read(text) for term in question.terms]

    def _in(self, text: str) -> Iterator[Term]:
        """The terms that say what a text is about."""
        asking = self._reader.asking(text)
        return (term for term in self._terms(text) if term.role not in FUNCTION and term.typed not in asking)


def _names(terms: Iterable[Term]) -> bool:
    """Whether terms name anybody or anything, known or not."""
    return any(term.role in NAMING for term in terms)


def _english(term: Term) -> str:
    """A term of another language in a word of English."""
    if term.role is Role.NEGATION:
        return "no"
    return _ASKING.get(term.key, term.typed) if term.role is Role.ASKING else term.typed
