"""How far a large base is loaded, for whoever waits at a terminal.

Answers for a bar on standard error while there is something to wait for. Loads nothing itself.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from knowledge.files import paths
from knowledge.outcomes import Entry
from knowledge.snapshot import Watched

LARGE = 1_200_000
"""Bytes of knowledge from which on loading takes a second or more: about 6,000 entries."""


@contextmanager
def shown(path: Path) -> Iterator[Watched]:
    """Shows how far the base at a path is, if it is large and standard error is a terminal; leaves no trace.

    Hands out what watches the entries as they are read: only of these it is known how many there are.
    """
    if not (sys.stderr.isatty() and _size(path) >= LARGE):
        yield iter
        return
    from rich.console import Console  # noqa: PLC0415 - small bases do without
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as progress:
        files = progress.add_task("Reading files", total=None)

        def watched(entries: Sequence[Entry]) -> Iterable[Entry]:
            progress.remove_task(files)
            yield from progress.track(entries, description="Reading entries")
            progress.add_task("Finishing", total=None)

        yield watched


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in paths(path) if file.is_file())
