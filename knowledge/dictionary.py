"""The dictionary of one language: spellings, and the English words that they stand for.

Answers for the longest match and for words with a slip of the fingers. No grammar, since the matcher does not use any.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge import vocabulary
from knowledge.kept import Kept
from knowledge.slips import is_slip
from knowledge.vocabulary import LanguageFile
from knowledge.words import split

_HEAD = 2
"""Letters by which rows are found."""
_MET = 10_000
"""How many words are kept with what may begin at them, and how many with what they are but for an error."""
VOWELS = "аеёиоуыэюяіїє"
_ENDING = re.compile(rf"[{VOWELS}йь]*(?:ск[{VOWELS}й]*)?(?:в|ві|го|м|ми|му|х|ю)?")
"""What a Cyrillic name may end with, declined or as an adjective: after "рос" not what makes it "рост"."""
FILLER, ASKS = "~", "?"
"""Marks on a target: no content, a question type."""
ANY, CASE = "*", "^"
"""Marks at the end of a spelling: any ending, or one that a declined name may have."""
_LEAST_MISTYPED, _LEAST_STEM = 5, 7
"""Letters of a word that may have an error, and of a stem: shorter ones have too many neighbours."""
_LONGEST_ENDING = 3
"""Letters that may follow a stem with an error."""
_ROW, _CELL = "\n", "\t"
"""Rows are kept as one text for each beginning: a fifth of the memory that pairs take."""

Row = tuple[str, str]
"""A spelling, its words with blanks between them, and its target."""


class Dictionary:
    """Spellings of one language, each with its English target or a marked one."""

    def __init__(self, language: str, names: Iterable[Row]) -> None:
        """`names`: spellings of names with their targets, which go before words.

        Of spellings that are equally long, the later one goes first.
        """
        file = vocabulary.read(language)
        self.spaced = file.script not in ("han", "hangul")
        self._met: Kept[str, list[Row]] = Kept(_MET)
        self._mended: Kept[str, str | None] = Kept(_MET)
        rows: dict[str, list[Row]] = {}
        for spelling, target in (*_told(file), *names):
            for written in self._written(spelling):
                rows.setdefault(self._key(written), []).append((written, target))
        self._rows = {key: _ROW.join(map(_CELL.join, _longest_first(own))) for key, own in rows.items()}

    def _written(self, spelling: str) -> Sequence[str]:
        """How a spelling is looked up; without blanks too where they may be left out."""
        if self.spaced:
            return (" ".join(_pattern(word) for word in spelling.split()),)
        spelling = " ".join(word.text for word in split(spelling)) or spelling
        return (spelling.replace(" ", ""), spelling) if " " in spelling else (spelling,)

    def _key(self, spelling: str) -> str:
        """What the texts begin with that a spelling is looked up for."""
        return spelling.split(" ", 1)[0].rstrip(ANY + CASE)[:_HEAD] if self.spaced else spelling[:1]

    def _at(self, key: str) -> list[Row]:
        """The rows of a key, the longest spellings first."""
        rows = self._rows[key].split(_ROW) if key in self._rows else ()
        return [(spelling, target) for spelling, _, target in (row.partition(_CELL) for row in rows)]

    def scan(self, text: str) -> Iterator[tuple[str, str | None]]:
        """Pieces of a text with their targets, None where the dictionary has nothing."""
        words = [word.text for word in split(text)]
        return self._scan_words(words) if self.spaced else self._scan_letters(" ".join(words))

    def _scan_words(self, words: Sequence[str]) -> Iterator[tuple[str, str | None]]:
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

    def _candidates(self, start: str) -> list[Row]:
        """The spellings that may begin at a word, or at a letter where there are no blanks."""
        met = self._met.get(start)
        if met is not None:
            return met
        keys = dict.fromkeys((start[:_HEAD], start[:1]))
        rows = [row for key in keys for row in self._at(key)]
        fitting = [row for row in rows if _matches(row[0].split(" ", 1)[:1], [start])] if self.spaced else rows
        return self._met.keep(start, fitting)

    def near(self, word: str) -> str | None:
        """The target of the longest spelling that a word is but for a typing error; None where it is like none."""
        if len(word) < _LEAST_MISTYPED or not self.spaced:
            return None
        met = self._mended.get(word, FILLER)
        if met != FILLER:
            return met
        rows = (row for key in self._rows if key[:1] == word[0] for row in self._at(key) if row[1] != FILLER)
        best = max((row for row in rows if _is_near(row[0], word)), key=lambda row: len(row[0]), default=None)
        return self._mended.keep(word, best[1] if best else None)

    def _scan_letters(self, text: str) -> Iterator[tuple[str, str | None]]:
        at, unknown = 0, ""
        while at < len(text):
            spelling, target = next(
                (row for row in self._candidates(text[at]) if text.startswith(row[0], at)), (text[at], None)
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


def _told(file: LanguageFile) -> Iterator[Row]:
    """The spellings of a file with their targets."""
    yield from ((spelling, FILLER) for spelling in file.fillers)
    yield from ((spelling, english) for english, own in file.words.items() for spelling in own)
    yield from ((spelling, ASKS + kind) for kind, own in file.questions.items() for spelling in own)


def _longest_first(rows: Sequence[Row]) -> list[Row]:
    """The longest spellings first, of equal ones the latest."""
    latest = reversed(rows)
    return sorted(latest, key=lambda row: -len(row[0].replace(" ", "").rstrip(ANY + CASE)))


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
    """Whether a word is a spelling of one word but for one error, or begins so where it may be inflected."""
    letters = known.rstrip(ANY + CASE)
    if " " in known or len(letters) < (_LEAST_STEM if known.endswith(ANY) else _LEAST_MISTYPED):
        return False
    if letters == known:
        return is_slip(word, known)
    ends = range(len(letters) - 1, min(len(word), len(letters) + 1) + 1)
    return any(is_slip(word[:end], letters) and _may_end(word[end:], known) for end in ends)


def _may_end(rest: str, known: str) -> bool:
    """Whether a word with an error may go on like that after what a spelling gives of it."""
    return bool(_ENDING.fullmatch(rest)) if known.endswith(CASE) else len(rest) <= _LONGEST_ENDING
