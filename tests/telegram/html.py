"""Telegram's HTML as text and entities. Answers for which markup passes and how it is refused; knows no limits.

Offsets and lengths count UTF-16 units, byte offsets in refusals count UTF-8.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.refusal import Refusal, mistake

Entity = dict[str, Any]
_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([a-zA-Z0-9.-]+)))?""")
_ADDRESS = re.compile(r"(https?|tg|ton)://.|mailto:.|[\w-]+\.\w")
_END = re.compile(r"\s*>")


def units(text: str) -> int:
    """The length of `text` in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(source: str) -> tuple[str, list[Entity]]:
    """What a reader sees and how it is marked. Raises Refusal."""
    return _Parser(source).run()


@dataclass
class _Open:
    tag: str
    begin: int
    entity: Entity


@dataclass
class _Parser:
    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def run(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self._end_tag()
            elif self.source[self.at] == "<":
                self._start_tag()
            else:
                self._character()
        if self.open:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        order = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.text), order

    def _character(self) -> None:
        reference = _REFERENCE.match(self.source, self.at)
        shown = self.source[self.at]
        if reference:
            shown = _dereferenced(reference)
        self.at = reference.end() if reference else self.at + 1
        self.text.append(shown)
        self.length += units(shown)

    def _start_tag(self) -> None:
        begin = self.at
        name = _NAME.match(self.source, begin + 1)
        tag = name.group().lower() if name else ""
        if tag not in _TAGS:
            raise self._at(begin, f'Unsupported start tag "{tag}"')
        self.at = name.end() if name else begin
        attributes = self._attributes(begin, tag)
        entity = {"type": _TAGS[tag], "offset": self.length, **self._extra(tag, attributes, begin)}
        self.open.append(_Open(tag, begin, entity))

    def _attributes(self, begin: int, tag: str) -> dict[str, str]:
        found: dict[str, str] = {}
        while not (end := _END.match(self.source, self.at)):
            attribute = _ATTRIBUTE.match(self.source, self.at)
            if attribute is None:
                raise self._at(begin, "Unclosed start tag")
            name, *values = attribute.groups()
            if all(value is None for value in values) and (tag, name) != ("blockquote", "expandable"):
                raise self._at(begin, f'Expected equal sign in declaration of an attribute of the tag "{tag}"')
            found[name.lower()] = _text(next((value for value in values if value is not None), ""))
            self.at = attribute.end()
        self.at = end.end()
        return found

    def _extra(self, tag: str, attributes: dict[str, str], begin: int) -> Entity:
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._at(begin, 'Tag "span" must have class "tg-spoiler"')
        if tag == "tg-emoji" and not attributes.get("emoji-id", "").isdigit():
            raise self._at(begin, 'Tag "tg-emoji" must have attribute "emoji-id"')
        if tag == "tg-emoji":
            return {"custom_emoji_id": attributes["emoji-id"]}
        if tag == "a" and "href" in attributes:
            return {"url": attributes["href"]}
        if tag == "blockquote" and "expandable" in attributes:
            return {"type": "expandable_blockquote"}
        return {}

    def _end_tag(self) -> None:
        begin = self.at
        close = self.source.find(">", begin)
        if close < 0:
            raise self._at(begin, "Unclosed end tag")
        tag = self.source[begin + 2 : close].strip().lower()
        if not self.open:
            raise self._at(begin, "Unexpected end tag")
        opened = self.open.pop()
        if tag != opened.tag:
            raise self._at(begin, "Unmatched end tag", f', expected "</{opened.tag}>", found "</{tag}>"')
        self.at = close + 1
        entity = opened.entity | {"length": self.length - opened.entity["offset"]}
        if entity["length"] and self._leads_somewhere(entity):
            self.entities.append(entity)

    @staticmethod
    def _leads_somewhere(entity: Entity) -> bool:
        """Links with no usable address stay as plain text."""
        return entity["type"] != "text_link" or _ADDRESS.match(entity.get("url", "")) is not None

    def _at(self, position: int, text: str, more: str = "") -> Refusal:
        offset = len(self.source[:position].encode("utf-8", "surrogatepass"))
        return _refused(f"{text} at byte offset {offset}{more}")


def _text(value: str) -> str:
    return _REFERENCE.sub(_dereferenced, value)


def _dereferenced(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name = reference.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else reference.group()


def _refused(text: str) -> Refusal:
    return mistake(f"can't parse entities: {text}")
