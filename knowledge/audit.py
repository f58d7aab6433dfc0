"""What a base gets wrong although each file keeps to the schema.

Answers for references between entries, for what the article's text does not bear out, and for phrasings that
another entry wins. Reports every fault, changes nothing.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from knowledge.faults import Fault
from knowledge.files import LoadedFile, Place
from knowledge.library import MARK
from knowledge.schema import EntityNode, FactNode, QuoteNode, UnansweredNode
from knowledge.snapshot import Snapshot
from knowledge.words import paragraphs, split

_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
Node = EntityNode | FactNode | QuoteNode | UnansweredNode
_SECTIONS = ("entities", "facts", "quotes", "unanswered")


def structure(files: Sequence[LoadedFile]) -> list[Fault]:
    """Faults that can be told without asking anything: ids, references, aliases and phrasings."""
    faults: list[Fault] = []
    articles: dict[str, str] = {}
    for file in files:
        article = file.content.article.id
        if article in articles:
            problem = f"the id is taken by {articles[article]}; ids of articles must differ"
            faults.append(file.fault(("article", "id"), article, "id", problem))
        articles.setdefault(article, file.path.name)
        ids: dict[str, str] = {}
        for section, at, node in _nodes(file):
            if node.id in ids:
                problem = f"the id is taken by {ids[node.id]}; ids must differ"
                faults.append(file.fault((section, at, "id"), node.id, "id", problem))
            ids.setdefault(node.id, f"{file.path.name}:{file.line(section, at, 'id')}")
        entities = {entity.id for entity in file.content.entities}
        faults += [*_dangling(file, ids, entities), *_shared_aliases(file), *_shared_phrasings(file)]
    return faults


def _nodes(file: LoadedFile) -> Iterator[tuple[str, int, Node]]:
    for section in _SECTIONS:
        for at, node in enumerate(getattr(file.content, section)):
            yield section, at, node


def _dangling(file: LoadedFile, ids: Iterable[str], entities: Iterable[str]) -> Iterator[Fault]:
    def missing(place: Place, entry: str, field: str, id_: str, known: Iterable[str], what: str) -> Iterator[Fault]:
        if id_ not in known:
            yield file.fault(place, entry, field, f"there is no {what} {id_}")

    for at, id_ in enumerate(file.content.article.suggested):
        yield from missing(("article", "suggested", at), "", "suggested", id_, ids, "entry")
    for at, fact in enumerate(file.content.facts):
        for n, id_ in enumerate(fact.about):
            yield from missing(("facts", at, "about", n), fact.id, "about", id_, entities, "entity")
    for at, quote in enumerate(file.content.quotes):
        yield from missing(("quotes", at, "speaker"), quote.id, "speaker", quote.speaker, entities, "entity")
    for section, at, node in _nodes(file):
        for n, id_ in enumerate(getattr(node, "see", [])):
            yield from missing((section, at, "see", n), node.id, "see", id_, ids, "entry")


def _shared_aliases(file: LoadedFile) -> Iterator[Fault]:
    owners: dict[tuple[str, ...], str] = {}
    for at, entity in enumerate(file.content.entities):
        for n, alias in enumerate((entity.name, *entity.aliases)):
            owner = owners.setdefault(_words(alias), entity.id)
            if owner != entity.id:
                place: Place = ("entities", at, "aliases", n - 1) if n else ("entities", at, "name")
                problem = f"{alias} is a name of {owner} too; one of the two must give it up"
                yield file.fault(place, entity.id, "aliases" if n else "name", problem)


def _shared_phrasings(file: LoadedFile) -> Iterator[Fault]:
    owners: dict[tuple[str, ...], tuple[str, int]] = {}
    for section, at, node in _nodes(file):
        for n, question in enumerate(node.questions):
            line = file.line(section, at, "questions", n)
            owner, first = owners.setdefault(_words(question), (node.id, line))
            if owner != node.id:
                problem = f"“{question}” stands under {owner} too (line {first}); keep it where it is answered"
                yield file.fault((section, at, "questions", n), node.id, "questions", problem)


def against_text(file: LoadedFile, text: str, gone: Collection[str] = ()) -> list[Fault]:
    """Faults that the article's text shows: quotes that are not verbatim, figures and names that it lacks.

    `gone`: ids of entities that are about to go, and vouch for no name.
    """
    blocks = paragraphs(text)
    return [*_misquoted(file, blocks), *_not_in_text(file, text, gone), *_misplaced(file, blocks)]


def _misquoted(file: LoadedFile, blocks: Sequence[str]) -> Iterator[Fault]:
    for at, quote in enumerate(file.content.quotes):
        # An interrupted sentence, "It is," she said, "done", is quoted in pieces.
        wanted = _plain(quote.text).split(" … ")
        places = [n for n, block in enumerate(blocks) if all(piece in _plain(block) for piece in wanted)]
        if not places:
            yield file.fault(("quotes", at, "text"), quote.id, "text", "the article has no such words: quote verbatim")
        elif quote.source.paragraph not in places:
            problem = f"the words stand in paragraph {places[0]}, not {quote.source.paragraph}"
            yield file.fault(("quotes", at, "source", "paragraph"), quote.id, "source", problem)
    whole = _plain(" ".join(blocks))
    for at, fact in enumerate(file.content.facts):
        for words in _QUOTED.findall(fact.answer):
            if _plain(words).rstrip(".,") not in whole:
                problem = f"the article has no words “{words}”: quote verbatim"
                yield file.fault(("facts", at, "answer"), fact.id, "answer", problem)


def _not_in_text(file: LoadedFile, text: str, gone: Collection[str]) -> Iterator[Fault]:
    entities = (entity for entity in file.content.entities if entity.id not in gone)
    names = {word.text for entity in entities for name in (entity.name, *entity.aliases) for word in split(name)}
    article = file.content.article
    known = names | {word.text for word in split(f"{text} {article.publisher} {article.section or ''}")}
    figures = {figure for word in known for figure in _FIGURE.findall(word)}
    for section, at, node in _nodes(file):
        field = {"entities": "description", "facts": "answer"}.get(section)
        said = getattr(node, field) if field else None
        if not field or not said:
            continue
        days = _of_days(article.published, getattr(node, "when", None))
        for word in split(said):
            if word.text[0].isdigit() and not set(_FIGURE.findall(word.text)) <= figures | days:
                yield file.fault((section, at, field), node.id, field, f"the article has no figure {word.text}")
        for name in _names(said):
            if name not in known | days:
                yield file.fault((section, at, field), node.id, field, f"the article has no name {name.title()}")


def _of_days(published: date, when: str | None) -> set[str]:
    """The words of dates that the article may leave to its readers to work out: "Wednesday" is a day of June 2024."""
    days = [published, *([date.fromisoformat(when)] if when and len(when) == 10 else [])]
    return {word.text for day in days for word in split(f"{day:%A %B} {day.day} {day.year}")}


def _names(text: str) -> Iterator[str]:
    """Words written with a capital inside a sentence."""
    for sentence in re.split(r"(?<=[.!?:])\s+|[\"“”]", text):
        yield from (word.text for word in split(sentence)[1:] if word.capital and not word.text[0].isdigit())


def _misplaced(file: LoadedFile, blocks: Sequence[str]) -> Iterator[Fault]:
    for section, at, node in _nodes(file):
        source = getattr(node, "source", None)
        if source and source.paragraph >= len(blocks):
            problem = f"the article has paragraphs 0 to {len(blocks) - 1}, not {source.paragraph}"
            yield file.fault((section, at, "source", "paragraph"), node.id, "source", problem)


def own_questions(files: Sequence[LoadedFile], snapshot: Snapshot) -> Iterator[Fault]:
    """Phrasings that another entry of their article wins, and entries that no phrasing reaches."""
    for file in files:
        article = snapshot.within(file.content.article.id)
        served = {entry.id.partition(MARK)[0] for entry in article.entries}
        for section, at, node in _nodes(file):
            if node.id not in served:
                continue
            if not node.questions and section != "entities":
                yield file.fault(
                    (section, at), node.id, "questions", "no phrasing: nobody will find it; add three or more"
                )
            for n, question in enumerate(node.questions):
                winner = (article.winner(question) or "nothing").partition(MARK)[0]
                if winner != node.id:
                    problem = f"“{question}” is won by {winner}; reword it or move it there"
                    yield file.fault((section, at, "questions", n), node.id, "questions", problem)


def text_beside(file: LoadedFile) -> Path | None:
    """The article's text where it lies beside the knowledge file as `<article id>.txt`."""
    path = file.path.with_name(f"{file.content.article.id}.txt")
    return path if path.is_file() else None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.text for word in split(text))


def _plain(text: str) -> str:
    """Text without differences of typography and white space."""
    for curly, straight in (("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'")):
        text = text.replace(curly, straight)
    return " ".join(text.split())
