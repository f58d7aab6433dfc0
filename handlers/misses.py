"""Missed questions: what readers asked and got no answer to, or none that helped; an editor sees to them with a tap.

Answers for which questions are the same in other words, and for what can be done about one. Writing is the newsroom's.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz, process

from handlers.feedback import Feedback, Miss
from handlers.newsroom import Newsroom, gone, report
from handlers.render import Button, Reply, label, turning
from handlers.taps import OpenMiss, Page, SettleMiss
from handlers.texts import say
from knowledge.faults import KnowledgeError
from knowledge.files import load
from knowledge.holder import Holder
from knowledge.library import MARK
from knowledge.shelf import with_phrasing, with_unanswered

MISSES = "misses"
"""The name of the list."""
_ALIKE = 85.0
"""Least token_sort_ratio at which two questions are one (https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html)."""
_PAGE = 6
_CHOICES = 3
"""How many entries an editor chooses from."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are alike, the newest first."""

    misses: Sequence[Miss]

    @property
    def question(self) -> str:
        """The one that stands for all."""
        return self.misses[0].question

    @property
    def id(self) -> int:
        """The number that it is called by."""
        return self.misses[0].id


def grouped(misses: Iterable[Miss]) -> list[Group]:
    """Groups of questions that are alike, the largest first."""
    heads: list[str] = []
    groups: list[list[Miss]] = []
    for miss in misses:
        text = miss.question.lower()
        found = process.extractOne(text, heads, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
        if found:
            groups[found[2]].append(miss)
        else:
            heads.append(text)
            groups.append([miss])
    return [Group(group) for group in sorted(groups, key=len, reverse=True)]


class Misses:
    """The missed questions, in an editor's hands."""

    def __init__(self, holder: Holder, feedback: Feedback, newsroom: Newsroom, base: Path) -> None:
        self._holder = holder
        self._feedback = feedback
        self._newsroom = newsroom
        self._base = base

    def page(self, number: int = 0) -> Reply:
        """A page of them, the most frequent first; pages count from 0."""
        groups = grouped(self._feedback.misses())
        if not groups:
            return report(say("no_misses"))
        pages = -(-len(groups) // _PAGE)
        number = min(number, pages - 1)
        shown = groups[number * _PAGE : (number + 1) * _PAGE]
        lines = [f"{len(group.misses)} × {group.question} ({self._nearest(group)})" for group in shown]
        buttons = [Button(label(group.question), OpenMiss(group.id)) for group in shown]
        buttons += turning(MISSES, number, pages)
        return replace(report(say("misses", count=str(len(groups))), lines), buttons=tuple(buttons))

    def open(self, number: int) -> Reply:
        """One of them, with what can be done about it."""
        group = self._group(number)
        if group is None:
            return gone(say("miss_gone"))
        near = self._holder.snapshot.nearest(group.question, _CHOICES, least=0.0)
        buttons = [
            *(Button(label(say("add_to", entry=entry.question)), SettleMiss(number, entry.id)) for entry in near),
            Button(say("not_in_article"), SettleMiss(number)),
            Button(say("drop"), SettleMiss(number, drop=True)),
            Button("‹ " + say("back"), Page(MISSES, 0)),
        ]
        examples = dict.fromkeys(miss.question for miss in group.misses)
        return replace(report(say("miss"), list(examples)[:5]), buttons=tuple(buttons))

    def settle(self, tap: SettleMiss) -> Reply:
        """Makes one a phrasing of an entry or something that the article leaves open, or drops it."""
        group = self._group(tap.miss)
        if group is None:
            return gone(say("miss_gone"))
        if not tap.drop and (refused := self._add(group.question.replace("…", " "), tap.entry)):
            return refused
        self._feedback.settle([miss.id for miss in group.misses])
        return report(say("dropped" if tap.drop else "added_phrasing" if tap.entry else "added_unanswered"))

    def _add(self, question: str, entry: str | None) -> Reply | None:
        """Writes a question into the overlay; the reply where it was refused."""
        question = " ".join(question.split())
        known = self._holder.snapshot.by_id.get(entry) if entry else None
        if entry and known is None:
            return report(say("entry_gone"))
        try:
            files = load(self._base)
        except KnowledgeError:
            return self._newsroom.check()
        nearest = known or next(iter(self._holder.snapshot.nearest(question, 1, least=0.0)), None)
        file = next((file for file in files if nearest and file.content.article.id == nearest.article.id), files[0])
        if known is None:
            id_ = "added-" + hashlib.sha256(question.encode()).hexdigest()[:8]
            path, text = with_unanswered(file, id_, question, say("not_said"))
        else:
            path, text = with_phrasing(file, known.id.partition(MARK)[0], question)
        return self._newsroom.write(path, text)

    def _group(self, number: int) -> Group | None:
        groups = grouped(self._feedback.misses())
        return next((group for group in groups if any(miss.id == number for miss in group.misses)), None)

    def _nearest(self, group: Group) -> str:
        near = self._holder.snapshot.nearest(group.question, 1, least=0.0)
        return near[0].id if near else say("no_entry")
