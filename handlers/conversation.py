"""One message, one reply: questions, commands and picked buttons, the same for Telegram and the terminal.

Answers for what each command does. Knows no transport; keeps nothing between messages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from handlers.render import ENTRY, Reply, article_line, day, entry_reply, listing, note, render, source_line
from handlers.texts import say
from knowledge.outcomes import Answer, Article, Choices, Entry, Kind, NoAnswer, Outcome
from knowledge.snapshot import Snapshot

QUESTIONS = {
    "who": Kind.WHO,
    "when": Kind.WHEN,
    "where": Kind.WHERE,
    "what": Kind.WHAT,
    "why": Kind.WHY,
    "howmany": Kind.HOW_MANY,
    "quote": Kind.QUOTE,
}
"""Commands that ask, with the kind of answer that they are for."""


class Holder(Protocol):
    """Whatever holds the knowledge that is current."""

    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply and the outcome behind it; commands that ask nothing have none."""

    reply: Reply
    outcome: Outcome | None = None

    @property
    def entry(self) -> str | None:
        """Id of the entry that was given, as an answer or as what the article leaves open."""
        return self.outcome.entry.id if isinstance(self.outcome, Answer | NoAnswer) and self.outcome.entry else None

    @property
    def source(self) -> str | None:
        """The source of the answer."""
        return source_line(self.outcome.entry) if isinstance(self.outcome, Answer) else None

    @property
    def confidence(self) -> float:
        """How sure the answer is, 0 to 1."""
        return self.outcome.confidence if self.outcome else 0.0

    @property
    def choices(self) -> tuple[str, ...]:
        """Ids of the entries that were offered."""
        return tuple(entry.id for entry in self.outcome.entries) if isinstance(self.outcome, Choices) else ()


class Conversation:
    """Answers messages from the current knowledge."""

    def __init__(self, holder: Holder) -> None:
        self._holder = holder
        self._commands: dict[str, Callable[[Snapshot], Reply]] = {
            "start": _start,
            "help": lambda _: note(say("help")),
            "topics": lambda snapshot: note(say("topics"), snapshot.suggested()),
            "source": lambda snapshot: _about(snapshot, article_line),
            "summary": lambda snapshot: _about(snapshot, lambda article: article.summary or article.title),
            "privacy": lambda _: note(say("privacy")),
        }

    @property
    def commands(self) -> tuple[str, ...]:
        """The names of all commands, without the slash."""
        return (*QUESTIONS, *self._commands)

    def reply(self, text: str) -> Reply:
        """The reply to a message, a command or a question."""
        return self.turn(text).reply

    def turn(self, text: str) -> Turn:
        """The reply to a message with the outcome behind it."""
        snapshot = self._holder.snapshot
        if not text.startswith("/"):
            return _turn(snapshot.ask(text), snapshot)
        head, _, words = text[1:].strip().partition(" ")
        name, words = head.split("@")[0].lower(), words.strip()
        if name in QUESTIONS:
            return self.ask(QUESTIONS[name], words) if words else Turn(_listed(snapshot, QUESTIONS[name]))
        if name in self._commands:
            return Turn(self._commands[name](snapshot))
        return Turn(note(say("unknown_command", command="/" + name[:32])))

    def ask(self, kind: Kind, words: str) -> Turn:
        """The reply to a question of one kind."""
        snapshot = self._holder.snapshot
        if kind not in snapshot.reader.kinds(words):
            words = f"{kind.value.replace('_', ' ')} {words}"
        return _turn(snapshot.ask(words, {kind}), snapshot)

    def pick(self, data: str) -> Reply:
        """The reply when a button was tapped, by the button's data."""
        snapshot = self._holder.snapshot
        entry = snapshot.by_id.get(data.removeprefix(ENTRY)) if data.startswith(ENTRY) else None
        if entry is None:
            return note(say("none"), snapshot.suggested()[:3])
        return entry_reply(entry, snapshot.beside(entry))


def _turn(outcome: Outcome, snapshot: Snapshot) -> Turn:
    return Turn(render(outcome, snapshot), outcome)


def _start(snapshot: Snapshot) -> Reply:
    newest = max(snapshot.library.articles, key=lambda article: article.published)
    text = say("start", title=newest.title, publisher=newest.publisher, date=day(newest.published))
    return note(text, snapshot.suggested())


def _about(snapshot: Snapshot, line: Callable[[Article], str]) -> Reply:
    return note("\n\n".join(line(article) for article in snapshot.library.articles))


def _listed(snapshot: Snapshot, kind: Kind) -> Reply:
    """What a command without words lists: people, timeline, places, speakers; else suggested questions."""
    if kind is Kind.WHO:
        return listing(say("people"), _described(snapshot, "person"), _entities(snapshot, "person"))
    if kind is Kind.WHERE:
        return listing(say("places"), _described(snapshot, "place"), _entities(snapshot, "place"))
    if kind is Kind.WHEN:
        dated = sorted((entry for entry in snapshot.entries if entry.when), key=lambda entry: str(entry.when))
        return listing(say("timeline"), [f"{entry.when}: {entry.answer}" for entry in dated])
    if kind is Kind.QUOTE:
        quotes = [entry for entry in snapshot.entries if entry.speaker and len(entry.answer.split()) > 3]
        return listing(say("quotes"), [f"{entry.speaker}, {entry.context}" for entry in quotes], quotes)
    fitting = [entry for entry in snapshot.suggested() if kind in snapshot.kinds_of(entry)]
    return note(say("topics"), fitting or snapshot.suggested())


def _entities(snapshot: Snapshot, type_: str) -> list[Entry]:
    return [snapshot.by_id[entity.id] for entity in snapshot.entities(type_) if entity.id in snapshot.by_id]


def _described(snapshot: Snapshot, type_: str) -> list[str]:
    return [entry.answer for entry in _entities(snapshot, type_)]
