"""An article as the file that a newsroom has: plain text, Markdown or HTML.

Answers for its title, publisher, date and paragraphs, as far as the file shows them. Does not read sentences.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from knowledge.draft.dates import first_moment
from knowledge.draft.english import any_of, lists
from knowledge.faults import Fault, KnowledgeError
from knowledge.words import paragraphs

SUFFIXES = (".txt", ".md", ".html", ".htm")
_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
_MARKUP = re.compile(r"^#{1,6}\s+|(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|^>\s?", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_FIELD = re.compile(r"^(publisher|source|outlet|published by|section|url|by)\s*:\s*(.+)$", re.IGNORECASE)
_DASHED = re.compile(r"^(?P<publisher>[A-Z][^,|·–—\d]{2,60}?)\s*(?:[,|·]|\s[–—-]\s)\s*(?=.*\d)")
_DATELINE = re.compile(r"^[A-Z][A-Z .,]{2,40}(?:[A-Z][a-z]+\.? \d{1,2} )?\(([A-Z][\w ]+)\)")
_STAMP = re.compile(r"^(?:last )?(?:published|posted|updated)\b|\b[ap]\.m\.$", re.IGNORECASE)
"""A line that says when the article appeared although it ends like a sentence."""
_HEADER_LINE = 80
"""Characters of a line under the title at most, as long as it belongs to the header."""


@dataclass(frozen=True, slots=True)
class Source:
    """What an article's file shows without reading its sentences."""

    blocks: tuple[str, ...]
    """The paragraphs, from 0, the title."""
    header: frozenset[int] = frozenset()
    """The blocks that only say where and when the article appeared; block 0 is the title."""
    publisher: str | None = None
    section: str | None = None
    published: datetime | None = None
    url: str | None = None

    @property
    def text(self) -> str:
        """The whole article, paragraphs parted by blank lines."""
        return "\n\n".join(self.blocks)


def read(path: Path) -> Source:
    """Reads an article.

    Raises KnowledgeError with one line where it cannot be used.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise _fault(path, f"unknown kind of file {path.suffix or '(no ending)'}: expected {', '.join(SUFFIXES)}")
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise _fault(path, "not UTF-8: save the file as UTF-8") from None
    except OSError as error:
        raise _fault(path, f"cannot be read: {error.strerror}") from None
    if not text.strip():
        raise _fault(path, "empty: there is no article in it")
    if path.suffix.lower() == ".txt":
        return from_text(text)
    if path.suffix.lower() == ".md":
        return _from_markdown(text)
    source = _from_html(path, text)
    if not source.blocks:
        raise _fault(path, "no article found in the page; save its text as .txt")
    return source


def from_text(text: str) -> Source:
    """An article in plain text: the title, perhaps lines on where and when it appeared, then paragraphs."""
    source = Source(tuple(paragraphs(text)))
    for number, block in enumerate(source.blocks[1:], 1):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if not lines or not all(_is_header(line) for line in lines):
            break
        source = replace(source, header=source.header | {number})
        for line in lines:
            source = _with_header(source, line)
    return source if source.publisher else replace(source, publisher=_publisher_in(source.blocks))


def _is_header(line: str) -> bool:
    return len(line) <= _HEADER_LINE and (line[-1] not in '.!?"”’:' or _STAMP.search(line) is not None)


def _with_header(source: Source, line: str) -> Source:
    field = _FIELD.match(line)
    moment = first_moment(line)
    source = replace(source, published=source.published or moment)
    if field:
        return _with_field(source, field[1].lower(), field[2].strip())
    if moment:
        dashed = _DASHED.match(line)
        return replace(source, publisher=source.publisher or dashed["publisher"]) if dashed else source
    return source if source.section or line.lower().startswith("by ") else replace(source, section=line)


def _with_field(source: Source, name: str, value: str) -> Source:
    match name:
        case "by":
            return source
        case "section":
            return replace(source, section=value)
        case "url":
            return replace(source, url=value)
        case _:
            return replace(source, publisher=value)


def _publisher_in(blocks: Sequence[str]) -> str | None:
    """The newspaper that shows itself: in the dateline, or because it asked for comment or was told something."""
    name = r"((?:The )?[A-Z][\w.]+(?: [A-Z][\w.]+){0,3})"
    asked = re.compile(rf"\b{name} (?:has |had )?{any_of(lists().asks)}\b.*\b(?:comment|response|statement)\b")
    told = re.compile(rf"\btold {name}")
    for pattern in (_DATELINE, asked, told):
        for block in blocks[1:]:
            match = pattern.search(block)
            if match and match[1].split()[-1].lower() not in lists().openers:
                return match[1]
    return None


def _from_markdown(text: str) -> Source:
    front = _FRONT_MATTER.match(text)
    data = _front_matter(front[1]) if front else {}
    body = _MARKUP.sub("", _LINK.sub(r"\1", text[front.end() :] if front else text))
    heading = re.search(r"^#\s+\S", text[front.end() :] if front else text, re.MULTILINE)
    title = data.get("title")
    if title and not heading:
        body = f"{title}\n\n{body}"
    source = from_text(body if body.strip() else str(title or text))
    moment = data.get("date") or data.get("published")
    return replace(
        source,
        published=_moment(moment) or source.published,
        publisher=_line(data.get("publisher")) or source.publisher,
        section=_line(data.get("section")) or source.section,
        url=_line(data.get("url")) or source.url,
    )


def _front_matter(text: str) -> dict[str, Any]:
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - an article gives no time zone
    return first_moment(value) if isinstance(value, str) else None


def _line(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _from_html(path: Path, text: str) -> Source:
    try:
        import trafilatura  # noqa: PLC0415 - an extra that other articles do not need
    except ImportError:
        raise _fault(path, "HTML needs one more library: .venv/bin/pip install trafilatura, or save as .txt") from None
    page = trafilatura.bare_extraction(text, with_metadata=True, include_comments=False, include_tables=False)
    # A dictionary comes only where one is asked for.
    if page is None or isinstance(page, dict) or not page.text:
        return Source(())
    title, lines = _line(page.title), [line.strip() for line in page.text.split("\n") if line.strip()]
    if title and lines[0] != title:
        lines.insert(0, title)
    return Source(
        blocks=tuple(lines),
        publisher=_line(page.sitename) or _publisher_in(lines),
        section=_line(page.categories[0]) if page.categories else None,
        published=first_moment(page.date or ""),
        url=page.url,
    )


def _fault(path: Path, problem: str) -> KnowledgeError:
    return KnowledgeError([Fault(path, 0, "", "", problem)])
