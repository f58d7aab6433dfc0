"""What an editor does with knowledge files from the chat: reload, check, apply, undo.

Answers for deciding and wording. Every change is examined as a whole before it is written, written before it answers.
Knows no Telegram; takes seconds, so whoever calls keeps it off the event loop.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TypeVar

from handlers.render import Button, Reply
from handlers.taps import Decision
from handlers.texts import say
from knowledge.disk import replaced
from knowledge.document import decoded
from knowledge.examination import Changes, Examined, version
from knowledge.faults import KnowledgeError
from knowledge.files import parse
from knowledge.holder import Holder
from knowledge.shelf import ChangedSinceError, Shelf
from knowledge.snapshot import Snapshot

Examine = Callable[[Path, Mapping[Path, str | None], Snapshot], Examined]
"""Examines the base at a path, some files replaced, and compares it with a snapshot; see `examination.examine`."""
_Done = TypeVar("_Done")
_NAMED = 12
"""How many entries or questions of a kind a report names."""


class Newsroom:
    """The files of a bot, in an editor's hands."""

    def __init__(self, holder: Holder, shelf: Shelf, proposals: Path, examine: Examine) -> None:
        """`proposals`: the folder where files wait that were sent and are not yet applied."""
        self._holder = holder
        self._shelf = shelf
        self._proposals = proposals
        self._examine = examine
        self.loaded = time.monotonic()
        """When the knowledge in force was taken over."""

    @property
    def version(self) -> str:
        """The version of the knowledge in force."""
        return version(self._holder.snapshot)

    def reload(self) -> Reply:
        """Takes over what is on disk, if it has no fault."""
        return self._examined({}, lambda examined: self._take(examined, say("reloaded")))

    def check(self) -> Reply:
        """Examines what is on disk, and changes nothing."""
        return self._examined({}, lambda examined: self._report(examined, say("checked")))

    def propose(self, content: bytes) -> Reply:
        """Examines a file that was sent, and offers to apply it."""
        try:
            text = decoded(content, Path(say("your_file")))
        except KnowledgeError as error:
            return refusal(error)
        proposal = hashlib.sha256(content).hexdigest()[:8]

        def offered(_: Path, examined: Examined) -> Reply:
            self._proposals.mkdir(parents=True, exist_ok=True)
            with replaced(self._waiting(proposal)) as file:
                file.write(text.encode())
            choices = (("apply", True), ("drop", False))
            buttons = tuple(Button(say(word), Decision(proposal, apply)) for word, apply in choices)
            return replace(self._report(examined, say("proposed")), buttons=buttons)

        return self._placed(text, offered)

    def decide(self, decision: Decision) -> Reply:
        """Applies a file that waits, or drops it."""
        waiting = self._waiting(decision.proposal)
        if not waiting.exists():
            return gone(say("proposal_gone"))
        text = waiting.read_bytes().decode()

        def applied(path: Path, examined: Examined) -> Reply:
            self._shelf.put(path, text)
            waiting.unlink()
            return self._take(examined, say("applied", file=path.name))

        if decision.apply:
            return self._placed(text, applied)
        waiting.unlink()
        return report(say("dropped"))

    def undo(self) -> Reply:
        """Brings back what the last applied file, or the last addition, replaced."""
        backup = self._shelf.newest()
        if backup is None:
            return report(say("nothing_to_undo"))

        def undone(examined: Examined) -> Reply:
            try:
                self._shelf.restore(backup)
            except ChangedSinceError:
                return report(say("changed_since", file=backup.file.name))
            return self._take(examined, say("undone", file=backup.file.name))

        try:
            text = None if backup.content is None else decoded(backup.content, backup.file)
        except KnowledgeError as error:
            return refusal(error)
        return self._examined({backup.file: text}, undone)

    def write(self, path: Path, text: str) -> Reply | None:
        """Writes a file that the bot itself composed; the reply where it was refused, None where it answers now."""

        def written(examined: Examined) -> None:
            self._shelf.put(path, text)
            self._take(examined, "")

        return self._examined({path: text}, written)

    def _placed(self, text: str, then: Callable[[Path, Examined], Reply]) -> Reply:
        """Examines the base with a file in its place."""
        try:
            article = parse(text, Path(say("your_file"))).content.article.id
        except KnowledgeError as error:
            return refusal(error)
        path = self._shelf.place_of(article)
        return self._examined({path: text}, lambda examined: then(path, examined))

    def _examined(self, instead: Mapping[Path, str | None], then: Callable[[Examined], _Done]) -> _Done | Reply:
        """Examines the base as it would be; `then` is done with it if it has no fault."""
        try:
            return then(self._examine(self._shelf.base, instead, self._holder.snapshot))
        except KnowledgeError as error:
            return refusal(error)
        except OSError as error:
            return report(say("not_written", problem=error.strerror or type(error).__name__))

    def _take(self, examined: Examined, title: str) -> Reply:
        """Makes an examined base the one that answers."""
        told = self._report(examined, title)
        self._holder.snapshot = examined.snapshot
        self.loaded = time.monotonic()
        return told

    def _report(self, examined: Examined, title: str) -> Reply:
        return report(title, _changes(examined.changes, examined.snapshot))

    def _waiting(self, proposal: str) -> Path:
        return self._proposals / f"{proposal}.yaml"


def report(title: str, lines: Iterable[str] = ()) -> Reply:
    """A title with lines of plain text under it."""
    return Reply("\n".join((f"<b>{escape(title)}</b>", *map(escape, lines))))


def gone(title: str) -> Reply:
    """What a button is for was seen to before."""
    return replace(report(title), gone=True)


def refusal(error: KnowledgeError) -> Reply:
    """Why a base was refused: every fault, with the file's name but not its folder."""
    faults = (str(replace(fault, path=Path(fault.path.name))) for fault in error.faults)
    return replace(report(say("refused"), faults), refused=True)


def _changes(changes: Changes, snapshot: Snapshot) -> Iterator[str]:
    yield say("entries", count=str(len(snapshot.entries)))
    if not changes:
        yield say("unchanged")
    for key, ids in (("added", changes.added), ("changed", changes.changed), ("removed", changes.removed)):
        if ids:
            yield say(f"entries_{key}", count=str(len(ids)), ids=_some(ids))
    if changes.moved:
        yield say("moved", count=str(len(changes.moved)))
        for move in changes.moved[:_NAMED]:
            nothing = say("no_entry")
            yield f"“{move.question}”: {move.before or nothing} → {move.after or nothing}"


def _some(ids: tuple[str, ...]) -> str:
    return ", ".join(ids[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
