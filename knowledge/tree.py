"""A YAML text as its nodes, with the line of everything in it.

Answers for finding places. Does not know what should stand there.
"""

from collections.abc import Iterator

import yaml

Place = tuple[str | int, ...]
"""The keys and positions that lead to something: `("facts", 3, "answer")`."""


def line(tree: yaml.Node, place: Place) -> int:
    """The line, from 1, of a place, or of what should hold it where it is missing."""
    return _reached(tree, place)[0]


def node(tree: yaml.Node, place: Place) -> yaml.Node:
    """What stands at a place, or should hold it where it is missing."""
    return _reached(tree, place)[1]


def entry(tree: yaml.Node, place: Place) -> str:
    """The id of the entry at a place, or which one it is where it has none; empty where there is no entry."""
    if len(place) < 2 or not isinstance(place[1], int):
        return ""
    found = node(tree, (*place[:2], "id"))
    return found.value if isinstance(found, yaml.ScalarNode) else f"{place[0]} {place[1] + 1}"


def field(place: Place) -> str:
    """The keys of a place, as an editor knows it: without the section of an entry."""
    inside = place[2:] if len(place) > 2 and isinstance(place[1], int) else place
    return ".".join([step for step in inside if isinstance(step, str)][-2:])


def walk(tree: yaml.Node) -> Iterator[tuple[Place, yaml.Node]]:
    """Every node with its place; what aliases repeat only once."""
    walked: set[int] = set()
    waiting: list[tuple[Place, yaml.Node]] = [((), tree)]
    while waiting:
        place, found = waiting.pop()
        if id(found) in walked:
            continue
        walked.add(id(found))
        yield place, found
        if isinstance(found, yaml.MappingNode):
            waiting += reversed([((*place, str(key.value)), value) for key, value in found.value])
        elif isinstance(found, yaml.SequenceNode):
            waiting += reversed([((*place, at), one) for at, one in enumerate(found.value)])


def _reached(tree: yaml.Node, place: Place) -> tuple[int, yaml.Node]:
    found, at = tree, tree.start_mark.line + 1
    for step in place:
        if isinstance(found, yaml.MappingNode):
            pair = next(((key, value) for key, value in found.value if key.value == step), None)
            if pair is None:
                break
            at, found = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(found, yaml.SequenceNode) and isinstance(step, int) and step < len(found.value):
            found = found.value[step]
            at = found.start_mark.line + 1
        else:
            break
    return at, found
