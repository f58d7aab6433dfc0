"""Fits the weights of the judgement, and shows what each piece of evidence is worth.

fit.py QUESTIONS.yaml... [-- SET.json ...]

QUESTIONS.yaml are question files of `citebot eval`, asked of the shipped base. SET.json are public sets ({"entries",
"queries": [{"q", "gold"}], "oos"}, some of the entries held out where a set has no out-of-scope questions), or a list
of questions about something else, which the shipped base must decline and which weighs as much as 100 questions.

Logistic regression by Newton's method. `ARTICLE` is fitted on the question files and lists, and cross-validated over
questions; also, at less weight, with most or all of what the base leaves open taken out, since other newsrooms list
less. `PLAIN` is fitted on the sets, each clean and with its own intercept, since the bar comes from the base, and
cross-validated by leaving one set out: of its questions the share answered rightly where the bar lets through one in
twenty of those that it cannot answer.
"""

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import yaml
from numpy.typing import NDArray
from rank import snapshot_of
from rich.console import Console
from rich.table import Table

from bot.settings import SHIPPED
from handlers.command import parse
from handlers.conversation import QUESTIONS, question_of
from knowledge.case import Case
from knowledge.evidence import Evidence
from knowledge.holder import open_base
from knowledge.question import NOTHING_ASKED
from knowledge.snapshot import Snapshot

Floats = NDArray[np.float64]
FIELDS = Evidence._fields
ARTICLE = tuple(field for field in FIELDS if field != "rivals")
"""What bears on a base of an article: beside the lead, the number of rivals tells nothing."""
PLAIN = ("score", "rivals", "implied", "unasked")
"""What bears on any base; the rest helps on some sets and harms on others when they are left out."""
LIST_WEIGHT = 100
REACH = 2.0
"""How much those to be answered weigh beside the others, which are harder in the question files than readers' are."""
TWISTED = frozenset("direction negation wrong_country wrong_number wrong_person missing_type".split())  # noqa: SIM905
TWIST = 5
"""How much a question weighs that is a fact's own but for one word: they are few, and a wrong answer is worst there."""
GUARDS = {1.0: 1.0, 0.5: 0.15, 0.2: 0.15, 0.0: 0.2}
"""Share of what the base leaves open that is kept -> weight of the questions asked of that base."""
FOLDS = 8


class Rows(NamedTuple):
    """Evidence on the questions of one source."""

    x: Floats
    right: Floats
    """1 where the first entry answers the question."""
    weight: Floats
    inside: NDArray[np.bool_]
    """Whether the base has an answer at all."""
    fold: NDArray[np.int64]
    """The same for a question wherever it is asked."""


def rows_of(snapshot: Snapshot, asked: Sequence[tuple[str, Case, Sequence[str]]], weight: float) -> Rows:
    """Evidence on cases with the ids that are right, without those that no entry comes near."""
    found = [
        (case.evidence, snapshot.entries[case.candidates[0].entry].id in right, bool(right), crc32(text.encode()))
        for text, case, right in asked
        if case.evidence is not None and not case.question.chat and not case.stray
    ]
    x, right, inside, code = (np.array(column, float) for column in zip(*found, strict=True))
    return Rows(x, right, np.full(len(x), weight), inside > 0, code.astype(np.int64) % FOLDS)


def with_guards(snapshot: Snapshot, share: float) -> Snapshot:
    """The same base with a share of the entries that it leaves open."""
    guards = [entry for entry in snapshot.entries if entry.left_open]
    kept = random.Random(1).sample(guards, round(share * len(guards)))
    entries = tuple(entry for entry in snapshot.entries if not entry.left_open or entry in kept)
    return Snapshot(replace(snapshot.library, entries=entries))


def of_questions(snapshot: Snapshot, path: Path, weight: float) -> Rows:
    """Evidence on the questions of a file."""
    asked: dict[bool, list[tuple[str, Case, Sequence[str]]]] = {}
    for question in yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]:
        text, kinds = question["ask"], NOTHING_ASKED
        command = parse(text)
        if command and command.name in QUESTIONS:
            kind = QUESTIONS[command.name]
            text, kinds = question_of(kind, command.words, snapshot.reader), frozenset({kind})
        row = (text, snapshot.best(text, kinds), question["expect"])
        asked.setdefault(question["group"] in TWISTED, []).append(row)
    return merged([rows_of(snapshot, own, weight * (TWIST if twisted else 1)) for twisted, own in asked.items()])


def of_list(snapshot: Snapshot, questions: Sequence[str], weight: float) -> Rows:
    """Evidence on questions about something else."""
    asked: list[tuple[str, Case, Sequence[str]]] = [(text, snapshot.best(text), ()) for text in questions]
    return rows_of(snapshot, asked, weight * LIST_WEIGHT / len(questions))


def of_set(data: dict[str, Any]) -> Rows:
    """Evidence on a public set."""
    out = set(data.get("holdout", []))
    snapshot = snapshot_of([entry for entry in data["entries"] if entry["id"] not in out])
    asked = [(query["q"], set(query["gold"]) - out) for query in data["queries"]] + [(text, ()) for text in data["oos"]]
    rows = rows_of(snapshot, [(text, snapshot.best(text), tuple(right)) for text, right in asked], 1.0)
    share = np.where(rows.right > 0, rows.right.sum(), (1 - rows.right).sum())
    return rows._replace(weight=100 / share)


def fitted(sources: Sequence[Rows], columns: Sequence[int], ridge: float) -> tuple[Floats, Floats]:
    """Slopes and an intercept for each source."""
    x = np.vstack([rows.x[:, columns] for rows in sources])
    y = np.hstack([rows.right for rows in sources])
    weight = np.hstack([rows.weight for rows in sources])
    spread = x.std(0) + 1e-9
    own = np.repeat(np.eye(len(sources)), [len(rows.x) for rows in sources], 0)
    z = np.c_[x / spread, own]
    penalty = np.diag(np.r_[np.full(len(columns), ridge), np.full(len(sources), 1e-6)])
    beta = np.zeros(z.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(z @ beta, -30, 30)))
        curvature = (z * (weight * p * (1 - p))[:, None]).T @ z + penalty
        beta += np.linalg.solve(curvature, z.T @ (weight * (y - p)) - penalty @ beta)
    return beta[: len(columns)] / spread, beta[len(columns) :]


def merged(sources: Sequence[Rows]) -> Rows:
    """Several sources as one."""
    return Rows(*(np.concatenate(column) for column in zip(*sources, strict=True)))


def balanced(rows: Rows) -> Rows:
    """The same with what must be answered weighing so much more than what must not, however many there are of each."""
    weight = rows.weight.copy()
    translated = rows.x[:, FIELDS.index("translated")] > 0
    for group in (translated, ~translated):
        answered = float(rows.weight[group & (rows.right > 0)].sum())
        every = float(rows.weight[group].sum())
        weight[group] *= np.where(rows.right[group] > 0, REACH * (every - answered) / (answered or 1.0), 1.0)
        weight[group] *= every / (weight[group].sum() or 1.0)
    return rows._replace(weight=weight)


def right_of_questions(shipped: Rows, thinned: Rows, columns: Sequence[int]) -> tuple[float, float]:
    """Share of the shipped base's questions decided rightly where there is an answer and where not, cross-validated."""
    right = np.zeros(len(shipped.x))
    for fold in range(FOLDS):
        train = [Rows(*(column[rows.fold != fold] for column in rows)) for rows in (shipped, thinned)]
        slopes, bias = fitted([balanced(merged(train))], columns, 1.0)
        test = shipped.fold == fold
        right[test] = (shipped.x[test][:, columns] @ slopes + bias[0] > 0) == (shipped.right[test] > 0)
    return float(right[shipped.inside].mean()), float(right[~shipped.inside].mean())


def right_of_sets(sets: Sequence[Rows], columns: Sequence[int]) -> Sequence[float]:
    """Share of each set answered rightly with a bar that lets one in twenty through, fitted on the other sets."""
    shares = []
    for at, rows in enumerate(sets):
        slopes, _ = fitted([*sets[:at], *sets[at + 1 :]], columns, 25.0)
        sure = rows.x[:, columns] @ slopes
        bar = np.quantile(sure[~rows.inside], 0.95)
        shares.append(float(np.mean(rows.right[rows.inside] * (sure[rows.inside] > bar))))
    return shares


def printed(name: str, fields: Sequence[str], slopes: Floats, bias: float) -> None:
    """The weights as knowledge/judgement.py has them."""
    weights = dict(zip(fields, slopes, strict=True))
    lines = "".join(f"        {field}={weights.get(field, 0.0):.2f},\n" for field in FIELDS)
    print(f"{name} = Judge(\n    Evidence(\n{lines}    ),\n    {bias:.2f},\n)")


def without_each(fields: Sequence[str]) -> list[tuple[str, list[int]]]:
    """All fields and all but each, by name and column."""
    every = [FIELDS.index(field) for field in fields]
    return [("nothing", every)] + [(field, [at for at in every if FIELDS[at] != field]) for field in fields]


def main() -> None:
    """Fits, and prints weights and what each piece of evidence is worth."""
    arguments = sys.argv[1:]
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    data = [json.loads(Path(name).read_text(encoding="utf-8")) for name in arguments[cut + 1 :]]
    shipped, console = open_base(SHIPPED), Console()
    by_share = []
    for share, weight in GUARDS.items():
        base = with_guards(shipped, share)
        files = [of_questions(base, Path(name), weight) for name in arguments[:cut]]
        by_share.append(merged(files + [of_list(base, list_, weight) for list_ in data if isinstance(list_, list)]))
    slopes, bias = fitted([balanced(merged(by_share))], [FIELDS.index(field) for field in ARTICLE], 1.0)
    printed("ARTICLE", ARTICLE, slopes, bias[0])
    table = Table("without", "answerable right", "others right", title="Questions about the shipped base")
    for name, columns in without_each(ARTICLE):
        shares = right_of_questions(by_share[0], merged(by_share[1:]), columns)
        table.add_row(name, *(f"{value:.3f}" for value in shares))
    console.print(table)
    sets = [of_set(set_) for set_ in data if isinstance(set_, dict)]
    if len(sets) > 1:
        slopes, biases = fitted(sets, [FIELDS.index(field) for field in PLAIN], 25.0)
        printed("PLAIN", PLAIN, slopes, float(biases.mean()))
        table = Table("without", *(f"set {at + 1}" for at in range(len(sets))), "mean", title="Sets left out in turn")
        for name, columns in without_each(PLAIN):
            reached = right_of_sets(sets, columns)
            table.add_row(name, *(f"{share:.3f}" for share in (*reached, np.mean(reached))))
        console.print(table)


if __name__ == "__main__":
    main()
