"""Reads words one by one: what each is, however it is spelled.

Answers for abbreviations, typing errors, numbers and what a dictionary of another language says. Does not know names of
several words, sentences or what a question asks.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

from knowledge.dictionary import ASKS, FILLER
from knowledge.kept import Kept
from knowledge.question import Role, Term
from knowledge.slips import is_slip
from knowledge.spelling import Near, Speller
from knowledge.translation import UNREAD
from knowledge.vocabulary import Vocabulary
from knowledge.words import Word, stem

FILLER_WEIGHT = 0.4
ASKING_WEIGHT = 0.5
ALIKE = 0.8
"""Least likeness at which a name, or a word of another language, is read as another word: many look alike."""
MET = 10_000
"""How many words of questions are kept as they were read."""
SHORT = 3
"""Letters below which only a slip from a function word is mended."""
SCALES = frozenset({"100", "1000", "1000000", "1000000000"})
"""Figures that are read as one with a figure before them: "five million"."""


class Token(NamedTuple):
    """One word of a text and what it is read as."""

    word: Word
    best: str
    """The word meant, spelled rightly."""
    term: Term
    """What it is unless it belongs to a name or phrase of several words."""
    mark: str | None = None
    """What a dictionary says beside: a question type, nothing of content."""
    near: Near = ()
    """What else a mistyped word may be."""


class Tokenizer:
    """Reads the words of one knowledge base, and of questions about it."""

    def __init__(self, vocabulary: Vocabulary, speller: Speller | None) -> None:
        """Without `speller` every word stands for itself, as it must while the base is indexed."""
        self._vocabulary = vocabulary
        self._speller = speller
        function = (*vocabulary.fillers, *(words[0] for words in vocabulary.questions if len(words) == 1))
        self._functions = sorted(known for known in function if len(known) <= SHORT)
        """Short function words: others have too many neighbours for a short word to be one of them with an error."""
        self._met: Kept[Word, list[Token]] = Kept(MET if speller else math.inf)
        """Words as they were read before; those of a base that is indexed do have an end."""

    def read(self, words: Iterable[Word]) -> list[Token]:
        """English words with what they are read as."""
        met = self._met
        return self._scaled([token for word in words for token in met.get(word) or self._meant(word)])

    def translated(self, pieces: Iterable[tuple[Word, str | None]]) -> list[Token]:
        """Words that a dictionary put into English, with its marks, and what they are read as."""
        tokens: list[Token] = []
        for word, mark in pieces:
            if mark in (None, UNREAD):
                read = self._met.get(word) or self._meant(word)
                tokens += [self._unread(token) for token in read] if mark else read
            else:
                tokens.append(self._marked(word, mark))
        return self._scaled(tokens)

    def is_known(self, word: str) -> bool:
        """Whether a word is no typing error; all are right while the base is indexed."""
        if self._speller is None or word in self._speller:
            return True
        if len(word) >= SHORT:
            return self.is_english(word) and not self._is_slip(word, self._speller)
        ordinary = len(word) > 1 and self._vocabulary.is_ordinary(word)
        return ordinary or word in self._vocabulary.fillers or not word.isalpha()

    def is_english(self, word: str) -> bool:
        """Whether English or the base has a word."""
        known = word in self._vocabulary.known or (self._speller is not None and word in self._speller)
        own = stem(word)
        return known or (own != word and own in self._vocabulary.stems) or word.isdigit()

    def _is_slip(self, word: str, speller: Speller) -> bool:
        """Whether a word of which only the stem is known is rather one of the base with an error: "huged", "singed"."""
        if word in self._vocabulary.known or self._vocabulary.is_common(word) or word.isdigit():
            return False
        near = speller.near(word)
        return bool(near) and is_slip(word, near[0][0]) and stem(near[0][0]) != stem(word)

    def _meant(self, word: Word) -> list[Token]:
        """What a word is read as: abbreviations written out, numbers in figures, typing errors mended."""
        tokens: list[Token] = []
        for text in self._vocabulary.spellings.get(word.text, (word.text,)):
            if text in self._vocabulary.numbers and text not in self._vocabulary.fillers:
                tokens.append(self._token(word, str(self._vocabulary.numbers[text])))
            elif self._speller is None or self.is_known(text):
                tokens.append(self._token(word, text))
            else:
                tokens += self._mended(word, text, self._speller)
        return self._met.keep(word, tokens)

    def _mended(self, word: Word, text: str, speller: Speller) -> list[Token]:
        if len(text) < SHORT:
            return [self._brief(word, text, speller)]
        common = self._vocabulary.is_common(text)
        near = speller.near(text, common=common)
        if near and (near[0][1] >= ALIKE or not word.capital):
            return [self._token(word, near[0][0], near)]
        return [self._token(word, part) for part in (not common and speller.apart(text)) or (text,)]

    def _brief(self, word: Word, text: str, speller: Speller) -> Token:
        """A short word that nothing has: a function word with an error if it can be one; one letter says nothing."""
        meant = speller.commonest(known for known in self._functions if len(text) > 1 and is_slip(text, known))
        if not meant and len(text) == 1 and not word.capital:
            return Token(word, text, Term(text, FILLER_WEIGHT, Role.FILLER, word.text))
        return self._token(word, meant or text)

    def _token(self, word: Word, best: str, near: Near = ()) -> Token:
        key = stem(best)
        if (best,) in self._vocabulary.questions:
            return Token(word, best, Term(key, ASKING_WEIGHT, Role.ASKING, word.text), near=near)
        if best in self._vocabulary.negations:
            return Token(word, best, Term(key, 1.0, Role.NEGATION, word.text), near=near)
        if best in self._vocabulary.fillers:
            return Token(word, best, Term(key, FILLER_WEIGHT, Role.FILLER, word.text), near=near)
        named = word.capital and not near and not self.is_known(best)
        return Token(word, best, Term(key, 1.0, Role.NAME if named else Role.CONTENT, word.text, near), near=near)

    @staticmethod
    def _marked(word: Word, mark: str) -> Token:
        """A word that a dictionary translated into a question type, or left out."""
        if mark[0] == ASKS:
            term = Term(stem(mark[1:].split("_", maxsplit=1)[0]), ASKING_WEIGHT, Role.ASKING, word.text)
        else:
            term = Term(FILLER, 0.0, Role.FILLER, word.text)
        return Token(word, word.text, term, mark)

    def _unread(self, token: Token) -> Token:
        """A word that no dictionary has, nor English, nor anything as like it: what it means, nobody knows."""
        text, near = token.word.text, token.term.near
        known = near[0][1] >= ALIKE if near else self.is_known(token.best)
        if known or token.term.role not in (Role.CONTENT, Role.NAME):
            return token
        return Token(token.word, text, Term(stem(text), 1.0, Role.UNREAD, text))

    def _scaled(self, tokens: list[Token]) -> list[Token]:
        """Makes "five million" and "5 million" one figure."""
        if SCALES.isdisjoint([token.best for token in tokens]):
            return tokens
        result: list[Token] = []
        for token in tokens:
            figure = result[-1].best.replace(".", "", 1).isdigit() if result else False
            if token.best in SCALES and not token.word.text.isdigit() and figure:
                before = result.pop()
                result.append(self._token(before.word, f"{float(before.best) * int(token.best):.0f}"))
            else:
                result.append(token)
        return result
