"""Imports go one way: knowledge <- handlers <- bot."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "knowledge": {"knowledge"},
    "handlers": {"knowledge", "handlers"},
    "bot": {"knowledge", "handlers", "bot"},
}
MEET_TELEGRAM = {"addressing", "administration", "buttons", "dialogues", "inline", "messages", "probe", "sender"}
MODULES = sorted(path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_lies_below_it(path: Path):
    package = path.relative_to(ROOT).parts[0]
    assert imported(path) & set(MAY_IMPORT) <= MAY_IMPORT[package]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_said_is_decided_without_telegram(path: Path):
    package = path.relative_to(ROOT).parts[0]
    assert "telegram" not in imported(path) or package == "bot" or path.stem in MEET_TELEGRAM


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_answers_for(path: Path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
