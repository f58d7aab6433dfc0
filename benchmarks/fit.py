"""Fits the weights of the judgement.

fit.py QUESTIONS.yaml... [-- SET.json ...]

QUESTIONS.yaml are question files of `citebot eval`. SET.json are public sets ({"entries", "queries": [{"q", "gold"}],
"oos"}, some of the entries held out where a set has no out-of-scope questions) or a list of questions about something
else, which the shipped base must decline. A set weighs as much as 75 questions, a list as much as 150.

Logistic regression (Newton's method, ridge 1), eight-fold cross-validation. Prints the weights for
knowledge/judgement.py and the figures that they reach.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from rank import snapshot_of

from bot.settings import SHIPPED
from handlers.conversation import QUESTIONS
from knowledge.holder import open_base
from knowledge.judgement import Evidence
from knowledge.snapshot import Reading, Snapshot

Floats = NDArray[np.float64]
Row = tuple[Evidence, bool, float]


def of_questions(snapshot: Snapshot, path: Path) -> list[Row]:
    """Evidence on the questions of a file, with whether the entry is right."""
    rows = []
    for question in yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]:
        text, kinds = question["ask"], frozenset()
        name, _, words = text.removeprefix("/").partition(" ")
        if text.startswith("/") and name in QUESTIONS:
            text, kinds = f"{name} {words}", frozenset({QUESTIONS[name]})
        rows += of_reading(snapshot, snapshot.readings(text, kinds)[0], question["expect"], 1.0)
    return rows


def of_reading(snapshot: Snapshot, reading: Reading, right: list[str], weight: float) -> list[Row]:
    """Evidence on one reading; nothing where no entry comes near."""
    if reading.evidence is None or reading.question.chat:
        return []
    return [(reading.evidence, snapshot.entries[reading.candidates[0].entry].id in right, weight)]


def of_set(shipped: Snapshot, path: Path) -> list[Row]:
    """Evidence on a public set."""
    data: dict[str, Any] | list[str] = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(data, list):
        readings = (shipped.readings(text)[0] for text in data)
        return [row for reading in readings for row in of_reading(shipped, reading, [], 150 / len(data))]
    out = set(data.get("holdout", []))
    snapshot = snapshot_of([entry for entry in data["entries"] if entry["id"] not in out])
    asked = [(query["q"], query["gold"]) for query in data["queries"]] + [(text, []) for text in data["oos"]]
    weight = 75 / len(asked)
    return [row for text, gold in asked for row in of_reading(snapshot, snapshot.readings(text)[0], gold, weight)]


def fitted(x: Floats, y: Floats, weights: Floats) -> tuple[Floats, float]:
    """Weights and bias of a ridge logistic regression."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    ridge = np.eye(z.shape[1])
    ridge[-1, -1] = 0
    beta = np.zeros(z.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-z @ beta))
        curvature = (z * (weights * p * (1 - p))[:, None]).T @ z + ridge
        beta += np.linalg.solve(curvature, z.T @ (weights * (y - p)) - ridge @ beta)
    slopes = beta[:-1] / spread
    return slopes, float(beta[-1] - slopes @ mean)


def main() -> None:
    """Fits, and prints weights and figures."""
    arguments = sys.argv[1:]
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    shipped = open_base(SHIPPED)
    rows = [row for name in arguments[:cut] for row in of_questions(shipped, Path(name))]
    rows += [row for name in arguments[cut + 1 :] for row in of_set(shipped, Path(name))]
    x = np.array([row[0] for row in rows], float)
    y = np.array([row[1] for row in rows], float)
    weights = np.array([row[2] for row in rows])
    order = np.random.default_rng(0).permutation(len(x))
    guessed = np.zeros(len(x))
    for fold in range(8):
        test = order[fold::8]
        train = np.setdiff1d(order, test)
        slopes, bias = fitted(x[train], y[train], weights[train])
        guessed[test] = x[test] @ slopes + bias
    above = guessed[y == 1][:, None] > guessed[y == 0][None]
    slopes, bias = fitted(x, y, weights)
    for name, slope in zip(Evidence._fields, slopes, strict=True):
        print(f"    {name}={slope:.2f},")
    print(f"BIAS = {bias:.2f}")
    print(f"{len(x)} questions; cross-validated: AUC {above.mean():.3f}, right {np.mean((guessed > 0) == y):.3f}")


if __name__ == "__main__":
    main()
