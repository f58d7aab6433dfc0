"""Files that the bot itself writes: whole or not at all, beside the editor's own, with a way back."""

import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.examination import examine
from knowledge.faults import KnowledgeError
from knowledge.files import load, overlay_of
from knowledge.shelf import ChangedSinceError, Shelf, with_phrasing, with_unanswered
from tests.conftest import SMALL

WRITER = """
import sys
from pathlib import Path
from knowledge.files import load, overlay_of
from knowledge.shelf import Shelf, with_phrasing
base, backups = Path(sys.argv[1]), Path(sys.argv[2])
shelf, text = Shelf(base, backups), base.read_text(encoding="utf-8")
for number in range(100_000):
    shelf.put(base, text + f"# {number} " + "x" * 200_000 + "\\n")
    path, over = with_phrasing(load(base)[0], "opened", f"Who unlocked gate {number}?")
    shelf.put(path, over)
    print(number, flush=True)
"""


@pytest.fixture
def shelf(small: Path, tmp_path: Path) -> Shelf:
    return Shelf(small, tmp_path / "backups")


@pytest.mark.parametrize("writes", range(12))
def test_a_kill_in_the_middle_of_writing_leaves_a_base_that_loads(small: Path, tmp_path: Path, writes: int):
    command = [sys.executable, "-c", WRITER, small, tmp_path / "backups"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        for _ in range(writes):
            writer.stdout.readline()
        writer.kill()
    (file,) = load(small)
    assert file.content.article.id == "harbour"
    assert examine(small).snapshot.entries


def test_what_is_put_is_undone_in_turn(shelf: Shelf, small: Path):
    texts = [SMALL + f"# {number}\n" for number in range(3)]
    for text in texts:
        shelf.put(small, text)
    for expected in (texts[1], texts[0], SMALL):
        shelf.restore(shelf.newest())
        assert small.read_text(encoding="utf-8") == expected
    assert shelf.newest() is None


@pytest.mark.parametrize(
    "before", [SMALL.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + SMALL.encode(), b"caf\xe9\n"]
)
def test_what_is_undone_comes_back_byte_for_byte(shelf: Shelf, small: Path, before: bytes):
    small.write_bytes(before)
    shelf.put(small, SMALL + "# put\n")
    shelf.restore(shelf.newest())
    assert small.read_bytes() == before


def test_a_file_that_was_new_goes_when_it_is_undone(shelf: Shelf, small: Path):
    path, text = with_phrasing(load(small)[0], "opened", "Who unlocked the gate?")
    shelf.put(path, text)
    assert overlay_of(small).exists()
    shelf.restore(shelf.newest())
    assert not overlay_of(small).exists()


def test_what_somebody_changed_since_is_not_taken_back(shelf: Shelf, small: Path):
    shelf.put(small, SMALL + "# put\n")
    small.write_text(SMALL + "# edited by hand\n", encoding="utf-8")
    with pytest.raises(ChangedSinceError):
        shelf.restore(shelf.newest())
    assert small.read_text(encoding="utf-8") == SMALL + "# edited by hand\n"


def test_an_empty_file_is_not_taken_for_an_absent_one(shelf: Shelf, small: Path):
    small.write_text("", encoding="utf-8")
    shelf.put(small, SMALL)
    shelf.restore(shelf.newest())
    assert small.exists()


def test_a_write_that_fails_leaves_nothing_behind(shelf: Shelf, small: Path, tmp_path: Path):
    target = tmp_path / "nowhere" / "harbour.yaml"
    with pytest.raises(OSError, match="nowhere"):
        shelf.put(target, SMALL)
    assert shelf.newest() is None


def test_each_base_has_backups_of_its_own(shelf: Shelf, small: Path, tmp_path: Path):
    shelf.put(small, SMALL + "# put\n")
    other = tmp_path / "other" / "harbour.yaml"
    other.parent.mkdir()
    other.write_text(SMALL, encoding="utf-8")
    assert Shelf(other, tmp_path / "backups").newest() is None


def test_a_file_keeps_its_mode_and_its_link(shelf: Shelf, small: Path, tmp_path: Path):
    target = tmp_path / "target.yaml"
    small.replace(target)
    target.chmod(0o640)
    small.symlink_to(target)
    shelf.put(small, SMALL + "# put\n")
    assert small.is_symlink()
    assert target.read_text(encoding="utf-8").endswith("# put\n")
    assert target.stat().st_mode & 0o777 == 0o640


def test_phrasings_of_an_entry_that_the_editor_removed_add_nothing(small: Path):
    overlay_of(small).write_text("extends: harbour\nphrasings:\n  gone: [Who?]\n", encoding="utf-8")
    assert examine(small).snapshot.winner("Who opened the harbour?") == "opened"


def test_a_new_article_takes_no_other_articles_name(tmp_path: Path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ferry.yaml").write_text(SMALL, encoding="utf-8")
    assert Shelf(folder, tmp_path / "backups").place_of("ferry") == folder / "ferry-2.yaml"


def test_an_articles_file_takes_the_place_of_its_own(tmp_path: Path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "first.yaml").write_text(SMALL, encoding="utf-8")
    shelf = Shelf(folder, tmp_path / "backups")
    assert shelf.place_of("harbour") == folder / "first.yaml"
    assert shelf.place_of("lighthouse") == folder / "lighthouse.yaml"


def test_what_is_added_answers_beside_the_editors_file(shelf: Shelf, small: Path):
    shelf.put(*with_phrasing(load(small)[0], "opened", "Who unlocked the gate?"))
    shelf.put(*with_phrasing(load(small)[0], "opened", "Who turned the key?"))
    shelf.put(*with_unanswered(load(small)[0], "added-1", "Was there cake?", "The article doesn't say."))
    snapshot = examine(small).snapshot
    assert snapshot.winner("Who unlocked the gate?") == "opened"
    assert snapshot.winner("Who turned the key?") == "opened"
    assert snapshot.winner("Was there cake?") == "added-1"
    assert small.read_text(encoding="utf-8") == SMALL


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("extends: lighthouse\n", 1, "the article beside it is harbour"),
        ("extends: harbour\nphrasing: {}\n", 2, "did you mean phrasings?"),
        ("extends: harbour\nphrasings:\n  cost: [Who opened the harbour?]\n", 3, "stands under opened too"),
        ("extends: harbour\nunanswered:\n  - {id: opened, answer: No., questions: [Why so?]}\n", 3, "the id is taken"),
    ],
)
def test_a_fault_in_what_was_added_is_named_with_its_own_file_and_line(small: Path, text: str, line: int, told: str):
    overlay_of(small).write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        examine(small)
    fault = next(fault for fault in caught.value.faults if told in fault.problem)
    assert (fault.path, fault.line) == (overlay_of(small), line)
