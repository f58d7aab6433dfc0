"""A draft as YAML, in the layout that editors write by hand.

Answers for order, line breaks and comments. Does not know what any entry means.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import yaml
from pydantic import BaseModel

from knowledge.draft.drafter import Draft, ToDo

SECTIONS = ("entities", "facts", "quotes")
TO_DO = "# to do"
"""Opens a comment that is written anew with each draft."""
_ORDER = ("questions", "status", "when", "source", "see", "draft")
"""Fields that come last, in this order."""
_IN_LINE = frozenset({"aliases", "kinds", "about", "see", "suggested"})
_WIDTH = 116


class _Dumper(yaml.SafeDumper):
    """Writes some lists and mappings in one line, and indents lists as editors do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001 - PyYAML's
        super().increase_indent(flow, indentless=False)


class _InLineList(list[Any]):
    """A list in one line."""


class _InLineMapping(dict[str, Any]):
    """A mapping in one line."""


_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))
_Dumper.add_representer(
    _InLineList, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)
_Dumper.add_representer(
    _InLineMapping,
    lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True),
)


def render(draft: Draft) -> str:
    """The whole file."""
    head = [
        "# A draft: finish an entry, take its `draft: true` away, and it answers.",
        "# Paragraphs are counted from 0, the title.",
        *(f"{TO_DO}: {note}" for note in draft.notes),
    ]
    article = _dumped({"article": _plain(draft.content.article)})
    parts = ["\n".join(head) + "\n" + article]
    for section in SECTIONS:
        nodes: Sequence[BaseModel] = getattr(draft.content, section)
        todos = to_dos(draft.todos) if section == "facts" else ""
        if nodes:
            parts.append(f"{section}:\n" + "".join(map(entry, nodes)) + todos)
        elif todos:
            parts.append(f"{section}: []\n{todos}")
    return "\n".join(parts)


def entry(node: BaseModel) -> str:
    """One entry as an item of its list."""
    return "".join(f"  {line}\n" for line in _dumped([_plain(node)]).splitlines())


def to_dos(todos: Iterable[ToDo]) -> str:
    """Sentences that are left to the editor: entries without an answer, as comments."""
    return "".join(map(_to_do, todos))


def _to_do(todo: ToDo) -> str:
    source: dict[str, Any] = {"paragraph": todo.paragraph}
    if todo.according_to:
        source["according_to"] = todo.according_to
    stub: dict[str, Any] = {"id": todo.id, "answer": None, "about": _InLineList(todo.about)}
    stub["questions"] = list(todo.questions)
    stub |= {"status": str(todo.status), "source": _InLineMapping(source)}
    head = (
        f"  {TO_DO}: paragraph {todo.paragraph}, sentence {todo.sentence}, in your own words; then take away the #s\n"
    )
    return head + _commented(_dumped([{key: value for key, value in stub.items() if value not in ([], "stated")}]))


def _plain(node: BaseModel) -> dict[str, Any]:
    data = node.model_dump(exclude_defaults=True)
    keys = [*(key for key in data if key not in _ORDER), *(key for key in _ORDER if key in data)]
    return {key: _value(key, data[key]) for key in keys}


def _value(key: str, value: Any) -> Any:  # noqa: ANN401 - whatever YAML holds
    if isinstance(value, dict):
        return _InLineMapping(value)
    if isinstance(value, list):
        words = [str(one) for one in value]
        return _InLineList(words) if key in _IN_LINE else words
    return str(value) if isinstance(value, str) else value


def _dumped(data: object) -> str:
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=False)


def _commented(text: str) -> str:
    return "".join(f"  # {line}\n" for line in text.splitlines())
