"""Text as words: the one normaliser, used for the knowledge at load and for the question when it is asked.

Answers for Unicode, case, apostrophes, contractions, figures and stems. Knows no vocabulary but irregular verbs, and no
entry.
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import Stemmer

from knowledge.verbs import VERB

_CONTRACTIONS = (
    (re.compile(r"\b(who|what|when|where|why|how|that|it|there|here|he|she)['’]s\b", re.IGNORECASE), r"\1 is"),
    (re.compile(r"\bcan['’]t\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon['’]t\b", re.IGNORECASE), "will not"),
    (re.compile(r"n['’]t\b", re.IGNORECASE), " not"),
    (re.compile(r"['’]m\b", re.IGNORECASE), " am"),
    (re.compile(r"['’]re\b", re.IGNORECASE), " are"),
    (re.compile(r"['’]ve\b", re.IGNORECASE), " have"),
    (re.compile(r"['’]ll\b", re.IGNORECASE), " will"),
    (re.compile(r"['’]d\b", re.IGNORECASE), " would"),
    (re.compile(r"['’]s\b", re.IGNORECASE), ""),
    (re.compile(r"['’`ʼ]"), ""),
)
_APOSTROPHE = re.compile(r"['’`ʼ]")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_THOUSANDS = re.compile(r"(?<=\d)[,.  ](?=\d{3}(?!\d))")
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)(k|m|bn|mln|th|st|nd|rd)?")
_SCALE = {"k": 1_000, "m": 1_000_000, "mln": 1_000_000, "bn": 1_000_000_000}
_MYRIADS = re.compile(r"(\d+(?:\.\d+)?) ?([万萬만亿億억])")
_MYRIAD = {"万": 10_000, "萬": 10_000, "만": 10_000, "亿": 100_000_000, "億": 100_000_000, "억": 100_000_000}
_MIDDLE_DOT = re.compile(r"(?<=[가-힣])·(?=[가-힣])")
"""Between Korean syllables it joins: those of "북·러" say other things apart."""
_PLAIN = re.compile(r"[A-Za-z ?,!;:()\"-]*")
"""Most texts: nothing but letters, and signs that only separate them."""
_SEPARATORS = str.maketrans(dict.fromkeys('?,!;:()"-', " "))
_WORD = re.compile(r"\d+\.\d+|[^\W_]+")
_STRETCHED = re.compile(r"(?<=[^\Wcdlmvwx])([^\W\d])\1{2,}$|(?<=[^\W])([^\W\d])\2{2,}(?!\2)(?=.)")
"""Letters that are written thrice or more for stress, at the end ("sooo", but not "VIII") or before ("pleeease")."""
_LONGEST = 200
"""Letters above which a word is no longer looked at for stretched ones, which takes their square: "xxxx..."."""
_INITIALISM = 4
"""Letters of words in capitals whose letters are meant: IEEE."""
_BLANK_LINES = re.compile(r"\n\s*\n")
_NO_DATE = r"(?!(?<=\b\d\d\.) (?:jan|feb|m[aä]r|apr|mai|jun|jul|aug|sep|okt|nov|dez))"
"""Not in a German date: "19. Juni"."""
_SENTENCE = re.compile(
    r"(?<=[!?…;。！？；])\s*|(?<=\.\.)(?!\.)\s*|(?<=\w\w\.)(?<!\b(?:mr|ms|dr|st|vs|no)\.)(?!\d)"
    + _NO_DATE
    + r"[\"'”»)]*\s*|(?=¿)|\n+",
    re.IGNORECASE,
)
"""Ends of sentences; what stands in "U.S.", "10.000" and "Mr. Kim" is none."""
_stemmer = Stemmer.Stemmer("english")

SCRIPTS = {"CYRILLIC": "cyrillic", "HANGUL": "hangul", "CJK": "han"}


class Word(NamedTuple):
    """One word of a text."""

    text: str
    """Normalised: lower case, without accents, figures in digits."""
    capital: bool = False
    """Whether it was written with a capital letter."""


@lru_cache(maxsize=64)
def split(text: str) -> tuple[Word, ...]:
    """The words of a text in order; anything but letters and digits separates them.

    The last texts are kept, since a question is split once to tell its language and again to read it.
    """
    return tuple([normal(word) for word in written(text)])


def written(text: str) -> list[str]:
    """The same words as they are written, but for contractions, abbreviations and thousands."""
    if _PLAIN.fullmatch(text):
        return text.translate(_SEPARATORS).split()
    shown = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if "." in shown:
        shown = _INITIALS.sub(lambda match: match[0].replace(".", ""), shown)
    shown = _THOUSANDS.sub("", shown)
    if not shown.isascii():
        shown = _MIDDLE_DOT.sub("", shown)
        shown = _MYRIADS.sub(lambda match: f"{float(match[1]) * _MYRIAD[match[2]]:.0f} ", shown)
    if _APOSTROPHE.search(shown):
        for pattern, replacement in _CONTRACTIONS:
            shown = pattern.sub(replacement, shown)
    return _WORD.findall(shown)


@lru_cache(maxsize=65_536)
def normal(word: str) -> Word:
    """A word as it is written, normalised."""
    folded = word.casefold()
    shout = word.isupper() and len(word) <= _INITIALISM
    if not shout and len(word) <= _LONGEST:
        folded = _STRETCHED.sub(_shorter, folded)
    return Word(_fold(folded), word[0].isupper())


def _shorter(stretched: re.Match[str]) -> str:
    return stretched[1] or stretched[2] * 2


def _fold(word: str) -> str:
    """A word without accents (Latin only: й is a letter of its own) and a figure in plain digits."""
    if word.isascii():
        figure = _FIGURE.fullmatch(word)
        if figure:
            value = float(figure[1]) * _SCALE.get(figure[2] or "", 1)
            return f"{value:g}" if value % 1 else f"{value:.0f}"
        return word
    apart = unicodedata.normalize("NFD", word)
    if "a" <= apart[0] <= "z":
        return "".join(c for c in apart if not unicodedata.combining(c))
    return word.replace("ё", "е")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The English stem of a word (https://snowballstem.org/algorithms/english); that of "wrote" is that of "write"."""
    return str(_stemmer.stemWord(VERB.get(word, word))) if word.isascii() else word


def mark(text: str) -> int:
    """A number of 64 bits by which a text is known again; two texts share one as good as never."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def script(text: str) -> str:
    """Which script most letters of a text have: latin, cyrillic, hangul or han."""
    if text.isascii():
        return "latin"
    counts: dict[str, int] = {}
    for character in text:
        if character.isalpha():
            name = _script_of(character)
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else "latin"


@lru_cache(maxsize=4_096)
def _script_of(character: str) -> str:
    if character.isascii():
        return "latin"
    return SCRIPTS.get(unicodedata.name(character, "LATIN").split()[0], "latin")


def paragraphs(text: str) -> list[str]:
    """The blocks of an article between blank lines; a source counts them from 0, the title."""
    return _BLANK_LINES.split(text.strip())


def sentences(text: str) -> list[str]:
    """The sentences of a text, without empty ones."""
    return [part.strip() for part in _SENTENCE.split(text) if any(c.isalnum() for c in part)]
