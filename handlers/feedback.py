"""What readers thought of the answers and what they missed, kept in SQLite without storing who they are.

Answers for the file, its layout, how long things are kept and what is never in them. Does not know Telegram; a voter
is a number, a question comes without anything personal already.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from threading import Lock

from handlers.store import Store

KEPT_DAYS = 90
"""How long missed questions are kept."""
ASKED = ("answered", "choices", "left open", "declined")
"""Outcomes of questions; what else is counted are commands, greetings and answers that did not help."""
_SEEN = 1_000
_AT_A_TIME = 50
_ADD_VOTE = "INSERT INTO votes VALUES (:entry, :wording, :voter, :up) ON CONFLICT DO NOTHING"
_CHANGE_VOTE = "UPDATE votes SET up = :up WHERE entry = :entry AND wording = :wording AND voter = :voter AND up <> :up"
_ADD_DAY = "INSERT INTO days VALUES (?, ?, ?) ON CONFLICT (day, outcome) DO UPDATE SET count = count + excluded.count"
_ADD_GIVEN = "INSERT INTO given VALUES (?, ?) ON CONFLICT (entry) DO UPDATE SET count = count + excluded.count"
_LAYOUT = (
    """CREATE TABLE IF NOT EXISTS votes (
        entry TEXT NOT NULL, wording TEXT NOT NULL, voter TEXT NOT NULL, up INTEGER NOT NULL,
        PRIMARY KEY (entry, wording, voter)
    ) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS misses (id INTEGER PRIMARY KEY, day TEXT NOT NULL, question TEXT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS days (
        day TEXT NOT NULL, outcome TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (day, outcome)
    ) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS given (entry TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID",
)


class Ballot(Enum):
    """What a vote is beside the voter's earlier one on the same wording."""

    FIRST = auto()
    CHANGED = auto()
    SAME = auto()


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on one wording of an answer."""

    entry: str
    wording: str
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that got no answer, or one that did not help."""

    id: int
    question: str


class Feedback:
    """Votes, misses and counts in a folder of their own."""

    def __init__(self, store: Store, today: Callable[[], date] = date.today) -> None:
        self._store = store
        self._today = today
        self._counted: Counter[tuple[str, str]] = Counter()
        self._given: Counter[str] = Counter()
        self._counting = Lock()
        """Held while the two change: an editor's thread may read while readers are counted."""
        self._forgot: date | None = None
        for table in _LAYOUT:
            store.run(table)
        self._forget()

    def vote(self, entry: str, wording: str, voter: int, *, up: bool) -> Ballot:
        """Counts a vote, of a voter's on one wording only the last."""
        cast = {"entry": entry, "wording": wording, "voter": self._store.hidden(voter, entry, wording), "up": up}
        if self._store.run(_ADD_VOTE, cast).rowcount:
            return Ballot.FIRST
        return Ballot.CHANGED if self._store.run(_CHANGE_VOTE, cast).rowcount else Ballot.SAME

    def votes(self) -> list[Tally]:
        """The votes on each answer, the most voted first."""
        rows = self._store.run(
            "SELECT entry, wording, sum(up), sum(1 - up) FROM votes "
            "GROUP BY entry, wording ORDER BY count(*) DESC, entry"
        )
        return [Tally(*row) for row in rows]

    def miss(self, question: str) -> None:
        """Keeps a question, which must hold nothing personal, and forgets those that were kept long enough."""
        self._forget()
        self._store.run("INSERT INTO misses (day, question) VALUES (?, ?)", (self._today().isoformat(), question))

    def misses(self) -> list[Miss]:
        """What is kept, the newest first, as many as an editor may ever want to see."""
        self._forget()
        rows = self._store.run("SELECT id, question FROM misses ORDER BY id DESC LIMIT ?", (_SEEN,))
        return [Miss(*row) for row in rows]

    def _forget(self) -> None:
        today = self._today()
        if today != self._forgot:
            oldest = (today - timedelta(days=KEPT_DAYS)).isoformat()
            self._store.run("DELETE FROM misses WHERE day < ?", (oldest,))
            self._forgot = today

    def settle(self, misses: Sequence[int]) -> None:
        """Forgets questions that were seen to."""
        for id_ in misses:
            self._store.run("DELETE FROM misses WHERE id = ?", (id_,))

    def count(self, outcome: str, entry: str | None = None) -> None:
        """Counts what a message came to, and the entry that was given; written down a few dozen at a time."""
        with self._counting:
            self._counted[self._today().isoformat(), outcome] += 1
            if entry:
                self._given[entry] += 1
            enough = self._counted.total() >= _AT_A_TIME
        if enough:
            self.flush()

    def flush(self) -> None:
        """Writes down what was counted."""
        with self._counting:
            counted, self._counted = self._counted, Counter()
            given, self._given = self._given, Counter()
        for (day, outcome), count in counted.items():
            self._store.run(_ADD_DAY, (day, outcome, count))
        for entry, count in given.items():
            self._store.run(_ADD_GIVEN, (entry, count))

    def days(self, last: int) -> list[tuple[str, dict[str, int]]]:
        """Counts of outcomes for each of the last days, the newest last; days without any are in it too."""
        self.flush()
        days = [(self._today() - timedelta(days=back)).isoformat() for back in range(last - 1, -1, -1)]
        counts: dict[str, dict[str, int]] = {day: {} for day in days}
        rows = self._store.run("SELECT day, outcome, count FROM days WHERE day >= ?", (days[0],))
        for day, outcome, count in rows:
            counts.setdefault(day, {})[outcome] = count
        return sorted(counts.items())

    def given(self, most: int) -> list[tuple[str, int]]:
        """The entries that were given most often, with how often."""
        self.flush()
        rows = self._store.run("SELECT entry, count FROM given ORDER BY count DESC, entry LIMIT ?", (most,))
        return [(entry, count) for entry, count in rows]
