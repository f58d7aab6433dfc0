"""Short texts kept as one string, which takes half the memory that a tuple of them does.

Answers for looking like a sequence. Does not know what the texts are.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import overload


class Lines(Sequence[str]):
    """Texts of one line each, none of them empty; others are put into one line."""

    __slots__ = ("_text",)

    def __init__(self, texts: Iterable[str]) -> None:
        self._text = "\n".join(filter(None, (" ".join(text.splitlines()) for text in texts)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._text.split("\n") if self._text else ())

    def __len__(self) -> int:
        return self._text.count("\n") + 1 if self._text else 0

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lines) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return repr(tuple(self))
