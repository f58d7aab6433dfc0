"""One message, one reply: questions, commands and picked buttons, the same for Telegram and the terminal.

Answers for what each command does. Knows no transport; keeps nothing between messages.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from operator import itemgetter

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from handlers.command import parse
from handlers.lists import PAGE, listing
from handlers.render import Button, Reply, entry_reply, note, page, render, source_line, sourced, summaries, wording
from handlers.sequel import SOURCING, Sequel
from handlers.talk import Talk
from handlers.taps import Choose, Page, Pick, Tap, Vote
from handlers.texts import article_line, day, say
from knowledge import vocabulary
from knowledge.holder import Holder
from knowledge.outcomes import Answer, Choices, Entry, Kind, NoAnswer, Outcome, Reason
from knowledge.reading import Reader
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

_TOLD_WHY = frozenset({Reason.LEFT_OPEN, Reason.NAME, Reason.KIND})
"""Reasons that say what of a question is missing."""
_SAME_TITLE = 70.0
"""Least token_set_ratio at which words name a title (https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html)."""
CHOICES = 3
"""How many quotes of somebody are offered to choose from."""
OFFERS = 10
"""How many entries are offered while a question is being typed: more than that, nobody reads."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply and the outcome behind it; commands that ask nothing have none."""

    reply: Reply
    outcome: Outcome | None = None
    chosen: str | None = None
    """Id of the article that was chosen to answer from now on; empty for all, None where nothing was chosen."""
    asked: str = ""
    """What was asked, as it was understood; empty where nothing was."""

    @property
    def entry(self) -> str | None:
        """Id of the entry that was given, as an answer or as what the article leaves open."""
        return self.outcome.entry.id if isinstance(self.outcome, Answer | NoAnswer) and self.outcome.entry else None

    @property
    def answered(self) -> str | None:
        """Id of the entry that was given as an answer."""
        return self.outcome.entry.id if isinstance(self.outcome, Answer) else None

    def after(self, talk: Talk) -> Talk:
        """The talk that goes on after this turn: nobody says so of what was not found."""
        lost = isinstance(self.outcome, NoAnswer) and self.asked and not self.entry
        return Talk(None if lost else self.entry or talk.entry, self.asked or talk.asked)

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
        match self.outcome:
            case Choices(entries=offered) | NoAnswer(near=offered):
                return tuple(entry.id for entry in offered)
        return ()


class Conversation:
    """Answers messages from the current knowledge."""

    def __init__(self, holder: Holder, article: str | None = None) -> None:
        """`article`: id of the one that answers; all do without it."""
        self._holder = holder
        self._article = article

    def within(self, article: str | None) -> "Conversation":
        """The same conversation about one article."""
        return Conversation(self._holder, article)

    @property
    def _snapshot(self) -> Snapshot:
        return self._holder.snapshot.within(self._article)

    @property
    def commands(self) -> tuple[str, ...]:
        """The names of all commands, without the slash."""
        return (*QUESTIONS, "start", "article", "articles", *_TOLD)

    def reply(self, text: str) -> Reply:
        """The reply to a message, a command or a question."""
        return self.turn(text).reply

    def turn(self, text: str) -> Turn:
        """The reply to a message with the outcome behind it."""
        snapshot = self._snapshot
        command = parse(text)
        if command is None:
            return _asked(text, snapshot)
        name, words = command.name, command.words
        if name in QUESTIONS:
            return self.ask(QUESTIONS[name], words) if words else Turn(_listed(snapshot, name))
        if name == "start":
            return self._started(words)
        if name in ("article", "articles"):
            return self._choosing(words)
        if name in _TOLD:
            return Turn(_TOLD[name](snapshot, "en"))
        return self._guessed(name, words)

    def ask(self, kind: Kind, words: str) -> Turn:
        """The reply to a question of one kind."""
        snapshot = self._snapshot
        words = question_of(kind, words, snapshot.reader)
        outcome = snapshot.ask(words, {kind})
        if kind is Kind.QUOTE and not isinstance(outcome, Answer):
            outcome = _quoted(words, snapshot, outcome.language) or outcome
        return _turn(outcome, snapshot, snapshot.subjects.in_english(words))

    def _guessed(self, name: str, words: str) -> Turn:
        """The reply to a command that there isn't: what it comes to, should it be a question with a slash before it.

        A single word is one only if an editor wrote it down: most are commands of some other bot.
        """
        snapshot, text = self._snapshot, f"{name.replace('_', ' ')} {words}".strip()
        if " " in text or snapshot.best(text).repeated:
            turn = _asked(text, snapshot)
            if not isinstance(turn.outcome, NoAnswer) or turn.outcome.reason in _TOLD_WHY:
                return turn
        return Turn(note(say("unknown_command", command="/" + name[:32])))

    def follow(self, text: str, entry: str, asked: str = "") -> Turn:
        """The reply to a message that was sent in reply to the answer from an entry: "and when?", or /when alone.

        `asked`: the question that the entry answered, as it was understood.
        """
        snapshot = self._snapshot
        command = parse(text)
        if entry not in snapshot.by_id or (command and (command.words or command.name not in QUESTIONS)):
            return self.turn(text)
        given = snapshot.by_id[entry]
        if command:
            return self.ask(QUESTIONS[command.name], snapshot.subjects.of(given.question))
        sequel = Sequel(snapshot, given, asked)
        if sequel.chat(text) == SOURCING and not given.left_open:
            language = sequel.language(text)
            return Turn(sourced(given, language), Answer(given, 1.0, language=language))
        return _turn(sequel.outcome(text), snapshot, sequel.understood(text))

    def go_on(self, text: str, talk: Talk) -> Turn:
        """The reply to what is said next where two talk; it may be about the latest entry given, or what was asked."""
        given = self._snapshot.by_id.get(talk.entry or "")
        if given is None or parse(text) or not Sequel(self._snapshot, given, talk.asked).is_one(text):
            return self.turn(text)
        return self.follow(text, given.id, talk.asked)

    def offers(self, text: str) -> list[tuple[Entry, Reply]]:
        """Entries to choose from while a question is being typed, with the reply of each; the best first."""
        snapshot = self._snapshot
        near = snapshot.nearest(text, OFFERS) if text.strip() else snapshot.catalogue.suggested()
        return [(entry, entry_reply(entry)) for entry in near[:OFFERS]]

    def tap(self, tap: Tap | None) -> Turn:
        """The reply when a button was tapped."""
        snapshot = self._snapshot
        match tap:
            case Pick() if tap.entry in snapshot.by_id:
                entry = snapshot.by_id[tap.entry]
                language = tap.language if tap.language in vocabulary.languages() else "en"
                related = snapshot.catalogue.related(entry)
                return Turn(entry_reply(entry, related, language), Answer(entry, 1.0, related), asked=entry.question)
            case Choose():
                return self._chosen(tap.article)
            case Page() if found := listing(snapshot, tap.listing):
                return Turn(page(found, tap.number))
            case Page() | Pick() | None:
                return Turn(note(say("stale"), snapshot.catalogue.suggested()[:3]))
            case _:
                return Turn(note(say("none"), snapshot.catalogue.suggested()[:3]))

    def _started(self, parameter: str) -> Turn:
        """The introduction; a link may name the article that it is about."""
        snapshot = self._holder.snapshot
        known = any(article.id == parameter for article in snapshot.articles)
        snapshot = snapshot.within(parameter) if known else self._snapshot
        newest = snapshot.articles[0]
        text = say("start", title=newest.title, publisher=newest.publisher, date=day(newest.published))
        return Turn(note(text, snapshot.catalogue.suggested()[:PAGE]), chosen=parameter if known else None)

    def _choosing(self, words: str) -> Turn:
        """The articles to choose from; with the words of a title, that article is chosen."""
        every = self._holder.snapshot.articles
        if words.lower() == "all":
            return self._chosen("")
        if words:
            if any(article.id == words for article in every):
                return self._chosen(words)
            found = _called(words, [f"{article.title} {article.id}" for article in every])
            return self._chosen(every[found].id) if found is not None else self._offered(say("no_such_article"))
        one = self._snapshot.articles[0].title if self._article else None
        return self._offered(say("now_one", title=one) if one else say("now_all" if len(every) > 1 else "now_only"))

    def _offered(self, text: str) -> Turn:
        listed = listing(self._holder.snapshot, "articles")
        shown = page(listed, 0) if listed else Reply("")
        every = (Button(say("all_articles"), Choose("")),) if self._article else ()
        return Turn(replace(shown, body=f"{escape(text)}\n\n{shown.body}", buttons=(*shown.buttons, *every)))

    def _chosen(self, article: str) -> Turn:
        """What is said when an article was chosen, or all."""
        known = next((known for known in self._holder.snapshot.articles if known.id == article), None)
        if known is None:
            return Turn(note(say("stale" if article else "chosen_all")), chosen=None if article else "")
        text = say("chosen", title=known.title, publisher=known.publisher, date=day(known.published))
        suggested = self._holder.snapshot.within(article).catalogue.suggested()
        return Turn(note(text, suggested[:3]), chosen=article)

    def asks(self, text: str) -> bool:
        """Whether a message is a question at all, in any language."""
        return any(question.asks for question in self._snapshot.reader.read(text))

    def current(self, vote: Vote) -> bool:
        """Whether the answer that a vote is on still reads as it did."""
        entry = self._snapshot.by_id.get(vote.entry)
        return entry is not None and wording(entry) == vote.wording


def question_of(kind: Kind, words: str, reader: Reader) -> str:
    """What the words of a command ask: English ones get the question word that they lack.

    Words of other languages stay as they are: an English one before them could make them unreadable.
    """
    if reader.read(words)[0].language != "en" or kind in reader.kinds(words):
        return words
    return f"{kind.value.replace('_', ' ')} {words}"


def _called(words: str, titles: Sequence[str]) -> int | None:
    """Which title some words name."""
    found = process.extractOne(
        words, titles, scorer=fuzz.token_set_ratio, processor=default_process, score_cutoff=_SAME_TITLE
    )
    return found[2] if found else None


def _asked(text: str, snapshot: Snapshot) -> Turn:
    """The reply to a question."""
    return _turn(snapshot.ask(text), snapshot, snapshot.subjects.in_english(text))


def _turn(outcome: Outcome, snapshot: Snapshot, asked: str) -> Turn:
    chat = outcome.subject if isinstance(outcome, NoAnswer) and outcome.reason is Reason.CHAT else None
    reply = _TOLD[chat](snapshot, outcome.language) if chat in _TOLD else render(outcome, snapshot)
    return Turn(reply, outcome, asked="" if chat else asked)


def _quoted(words: str, snapshot: Snapshot, language: str) -> Answer | Choices | None:
    """What somebody who is named is quoted with; None where nobody is."""
    named = snapshot.subjects.entities(words)
    quotes = [
        entry for entry in snapshot.entries if entry.speaker and snapshot.subjects.entities(entry.speaker) & named
    ]
    if len(quotes) == 1:
        return Answer(quotes[0], 1.0, snapshot.catalogue.related(quotes[0]), language)
    return Choices(tuple(quotes[:CHOICES]), 1.0, language) if quotes else None


_TOLD: dict[str, Callable[[Snapshot, str], Reply]] = {
    "help": lambda _, language: note(say("help", language)),
    "topics": lambda snapshot, language: note(say("topics", language), snapshot.catalogue.suggested()[:PAGE]),
    "source": lambda snapshot, _: note("\n\n".join(map(article_line, snapshot.articles[:PAGE]))),
    "summary": lambda snapshot, language: summaries(snapshot.articles[:PAGE], language),
    "privacy": lambda _, language: note(say("privacy", language)),
}
"""Commands that tell something and ask nothing, in a language."""


def _listed(snapshot: Snapshot, command: str) -> Reply:
    """What a command without words lists, or else questions that it would answer."""
    found, kind = listing(snapshot, command), QUESTIONS[command]
    if found and found.items:
        return page(found, 0)
    asked = [
        (len(kinds), entry) for entry, kinds in zip(snapshot.entries, snapshot.kinds, strict=True) if kind in kinds
    ]
    fitting = [entry for _, entry in sorted(asked, key=itemgetter(0)) if not entry.left_open]
    return note(say("topics"), fitting[:PAGE] or snapshot.catalogue.suggested()[:PAGE])
