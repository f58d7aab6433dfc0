"""The program as people start it: real processes."""

import json
import subprocess
from pathlib import Path

import pytest

from bot.progress import LARGE
from tests.conftest import SMALL
from tests.program import APART, CITEBOT, at_a_terminal, citebot


def test_run_without_a_token_answers_from_a_pipe():
    done = citebot("run", said="who came along with putin?\n/who Belousov\n/when treaty\n")
    assert done.returncode == 0
    assert done.stdout.count("Source: Newsweek") == 3
    assert "Sergey Lavrov" in done.stdout
    assert "BOT_TOKEN" in done.stderr


def test_json_lines_come_back_in_order():
    rows = [{"id": "a", "q": "who invited putin"}, {"id": "b", "q": "how old is putin"}]
    done = citebot("ask", "--jsonl", said="".join(json.dumps(row) + "\n" for row in rows))
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], first["answered"], first["entry"]) == ("a", True, "invitation-who")
    assert (second["id"], second["answered"]) == ("b", False)


@pytest.mark.parametrize(
    ("arguments", "said", "code", "told"),
    [
        (("ask", "--jsonl"), b'{"id": 1}\n', 2, "line 1"),
        (("ask", "--jsonl"), b"\xff\xfe\n", 2, "line 1: not UTF-8"),
        (("chat",), b"\xff\xfe\n", 2, "line 1: not UTF-8"),
        (("ask",), b"", 2, "give a question"),
        (("--knowledge", "nowhere.yaml", "ask", "hello"), b"", 1, "nowhere.yaml: there is no such file"),
        (("eval", "nowhere.yaml"), b"", 1, "nowhere.yaml: cannot be read"),
        (("check", "--article", "nowhere.txt"), b"", 1, "nowhere.txt: cannot be read"),
    ],
)
def test_a_mistake_gets_a_clear_line_and_an_exit_code(arguments: tuple[str, ...], said: bytes, code: int, told: str):
    done = citebot(*arguments, said=said)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


QUESTIONS = """\
questions:
  - {ask: Who opened the harbour?, expect: [opened], group: plain}
  - {ask: Who opened the harbour, expect: [], group: plain}
"""


def test_what_went_wrong_is_printed_where_it_is_asked_for(small: Path, tmp_path: Path):
    questions = tmp_path / "questions.yaml"
    questions.write_text(QUESTIONS, encoding="utf-8")
    plain = citebot("--knowledge", str(small), "eval", str(questions))
    told = citebot("--knowledge", str(small), "eval", str(questions), "--failed")
    assert plain.returncode == told.returncode == 0
    assert "Who opened the harbour" not in plain.stdout
    assert "wrong: Who opened the harbour -> opened, expected no answer" in told.stdout


def test_floors_are_held(small: Path, tmp_path: Path):
    questions = tmp_path / "questions.yaml"
    floors = "floors: {plain: %d, plian: 40, bare: 0}\n"
    questions.write_text(floors % 60 + QUESTIONS, encoding="utf-8")
    fell = citebot("--knowledge", str(small), "eval", str(questions))
    questions.write_text(floors % 40 + QUESTIONS, encoding="utf-8")
    rose = citebot("--knowledge", str(small), "eval", str(questions))
    assert fell.returncode == rose.returncode == 1
    nothing = ["bare has a floor and no question", "plian has a floor and no question"]
    assert fell.stdout.splitlines()[-3:] == ["plain fell to 50.0, under its floor of 60", *nothing]
    assert rose.stdout.splitlines()[-3:] == ["plain rose to 50.0: record it as its floor, now 40", *nothing]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[opened]", "[opend]", "2: Who opened the harbour?: expect: there is no entry opend"),
        ("expect", "expct", "2: questions 1: expct: unknown key, did you mean expect?"),
        ("ask: Who", "ask:Who", "2: questions 1: ask: is missing"),
    ],
)
def test_a_wrong_question_file_is_told_in_an_editors_words(small: Path, tmp_path: Path, old: str, new: str, told: str):
    questions = tmp_path / "questions.yaml"
    questions.write_text(QUESTIONS.replace(old, new), encoding="utf-8")
    done = citebot("--knowledge", str(small), "eval", str(questions))
    assert done.returncode == 1
    assert f"{questions}:{told}" in done.stderr
    assert "pydantic" not in done.stderr


def test_one_text_is_no_text_of_two_articles(small: Path):
    other = small.with_name("other.yaml")
    other.write_text(small.read_text(encoding="utf-8").replace("id: harbour", "id: other"), encoding="utf-8")
    done = citebot("check", str(small.parent), "--article", str(small.with_suffix(".txt")))
    assert done.returncode == 1
    assert "one article's text is given for 2 knowledge files" in done.stdout + done.stderr


def test_a_check_says_whether_it_had_the_article(small: Path):
    assert "compared with the text of 1 of 1 articles" in citebot("check", str(small)).stdout
    small.with_suffix(".txt").rename(small.with_name("opening.txt"))
    shown = citebot("check", str(small)).stdout
    assert "not compared with the article" in shown
    assert "note: " in shown
    assert "is opening.txt the article's text?" in shown


def test_a_closed_pipe_is_no_traceback():
    process = subprocess.Popen(
        [*CITEBOT, "ask", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=APART
    )
    assert process.stdout
    process.stdout.close()
    _, error = process.communicate(b'{"id": 1, "q": "who"}\n' * 2000)
    assert b"Traceback" not in error
    assert process.returncode == 1


# What is run in the background ignores Ctrl-C, and so do its children.


@pytest.fixture
def large(small: Path) -> Path:
    fact = "  - {id: pier-%d, answer: %s, questions: [How long is pier %d?], source: {paragraph: 1}}"
    answer = "It is a very long pier. " * 25
    facts = "\n".join(fact % (number, answer, number) for number in range(LARGE // len(answer)))
    small.write_text(SMALL.replace("facts:", f"facts:\n{facts}"), encoding="utf-8")
    return small


@pytest.mark.parametrize("command", [("ask", "Who opened the harbour?"), ("check",)])
def test_a_terminal_shows_how_far_a_large_base_is(large: Path, tmp_path: Path, command: tuple[str, ...]):
    shown = at_a_terminal("--knowledge", str(large), *command, env={"CACHE_DIR": str(tmp_path), "TERM": "xterm"})
    assert "Reading entries" in shown


def test_a_pipe_gets_no_bar(large: Path, tmp_path: Path):
    done = citebot("--knowledge", str(large), "ask", "Who opened the harbour?", env={"CACHE_DIR": str(tmp_path)})
    assert (done.returncode, done.stderr) == (0, "")


def test_a_small_base_is_there_before_a_bar_could_be(small: Path, tmp_path: Path):
    assert not at_a_terminal("--knowledge", str(small), "ask", "Who?", env={"CACHE_DIR": str(tmp_path)})


@pytest.mark.parametrize("before", [("--help",), ("ask", "--help")])
def test_a_short_option_helps_too(before: tuple[str, ...]):
    done = citebot(*before[:-1], "-h")
    assert (done.returncode, done.stdout) == (0, citebot(*before).stdout)


@pytest.mark.parametrize("arguments", [("ask", "Who opened the harbour?"), ("explain", "Who opened it?"), ("chat",)])
def test_the_knowledge_is_chosen_before_the_command_or_after_it(small: Path, arguments: tuple[str, ...]):
    option = ("--knowledge", str(small))
    before, after = (citebot(*order, said="Who opened?") for order in ((*option, *arguments), (*arguments, *option)))
    assert (after.returncode, after.stdout) == (0, before.stdout)
    assert "opened" in after.stdout


def test_help_names_every_command():
    shown = citebot("--help").stdout
    assert all(name in shown for name in ("run", "chat", "ask", "explain", "check", "eval", "schema", "settings"))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("what age has putin reached by now", "putin-age is nearer than any answer, and says that the article leaves"),
        ("ok thanks a lot", "It is small talk (thanks)"),
        ("butter", "It says too little"),
    ],
)
def test_explain_says_what_decided_against_an_answer(asked: str, told: str):
    shown = " ".join(citebot("explain", asked).stdout.split())
    assert told in shown
    assert ("putin-age (left open)" in shown) == ("putin-age" in told)


def test_explain_says_when_an_editor_wrote_the_question_down():
    shown = " ".join(citebot("explain", "Tell me about Vladimir Putin").stdout.split())
    assert "It is a phrasing of putin, word for word, and that decides." in shown


def test_explain_shows_evidence_and_decision():
    shown = citebot("explain", "who invited putin").stdout
    assert "invitation-who" in shown
    assert "Decision: Answer" in shown


def test_the_schema_is_json():
    assert "facts" in json.loads(citebot("schema").stdout)["properties"]
