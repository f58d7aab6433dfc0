"""Questions in other languages, word by word into the English words that the matcher knows.

Answers for telling the language and for the longest-match dictionary over `vocabulary/`; no grammar, since the
matcher does not use any. Names in the script of the question come from the knowledge base.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from anyascii import anyascii

from knowledge import vocabulary
from knowledge.phrasebook import Phrasebook
from knowledge.slips import is_slip
from knowledge.words import Word, script, split

_HEAD = 2
_MET = 10_000
"""How many words are kept with what may begin at them."""
_LETTERS = {"ru": frozenset("ыэъё"), "uk": frozenset("іїєґ"), "es": frozenset("¿¡")}
"""Letters and signs that only one language of a script has."""
_FOREIGN = re.compile(r"[¿¡]|\b[a-zß-ÿ]*[ß-ÿ]")
"""A sign or a letter that English lacks, but for those of names, which begin with a capital."""
_OPENERS = {
    "es": frozenset("el que quien quienes cual cuales cuando donde cuanto cuantos cuantas como por hubo hay".split()),  # noqa: SIM905
    "de": frozenset("wer wen wem wie wo wann warum wieso was welche welcher welches ist sind hat hatte gibt".split()),  # noqa: SIM905
}
"""Words with which questions in a language begin."""
_ENGLISH_TOO = frozenset({"was", "hat"})

_VOWELS = "аеёиоуыэюяіїє"
_ENDING = re.compile(rf"[{_VOWELS}йь]*(?:ск[{_VOWELS}й]*)?(?:в|ві|го|м|ми|му|х|ю)?")
"""What a Cyrillic name may end with, declined or as an adjective: after "рос" not what makes it "рост"."""

_INDECLINABLE = 2
"""Letters of a name by itself that is not declined: with endings, other words would be taken for it."""

FILLER, NAME, ASKS, UNREAD = "~", "@", "?", "-"
"""Marks on a target: no content, an entity's id, a question type, and a word that the dictionary lacks."""
ANY, CASE = "*", "^"
"""Marks at the end of a spelling: any ending, or one that a declined name may have."""


LEAST_MISTYPED = 5
"""Letters of a word that may have an error: shorter ones have too many neighbours."""
LONGEST_ENDING = 6
"""Letters of an ending, where any may follow."""

Row = tuple[str, str]
"""A spelling, its words with blanks between them, and its target."""


class Dictionary:
    """Spellings of one language, each with its English target or a marked one."""

    def __init__(self, language: str) -> None:
        file = vocabulary.read(language)
        self.language = language
        self.spaced = file.script not in ("han", "hangul")
        self._rows: dict[str, list[Row]] = {}
        self._met: dict[str, list[Row]] = {}
        for spelling in file.fillers:
            self.add(spelling, FILLER)
        for english, spellings in file.words.items():
            for spelling in spellings:
                self.add(spelling, english)
        for kind, spellings in file.questions.items():
            for spelling in spellings:
                self.add(spelling, ASKS + kind)

    def add(self, spelling: str, target: str) -> None:
        """Adds a spelling; a later target goes before an earlier one."""
        if self.spaced:
            spelling = " ".join(_pattern(word) for word in spelling.split())
            key = spelling.split(" ", 1)[0].rstrip(ANY + CASE)[:_HEAD]
            rows = [spelling]
        else:
            spelling = " ".join(word.text for word in split(spelling)) or spelling
            rows = [spelling, spelling.replace(" ", "")] if " " in spelling else [spelling]
            key = spelling[:1]
        self._rows.setdefault(key, [])[:0] = [(row, target) for row in rows]

    def settle(self) -> None:
        """Puts the longest spellings first, and of equal ones the latest added; due once all are added."""
        for rows in self._rows.values():
            rows.sort(key=lambda row: -len(row[0].replace(" ", "").rstrip(ANY + CASE)))

    def scan(self, text: str) -> Iterator[tuple[str, str | None]]:
        """Pieces of a text with their targets, None where the dictionary has nothing."""
        if not self.spaced:
            yield from self._scan_unspaced(text)
            return
        words = [word.text for word in split(text)]
        at = 0
        while at < len(words):
            for spelling, target in self._candidates(words[at]):
                pattern = spelling.split(" ")
                if _matches(pattern, words[at : at + len(pattern)]):
                    yield " ".join(words[at : at + len(pattern)]), target
                    at += len(pattern)
                    break
            else:
                yield words[at], None
                at += 1

    def _candidates(self, word: str) -> list[Row]:
        """The spellings that may begin at a word."""
        met = self._met.get(word)
        if met is None:
            if len(self._met) >= _MET:
                self._met.clear()
            rows = [*self._rows.get(word[:_HEAD], ()), *(self._rows.get(word[:1], ()) if len(word) > 1 else ())]
            met = self._met[word] = [row for row in rows if _matches(row[0].split(" ", 1)[:1], [word])]
        return met

    def near(self, word: str) -> str | None:
        """The target of the longest spelling that a word is but for a typing error; None where it is like none."""
        if len(word) < LEAST_MISTYPED:
            return None
        rows = (row for key, own in self._rows.items() if key[0] == word[0] for row in own)
        best = max((row for row in rows if _is_near(row[0], word)), key=lambda row: len(row[0]), default=None)
        return best[1] if best else None

    def _scan_unspaced(self, text: str) -> Iterator[tuple[str, str | None]]:
        words = " ".join(word.text for word in split(text))
        at, unknown = 0, ""
        while at < len(words):
            spelling, target = next(
                (row for row in self._rows.get(words[at], ()) if words.startswith(row[0], at)), (words[at], None)
            )
            if target is None and spelling != " ":
                unknown += spelling
            else:
                if unknown:
                    yield unknown, None
                    unknown = ""
                if target is not None:
                    yield spelling, target
            at += len(spelling)
        if unknown:
            yield unknown, None


def _pattern(word: str) -> str:
    folded = "".join(part.text for part in split(word))
    return folded + word[-1] if word.endswith((ANY, CASE)) else folded or word


def _matches(pattern: Sequence[str], words: Sequence[str]) -> bool:
    return len(pattern) == len(words) and all(map(_stands_for, pattern, words))


def _stands_for(known: str, word: str) -> bool:
    if known[-1] == ANY:
        return word.startswith(known[:-1])
    if known[-1] == CASE:
        return word.startswith(known[:-1]) and bool(_ENDING.fullmatch(word, len(known) - 1))
    return word == known


def _is_near(known: str, word: str) -> bool:
    """Whether a word is a spelling of one word, or begins like one with any ending, but for one error."""
    letters = known.rstrip(ANY + CASE)
    if len(letters) < LEAST_MISTYPED or len(word) > len(letters) + LONGEST_ENDING or " " in known:
        return False
    heads = [word] if letters == known else [word[: len(letters) + more] for more in (-1, 0, 1)]
    return any(is_slip(head, letters) for head in heads)


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
            self._dictionaries[language] = self._read(language)
        return self._dictionaries[language]

    def _read(self, language: str) -> Dictionary:
        dictionary = Dictionary(language)
        own = vocabulary.read(language).script
        for alias, entity in self._names:
            if script(alias) == own:
                for spelling in _inflected(alias) if own == "cyrillic" else (alias,):
                    dictionary.add(spelling, NAME + entity)
        dictionary.settle()
        return dictionary

    def chat(self, language: str) -> Phrasebook[str]:
        """Phrases of a language that are no question, with what they are: greeting, thanks, ..."""
        if language not in self._chats:
            book = self._chats[language] = Phrasebook()
            for name, phrases in vocabulary.read(language).chat.items():
                for words in phrases:
                    book.add([word.text for word in split(words)], name)
        return self._chats[language]

    def is_filler(self, word: str, language: str) -> bool:
        """Whether a word has no content."""
        return all(target == FILLER for _, target in self._dictionary(language).scan(word))

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
        """How many words of a text a language has."""
        pieces = self._dictionary(language).scan(text)
        return sum(len(piece.split()) for piece, target in pieces if target is not None)

    def translate(self, text: str, language: str, is_english: Callable[[str], bool]) -> list[tuple[Word, str | None]]:
        """Words in English, names too, with FILLER, ASKS + type, UNREAD, or None for an ordinary word."""
        result: list[tuple[Word, str | None]] = []
        dictionary = self._dictionary(language)
        for piece, known in dictionary.scan(text):
            strange = known is None and dictionary.spaced and not is_english(piece)
            target = dictionary.near(piece) if strange else known
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


def _inflected(alias: str) -> Iterator[str]:
    """A Cyrillic name with the endings that it may have: the stem is what is left without its final vowels."""
    words = [word.text for word in split(alias)]
    stems = [word.rstrip(_VOWELS + "йь") if len(word) > 3 else word for word in words]
    if all(len(part) > 1 for part in stems):
        yield " ".join(part + CASE if len(part) > _INDECLINABLE or len(stems) > 1 else part for part in stems)
