"""The product's matcher behind the JSON lines of a ranking benchmark.

Reads one object a line and answers each with one line:
    {"op": "load", "entries": [{"id", "texts", "answer"}]}  ->  {"ok": true}
    {"op": "query", "id", "q"}  ->  {"id", "ranked": [[entry, score], ...], "confidence"}
"""

import json
import sys
from datetime import UTC, datetime
from typing import Any

from knowledge.holder import built
from knowledge.library import Library
from knowledge.outcomes import Article, Entry
from knowledge.question import NOTHING_ASKED
from knowledge.snapshot import Snapshot

ARTICLE = Article("bench", "Benchmark", "nobody", None, datetime(2024, 1, 1, tzinfo=UTC), None, "en", "", "", ())


def snapshot_of(rows: list[dict[str, Any]]) -> Snapshot:
    """A knowledge base in memory from the benchmark's entries."""
    entries = (
        Entry(row["id"], ARTICLE, row.get("answer") or "", NOTHING_ASKED, tuple(row["texts"]), None) for row in rows
    )
    return built(Library(articles=(ARTICLE,), entries=tuple(entries)))


def ranked(snapshot: Snapshot, question: str) -> dict[str, Any]:
    """The entries nearest to a question and the confidence that the first answers it."""
    best = snapshot.best(question)
    return {
        "ranked": [[snapshot.entries[candidate.entry].id, candidate.score] for candidate in best.candidates[:10]],
        "confidence": best.confidence,
    }


def main() -> None:
    """Serves standard input until it ends."""
    snapshot = Snapshot.empty()
    for line in sys.stdin:
        message = json.loads(line)
        if message["op"] == "load":
            snapshot = snapshot_of(message["entries"])
            reply: dict[str, Any] = {"ok": True}
        else:
            reply = {"id": message["id"], **ranked(snapshot, message["q"])}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
