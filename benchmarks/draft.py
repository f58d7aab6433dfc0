"""How much of a finished knowledge file a draft of the same article finds, and how much of the draft is right.

usage: draft.py ARTICLE FINISHED.yaml
By kind: recall is the share of the finished file's items that the draft has too, precision the share of the draft's
items that the finished file has. A quotation counts with its speaker and paragraph, a role with its person. Figures
and dates are those in the answers of facts, figures as far as the article itself has them.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from knowledge.draft import source as articles
from knowledge.draft.dates import dates
from knowledge.draft.drafter import compose
from knowledge.draft.english import any_of, lists
from knowledge.files import load
from knowledge.schema import EntityNode, KnowledgeFile
from knowledge.vocabulary import phrase
from knowledge.words import split, stem

Items = dict[str, set[str]]
_DIGITS = re.compile(r"(?<![\w-])\d[\d,]*(?:\.\d+)?(?:\s(?:million|billion|trillion)\b|\s?%)?")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}(?:\s?[AP]M)?|\b\d{1,2}\s?[ap]\.?m\b\.?", re.IGNORECASE)


def compared(text: str, drafted: KnowledgeFile, finished: KnowledgeFile) -> dict[str, tuple[set[str], set[str]]]:
    """By kind: what the finished file has, what the draft has, with the same words for the same thing."""
    names = {phrase(name): one.name for one in finished.entities for name in (one.name, *one.aliases)}
    mine, other = _items(text, finished, names), _items(text, drafted, names)
    people = {one.name: one for one in finished.entities if one.type == "person"}
    other["roles"] = {
        _name(one, names)
        for one in drafted.entities
        if one.type == "person" and one.description and _same_role(one.description, people.get(_name(one, names)))
    } | {f"{one.name}: {one.description}" for one in drafted.entities if _is_wrong_role(one, people, names)}
    return {kind: (mine[kind], other[kind]) for kind in mine}


def _items(text: str, content: KnowledgeFile, names: dict[tuple[str, ...], str]) -> Items:
    entities = {one.id: _name(one, names) for one in content.entities}
    answers = [fact.answer for fact in content.facts]
    published = content.article.published
    found = {str(one.day or one.shown).lower() for answer in answers for one in dates(answer, published)}
    return {
        "quotations": {
            f"{' '.join(phrase(quote.text))} ({entities[quote.speaker]}, {quote.source.paragraph})"
            for quote in content.quotes
        },
        "persons": {_name(one, names) for one in content.entities if one.type == "person"},
        "roles": {_name(one, names) for one in content.entities if one.type == "person" and one.description},
        "figures": {figure for answer in answers for figure in _figures(answer) if _has(text, figure)},
        "dates": found | {str(fact.when) for fact in content.facts if fact.when},
    }


def _name(entity: EntityNode, names: dict[tuple[str, ...], str]) -> str:
    """An entity as the finished file calls it, else as it is called."""
    known = (names[phrase(name)] for name in (entity.name, *entity.aliases) if phrase(name) in names)
    return next(known, entity.name)


def _figures(answer: str) -> Iterator[str]:
    without = answer
    for dated in [*dates(answer, None)][::-1]:
        without = without[: dated.start] + ";" + without[dated.end :]
    without = _CLOCK.sub(";", without)
    yield from (match[0] for match in _DIGITS.finditer(without))
    words = any_of(word for word in lists().figure_words if word not in ("two", "half", "hundred"))
    yield from (match[0].lower() for match in re.finditer(rf"(?<![\w-]){words}(?:-\w+)?\b", without, re.IGNORECASE))


def _has(text: str, figure: str) -> bool:
    return re.search(rf"(?<![\w,.]){re.escape(figure)}(?!\w|,\d)", text, re.IGNORECASE) is not None


def _same_role(drafted: str, person: EntityNode | None) -> bool:
    """Whether a drafted role agrees: most of its words are in what the finished file says of the person."""
    if person is None:
        return False
    said = {stem(word.text) for part in (person.description or "", *person.aliases) for word in split(part)}
    mine = {stem(word.text) for word in split(drafted) if len(word.text) > 2 and word.text not in ("the", "and", "for")}
    return bool(mine) and len(mine & said) >= 0.6 * len(mine)


def _is_wrong_role(entity: EntityNode, people: dict[str, EntityNode], names: dict[tuple[str, ...], str]) -> bool:
    described = entity.type == "person" and entity.description
    return bool(described) and not _same_role(entity.description or "", people.get(_name(entity, names)))


def main() -> None:
    """Prints recall and precision by kind, then what is missing and what is too much."""
    article, path = map(Path, sys.argv[1:])
    source = articles.read(article)
    finished = load(path)[0].content
    table = Table("kind", "finished", "drafted", "same", "recall %", "precision %")
    lines = []
    for kind, (wanted, found) in compared(source.text, compose(source, "draft").content, finished).items():
        same = len(wanted & found)
        recall, precision = 100 * same / max(len(wanted), 1), 100 * same / max(len(found), 1)
        table.add_row(kind, str(len(wanted)), str(len(found)), str(same), f"{recall:.0f}", f"{precision:.0f}")
        lines += [f"{kind}: missing: {item}" for item in sorted(wanted - found)]
        lines += [f"{kind}: too much: {item}" for item in sorted(found - wanted)]
    Console().print(table)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
