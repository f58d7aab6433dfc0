"""Who is meant where: names, pronouns and "the minister" at their places in the text.

Answers for what a stretch of text refers to. Does not know what is said about it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.draft.english import any_of, lists
from knowledge.draft.name import Name
from knowledge.draft.text import Paragraph, Sentence


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
        self._pattern = re.compile(rf"(?<![\w-]){any_of(self._by_words)}(?!\w)(?!-[a-z])")
        self._told = [
            (paragraph.number, [*self._outside_quotations(paragraph, sentence)])
            for paragraph in paragraphs
            for sentence in paragraph.sentences
        ]
        self._starts = [
            (paragraph.number, sentence.start) for paragraph in paragraphs for sentence in paragraph.sentences
        ]

    def _outside_quotations(self, paragraph: Paragraph, sentence: Sentence) -> Iterator[Mention]:
        """Whom a later "he" can mean: not those of whom a quotation speaks, and not Reed in "Reed's deputy"."""
        for mention in self.find(sentence.frame, sentence.start):
            if not is_owner(paragraph.frame, mention):
                yield mention

    def find(self, text: str, offset: int = 0) -> list[Mention]:
        """The names in a text, in order."""
        return [
            Mention(match.start() + offset, match.end() + offset, self._by_words[match[0]])
            for match in self._pattern.finditer(text)
        ]

    def person(self, gender: str, paragraph: int, place: int) -> Name | None:
        """Whom "he" or "she" means: the first person of the last sentence before that names one of that gender."""
        for mentions in self._before(paragraph, place):
            for mention in mentions:
                fits = gender in ("they", mention.name.gender) or mention.name.gender == "they"
                if mention.name.type == "person" and fits:
                    return mention.name
        return None

    def described(self, words: str, paragraph: int, place: int) -> Name | None:
        """Whom "the minister" or "the agency" means: the last named before who is one."""
        head = words.rsplit(maxsplit=1)[-1].lower()
        if head.endswith("-year-old"):
            return self.person("they", paragraph, place)
        if not {head} & (lists().role_heads | set(lists().outlets) | set(lists().bodies)):
            return None
        for mentions in self._before(paragraph, place):
            for mention in reversed(mentions):
                if _is_a(mention.name, head):
                    return mention.name
        return next((name for name in self.names if name.type == "person" and _is_a(name, head)), None)

    def _before(self, paragraph: int, place: int) -> Iterator[list[Mention]]:
        """The names before a place, sentence by sentence, the last sentence first."""
        for at in range(bisect_left(self._starts, (paragraph, place)) - 1, -1, -1):
            number, mentions = self._told[at]
            yield [mention for mention in mentions if (number, mention.start) < (paragraph, place)]


def _is_a(name: Name, head: str) -> bool:
    """Whether a noun says what somebody or something is; any outlet can be called an outlet or an agency."""
    said = f"{name.role} {name.name if name.type == 'organisation' else ''}".lower().split()
    return head in said or (head in lists().outlets and not {*said}.isdisjoint(lists().outlets))
