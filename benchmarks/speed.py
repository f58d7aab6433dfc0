"""Speed and size: cold start, memory, index build, and the time a question takes, beside other ways to find it.

    speed.py [ENTRIES ...]      sizes of the invented bases; 1,000, 10,000 and 100,000 where none is given

Every base and every way to search it is a process of its own. All figures of a table come from one run on one machine;
the ratios in the last column are what may be compared.
"""

import json
import pickle
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from rank import snapshot_of
from rich.console import Console
from rich.table import Table
from rivals import RIVALS

from bot.settings import SHIPPED
from knowledge.files import load
from knowledge.holder import built, restored
from knowledge.library import Library

ROOT = Path(__file__).parents[1]
SIZES = (0, 1_000, 10_000, 100_000)
"""Entries; 0 stands for the article."""
ASKED = 300
PATIENCE = 10.0
"""Seconds after which no more questions are asked of what is slow."""
OURS, KEPT = "citebot", "citebot, kept"
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


def article() -> list[dict[str, Any]]:
    """The shipped base as entries of the same layout."""
    library = Library.from_files(load(SHIPPED))
    return [{"id": entry.id, "texts": entry.phrasings, "answer": ""} for entry in library.entries]


def timed(ask: Callable[[str], object], questions: Sequence[str]) -> tuple[float, float]:
    """Median and 99th percentile of the time a question takes, in milliseconds."""
    taken: list[float] = []
    end = time.perf_counter() + PATIENCE
    for question in questions:
        start = time.perf_counter()
        if start > end and len(taken) > 2:
            break
        ask(question)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken), statistics.quantiles(taken, n=100, method="inclusive")[98]


def resident() -> float:
    """Megabytes of memory that this process has now."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def opened(
    name: str, size: int, entries: list[dict[str, Any]], texts: list[str], kept: Path
) -> Callable[[str], object]:
    """What answers questions about a base."""
    if name == KEPT:
        return restored(kept).ask
    if name in RIVALS:
        return RIVALS[name](texts)
    return (snapshot_of(entries) if size else built(Library.from_files(load(SHIPPED)))).ask


def measured(name: str, size: int, kept: Path) -> dict[str, float]:
    """Build time, memory and time a question of one way to search one base."""
    entries = invented(size) if size else article()
    texts = [text for entry in entries for text in entry["texts"]]
    clean = random.Random(2).sample(texts, min(ASKED, len(texts)))
    typed = [question[:-3] + question[-2:] for question in random.Random(3).sample(texts, len(clean))]
    before, start = resident(), time.perf_counter()
    ask = opened(name, size, entries, texts, kept)
    built, added = time.perf_counter() - start, resident() - before
    if name == OURS:
        kept.write_bytes(pickle.dumps(ask.__self__, pickle.HIGHEST_PROTOCOL))
    timed(ask, [f"{question} now" for question in clean[:20]])  # what is asked again is not read again
    (p50, p99), (typed50, typed99) = timed(ask, clean), timed(ask, typed)
    return {"build": built, "added": added, "p50": p50, "p99": p99, "typed50": typed50, "typed99": typed99}


def questions_table(sizes: Sequence[int]) -> Table:
    """Every way to search every base."""
    heads = ("entries", "by", "build s", "added MB", "p50 / p99 ms", "with typing errors", "p50 / ours")
    table = Table(*heads, title="A question")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            ours = 0.0
            for name in (OURS, KEPT, *RIVALS):
                command = [sys.executable, __file__, "--one", name, str(size), f"{folder}/kept"]
                row = json.loads(subprocess.check_output(command, cwd=ROOT))
                ours = ours or row["p50"]
                table.add_row(
                    f"{size:,}" if size else "article",
                    name,
                    f"{row['build']:.2f}",
                    f"{row['added']:.0f}",
                    f"{row['p50']:.2f} / {row['p99']:.2f}",
                    f"{row['typed50']:.2f} / {row['typed99']:.2f}",
                    f"{row['p50'] / ours:.1f}",
                )
            table.add_section()
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
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))))
    else:
        console = Console(width=100)
        console.print(process_table())
        console.print(questions_table([int(size) for size in sys.argv[1:]] or SIZES))
