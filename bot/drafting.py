"""The command that drafts a knowledge file from an article.

Answers for files, progress and what the editor is told. Leaves drafting to `knowledge.draft`.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from knowledge.disk import replaced
from knowledge.draft import source as articles
from knowledge.draft import writer
from knowledge.draft.drafter import Draft, compose, lost, without, without_entries
from knowledge.draft.reading import slug
from knowledge.draft.revision import revised
from knowledge.draft.source import Source
from knowledge.faults import Fault, KnowledgeError
from knowledge.files import parse
from knowledge.verification import against_text


def draft(article: Path, out: Path | None, *, verbatim: bool) -> None:
    """Drafts a knowledge file into `out`, or to standard output; an existing draft is brought up to date.

    Raises KnowledgeError where the article or the file cannot be used.
    """
    source = articles.read(article)
    old = _text(out) if out and out.exists() else None
    with Progress(console=Console(stderr=True), transient=True) as progress:

        def track(items: Iterable[Any], what: str) -> Iterable[Any]:
            return progress.track(items, description=what)

        composed = compose(source, slug(article.stem), verbatim=verbatim, track=track)
        sound = without_entries(composed.content, _unfounded(composed, source, article))
        content = without(sound, lost(sound, track))
    drafted = Draft(content, composed.todos, composed.notes)
    if out is None:
        sys.stdout.write(writer.render(drafted))
    elif old is None:
        _write(out, writer.render(drafted))
    else:
        _revise(out, old, drafted, source)
    _tell(drafted, out)


def _unfounded(composed: Draft, source: Source, article: Path) -> set[str]:
    """Entries in which the check would find what the article doesn't say: rules err, a draft must not."""
    file = parse(writer.render(composed), article)
    return {fault.entry for fault in against_text(file, source.text)}


def _revise(out: Path, text: str, drafted: Draft, source: Source) -> None:
    revision = revised(parse(text, out), text, drafted, source)
    parse(revision.text, out)
    _write(out, revision.text)
    for fault in revision.disagreeing:
        print(f"no longer agrees with the article: {fault}", file=sys.stderr)


def _text(path: Path) -> str:
    """What stands in a file, as far as it is knowledge; anything else must not be overwritten."""
    faults: Sequence[Fault] = ()
    try:
        text = path.read_bytes().decode("utf-8-sig")
        parse(text, path)
    except KnowledgeError as error:
        faults = error.faults
    except (OSError, UnicodeDecodeError):
        faults = [Fault(path, 0, "", "", "cannot be read as text")]
    if faults:
        problem = "exists and is no sound knowledge file: mend it or choose another --out"
        raise KnowledgeError([Fault(path, 0, "", "", problem), *faults])
    return text


def _write(path: Path, text: str) -> None:
    """Writes all or nothing: an editor's work may stand there."""
    try:
        with replaced(path) as file:
            file.write(text.encode())
    except OSError as error:
        raise KnowledgeError([Fault(path, 0, "", "", f"cannot be written: {error.strerror}")]) from None


def _tell(drafted: Draft, out: Path | None) -> None:
    content = drafted.content
    counts = f"{len(content.entities)} names, {len(content.facts)} facts, {len(content.quotes)} quotations"
    print(f"drafted {counts}; {len(drafted.todos)} sentences are left to put in your own words", file=sys.stderr)
    if out:
        print(f"next: finish {out}, then citebot check {out}", file=sys.stderr)
