"""What a full disk does to the files that the bot writes: nothing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from bot.drafting import draft
from handlers.faults import DataError
from handlers.store import Store
from knowledge.disk import replaced
from knowledge.faults import KnowledgeError
from knowledge.holder import open_base
from knowledge.shelf import Shelf
from tests.conftest import SMALL, SMALL_TEXT
from tests.program import citebot

FullAfter = Callable[[int], AbstractContextManager[None]]


@pytest.fixture
def full_after() -> FullAfter:
    """A disk that takes no more than so many bytes of a file."""
    resource = pytest.importorskip("resource")

    @contextmanager
    def full(size: int) -> Iterator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return full


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_knowledge_file_is_put_or_left_as_it_was(full_after: FullAfter, small: Path, tmp_path: Path):
    shelf, before = Shelf(small, tmp_path / "backups"), names(tmp_path)
    with full_after(len(SMALL)), pytest.raises(OSError, match="too large"):
        shelf.put(small, SMALL * 2)
    assert small.read_text(encoding="utf-8") == SMALL
    assert shelf.newest() is None
    assert names(tmp_path) == ["backups", *before]


def test_an_index_that_cannot_be_kept_answers_and_leaves_nothing(full_after: FullAfter, small: Path, tmp_path: Path):
    cache = tmp_path / "cache"
    with full_after(1000):
        snapshot = open_base(small, cache)
    assert snapshot.winner("Who opened the harbour?") == "opened"
    assert names(cache) == []


def test_a_key_that_cannot_be_written_leaves_nothing(full_after: FullAfter, tmp_path: Path):
    with full_after(0), pytest.raises(DataError, match="cannot be used"):
        Store(tmp_path / "data")
    assert names(tmp_path / "data") == []


def test_a_key_is_its_owners_alone(store: Store, tmp_path: Path):
    assert (tmp_path / "voters.key").stat().st_mode & 0o777 == 0o600


def test_a_draft_is_written_or_left_as_it_was(full_after: FullAfter, small: Path, tmp_path: Path):
    article = tmp_path / "article.txt"
    article.write_text(SMALL_TEXT, encoding="utf-8")
    draft(article, small, verbatim=False)
    written, before = small.read_bytes(), names(tmp_path)
    with full_after(500), pytest.raises(KnowledgeError, match="cannot be written"):
        draft(article, small, verbatim=False)
    assert small.read_bytes() == written
    assert names(tmp_path) == before


def test_a_draft_keeps_the_mode_and_the_link_of_what_it_replaces(small: Path, tmp_path: Path):
    target, article = tmp_path / "target.yaml", small.with_suffix(".txt")
    small.replace(target)
    small.symlink_to(target)
    target.chmod(0o640)
    assert citebot("draft", str(article), "--out", str(small)).returncode == 0
    assert small.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640


def test_what_fails_while_it_is_written_changes_nothing(tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(TypeError), replaced(path) as file:
        file.writelines([b"new", None])
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]
