"""Speed and size: cold start, memory, index build, and the time a question takes, beside a scan with rapidfuzz.

Every figure of a table comes from one run on one machine; the ratio in the last column is what may be compared.
"""

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from rank import snapshot_of
from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from bot.settings import SHIPPED
from knowledge.holder import open_base

ROOT = Path(__file__).parents[1]
SIZES = (50, 1_000, 10_000)
ASKED = 200
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is", "on")]


def invented(size: int, seed: int = 1) -> list[dict[str, Any]]:
    """Entries of three phrasings each, over words whose frequency falls as in natural text (Zipf)."""
    random_ = random.Random(seed)
    words = ["".join(random_.choices(_SYLLABLES, k=random_.randint(2, 3))) for _ in range(size // 2 + 400)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    entries = []
    for number in range(size):
        subject = random_.choices(words, cum_weights=weights, k=5)
        texts = [
            " ".join(["what", "is", *random_.sample(subject, 4), *random_.choices(words, cum_weights=weights, k=2)])
            for _ in range(3)
        ]
        entries.append({"id": f"e{number}", "texts": texts, "answer": " ".join(subject)})
    return entries


def timed(ask: Callable[[str], object], questions: Sequence[str]) -> tuple[float, float]:
    """Median and 99th percentile of the time a question takes, in milliseconds."""
    taken = []
    for question in questions:
        start = time.perf_counter()
        ask(question)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def questions_table() -> Table:
    """Time a question by size of the base."""
    table = Table("entries", "build s", "p50 ms", "p99 ms", "scan p50 ms", "scan / ours", title="A question")
    shipped = open_base(SHIPPED)
    texts = [text for entry in shipped.entries for text in entry.phrasings]
    bases = [(f"article, {len(shipped.entries)}", texts, lambda: shipped)]
    for size in SIZES:
        entries = invented(size)
        rows = [text for entry in entries for text in entry["texts"]]
        bases.append((f"{size:,}", rows, lambda entries=entries: snapshot_of(entries)))
    for name, rows, build in bases:
        start = time.perf_counter()
        snapshot = build()
        built = time.perf_counter() - start
        questions = random.Random(2).sample(rows, min(ASKED, len(rows)))
        questions = [question[:-3] + question[-2:] for question in questions]  # a typing error in each
        timed(snapshot.ask, questions[:20])
        p50, p99 = timed(snapshot.ask, questions)
        scan, _ = timed(lambda q, rows=rows: process.extractOne(q, rows, scorer=fuzz.token_set_ratio), questions[:50])
        table.add_row(name, f"{built:.2f}", f"{p50:.2f}", f"{p99:.2f}", f"{scan:.2f}", f"{scan / p50:.1f}")
    return table


def process_table() -> Table:
    """Cold start of one answer, and the memory of a chat, each as a process of its own."""
    table = Table("process", "seconds", "resident MB", title="Processes")
    program = (
        "import resource, subprocess, sys, time; t = time.perf_counter();"
        "subprocess.run(sys.argv[1:], input=b'who came along with putin?\\n', capture_output=True, check=True);"
        "print(time.perf_counter() - t, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    for arguments in (("ask", "who came along with putin?"), ("chat",)):
        runs = [
            [
                *map(
                    float,
                    subprocess.check_output(
                        [sys.executable, "-c", program, sys.executable, "-m", "bot", *arguments], cwd=ROOT
                    ).split(),
                )
            ]
            for _ in range(5)
        ]
        seconds, memory = (statistics.median(column) for column in zip(*runs, strict=True))
        table.add_row(f"citebot {arguments[0]}", f"{seconds:.2f}", f"{memory:.0f}")
    return table


if __name__ == "__main__":
    console = Console()
    console.print(process_table())
    console.print(questions_table())
