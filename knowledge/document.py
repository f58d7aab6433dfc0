"""A YAML file read and held to what it should be, with the line of everything in it.

Answers for reading, YAML and the schema, each fault with its line. Does not know which files there are.
"""

from pathlib import Path
from typing import ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge import markup, misfits, tree
from knowledge.faults import Fault, KnowledgeError
from knowledge.markup import SafeLoader

LARGEST = 20 * 1024 * 1024
"""Bytes of a file that are read at most."""
_Model = TypeVar("_Model", bound=BaseModel)


class _Loader(SafeLoader):  # type: ignore[misc, valid-type]
    """Leaves dates as text: the schema reads them, and knows the line of one that is in no calendar."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read(path: Path) -> str:
    """The text of a file.

    Raises KnowledgeError where it cannot be read.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KnowledgeError([Fault(path, 0, "", "", f"cannot be read: {error.strerror}")]) from None
    if len(raw) > LARGEST:
        raise KnowledgeError([Fault(path, 0, "", "", f"larger than {LARGEST // 1024**2} MiB")])
    return decoded(raw, path)


def decoded(raw: bytes, path: Path) -> str:
    """What a file holds as text; `path` is where a fault says it is.

    Raises KnowledgeError where it is not UTF-8.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise KnowledgeError([Fault(path, line, "", "", "not UTF-8: save the file as UTF-8")]) from None


def parsed(text: str, path: Path, model: type[_Model]) -> tuple[_Model, yaml.Node]:
    """What a text holds, and its nodes; `path` is where faults say they are.

    Raises KnowledgeError with every fault.
    """
    root, data = _loaded(text, path)
    if root is None or not isinstance(data, dict):
        raise KnowledgeError([Fault(path, 1, "", "", f"expected the keys {', '.join(model.model_fields)}")])
    faults = [
        Fault(path, line, tree.entry(root, place), tree.field(place), problem)
        for place, line, problem in markup.traps(text, root)
    ]
    try:
        content = model.model_validate(data)
    except ValidationError as error:
        faults += [misfits.fault(path, root, detail, model) for detail in error.errors()]
        raise KnowledgeError(faults) from None
    if faults:
        raise KnowledgeError(faults)
    return content, root


def _loaded(text: str, path: Path) -> tuple[yaml.Node | None, object]:
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        return root, loader.construct_document(root) if root else None
    except yaml.MarkedYAMLError as error:
        line, problem = markup.broken(text, error)
    except RecursionError:
        line, problem = 0, "not YAML: nested too deeply"
    except (yaml.YAMLError, ValueError) as error:
        line, problem = 0, f"not YAML: {str(error).splitlines()[0]}"
    raise KnowledgeError([Fault(path, line, "", "", problem)])
