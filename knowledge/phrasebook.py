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
        self._phrases: dict[tuple[str, ...], V] = {}
        self._longest: dict[str, int] = {}

    def add(self, stems: Sequence[str], value: V) -> None:
        """Adds a phrase; of two with the same words the first stays."""
        phrase = tuple(stems)
        if phrase:
            self._phrases.setdefault(phrase, value)
            self._longest[phrase[0]] = max(len(phrase), self._longest.get(phrase[0], 0))

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self._phrases)

    def get(self, stems: Sequence[str]) -> V | None:
        """What exactly this phrase stands for."""
        return self._phrases.get(tuple(stems))

    def find(self, stems: Sequence[str]) -> Iterator[tuple[int, int, V]]:
        """Phrases from left to right that do not overlap: start, end, value."""
        longest, free = self._longest, 0
        for at in [at for at, stem in enumerate(stems) if stem in longest]:
            if at < free:
                continue
            for end in range(min(len(stems), at + longest[stems[at]]), at, -1):
                value = self._phrases.get(tuple(stems[at:end]))
                if value is not None:
                    yield at, end, value
                    free = end
                    break
