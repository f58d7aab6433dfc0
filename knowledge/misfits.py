"""What does not fit the schema, in an editor's words.

Answers for what is wrong and what to write instead. Finds nothing itself: pydantic does.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

import yaml
from anyascii import anyascii
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from knowledge import schema, tree
from knowledge.faults import Fault
from knowledge.tree import Place

_OF_ENTITIES = ("speaker", "about")
"""Fields that hold ids of entities."""
_TAKEN_FOR = {"bool": "yes or no", "int": "a number", "float": "a number", "null": "nothing"}
"""What YAML takes a bare word for, by the end of its tag."""
_PATTERNS = {
    schema.WHEN: "write it as 2025-03-01, 2025-03 or 2025",
    schema.URL: "an address begins with https:// or http://",
    schema.LANGUAGE: "write the two lower-case letters of the language, such as en",
}
_CHOICE = re.compile(r"'([^']*)'")
_WORDS = re.compile(r"[\w-]+(?:, *[\w-]+)*")
"""What may stand in brackets as it is, whatever kind of list they make."""


@dataclass(frozen=True, slots=True)
class _Misfit:
    """One thing that doesn't fit."""

    place: Place
    root: yaml.Node
    detail: ErrorDetails
    model: type[BaseModel]

    @property
    def node(self) -> yaml.Node:
        """What stands there."""
        return tree.node(self.root, self.place)

    @property
    def written(self) -> str:
        """What the editor wrote there, where it is one text."""
        return self.node.value if isinstance(self.node, yaml.ScalarNode) else ""

    @property
    def key(self) -> str:
        """The key that it stands under."""
        return next((step for step in reversed(self.place) if isinstance(step, str)), "")

    @property
    def context(self) -> dict[str, Any]:
        """What pydantic says of it besides."""
        return self.detail.get("ctx", {})

    def fields(self, place: Place) -> list[str]:
        """What may stand at a place."""
        model = self.model
        for step in place:
            held = model.model_fields.get(str(step))
            model = next(_models(held.annotation), model) if held else model
        return list(model.model_fields)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """The models in a type such as `list[FactNode]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def fault(path: Path, root: yaml.Node, detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    """A mistake as a fault of the file at a path; `model`: what the whole file should be."""
    misfit = _Misfit(detail["loc"], root, detail, model)
    worded = next((words for kind, words in _WORDED.items() if detail["type"].startswith(kind)), _otherwise)
    place = misfit.place
    return Fault(path, tree.line(root, place), tree.entry(root, place), tree.field(place), worded(misfit))


def _otherwise(misfit: _Misfit) -> str:
    message = misfit.detail["msg"]
    return message[0].lower() + message[1:] + (f", not {misfit.written}" if misfit.written else "")


def _unknown_key(misfit: _Misfit) -> str:
    key = str(misfit.place[-1])
    known = misfit.fields(misfit.place[:-1])
    name, colon, _ = key.partition(":")
    if colon and name in known:
        return f"a blank is missing after {name}:"
    return f"unknown key{_close(key.strip(), known)}"


def _close(word: str, known: list[str]) -> str:
    """What may be meant by a word, else all that would be right."""
    close = get_close_matches(word.lower(), known, n=1)
    return f", did you mean {close[0]}?" if close else f"; known are {', '.join(known)}"


def _no_choice(misfit: _Misfit) -> str:
    known = _CHOICE.findall(misfit.context["expected"])
    return f"{misfit.written} is unknown{_close(misfit.written, known)}" if misfit.written else "is empty"


def _no_text(misfit: _Misfit) -> str:
    if not isinstance(misfit.node, yaml.ScalarNode):
        return "write one text; put it into quotation marks where a colon, [ or { is in it"
    if misfit.written in ("", "~"):
        return "is empty"
    meant = _TAKEN_FOR.get(misfit.node.tag.rpartition(":")[2], "something else")
    return f'YAML takes {misfit.written} for {meant}: put it into quotation marks, "{misfit.written}"'


def _no_list(misfit: _Misfit) -> str:
    if not isinstance(misfit.node, yaml.ScalarNode):
        return "write a list: begin each item with a dash and a blank"
    if misfit.written in ("", "~"):
        return f"is empty: write a list, or leave {misfit.key} out"
    if misfit.written.startswith("-"):
        return "a blank is missing after -"
    plain = _WORDS.fullmatch(misfit.written) or not re.search(r"[,:#\[\]{}\"]", misfit.written)
    return f"write a list: [{misfit.written}]" if plain else f'write a list: ["{misfit.written}"]'


def _no_fields(misfit: _Misfit) -> str:
    if misfit.key == "source":
        number = re.search(r"\d+", misfit.written)
        return f"write {{paragraph: {number[0] if number else 4}}}"
    known = misfit.fields(misfit.place)
    return f"write fields here, a name, a colon and a blank before each; known are {', '.join(known)}"


def _no_pattern(misfit: _Misfit) -> str:
    told = _PATTERNS.get(misfit.context["pattern"])
    return f"{told}, not {misfit.written}" if told else _no_id(misfit)


def _no_id(misfit: _Misfit) -> str:
    allowed = "lower-case letters, figures, - and _"
    if misfit.key in ("id", "extends"):
        plain = re.sub(r"[^a-z0-9]+", "-", anyascii(misfit.written).lower()).strip("-")
        return f"an id has {allowed} only: " + (f"write {plain}" if plain else f"not {misfit.written}")
    what = "entity" if misfit.key in _OF_ENTITIES else "entry"
    named = next(_named(misfit.root, misfit.written), None)
    told = f"did you mean {named}?" if named else f"{allowed}, not {misfit.written}"
    return f"write the id of an {what}: {told}"


def _named(root: yaml.Node, name: str) -> Iterator[str]:
    """The ids of entities that have a name."""
    for place, found in tree.walk(root):
        named = place[:1] == ("entities",) and ("name" in place or "aliases" in place)
        if named and isinstance(found, yaml.ScalarNode) and found.value.lower() == name.lower():
            yield tree.entry(root, place)


def _no_moment(misfit: _Misfit) -> str:
    if re.match(r"\d{4}-\d\d-\d\d", misfit.written):
        return f"there is no such day or time: {misfit.written}"
    return f"write it as 2025-03-01 or 2025-03-01T09:30, not {misfit.written}" if misfit.written else "is empty"


def _no_number(misfit: _Misfit) -> str:
    return f"write one whole number, not {misfit.written}" if misfit.written else "write one whole number"


_WORDED: dict[str, Callable[[_Misfit], str]] = {
    "extra_forbidden": _unknown_key,
    "missing": lambda _: "is missing",
    "string_type": _no_text,
    "string_too_short": lambda _: "is empty",
    "string_too_long": lambda misfit: f"has {len(misfit.written)} characters, {misfit.context['max_length']} at most",
    "string_pattern": _no_pattern,
    "literal_error": _no_choice,
    "enum": _no_choice,
    "list_type": _no_list,
    "too_short": lambda misfit: f"give at least {misfit.context['min_length']}",
    "model_type": _no_fields,
    "datetime": _no_moment,
    "int": _no_number,
    "greater_than_equal": lambda misfit: f"paragraphs are counted from 0, the title: not {misfit.written}",
    "bool": lambda _: "write true, or leave it out",
    "value_error": lambda misfit: f"{misfit.context['error']}: {misfit.written}",
}
"""How mistakes are told, by the beginning of pydantic's names for them."""
