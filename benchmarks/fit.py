"""Fits the weights of the judgement, and shows what each piece of evidence is worth.

fit.py QUESTIONS.yaml... [-- SET.json ...]

QUESTIONS.yaml are question files of `citebot eval`, asked of the shipped base. SET.json are public sets ({"entries",
"queries": [{"q", "gold"}], "oos"}, some of the entries held out where a set has no out-of-scope questions), or a list
of questions about something else, which the shipped base must decline and which weighs as much as 75 questions.

Logistic regression by Newton's method. `GUARDED` is fitted on the question files and lists, and cross-validated over
questions. `PLAIN` is fitted on the sets, each clean and with its own intercept, since the bar comes from the base, and
cross-validated by leaving one set out: of its questions the share answered rightly where the bar lets through one in
twenty of those that it cannot answer.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray
from rank import snapshot_of
from rich.console import Console
from rich.table import Table

from bot.settings import SHIPPED
from handlers.conversation import QUESTIONS
from knowledge.holder import open_base
from knowledge.judgement import Evidence
from knowledge.snapshot import Reading, Snapshot

Floats = NDArray[np.float64]
FIELDS = Evidence._fields
PLAIN = ("score", "lead", "implied", "unasked")
"""What bears on any base; the rest helps on some sets and harms on others when they are left out."""
LIST_WEIGHT = 75
FOLDS = 8


class Rows(NamedTuple):
    """Evidence on the questions of one source."""

    x: Floats
    right: Floats
    """1 where the first entry answers the question."""
    weight: Floats
    inside: NDArray[np.bool_]
    """Whether the base has an answer at all."""


def rows_of(snapshot: Snapshot, asked: Sequence[tuple[Reading, Sequence[str]]], weight: float) -> Rows:
    """Evidence on readings with the ids that are right, without those that no entry comes near."""
    found = [
        (reading.evidence, snapshot.entries[reading.candidates[0].entry].id in right, bool(right))
        for reading, right in asked
        if reading.evidence is not None and not reading.question.chat
    ]
    x, right, inside = (np.array(column, float) for column in zip(*found, strict=True))
    return Rows(x, right, np.full(len(x), weight), inside > 0)


def of_questions(snapshot: Snapshot, path: Path) -> Rows:
    """Evidence on the questions of a file."""
    asked = []
    for question in yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]:
        text, kinds = question["ask"], frozenset()
        name, _, words = text.removeprefix("/").partition(" ")
        if text.startswith("/") and name in QUESTIONS:
            text, kinds = f"{name} {words}", frozenset({QUESTIONS[name]})
        asked.append((snapshot.readings(text, kinds)[0], question["expect"]))
    return rows_of(snapshot, asked, 1.0)


def of_list(snapshot: Snapshot, questions: Sequence[str]) -> Rows:
    """Evidence on questions about something else."""
    asked: list[tuple[Reading, Sequence[str]]] = [(snapshot.readings(text)[0], ()) for text in questions]
    return rows_of(snapshot, asked, LIST_WEIGHT / len(questions))


def of_set(data: dict[str, Any]) -> Rows:
    """Evidence on a public set."""
    out = set(data.get("holdout", []))
    snapshot = snapshot_of([entry for entry in data["entries"] if entry["id"] not in out])
    asked = [(query["q"], set(query["gold"]) - out) for query in data["queries"]] + [(text, ()) for text in data["oos"]]
    rows = rows_of(snapshot, [(snapshot.readings(text)[0], tuple(right)) for text, right in asked], 1.0)
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


def right_of_questions(rows: Rows, columns: Sequence[int]) -> tuple[float, float]:
    """Share decided rightly where there is an answer and where there is none, cross-validated over questions."""
    order = np.random.default_rng(0).permutation(len(rows.x))
    right = np.zeros(len(order))
    for fold in range(FOLDS):
        test = order[fold::FOLDS]
        train = np.setdiff1d(order, test)
        slopes, bias = fitted([Rows(*(column[train] for column in rows))], columns, 1.0)
        right[test] = (rows.x[test][:, columns] @ slopes + bias[0] > 0) == (rows.right[test] > 0)
    return float(right[rows.inside].mean()), float(right[~rows.inside].mean())


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
    shipped, console = open_base(SHIPPED), Console()
    sources, sets = [of_questions(shipped, Path(name)) for name in arguments[:cut]], []
    for name in arguments[cut + 1 :]:
        data = json.loads(Path(name).read_text(encoding="utf-8"))
        if isinstance(data, list):
            sources.append(of_list(shipped, data))
        else:
            sets.append(of_set(data))
    rows = merged(sources)
    slopes, bias = fitted([rows], range(len(FIELDS)), 1.0)
    printed("GUARDED", FIELDS, slopes, bias[0])
    table = Table("without", "answerable right", "others right", title="Questions about the shipped base")
    for name, columns in without_each(FIELDS):
        table.add_row(name, *(f"{share:.3f}" for share in right_of_questions(rows, columns)))
    console.print(table)
    if len(sets) > 1:
        slopes, biases = fitted(sets, [FIELDS.index(field) for field in PLAIN], 25.0)
        printed("PLAIN", PLAIN, slopes, float(biases.mean()))
        table = Table("without", *(f"set {at + 1}" for at in range(len(sets))), "mean", title="Sets left out in turn")
        for name, columns in without_each(PLAIN):
            shares = right_of_sets(sets, columns)
            table.add_row(name, *(f"{share:.3f}" for share in (*shares, np.mean(shares))))
        console.print(table)


if __name__ == "__main__":
    main()
