"""What the bot has kept, printed: missed questions and figures.

Answers for finding and showing it. Keeps nothing itself; a question at the command line does without the database.
"""

from bot import settings as configuration
from handlers.faults import DataError
from handlers.feedback import Feedback
from handlers.insight import Insight
from handlers.misses import grouped
from handlers.store import Store
from knowledge.holder import Holder
from knowledge.snapshot import Snapshot


def misses() -> None:
    """Prints the missed questions, the most frequent first. Raises DataError."""
    groups = grouped(_feedback().misses())
    for group in groups:
        print(f"{len(group.misses)} × {group.question}")
    if not groups:
        print("no missed questions")


def stats(snapshot: Snapshot) -> None:
    """Prints what was asked in the last days. Raises DataError."""
    print(Insight(Holder(snapshot), _feedback()).stats().plain)


def _feedback() -> Feedback:
    folder = configuration.read().data_dir.resolve()
    if not folder.is_dir():
        raise DataError(
            f"{folder}: there is no such folder, so nothing is kept yet; set DATA_DIR where the bot keeps it elsewhere"
        )
    return Feedback(Store(folder))
