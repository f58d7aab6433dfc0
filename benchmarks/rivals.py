"""Other ways to find the nearest phrasing, each as a function that takes phrasings and returns one that asks.

Answers for using every one of them as its own manual says: SQLite's FTS5 with Porter's stems, bm25s with Snowball's,
rapidfuzz over all phrasings. Measures nothing.
"""

import re
import sqlite3
from collections.abc import Callable, Sequence

import bm25s
import Stemmer
from rapidfuzz import fuzz, process

Ask = Callable[[str], object]


def fts5(texts: Sequence[str]) -> Ask:
    """Full-text search in memory, any word of the question, best by BM25."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table phrasing using fts5(text, tokenize = 'porter')")
    base.executemany("insert into phrasing values (?)", ((text,) for text in texts))

    def ask(question: str) -> object:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        return base.execute(
            "select rowid, rank from phrasing where phrasing match ? order by rank limit 10", (words,)
        ).fetchall()

    return ask


def bm25(texts: Sequence[str]) -> Ask:
    """BM25 computed beforehand in sparse arrays."""
    stemmer = Stemmer.Stemmer("english")
    index = bm25s.BM25()
    index.index(bm25s.tokenize(list(texts), stemmer=stemmer, show_progress=False), show_progress=False)

    def ask(question: str) -> object:
        words = bm25s.tokenize([question], stemmer=stemmer, return_ids=False, show_progress=False)
        return index.retrieve(words, k=10, show_progress=False)

    return ask


def token_set(texts: Sequence[str]) -> Ask:
    """The best of all phrasings by shared words."""
    return lambda question: process.extractOne(question, texts, scorer=fuzz.token_set_ratio)


RIVALS = {"SQLite FTS5": fts5, "bm25s": bm25, "token_set_ratio": token_set}
