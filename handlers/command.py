"""A command as it is typed: "/who Belousov", "/undo@citebot".

Answers for telling a command from other text. Which commands there are, is not known here.
"""

import re
from dataclasses import dataclass

_COMMAND = re.compile(r"/(\w+)(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """A command with the words after it."""

    name: str
    """In lower case, without the slash."""
    bot: str
    """Username of the bot that it names; empty where it names none."""
    words: str

    def is_for(self, username: str) -> bool:
        """Whether the bot of that name may take it."""
        return self.bot.lower() in ("", username.lower())


def parse(text: str) -> Command | None:
    """The command that a text is; None where it is something else."""
    found = _COMMAND.fullmatch(text.strip())
    return Command(found[1].lower(), found[2] or "", found[3] or "") if found else None
