"""Known phrases found in a sequence of words, the longest first.

Answers for finding names, synonyms of several words and questions of several words in one pass.
Does not know what a phrase stands for: the caller says so when it adds one.
"""

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

V = TypeVar("V")


class Phrasebook(Generic[V]):
    """Sequences of stems, each with what it stands for."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], V]]] = {}

    def add(self, stems: Sequence[str], value: V) -> None:
        """Adds a phrase; of two with the same words the first stays."""
        phrase = tuple(stems)
        if not phrase or self.get(phrase) is not None:
            return
        row = self._by_first.setdefault(phrase[0], [])
        row.append((phrase, value))
        row.sort(key=lambda known: -len(known[0]))

    def get(self, stems: Sequence[str]) -> V | None:
        """What exactly this phrase stands for."""
        phrase = tuple(stems)
        for known, value in self._by_first.get(phrase[0], ()) if phrase else ():
            if known == phrase:
                return value
        return None

    def find(self, stems: Sequence[str]) -> Iterator[tuple[int, int, V]]:
        """Phrases from left to right that do not overlap: start, end, value."""
        at = 0
        while at < len(stems):
            for phrase, value in self._by_first.get(stems[at], ()):
                if tuple(stems[at : at + len(phrase)]) == phrase:
                    yield at, at + len(phrase), value
                    at += len(phrase)
                    break
            else:
                at += 1
