"""A first knowledge file from an article: what is found, what is left to the editor, what a new draft keeps."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.audit import structure
from knowledge.draft import source as articles
from knowledge.draft.dates import dates, first_moment
from knowledge.draft.drafter import compose
from knowledge.draft.english import status_of
from knowledge.draft.figures import figures
from knowledge.draft.prose import Prose
from knowledge.draft.revision import revised
from knowledge.draft.source import from_text
from knowledge.draft.text import paragraph as block
from knowledge.draft.writer import render
from knowledge.files import load, parse
from knowledge.outcomes import Status
from knowledge.schema import KnowledgeFile
from knowledge.verification import against_text
from tests.program import ROOT, citebot

EXAMPLE = ROOT / "docs" / "example" / "night-ferry-2025-05-14.txt"
PUBLISHED = datetime.fromisoformat("2025-05-14T07:30:00")


def drafted(*paragraphs: str, verbatim: bool = False) -> KnowledgeFile:
    text = "\n\n".join(("A title", *paragraphs))
    return parse(render(compose(from_text(text), "a", verbatim=verbatim)), Path("a.yaml")).content


def said(*paragraphs: str) -> list[tuple[str, str]]:
    content = drafted(*paragraphs)
    names = {entity.id: entity.name for entity in content.entities}
    return [(names[quote.speaker], quote.text) for quote in content.quotes]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ('"We are open," said Anna Reed, the mayor.', [("Anna Reed", "We are open")]),
        ('Mayor Anna Reed said: "We are open."', [("Anna Reed", "We are open.")]),
        ("Mayor Anna Reed said: “We are open.”", [("Anna Reed", "We are open.")]),
        ('Anna Reed, the mayor of Easton, told the Gazette: "We are open."', [("Anna Reed", "We are open.")]),
        (
            '"It took years," Mayor Anna Reed said, "and it was hard."',
            [("Anna Reed", "It took years … and it was hard.")],
        ),
        (
            '"It took years," Mayor Anna Reed said. "Now we are open."',
            [("Anna Reed", "It took years"), ("Anna Reed", "Now we are open.")],
        ),
        (
            'Mayor Anna Reed opened the pier. "We are open," she said.',
            [("Anna Reed", "We are open")],
        ),
        ('"Ships are safe," according to the Coastal Safety Board.', [("Coastal Safety Board", "Ships are safe")]),
        ('Minister Tom Hale promised "a bridge for everybody."', [("Tom Hale", "a bridge for everybody")]),
        ('Mayor Anna Reed came. The 54-year-old said it was "about time".', [("Anna Reed", "about time")]),
        ('Tom Hale, the deputy of Mayor Anna Reed, promised "a bridge".', [("Tom Hale", "a bridge")]),
        ('Mayor Anna Reed\'s deputy, Tom Hale, came. "Soon," he said.', [("Tom Hale", "Soon")]),
        ('"Tom Hale was right," said Mayor Anna Reed, who opened it.', [("Anna Reed", "Tom Hale was right")]),
        ('"It is safe," says Mr. Hale, who built it.', [("Hale", "It is safe")]),
        ('Tom Hale put it like this: "It is safe."', [("Tom Hale", "It is safe.")]),
        ('"I saw it," a fisherman said.', [("A fisherman", "I saw it")]),
        ('The plan, known as "Blue Bay", is old.', [("Unknown publisher", "Blue Bay")]),
    ],
)
def test_a_quotation_has_its_speaker(paragraph: str, expected: list[tuple[str, str]]):
    assert said(paragraph) == expected


def test_a_pronoun_is_whoever_was_named_last_outside_quotations():
    paragraphs = (
        "Mayor Anna Reed praised the crew.",
        '"Tom Hale built it," she said.',
        '"He is an engineer," she added.',
    )
    assert {speaker for speaker, _ in said(*paragraphs)} == {"Anna Reed"}


def test_a_quotation_goes_on_in_the_next_paragraph():
    paragraphs = ('Mayor Anna Reed said: "The pier is open.', '"It will stay open."')
    assert said(*paragraphs) == [("Anna Reed", "The pier is open."), ("Anna Reed", "It will stay open.")]


@pytest.mark.parametrize(
    ("paragraph", "name", "description", "aliases"),
    [
        ("They met French Foreign Minister Marie Blanc.", "Marie Blanc", "French foreign minister", {"Blanc"}),
        ("France's Finance Minister Marie Blanc spoke.", "Marie Blanc", "France's finance minister", {"Blanc"}),
        ("They met Greta Holm, a marine biologist at Easton University.", "Greta Holm", "Marine biologist at Easton University", {"Holm"}),
        ("They met Greta Holm, 45, mayor of Easton, in May.", "Greta Holm", "Mayor of Easton", {"Holm"}),
        ("They met the former mayor, Greta Holm, in May.", "Greta Holm", "Former mayor", {"Holm"}),
        ("The newly appointed Minister of Defense Tom Hale came.", "Tom Hale", "Newly appointed minister of defense", {"Hale"}),
        ("The state-run Central News Agency (CNA) told it.", "Central News Agency", "State-run news agency", {"CNA"}),
        ("It is owned by the Hill Institute, a research foundation in Paris, they say.", "Hill Institute", "Research foundation in Paris", set()),
    ],
)  # fmt: skip
def test_a_name_has_its_role_and_its_other_names(paragraph: str, name: str, description: str, aliases: set[str]):
    found = {entity.name: entity for entity in drafted(paragraph).entities}
    assert found[name].description == description
    assert aliases <= set(found[name].aliases)


@pytest.mark.parametrize(
    ("paragraph", "left"),
    [
        ("Nobody was hurt. Calder denied that.", ["Nobody was hurt.", "Calder denied that."]),
        ("It was over; nobody knew why.", ["It was over;", "nobody knew why."]),
        ("Was it worth it?", ["Was it worth it?"]),
        ("The police are investigating.", ["The police are investigating."]),
        ("What happens next", []),
        ('"We are open." Reed said.', []),
        ("Some 40 people came.", []),
        ("Photo: Tom Hale", []),
        ("!", []),
    ],
)
def test_a_short_sentence_is_left_to_the_editor(paragraph: str, left: list[str]):
    draft = compose(
        from_text(f"A title\n\nThis is what was seen, told and written of the fire in Easton.\n\n{paragraph}"), "a"
    )
    (read,) = [block(2, paragraph)]
    assert [read.sentences[todo.sentence - 1].text for todo in draft.todos if todo.paragraph == 2] == left


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("May 1, 2024 6:50 p.m.", "2024-05-01T18:50:00"),
        ("Published on May 1, 2024.", "2024-05-01T00:00:00"),
        ("The pier opened on May 1, 2024.", None),
    ],
)
def test_a_short_sentence_with_a_date_is_no_head(line: str, published: str | None):
    source = from_text(f"A title\n\n{line}\n\nIt was a sunny day for everybody.")
    assert source.published == (datetime.fromisoformat(published) if published else None)


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("The fire took about 12,000 books early on Saturday.", "The figure is about 12,000 books."),
        ("Some 40 people came to help.", "The figure is some 40 people."),
        ("The fire delayed 12 early trains.", "The figure is 12 early trains."),
    ],
)
def test_a_figure_is_worded_with_what_it_counts(sentence: str, answer: str):
    assert answer in [fact.answer for fact in drafted(sentence).facts]


def test_nothing_is_asked_about_about():
    content = drafted("The fire took about 12,000 books.")
    assert "What does the article say about 12,000 books?" in content.facts[-1].questions


def test_an_age_is_a_fact():
    (fact,) = drafted("They met Greta Holm, 45, a baker.").facts
    assert fact.answer == "Greta Holm is 45 years old."
    assert "How old is Holm?" in fact.questions


def test_nobody_is_said_to_do_what_stands_after_a_preposition():
    content = drafted("The ferry between Easton and the island of Skarra left on Monday.")
    assert not any(fact.answer.startswith(("Skarra", "Easton")) for fact in content.facts)


def test_the_kinds_of_names_are_told_apart():
    content = drafted(
        "Mayor Anna Reed flew from Paris to Easton with Easton Airways and signed a mutual aid treaty in Germany."
    )
    kinds = {entity.name: entity.type for entity in content.entities}
    assert kinds["Anna Reed"] == "person"
    assert kinds["Paris"] == kinds["Easton"] == "place"
    assert kinds["Easton Airways"] == "organisation"
    assert kinds["mutual aid treaty"] == "agreement"
    assert kinds["Germany"] == "country"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("about 12% of the budget", ["about 12% of the budget"]),
        ("nearly 5 million artillery shells", ["nearly 5 million artillery shells"]),
        ("It cost $6.4 million.", ["$6.4 million"]),
        ("five boats, 1,340 seals and twenty-two people", ["five boats", "1,340 seals", "twenty-two people"]),
        ("photo 1 of 3", ["1 of 3"]),
        ("in 1961, on June 3, 2024, at 10:15 p.m. and by 4:1", []),
    ],
)
def test_figures_are_found_with_what_they_count(text: str, shown: list[str]):
    assert [figure.words for figure in figures(text, list(dates(text, PUBLISHED)))] == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("on June 3, 2024", "June 3, 2024"),
        ("on 3 June", "June 3, 2025"),
        ("early Monday", "Monday, May 12, 2025"),
        ("yesterday", "May 13, 2025"),
        ("in September", "September"),
        ("in May 2000", "May 2000"),
        ("since 1961", "1961"),
        ("last week", "last week"),
    ],
)
def test_dates_are_counted_from_the_article(text: str, shown: str):
    assert [dated.shown for dated in dates(text, PUBLISHED)] == [shown]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("It will open in June", None),
        ("It is expected to open on Saturday", None),
        ("It will open on 3 June", "2025-06-03"),
        ("It opened in June", "2024-06"),
        ("It opened on Saturday, and the pier will follow", "2025-05-10"),
    ],
)
def test_what_is_to_come_is_not_dated_back(text: str, when: str | None):
    assert [dated.when for dated in dates(text, PUBLISHED)] == [when]


@pytest.mark.parametrize("text", ["they may come", "2,000 people", "on June 31", "12024", "in march step"])
def test_what_looks_like_a_date_is_none(text: str):
    assert not [dated for dated in dates(text, PUBLISHED) if dated.day or dated.shown.isdigit()]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Post At: Jun 19/2024 06:50PM", datetime.fromisoformat("2024-06-19T18:50:00")),
        ("The Gazette, May 14, 2025 12:05 AM", datetime.fromisoformat("2025-05-14T00:05:00")),
        ("2025-05-14T07:30", datetime.fromisoformat("2025-05-14T07:30:00")),
        ("14 May 2025", datetime.fromisoformat("2025-05-14T00:00:00")),
        ("May 14", None),
        ("2025-13-45", None),
    ],
)
def test_the_date_of_an_article_is_read(text: str, moment: datetime | None):
    assert first_moment(text) == moment


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The ship sank.", Status.STATED),
        ("The ship reportedly sank.", Status.REPORTED),
        ("They are suspected of sinking it.", Status.SUSPECTED),
        ("The alleged attack sank it.", Status.SUSPECTED),
        ("They denied sinking it.", Status.DENIED),
        ("It remains unclear who sank it.", Status.UNCLEAR),
        ("It is expected to sink.", Status.UNCLEAR),
    ],
)
def test_a_hedge_becomes_the_status(sentence: str, status: Status):
    assert status_of(sentence) is status


def test_the_example_is_drafted_in_full():
    done = subprocess.run(
        [sys.executable, "benchmarks/draft.py", str(EXAMPLE), str(EXAMPLE.with_suffix(".yaml"))],
        capture_output=True, check=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert "quotations" in done.stdout
    assert "missing" not in done.stdout
    assert "too much" not in done.stdout


def test_the_example_is_sound_and_answers():
    done = citebot("check", str(EXAMPLE.with_suffix(".yaml")), "--article", str(EXAMPLE))
    assert done.returncode == 0, done.stdout
    done = citebot(
        "--knowledge",
        str(EXAMPLE.with_suffix(".yaml")),
        "eval",
        str(EXAMPLE.with_name("questions") / "night-ferry.yaml"),
    )
    assert done.returncode == 0, done.stdout


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    path = tmp_path / EXAMPLE.name
    path.write_bytes(EXAMPLE.read_bytes())
    return path


@pytest.fixture(scope="session")
def draft_of_the_example(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("draft") / "ferry.yaml"
    done = citebot("draft", str(EXAMPLE), "--out", str(path))
    assert done.returncode == 0, done.stderr
    return path.read_text(encoding="utf-8")


@pytest.fixture
def out(ferry: Path, draft_of_the_example: str) -> Path:
    """A draft of the example."""
    path = ferry.with_suffix(".yaml")
    path.write_text(draft_of_the_example, encoding="utf-8")
    return path


def edited(path: Path, old: str, new: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def test_a_draft_passes_the_check(ferry: Path, out: Path):
    done = citebot("check", str(out))
    assert done.returncode == 0, done.stdout
    assert against_text(load(out)[0], ferry.read_text(encoding="utf-8")) == []


def test_a_draft_of_odd_figures_passes_the_check(tmp_path: Path):
    path = tmp_path / "odd.txt"
    path.write_text(
        "Odd\n\nIt was 000000000000000000$3;0000000 in the bay on 12.30.45 and 1,2,3 ships.\n", encoding="utf-8"
    )
    out = path.with_suffix(".yaml")
    assert citebot("draft", str(path), "--out", str(out)).returncode == 0
    assert against_text(load(out)[0], path.read_text(encoding="utf-8")) == []


def test_a_draft_repeats_no_sentence(ferry: Path, out: Path):
    prose = Prose(articles.read(ferry).blocks)
    own = [line for line in out.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("text:")]
    assert [line for line in own[10:] if prose.repeats(line)] == []


def test_sentences_are_copied_only_when_asked(ferry: Path):
    done = citebot("draft", str(ferry), "--verbatim")
    content = parse(done.stdout, ferry).content
    assert "The old service ended in 2016, when it carried fewer than 40 people a night." in [
        fact.answer for fact in content.facts
    ]
    assert "0 sentences are left" in done.stderr


def test_what_is_left_to_do_becomes_an_entry_without_its_hash_signs(out: Path):
    lines = out.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if "# to do: paragraph 2," in line)
    end = next(n for n in range(at + 1, len(lines)) if not lines[n].startswith(("  # -", "  #   ")))
    entry = "".join(line.replace("  # ", "  ", 1) for line in lines[at + 1 : end])
    text = "".join([*lines[:at], entry.replace("answer:", "answer: The ferry is back."), *lines[end:]])
    assert next(fact for fact in parse(text, out).content.facts if fact.answer == "The ferry is back.").id == "p2-1"


def test_drafts_answer_only_when_they_are_served(out: Path):
    asked = ("--knowledge", str(out), "ask", "Who said “The seals were here before the timetable”?")
    assert "Greta Holm" not in citebot(*asked).stdout
    assert "The seals were here before the timetable" in citebot(*asked, env={"DRAFTS": "serve"}).stdout


def test_a_name_of_a_draft_is_no_unknown_name(out: Path):
    done = citebot("--knowledge", str(out), "ask", "How old is Lindqvist?")
    assert "doesn't mention" not in done.stdout


def test_drafting_again_changes_nothing(ferry: Path, out: Path):
    before = out.read_text(encoding="utf-8")
    done = citebot("draft", str(ferry), "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert out.read_text(encoding="utf-8") == before


FINISHED = """\
  # Anna checked this one.
  - id: rolls
    answer: Olav Brandt   gave away 300 rolls.   # by phone
    questions: [How many rolls did the baker give away?]
    source: {paragraph: 12}
"""


def test_an_editors_work_is_kept_to_the_letter(ferry: Path, out: Path):
    edited(out, "facts:\n", f"facts:\n{FINISHED}")
    edited(out, "description: Baker", "description: Baker on Skarra")
    edited(ferry, "48 cars", "52 cars")
    assert citebot("draft", str(ferry), "--out", str(out)).returncode == 0
    text = out.read_text(encoding="utf-8")
    assert FINISHED in text
    assert "description: Baker on Skarra" in text
    assert "The figure is 52 cars." in text
    assert "48 cars" not in text
    assert text.count("The figure is 300 rolls.") == 1


def test_a_finished_entry_that_the_article_no_longer_bears_out_is_marked_and_listed(ferry: Path, out: Path):
    content = out.read_text(encoding="utf-8")
    at = content.index("  - id: holm-seals-were")
    out.write_text(content[:at] + content[at:].replace("    draft: true\n", "", 1), encoding="utf-8")
    edited(ferry, "before the timetable", "before any timetable")
    for _ in range(2):
        done = citebot("draft", str(ferry), "--out", str(out))
        assert "no longer agrees with the article" in done.stderr
        assert "holm-seals-were: text: the article has no such words" in done.stderr
    text = out.read_text(encoding="utf-8")
    assert text.count("# check again: the article has no such words") == 1
    assert "text: The seals were here before the timetable\n" in text
    assert "text: The seals were here before any timetable\n" in text


def test_a_draft_that_something_refers_to_stays_and_is_marked(ferry: Path, out: Path):
    edited(out, "travellers-212]", "cars-48]")
    edited(ferry, "48 cars", "52 cars")
    assert citebot("draft", str(ferry), "--out", str(out)).returncode == 0
    text = out.read_text(encoding="utf-8")
    assert "# check again: the article has no figure 48\n  - id: cars-48\n" in text
    assert "The figure is 52 cars." in text
    assert structure(load(out)) == []


def test_paragraphs_that_moved_are_counted_anew(ferry: Path, out: Path):
    edited(out, "facts:\n", "facts:\n" + FINISHED.replace("id: rolls", "id: cars-48").replace("12", "3"))
    content = out.read_text(encoding="utf-8")
    at = content.index("  - id: cars-48\n    answer: The figure")
    out.write_text(content[:at] + content[content.index("  - id:", at + 5) :], encoding="utf-8")
    edited(ferry, "\n\nMayor Anna Reed", "\n\nIt was about time.\n\nMayor Anna Reed")
    done = citebot("draft", str(ferry), "--out", str(out))
    assert "cars-48: source: the draft has it from paragraph 4, not 3" in done.stderr
    file = load(out)[0]
    assert {fact.id: fact.source.paragraph for fact in file.content.facts}["travellers-212"] == 4
    assert {quote.id: quote.source.paragraph for quote in file.content.quotes}["holm-seals-were"] == 8
    assert structure([file]) == []
    assert {fault.entry for fault in against_text(file, ferry.read_text(encoding="utf-8"))} == {"cars-48"}


def test_the_ids_that_an_editor_gave_are_used(ferry: Path, out: Path):
    text = out.read_text(encoding="utf-8")
    out.write_text(text.replace("id: holm\n", "id: greta\n").replace("speaker: holm\n", "speaker: greta\n")
                   .replace("about: [holm", "about: [greta").replace(", holm", ", greta"), encoding="utf-8")  # fmt: skip
    edited(ferry, 'timetable,"', 'timetable. They will stay,"')
    done = citebot("draft", str(ferry), "--out", str(out))
    assert done.returncode == 0, done.stderr
    (file,) = load(out)
    assert structure([file]) == []
    assert [quote.speaker for quote in file.content.quotes if "They will stay" in quote.text] == ["greta"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("nothing.txt", None, "nothing.txt: cannot be read: No such file"),
        ("empty.txt", b" \n", "empty.txt: empty"),
        ("latin.txt", b"caf\xe9", "latin.txt: not UTF-8"),
        ("page.docx", b"text", "page.docx: unknown kind of file .docx"),
        ("page.html", b"<html></html>", "page.html: no article found"),
    ],
)
def test_an_article_that_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, name: str, content: bytes | None, told: str
):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = citebot("draft", str(path))
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("shopping: [bread]\n", "exists and is no sound knowledge file"),
        ("article: {id: other, title: Other, publisher: P, published: 2024-01-01}\n", "holds another article, “Other”"),
    ],
)
def test_a_file_with_something_else_is_not_overwritten(ferry: Path, content: str, told: str):
    path = ferry.with_name("kept.yaml")
    path.write_text(content, encoding="utf-8")
    done = citebot("draft", str(ferry), "--out", str(path))
    assert done.returncode == 1
    assert told in done.stderr
    assert path.read_text(encoding="utf-8") == content


PAGE = """<html lang="en"><head><title>Pier opens | The Gazette</title>
<meta property="og:site_name" content="The Gazette"><meta property="og:title" content="Pier opens">
<meta property="article:published_time" content="2024-05-01T09:00:00+02:00"></head>
<body><nav>Menu</nav><article><h1>Pier opens</h1>
<p>Anna Reed, mayor of Easton, opened the pier on 1 May in front of a large crowd that had come from all over.</p>
<p>"Today we are proud of everybody here," she said. The pier holds 120 people and has cost more than planned.</p>
</article></body></html>"""


def test_a_page_is_read_with_its_date_and_publisher(tmp_path: Path):
    path = tmp_path / "pier.html"
    path.write_text(PAGE, encoding="utf-8")
    out = tmp_path / "pier.yaml"
    assert citebot("draft", str(path), "--out", str(out)).returncode == 0
    content = load(out)[0].content
    assert (content.article.title, content.article.publisher) == ("Pier opens", "The Gazette")
    assert content.article.published == datetime.fromisoformat("2024-05-01T00:00:00")
    assert [quote.source.paragraph for quote in content.quotes] == [2]
    assert citebot("check", str(out), "--article", str(path)).returncode == 0


def test_a_page_without_the_extra_is_told_what_to_install(tmp_path: Path):
    (tmp_path / "trafilatura.py").write_text("raise ImportError\n", encoding="utf-8")
    path = tmp_path / "pier.html"
    path.write_text(PAGE, encoding="utf-8")
    done = citebot("draft", str(path), env={"PYTHONPATH": str(tmp_path) + os.pathsep + str(ROOT)})
    assert done.returncode == 1
    assert ".venv/bin/pip install trafilatura" in done.stderr


def test_markdown_is_read_with_its_front_matter(tmp_path: Path):
    path = tmp_path / "pier.md"
    path.write_text(
        "---\ntitle: Pier opens\ndate: 2024-05-01\npublisher: The Gazette\n---\n\n# Pier opens\n\n"
        '**Anna Reed**, mayor of [Easton](https://example.org), said: "We are *proud*."\n',
        encoding="utf-8",
    )
    out = tmp_path / "pier.yaml"
    assert citebot("draft", str(path), "--out", str(out)).returncode == 0
    content = load(out)[0].content
    assert (content.article.title, content.article.publisher) == ("Pier opens", "The Gazette")
    assert content.article.published == datetime.fromisoformat("2024-05-01T00:00:00")
    assert [(quote.text, quote.source.paragraph) for quote in content.quotes] == [("We are proud.", 1)]
    assert citebot("check", str(out), "--article", str(path)).returncode == 0


WORDS = """the The Anna Reed said, “We are “ ” " told Minister of Defense Russia's Russian (KCNA) according to 5 million
$3 12% on Monday June 19, 2024 in 1961 Putin-Kim U.S. D.C. , . ? — : ; and was who it's ' ’ - # [ { } & * ! | > % @ `
3 of 4 1 arrived signed treaty agency Easton he she added called 30 February"""
SOUP = st.lists(st.sampled_from([*WORDS.split(), "\n", "\n\n", "\t"]), max_size=60).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=200), SOUP), verbatim=st.booleans())
def test_any_text_becomes_a_file_that_loads(text: str, *, verbatim: bool):
    if not text.strip():
        return
    source = from_text(text)
    draft = compose(source, "a", verbatim=verbatim)
    assert parse(render(draft), Path("a.yaml")).content == draft.content
    if not verbatim:
        prose = Prose(source.blocks)
        told = [node.answer for node in draft.content.facts]
        told += [node.description or "" for node in draft.content.entities]
        told += [question for node in draft.content.facts for question in node.questions]
        assert [words for words in told if prose.repeats(words)] == []


@settings(max_examples=60, deadline=None)
@given(before=SOUP, after=SOUP, verbatim=st.booleans())
@example(before="the the Putin-Kim .", after="the the the U.S.", verbatim=True)
@example(before="told Anna", after="U.S.", verbatim=False)
@example(before="the " * 11 + "$3 the Defense Defense The the the the", after="", verbatim=False)
def test_any_change_of_an_article_leaves_a_sound_file(before: str, after: str, *, verbatim: bool):
    first, second = from_text(f"A title\n\n{before}"), from_text(f"A title\n\n{after}")
    draft, new = compose(first, "a", verbatim=verbatim), compose(second, "a", verbatim=verbatim)
    text = render(draft)
    file = parse(text, Path("a.yaml"))
    assert structure([file]) == []
    assert revised(file, text, draft, first).text == text, "nothing changed"
    text = revised(file, text, new, second).text
    file = parse(text, Path("a.yaml"))
    assert structure([file]) == []
    assert revised(file, text, new, second).text == text, "the change was made once"


def test_other_commands_load_no_drafter():
    asked = "import sys, bot.__main__; sys.exit(any(name.startswith('knowledge.draft') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", asked], check=False, cwd=ROOT).returncode == 0
