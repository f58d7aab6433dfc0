"""Outcomes as replies: the only place that writes HTML, and where everything else is escaped.

Pure: reads no clock, environment, file or network. Does not know Telegram or the terminal; both show the same Reply.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape, unescape

from handlers.texts import has, say, status
from knowledge.outcomes import Answer, Article, Choices, Entry, NoAnswer, Outcome, Reason
from knowledge.snapshot import Snapshot

_TAG = re.compile(r"<[^>]+>")
LABEL = 60
"""Characters of a button's label; longer ones are cut by clients in the middle of a word."""
ENTRY, NONE = "e:", "n:"
"""What a button's data starts with: an entry's id, or "none of these"."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap, or to pick by its number."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reader gets to see."""

    html: str
    """Text with <b> and <i> only, all else escaped."""
    buttons: tuple[Button, ...] = ()
    answered: bool = False
    """Whether a fact of the article was given as the answer."""

    @property
    def plain(self) -> str:
        """The text without markup."""
        return unescape(_TAG.sub("", self.html))


def render(outcome: Outcome, snapshot: Snapshot) -> Reply:
    """The reply to a question."""
    match outcome:
        case Answer():
            return _answer(outcome)
        case Choices():
            buttons = [*_buttons(outcome.entries), Button(say("none_of_these", outcome.language), NONE)]
            return Reply(f"{escape(say('which', outcome.language))}", tuple(buttons))
        case NoAnswer():
            return _no_answer(outcome, snapshot)


def entry_reply(entry: Entry, related: Iterable[Entry] = ()) -> Reply:
    """The reply when an entry was picked by a button."""
    return _answer(Answer(entry, 1.0, tuple(related)))


def source_line(entry: Entry, language: str = "en") -> str:
    """Publisher, date, paragraph, according to whom, how firmly: in one line of plain text."""
    article = entry.article
    parts = [f"{article.publisher}, {day(article.published)}"]
    if entry.paragraph is not None:
        parts.append(_paragraph(entry.paragraph, language))
    if entry.according_to:
        parts.append(say("according_to", language, who=entry.according_to))
    firmness = status(entry.status, language)
    if firmness:
        parts.append(firmness)
    return " · ".join(parts)


def day(moment: datetime) -> str:
    """A date as readers write it: June 19, 2024."""
    return f"{moment:%B} {moment.day}, {moment.year}"


def listing(title: str, lines: Sequence[str], entries: Iterable[Entry] = ()) -> Reply:
    """A list under a title; `lines` are plain text."""
    body = "\n".join(f"• {escape(line)}" for line in lines)
    return Reply(f"<b>{escape(title)}</b>\n{body}".strip(), _buttons(entries), answered=True)


def note(text: str, entries: Iterable[Entry] = ()) -> Reply:
    """A sentence of the bot's own, with suggested questions as buttons."""
    buttons = _buttons(entries)
    return Reply(escape(text + (":" if buttons and not text.endswith((".", ":", "?", "!")) else "")), buttons)


def article_line(article: Article) -> str:
    """Title, publisher, section and date of an article."""
    published = f"{day(article.published)} at {article.published:%H:%M}"
    key = "published" if article.section else "published_plain"
    line = say(key, publisher=article.publisher, section=article.section or "", date=published)
    return "\n".join(filter(None, (f"“{article.title}”", line, article.url, article.rights)))


def _answer(outcome: Answer) -> Reply:
    entry, language = outcome.entry, outcome.language
    lines = [_saying(entry)]
    if language != entry.article.language:
        lines.append(f"<i>{escape(say('in_english', language))}</i>")
    lines.append(f"<i>{escape(say('source', language))}: {escape(source_line(entry, language))}</i>")
    return Reply("\n".join(lines), _buttons(outcome.related), answered=not entry.left_open)


def _saying(entry: Entry) -> str:
    if not entry.speaker:
        return escape(entry.answer)
    context = f", {escape(entry.context)}" if entry.context else ""
    return f"“{escape(entry.answer)}” — <b>{escape(entry.speaker)}</b>{context}"


def _no_answer(outcome: NoAnswer, snapshot: Snapshot) -> Reply:
    language = outcome.language
    match outcome.reason:
        case Reason.CHAT:
            key = outcome.subject if outcome.subject and has(outcome.subject) else "greeting"
            suggest = key not in ("thanks", "praise", "goodbye")
            return note(say(key, language), snapshot.suggested()[:3] if suggest else ())
        case Reason.EMPTY:
            return note(say("empty", language), snapshot.suggested()[:3])
        case Reason.NAME:
            text = say("not_mentioned", language, name=outcome.subject or "")
        case Reason.LEFT_OPEN if outcome.entry:
            text = outcome.entry.answer
        case _:
            text = say("not_said", language)
    html = escape(text)
    if outcome.closest:
        html += f"\n\n<i>{escape(say('closest', language))}:</i> {_saying(outcome.closest)}"
        html += f"\n<i>{escape(say('source', language))}: {escape(source_line(outcome.closest, language))}</i>"
    return Reply(html)


def _paragraph(number: int, language: str) -> str:
    word = say("paragraph", language, number=str(number))
    return word if str(number) in word else f"{word} {number}"


def _buttons(entries: Iterable[Entry]) -> tuple[Button, ...]:
    return tuple(Button(_label(entry.question), ENTRY + entry.id) for entry in entries)


def _label(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1].rsplit(" ", 1)[0] + "…"
