"""What a talk of two was about last, as far as it is remembered.

Answers for what "he" and "and when?" may be about. Does not know who talks, nor what was said before the last turn.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Talk:
    """What was told last, and what was asked last."""

    entry: str | None = None
    """Id of the entry that was given last; None where none was."""
    asked: str = ""
    """The last question, in English and with the names that it left out; empty where none was asked."""
