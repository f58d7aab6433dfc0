"""A base examined as a whole before it answers: its faults, and what it would change.

Answers for the order of examining and for comparing two states. Each single fault is `files`' and `audit`'s to find.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge import document, markup, tree
from knowledge.audit import own_questions, structure
from knowledge.faults import Fault, KnowledgeError
from knowledge.files import LoadedFile, load
from knowledge.holder import built
from knowledge.library import Library
from knowledge.outcomes import Answer, NoAnswer
from knowledge.snapshot import Snapshot, Watched
from knowledge.verification import against_text, text_beside, text_meant


@dataclass(frozen=True, slots=True)
class Moved:
    """A phrasing that is answered from another entry than before; None stands for no answer."""

    question: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two states of a base, by ids of entries."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[Moved, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.moved)


@dataclass(frozen=True, slots=True)
class Examined:
    """A base without faults."""

    snapshot: Snapshot
    changes: Changes
    """What differs from the snapshot that it was compared with."""
    entries: int
    """How many entries answer."""
    phrasings: int
    """Questions in the files."""
    compared: int
    """How many of the files were compared with their article's text."""
    notes: tuple[Fault, ...]
    """What is no fault, but may be an oversight."""


def examine(
    path: Path,
    *,
    text: Path | None = None,
    drafts: bool = False,
    instead: Mapping[Path, str | None] | None = None,
    before: Snapshot | None = None,
    watched: Watched = iter,
) -> Examined:
    """The base at a path, with its own questions asked.

    `text`: the article's; `drafts`: whether drafts answer; `instead`: see `files.load`; `before`: what it is compared
    with; `watched`: see `holder.open_base`.

    Raises KnowledgeError with every fault.
    """
    files = load(path, instead)
    faults: list[Fault] = structure(files)
    notes: list[Fault] = []
    if text and len(files) > 1:
        problem = (
            f"one article's text is given for {len(files)} knowledge files: name one of them, or put each text beside"
        )
        raise KnowledgeError([Fault(path, 0, "", "", problem)])
    texts = {file.path: beside for file in files if (beside := text or text_beside(file))}
    ids = {file.content.article.id for file in files}
    for file in files:
        wrong, unused = _beside(file, texts[file.path]) if file.path in texts else ([], _alone(file, ids))
        faults += wrong
        notes += [*unused, *_torn(file)]
    if faults:
        raise KnowledgeError(faults)
    whole, served = Library.from_files(files, drafts=True), Library.from_files(files, drafts=drafts)
    snapshot = built(whole, watched)
    faults += own_questions(files, snapshot)
    if faults:
        raise KnowledgeError(faults)
    answering = snapshot if served == whole else built(served)
    changes = _compared(before or Snapshot.empty(), answering)
    contents = [file.content for file in files]
    return Examined(
        answering,
        changes,
        entries=len(answering.entries),
        phrasings=sum(len(node.questions) for content in contents for node in content.nodes),
        compared=len(texts),
        notes=tuple(notes),
    )


def _compared(before: Snapshot, after: Snapshot) -> Changes:
    """What changes from one snapshot to another; asks both everything that an editor wrote down."""
    old, new = before.by_id, after.by_id
    return Changes(
        added=tuple(id_ for id_ in new if id_ not in old),
        changed=tuple(id_ for id_ in new if id_ in old and new[id_] != old[id_]),
        removed=tuple(id_ for id_ in old if id_ not in new),
        moved=tuple(_moved(before, after)) if before.entries != after.entries else (),
    )


def _moved(before: Snapshot, after: Snapshot) -> Iterator[Moved]:
    for entry in before.entries:
        for text in entry.phrasings if entry.id in after.by_id else ():
            given = _given(after, text)
            # What is answered from its own entry was so before, or has been mended.
            if given != entry.id and (earlier := _given(before, text)) != given:
                yield Moved(text, earlier, given)


def version(snapshot: Snapshot) -> str:
    """Eight hexadecimal digits that change with anything that readers get to see."""
    digest = hashlib.sha256()
    for entry in snapshot.entries:
        shown = (entry.id, entry.answer, entry.according_to, entry.paragraph, entry.status, entry.phrasings)
        digest.update(repr(shown).encode())
    digest.update(repr((snapshot.library.entities, snapshot.library.synonyms)).encode())
    return digest.hexdigest()[:8]


def _given(snapshot: Snapshot, text: str) -> str | None:
    outcome = snapshot.ask(text)
    return outcome.entry.id if isinstance(outcome, Answer | NoAnswer) and outcome.entry else None


def _beside(file: LoadedFile, path: Path) -> tuple[list[Fault], list[Fault]]:
    """The faults that the article's text shows, and what may be an oversight."""
    from knowledge.draft import comparison, source  # noqa: PLC0415 - where there is no article, nothing needs it

    article = source.read(path) if path.suffix.lower() in source.SUFFIXES else source.from_text(document.read(path))
    faults = [*against_text(file, article.text), *comparison.against_head(file, article)]
    return faults, list(comparison.uncited(file, article))


def _torn(file: LoadedFile) -> Iterator[Fault]:
    for place, line, problem in markup.torn(file.tree):
        yield Fault(file.path, line, tree.entry(file.tree, place), tree.field(place), problem)


def _alone(file: LoadedFile, ids: Collection[str]) -> Iterator[Fault]:
    """The text that may be the article's although it has another name."""
    text = text_meant(file, ids)
    if text:
        id_ = file.content.article.id
        problem = f"is {text.name} the article's text? Then the id must be {text.stem}, or the text {id_}.txt"
        yield file.fault(("article", "id"), "", "id", problem)
