"""Examining in a process of its own: seconds of work that no reader should wait for.

Answers for the other process. What is examined, the engine knows.
"""

import signal
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from knowledge import examination
from knowledge.examination import Examined
from knowledge.snapshot import Snapshot


class Examiner:
    """Examines bases, one at a time."""

    def __init__(self, *, drafts: bool) -> None:
        """`drafts`: whether entries that are marked as drafts answer."""
        self._drafts = drafts
        # A new process each time: it takes half a second, and gives all its memory back.
        self._pool = ProcessPoolExecutor(
            1, mp_context=get_context("spawn"), initializer=_ignore_interrupts, max_tasks_per_child=1
        )

    def examine(self, path: Path, instead: Mapping[Path, str | None], before: Snapshot) -> Examined:
        """Examines a base as `examination.examine` does, and waits for it; raises what that raises."""
        return self._pool.submit(_examine, path, dict(instead), before, drafts=self._drafts).result()

    def close(self) -> None:
        """Ends what is begun."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _examine(path: Path, instead: dict[Path, str | None], before: Snapshot, *, drafts: bool) -> Examined:
    return examination.examine(path, drafts=drafts, instead=instead, before=before)


def _ignore_interrupts() -> None:
    """Ctrl-C is meant for the bot, which ends its processes itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
