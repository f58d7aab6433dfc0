"""A newsroom's mistakes, each named with its place."""

from pathlib import Path

import pytest

from bot.settings import SHIPPED
from knowledge.audit import structure
from knowledge.examination import examine
from knowledge.faults import KnowledgeError
from knowledge.files import load
from knowledge.holder import open_base
from knowledge.library import Library
from knowledge.snapshot import Snapshot
from knowledge.verification import against_text
from tests.conftest import SMALL, SMALL_TEXT


def faults_of(path: Path) -> list[str]:
    try:
        files = load(path)
    except KnowledgeError as error:
        return [str(fault) for fault in error.faults]
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    return [str(fault) for fault in sorted([*structure(files), *against_text(files[0], text)])]


def edited(path: Path, old: str, new: str) -> int:
    """Makes one edit; the line it is on."""
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    return content[: content.index(old)].count("\n") + 1


def test_a_sound_file_has_no_faults(small: Path):
    assert faults_of(small) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("text: we are proud", "text: we are so proud", "reed-proud: text: the article has no such words"),
        ("on 1 May.", "on 2 May.", "opened: answer: the article has no figure 2"),
        (
            "answer: Anna",
            "when: 2024-02-31\n    answer: Anna",
            "opened: when: there is no such day",
        ),
        ("the harbour on 1", "the harbour with Bob on 1", "opened: answer: the article has no name Bob"),
        ("speaker: reed", "speaker: read", "reed-proud: speaker: there is no entity read, did you mean reed?"),
        ("suggested: [opened]", "suggested: [closed]", "suggested: there is no entry closed"),
        ("suggested: [opened]", "suggested: [opened, opened]", "suggested: opened stands here twice"),
        ("answer: Anna", "anser: Anna", "anser: unknown key, did you mean answer?"),
        ("id: opened", "id: reed", "reed: id: the id is taken by harbour.yaml:4"),
        ("type: person", "type: parson", "type: parson is unknown, did you mean person?"),
        ("{paragraph: 1}", "{paragraph: 1, according_to: Bob}", "reed: according_to: the article has no name Bob"),
        ("{paragraph: 1}", "{paragraph: 2}", "reed: source: paragraph 1 says most of it, paragraph 2 next to nothing"),
        ("publisher: The Gazette", f"publisher: {'The ' * 60}", "publisher: has 239 characters, 200 at most"),
        (
            "{paragraph: 1}",
            f"{{paragraph: 1, according_to: {'B' * 201}}}",
            "according_to: has 201 characters, 200 at most",
        ),
        ("name: Anna Reed", f"name: {'Anna' * 60}", "reed: name: has 240 characters, 200 at most"),
        ("Mayor of Easton", "Mayor " * 120, "description: has 719 characters, 700 at most"),
        (
            "text: we are proud",
            f"context: {'so' * 101}\n    text: we",
            "context: has 202 characters, 200 at most",
        ),
        ("on 1 May.", "on Monday, 1 May.", "opened: answer: May 1, 2024 is a Wednesday, no Monday"),
        ("on 1 May.", "on Tuesday, May 1, 2023.", "opened: answer: May 1, 2023 is a Monday, no Tuesday"),
        (
            "Anna Reed opened the harbour on 1 May.",
            "2024-05-01",
            "opened: answer: 2024-05-01 alone tells nobody anything",
        ),
        ("name: Anna Reed", "name: Anna Read", "reed: name: the article has no name Read"),
        ("{paragraph: 2}", "{paragraph: 9}", "the article has paragraphs 0 to 2, not 9"),
        ("{paragraph: 2}", "{paragraph: 1}", "the words stand in paragraph 2, not 1"),
        ("[What did the harbour cost?]", "[Who opened the harbour?]", "stands under opened too (line 13)"),
    ],
)
def test_a_mistake_is_named_with_its_line(small: Path, old: str, new: str, told: str):
    line = edited(small, old, new)
    found = faults_of(small)
    assert any(told in fault for fault in found), found
    assert any(fault.startswith(f"{small}:{line}:") for fault in found), found


def test_what_is_suggested_twice_is_offered_once(small: Path):
    edited(small, "suggested: [opened]", "suggested: [opened, opened]")
    snapshot = Snapshot(Library.from_files(load(small)))
    assert [entry.id for entry in snapshot.catalogue.suggested()] == ["opened"]


def test_an_alias_of_two_entities_is_named(small: Path):
    second = "  - {id: mayor, type: person, name: Someone Else, aliases: [The Mayor]}\nfacts:\n"
    edited(small, "facts:\n", second)
    assert any("The Mayor is a name of reed too" in fault for fault in faults_of(small))


@pytest.mark.parametrize(
    "answer",
    [
        "Anna Reed opened the harbour on Wednesday, three weeks before May 22",
        "In April there was nothing; on May 1 Anna Reed opened the harbour",
    ],
)
def test_an_answer_with_more_days_than_one_may_mean_any(small: Path, answer: str):
    edited(small, "Anna Reed opened the harbour on 1 May.", f"{answer}\n    when: 2024-04")
    assert not [fault for fault in faults_of(small) if ": when: " in fault]


@pytest.mark.parametrize(
    ("when", "belied"),
    [("2024-04-30", True), ("2024-03", True), ("2024-04-29", False), ("2024-04", False), ("2024", False)],
)
def test_the_day_of_an_entry_is_one_that_its_answer_names(small: Path, when: str, *, belied: bool):
    edited(small.with_suffix(".txt"), "on 1 May", "on 29 April")
    edited(small, "on 1 May.", f"on April 29.\n    when: {when}")
    told = f"{small}:13: opened: when: the answer says April 29: write that day, or leave when out"
    assert faults_of(small) == ([told] if belied else [])


def test_a_day_that_the_article_leaves_open_is_wrong_in_one_place(small: Path):
    edited(small, "on 1 May.", "on Monday, April 29.\n    when: 2024-04-30")
    assert faults_of(small) == [
        f"{small}:13: opened: when: the answer says Monday, April 29: write that day, or leave when out"
    ]


def test_what_is_no_person_may_have_a_name_of_its_own(small: Path):
    second = "  - {id: town, type: place, name: City of Easton on Sea, aliases: [Easton]}\nfacts:\n"
    edited(small, "facts:\n", second)
    assert faults_of(small) == []


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("she said", False), ("Reed said", False), ("Tom Hale said", True), ("Hale told the mayor", False)],
)
def test_a_quotation_is_of_somebody_named_near_it(small: Path, said: str, *, wrong: bool):
    edited(small, "facts:\n", "  - {id: hale, type: person, name: Tom Hale}\nfacts:\n")
    edited(small, "paragraph: 2", "paragraph: 4")
    text = small.with_suffix(".txt")
    edited(text, '"Today we are proud," she said.', f'It rained.\n\nIt rained on.\n\n"Today we are proud," {said}.')
    told = "reed-proud: speaker: paragraph 4 names Tom Hale, and nothing near it names the speaker"
    assert any(told in fault for fault in faults_of(small)) == wrong


def test_an_id_that_two_files_have_names_both(small: Path):
    small.with_name("draft.yaml").write_text(small.read_text(encoding="utf-8"), encoding="utf-8")
    (fault,) = structure(load(small.parent))
    assert str(fault).startswith(f"{small}:1: harbour: id: the id is taken by draft.yaml:1")
    assert "move one file out of the folder" in fault.problem


def test_all_faults_are_reported_at_once(small: Path):
    edited(small, "speaker: reed", "speaker: nobody")
    edited(small, "suggested: [opened]", "suggested: [nothing]")
    assert len(faults_of(small)) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "expected the keys article"),
        (b"article: [\n", "not YAML"),
        (b"article: {id: \xff}\n", "not UTF-8"),
        (b"- a list\n", "expected the keys article"),
        (b"article: {id: a}\narticle: {id: b}\n", "stands here twice"),
    ],
)
def test_a_broken_file_is_refused_in_one_line(tmp_path: Path, content: bytes, told: str):
    path = tmp_path / "broken.yaml"
    path.write_bytes(content)
    assert any(told in fault for fault in faults_of(path))
    assert all("\n" not in fault for fault in faults_of(path))


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(KnowledgeError, match="there is no such file"):
        load(tmp_path / "nothing.yaml")


def test_the_shipped_knowledge_is_sound():
    assert structure(load(SHIPPED)) == []


def test_a_base_of_one_bare_fact_answers(tmp_path: Path):
    path = tmp_path / "bare.yaml"
    path.write_text(
        "article: {id: a, title: T, publisher: P, published: 2024-01-01}\n"
        "facts:\n  - {id: f, answer: The bridge was closed on Monday., source: {paragraph: 0}}\n",
        encoding="utf-8",
    )
    assert open_base(path).winner("bridge closed monday") == "f"


def test_knowing_nothing_answers_nothing():
    assert Snapshot.empty().winner("anything?") is None


def test_a_kept_snapshot_answers_until_the_file_changes(small: Path, tmp_path: Path):
    cache = tmp_path / "cache"
    assert open_base(small, cache).by_id["opened"].answer == "Anna Reed opened the harbour on 1 May."
    assert len(list(cache.glob("*.pickle"))) == 1
    assert open_base(small, cache).winner("who opened the harbour") == "opened"
    edited(small, "on 1 May", "in May")
    assert open_base(small, cache).by_id["opened"].answer == "Anna Reed opened the harbour in May."


def test_only_a_few_snapshots_are_kept(small: Path, tmp_path: Path):
    cache = tmp_path / "cache"
    for day in range(1, 13):
        edited(small, f"on {day} May", f"on {day + 1} May")
        open_base(small, cache)
    assert 1 < len(list(cache.glob("*.pickle"))) < 12


def test_a_spoilt_kept_snapshot_is_built_anew(small: Path, tmp_path: Path):
    cache = tmp_path / "cache"
    open_base(small, cache)
    for kept in cache.glob("*.pickle"):
        kept.write_bytes(b"not a snapshot")
    assert open_base(small, cache).winner("who opened the harbour") == "opened"


def test_a_cache_folder_that_cannot_be_written_is_no_obstacle(small: Path, tmp_path: Path):
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    assert open_base(small, blocked).winner("who opened the harbour") == "opened"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("    answer: She said: the harbour is open.", "quotation marks"),
        ("\tanswer: The harbour is open.", "tab"),
        ('    answer: "The harbour is open.', "closed"),
        ("    answer: @reed opened it.", "quotation marks"),
    ],
)
def test_what_is_no_yaml_is_told_in_an_editors_words(small: Path, line: str, told: str):
    lines = small.read_text(encoding="utf-8").splitlines()
    broken = next(number for number, text in enumerate(lines) if text.startswith("    answer: Anna Reed"))
    lines[broken] = line
    small.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        open_base(small)
    (fault,) = caught.value.faults
    assert fault.line == broken + 1
    assert told in fault.problem


HEADED = SMALL_TEXT.replace("opens\n", "opens\n\nHarbours\nThe Gazette, May 1, 2024 9:00 AM\n", 1)
MOVED = SMALL.replace("paragraph: 2", "paragraph: 3").replace("paragraph: 1", "paragraph: 2")


def examined(folder: Path, content: str, text: str, name: str = "harbour.txt") -> tuple[list[str], list[str]]:
    """The faults and the notes on a file with its article."""
    path = folder / "harbour.yaml"
    path.write_text(content, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    try:
        return [], [str(note).removeprefix(f"{path}:") for note in examine(path).notes]
    except KnowledgeError as error:
        return [str(fault).removeprefix(f"{path}:") for fault in error.faults], []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: Harbour opens", "title: Harbour open", ["1: title: paragraph 0 of the article is “Harbour opens”"]),
        ("title: Harbour opens", "title: Harbour", []),
        ("title: Harbour opens", "title: HARBOUR OPENS!", []),
        ("2024-05-01T09", "2024-05-02T09", ["1: published: the head of the article says 2024-05-01"]),
        ("2024-05-01T09:00:00", "2024-05-01", []),
        ("2024-05-01T09:00:00", "2024-05-02T01:00:00Z", []),
        ("2024-05-01T09:00:00", "2024-05-03T01:00:00Z", ["1: published: the head of the article says 2024-05-01"]),
        ("publisher: The Gazette", "publisher: The Gazete", ["1: publisher: the head of the article says The Gazette"]),
        ("publisher: The Gazette", "publisher: Gazette", []),
        ("publisher: The Gazette", "publisher: Newsweek", []),
    ],
)
def test_the_head_of_the_article_is_compared(tmp_path: Path, old: str, new: str, told: list[str]):
    assert examined(tmp_path, MOVED.replace(old, new), HEADED) == (told, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The Gazette, May 1, 2024 9:00 AM", "Updated May 3, 2024\nPublished May 1, 2024"),
        ("Harbour opens\n\nHarbours", "Local news\n\nHarbour opens"),
    ],
)
def test_a_head_of_another_kind_is_no_fault(tmp_path: Path, old: str, new: str):
    assert old in HEADED
    assert examined(tmp_path, MOVED, HEADED.replace(old, new)) == ([], [])


def test_a_text_without_its_title_is_compared_as_it_is(tmp_path: Path):
    text = SMALL_TEXT.replace("Harbour opens", "It was a great day for the whole town.")
    assert examined(tmp_path, SMALL, text) == ([], [])


def test_paragraphs_that_no_entry_cites_are_noted(tmp_path: Path):
    text = f"{HEADED}\nNobody was hurt.\n\nWhat comes next\n\nThere was cake.\n\nCopyright 2024 The Gazette.\n"
    noted = " no entry cites paragraphs 4 and 6 of the article"
    assert examined(tmp_path, MOVED, text) == ([], [noted])


@pytest.mark.parametrize("name", ["harbor.txt", "opening.txt"])
def test_a_text_under_another_name_is_noted(tmp_path: Path, name: str):
    id_ = name.removesuffix(".txt")
    noted = f"1: id: is {name} the article's text? Then the id must be {id_}, or the text harbour.txt"
    assert examined(tmp_path, SMALL, SMALL_TEXT, name) == ([], [noted])


def test_commas_in_a_question_are_noted(tmp_path: Path):
    content = SMALL.replace(
        "[What did the harbour cost?]", "[What did the harbour, in the end, cost?, price of the harbour]"
    )
    noted = '24: cost: questions: commas make 3 phrasings of this: if it is one, write "What did the harbour, in the end, cost?"'
    assert noted in examined(tmp_path, content, SMALL_TEXT)[1]
