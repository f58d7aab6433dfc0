"""The command line: what can be run, and how each mistake ends.

Answers for arguments, exit codes and one clear line instead of a traceback. Does no work itself.
"""

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from bot import commands
from bot.settings import SettingsError
from bot.terminal import InputError
from handlers.faults import DataError
from knowledge.faults import KnowledgeError

app = typer.Typer(
    name="citebot",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Answers questions about a news article, each with its source.",
)


def _choose(context: typer.Context, path: Path | None) -> None:
    """Keeps the knowledge that an option chose for the command, before or after whose name it may stand."""
    context.obj = path or context.obj


KnowledgeOption = Annotated[
    Path | None,
    typer.Option(
        "--knowledge",
        metavar="PATH",
        callback=_choose,
        help="Knowledge file or folder; by default KNOWLEDGE_PATH, else the shipped one.",
    ),
]


def _version(*, shown: bool) -> None:
    if shown:
        typer.echo(f"citebot {version('citebot')}")
        raise typer.Exit


@app.callback()
def _main(
    _knowledge: KnowledgeOption = None,
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=lambda shown: _version(shown=shown), is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None: ...


@app.command()
def run(context: typer.Context, _knowledge: KnowledgeOption = None) -> None:
    """Start the bot: Telegram with a BOT_TOKEN, the terminal chat without one."""
    commands.run(context.obj)


@app.command()
def chat(context: typer.Context, _knowledge: KnowledgeOption = None) -> None:
    """Ask in the terminal, or from a pipe with one question a line."""
    commands.chat(context.obj)


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[
        list[str] | None, typer.Argument(help="The question, or a command such as '/who Belousov'.")
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read {"id", "q"} lines from standard input, write a line of JSON for each.')
    ] = False,
    _knowledge: KnowledgeOption = None,
) -> None:
    """Answer one question."""
    if jsonl == bool(question):
        raise typer.BadParameter("give a question, or --jsonl and questions on standard input")
    if jsonl:
        commands.ask_lines(context.obj)
    else:
        commands.ask(context.obj, " ".join(question or ()))


@app.command()
def explain(
    context: typer.Context,
    question: Annotated[list[str], typer.Argument(help="The question.")],
    _knowledge: KnowledgeOption = None,
) -> None:
    """Show why a question is answered as it is: terms, nearest entries, evidence, decision."""
    commands.explain(context.obj, " ".join(question))


@app.command()
def check(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(help="Knowledge file or folder to check.")] = None,
    article: Annotated[
        Path | None,
        typer.Option(
            "--article", metavar="FILE", help="The article as plain text, to check quotes, figures and names against."
        ),
    ] = None,
    _knowledge: KnowledgeOption = None,
) -> None:
    """Check the knowledge: every fault with file and line; exit code 1 if there is one."""
    commands.check(path or context.obj, article)


@app.command()
def draft(
    article: Annotated[Path, typer.Argument(metavar="ARTICLE", help="The article: .txt, .md or .html.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where to write; an existing draft keeps what its editor finished."),
    ] = None,
    verbatim: Annotated[
        bool, typer.Option("--verbatim", help="Copy sentences into answers: you have the right to do so.")
    ] = False,
) -> None:
    """Draft a knowledge file from an article, for an editor to finish."""
    commands.draft(article, out, verbatim=verbatim)


@app.command("eval")
def evaluate(
    context: typer.Context,
    questions: Annotated[list[Path], typer.Argument(help="Question files (.yaml) or folders of them.")],
    *,
    failed: Annotated[bool, typer.Option("--failed", help="Print each question that went wrong.")] = False,
    _knowledge: KnowledgeOption = None,
) -> None:
    """Score the answers to questions whose answer is known: right, wrong and declined by group."""
    raise typer.Exit(commands.evaluate(context.obj, questions, failed=failed))


@app.command()
def misses() -> None:
    """List the questions that got no answer, the most frequent first."""
    commands.misses()


@app.command()
def stats(context: typer.Context, _knowledge: KnowledgeOption = None) -> None:
    """Print what was asked in the last days, and the votes."""
    commands.stats(context.obj)


@app.command()
def schema() -> None:
    """Print the JSON Schema of knowledge files, for editors' completion and checks."""
    commands.schema()


@app.command()
def settings() -> None:
    """Print the settings in force, secrets hidden."""
    commands.settings()


def main() -> None:
    """Runs the command line; a failure ends in a clear line and its code. Typer sees to Ctrl-C and closed pipes."""
    try:
        app()
    except (KnowledgeError, DataError) as error:
        _stop(str(error), 1)
    except (SettingsError, InputError) as error:
        _stop(str(error), 2)


def _stop(message: str, code: int) -> None:
    print(message, file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
