"""Reads a question into weighted terms: what it asks for, whom it names, what it is about.

Answers for sentences and chatter, names and synonyms. Knows which words the base has, not which entry holds them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from knowledge.casting import casts
from knowledge.clauses import Clauses, is_named
from knowledge.dictionary import ASKS, FILLER
from knowledge.kept import Kept
from knowledge.lexicon import ASIDE, Lexicon
from knowledge.message import OWN, Message, Round
from knowledge.outcomes import Kind
from knowledge.phrasebook import Phrasebook
from knowledge.question import NOTHING_ASKED, Question, Role, Term
from knowledge.spelling import Speller
from knowledge.tokens import FILLER_WEIGHT, Token, Tokenizer
from knowledge.translation import NAME
from knowledge.vocabulary import Vocabulary, phrase
from knowledge.words import Word, split, stem

LONGEST = 1_200
"""Characters of a message that are read; the rest can only dilute the question."""
LATEST = 8
"""How many texts are kept as they were read: what is said, as typed and as understood, and what it may be about."""
_LINK = re.compile(r"https?://\S+|[@#]\w+")
_MARK = re.compile(r"[?？]")
_OPENING = 3
"""Words of a sentence among which a question word opens it: "so who ...", "and when ..."."""
_JOINING = frozenset({"and", "or"})
"""Words that join what asks with more that does."""
_AS_LIKELY = 0.1
"""How much less like what was typed another question word may be and still be meant."""
_SPECIFIC = frozenset({Kind.WHO, Kind.WHEN, Kind.WHERE, Kind.WHY, Kind.HOW_MANY})
"""What may be asked in so many words that hardly one more is needed to be a question of its own: "who hugged?"."""
_TURNED = 2
"""Of how many kinds a word is that makes one of the other, or both: of "how" what or why, of "what" who as well."""
_YES_NO, _HOW, _WHAT = (frozenset({kind}) for kind in (Kind.YES_NO, Kind.HOW, Kind.WHAT))
_NAMED = frozenset({Kind.WHAT, Kind.WHO})


class Passage(NamedTuple):
    """Words that stand side by side in a text of the base, read."""

    tokens: list[Token]
    terms: list[Term]
    asked: tuple[frozenset[Kind], ...]
    """What each word or phrase of them asks for, if it asks."""
    verb_first: bool | None
    """Whether a question that begins with them is one for yes or no, unless it asks for something else.

    None where what follows tells: "so".
    """


class Reader:
    """Reads texts for one knowledge base."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon, speller: Speller | None = None) -> None:
        """Without `speller` every word stands for itself, as it must while the base is indexed."""
        self.vocabulary = vocabulary
        self.translator = lexicon.translator
        self._spans, self._named, self._types = lexicon.spans, lexicon.named, lexicon.types
        self._tokenizer = Tokenizer(vocabulary, speller)
        self._asking: Phrasebook[tuple[frozenset[Kind], ...]] = Phrasebook()
        for words, kind in vocabulary.questions.items():
            self._asking.add(words, (_asked(kind),))
        for words in vocabulary.asides:
            self._asking.add(words, ())
        self._clauses = Clauses(vocabulary)
        self._latest: Kept[str, list[Question]] = Kept(LATEST)
        """The latest texts as they were read: where two talk, one message is read for several ends."""
        self._chatting: Phrasebook[str] = Phrasebook()
        for words, name in vocabulary.chat.items():
            self._chatting.add([token.best for token in self._tokenizer.read(map(Word, words))], name)

    def passage(self, words: Iterable[Word]) -> Passage:
        """Words of the base, read."""
        tokens = self._tokenizer.read(words)
        return Passage(tokens, self._terms(tokens), self._asked(tokens), self._is_verb_first(tokens))

    def phrases(self) -> Iterator[tuple[str, ...]]:
        """What is read as one where it stands side by side, as keys of its words."""
        yield from self._spans
        for words in self._asking:
            yield tuple(map(stem, words))

    def kinds(self, text: str) -> frozenset[Kind]:
        """What a phrasing asks for."""
        return self._kinds(self._tokens(text))

    def asking(self, text: str) -> frozenset[str]:
        """The words of a text that ask: "how many" of "how many were there"."""
        words = [token.best for token in self._tokens(text)]
        return frozenset(word for start, end, _ in self._asking.find(words) for word in words[start:end])

    def read(self, text: str) -> list[Question]:
        """The readings of a message, one for each sentence that asks, the others as its context; never empty."""
        return self._latest.get(text) or self._latest.keep(text, self._questions(text))

    def _questions(self, text: str) -> list[Question]:
        text = _LINK.sub(" ", text)
        if len(text) > LONGEST:
            text = text[:LONGEST].rpartition(" ")[0] or text[:LONGEST]
        language = self.translator.language(text, self._tokenizer.is_english)
        english = language == "en"
        parts = list(self._clauses.of(text) if english else self.translator.clauses(text, language))
        tokens = [self._tokens(part, language) for part in parts]
        kinds = [self._kinds(part) for part in tokens]
        asking = [at for at, part in enumerate(parts) if _MARK.search(part) or self._opens(tokens[at], kinds[at])]
        asking = asking or [at for at in range(len(parts)) if kinds[at]]
        message = Message([self._terms(part) for part in tokens], asking, self._types)
        chat = self._chat(text, [token for part in tokens for token in part], language)

        def question(round_: Round) -> Question:
            asked = kinds[round_[-1]] if asking else frozenset().union(*kinds)
            return Question(
                terms=message.terms(round_),
                kinds=asked,
                text=parts[round_[-1]].strip() if asking else text,
                alone=message.content(round_) >= (1 if asked & _SPECIFIC else OWN),
                language=language,
                chat=chat,
                asks=bool(asking),
                casts=tuple(cast for own in message.own(round_) for cast in casts(own)) if english else (),
                personal=self._personal(message.spoken(round_)),
            )

        found: list[Question] = []
        for round_ in message.rounds():
            read = question(round_)
            if read.alone and len(round_) > 1 and round_[0] in asking:
                read = replace(read, itself=question(round_[-1:]))
            several = len(read.kinds) > 1 and asking and english
            found += self._apart(read, tokens[round_[-1]]) if several else [read]
        return found

    def _apart(self, question: Question, tokens: Sequence[Token]) -> list[Question]:
        """What a sentence asks, one by one: "when and where did he land", "who landed and why"."""
        words = [token.best for token in tokens]
        asked = [(start, end, NOTHING_ASKED.union(*own)) for start, end, own in self._asking.find(words)]
        asked = [row for row in asked if row[2]]
        more = [
            replace(question, kinds=kinds, text=" ".join(words[start:end]), alone=True, itself=None, only=True)
            for (_, before, first), (start, end, kinds) in pairwise(asked)
            if kinds <= _SPECIFIC - first and _is_beside(words, before, start, end)
        ]
        own = question.kinds.difference(*(other.kinds for other in more))
        return [replace(question, kinds=own or _WHAT), *more] if more else [question]

    def _opens(self, tokens: Sequence[Token], kinds: frozenset[Kind]) -> bool:
        """Whether a sentence without a question mark asks by how it begins."""
        asks = (
            (token.term.role is Role.ASKING and not (at and tokens[at - 1].best in self.vocabulary.antecedents))
            or token.best in self.vocabulary.auxiliaries
            for at, token in enumerate(tokens[:_OPENING])
        )
        return bool(kinds) and any(asks)

    def _personal(self, terms: Sequence[Term]) -> float:
        """Share of the words, but for asides, that speak of the reader or the bot."""
        personal = self.vocabulary.personal
        return sum(term.typed in personal and term.role is Role.FILLER for term in terms) / max(1, len(terms))

    def name(self, typed: str) -> str:
        """How a name that the base does not know is written in a reply."""
        return self.vocabulary.names.get(phrase(typed), typed.title())

    def _tokens(self, part: str, language: str = "en") -> list[Token]:
        if language == "en":
            return self._tokenizer.read(split(part))
        return self._tokenizer.translated(self.translator.translate(part, language, self._tokenizer.is_english))

    def _chat(self, text: str, tokens: Sequence[Token], language: str) -> str | None:
        """What a message is that has chat phrases and words without content only; its last phrase decides."""
        words = [token.best for token in tokens] if language == "en" else [word.text for word in split(text)]
        book = self._chatting if language == "en" else self.translator.chat(language)
        found = list(book.find(words))
        rest = set(range(len(words))).difference(*(range(start, end) for start, end, _ in found))
        opens = found and 0 in rest and words[0] in self.vocabulary.auxiliaries
        if opens and words[1] not in self.vocabulary.personal:
            return None  # "did they stop" is a question, "are you stupid" is none
        return found[-1][2] if found and all(self._is_empty(words[at], language) for at in rest) else None

    def _is_empty(self, word: str, language: str) -> bool:
        """Whether a word says nothing and asks for nothing."""
        targets = self.translator.targets(word, language) if language != "en" else [None]
        if targets != [None]:
            return all(target == FILLER for target in targets)
        return word in self.vocabulary.fillers and (word,) not in self.vocabulary.questions

    def _kinds(self, tokens: Sequence[Token]) -> frozenset[Kind]:
        return asked_together(self._asked(tokens), verb_first=bool(self._is_verb_first(tokens)))

    def _is_verb_first(self, tokens: Sequence[Token]) -> bool | None:
        """Whether words begin as a question for yes or no does: "did he", "so did he"; None where none is told."""
        words = (token.best for token in tokens if token.mark is None)
        first = next((word for word in words if word not in self.vocabulary.openers), None)
        return None if first is None else first in self.vocabulary.auxiliaries

    def _asked(self, tokens: Sequence[Token]) -> tuple[frozenset[Kind], ...]:
        """What each word or phrase asks for, if it asks."""
        english = [token for token in tokens if token.mark is None]
        words = [token.best for token in english]
        for at in [at for at, token in enumerate(english) if len(token.near) > 1]:
            words[at] = _in_phrase(self._asking, words, at, [word for word, _ in english[at].near])
        found: list[frozenset[Kind]] = []
        for start, end, own in self._asking.find(words):
            if not (found and own and self._is_conjunction(words, start, end)):
                found += own
        told = self.vocabulary.told
        found += [_HOW | _asked(told[token.term.key]) for token in tokens if token.term.key in told]
        found += [_NAMED for token in tokens if token.term.key in self.vocabulary.named]
        if len(words) < len(tokens):
            found += [_asked(token.mark[1:]) for token in tokens if token.mark and token.mark[0] == ASKS]
        found += [kinds for token in tokens if token.near for kinds in self._mistyped(token)]
        return tuple(found)

    @staticmethod
    def _is_conjunction(words: Sequence[str], start: int, end: int) -> bool:
        """Whether a question word after another only begins a clause: "what did he say when they met"."""
        return words[start:end] == ["when"] and words[start - 1] not in _JOINING and len(words) - end > 1

    def _mistyped(self, token: Token) -> Iterable[frozenset[Kind]]:
        """What a mistyped question word asks for if it is any of the other words near it: "hwo" is how or who."""
        asking = self.vocabulary.questions
        if (token.best,) in asking:
            least = token.near[0][1] - _AS_LIKELY
            yield from (_asked(asking[(word,)]) for word, sure in token.near if sure >= least and (word,) in asking)

    def _terms(self, tokens: Sequence[Token]) -> list[Term]:
        terms = [token.term for token in tokens]
        if terms and terms[0].role is Role.NAME:
            terms[0] = terms[0]._replace(role=Role.CONTENT)  # any sentence opens with a capital letter
        stems = ["" if token.mark else token.term.key for token in tokens]
        for at in [at for at, token in enumerate(tokens) if len(token.near) > 1 or _is_initial(token)]:
            others = (tokens[at].word.text, *(word for word, _ in tokens[at].near))
            stems[at] = _in_phrase(self._spans, stems, at, map(stem, others))
        for start, end, key in reversed(list(self._spans.find(stems))):
            if end - start > 1 or self._is_name(tokens, start, key):
                typed = " ".join(token.word.text for token in tokens[start:end])
                terms[start:end] = [Term(key, FILLER_WEIGHT if key == ASIDE else 1.0, _role(key), typed)]
        return terms

    def _is_name(self, tokens: Sequence[Token], at: int, key: str) -> bool:
        """Whether a word with the stem of a name is that name: "us" is not the U.S., nor who comments a commentator.

        Nor is what may be a typing error of any word: "dptc" is not the DPRK.
        """
        word = tokens[at].best
        alien = key[0] == NAME and (word not in self._named or not tokens[at].term.sure)
        return not alien and (
            word not in self.vocabulary.fillers
            or is_named([token.word._replace(text=token.best) for token in tokens], at)
        )


def _in_phrase(phrases: Phrasebook[Any], words: Sequence[str], at: int, others: Iterable[str]) -> str:
    """What a word is read as: rather what it may be else if that makes a phrase with those beside it: "how mutch"."""
    for other in others:
        read = [*words[:at], other, *words[at + 1 :]]
        if any(start <= at < end and end - start > 1 for start, end, _ in phrases.find(read)):
            return other
    return words[at]


def _is_initial(token: Token) -> bool:
    """Whether a letter was read as a word that it may stand for: "n" is and, but not of "n korea"."""
    return len(token.word.text) == 1 and token.best != token.word.text


def _role(key: str) -> Role:
    """What a name or a phrase is, by its key."""
    if key == ASIDE:
        return Role.FILLER
    return Role.ENTITY if key[0] == NAME else Role.NAME if key[0] == "!" else Role.CONTENT


def _asked(name: str) -> frozenset[Kind]:
    """What a word of the vocabulary asks for: "which" nothing in particular."""
    return NOTHING_ASKED if name == "which" else frozenset({Kind(name)})


def _is_beside(words: Sequence[str], before: int, start: int, end: int) -> bool:
    """Whether one word that asks stands beside another that ends at `before`, or behind "and" at the very end."""
    joined = words[start - 1] in _JOINING
    return (joined and end == len(words)) or all(word in _JOINING for word in words[before:start])


@lru_cache(maxsize=1_024)
def asked_together(found: tuple[frozenset[Kind], ...], *, verb_first: bool) -> frozenset[Kind]:
    """What words ask for together; "what" beside another only opens the question: "what year".

    What turns "how" or "what" into another question counts only beside it: "how does he see it".
    """
    asked = [kinds for kinds in found if len(kinds) < _TURNED]
    if verb_first and not asked:
        return _YES_NO
    kinds = NOTHING_ASKED.union(*asked)
    turned = next((kinds for kinds in found if len(kinds) == _TURNED and kinds & _HOW), NOTHING_ASKED)
    if turned and kinds & _HOW:
        kinds = (kinds | turned) - _HOW
    kinds = kinds - {Kind.WHAT} or kinds
    return _NAMED if kinds == _WHAT and _NAMED in found else kinds
