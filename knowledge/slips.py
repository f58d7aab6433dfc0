"""Slips of the fingers and of the ear: how one word is typed for another, in Latin and Cyrillic letters.

Answers for what an error is and how unlikely. Knows no words.
"""

from itertools import accumulate, product

from rapidfuzz.distance import OSA, Prefix

_LATIN, _CYRILLIC = 0, 10
_ROWS = (
    (_LATIN, "qwertyuiop"),
    (_LATIN + 1, "asdfghjkl"),
    (_LATIN + 2, "zxcvbnm"),
    (_CYRILLIC, "йцукенгшщзхъ"),
    (_CYRILLIC, "йцукенгшщзхї"),
    (_CYRILLIC + 1, "фывапролджэ"),
    (_CYRILLIC + 1, "фівапролджє"),
    (_CYRILLIC + 2, "ячсмитьбю"),
)
_KEYS = {letter: (column + row / 2, row) for row, letters in _ROWS for column, letter in enumerate(letters)}
"""Where the keys of letters are; each row begins half a key further right."""

_BESIDE = frozenset(
    (one, other)
    for (one, (x, y)), (other, (u, v)) in product(_KEYS.items(), repeat=2)
    if abs(x - u) <= 1 and abs(y - v) <= 1
)
"""Letters on keys that touch."""
_SOUNDS = ("aeiouy", "ckqx", "csxz", "bpvwf", "gj", "dt", "mn", "ij")
_ALIKE = frozenset(pair for letters in _SOUNDS for pair in product(letters, repeat=2))
"""Letters that are written for each other by ear, in one language or another."""
_MUTE = frozenset("aeiouych")
"""Letters that are often heard as none, or written where none is heard."""

_LEFT_OUT, _SWAPPED, _DOUBLED, _MISTAKEN, _SLIPPED_IN, _ANY = 1.4, 1.6, 2.3, 2.7, 3.9, 6.0
"""How unlikely errors are, as the negative logarithm of their share among all errors that a key allows.

A letter left out, two in the wrong order, one typed twice, the next key hit or one that sounds alike, the next key hit
as well or a mute letter too many, any other error.
"""


def is_slip(typed: str, meant: str) -> bool:
    """Whether a word is another but for one letter too many or too few, two in the wrong order, or the next key hit."""
    if OSA.distance(typed, meant, score_cutoff=1) != 1:
        return False
    wrong = [pair for pair in zip(typed, meant, strict=False) if pair[0] != pair[1]]
    return len(typed) != len(meant) or len(wrong) != 1 or wrong[0] in _BESIDE


def errors(typed: str, meant: str) -> int:
    """How many errors make one word of another; w and v are one letter, which languages write in the same names."""
    return OSA.distance(typed.replace("w", "v"), meant.replace("w", "v"))


def cost(typed: str, meant: str) -> float:
    """How unlikely it is that a word is typed for another: the least sum of what its errors cost; 0 if it is the same.

    A noisy channel (Kernighan, Church and Gale, COLING 1990) with the restricted edit distance of transpositions.
    """
    typed, meant = _turned(*_turned(typed, meant))
    inserted = [_inserted(typed, at) for at in range(len(typed))]
    before: list[float] = []
    row = [0.0, *accumulate(inserted)]
    for at, letter in enumerate(meant):
        earlier, before, row = before, row, [row[0] + _LEFT_OUT]
        for to, other in enumerate(typed):
            exchanged = before[to] if other == letter else before[to] + _exchanged(other, letter)
            least = min(exchanged, before[to + 1] + _LEFT_OUT, row[to] + inserted[to])
            if at and to and letter == typed[to - 1] and meant[at - 1] == other:
                least = min(least, earlier[to - 1] + _SWAPPED)
            row.append(least)
    return row[-1]


def _turned(one: str, other: str) -> tuple[str, str]:
    """Two words backwards, without the letters that they begin with alike but the last of those."""
    alike = max(0, Prefix.similarity(one, other) - 1)
    return one[alike:][::-1], other[alike:][::-1]


def _exchanged(typed: str, meant: str) -> float:
    """What a letter costs in the place of another."""
    return _MISTAKEN if (typed, meant) in _BESIDE or (typed, meant) in _ALIKE else _ANY


def _inserted(typed: str, at: int) -> float:
    """What a letter costs that is too many: little where the one beside it was typed twice or hit together with it."""
    letter = typed[at]
    sides = typed[max(0, at - 1) : at] + typed[at + 1 : at + 2]
    if letter in sides:
        return _DOUBLED
    return _SLIPPED_IN if letter in _MUTE or any((letter, side) in _BESIDE for side in sides) else _ANY
