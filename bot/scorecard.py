"""The scorecard: what became of questions whose right answer is known.

Answers for question files and their recorded floors. A question file is YAML:
    floors: {casual: 90}                  # percent right; a group must be there, and a gain must be recorded
    questions:
      - {ask: Who came along?, expect: [delegation], group: casual}     # any of these entries; [] for no answer
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table

from handlers.conversation import Conversation
from knowledge import document, tree
from knowledge.faults import Fault, KnowledgeError
from knowledge.holder import Holder
from knowledge.snapshot import Snapshot

SLACK = 2.0
"""Points that a group may stand above its floor before the gain must be recorded."""
Counts = dict[str, Counter[str]]
"""How many questions of each group were right, wrong and declined."""


class QuestionNode(BaseModel):
    """One question with the entries that answer it."""

    model_config = ConfigDict(extra="forbid")
    ask: str
    expect: list[str]
    group: str


class QuestionFile(BaseModel):
    """A file of questions."""

    model_config = ConfigDict(extra="forbid")
    floors: dict[str, float] = {}
    questions: list[QuestionNode]


def run(snapshot: Snapshot, paths: Iterable[Path], *, failed: bool) -> int:
    """Prints right, wrong and declined by group; 1 where a group is not at its floor, else 0.

    With `failed` every question that was not answered rightly, too, with what was given and what was expected.
    """
    floors: dict[str, float] = {}
    questions: list[QuestionNode] = []
    for path in _files(paths):
        file, root = document.parsed(document.read(path), path, QuestionFile)
        _examine(path, file, root, snapshot)
        floors |= file.floors
        questions += file.questions
    counts = _asked(snapshot, questions, failed=failed)
    Console().print(_table(counts, floors))
    complaints = [*_off_their_floors(counts, floors), *_unasked(counts, floors)]
    print("\n".join(complaints) or "ok")
    return bool(complaints)


def _asked(snapshot: Snapshot, questions: Iterable[QuestionNode], *, failed: bool) -> Counts:
    """Asks every question; how many of each group were right, wrong and declined."""
    conversation = Conversation(Holder(snapshot))
    counts: Counts = defaultdict(Counter)
    for question in questions:
        given = conversation.turn(question.ask).answered
        verdict = _verdict(question, given)
        counts[question.group][verdict] += 1
        if failed and verdict != "right":
            expected = " or ".join(question.expect) or "no answer"
            print(f"{verdict}: {question.ask} -> {given or 'no answer'}, expected {expected}")
    return counts


def _table(counts: Counts, floors: Mapping[str, float]) -> Table:
    table = Table("group", "questions", "right %", "wrong %", "declined %", "floor")
    for group, count in sorted(counts.items()):
        shares = (f"{_percent(count, verdict):.1f}" for verdict in ("right", "wrong", "declined"))
        table.add_row(group, str(count.total()), *shares, f"{floors.get(group, 0):g}")
    return table


def _off_their_floors(counts: Counts, floors: Mapping[str, float]) -> Iterator[str]:
    for group in sorted(counts.keys() & floors.keys()):
        right, floor = _percent(counts[group], "right"), floors[group]
        if right < floor:
            yield f"{group} fell to {right:.1f}, under its floor of {floor:g}"
        elif right > floor + SLACK:
            yield f"{group} rose to {right:.1f}: record it as its floor, now {floor:g}"


def _unasked(counts: Counts, floors: Mapping[str, float]) -> Iterator[str]:
    return (f"{group} has a floor and no question" for group in sorted(floors.keys() - counts.keys()))


def _percent(count: Counter[str], verdict: str) -> float:
    return 100 * count[verdict] / count.total()


def _examine(path: Path, file: QuestionFile, root: yaml.Node, snapshot: Snapshot) -> None:
    """Raises KnowledgeError where a question expects an entry that is not there."""
    unknown = [
        Fault(path, tree.line(root, ("questions", at)), question.ask, "expect", f"there is no entry {id_}")
        for at, question in enumerate(file.questions)
        for id_ in question.expect
        if id_ not in snapshot.by_id
    ]
    if unknown:
        raise KnowledgeError(unknown)


def _verdict(question: QuestionNode, given: str | None) -> str:
    if given is None:
        return "declined" if question.expect else "right"
    return "right" if given in question.expect else "wrong"


def _files(paths: Iterable[Path]) -> list[Path]:
    files = [file for path in paths for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    if not files:
        raise KnowledgeError([Fault(next(iter(paths)), 0, "", "", "no question file (.yaml) here")])
    return files
