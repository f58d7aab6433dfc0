"""What was worked out before, for the next time it is needed.

Answers for how much is kept, but not for what: unlike `functools.lru_cache` it can be pickled with what it belongs to,
and two threads may use it, since nothing is read back that the other may have forgotten.
"""

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(dict[K, V]):
    """Results by what they are of; all are forgotten when there are too many, since readers' words have no end."""

    def __init__(self, most: float) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: K, value: V) -> V:
        """Keeps a result, and hands it on."""
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value
