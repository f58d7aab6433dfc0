"""Knowledge files from disk, each with what its overlay adds.

Answers for which files there are and what they hold together. Leaves reading one to `document`; compares no entries.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from knowledge import collector, document, schema, tree
from knowledge.faults import Fault, KnowledgeError
from knowledge.tree import Place

OVERLAY = ".overlay.yaml"
"""How the name of a file ends that adds to the knowledge file of the same name."""


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A file that keeps to the schema."""

    path: Path
    content: schema.KnowledgeFile
    """With what its overlay adds."""
    tree: yaml.Node
    added: Mapping[Place, tuple[Path, int]] = field(default_factory=dict)
    """File and line of what the overlay adds, by its place in the content."""

    def nodes(self) -> Iterator[tuple[str, int, schema.Node]]:
        """All that can answer, each with its section and its place there."""
        for section in schema.SECTIONS:
            for at, node in enumerate(getattr(self.content, section)):
                yield section, at, node

    def line(self, *place: str | int) -> int:
        """The line, from 1, of a place in the file such as `("facts", 3, "answer")`."""
        return tree.line(self.tree, place)

    def fault(self, place: Place, entry: str, field: str, problem: str) -> Fault:
        """A fault at a place of this file, or of its overlay."""
        at = next((place[:end] for end in range(len(place), 0, -1) if place[:end] in self.added), None)
        path, line = self.added[at] if at else (self.path, self.line(*place))
        return Fault(path, line, entry, field, problem)


@collector.paused()
def load(path: Path, instead: Mapping[Path, str | None] | None = None) -> list[LoadedFile]:
    """Reads a knowledge file, or all of a folder's, each with its overlay.

    `instead`: texts to read in the place of files, None for a file that is not there, to see what would come of it.

    Raises KnowledgeError with every fault of every file.
    """
    files: list[LoadedFile] = []
    faults: list[Fault] = []
    texts = instead or {}
    for file in paths(path, texts):
        try:
            files.append(_load_file(file, texts))
        except KnowledgeError as error:
            faults += error.faults
    if faults:
        raise KnowledgeError(faults)
    return files


def overlay_of(path: Path) -> Path:
    """Where what is added to a knowledge file stands."""
    return path.with_name(path.stem + OVERLAY)


def overlay(path: Path) -> schema.OverlayFile | None:
    """What an overlay adds; None where there is none.

    Raises KnowledgeError with every fault.
    """
    return document.parsed(document.read(path), path, schema.OverlayFile)[0] if path.exists() else None


def paths(path: Path, texts: Mapping[Path, str | None] = MappingProxyType({})) -> Sequence[Path]:
    """The knowledge files at a path: itself, or the YAML files of a folder, as if they were written as in `texts`.

    Raises KnowledgeError where there is none.
    """
    if path.is_dir():
        there = dict.fromkeys(path.iterdir(), "") | {file: text for file, text in texts.items() if file.parent == path}
        files = (file for file, text in there.items() if text is not None and file.suffix in (".yaml", ".yml"))
        found = sorted(file for file in files if not file.name.endswith(OVERLAY) and not file.name.startswith("."))
        if not found:
            raise KnowledgeError([Fault(path, 0, "", "", "the folder holds no .yaml file")])
        return found
    if path not in texts and not path.exists():
        raise KnowledgeError([Fault(path, 0, "", "", "there is no such file or folder")])
    return [path]


def _load_file(path: Path, texts: Mapping[Path, str | None]) -> LoadedFile:
    text = texts[path] if path in texts else document.read(path)
    if text is None:
        raise KnowledgeError([Fault(path, 0, "", "", "there would be no such file")])
    base = parse(text, path)
    over = overlay_of(path)
    text = texts[over] if over in texts else document.read(over) if over.exists() else None
    if text is None:
        return base
    content, root = document.parsed(text, over, schema.OverlayFile)
    if content.extends != base.content.article.id:
        problem = f"the article beside it is {base.content.article.id}"
        raise KnowledgeError([Fault(over, tree.line(root, ("extends",)), "", "extends", problem)])
    return _overlaid(base, over, content, root)


def _overlaid(base: LoadedFile, path: Path, over: schema.OverlayFile, root: yaml.Node) -> LoadedFile:
    """A knowledge file with what its overlay adds; phrasings of entries that the editor removed add nothing."""
    added: dict[Place, tuple[Path, int]] = {}
    changed: dict[str, list[Any]] = {}
    for section in schema.SECTIONS:
        nodes = list(getattr(base.content, section))
        for at, node in enumerate(nodes):
            questions = over.phrasings.get(node.id, [])
            for n in range(len(questions)):
                place: Place = (section, at, "questions", len(node.questions) + n)
                added[place] = path, tree.line(root, ("phrasings", node.id, n))
            if questions:
                nodes[at] = node.model_copy(update={"questions": [*node.questions, *questions]})
        changed[section] = nodes
    for n in range(len(over.unanswered)):
        added["unanswered", len(base.content.unanswered) + n] = path, tree.line(root, ("unanswered", n))
    changed["unanswered"] += over.unanswered
    return LoadedFile(base.path, base.content.model_copy(update=changed), base.tree, added)


def parse(text: str, path: Path) -> LoadedFile:
    """A knowledge file from its text; `path` is where faults say they are.

    Raises KnowledgeError with every fault.
    """
    content, root = document.parsed(text, path, schema.KnowledgeFile)
    return LoadedFile(path, content, root)
