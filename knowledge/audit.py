"""What a base gets wrong although each file keeps to the schema.

Answers for references between entries, and for phrasings that another entry wins. Reports every fault, changes nothing.
Does not know the article's text.
"""

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

from knowledge.faults import Fault
from knowledge.files import LoadedFile
from knowledge.library import MARK
from knowledge.snapshot import Snapshot
from knowledge.tree import Place
from knowledge.vocabulary import phrase


def structure(files: Sequence[LoadedFile]) -> list[Fault]:
    """Faults that can be told without asking anything: ids, references, aliases and phrasings."""
    faults: list[Fault] = []
    articles: dict[str, str] = {}
    for file in files:
        article = file.content.article.id
        if article in articles:
            problem = f"the id is taken by {articles[article]}: give one another id, or move one file out of the folder"
            faults.append(file.fault(("article", "id"), article, "id", problem))
        articles.setdefault(article, f"{file.path.name}:{file.line('article', 'id')}")
        ids: dict[str, str] = {}
        for section, at, node in file.nodes():
            if node.id in ids:
                problem = f"the id is taken by {ids[node.id]}; ids must differ"
                faults.append(file.fault((section, at, "id"), node.id, "id", problem))
            ids.setdefault(node.id, f"{file.path.name}:{file.line(section, at, 'id')}")
        entities = {entity.id for entity in file.content.entities}
        faults += [*_dangling(file, ids, entities), *_suggested_twice(file), *_wordless(file)]
        faults += [*_shared_aliases(file), *_shared_phrasings(file)]
    return faults


def _dangling(file: LoadedFile, ids: Collection[str], entities: Collection[str]) -> Iterator[Fault]:
    def missing(place: Place, entry: str, field: str, id_: str, known: Collection[str], what: str) -> Iterator[Fault]:
        if id_ not in known:
            close = get_close_matches(id_, known, n=1)
            meant = f", did you mean {close[0]}?" if close else ""
            yield file.fault(place, entry, field, f"there is no {what} {id_}{meant}")

    for at, id_ in enumerate(file.content.article.suggested):
        yield from missing(("article", "suggested", at), "", "suggested", id_, ids, "entry")
    for at, fact in enumerate(file.content.facts):
        for n, id_ in enumerate(fact.about):
            yield from missing(("facts", at, "about", n), fact.id, "about", id_, entities, "entity")
    for at, quote in enumerate(file.content.quotes):
        yield from missing(("quotes", at, "speaker"), quote.id, "speaker", quote.speaker, entities, "entity")
    for section, at, node in file.nodes():
        for n, id_ in enumerate(getattr(node, "see", [])):
            yield from missing((section, at, "see", n), node.id, "see", id_, ids, "entry")


def _suggested_twice(file: LoadedFile) -> Iterator[Fault]:
    suggested = file.content.article.suggested
    for at, id_ in enumerate(suggested):
        if id_ in suggested[:at]:
            yield file.fault(("article", "suggested", at), "", "suggested", f"{id_} stands here twice")


def _wordless(file: LoadedFile) -> Iterator[Fault]:
    for section, at, node in file.nodes():
        answer = getattr(node, "answer", None)
        if answer and not any(map(str.isalpha, answer)):
            problem = f"{answer} alone tells nobody anything: write a sentence"
            yield file.fault((section, at, "answer"), node.id, "answer", problem)


def _shared_aliases(file: LoadedFile) -> Iterator[Fault]:
    owners: dict[tuple[str, ...], str] = {}
    for at, entity in enumerate(file.content.entities):
        for n, alias in enumerate((entity.name, *entity.aliases)):
            owner = owners.setdefault(phrase(alias), entity.id)
            if owner != entity.id:
                place: Place = ("entities", at, "aliases", n - 1) if n else ("entities", at, "name")
                problem = f"{alias} is a name of {owner} too; one of the two must give it up"
                yield file.fault(place, entity.id, "aliases" if n else "name", problem)


def _shared_phrasings(file: LoadedFile) -> Iterator[Fault]:
    owners: dict[tuple[str, ...], tuple[str, int]] = {}
    for section, at, node in file.nodes():
        for n, question in enumerate(node.questions):
            line = file.line(section, at, "questions", n)
            owner, first = owners.setdefault(phrase(question), (node.id, line))
            if owner != node.id:
                problem = f"“{question}” stands under {owner} too (line {first}); keep it where it is answered"
                yield file.fault((section, at, "questions", n), node.id, "questions", problem)


def own_questions(files: Sequence[LoadedFile], snapshot: Snapshot) -> Iterator[Fault]:
    """Phrasings that another entry of their article wins, and entries that no phrasing reaches."""
    for file in files:
        article = snapshot.within(file.content.article.id)
        served = {entry.id.partition(MARK)[0] for entry in article.entries}
        for section, at, node in file.nodes():
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
