"""What Prometheus is told: how many updates, what became of them, how long they took.

Answers for names and meanings. Holds no text and no ids.
"""

from prometheus_client import Counter, Gauge, Histogram

from handlers.conversation import Turn

OUTCOMES = Counter("citebot_outcomes", "Messages that were for the bot, by what they came to.", ["outcome"])
HANDLING = Histogram(
    "citebot_handling_seconds",
    "Time from taking an update to having replied.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60),
)
SKIPPED = Counter("citebot_skipped_updates", "Updates that could not be read.")
ENTRIES = Gauge("citebot_entries", "Entries of the knowledge in force.")


def observe(turn: Turn) -> None:
    """Counts what a message came to."""
    OUTCOMES.labels(type(turn.outcome).__name__.lower() if turn.outcome else "command").inc()
