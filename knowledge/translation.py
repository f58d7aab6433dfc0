"""Questions in other languages, word by word into the English words that the matcher knows.

Answers for telling the language, and for names in the script of the question, which come from the knowledge base. What
words mean, the dictionaries know.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from anyascii import anyascii

from knowledge import vocabulary
from knowledge.clauses import SIGNS, cut
from knowledge.dictionary import ASKS, CASE, FILLER, VOWELS, Dictionary, Row
from knowledge.phrasebook import Phrasebook
from knowledge.words import Word, script, split

_LETTERS = {"ru": frozenset("ыэъё"), "uk": frozenset("іїєґ"), "es": frozenset("¿¡")}
"""Letters and signs that only one language of a script has."""
_FOREIGN = re.compile(r"[¿¡]|\b[a-zß-ÿ]*[ß-ÿ]")
"""A sign or a letter that English lacks, but for those of names, which begin with a capital."""
_OPENERS = {
    "es": frozenset(
        "el que quien quienes cual cuales cuando donde cuanto cuantos cuantas como por hubo hay y q xq pq".split()  # noqa: SIM905
    ),
    "de": frozenset("wer wen wem wie wo wann warum wieso was welche welcher welches ist sind hat hatte gibt".split()),  # noqa: SIM905
}
"""Words with which questions in a language begin."""
_ENGLISH_TOO = frozenset({"was", "hat"})
_INDECLINABLE = 2
"""Letters of a name by itself that is not declined: with endings, other words would be taken for it."""
_CLAUSE_END = re.compile(rf"{SIGNS}|[，；：]\s*")
_CUT = re.compile(rf"{_CLAUSE_END.pattern}|\s+")
_AHEAD = 60
"""Characters of the clause after a cut that are looked at."""
_DIGIT = re.compile(r"\d")
_JOINING = frozenset(ASKS + kind for kind in ("what", "how", "which"))
"""What joins clauses as often as it asks: "que", "как", "wie"."""
NAME, UNREAD = "@", "-"
"""More marks: on a target an entity's id, on a translated word that the dictionary lacks it."""


class Translator:
    """All languages, with the names of one knowledge base."""

    def __init__(self, names: Iterable[tuple[str, str]], english: Mapping[str, str]) -> None:
        """`names`: aliases in any script but plain ASCII, with the id of their entity; `english`: id -> its name."""
        self._names = tuple(names)
        self._english = english
        self._named = {word.text for name in english.values() for word in split(name)}
        self._dictionaries: dict[str, Dictionary] = {}
        self._chats: dict[str, Phrasebook[str]] = {}

    def prepare(self) -> None:
        """Reads the dictionaries that an English question with words of its own is looked up in, too."""
        for code, written in vocabulary.languages().items():
            if written == "latin":
                self._dictionary(code)

    def _dictionary(self, language: str) -> Dictionary:
        """The dictionary of a language, read when the first question in it comes."""
        if language not in self._dictionaries:
            self._dictionaries[language] = Dictionary(language, self._spelled(vocabulary.languages()[language]))
        return self._dictionaries[language]

    def _spelled(self, written: str) -> Iterator[Row]:
        """The names that are written in a script."""
        for alias, entity in self._names:
            if script(alias) == written:
                for spelling in _inflected(alias) if written == "cyrillic" else (alias,):
                    yield spelling, NAME + entity

    def chat(self, language: str) -> Phrasebook[str]:
        """Phrases of a language that are no question, with what they are: greeting, thanks, ..."""
        if language not in self._chats:
            book = self._chats[language] = Phrasebook()
            for name, phrases in vocabulary.read(language).chat.items():
                for words in phrases:
                    book.add([word.text for word in split(words)], name)
        return self._chats[language]

    def targets(self, word: str, language: str) -> list[str | None]:
        """What the dictionary of a language has for the pieces of a word, None where it has nothing."""
        return [target for _, target in self._dictionary(language).scan(word)]

    def language(self, text: str, is_english: Callable[[str], bool]) -> str:
        """The language of a text: by script, and among those that share one by letters and words of their own.

        `is_english` says whether English or the base has a word.
        """
        written = script(text)
        rivals = [code for code, own in vocabulary.languages().items() if own == written]
        best, language = -1.0, rivals[0] if rivals else "en"
        # Names are the same in all languages, and tell nothing.
        unnamed = [word for word in split(text) if word.text not in self._named]
        if written == "latin":
            words = [word.text for at, word in enumerate(unnamed) if not (at and word.capital)]
            english, opener = sum(map(is_english, words)), next(iter(words), "")
            foreign = any(opener in row for row in _OPENERS.values()) or bool(_FOREIGN.search(text))
            if english >= len(words) * (0.75 if not foreign else 1.0 if opener in _ENGLISH_TOO else 2.0):
                return "en"
            best, language = english + 0.5 - foreign, "en"
        for code in rivals:
            if not _LETTERS.get(code, frozenset()).isdisjoint(text.casefold()):
                return code
        plain = " ".join(word.text for word in unnamed)
        for code in rivals if len(rivals) > 1 else ():
            hits = self._known(plain, code)
            if hits > best:
                best, language = hits, code
        return language

    def _known(self, text: str, language: str) -> int:
        """How many words of a text a language has, those of its small talk twice."""
        pieces = self._dictionary(language).scan(text)
        known = sum(len(piece.split()) for piece, target in pieces if target is not None)
        return known + sum(end - start for start, end, _ in self.chat(language).find(text.split()))

    def clauses(self, text: str, language: str) -> Iterator[str]:
        """The sentences of a message, cut again where a clause begins that asks, or that speaks of the reader."""
        return cut(text, _CUT, partial(self._is_cut, language))

    def _is_cut(self, language: str, before: str, after: str, at: re.Match[str]) -> bool:
        file, sign, dictionary = vocabulary.read(language), at[0].strip(), self._dictionary(language)
        sign = sign or next((ending for ending in file.connectives if before.endswith(ending)), "")
        if not sign and not _has(file.personal, before):
            return False
        after = _CLAUSE_END.split(after, maxsplit=1)[0][:_AHEAD]
        if dictionary.spaced:
            targets = (target for _, target in dictionary.scan(after))
            opening = next((target for target in targets if not sign or target != FILLER), None)
            begins = _asks(opening) and (opening not in _JOINING or sign == ":")
            told = bool(sign) and _has(file.personal, after)
            asked = (begins or told) and any(map(_asks, self.targets(before, language)))
            return told if asked else begins
        if not sign or not any(map(_asks, self.targets(after, language))):
            return False
        earlier = self.targets(before, language)
        named = any(target is not None and target[0] == NAME for target in earlier) or bool(_DIGIT.search(before))
        return not named and not any(map(_asks, earlier))

    def translate(self, text: str, language: str, is_english: Callable[[str], bool]) -> list[tuple[Word, str | None]]:
        """Words in English, names too, with FILLER, ASKS + type, UNREAD, or None for an ordinary word."""
        result: list[tuple[Word, str | None]] = []
        dictionary = self._dictionary(language)
        for piece, known in dictionary.scan(text):
            target = dictionary.near(piece) if known is None and not is_english(piece) else known
            if target == FILLER or (target is None and len(piece) == 1 and not piece.isascii()):
                result.append((Word(piece), FILLER))
            elif target is None:
                result += [(word, UNREAD) for word in split(anyascii(piece))]
            elif target[0] == ASKS:
                result.append((Word(piece), target))
            elif target[0] == NAME:
                result += [(Word(word.text, capital=True), None) for word in split(self._english[target[1:]])]
            else:
                result += [(word, None) for word in split(target)]
        return result


def _asks(target: str | None) -> bool:
    """Whether a dictionary marks a word as one that asks."""
    return target is not None and target[0] == ASKS


def _has(words: Collection[str], text: str) -> bool:
    """Whether a text has one of some words."""
    return any(word.text in words for word in split(text))


def _inflected(alias: str) -> Iterator[str]:
    """A Cyrillic name with the endings that it may have: the stem is what is left without its final vowels."""
    words = [word.text for word in split(alias)]
    stems = [word.rstrip(VOWELS + "йь") if len(word) > 3 else word for word in words]
    if all(len(part) > 1 for part in stems):
        yield " ".join(part + CASE if len(part) > _INDECLINABLE or len(stems) > 1 else part for part in stems)
