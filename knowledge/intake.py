"""The texts of a base, read: as rows of numbers of words and of terms, and what each asks for.

Answers for reading nothing twice. A large base has millions of words and few different ones: each is read once, and so
is each run of words that a phrase may span. How words are read, the reader knows.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.casting import casts, is_cast
from knowledge.corpus import Corpus
from knowledge.outcomes import Kind
from knowledge.question import Cast
from knowledge.reading import Passage, Reader, asked_together
from knowledge.rows import Rows
from knowledge.tokens import SCALES
from knowledge.words import normal, written

_Name = TypeVar("_Name")
_WHEN = frozenset({Kind.WHEN})


class Intake:
    """Takes in the texts of one knowledge base."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        phrases = [phrase for phrase in reader.phrases() if len(phrase) > 1]
        self._followed = {key for phrase in phrases for key in phrase[:-1]}
        self._following = {key for phrase in phrases for key in phrase[1:]}
        self._numbers: defaultdict[str, int] = _numbered()
        """Number of each word as it is written, and of each run of words, with blanks between them."""
        self._passages: list[Passage] = []
        self._normal = array("i")
        self.words: defaultdict[str, int] = _numbered()
        """Number of each normalised word."""
        self.terms: defaultdict[tuple[str, float], int] = _numbered()
        """Number of each key with each of its weights."""

    def read(self, texts: Iterable[tuple[int, str]], *, parts: bool = False) -> Corpus:
        """Texts, each with the entry that it belongs to; `parts`: whether to see who does what in them."""
        owner, sizes, flat = array("i"), array("i"), array("i")
        number = self._numbers.__getitem__
        for entry, text in texts:
            before = len(flat)
            flat.extend(map(number, written(text)))
            sizes.append(len(flat) - before)
            owner.append(entry)
        self._learn()
        words = Rows.of(sizes, flat)
        runs = self._runs(words)
        self._learn()
        return Corpus(
            np.array(owner, np.int32),
            Rows(words.sizes, np.array(self._normal, np.int32)[words.flat]),
            runs.through(self._terms_in(runs)),
            self._asked(runs),
            self._casts(runs) if parts else [()] * len(runs),
        )

    def counts(self, *corpora: Corpus) -> Counter[str]:
        """How often each word occurs."""
        times = np.bincount(np.concatenate([corpus.words.flat for corpus in corpora]), minlength=len(self.words))
        return Counter(dict(zip(self.words, times.tolist(), strict=True)))

    def _learn(self) -> None:
        """Reads the words and runs that are new."""
        for name in islice(self._numbers, len(self._passages), None):
            words = [normal(word) for word in name.split(" ")]
            passage = self._reader.passage(words)
            self._passages.append(passage)
            self._normal.append(self.words[words[0].text])

    def _runs(self, words: Rows) -> Rows:
        """The words of each text as runs: no phrase and no figure goes beyond one."""
        row, flat = words.row, words.flat
        followed = self._which(lambda passage: passage.tokens[-1].term.key in self._followed)
        following = self._which(lambda passage: passage.tokens[0].term.key in self._following)
        scales = self._which(lambda passage: any(token.best in SCALES for token in passage.tokens))
        whole = np.zeros(len(words), np.bool_)
        whole[row[scales[flat]]] = True
        joined = followed[flat[:-1]] & following[flat[1:]] | whole[row[1:]]
        joined &= row[1:] == row[:-1]
        starts = np.flatnonzero(~np.append(False, joined)[: len(flat)])
        sizes = np.diff(starts, append=len(flat))
        runs, several = flat[starts], sizes > 1
        names = Rows(sizes[several], flat[np.repeat(several, sizes)]).spelled([*self._numbers])
        runs[several] = [self._numbers[name] for name in names]
        return Rows(np.bincount(row[starts], minlength=len(words)), runs)

    def _terms_in(self, runs: Rows) -> Rows:
        """The terms of each word and run that occurs by itself; a word that only occurs in runs may be no term."""
        sizes, flat = array("i"), array("i")
        for passage, times in zip(self._passages, np.bincount(runs.flat, minlength=len(self._passages)), strict=True):
            own = passage.terms if times else ()
            sizes.append(len(own))
            flat.extend([self.terms[term.key, term.weight] for term in own])
        return Rows.of(sizes, flat)

    def _asked(self, runs: Rows) -> list[frozenset[Kind]]:
        """What each text asks for, if it asks.

        That of a text is what its runs ask for, unless the first only opens it or a "when" may only begin a clause.
        """
        found: list[tuple[frozenset[Kind], ...]] = [()] * len(runs)
        asking = np.flatnonzero(self._which(lambda passage: bool(passage.asked))[runs.flat])
        for text, run in zip(runs.row[asking].tolist(), runs.flat[asking].tolist(), strict=True):
            found[text] += self._passages[run].asked
        verb_first, worded = np.zeros(len(runs), np.bool_), runs.sizes > 0
        first = runs.flat[runs.starts[worded]]
        verb_first[worded] = self._which(lambda passage: bool(passage.verb_first))[first]
        vague = np.zeros(len(runs), np.bool_)
        vague[worded] = self._which(lambda passage: passage.verb_first is None)[first]
        names = [*self._numbers]
        for text in [text for text, own in enumerate(found) if vague[text] or (len(own) > 1 and _WHEN in own)]:
            whole = (word for run in runs.part(text, text + 1).flat for word in names[run].split(" "))
            passage = self._reader.passage(map(normal, whole))
            found[text], verb_first[text] = passage.asked, bool(passage.verb_first)
        return [asked_together(own, verb_first=verb) for own, verb in zip(found, verb_first.tolist(), strict=True)]

    def _casts(self, runs: Rows) -> list[tuple[Cast, ...]]:
        """The parts of the names and figures in each text."""
        found: list[tuple[Cast, ...]] = [()] * len(runs)
        casting = np.zeros(len(runs), np.bool_)
        casting[runs.row[self._which(lambda passage: any(map(is_cast, passage.terms)))[runs.flat]]] = True
        starts = runs.starts
        for text in np.flatnonzero(casting).tolist():
            own = runs.flat[starts[text] : starts[text] + runs.sizes[text]].tolist()
            found[text] = tuple(casts([term for run in own for term in self._passages[run].terms]))
        return found

    def _which(self, test: Callable[[Passage], bool]) -> NDArray[np.bool_]:
        """For each word and run whether it passes a test."""
        return np.fromiter(map(test, self._passages), np.bool_, len(self._passages))


def _numbered() -> defaultdict[_Name, int]:
    """Numbers from 0 in the order in which they are asked for."""
    numbers: defaultdict[_Name, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers
