"""An article as the drafter understands it.

Answers for reading it once, in the right order. Writes nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from anyascii import anyascii

from knowledge.draft.mentions import Mentions
from knowledge.draft.name import Name
from knowledge.draft.naming import names
from knowledge.draft.prose import Prose
from knowledge.draft.quotations import Saying, sayings
from knowledge.draft.source import Source
from knowledge.draft.text import Paragraph, paragraph

_ID_LENGTH = 40


class Ids:
    """Ids that differ, made from words."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, words: str) -> str:
        """An id that begins with the words."""
        stem = slug(words)
        found = next(id_ for at in range(1, 10**6) if (id_ := stem if at == 1 else f"{stem}-{at}") not in self._taken)
        self._taken.add(found)
        return found


def slug(words: str) -> str:
    """Words as an id."""
    plain = re.sub(r"[^a-z0-9]+", "-", anyascii(words.replace("'", "").replace("’", "")).lower())
    short = plain if len(plain) <= _ID_LENGTH else plain[: _ID_LENGTH + 1].rpartition("-")[0] or plain[:_ID_LENGTH]
    return short.strip("-") or "entry"


@dataclass(slots=True)
class Reading:
    """Everything that the drafter found in an article."""

    source: Source
    paragraphs: tuple[Paragraph, ...]
    mentions: Mentions
    sayings: tuple[Saying, ...]
    prose: Prose
    publisher: Name
    unnamed: dict[str, Name]
    """Speakers without a name, by the words for them."""
    ids: Ids = field(default_factory=Ids)
    id_of: dict[int, str] = field(default_factory=dict)
    """Ids of the names, by identity."""

    @property
    def names(self) -> Sequence[Name]:
        """All that becomes an entity."""
        return (*self.mentions.names, *self.unnamed.values())

    def entity(self, name: Name) -> str:
        """The id of a name."""
        if id(name) not in self.id_of:
            short = name.type in ("person", "organisation") and name.aliases
            self.id_of[id(name)] = self.ids.new(name.aliases[0] if short else name.name)
        return self.id_of[id(name)]


def read(source: Source) -> Reading:
    """Reads an article."""
    paragraphs = tuple(
        paragraph(number, block) for number, block in enumerate(source.blocks) if number not in source.header
    )
    publisher = source.publisher or "Unknown publisher"
    mentions = Mentions(paragraphs, names(paragraphs, publisher))
    said = tuple(sayings([one for one in paragraphs if one.number], mentions))
    unnamed = {
        one.speaker: Name(one.speaker[0].upper() + one.speaker[1:], "person", one.paragraph)
        for one in said
        if isinstance(one.speaker, str)
    }
    return Reading(
        source=source,
        paragraphs=paragraphs,
        mentions=mentions,
        sayings=said,
        prose=Prose(source.blocks),
        publisher=next(name for name in mentions.names if name.name == publisher),
        unnamed=unnamed,
    )
