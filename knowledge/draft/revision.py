"""A new draft laid over a file that an editor has worked on.

Answers for keeping what the editor wrote, word for word and with its comments. Marks what the article no longer bears
out; never changes a finished entry.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar

from knowledge.draft import writer
from knowledge.draft.drafter import Draft, Node, ToDo
from knowledge.draft.sections import MARK, chunks, extent, in_file, split_tail, without_marks
from knowledge.draft.source import Source
from knowledge.faults import Fault, KnowledgeError
from knowledge.files import LoadedFile
from knowledge.schema import EntityNode, FactNode, KnowledgeFile, QuoteNode, UnansweredNode
from knowledge.verification import against_text
from knowledge.vocabulary import phrase

_PARAGRAPH = re.compile(r"(\bparagraph: )\d+")
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_Node = TypeVar("_Node", EntityNode, FactNode, QuoteNode)


@dataclass(frozen=True, slots=True)
class Revision:
    """What became of a file."""

    text: str
    disagreeing: tuple[Fault, ...]
    """Finished entries that the article no longer bears out."""


@dataclass(frozen=True, slots=True)
class _Changes:
    """What is to be done to the entries of a file."""

    fresh: Draft
    """What is new."""
    wrong: dict[str, list[Fault]]
    """What the article doesn't bear out, by id."""
    moved: dict[str, int]
    """The paragraphs in which entries stand now."""
    stale: set[str]
    """Drafted entries that are to go."""

    def added(self, section: str) -> list[str]:
        """What is new in a section, as text."""
        todos = [writer.to_dos(self.fresh.todos)] if section == "facts" else []
        return [*(writer.entry(node) for node in getattr(self.fresh.content, section)), *todos]

    def applied(self, node: Node, lines: list[str]) -> list[str]:
        """The lines of an entry as they are to be."""
        if node.draft and node.id in self.moved:
            return [_PARAGRAPH.sub(rf"\g<1>{self.moved[node.id]}", line) for line in lines]
        if node.id in self.stale:
            return []
        return [*(f"  {MARK}: {fault.problem}\n" for fault in self.wrong.get(node.id, ())), *lines]


def revised(old: LoadedFile, text: str, new: Draft, source: Source) -> Revision:
    """The old file with drafted entries brought up to date; `text` is what stands in it.

    Raises KnowledgeError where the file is about another article or its lists are written in one line.
    """
    _same_article(old, new)
    moved = _moved(old.content, new.content)
    drafted = _nodes(new.content)
    again = {node.id for node in _nodes(old.content) if node.draft and node in drafted}
    stale: set[str] = set()
    while True:
        # What goes vouches for no name any more, so that more may have to go.
        found = [*against_text(old, source.text, stale), *_misplaced(old, moved)]
        faults = sorted(fault for fault in found if fault.entry not in again)
        gone = _stale(old.content, {fault.entry for fault in faults} - moved.keys())
        if gone == stale:
            break
        stale = gone
    wrong: dict[str, list[Fault]] = {}
    for fault in faults:
        wrong.setdefault(fault.entry, []).append(fault)
    changes = _Changes(_fitted(old.content, new, stale), wrong, moved, stale)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    for section in reversed(in_file(old)):
        lines = _with_section(old, lines, section, changes)
    for section in (section for section in writer.SECTIONS if section not in in_file(old)):
        added = changes.added(section)
        lines += ["\n", _heading(section, added), *added] if any(added) else []
    finished = {node.id for node in _nodes(old.content) if not node.draft}
    return Revision("".join(lines), tuple(fault for fault in faults if fault.entry in finished))


def _stale(old: KnowledgeFile, wrong: Collection[str]) -> set[str]:
    """Of what the article doesn't bear out, the drafted entries that nothing else refers to."""
    stale = {node.id for node in _nodes(old) if node.draft and node.id in wrong}
    while needed := stale & _needed(old, stale):
        stale -= needed
    return stale


def _needed(old: KnowledgeFile, stale: set[str]) -> set[str]:
    """The ids that something refers to, other than entries that are to go."""
    facts = [fact for fact in old.facts if fact.id not in stale]
    quotes = [quote for quote in old.quotes if quote.id not in stale]
    lists = [old.article.suggested, *(fact.about for fact in facts)]
    answering: tuple[FactNode | QuoteNode | UnansweredNode, ...] = (*facts, *quotes, *old.unanswered)
    lists += [node.see for node in answering]
    return {id_ for ids in lists for id_ in ids} | {quote.speaker for quote in quotes}


def _moved(old: KnowledgeFile, new: KnowledgeFile) -> dict[str, int]:
    """The paragraphs of entries that stand elsewhere now, as far as they have kept their ids."""
    places = {node.id: node.source.paragraph for node in _nodes(new) if node.source}
    return {
        node.id: places[node.id]
        for node in _nodes(old)
        if node.source and places.get(node.id, node.source.paragraph) != node.source.paragraph
    }


def _misplaced(old: LoadedFile, moved: dict[str, int]) -> Iterator[Fault]:
    """Finished facts that the draft finds in another paragraph; quotations are compared with the text itself."""
    for at, fact in enumerate(old.content.facts):
        if fact.id in moved and not fact.draft:
            problem = f"the draft has it from paragraph {moved[fact.id]}, not {fact.source.paragraph}"
            yield old.fault(("facts", at, "source", "paragraph"), fact.id, "source", problem)


def _same_article(old: LoadedFile, new: Draft) -> None:
    mine, other = new.content.article, old.content.article
    if mine.id != other.id and phrase(mine.title) != phrase(other.title):
        raise KnowledgeError(
            [Fault(old.path, 0, "", "", f"holds another article, “{other.title}”: choose another --out")]
        )


def _nodes(content: KnowledgeFile) -> Sequence[Node]:
    return (*content.entities, *content.facts, *content.quotes)


def _fitted(old: KnowledgeFile, new: Draft, stale: set[str]) -> Draft:
    """The new draft without what the file has already, with the file's own ids for names."""
    owners = {phrase(name): one.id for one in old.entities for name in (one.name, *one.aliases)}
    renamed = {
        one.id: owner
        for one in new.content.entities
        if (owner := next((owners[phrase(name)] for name in (one.name, *one.aliases) if phrase(name) in owners), None))
    }
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


def _is_there(node: Node, kept: Iterable[Node]) -> bool:
    """Whether the file says the same already: the same quotation, or a finished fact with the same figures."""
    if isinstance(node, QuoteNode):
        return any(isinstance(one, QuoteNode) and phrase(one.text) == phrase(node.text) for one in kept)
    if isinstance(node, FactNode):
        figures = set(_FIGURE.findall(node.answer))
        facts = [one for one in kept if isinstance(one, FactNode) and not one.draft]
        same = any(phrase(one.answer) == phrase(node.answer) for one in kept if isinstance(one, FactNode))
        return same or (bool(figures) and any(figures <= set(_FIGURE.findall(one.answer)) for one in facts))
    return False


def _with_section(old: LoadedFile, lines: list[str], section: str, changes: _Changes) -> list[str]:
    """The lines with one section brought up to date."""
    first, end = extent(old, lines, section)
    body, tail = split_tail(lines[first:end])
    entries = list(chunks(old, lines, section, first, end - len(tail)))
    kept = [line for node, chunk in entries for line in changes.applied(node, chunk)]
    kept = kept if entries else without_marks(body)
    added = changes.added(section)
    return [*lines[: first - 1], _heading(section, [*kept, *added]), *kept, *added, *tail, *lines[end:]]


def _heading(section: str, lines: Iterable[str]) -> str:
    """The line above a section: an empty list where only comments follow."""
    filled = any(line.lstrip().startswith("- ") for line in lines)
    return f"{section}:\n" if filled else f"{section}: []\n"
