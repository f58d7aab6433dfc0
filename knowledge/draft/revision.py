"""A new draft laid over a file that an editor has worked on.

Answers for keeping what the editor wrote, word for word and with its comments. Marks what the article no longer bears
out; never changes a finished entry.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar

import yaml

from knowledge.audit import against_text
from knowledge.draft import writer
from knowledge.draft.drafter import Draft, ToDo
from knowledge.draft.source import Source
from knowledge.faults import Fault, KnowledgeError
from knowledge.files import LoadedFile
from knowledge.schema import EntityNode, FactNode, KnowledgeFile, QuoteNode
from knowledge.vocabulary import phrase

MARK = "# check again"
"""Opens the comment above an entry that no longer agrees with the article."""
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_Node = TypeVar("_Node", EntityNode, FactNode, QuoteNode)


@dataclass(frozen=True, slots=True)
class Revision:
    """What became of a file."""

    text: str
    disagreeing: tuple[Fault, ...]
    """Finished entries that the article no longer bears out."""


def revised(old: LoadedFile, text: str, new: Draft, source: Source) -> Revision:
    """The old file with drafted entries brought up to date; `text` is what stands in it.

    Raises KnowledgeError where the file is about another article or its lists are written in one line.
    """
    _same_article(old, new)
    faults = against_text(old, source.text)
    wrong: dict[str, list[Fault]] = {}
    for fault in faults:
        wrong.setdefault(fault.entry, []).append(fault)
    fresh = _fitted(old.content, new, set(wrong))
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    for section in reversed(_in_file(old)):
        lines = _with_section(old, lines, section, fresh, wrong)
    missing = [section for section in writer.SECTIONS if section not in _in_file(old)]
    for section in missing:
        entries = "".join(writer.entry(node) for node in getattr(fresh.content, section))
        todos = writer.to_dos(fresh.todos) if section == "facts" else ""
        if entries:
            lines += [f"\n{section}:\n", entries, todos]
    finished = {node.id for node in _nodes(old.content) if not node.draft}
    return Revision("".join(lines), tuple(fault for fault in faults if fault.entry in finished))


def _same_article(old: LoadedFile, new: Draft) -> None:
    mine, other = new.content.article, old.content.article
    if mine.id != other.id and phrase(mine.title) != phrase(other.title):
        raise KnowledgeError(
            [Fault(old.path, 0, "", "", f"holds another article, “{other.title}”: choose another --out")]
        )


def _in_file(old: LoadedFile) -> list[str]:
    """The sections of drafts that the file has, in its order."""
    return [key.value for key, _ in _pairs(old.tree) if key.value in writer.SECTIONS]


def _pairs(tree: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return list(tree.value) if isinstance(tree, yaml.MappingNode) else []


def _nodes(content: KnowledgeFile) -> Sequence[EntityNode | FactNode | QuoteNode]:
    return (*content.entities, *content.facts, *content.quotes)


def _fitted(old: KnowledgeFile, new: Draft, wrong: set[str]) -> Draft:
    """The new draft without what the file has already, with the file's own ids for names."""
    owners = {phrase(name): one.id for one in old.entities for name in (one.name, *one.aliases)}
    renamed = {
        one.id: owner
        for one in new.content.entities
        if (owner := next((owners[phrase(name)] for name in (one.name, *one.aliases) if phrase(name) in owners), None))
    }
    stale = {node.id for node in _nodes(old) if node.draft and node.id in wrong}
    kept = [node for node in _nodes(old) if node.id not in stale]
    taken = {node.id for node in kept} | {node.id for node in old.unanswered}
    asked = {phrase(question) for node in (*kept, *old.unanswered) for question in node.questions}

    def fresh(nodes: Iterable[_Node]) -> list[_Node]:
        changed = []
        for node in nodes:
            same = renamed.get(node.id, node.id) in taken and not isinstance(node, QuoteNode)
            if same or _is_there(node, kept):
                continue
            update: dict[str, object] = {"questions": [one for one in node.questions if phrase(one) not in asked]}
            if isinstance(node, QuoteNode):
                update["speaker"] = renamed.get(node.speaker, node.speaker)
                update["id"] = _unlike(node.id, taken)
            if isinstance(node, FactNode):
                update["about"] = list(dict.fromkeys(renamed.get(id_, id_) for id_ in node.about))
            changed.append(node.model_copy(update=update))
        return changed

    content = new.content.model_copy(
        update={
            "article": old.article,
            "entities": fresh(new.content.entities),
            "facts": fresh(new.content.facts),
            "quotes": fresh(new.content.quotes),
        }
    )
    done = {fact.source.paragraph for fact in old.facts if not fact.draft}
    todos = (_renamed(todo, renamed) for todo in new.todos if todo.id not in taken and todo.paragraph not in done)
    return replace(new, content=content, todos=tuple(todos))


def _unlike(id_: str, taken: set[str]) -> str:
    """The id, or one like it that is free."""
    return next(one for at in count(1) if (one := id_ if at == 1 else f"{id_}-{at}") not in taken)


def _renamed(todo: ToDo, renamed: dict[str, str]) -> ToDo:
    return replace(todo, about=tuple(dict.fromkeys(renamed.get(id_, id_) for id_ in todo.about)))


def _is_there(node: EntityNode | FactNode | QuoteNode, kept: Iterable[EntityNode | FactNode | QuoteNode]) -> bool:
    """Whether the file says the same already: the same quotation, or a finished fact with the same figures."""
    if isinstance(node, QuoteNode):
        return any(isinstance(one, QuoteNode) and phrase(one.text) == phrase(node.text) for one in kept)
    if isinstance(node, FactNode):
        figures = set(_FIGURE.findall(node.answer))
        facts = [one for one in kept if isinstance(one, FactNode) and not one.draft]
        same = any(phrase(one.answer) == phrase(node.answer) for one in kept if isinstance(one, FactNode))
        return same or (bool(figures) and any(figures <= set(_FIGURE.findall(one.answer)) for one in facts))
    return False


def _with_section(
    old: LoadedFile, lines: list[str], section: str, fresh: Draft, wrong: dict[str, list[Fault]]
) -> list[str]:
    """The lines with one section brought up to date."""
    nodes: Sequence[EntityNode | FactNode | QuoteNode] = getattr(old.content, section)
    added = [writer.entry(node) for node in getattr(fresh.content, section)]
    added += [writer.to_dos(fresh.todos)] if section == "facts" else []
    at = [key.value for key, _ in _pairs(old.tree)].index(section)
    key, value = _pairs(old.tree)[at]
    after = _pairs(old.tree)[at + 1 :]
    end = after[0][0].start_mark.line if after else len(lines)
    if not isinstance(value, yaml.SequenceNode) or (value.flow_style and nodes):
        problem = f"{section} stands in one line: put each entry on lines of its own to draft again"
        raise KnowledgeError([old.fault((section,), "", section, problem)])
    first = key.start_mark.line + 1
    starts = [_dash(lines, item.start_mark.line) for item in value.value]
    bounds = [first, *(_before_comments(lines, start, first) for start in starts[1:]), end] if starts else [first, end]
    kept: list[str] = []
    for number, node in enumerate(nodes):
        chunk = _without_marks(lines[bounds[number] : bounds[number + 1]])
        if node.draft and node.id in wrong:
            continue
        kept += [f"  {MARK}: {fault.problem}\n" for fault in wrong.get(node.id, ())]
        kept += chunk
    kept, tail = _split_tail(kept if nodes else _without_marks(lines[first:end]))
    heading = [f"{section}:\n"] if any(kept) or any(added) else [f"{section}: []\n"]
    if not any(one for one in (*kept, *added) if one.lstrip().startswith("- ")):
        heading = [f"{section}: []\n"]
    return [*lines[: first - 1], *heading, *kept, *added, *tail, *lines[end:]]


def _dash(lines: Sequence[str], line: int) -> int:
    """The line of the dash that opens an item."""
    while line > 0 and not lines[line].lstrip().startswith("-"):
        line -= 1
    return line


def _before_comments(lines: Sequence[str], line: int, first: int) -> int:
    """Where the comments above an item begin: they are about it."""
    while line > first and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line


def _without_marks(lines: Iterable[str]) -> list[str]:
    """The lines without what an earlier draft left to do and marked."""
    kept: list[str] = []
    inside = False
    for line in lines:
        bare = line.strip()
        if bare.startswith(writer.TO_DO):
            inside = True
            continue
        inside = inside and line.startswith(("  # -", "  #   "))
        if not inside and not bare.startswith(MARK):
            kept.append(line)
    return kept


def _split_tail(lines: list[str]) -> tuple[list[str], list[str]]:
    """Blank lines and comments at the margin that end a section: they belong to the next."""
    at = len(lines)
    while at > 0 and (not lines[at - 1].strip() or lines[at - 1].startswith("#")):
        at -= 1
    return lines[:at], lines[at:]
