"""What each command of the command line does.

Answers for input and output. Leaves questions to `handlers`, the terminal chat to `bot.terminal`.
"""

import json
import time
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot import scorecard, terminal
from bot import settings as configuration
from bot.terminal import InputError
from handlers.conversation import Conversation
from knowledge.examination import examine
from knowledge.holder import Holder, open_base
from knowledge.schema import KnowledgeFile
from knowledge.snapshot import ANSWER, CHOICE, Snapshot

console = Console()


def run(path: Path | None) -> None:
    """Starts Telegram or, without a token, the terminal chat."""
    settings = configuration.read()
    snapshot = open_base(path or settings.knowledge_path, settings.cache_dir, drafts=settings.drafts == "serve")
    if settings.bot_token:
        from bot import service  # noqa: PLC0415 - a fifth of a second that the terminal does not need

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
    snapshot = _open(path)
    best = snapshot.readings(question)[0]
    words = Table("term", "role", "weight", "read as", title="Question", title_justify="left")
    for term, mass, keys in best.query.parts:
        meant = ", ".join(f"{key} {factor:.2f}" for key, factor in reversed(keys)) or "unknown"
        words.add_row(escape(term.typed), term.role.value, f"{mass:.2f}", escape(meant))
    console.print(words)
    asked = ", ".join(sorted(best.question.kinds)) or "nothing in particular"
    console.print(f"Language: {best.question.language}. Asks for: {asked}.")
    near = Table("entry", "score", "best phrasing", title="Nearest entries", title_justify="left")
    for candidate in best.candidates[:5]:
        phrasing = snapshot.phrasing(candidate)
        near.add_row(snapshot.entries[candidate.entry].id, f"{candidate.score:.3f}", escape(phrasing))
    console.print(near)
    if best.evidence:
        weighed = Table("evidence", "value", "weight", "adds", title="On the first", title_justify="left")
        for name, weight in snapshot.judge.weights._asdict().items():
            value = getattr(best.evidence, name)
            weighed.add_row(name, f"{value:.3f}", f"{weight:+.2f}", f"{value * weight:+.2f}")
        weighed.add_row("bias", "", "", f"{snapshot.judge.bias:+.2f}")
        console.print(weighed)
    outcome = snapshot.ask(question)
    console.print(
        f"Confidence {best.confidence:.3f}; answers from {ANSWER:.2f}, offers choices from {CHOICE:.2f}. "
        f"Decision: {type(outcome).__name__}."
    )


def check(path: Path | None, article: Path | None) -> None:
    """Examines the knowledge.

    Raises KnowledgeError with every fault.
    """
    files = examine(path or configuration.read().knowledge_path, text=article).files
    entries = sum(len(file.content.facts) + len(file.content.quotes) + len(file.content.unanswered) for file in files)
    phrasings = sum(
        len(node.questions)
        for file in files
        for nodes in (file.content.entities, file.content.facts, file.content.quotes, file.content.unanswered)
        for node in nodes
    )
    print(f"ok: {entries} entries, {phrasings} phrasings, each wins its own entry")


def draft(article: Path, out: Path | None, *, verbatim: bool) -> None:
    """Drafts a knowledge file from an article."""
    from bot import drafting  # noqa: PLC0415 - nothing else needs it

    drafting.draft(article, out, verbatim=verbatim)


def evaluate(path: Path | None, questions: list[Path]) -> int:
    """Prints the scorecard; 1 where a group is not at its recorded figure."""
    return scorecard.run(_open(path), questions)


def schema() -> None:
    """Prints the JSON Schema of knowledge files."""
    print(json.dumps(KnowledgeFile.model_json_schema(), indent=2))


def settings() -> None:
    """Prints the settings in force."""
    table = Table("setting", "value", "meaning")
    for key, value, meaning in configuration.read().shown():
        table.add_row(key, escape(value), escape(meaning))
    console.print(table)


def _open(path: Path | None) -> Snapshot:
    settings = configuration.read()
    return open_base(path or settings.knowledge_path, settings.cache_dir, drafts=settings.drafts == "serve")
