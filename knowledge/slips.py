"""Slips of the fingers: how one word becomes another on a keyboard, in Latin and Cyrillic letters.

Answers for single errors. Knows no words.
"""

from rapidfuzz.distance import OSA

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


def is_slip(typed: str, meant: str) -> bool:
    """Whether a word is another but for one letter too many or too few, two in the wrong order, or the next key hit."""
    if OSA.distance(typed, meant, score_cutoff=1) != 1:
        return False
    wrong = [pair for pair in zip(typed, meant, strict=False) if pair[0] != pair[1]]
    return len(typed) != len(meant) or len(wrong) != 1 or _are_beside(*wrong[0])


def _are_beside(one: str, other: str) -> bool:
    """Whether two letters are on keys that touch."""
    if one not in _KEYS or other not in _KEYS:
        return False
    (x, y), (u, v) = _KEYS[one], _KEYS[other]
    return abs(x - u) <= 1 and abs(y - v) <= 1
