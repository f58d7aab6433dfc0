"""Who is meant where: names, pronouns and "the minister" at their places in the text.

Answers for what a stretch of text refers to. Does not know what is said about it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.draft.english import any_of, lists
from knowledge.draft.name import Name
from knowledge.draft.text import Paragraph


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at its place in a paragraph."""

    start: int
    end: int
    name: Name


def is_owner(text: str, mention: Mention) -> bool:
    """Whether 's follows a name."""
    return text[mention.end : mention.end + 2] in ("'s", "’s")


class Mentions:
    """Every name of an article at its places."""

    def __init__(self, paragraphs: Sequence[Paragraph], names: Sequence[Name]) -> None:
        self.names = tuple(names)
        self._by_words: dict[str, Name] = {}
        for name in names:
            for words in (name.name, *name.aliases):
                self._by_words.setdefault(words, name)
        self._pattern = re.compile(rf"(?<![\w-]){any_of(self._by_words)}(?!\w)(?!-[a-z])") if self._by_words else None
        # A sentence's names in order; quotations don't count, since "he" after them is not whom they speak of,
        # and in "Reed's deputy" the deputy is meant.
        self._told = [
            (
                paragraph.number,
                sentence.start,
                [one for one in self.find(sentence.frame, sentence.start) if not is_owner(paragraph.frame, one)],
            )
            for paragraph in paragraphs
            for sentence in paragraph.sentences
        ]

    def find(self, text: str, offset: int = 0) -> list[Mention]:
        """The names in a text, in order."""
        if self._pattern is None:
            return []
        return [
            Mention(match.start() + offset, match.end() + offset, self._by_words[match[0]])
            for match in self._pattern.finditer(text)
        ]

    def person(self, gender: str, paragraph: int, place: int) -> Name | None:
        """Whom "he" or "she" means: the first person of the last sentence before that names one of that gender."""
        for number, start, mentions in reversed(self._told):
            if (number, start) >= (paragraph, place):
                continue
            for mention in mentions:
                before = (number, mention.start) < (paragraph, place)
                fits = gender in ("they", mention.name.gender) or mention.name.gender == "they"
                if before and mention.name.type == "person" and fits:
                    return mention.name
        return None

    def described(self, words: str, paragraph: int, place: int) -> Name | None:
        """Whom "the minister" or "the agency" means: the last named before who is one."""
        head = words.rsplit(maxsplit=1)[-1].lower()
        if head.endswith("-year-old"):
            return self.person("they", paragraph, place)
        outlet = head in lists().outlets
        if not outlet and head not in lists().bodies and head not in lists().role_heads:
            return None
        earlier = [
            mention.name
            for number, _, mentions in self._told
            for mention in mentions
            if (number, mention.start) < (paragraph, place)
        ]
        for name in reversed(earlier):
            if re.search(
                rf"\b{head}\b", f"{name.role} {name.name if name.type == 'organisation' else ''}", re.IGNORECASE
            ):
                return name
            if outlet and any(
                re.search(rf"\b{kind}$", f"{name.role} {name.name}", re.IGNORECASE) for kind in lists().outlets
            ):
                return name
        return next(
            (
                name
                for name in self.names
                if name.type == "person" and re.search(rf"\b{head}\b", name.role, re.IGNORECASE)
            ),
            None,
        )
