"""Knowledge files from disk: YAML with the line of everything in it.

Answers for reading, YAML and the schema, each fault with its line. Does not compare entries with each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from knowledge import collector, schema
from knowledge.faults import Fault, KnowledgeError

LARGEST = 20 * 1024 * 1024
"""Bytes of a knowledge file that are read at most."""
OVERLAY = ".overlay.yaml"
"""How the name of a file ends that adds to the knowledge file of the same name."""
SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C, where PyYAML was built with it: faster, and a word may end in "?" inside braces."""
Place = tuple[str | int, ...]
_Model = TypeVar("_Model", schema.KnowledgeFile, schema.OverlayFile)
_MODELS: dict[str, type[BaseModel]] = {
    "article": schema.ArticleNode,
    "entities": schema.EntityNode,
    "facts": schema.FactNode,
    "quotes": schema.QuoteNode,
    "unanswered": schema.UnansweredNode,
    "vocabulary": schema.VocabularyNode,
    "source": schema.SourceNode,
}
_UNCLOSED = "a quoted scalar found unexpected end of stream"
_HINTS = {
    _UNCLOSED: "a quotation mark opens here and is never closed",
    "mapping values are not allowed": "put a text with a colon in it into quotation marks",
    "cannot start any token": "indent with blanks, no tab; put a text that begins with a sign into quotation marks",
}
"""What to do about the mistakes that editors make most."""


class _Loader(SafeLoader):  # type: ignore[misc, valid-type]
    """Leaves dates as text: the schema reads them, and knows the line of one that is in no calendar."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


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
        return _line(self.tree, place)

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
    return _parsed(_read(path), path, schema.OverlayFile)[0] if path.exists() else None


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
    text = texts[path] if path in texts else _read(path)
    if text is None:
        raise KnowledgeError([Fault(path, 0, "", "", "there would be no such file")])
    base = parse(text, path)
    over = overlay_of(path)
    text = texts[over] if over in texts else _read(over) if over.exists() else None
    if text is None:
        return base
    content, tree = _parsed(text, over, schema.OverlayFile)
    if content.extends != base.content.article.id:
        problem = f"the article beside it is {base.content.article.id}"
        raise KnowledgeError([Fault(over, _line(tree, ("extends",)), "", "extends", problem)])
    return _overlaid(base, over, content, tree)


def _overlaid(base: LoadedFile, path: Path, over: schema.OverlayFile, tree: yaml.Node) -> LoadedFile:
    """A knowledge file with what its overlay adds; phrasings of entries that the editor removed add nothing."""
    added: dict[Place, tuple[Path, int]] = {}
    changed: dict[str, list[Any]] = {}
    for section in schema.SECTIONS:
        nodes = list(getattr(base.content, section))
        for at, node in enumerate(nodes):
            questions = over.phrasings.get(node.id, [])
            for n in range(len(questions)):
                place: Place = (section, at, "questions", len(node.questions) + n)
                added[place] = path, _line(tree, ("phrasings", node.id, n))
            if questions:
                nodes[at] = node.model_copy(update={"questions": [*node.questions, *questions]})
        changed[section] = nodes
    for n in range(len(over.unanswered)):
        added["unanswered", len(base.content.unanswered) + n] = path, _line(tree, ("unanswered", n))
    changed["unanswered"] += over.unanswered
    return LoadedFile(base.path, base.content.model_copy(update=changed), base.tree, added)


def parse(text: str, path: Path) -> LoadedFile:
    """A knowledge file from its text; `path` is where faults say they are.

    Raises KnowledgeError with every fault.
    """
    content, tree = _parsed(text, path, schema.KnowledgeFile)
    return LoadedFile(path, content, tree)


def _not_yaml(path: Path, error: yaml.MarkedYAMLError) -> Fault:
    """What the parser found, where the editor can mend it, and how if it is a common mistake."""
    problem = " ".join(filter(None, (error.context, error.problem)))
    mark = error.context_mark if _UNCLOSED in problem else error.problem_mark or error.context_mark
    hint = next((f"; {hint}" for found, hint in _HINTS.items() if found in problem), "")
    return Fault(path, mark.line + 1 if mark else 0, "", "", f"not YAML: {problem}{hint}")


def _parsed(text: str, path: Path, model: type[_Model]) -> tuple[_Model, yaml.Node]:
    try:
        loader = _Loader(text)
        tree = loader.get_single_node()
        data = loader.construct_document(tree) if tree else None
    except yaml.MarkedYAMLError as error:
        raise KnowledgeError([_not_yaml(path, error)]) from None
    except RecursionError:
        raise KnowledgeError([Fault(path, 0, "", "", "not YAML: nested too deeply")]) from None
    except (yaml.YAMLError, ValueError) as error:
        raise KnowledgeError([Fault(path, 0, "", "", f"not YAML: {str(error).splitlines()[0]}")]) from None
    if tree is None or not isinstance(data, dict):
        raise KnowledgeError([Fault(path, 1, "", "", "no knowledge: expected the key article and lists of entries")])
    faults = [Fault(path, line, "", key, "the key stands here twice") for line, key in _doubled(tree)]
    try:
        content = model.model_validate(data)
    except ValidationError as error:
        faults += [_fault(path, tree, data, detail, model) for detail in error.errors()]
        raise KnowledgeError(faults) from None
    if faults:
        raise KnowledgeError(faults)
    return content, tree


def _read(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KnowledgeError([Fault(path, 0, "", "", f"cannot be read: {error.strerror}")]) from None
    if len(raw) > LARGEST:
        raise KnowledgeError([Fault(path, 0, "", "", f"larger than {LARGEST // 1024**2} MiB")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise KnowledgeError([Fault(path, line, "", "", "not UTF-8: save the file as UTF-8")]) from None


def _doubled(node: yaml.Node, walked: set[int] | None = None) -> list[tuple[int, str]]:
    """Keys that one mapping has twice: YAML would silently keep the last. Walks what aliases repeat only once."""
    found: list[tuple[int, str]] = []
    walked = set() if walked is None else walked
    if id(node) in walked:
        return found
    walked.add(id(node))
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                found.append((key.start_mark.line + 1, str(key.value)))
            seen.add(str(key.value))
            found += _doubled(value, walked)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            found += _doubled(value, walked)
    return found


def _line(tree: yaml.Node, place: Place) -> int:
    node, line = tree, tree.start_mark.line + 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _fault(path: Path, tree: yaml.Node, data: dict[str, Any], detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    place: Place = detail["loc"]
    problem = detail["msg"][0].lower() + detail["msg"][1:]
    if detail["type"] == "extra_forbidden":
        known = _fields(place, model)
        close = get_close_matches(str(place[-1]), known, n=1)
        problem = "unknown key" + (f", did you mean {close[0]}?" if close else f"; known are {', '.join(known)}")
    elif detail["type"] == "missing":
        problem = "is missing"
    elif not isinstance(detail["input"], dict | list):
        problem += f", not {detail['input']!r}"
    fields = [step for step in place if isinstance(step, str)]
    return Fault(path, _line(tree, place), _entry_at(data, place), ".".join(fields[-2:]), problem)


def _fields(place: Place, whole: type[BaseModel]) -> list[str]:
    parents = [step for step in place[:-1] if isinstance(step, str)]
    return list((_MODELS[parents[-1]] if parents else whole).model_fields)


def _entry_at(data: dict[str, Any], place: Place) -> str:
    if len(place) > 1 and isinstance(place[1], int):
        entry = data[str(place[0])][place[1]]
        if isinstance(entry, dict):
            return str(entry.get("id", f"{place[0]} {place[1] + 1}"))
    return ""
