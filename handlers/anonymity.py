"""What may be kept of a reader's question: its words, but nothing that tells of a person.

Answers for leaving out too much rather than too little. Knows the words of the knowledge base and of English; whatever
else looks like a name, a number or an address is not kept.
"""

import re
import unicodedata
from collections.abc import Container, Iterator
from functools import cache

from knowledge import vocabulary

_ADDRESS = re.compile(r"\S*(?:://|www\.|@|\.(?:com|org|net|ru|io|me|ua)\b)\S*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PIECE = re.compile(r"[^\W_]*\d[\w+().-]*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[?!.,;:]|\s+")
_INTRODUCTION = re.compile(
    r"\b(?:name(?:\s+is|'s|’s)?|i am|i['’]m|this is|call me|here is|regards|greetings from)\s*$", re.IGNORECASE
)
_GAP = "…"
LONGEST = 200
"""Characters of a question that are kept."""


def anonymous(text: str, known: Container[str]) -> str:
    """A question without names, numbers and addresses; empty where too little is left to be of use.

    `known`: the words, in lower case, of the knowledge. Text in a script without capital letters is not kept at all:
    names cannot be told from words there.
    """
    text = _ADDRESS.sub(" ", unicodedata.normalize("NFKC", text))
    if any(character.isalpha() and character.lower() == character.upper() for character in text):
        return ""
    kept = " ".join("".join(_kept(text, known)).split())
    kept = re.sub(r"(?:…\s*)+", "… ", kept).replace(" ?", "?").strip()
    return kept[:LONGEST] if sum(not _is_strange(word, known) for word in _WORD.findall(kept)) > 1 else ""


@cache
def _ordinary() -> frozenset[str]:
    """English words, without those that are part of somebody's full name: John is no secret in "John Kerry" only."""
    names = (person.split() for person in vocabulary.read("en").people)
    return vocabulary.english().known - {part for name in names if len(name) > 1 for part in name}


def _is_strange(piece: str, known: Container[str]) -> bool:
    word = re.sub(r"['’]s?$", "", piece.lower())
    return bool(_WORD.fullmatch(piece)) and word not in known and word not in _ordinary()


def _kept(text: str, known: Container[str]) -> Iterator[str]:
    pieces = [match[0] for match in _PIECE.finditer(text)]
    strange = [_is_strange(piece, known) for piece in pieces]
    for at, piece in enumerate(pieces):
        if any(character.isdigit() for character in piece):
            yield " "
        elif strange[at] and (piece[0].isupper() or _beside(strange, at) or _introduced(pieces, at)):
            yield f" {_GAP} "
        else:
            yield piece


def _beside(strange: list[bool], at: int) -> bool:
    """Whether the word beside it, past the space, is strange too: two in a row are most likely a name."""
    return any(0 <= other < len(strange) and strange[other] for other in (at - 2, at + 2))


def _introduced(pieces: list[str], at: int) -> bool:
    return _INTRODUCTION.search("".join(pieces[max(0, at - 6) : at])) is not None
