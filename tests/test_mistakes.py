"""An editor's slips of the pen: the line to mend, and what to write instead."""

from pathlib import Path

import pytest

from knowledge.faults import Fault, KnowledgeError
from knowledge.files import load
from tests.conftest import SMALL
from tests.test_knowledge_files import edited


def faults_after(small: Path, old: str, new: str) -> tuple[int, list[Fault]]:
    line = edited(small, old, new)
    with pytest.raises(KnowledgeError) as caught:
        load(small)
    return line, list(caught.value.faults)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("answer: Anna Reed opened the harbour on 1 May.", "answer: no", 'answer: YAML takes no for yes or no: put it into quotation marks, "no"'),
        ("answer: Anna Reed opened the harbour on 1 May.", "answer: 3:40", 'answer: YAML takes 3:40 for a number: put it into quotation marks, "3:40"'),
        ("answer: Anna Reed opened the harbour on 1 May.", "answer: !!timestamp 2024-05-01", "answer: YAML takes 2024-05-01 for something else"),
        ("answer: Anna Reed opened the harbour on 1 May.", "answer:", "answer: is empty"),
        ("answer: Anna Reed opened the harbour on 1 May.", 'answer: ""', "answer: is empty"),
        ("answer: Anna Reed opened the harbour on 1 May.", "answer: [Anna Reed]", "answer: write one text; put it into quotation marks"),
        ("answer: Anna Reed opened the harbour on 1 May.", f"answer: {'Anna ' * 200}", "answer: has 999 characters, 700 at most"),
        ("[Who opened the harbour?, ", "[Who: opened the harbour?, ", "questions: write one text; put it into quotation marks"),
        ("questions: [What did the harbour cost?]", "questions: What did the harbour cost?", "questions: write a list: [What did the harbour cost?]"),
        ("questions: [What did the harbour cost?]", "questions: What, then, did it cost?", 'questions: write a list: ["What, then, did it cost?"]'),
        ("questions: [What did the harbour cost?]", "questions:", "questions: is empty: write a list, or leave questions out"),
        ("questions: [What did the harbour cost?]", "questions: []", "questions: give at least 1"),
        ("answer: Anna", "kinds: who, when\n    answer: Anna", "kinds: write a list: [who, when]"),
        ("answer: Anna", "kinds: [how-many]\n    answer: Anna", "kinds: how-many is unknown, did you mean how_many?"),
        ("answer: Anna", "status: suspcted\n    answer: Anna", "status: suspcted is unknown, did you mean suspected?"),
        ("answer: Anna", "when: March\n    answer: Anna", "when: write it as 2025-03-01, 2025-03 or 2025, not March"),
        ("answer: Anna", "when: 2024-02-31\n    answer: Anna", "when: there is no such day: 2024-02-31"),
        ("answer: Anna", "draft: maybe\n    answer: Anna", "draft: write true, or leave it out"),
        ("type: person", "type: parson", "type: parson is unknown, did you mean person?"),
        ("type: person", "type: ship", "type: ship is unknown; known are person, organisation"),
        ("speaker: reed", "speaker: Anna Reed", "speaker: write the id of an entity: did you mean reed?"),
        ("speaker: reed", "speaker: Tom Hale", "speaker: write the id of an entity: lower-case letters, figures, - and _, not Tom Hale"),
        ("id: opened", "id: Harbour opened", "id: an id has lower-case letters, figures, - and _ only: write harbour-opened"),
        ("{paragraph: 2}", "2", "source: write {paragraph: 2}"),
        ("{paragraph: 2}", "paragraph 2", "source: write {paragraph: 2}"),
        ("id: opened", "id: Hafen öffnet", "id: an id has lower-case letters, figures, - and _ only: write hafen-offnet"),
        ("{paragraph: 2}", "[2]", "source: write {paragraph: 4}"),
        ("{paragraph: 2}", "{paragraph: two}", "source.paragraph: write one whole number, not two"),
        ("{paragraph: 2}", "{paragraph: -1}", "source.paragraph: paragraphs are counted from 0, the title: not -1"),
        ("{paragraph: 2}", "{paragraph:2}", "a blank is missing after paragraph:"),
        ("language: en", "language: English", "language: write the two lower-case letters of the language, such as en, not English"),
        ("language: en", "url: harbour.example", "url: an address begins with https:// or http://, not harbour.example"),
        ("2024-05-01T09:00:00", "May 1", "published: write it as 2025-03-01 or 2025-03-01T09:30, not May 1"),
        ("2024-05-01T09:00:00", "2024-02-30", "published: there is no such day or time: 2024-02-30"),
        ("answer: Anna", "answer: &Anna", "answer: put a text that begins with a sign into quotation marks"),
        ("answer: Anna", "answer: ! Anna", "answer: put a text that begins with a sign into quotation marks"),
        ("2024-05-01T09:00:00", "2024", "published: write it as 2025-03-01 or 2025-03-01T09:30: 2024"),
        ("on 1 May.", "on pier #1.", "answer: #1. begins a comment, which is not read: put a text with # into quotation marks"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_with_what_to_write_instead(small: Path, old: str, new: str, told: str):
    line, faults = faults_after(small, old, new)
    assert any(told in str(fault) and fault.line == line for fault in faults), faults
    assert not any("input should" in fault.problem or "False" in fault.problem for fault in faults)


LONG = SMALL.replace(
    "[Who opened the harbour?, Who inaugurated the port?]",
    "\n      - Who opened the harbour?\n      - Whose port is it?",
)
NUMBER = {text: number for number, text in enumerate(LONG.splitlines(), 1)}
OPENED, ANSWER = NUMBER["  - id: opened"], NUMBER["    answer: Anna Reed opened the harbour on 1 May."]


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("answer: Anna Reed opened", "answer: 'Anna Reed opened", ANSWER, "opens here and closes only in line 25"),
        ("answer: Anna Reed opened", 'answer: "Anna Reed opened', ANSWER, "opens here and is never closed"),
        ("answer: Anna Reed opened", 'answer: "Anna" Reed opened', ANSWER, 'the text goes on after its second "'),
        ("- Whose port is it", "- 'Whose port is it", ANSWER + 3, "opens here and closes only in line 25"),
        ("    answer: Anna", "     answer: Anna", ANSWER, "as far in as the ones beside it"),
        ("    answer: Anna", "   answer: Anna", ANSWER, "as far in as the ones beside it"),
        ("      - Whose", "     - Whose", ANSWER + 3, "as far in as the ones beside it"),
        ("      - Whose", "       - Whose", ANSWER + 3, "put its dash right under the dash above"),
        ("    answer: Anna", "\u00a0\u00a0\u00a0\u00a0answer: Anna", ANSWER, "type plain blanks"),
        ("answer: Anna", "answer:\u00a0Anna", ANSWER, "type plain blanks"),
        ("id: opened", "id:opened", OPENED, "a blank is missing after id:"),
        ("answer: Anna", "answer:Anna", ANSWER, "a blank is missing after answer:"),
        ("- id: opened", "-id: opened", OPENED, "a blank is missing after -"),
        ("  - id: reed-proud", "    id: reed-proud", ANSWER + 5, "begin each item with a dash and a blank"),
        ("  - id: opened", "  id: opened", OPENED, "`- ` belongs before id"),
        ("answer: Anna", "answer; Anna", ANSWER, "a field needs a colon and a blank"),
        ("      - Who opened", "      -Who opened", ANSWER + 1, "a blank is missing after -"),
        ("[What did the harbour cost?]", "[What did the harbour cost?, , What else?]", 26, "is a comma too many here?"),
        ("[What did the harbour cost?]", "[What did the harbour cost?", 26, "a [ opens here"),
        ("[What did the harbour cost?]", "[What did pier #1 cost?]", 26, "#1 begins a comment"),
    ],
)  # fmt: skip
def test_a_slip_in_the_signs_is_told_where_it_is_to_be_mended(small: Path, old: str, new: str, line: int, told: str):
    small.write_text(LONG, encoding="utf-8")
    _, faults = faults_after(small, old, new)
    assert [fault.line for fault in faults if told in fault.problem] == [line], faults


def test_a_missing_dash_is_one_fault(small: Path):
    second = (
        "    id: closed\n    answer: It closed.\n    questions: [Did it close?]\n    source: {paragraph: 1}\nquotes:\n"
    )
    _, (fault,) = faults_after(small, "quotes:\n", second)
    assert "`- ` belongs before id" in fault.problem


def test_a_comment_has_a_blank_after_its_sign(small: Path):
    edited(small, "on 1 May.", "on 1 May. # who else?")
    assert load(small)[0].content.facts[0].answer == "Anna Reed opened the harbour on 1 May."


def test_a_long_text_may_be_broken_before_a_dash(small: Path):
    long = "Anna Reed, who had been mayor for years, opened the harbour on 1 May"
    edited(small, "Anna Reed opened the harbour on 1 May.", f"{long}\n      - at last.")
    assert load(small)[0].content.facts[0].answer == f"{long} - at last."
