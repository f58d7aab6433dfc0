"""YAML as editors mistype it.

Answers for what to do about a text that is no YAML, and for what YAML reads otherwise than it was meant. Does not know
what should stand in a knowledge file, but for the names of its fields.
"""

import itertools
import re
from collections.abc import Iterator

import yaml

from knowledge import schema, tree
from knowledge.tree import Place

SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C, where PyYAML was built with it: faster, and a word may end in "?" inside braces."""
_MODELS = (
    *(schema.KnowledgeFile, schema.OverlayFile, schema.ArticleNode, schema.SourceNode, schema.VocabularyNode),
    *(schema.EntityNode, schema.FactNode, schema.QuoteNode, schema.UnansweredNode),
)
_FIELD = rf"(?:{'|'.join(sorted({name for model in _MODELS for name in model.model_fields}))})"
_LINE_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_ODD = "\u00a0\u2000-\u200b\u202f\u3000\ufeff"
"""Blanks that are none to YAML; text processors and web pages put them in."""
_ODD_BLANK = re.compile(rf"^[ -]*(?:\w+:)?[ ]*[{_ODD}]")
_NO_BLANK = re.compile(rf"^[ -]*({_FIELD}:)(?=[^\s,}}])")
_NO_BLANK_AFTER_DASH = re.compile(r"^ *(-)(?=[\w\"'\[{])")
_OPENS_FIELD = re.compile(rf"^[ -]*{_FIELD}(?=:(?: |$))")
_COMMENT = re.compile(r"[ \t]+(#[^\s#]\S*)")
"""What follows a text and looks as if it were meant to be part of it: a comment has a blank after its sign."""
_BROKEN = 60
"""Characters of a line from which on it may go on in the next for its length."""
_OPENS_ENTRY = re.compile(r"^ *id: ")
_DASHLESS = "where an entry begins, `- ` belongs before id"
_TOO_FAR_IN = "mapping values are not allowed"
_UNCLOSED = "a quoted scalar found unexpected end of stream"
_SIGN = "put a text that begins with a sign into quotation marks"
_UNINDENTED = "is this line as far in as the ones beside it?"
_HINTS = {
    _UNCLOSED: "a quotation mark opens here and is never closed",
    _TOO_FAR_IN: "put a text with a colon in it into quotation marks",
    "tab character": "indent with blanks, no tab",
    "cannot start any token": f"indent with blanks, no tab; {_SIGN}",
    "undefined alias": _SIGN,
    "scanning an alias": _SIGN,
    "scanning an anchor": _SIGN,
    "block sequence entries are not allowed": _SIGN,
    "mapping keys are not allowed": _SIGN,
    "constructor for the tag": _SIGN,
    "block scalar": _SIGN,
    "unknown escape": "write \\\\ for a backslash, or take ' as quotation marks",
    "another document": "take the line --- away",
    "expected node content": f"is a comma too many here? Else {_SIGN}",
    "expected '-'": f"{_UNINDENTED} An entry begins with a dash and a blank",
    "flow sequence": "a [ opens here: is the ] missing, or a comma, or the quotation marks around a text with signs?",
    "flow mapping": "a { opens here: is the } missing, or a comma, or the quotation marks around a text with signs?",
    "could not find expected ':'": "a field needs a colon and a blank after its name; a text that goes on, more blanks",
    "expected key": f"{_UNINDENTED} Or does a text begin with a quotation mark or bracket?",
}
"""What to do about the mistakes that editors make most, by what the parser says of them."""
_WHERE_IT_OPENS = (_UNCLOSED, "flow sequence", "flow mapping", "':'")
"""Mistakes that the parser notices long after the place to mend."""


def broken(text: str, error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The line, from 1, where a text that is no YAML should be mended, and how."""
    said = " ".join(filter(None, (error.context, error.problem)))
    noticed = error.problem_mark or error.context_mark
    if noticed is None:
        return 0, f"not YAML: {said}"
    lines = [*_LINE_BREAK.split(text), ""]
    found = next(_guesses(text, lines, noticed, said), None)
    if found is None:
        opening = error.context_mark if any(words in said for words in _WHERE_IT_OPENS) else None
        hint = next((hint for words, hint in _HINTS.items() if words in said), "")
        found = (opening or noticed).line, hint
    line, hint = found
    return line + 1, f"not YAML: {hint} ({said})" if hint else f"not YAML: {said}"


def _guesses(text: str, lines: list[str], noticed: yaml.Mark, said: str) -> Iterator[tuple[int, str]]:
    """The mistakes that show in the lines themselves, each with its line."""
    for number in range(max(noticed.line - 1, 0), noticed.line + 1):
        line = lines[number]
        if _ODD_BLANK.search(line):
            yield number, "a blank of another kind stands here, as text processors put in: type plain blanks"
        elif missing := _NO_BLANK.search(line) or _NO_BLANK_AFTER_DASH.search(line):
            yield number, f"a blank is missing after {missing[1]}"
        elif comment := _COMMENT.search(line):
            yield number, _begins_comment(comment[1])
    yield from _ends_early(text, lines, noticed)
    field = _OPENS_FIELD.search(lines[noticed.line])
    if field and noticed.column == field.end() and _TOO_FAR_IN in said:
        dashless = _OPENS_ENTRY.search(lines[noticed.line - 1])
        yield (noticed.line - 1, _DASHLESS) if dashless else (noticed.line, _UNINDENTED)


def _ends_early(text: str, lines: list[str], noticed: yaml.Mark) -> Iterator[tuple[int, str]]:
    """A quotation that ends right before the place where the parser stumbled."""
    quoted = [token for token in _tokens(text) if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"')]
    for token in quoted[-1:]:
        opens, closes = token.start_mark, token.end_mark
        if closes.line != noticed.line or lines[closes.line][closes.column : noticed.column].strip():
            return
        if opens.line < closes.line:
            yield opens.line, f"a quotation mark opens here and closes only in line {closes.line + 1}"
        else:
            yield opens.line, f"the text goes on after its second {token.style}: put the whole into the other marks"


def _tokens(text: str) -> Iterator[yaml.Token]:
    """The tokens up to the first mistake."""
    try:
        yield from yaml.scan(text, Loader=SafeLoader)
    except yaml.YAMLError:
        return


def _begins_comment(sign: str) -> str:
    return f"{sign} begins a comment, which is not read: put a text with # into quotation marks, or a blank after the #"


def traps(text: str, root: yaml.Node) -> Iterator[tuple[Place, int, str]]:
    """What YAML reads otherwise than it was meant: its place and line, and what is wrong."""
    for place, found in tree.walk(root):
        if isinstance(found, yaml.MappingNode):
            yield from _doubled(place, found)
        elif isinstance(found, yaml.ScalarNode) and not found.style:
            if text.startswith(("&", "!"), found.start_mark.index):
                yield place, found.start_mark.line + 1, _SIGN
            if _goes_on(text, found):
                yield from _cut(text, place, found)


def _doubled(place: Place, mapping: yaml.MappingNode) -> Iterator[tuple[Place, int, str]]:
    """Keys that stand twice: YAML would silently keep the last."""
    seen: set[str] = set()
    for key, _ in mapping.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in seen and name == "id":
            # All that follows is the next entry's.
            yield (*place, name), line, f"the key stands here twice: {_DASHLESS}"
            return
        if name in seen:
            yield (*place, name), line, "the key stands here twice"
        seen.add(name)


def _goes_on(text: str, plain: yaml.ScalarNode) -> bool:
    """Whether a text fills several lines or something follows it on its line, which few do."""
    return plain.start_mark.line < plain.end_mark.line or text.startswith((" ", "\t"), plain.end_mark.index)


def _cut(text: str, place: Place, plain: yaml.ScalarNode) -> Iterator[tuple[Place, int, str]]:
    """A text without quotation marks of which a part got lost, or that swallowed what follows."""
    start, end = plain.start_mark, plain.end_mark
    comment = _COMMENT.match(text, end.index)
    if comment:
        yield place, end.line + 1, _begins_comment(comment[1])
    lines = _LINE_BREAK.split(text[start.index - start.column : end.index]) if start.line < end.line else []
    for number, (before, line) in enumerate(itertools.pairwise(lines), start.line + 2):
        if line.lstrip().startswith("- ") and len(before) < _BROKEN:
            yield place, number, "this line goes on with the text before it: put its dash right under the dash above"
            return


def torn(root: yaml.Node) -> Iterator[tuple[Place, int, str]]:
    """Questions that may be one although commas make several of them: their place and line, and what to do."""
    for place, found in tree.walk(root):
        if place[-1:] == ("questions",) and isinstance(found, yaml.SequenceNode) and found.flow_style:
            for pieces in _pieces(found.value):
                words = ", ".join(piece.value for piece in pieces)
                problem = f'commas make {len(pieces)} phrasings of this: if it is one, write "{words}"'
                yield place, pieces[0].start_mark.line + 1, problem


def _pieces(items: list[yaml.Node]) -> Iterator[list[yaml.Node]]:
    """Runs of items that only the last one ends as a question, and only the first one begins."""
    run: list[yaml.Node] = []
    for item in items:
        plain = isinstance(item, yaml.ScalarNode) and not item.style and bool(item.value)
        begins = plain and item.value[0].isupper()
        run = [*run, item] if plain and run and not begins else [item] if begins else []
        if run and item.value.endswith("?"):
            if run[1:]:
                yield run
            run = []
