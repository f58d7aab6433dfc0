"""Outcomes as replies: the only place that writes HTML, and where everything else is escaped.

Pure: reads no clock, environment, file or network. Does not know Telegram or the terminal; both show the same Reply.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape, unescape

from handlers.lists import Listing
from handlers.pieces import pieces, shortened
from handlers.taps import Page, Pick, Refusal, Tap, Vote
from handlers.texts import day, has, say, status
from knowledge.outcomes import Answer, Article, Choices, Entry, NoAnswer, Outcome, Reason, Status
from knowledge.snapshot import Snapshot

_TAG = re.compile(r"<[^>]+>")
LABEL = 60
"""Characters of a button's label; longer ones are cut by clients in the middle of a word."""
NAME = 64
"""Characters of a reader's own words that a reply repeats."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap, or to pick by its number."""

    label: str
    tap: Tap


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reader gets to see."""

    body: str
    """HTML with <b> and <i> only, all else escaped."""
    footer: str = ""
    """The source, HTML too; never torn from the end of the body."""
    buttons: tuple[Button, ...] = ()
    votes: tuple[Button, ...] = ()
    """Whether it helped; only an entry's own text can be voted on."""
    answered: bool = False
    """Whether a fact of the article was given as the answer."""
    refused: bool = False
    """Whether an editor's change was not taken over."""
    gone: bool = False
    """Whether what a button is for was seen to before."""

    @property
    def html(self) -> str:
        """Body and footer."""
        return "\n".join(filter(None, (self.body, self.footer)))

    @property
    def plain(self) -> str:
        """The text without markup."""
        return unescape(_TAG.sub("", self.html))

    @property
    def pieces(self) -> list[str]:
        """The text in pieces that each fit into a message; the source stands in the last."""
        return pieces(self.body, self.footer)

    @property
    def single(self) -> str:
        """As much of the text as fits into one message, with its source."""
        return shortened(self.body, self.footer)


def render(outcome: Outcome, snapshot: Snapshot) -> Reply:
    """The reply to a question."""
    match outcome:
        case Answer():
            return _answer(outcome)
        case Choices():
            none = Button(say("none_of_these", outcome.language), Refusal())
            buttons = (*_buttons(outcome.entries, outcome.language), none)
            return Reply(escape(say("which", outcome.language)), buttons=buttons)
        case NoAnswer():
            return _no_answer(outcome, snapshot)


def entry_reply(entry: Entry, related: Iterable[Entry] = (), language: str = "en") -> Reply:
    """The reply when an entry was picked by a button."""
    return _answer(Answer(entry, 1.0, tuple(related), language))


def sourced(entry: Entry, language: str = "en") -> Reply:
    """The reply to "who says so?" after an answer."""
    who = entry.according_to or entry.speaker
    unnamed = "unattributed" if entry.status is Status.STATED else "hearsay"
    text = say("according", language, who=who) if who else say(unnamed, language)
    firmness = status(entry.status, language)
    if firmness:
        text = f"{firmness[0].upper()}{firmness[1:]}. {text}"
    return Reply(escape(text), _source(entry, language), votes=_votes(entry), answered=True)


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


def page(listing: Listing, number: int) -> Reply:
    """One page of a list, with buttons for its items and for the pages beside it."""
    number = min(number, listing.pages - 1)
    items = listing.page(number)
    body = "\n".join(f"• {escape(item.line)}" for item in items)
    title = listing.title + (f" ({number + 1}/{listing.pages})" if listing.pages > 1 else "")
    buttons = [Button(label(item.label), item.tap) for item in items if item.tap]
    buttons += turning(listing.name, number, listing.pages)
    footer = _from_articles(item.article for item in items) if items else ""
    return Reply(f"<b>{escape(title)}</b>\n{body}".strip(), footer, tuple(buttons), answered=bool(items))


def summaries(articles: Sequence[Article], language: str) -> Reply:
    """What some articles are about, as their newsroom sums them up."""
    told = [article for article in articles if article.summary]
    if not told:
        return note("\n\n".join(article.title for article in articles))
    body = escape("\n\n".join(article.summary for article in told))
    return Reply(body, _said_in(told[0], language) + _from_articles(told, language), answered=True)


def _from_articles(articles: Iterable[Article], language: str = "en") -> str:
    """The source of what no single paragraph says."""
    names = dict.fromkeys(f"{article.publisher}, {day(article.published)}" for article in articles)
    return f"<i>{escape(say('source', language))}: {escape(' · '.join(names))}</i>"


def turning(name: str, number: int, pages: int) -> list[Button]:
    """Buttons for the pages before and after one of a list's, counted from 0."""
    back = [Button("‹ " + say("back"), Page(name, number - 1))] if number > 0 else []
    more = [Button(say("more") + " ›", Page(name, number + 1))] if number + 1 < pages else []
    return back + more


def note(text: str, entries: Iterable[Entry] = ()) -> Reply:
    """A sentence of the bot's own, with suggested questions as buttons."""
    buttons = _buttons(entries)
    return Reply(escape(text + (":" if buttons and not text.endswith((".", ":", "?", "!")) else "")), buttons=buttons)


def _answer(outcome: Answer) -> Reply:
    entry, language = outcome.entry, outcome.language
    body, footer = _told(outcome)
    for other in outcome.others:
        more = _told(other) if isinstance(other, Answer) else (escape(_why(other)), "")
        body, footer = f"{body}\n{footer}".strip() + f"\n\n{_heading(other)}{more[0]}", more[1]
    votes = () if outcome.others else _votes(entry)
    related = _buttons(outcome.related, language)
    return Reply(_heading(outcome) + body, footer, related, votes, answered=not entry.left_open)


def _told(outcome: Answer) -> tuple[str, str]:
    """An answer and its source; what another article says of it before the latter's source."""
    entry, language = outcome.entry, outcome.language
    if not outcome.also:
        return _saying(entry), _footer(entry, language)
    other = f"<i>{escape(say('also', language))}:</i> {_saying(outcome.also)}"
    return f"{_saying(entry)}\n{_footer(entry, language)}\n\n{other}", _footer(outcome.also, language)


def _heading(outcome: Answer | NoAnswer) -> str:
    """The question, where a message has others."""
    return f"<b>{escape(label(outcome.asked))}</b>\n" if outcome.asked else ""


def _votes(entry: Entry) -> tuple[Button, ...]:
    return Button("👍", _vote(entry, up=True)), Button("👎", _vote(entry, up=False))


def _vote(entry: Entry, *, up: bool) -> Vote:
    return Vote(entry.id, wording(entry), up)


def wording(entry: Entry) -> str:
    """Eight hexadecimal digits that change with the text of the answer."""
    return hashlib.sha256(entry.answer.encode()).hexdigest()[:8]


def _footer(entry: Entry, language: str) -> str:
    return _said_in(entry.article, language) + _source(entry, language)


def _said_in(article: Article, language: str) -> str:
    """A line on the language of what is told, where the reader's is another."""
    text = say("in_english", language) if language != article.language else ""
    return f"<i>{escape(text)}</i>\n" if text else ""


def _source(entry: Entry, language: str) -> str:
    return f"<i>{escape(say('source', language))}: {escape(source_line(entry, language))}</i>"


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
            suggest = key not in ("thanks", "praise", "goodbye", "contact")
            return note(say(key, language), snapshot.catalogue.suggested()[:3] if suggest else ())
        case Reason.EMPTY:
            return note(say("empty", language), snapshot.catalogue.suggested()[:3])
    body, footer = escape(_why(outcome)), ""
    if outcome.closest:
        body += f"\n\n<i>{escape(say('closest', language))}:</i> {_saying(outcome.closest)}"
        footer = _source(outcome.closest, language)
    if outcome.near:
        footer = f"{footer}\n\n{escape(say('near', language))}".strip()
    return Reply(body, footer, _buttons(outcome.near, language))


def _why(outcome: NoAnswer) -> str:
    """What is missing, as precisely as it is known."""
    language = outcome.language
    match outcome.reason:
        case Reason.NAME:
            name = outcome.subject or ""
            return say("not_mentioned", language, name=name if len(name) <= NAME else name[: NAME - 1] + "…")
        case Reason.KIND if has(f"not_said_kind_{outcome.subject}"):
            return say(f"not_said_kind_{outcome.subject}", language)
        case Reason.LEFT_OPEN if outcome.entry:
            foreign = language != outcome.entry.article.language
            return (say("not_said", language) + "\n" if foreign else "") + outcome.entry.answer
        case _:
            return say("not_found", language)


def _paragraph(number: int, language: str) -> str:
    word = say("paragraph", language, number=str(number))
    return word if str(number) in word else f"{word} {number}"


def _buttons(entries: Iterable[Entry], language: str = "en") -> tuple[Button, ...]:
    return tuple(Button(label(entry.question), Pick(entry.id, language)) for entry in entries)


def label(text: str) -> str:
    """A text short enough for a button."""
    return text if len(text) <= LABEL else text[: LABEL - 1].rsplit(" ", 1)[0] + "…"
