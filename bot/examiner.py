"""Examining in a process of its own: seconds of work that no reader should wait for.

Answers for the other process, whatever ends it. What is examined, the engine knows.
"""

import signal
import traceback
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Lock

from knowledge import examination
from knowledge.examination import Examined
from knowledge.faults import Fault, KnowledgeError
from knowledge.snapshot import Snapshot

_CONTEXT = get_context("spawn")


class Examiner:
    """Examines bases, one at a time."""

    def __init__(self, *, drafts: bool) -> None:
        """`drafts`: whether entries that are marked as drafts answer."""
        self._drafts = drafts
        self._process: SpawnProcess | None = None
        self._closed = False
        self._changing = Lock()

    def examine(self, path: Path, instead: Mapping[Path, str | None], before: Snapshot) -> Examined:
        """Examines a base as `examination.examine` does, and waits for it; raises what that raises.

        Raises KnowledgeError, too, where the process was ended before it had a result.
        """
        ours, theirs = _CONTEXT.Pipe()
        with ours:
            # A new process each time: it takes half a second, and gives all its memory back.
            process = _CONTEXT.Process(target=_examine, args=(theirs,), daemon=True)
            with theirs:
                self._start(process, path)
            try:
                ours.send((path, dict(instead), before, self._drafts))
                result: Examined | Exception = ours.recv()
            except (EOFError, OSError):
                raise _broken_off(path) from None
            finally:
                process.join()
        if isinstance(result, Exception):
            raise result
        return result

    def close(self) -> None:
        """Ends what is begun, and begins nothing more."""
        with self._changing:
            self._closed = True
            if self._process:
                self._process.terminate()

    def _start(self, process: SpawnProcess, path: Path) -> None:
        with self._changing:
            if self._closed:
                raise _broken_off(path)
            process.start()
            self._process = process


def _broken_off(path: Path) -> KnowledgeError:
    return KnowledgeError([Fault(path, 0, "", "", "the examination was broken off; try again")])


def _examine(asker: Connection) -> None:
    """Examines what the asker sends, and sends back the result or what was raised."""
    # Ctrl-C is meant for the bot, which ends its processes itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    path, instead, before, drafts = asker.recv()
    try:
        result: Examined | Exception = examination.examine(path, drafts=drafts, instead=instead, before=before)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where it is waited for
        error.add_note(traceback.format_exc())
        result = error
    asker.send(result)
