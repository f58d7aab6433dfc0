"""What each command of the command line does.

Answers for input and output. Leaves questions to `handlers`, the terminal chat to `bot.terminal`.
"""

import gc
import json
import time
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from bot import progress, scorecard, terminal
from bot import settings as configuration
from bot.settings import Settings
from bot.terminal import InputError
from handlers.conversation import Conversation
from knowledge import explanation
from knowledge.examination import examine
from knowledge.holder import Holder, open_base
from knowledge.schema import KnowledgeFile
from knowledge.snapshot import Snapshot

console = Console()
_COLLECTED = 50_000
"""New objects after which the garbage collector looks at them: those of a few dozen updates."""


def run(path: Path | None) -> None:
    """Starts Telegram or, without a token, the terminal chat."""
    settings = configuration.read()
    if path:
        settings = settings.model_copy(update={"knowledge_path": path})
    snapshot = _opened(settings, settings.knowledge_path)
    if settings.bot_token:
        from bot import service  # noqa: PLC0415 - a fifth of a second that the terminal does not need

        # What was loaded stays, and what an update leaves behind is freed by counting references: to look for more is
        # seldom worth the time that somebody waits.
        gc.freeze()
        gc.set_threshold(_COLLECTED)
        service.run(settings, Holder(snapshot))
    else:
        terminal.chat(Conversation(Holder(snapshot)), hint=True)


def chat(path: Path | None) -> None:
    """Starts the terminal chat."""
    terminal.chat(Conversation(Holder(_open(path))))


def ask(path: Path | None, question: str) -> None:
    """Prints the answer to one question."""
    terminal.show(Conversation(Holder(_open(path))).reply(question))


def ask_lines(path: Path | None) -> None:
    """Answers JSON lines from standard input.

    Raises InputError at the first line that is not a JSON object with "id" and "q".
    """
    snapshot = _open(path)
    conversation = Conversation(Holder(snapshot))
    for number, line in enumerate(terminal.lines(), 1):
        try:
            row = json.loads(line)
            id_, question = row["id"], str(row["q"])
        except (ValueError, TypeError, KeyError):
            raise InputError(f'line {number}: expected a JSON object with "id" and "q"') from None
        start = time.perf_counter()
        answered = conversation.turn(question)
        row = {
            "id": id_,
            "answered": answered.reply.answered,
            "entry": answered.entry,
            "confidence": round(answered.confidence, 3),
            "reply": answered.reply.plain,
            "source": answered.source,
            "choices": list(answered.choices),
            "ms": round(1000 * (time.perf_counter() - start), 3),
        }
        print(json.dumps(row, ensure_ascii=False), flush=True)


def explain(path: Path | None, question: str) -> None:
    """Prints why a question is answered as it is."""
    why = explanation.explain(_open(path), question)
    words = Table("term", "role", "weight", "read as", title="Question", title_justify="left")
    for term in why.terms:
        meant = ", ".join(f"{key} {factor:.2f}" for key, factor in term.read_as) or "unknown"
        words.add_row(escape(term.typed), term.role, f"{term.weight:.2f}", escape(meant))
    console.print(words)
    console.print(f"Language: {why.language}. Asks for: {', '.join(why.kinds) or 'nothing in particular'}.")
    near = Table("entry", "score", "best phrasing", title="Nearest entries", title_justify="left")
    for row in why.near:
        near.add_row(row.name, f"{row.score:.3f}", escape(row.phrasing))
    console.print(near)
    if why.evidence:
        weighed = Table("evidence", "value", "weight", "adds", title="On the first", title_justify="left")
        for part in why.evidence:
            weighed.add_row(part.name, f"{part.value:.3f}", f"{part.weight:+.2f}", f"{part.adds:+.2f}")
        weighed.add_row("bias", "", "", f"{why.bias:+.2f}")
        console.print(weighed)
    console.print(f"Confidence {why.confidence:.3f}; {explanation.BARS}. Decision: {type(why.outcome).__name__}.")
    console.print(why.turning)


def check(path: Path | None, article: Path | None) -> None:
    """Examines the knowledge.

    Raises KnowledgeError with every fault.
    """
    base = path or configuration.read().knowledge_path
    with progress.shown(base) as watched:
        examined = examine(base, text=article, watched=watched)
    print(f"ok: {examined.entries} entries, {examined.phrasings} phrasings, each wins its own entry")
    print(
        f"compared with the text of {examined.compared} of {len(examined.snapshot.articles)} articles"
        if examined.compared
        else "not compared with the article: no text beside the file (<id>.txt), none given with --article"
    )
    for note in examined.notes:
        print(f"note: {note}")


def draft(article: Path, out: Path | None, *, verbatim: bool) -> None:
    """Drafts a knowledge file from an article."""
    from bot import drafting  # noqa: PLC0415 - nothing else needs it

    drafting.draft(article, out, verbatim=verbatim)


def misses() -> None:
    """Prints the missed questions, the most frequent first."""
    from bot import archive  # noqa: PLC0415 - the database, which nothing else needs

    archive.misses()


def stats(path: Path | None) -> None:
    """Prints what was asked in the last days."""
    from bot import archive  # noqa: PLC0415

    archive.stats(_open(path))


def evaluate(path: Path | None, questions: list[Path], *, failed: bool) -> int:
    """Prints the scorecard; 1 where a group is not at its recorded figure."""
    return scorecard.run(_open(path), questions, failed=failed)


def schema() -> None:
    """Prints the JSON Schema of knowledge files."""
    print(json.dumps(KnowledgeFile.model_json_schema(), indent=2))


def settings() -> None:
    """Prints the settings in force."""
    table = Table("setting", Column("value", overflow="fold"), "meaning")
    for key, value, meaning in configuration.read().shown():
        table.add_row(key, escape(value), escape(meaning))
    console.print(table)


def _open(path: Path | None) -> Snapshot:
    settings = configuration.read()
    return _opened(settings, path or settings.knowledge_path)


def _opened(settings: Settings, path: Path) -> Snapshot:
    with progress.shown(path) as watched:
        return open_base(path, settings.cache_dir, drafts=settings.drafts == "serve", watched=watched)
