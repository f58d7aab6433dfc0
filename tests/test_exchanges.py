"""Which answer belongs to which question, and that what is over is forgotten."""

from handlers.exchanges import Exchanges

CHAT, QUESTION = 7, 1


def test_a_message_that_no_longer_answers_is_forgotten():
    exchanges = Exchanges()
    exchanges.remember(CHAT, QUESTION, "who came?", [2, 3])
    exchanges.remember(CHAT, QUESTION, "who came along?", [3, 4])
    assert [exchanges.question(CHAT, message) for message in (2, 3, 4)] == ["", "who came along?", "who came along?"]
    assert list(exchanges.answer(CHAT, QUESTION)) == [3, 4]


def test_the_oldest_questions_are_forgotten_first_and_with_all_that_answered_them():
    exchanges = Exchanges()
    for chat in range(10_000):
        exchanges.remember(chat, QUESTION, "who came?", [2])
    exchanges.remember(0, QUESTION, "who came along?", [3])
    exchanges.remember(10_000, QUESTION, "who came?", [2])
    assert exchanges.question(0, 3) == "who came along?"
    assert exchanges.question(1, 2) == ""
    assert not exchanges.answer(1, QUESTION)
