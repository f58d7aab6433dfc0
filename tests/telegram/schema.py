"""The official schema of methods and types, read from aiogram's generated classes once and cached.

Answers for what a call may contain; knows no limits, chats or texts.

A type is written as JSON: "int", "float", "str", "bool", "file", "any", ["list", type], ["one", type, ...],
["const", value, ...] or ["object", name]. A field is [type, required].
"""

import datetime as dt
import enum
import json
import os
import types
import typing
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

Type = Any
Fields = dict[str, tuple[Type, bool]]
_PLAIN = {int: "int", float: "float", str: "str", bool: "bool", Any: "any"}

_DERIVED = {(int, dt.datetime, dt.timedelta): "int", (str,): "str"}


def load(folder: Path) -> "Schema":
    """The schema from the cache in `folder`, generated there first if need be."""
    path = folder / f"bot-api-{version('aiogram')}.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(_generated()), encoding="utf-8")
        fresh.replace(path)
    return Schema(json.loads(path.read_text(encoding="utf-8")))


class Schema:
    """Every method and type of the Bot API."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.methods: dict[str, str] = content["methods"]
        """Lower-case names and the names as the documentation spells them."""
        self._objects: dict[str, Fields] = content["objects"]

    def decoded(self, method: str, sent: dict[str, Any], uploads: set[str]) -> tuple[dict[str, Any], list[str]]:
        """The parameters of a call as Python values, and everything that is wrong with them."""
        fields = self._objects[self.methods[method.lower()]]
        values = {name: _decoded(value, fields[name][0]) if name in fields else value for name, value in sent.items()}
        values |= {name: f"attach://{name}" for name in uploads if name in fields}
        return values, list(self._object(values, fields, uploads, ""))

    def _object(self, value: Any, fields: Fields, uploads: set[str], path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{path}: expected an object, got {value!r}"
            return
        for name in value.keys() - fields.keys():
            yield f"{path}{name}: unknown"
        for name, (kind, required) in fields.items():
            if name in value:
                yield from self._problems(value[name], kind, uploads, f"{path}{name}")
            elif required:
                yield f"{path}{name}: missing"

    def _problems(self, value: Any, kind: Type, uploads: set[str], path: str) -> Iterator[str]:
        if isinstance(kind, str):
            if not _plain(value, kind, uploads):
                yield f"{path}: expected {kind}, got {value!r}"
        elif kind[0] == "const":
            if value not in kind[1:]:
                yield f"{path}: expected one of {kind[1:]}, got {value!r}"
        elif kind[0] == "list":
            if not isinstance(value, list):
                yield f"{path}: expected a list, got {value!r}"
                return
            for number, item in enumerate(value):
                yield from self._problems(item, kind[1], uploads, f"{path}[{number}]")
        elif kind[0] == "object":
            yield from self._object(value, self._objects[kind[1]], uploads, f"{path}.")
        else:
            attached = "file" in kind and str(value).startswith("attach://")
            options = ["file"] if attached else kind[1:]
            tries = [list(self._problems(value, option, uploads, path)) for option in options]
            yield from min(tries, key=len)


def _plain(value: Any, kind: str, uploads: set[str]) -> bool:
    match kind:
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "float":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "bool":
            return isinstance(value, bool)
        case "file":
            return isinstance(value, str) and value.removeprefix("attach://") in uploads
        case "str":
            return isinstance(value, str)
    return True


def _decoded(value: Any, kind: Type) -> Any:
    """A form's text as the value that the type wants; left alone where it does not fit."""
    if not isinstance(value, str):
        return value
    if kind == "str" or _may_stay_text(kind, value):
        return value
    if kind[0] == "const" and value in kind:
        return value
    if kind == "bool" and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    try:
        return json.loads(value)
    except ValueError:
        return value


def _may_stay_text(kind: Type, value: str) -> bool:
    return kind[0] == "one" and "str" in kind and not ("int" in kind and value.removeprefix("-").isdigit())


def _generated() -> dict[str, Any]:
    from aiogram import methods  # noqa: PLC0415 - four seconds, and only when the cache is empty

    waiting = [
        getattr(methods, name) for name in methods.__all__ if name not in {"Request", "Response", "TelegramMethod"}
    ]
    names = {method.__api_method__.lower(): method.__name__ for method in waiting}
    spelled = {method.__api_method__.lower(): method.__api_method__ for method in waiting}
    objects: dict[str, Fields] = {}
    while waiting:
        model = waiting.pop()
        if model.__name__ not in objects:
            objects[model.__name__] = _fields(model, waiting)
    for lower, name in spelled.items():
        objects[name] = objects.pop(names[lower])
    return {"methods": spelled, "objects": objects}


def _fields(model: Any, seen: list[Any]) -> Fields:
    return {
        field.alias or name: (_type(field.annotation, seen), type(None) not in typing.get_args(field.annotation))
        for name, field in model.model_fields.items()
        if not (field.json_schema_extra or {}).get("deprecated")
    }


def _type(annotation: Any, seen: list[Any]) -> Type:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _type(arguments[0], seen)
    if origin in {typing.Union, types.UnionType}:
        options = [_type(part, seen) for part in arguments if part is not type(None) and part.__name__ != "Default"]
        flat = [inner for option in options for inner in (option[1:] if option[0] == "one" else [option])]
        return flat[0] if len(flat) == 1 else ["one", *flat]
    if origin is list:
        return ["list", _type(arguments[0], seen)]
    if origin is typing.Literal:
        return ["const", *(getattr(part, "value", part) for part in arguments)]
    return _named(annotation, seen)


def _named(annotation: Any, seen: list[Any]) -> Type:
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if getattr(annotation, "__name__", "") == "InputFile":
        return "file"
    if hasattr(annotation, "__value__"):  # an alias that contains itself: text in rich messages
        return "any"
    if not isinstance(annotation, type):
        raise TypeError(f"the schema has a type that is not known here: {annotation!r}")
    if issubclass(annotation, enum.Enum):
        return ["const", *(member.value for member in annotation)]
    if hasattr(annotation, "model_fields"):
        seen.append(annotation)
        return ["object", annotation.__name__]
    for bases, kind in _DERIVED.items():
        if issubclass(annotation, bases):
            return kind
    raise TypeError(f"the schema has a type that is not known here: {annotation}")
