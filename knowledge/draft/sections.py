"""The lines of a knowledge file, section by section and entry by entry.

Answers for which lines and comments belong to which entry. Changes no entry.
"""

from collections.abc import Iterable, Iterator, Sequence

import yaml

from knowledge.draft import writer
from knowledge.draft.drafter import Node
from knowledge.faults import KnowledgeError
from knowledge.files import LoadedFile

MARK = "# check again"
"""Opens the comment above an entry that no longer agrees with the article."""


def in_file(old: LoadedFile) -> list[str]:
    """The sections of drafts that the file has, in its order."""
    return [key.value for key, _ in _pairs(old.tree) if key.value in writer.SECTIONS]


def _pairs(tree: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return list(tree.value) if isinstance(tree, yaml.MappingNode) else []


def extent(old: LoadedFile, lines: Sequence[str], section: str) -> tuple[int, int]:
    """The lines of a section's entries: the first, and the one after the last."""
    pairs = _pairs(old.tree)
    at = [key.value for key, _ in pairs].index(section)
    key, value = pairs[at]
    if not isinstance(value, yaml.SequenceNode) or (value.flow_style and value.value):
        problem = f"{section} stands in one line: put each entry on lines of its own to draft again"
        raise KnowledgeError([old.fault((section,), "", section, problem)])
    return key.start_mark.line + 1, pairs[at + 1][0].start_mark.line if at + 1 < len(pairs) else len(lines)


def chunks(
    old: LoadedFile, lines: Sequence[str], section: str, first: int, end: int
) -> Iterator[tuple[Node, list[str]]]:
    """Each entry of a section with its lines and the comments above it."""
    items = next(value for key, value in _pairs(old.tree) if key.value == section).value
    starts = [_before_comments(lines, _dash(lines, item.start_mark.line), first) for item in items]
    nodes: Sequence[Node] = getattr(old.content, section)
    # What stands above the first entry is about it, too.
    for node, start, following in zip(nodes, [first, *starts[1:]], [*starts[1:], end], strict=False):
        yield node, without_marks(lines[start:following])


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


def without_marks(lines: Iterable[str]) -> list[str]:
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


def split_tail(lines: list[str]) -> tuple[list[str], list[str]]:
    """Blank lines and comments at the margin that end a section: they belong to the next."""
    at = len(lines)
    while at > 0 and (not lines[at - 1].strip() or lines[at - 1].startswith("#")):
        at -= 1
    return lines[:at], lines[at:]
