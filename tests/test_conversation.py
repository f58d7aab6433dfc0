"""What a reader gets to see, over the shipped article."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.conversation import Conversation
from handlers.render import Reply
from knowledge.outcomes import Kind
from knowledge.snapshot import Snapshot


def test_one_answer_in_full(conversation: Conversation):
    assert conversation.reply("who came along with putin?").plain == (
        "Putin came with top officials, among them Sergey Lavrov (foreign minister), Denis Manturov (first deputy prime "
        "minister), Alexander Novak (deputy prime minister) and Andrei Belousov (newly appointed defense minister).\n"
        "Source: Newsweek, June 19, 2024 · paragraph 5 · according to KCNA · reported, not confirmed"
    )


@pytest.mark.parametrize(
    ("said", "replied"),
    [
        ("/who Belousov", "defense minister"),
        ("/when treaty", "June 19, 2024"),
        ("/quote cronin autocrats", "“They are two autocrats"),
        ("hiw mny containrs were traked", "10,000"),
        ("who denies the arms trade?", "denied"),
        ("¿Qué acuerdo firmaron Putin y Kim?", "strategic partnership"),
        ("푸틴은 언제 평양에 도착했나요?", "June 19"),
        ("俄罗斯为什么受到制裁？", "invasion of Ukraine"),
        ("My uncle argues about it all day long. Where did they meet before?", "Vostochny"),
    ],
)
def test_a_question_gets_its_fact_and_source(conversation: Conversation, said: str, replied: str):
    reply = conversation.reply(said)
    assert reply.answered
    assert replied in reply.plain
    assert "Newsweek, June 19, 2024 · " in reply.plain


@pytest.mark.parametrize(
    "said",
    [
        "How old is Putin?",
        "Did Medvedev come too?",
        "population of pyongyang",
        "Who is the chancellor of Germany?",
        "asdfghjkl",
    ],
)
def test_what_the_article_lacks_is_not_answered(conversation: Conversation, said: str):
    assert not conversation.reply(said).answered


@pytest.mark.parametrize("said", ["hello", "thanks!", "😂😂", "", "?", "/nonsense", "https://example.org", "@bot"])
def test_what_is_no_question_gets_a_friendly_line(conversation: Conversation, said: str):
    reply = conversation.reply(said)
    assert reply.plain
    assert not reply.answered


@pytest.mark.parametrize("command", ["start", "help", "topics", "source", "summary", "privacy"])
def test_a_command_says_something(conversation: Conversation, command: str):
    assert len(conversation.reply(f"/{command}").plain) > 20


def test_commands_without_words_list_people_times_places_and_speakers(conversation: Conversation):
    assert "Sergey Lavrov" in conversation.reply("/who").plain
    assert "2024-06-19" in conversation.reply("/when").plain
    assert "Vostochny" in conversation.reply("/where").plain
    assert "Patrick Cronin" in conversation.reply("/quote@citebot").plain


def test_a_button_leads_to_its_entry(conversation: Conversation):
    buttons = conversation.reply("/who").buttons
    lavrov = next(button for button in buttons if "Lavrov" in button.label)
    assert "Foreign minister of Russia" in conversation.pick(lavrov.data).plain


def test_a_button_of_older_knowledge_is_told_so(conversation: Conversation):
    assert not conversation.pick("e:gone").answered


def test_button_data_fits_telegrams_limit(conversation: Conversation):
    for command in ("/who", "/where", "/quote", "/topics"):
        assert all(len(button.data.encode()) <= 64 for button in conversation.reply(command).buttons)


@pytest.mark.parametrize("kind", [Kind.WHO, Kind.WHEN, Kind.WHERE])
def test_a_command_answers_only_its_kind(conversation: Conversation, shipped: Snapshot, kind: Kind):
    for words in ("treaty", "Belousov", "containers", "Putin", "missiles"):
        turn = conversation.ask(kind, words)
        if turn.reply.answered:
            assert kind in shipped.kinds_of(shipped.by_id[turn.entry])


def harmless(reply: Reply) -> bool:
    """Whether nothing but our own two tags can be markup."""
    rest = reply.html.replace("<b>", "").replace("</b>", "").replace("<i>", "").replace("</i>", "")
    return "<" not in rest and ">" not in rest


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=150)
def test_any_text_gets_a_short_and_harmless_reply(conversation: Conversation, text: str):
    reply = conversation.reply(text)
    assert 0 < len(reply.plain) <= 4096
    assert harmless(reply)
