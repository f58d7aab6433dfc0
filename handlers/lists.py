"""What commands without words list: people, places, the timeline, who is quoted.

Answers for what is in a list and its order. How a page of it looks is for the renderer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers.taps import Choose, Pick, Tap
from handlers.texts import dated_as, say, title_line
from knowledge.outcomes import Article, Entry
from knowledge.snapshot import Snapshot

PAGE = 8
"""Items on a page: what a telephone shows without scrolling."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list, with the article that it is from."""

    line: str
    article: Article
    label: str = ""
    """What its button says; empty where the line says it all."""
    tap: Tap | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list under the command that shows it."""

    name: str
    title: str
    items: Sequence[Item]

    @property
    def pages(self) -> int:
        """How many pages it has, at least one."""
        return max(1, -(-len(self.items) // PAGE))

    def page(self, number: int) -> Sequence[Item]:
        """The items of a page, counted from 0."""
        return self.items[number * PAGE : (number + 1) * PAGE]


def listing(snapshot: Snapshot, name: str) -> Listing | None:
    """The list that a command shows; None where the command has none."""
    build = _LISTS.get(name)
    return build(snapshot) if build else None


def _people(snapshot: Snapshot) -> Listing:
    return Listing("who", say("people"), _described(snapshot, "person"))


def _places(snapshot: Snapshot) -> Listing:
    return Listing("where", say("places"), _described(snapshot, "place"))


def _timeline(snapshot: Snapshot) -> Listing:
    dated = sorted((entry.when, at, entry) for at, entry in enumerate(snapshot.entries) if entry.when)
    return Listing(
        "when", say("timeline"), [Item(f"{dated_as(when)}: {entry.answer}", entry.article) for when, _, entry in dated]
    )


def _quotes(snapshot: Snapshot) -> Listing:
    quotes = [entry for entry in snapshot.entries if entry.speaker and len(entry.answer.split()) > 3]
    quotes.sort(key=lambda entry: entry.speaker or "")
    items = [_item(f"{entry.speaker}, {entry.context or entry.question}", entry, entry.question) for entry in quotes]
    return Listing("quote", say("quotes"), items)


def _articles(snapshot: Snapshot) -> Listing:
    items = [Item(title_line(article), article, article.title, Choose(article.id)) for article in snapshot.articles]
    return Listing("articles", say("articles"), items)


def _described(snapshot: Snapshot, type_: str) -> list[Item]:
    return [_item(entry.answer, entry, entry.answer.partition(":")[0]) for entry in snapshot.catalogue.described(type_)]


def _item(line: str, entry: Entry, label: str) -> Item:
    return Item(line, entry.article, label, Pick(entry.id))


_LISTS: dict[str, Callable[[Snapshot], Listing]] = {
    "who": _people,
    "where": _places,
    "when": _timeline,
    "quote": _quotes,
    "articles": _articles,
}
