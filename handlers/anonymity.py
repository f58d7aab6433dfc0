"""What may be kept of a reader's question: its ordinary words, and nothing that tells of a person.

Answers for leaving out too much rather than too little: whatever is neither a word of the knowledge nor ordinary
English could be a name, and is not kept. Ordinary words in capitals inside a sentence could be one, too.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Iterator
from functools import lru_cache

from knowledge.vocabulary import Vocabulary

_ADDRESS = re.compile(r"://|@|\w\.[a-z]{2,}\b", re.IGNORECASE)
"""What shows that a run of characters without a blank is an address."""
_PRIVATE = re.compile(
    r"\bmy\s+(?:\w+\s+)?(?:son|daughter|child|kid|sister|brother|mother|father|mom|dad|wife|husband|boss|friend|"
    r"neighbou?r|teacher|doctor)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PIECE = re.compile(rf"[^\W_]*\d[\w+().-]*|{_WORD.pattern}|[?!.,;:]|\s+")
_GAP = "…"
LONGEST = 200
"""Characters of a question that are kept."""


def anonymous(text: str, known: Container[str], names: Container[str], english: Vocabulary) -> str:
    """A question without names, numbers and addresses; empty where too little is left to be of use.

    `known`, `names`: the words of the knowledge, and those of the names in it, in lower case. Text in a script without
    capital letters is not kept at all, nor is what is told of somebody near to the reader.
    """
    text = re.sub(r"\S+", _without_address, unicodedata.normalize("NFKC", text))
    if _PRIVATE.search(text) or any(letter.isalpha() and letter.lower() == letter.upper() for letter in text):
        return ""
    pieces = _kept(text, known, names, english.is_ordinary)
    kept = _numbers(tuple(english.numbers)).sub(_GAP, " ".join("".join(pieces).split()))
    kept = re.sub(r"(?:…\s*)+", "… ", kept).replace(" ?", "?").strip()
    return kept[:LONGEST] if len(_WORD.findall(kept)) > 1 else ""


def _without_address(run: re.Match[str]) -> str:
    return " " if _ADDRESS.search(run[0]) else run[0]


@lru_cache(maxsize=1)
def _numbers(words: tuple[str, ...]) -> re.Pattern[str]:
    """Three number words in a row: most likely a telephone number that was spelt out."""
    word = rf"\b(?:{'|'.join(words)}|zero|oh)\b"
    return re.compile(rf"(?:{word}[\s,-]*){{3,}}", re.IGNORECASE)


def _kept(text: str, known: Container[str], names: Container[str], is_ordinary: Callable[[str], bool]) -> Iterator[str]:
    begins = True
    for piece in (match[0] for match in _PIECE.finditer(text)):
        word = re.sub(r"['’]s?$", "", piece.lower())
        if any(character.isdigit() for character in piece):
            yield " "
        elif (
            not _WORD.fullmatch(piece)
            or word in names
            or ((begins or piece == piece.lower()) and (word in known or is_ordinary(word)))
        ):
            yield piece
        else:
            yield f" {_GAP} "
        begins = piece in ".!?" or (begins and piece.isspace())
