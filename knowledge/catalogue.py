"""The entries as a reader may browse them: what belongs beside an entry, what comes next, what is offered first.

Answers for the order of the files and for what the editors link. Does not search.
"""

from array import array
from bisect import bisect_right
from collections.abc import Sequence

from knowledge.outcomes import Article, Entry

FIRST = 6
"""How many questions are suggested where the editors suggest none."""
RELATED = 2
"""How many related entries an answer shows: more than that hides the answer itself."""


class Catalogue:
    """Entries in the order of the files."""

    def __init__(self, entries: Sequence[Entry], articles: Sequence[Article]) -> None:
        """`articles`: in the order in which their suggestions are offered."""
        self._entries = entries
        self._articles = articles
        self._at = {entry.id: at for at, entry in enumerate(entries)}
        self._neighbours: dict[tuple[str, int | None], array[int]] = {}
        for at, entry in enumerate(entries):
            if not entry.left_open:
                self._neighbours.setdefault(_place(entry), array("i")).append(at)

    def number(self, entry: Entry) -> int:
        """The place of an entry, from 0."""
        return self._at[entry.id]

    def beside(self, entry: Entry) -> tuple[Entry, ...]:
        """The entries that the editor wants shown beside one."""
        return self._known(entry.see)

    def related(self, entry: Entry) -> tuple[Entry, ...]:
        """What a reader may ask next: what the editor wants shown beside it, then what its paragraph says next."""
        at, near = self._at[entry.id], self._neighbours.get(_place(entry), array("i"))
        start = bisect_right(near, at)
        around = [near[(start + step) % len(near)] for step in range(min(len(near), RELATED))]
        after = tuple(self._entries[other] for other in around if other != at)
        return tuple(dict.fromkeys(self.beside(entry) + after))[:RELATED]

    def further(self, entry: Entry) -> Entry | None:
        """What an article tells after an entry: something related, else whatever comes next; never what came before."""
        at = self._at[entry.id]
        rest = (other for other in self._entries[at + 1 :] if not other.left_open and other.article == entry.article)
        return next((other for other in self.related(entry) if self._at[other.id] > at), None) or next(rest, None)

    def suggested(self) -> tuple[Entry, ...]:
        """What the editors offer as first questions, else the first that the articles answer."""
        offered = dict.fromkeys(entry for article in self._articles for entry in self._known(article.suggested))
        return tuple(offered) or tuple(entry for entry in self._entries[:FIRST] if not entry.left_open)

    def described(self, type_: str) -> tuple[Entry, ...]:
        """Who or what the persons, places or whatever else are, in the order of the files."""
        return tuple(entry for entry in self._entries if entry.describes == type_)

    def _known(self, ids: Sequence[str]) -> tuple[Entry, ...]:
        return tuple(self._entries[self._at[id_]] for id_ in ids if id_ in self._at)


def _place(entry: Entry) -> tuple[str, int | None]:
    return entry.article.id, entry.paragraph
