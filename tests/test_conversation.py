"""What a reader gets to see, over the shipped article."""

import re
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.conversation import Conversation
from handlers.pieces import pieces
from handlers.render import Reply, entry_reply, render
from handlers.talk import Talk
from handlers.taps import Page, Pick, Tap, Vote, read
from knowledge.holder import Holder, open_base
from knowledge.outcomes import Answer, Kind, NoAnswer, Reason, Status
from knowledge.question import Role
from knowledge.snapshot import Snapshot
from tests.telegram.html import parse, units

IDS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,46}(~[0-9a-f]{4})?", fullmatch=True)
HASHES = st.from_regex(r"[0-9a-f]{8}", fullmatch=True)
WORDS = st.from_regex(r"[a-z]{1,16}", fullmatch=True)
DATA_LIMIT = 64
"""Bytes of a button's data."""


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
        ("belousov", "Andrei Belousov: "),
        ("kremlin boss", "Vladimir Putin: "),
        ("containers", "10,000"),
        ("/who treaty", "Putin and Kim signed"),
        ("what's the name of the two deputy prime ministers", "Denis Manturov and"),
        ("who on earth promised more democracy lol", "Vladimir Putin"),
        ("is it tru kim huged putin", "embraced"),
        ("wich day did they singed it", "June 19, 2024"),
        ("y is n korea sanctioned lol", "nuclear weapons"),
        ("10.000 of what?", "shipping containers"),
        ("how mutch artilery shels wuld fit in", "5 million"),
        ("newsweak wrote to wich us departmnt", "U.S. State Department"),
        ("which us departmnt did they contct", "U.S. State Department"),
        ("Wer kam mit Putin?", "Sergey Lavrov"),
        ("Welches Amt hat Lawrow?", "Foreign minister"),
        ("Что сказал Кронин?", "ratcheting up"),
        ("Hi! I'm a student from Ohio. My paper is due soon. What kind of agreement did the two sign?", "strategic"),
        ("who sgined the treayt", "Putin and Kim signed"),
        ("¿Qué acuerdo firmaron Putin y Kim?", "strategic partnership"),
        ("푸틴은 언제 평양에 도착했나요?", "June 19"),
        ("패트릭 크로닌은 누구인가요?", "Hudson Institute"),
        ("러시아 외무장관은 누구야?", "Sergey Lavrov"),
        ("俄罗斯外长是谁", "Sergey Lavrov"),
        ("Wie viele Container wurden verfolgt, 10.000 oder 20.000?", "10,000"),
        ("Did Newsweek write to the U.S. State Department for comment?", "three bodies"),
        ("俄罗斯为什么受到制裁？", "invasion of Ukraine"),
        ("hwo invted puttin", "Kim Jong Un invited"),
        ("Wann hat Kim Putin eingeladen?", "September"),
        ("My uncle argues about it all day long. Where did they meet before?", "Vostochny"),
        ("whats the vidoe of", "embracing"),
        ("who visited north korea?", "Vladimir Putin visited"),
        ("Who is Putin?", "Vladimir Putin: "),
        ("He is 71. Who invited Putin?", "Kim Jong Un invited"),
        ("As someone who served for thirty years, I doubt it. How many shells would fit in?", "5 million"),
        ("what did the putin and kim sign", "strategic partnership"),
        ("tell me about lavrov", "Sergey Lavrov: "),
        ("what about the containers?", "10,000"),
        ("Womit ist Putin am 19. Juni in Pjöngjang angekommen, und wann?", "June 19"),
    ],
)
def test_a_question_gets_its_fact_and_source(conversation: Conversation, said: str, replied: str):
    reply = conversation.reply(said)
    assert reply.answered
    assert replied in reply.plain
    assert "Newsweek, June 19, 2024 · " in reply.plain


@pytest.mark.parametrize(
    ("said", "replied"),
    [
        ("wow, interesting", "I only answer questions about the article"),
        ("thanks a lot, bot", "You're welcome!"),
        ("danke schön", "Gern geschehen!"),
        ("谢谢你", "不客气"),
        ("Привет!", "Здравствуйте!"),
    ],
)
def test_chatter_gets_a_friendly_line_in_its_language(conversation: Conversation, said: str, replied: str):
    reply = conversation.reply(said)
    assert not reply.answered
    assert replied in reply.plain


@pytest.mark.parametrize(
    ("said", "entity"),
    [
        ("Кто видел Ким Чен Ына?", "@kim"),
        ("Что дали Ким Чен Ыну?", "@kim"),
        ("Хто бачив Кім Чен Ина?", "@kim"),
        ("Кто такой Юрий Ушаков?", "@ushakov"),
        ("帕特里克·克罗宁是谁？", "@cronin"),
    ],
)
def test_a_name_in_another_language_is_read_as_one_however_it_is_declined(shipped: Snapshot, said: str, entity: str):
    (question,) = shipped.reader.read(said)
    assert [term.key for term in question.terms if term.role is Role.ENTITY] == [entity]
    assert not any(term.role in (Role.UNREAD, Role.NAME) for term in question.terms)


@pytest.mark.parametrize(
    ("said", "answered"),
    [("q se ve en el video?", "welcome-video"), ("둘 다 무기거래 부인함?", "exchange-denied-who")],
)
def test_abbreviations_and_homonyms_of_other_languages_are_read(conversation: Conversation, said: str, answered: str):
    assert conversation.turn(said).answered == answered


@pytest.mark.parametrize("said", ["방북한 러시아 대표단", "북·러 조약"])
def test_korean_syllables_at_the_seam_of_two_words_are_no_country(shipped: Snapshot, said: str):
    (question,) = shipped.reader.read(said)
    names = {term.key for term in question.terms if term.role is Role.ENTITY}
    assert "@russia" in names
    assert "@south-korea" not in names


def test_a_word_in_other_letters_is_no_typing_error_of_an_english_one(shipped: Snapshot):
    (question,) = shipped.reader.read("сколько контейнеров бокренок")
    assert [term.typed for term in question.terms if term.role is Role.UNREAD] == ["bokrenok"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("was steht in dem Abkmmen", "was steht in dem Abkommen"),
        ("что везли в контейнрах", "что везли в контейнерах"),
        ("quien firmó el acurdo", "quien firmó el acuerdo"),
    ],
)
def test_a_typing_error_in_another_language_is_mended(shipped: Snapshot, said: str, meant: str):
    (one,), (other,) = shipped.reader.read(said), shipped.reader.read(meant)
    assert [term.key for term in one.terms] == [term.key for term in other.terms]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("how many containers went ot russia", "how many containers went to russia"),
        ("things te 2 autocrats wanna bust", "things the 2 autocrats wanna bust"),
        ("what year marks the beginning f the old treaty", "what year marks the beginning of the old treaty"),
        ("thx, that helped a lt", "thx, that helped a lot"),
        ("who is the minister pf defense", "who is the minister of defense"),
        ("who invited putin to noth korea", "who invited putin to north korea"),
        ("soth korea defens minister", "south korea defense minister"),
        ("who is shin won sok", "who is shin won sik"),
    ],
)
def test_a_short_word_with_a_typing_error_makes_no_difference(conversation: Conversation, said: str, meant: str):
    assert conversation.reply(said) == conversation.reply(meant)
    assert conversation.reply(said).plain != conversation.reply("xyzzy").plain


@pytest.mark.parametrize(
    "said", ["eet", "ead", "what is oyt", "what is cmos", "dniortp", "dptc", "cooth", "what is gbes fn"]
)
def test_what_may_be_a_typing_error_of_any_word_is_no_question(conversation: Conversation, said: str):
    assert not conversation.turn(said).answered


@pytest.mark.parametrize(("said", "same"), [("who wrote it", "who writes it"), ("it was sent", "it was sending")])
def test_the_forms_of_a_verb_are_one_word(shipped: Snapshot, said: str, same: str):
    (one,), (other,) = shipped.reader.read(said), shipped.reader.read(same)
    assert [term.key for term in one.terms] == [term.key for term in other.terms]


def test_a_common_word_is_not_taken_for_another_that_is_two_letters_off(shipped: Snapshot):
    (question,) = shipped.reader.read("boiling point")
    assert "@china" not in [term.key for term in question.terms]


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("500万发炮弹是谁说的", "5000000"),
        ("五百万发炮弹是谁说的", "5000000"),
        ("500만 발은 누가 말했어?", "5000000"),
        ("컨테이너가 1만 개라고?", "10000"),
        ("5 млн снарядов", "5000000"),
        ("five million shells", "5000000"),
    ],
)
def test_a_figure_is_read_as_one_with_its_scale(shipped: Snapshot, said: str, figure: str):
    (question,) = shipped.reader.read(said)
    assert figure in [term.key for term in question.terms]


@pytest.mark.parametrize("said", ["wer ist der Klempner?", "Кто такой сантехник?", "Who is the plumber?"])
def test_a_subject_that_nobody_knows_is_one(shipped: Snapshot, said: str):
    assert shipped.subjects.named(said)


def test_a_question_about_the_one_before_it_is_told_what_the_article_leaves_open(conversation: Conversation):
    first, second = conversation.reply("who is shin won-sik and how old is he").plain.split("\n\n")
    assert first.startswith("who is shin won-sik\nShin Won-sik: ")
    assert second.startswith("how old is he\nThe article doesn't say how old Shin Won-sik is")


def test_several_questions_in_one_message_are_each_answered_under_their_own_words(conversation: Conversation):
    reply = conversation.reply(
        "who signed the treaty? And how many containers were tracked? what did the dinner cost them"
    )
    first, second, third = reply.plain.split("\n\n")
    assert first.startswith("who signed the treaty?\nPutin and Kim signed")
    assert second.startswith("And how many containers were tracked?\nAbout 10,000")
    assert third.startswith("what did the dinner cost them\nThe article doesn't mention any meal")
    assert [part.count("Source: Newsweek, June 19, 2024 · ") for part in (first, second, third)] == [1, 1, 0]
    assert reply.answered
    assert not reply.votes


def test_a_second_question_is_about_whom_the_first_names(conversation: Conversation):
    first, second = conversation.reply("when did putin land and who was with him?").plain.split("\n\n")
    assert first.startswith("when did putin land\nPutin arrived")
    assert second.startswith("who was with him?\nPutin came with top officials")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "Who invited Putin, when did he arrive and who came with him?",
            ["Kim Jong Un invited Putin", "Putin arrived in Pyongyang early", "Putin came with top officials"],
        ),
        ("who invited putin and why", ["Kim Jong Un invited Putin", "The article doesn't say why"]),
        (
            "who denied the exchanges and why",
            ["Both Russia and North Korea have denied", "The article doesn't say why."],
        ),
        (
            "when and where did putin land",
            ["Putin arrived in Pyongyang early", "Putin arrived in Pyongyang, North Korea"],
        ),
        ("who signed the treaty? who is the new defense minister?", ["Putin and Kim signed", "Andrei Belousov"]),
        ("was kims wife there? who is she", ["The article doesn't mention"]),
    ],
)
def test_each_question_of_a_message_is_answered_or_told_to_have_no_answer(
    conversation: Conversation, said: str, told: list[str]
):
    parts = conversation.reply(said).plain.split("\n\n")
    texts = [part.split("\n")[1 if len(told) > 1 else 0] for part in parts]
    assert [text.startswith(start) for text, start in zip(texts, told, strict=True)] == [True] * len(told)


def test_of_several_questions_a_name_that_the_article_lacks_is_named(conversation: Conversation):
    reply = conversation.reply("How many containers were there? What was Medvedev's role in it?")
    assert reply.plain.endswith("What was Medvedev's role in it?\nThe article doesn't mention Dmitry Medvedev.")


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("who tracked the containers and what did the dinner cost", 2),
        ("When and where did Kim invite Putin?", 2),
        ("who hugged him? who embraced Putin?", 1),
        ("who came along and why", 2),
        ("who tracked the containers, and what did the dinner cost", 2),
        ("Tell me: who tracked the containers, and what did the dinner cost?", 2),
    ],
)
def test_one_thing_asked_twice_is_answered_once(conversation: Conversation, said: str, parts: int):
    assert len(conversation.reply(said).plain.split("\n\n")) == parts


def test_a_question_that_an_editor_wrote_down_is_answered_with_its_entry(shipped: Snapshot):
    for entry in (entry for entry in shipped.entries if not entry.left_open):
        asked = next(
            (text for text in entry.phrasings if not re.search(r"\W", text.rstrip("?").replace(" ", ""))), None
        )
        if asked:
            outcome = shipped.ask(asked)
            assert isinstance(outcome, Answer), asked
            assert outcome.entry.id == entry.id, asked


def test_a_kind_of_question_that_the_nearest_entry_does_not_answer_is_named(shipped: Snapshot):
    outcome = NoAnswer(Reason.KIND, subject="when", closest=shipped.by_id["handshake"])
    reply = render(outcome, shipped)
    assert reply.plain.startswith("The article doesn't say when.")
    assert "closest" in reply.plain
    assert not reply.answered


@pytest.mark.parametrize(
    "said",
    [
        "How old is Putin?",
        "Did Medvedev come too?",
        "population of pyongyang",
        "Who is the chancellor of Germany?",
        "asdfghjkl",
        "2+2",
        "who else welcomed Putin besides Kim?",
        "кто ещё кроме Кима встречал Путина?",
        "хто ще крім Кіма зустрічав Путіна",
        "¿quién más además de Kim recibió a Putin?",
        "除了金正恩还有谁迎接普京",
        "김정은 말고 누가 또 푸틴을 맞이했나요?",
        "какой рост у Путина?",
        "Скільки років Кіму?",
        "Какая столица у Австралии?",
        "How many containers went the other way, from Russia to North Korea?",
        "What did Kim write about the Russian people in Russian state media?",
    ],
)
def test_what_the_article_lacks_is_not_answered(conversation: Conversation, said: str):
    assert not conversation.reply(said).answered


@pytest.mark.parametrize(
    "said",
    [
        "/who invented the telephone",
        "why did the titanic sink",
        "should i worry",
    ],
)
def test_what_is_not_about_the_article_is_not_taken_for_what_it_leaves_open(conversation: Conversation, said: str):
    assert conversation.reply(said).plain.startswith("I find no sure answer")


@pytest.mark.parametrize(
    "said",
    [
        "Is it true that Kim visited Moscow?",
        "Is it true that North Korea sent troops to Ukraine?",
        "Which country doesn't face any sanctions?",
        "When did Kim arrive?",
        "Who accompanied Kim?",
        "What technology did Belarus receive from Russia in return for ammunition?",
    ],
)
def test_what_only_sounds_like_a_fact_is_not_confirmed_by_one(conversation: Conversation, said: str):
    assert not conversation.reply(said).answered


@pytest.mark.parametrize("said", ["why", "and why?", "who else", "huh", "no"])
def test_a_message_without_a_subject_is_asked_for_one(conversation: Conversation, said: str):
    reply = conversation.reply(said)
    assert not reply.answered
    assert reply.plain.startswith("What would you like to know?")
    assert reply.buttons


def test_what_the_article_leaves_open_is_first_said_in_the_language_of_the_question(conversation: Conversation):
    first, then, *_ = conversation.reply("Сколько лет Лаврову?").plain.split("\n")
    assert first == "В статье об этом не сказано."
    assert "Lavrov" in then


def test_a_question_that_the_article_leaves_open_is_told_so(conversation: Conversation):
    reply = conversation.reply("how long did the hug go on for lol")
    assert reply.plain.startswith("The article doesn't say how long")


@pytest.mark.parametrize("said", ["hello", "thanks!", "😂😂", "", "?", "/nonsense", "https://example.org", "@bot"])
def test_what_is_no_question_gets_a_friendly_line(conversation: Conversation, said: str):
    reply = conversation.reply(said)
    assert reply.plain
    assert not reply.answered


@pytest.mark.parametrize("command", ["start", "help", "topics", "source", "summary", "privacy"])
def test_a_command_says_something(conversation: Conversation, command: str):
    assert len(conversation.reply(f"/{command}").plain) > 20


def test_what_may_be_meant_is_offered_below_an_honest_no(small: Path):
    conversation = Conversation(Holder(open_base(small)))
    turn = conversation.turn("Who will open the new market at the harbour?")
    assert not turn.answered
    assert turn.reply.plain.startswith("I find no sure answer to that in the article.\n")
    assert turn.reply.plain.endswith("\nOr do you mean one of these?")
    offered = {button.label: button.tap for button in turn.reply.buttons}
    assert turn.choices == tuple(tap.entry for tap in offered.values() if isinstance(tap, Pick))
    assert "Mayor of Easton" in conversation.tap(offered["Who is Anna Reed?"]).reply.plain


def test_a_last_name_is_a_name_by_itself_unless_two_share_it(small: Path):
    text = small.read_text(encoding="utf-8").replace("Anna Reed", "Anna Okonkwo").replace("2024-05-01T", "2024-05-02T")
    small.write_text(text, encoding="utf-8")
    assert Conversation(Holder(open_base(small))).turn("/who okonkwo").answered == "reed"
    other = (
        "entities:\n  - {id: tom, type: person, name: Tom Okonkwo, description: A fisherman, source: {paragraph: 1}}\n"
    )
    small.write_text(text.replace("entities:\n", other), encoding="utf-8")
    assert Conversation(Holder(open_base(small))).turn("who is okonkwo").answered != "reed"


def test_a_description_may_end_with_a_full_stop(small: Path):
    text = small.read_text(encoding="utf-8").replace("Mayor of Easton", "Mayor of Easton.")
    small.write_text(text, encoding="utf-8")
    assert ": Mayor of Easton.\n" in Conversation(Holder(open_base(small))).reply("Who is Anna Reed?").plain


def test_nothing_is_offered_for_a_question_about_something_else(conversation: Conversation):
    assert not conversation.reply("What is the capital of Mongolia?").buttons


@pytest.mark.parametrize(
    ("said", "replied"),
    [
        ("/belousov", "defense minister"),
        ("/treaty_signed when", "June 19"),
        ("/how many containers", "10,000"),
        ("/spaceport_name", "Vostochny"),
        ("/how old is putin", "doesn't say how old Putin is"),
        ("/did_medvedev come", "doesn't mention Dmitry Medvedev"),
    ],
)
def test_a_question_with_a_slash_before_it_is_answered(conversation: Conversation, said: str, replied: str):
    assert replied in conversation.reply(said).plain


@pytest.mark.parametrize(
    "said", ["/settings", "/mute all", "/hello", "/restart now", "/check", "/misses", "/_ " * 1300 + "who"]
)
def test_any_other_command_is_unknown(conversation: Conversation, said: str):
    assert f"I don't know the command {said.split(maxsplit=1)[0]}." in conversation.reply(said).plain


def test_commands_without_words_list_people_times_places_and_speakers(conversation: Conversation):
    assert "Sergey Lavrov" in conversation.reply("/who").plain
    timeline = conversation.reply("/when").plain
    assert timeline.index("1961:") < timeline.index("September 2023:") < timeline.index("June 19, 2024:")
    assert "Vostochny" in conversation.reply("/where").plain
    assert "Patrick Cronin" in conversation.reply("/quote@citebot").plain


def test_a_button_leads_to_its_entry(conversation: Conversation):
    buttons = conversation.reply("/who").buttons
    lavrov = next(button for button in buttons if "Lavrov" in button.label)
    assert "Foreign minister of Russia" in conversation.tap(lavrov.tap).reply.plain


def test_a_button_of_older_knowledge_is_told_so(conversation: Conversation):
    reply = conversation.tap(Pick("gone")).reply
    assert "older version" in reply.plain
    assert not reply.answered


def test_a_list_is_paged_through_and_back(conversation: Conversation):
    first = conversation.reply("/who")
    second = conversation.tap(first.buttons[-1].tap).reply
    assert "Shin Won-sik" in second.plain
    assert conversation.tap(second.buttons[-1].tap).reply == first


@given(
    st.builds(Pick, IDS) | st.builds(Page, WORDS, st.integers(0, 9999)) | st.builds(Vote, IDS, HASHES, st.booleans())
)
def test_a_tap_fits_its_button_and_is_read_back(tap: Tap):
    assert len(tap.data.encode()) <= DATA_LIMIT
    assert read(tap.data) == tap


@given(st.text(max_size=80))
def test_foreign_button_data_means_nothing(data: str):
    tap = read(data)
    assert tap is None or tap.data == data


@pytest.mark.parametrize(
    ("first", "then", "entry"),
    [
        ("who invited putin?", "and when?", "invitation-when"),
        ("when did putin arrive?", "where?", "arrival-where"),
        ("when did putin arrive?", "and who came with him?", "delegation"),
        ("who invited putin?", "/when", "invitation-when"),
        ("who came along with putin?", "and when?", "arrival-when"),
        ("what did cronin say?", "where does he work?", "cronin-workplace"),
        ("why is russia under sanctions?", "and North Korea?", "korea-sanctions"),
        ("did lavrov come?", "what about belousov?", "delegation-defense-minister"),
        ("did lavrov come?", "and shoigu?", "shoigu"),
        ("did lavrov come?", "tell me about belousov", "belousov"),
        ("did lavrov come?", "and lavrov?", "lavrov"),
        ("what missiles were found?", "where?", "missiles-where"),
        ("what did they sign?", "when?", "treaty-signing"),
        ("what does the video show?", "who filmed it?", "video-maker"),
        ("who is cronin?", "where does he work?", "cronin-workplace"),
        ("who is belousov?", "how old is he?", "belousov-age"),
        ("who is cronin?", "when did putin arrive, did he say?", "arrival-when"),
        ("who came with putin?", "who came with putin?", "delegation"),
        ("who is belousov?", "Andrei Belousov?", "belousov"),
        ("when was the old treaty signed?", "how long did it last?", "old-treaty-length"),
        ("when did putin arrive?", "where exactly?", "arrival-where"),
        ("who is cronin?", "can you quote him?", "cronin-ratcheting"),
        ("did lavrov come?", "no, i meant manturov", "delegation-deputies"),
        ("how many shells fit in?", "no I meant how many containers", "containers"),
        ("где встретились Путин и Ким?", "а когда?", "arrival-when"),
        ("Wann ist Putin angekommen?", "und wo?", "arrival-where"),
        ("¿Cuándo llegó Putin?", "¿y dónde?", "arrival-where"),
        ("¿Quién impuso las sanciones a Corea del Norte?", "¿y por qué?", "korea-sanctions"),
        ("Кто такой Лавров?", "нет, Мантуров", "manturov"),
        ("푸틴은 언제 도착했나요?", "어디에?", "arrival-where"),
        ("Кто такой Лавров?", "а Белоусов?", "belousov"),
    ],
)
def test_a_reply_to_an_answer_asks_about_its_subject_or_of_another(
    conversation: Conversation, first: str, then: str, entry: str
):
    latest = conversation.turn(first).entry
    assert conversation.follow(then, latest).entry == entry
    assert then[0] == "/" or conversation.go_on(then, Talk(latest)).entry == entry


@pytest.mark.parametrize("more", ["tell me more", "what else?", "ещё", "erzähl mehr"])
def test_more_is_what_the_article_tells_next(conversation: Conversation, more: str):
    told = [conversation.turn("who invited putin?").answered]
    while (turn := conversation.go_on(more, Talk(told[-1]))).answered:
        assert conversation.follow(more, told[-1]).answered == turn.answered
        told.append(turn.answered)
    assert len(told) == len(set(told)) > 10
    assert conversation.turn(more).reply.buttons


@pytest.mark.parametrize("said", ["qgigm tgpen", "svljam ackb", "wba oceuch"])
def test_what_only_resembles_words_is_no_question(conversation: Conversation, said: str):
    assert not conversation.turn(said).reply.answered


@pytest.mark.parametrize(
    "said", ["кто такой Бокренок?", "wer ist Schmetterling?", "who is Bokrenok?", "did he meet mr wu"]
)
def test_somebody_unknown_is_nobody_in_the_latest_answer(conversation: Conversation, said: str):
    assert not conversation.follow(said, "belousov").reply.answered
    assert not conversation.turn(said).reply.answered


@pytest.mark.parametrize("said", ["ok vielen dank", "ok спасибо", "bueno, gracias", "네 감사합니다"])
def test_thanks_with_words_around_them_are_thanks_in_every_language(conversation: Conversation, said: str):
    assert conversation.turn(said).outcome.subject == "thanks"


@pytest.mark.parametrize("said", ["谢谢 那普京呢", "谢谢，那么普京", "감사합니다 그럼푸틴은"])
def test_thanks_with_a_name_written_together_with_empty_words_are_more_than_thanks(shipped: Snapshot, said: str):
    assert {question.chat for question in shipped.reader.read(said)} == {None}


@pytest.mark.parametrize("said", ["who are you?", "how are you?", "what can you do?", "thanks", "so what"])
def test_small_talk_after_an_answer_is_small_talk(conversation: Conversation, said: str):
    assert conversation.go_on(said, Talk("invitation-who")).reply == conversation.turn(said).reply


@pytest.mark.parametrize(
    ("asked", "then", "said"),
    [
        ("who came with putin?", "who says so?", "Reported, not confirmed. The article has it from KCNA."),
        (
            "how many containers were tracked?",
            "is it true?",
            "Reported, not confirmed. The article has it from Shin Won-sik.",
        ),
        ("who came with putin?", "in which paragraph?", "Reported, not confirmed. The article has it from KCNA."),
        (
            "who came with putin?",
            "¿y quién lo dijo?",
            "Según informaciones, sin confirmar. El artículo cita como fuente: KCNA.",
        ),
        ("who invited putin?", "really?", "The article says so itself and names no source."),
        ("quote cronin on the autocrats", "says who", "The article has it from Patrick Cronin."),
        (
            "кто приехал с Путиным?",
            "кто это сказал?",
            "Сообщается, не подтверждено. Статья ссылается на источник: KCNA.",
        ),
        ("wer hat putin eingeladen?", "wer sagt das?", "Der Artikel sagt das selbst und nennt keine Quelle."),
    ],
)
def test_where_an_answer_comes_from_is_told(conversation: Conversation, asked: str, then: str, said: str):
    latest = conversation.turn(asked).answered
    for turn in (conversation.go_on(then, Talk(latest)), conversation.follow(then, latest)):
        text, source = turn.reply.plain.split("\n")
        assert text == said
        assert "Newsweek" in source
        assert turn.answered == latest
    assert not conversation.turn(then).reply.answered


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("quien es yuri ushakov", "es"),
        ("¿Qué se ve en el video?", "es"),
        ("que le regalo kim a putin", "es"),
        ("was hat putin gegessen", "de"),
        ("hat putin kim getroffen", "de"),
        ("Wer ist der Präsident von Südkorea?", "de"),
        ("was putin welcomed warmly", "en"),
        ("was kim hapy to se him", "en"),
        ("die hard fans ask who came", "en"),
        ("Did Schröder come with Putin?", "en"),
        ("Is Gabriel García coming?", "en"),
        ("is the café open", "en"),
        ("did cronin ever meat kim jong un in persn", "en"),
        ("was erklärte lawrow", "de"),
        ("qué firmaron", "es"),
        ("why por favor", "en"),
    ],
)
def test_languages_of_one_script_are_told_apart(shipped: Snapshot, said: str, language: str):
    assert {question.language for question in shipped.reader.read(said)} == {language}


@pytest.mark.parametrize(
    ("then", "entry"),
    [
        ("and why?", "treaty-name"),
        ("how many?", "invitation-who"),
        ("and who else?", "delegation"),
        ("who found them?", "missiles-who"),
    ],
)
def test_a_reply_that_the_article_has_no_answer_to_gets_none(conversation: Conversation, then: str, entry: str):
    assert not conversation.follow(then, entry).reply.answered
    assert not conversation.go_on(then, Talk(entry)).reply.answered


def test_he_is_whom_the_talk_is_about_over_several_turns(conversation: Conversation):
    talk = Talk()
    for text, entry in (
        ("who is patrick cronin", "cronin"),
        ("what did he say about china", "china-influence-source"),
        ("thanks", None),
        ("where does he work", "cronin-workplace"),
    ):
        turn = conversation.go_on(text, talk)
        assert turn.answered == entry
        talk = turn.after(talk)


@pytest.mark.parametrize(
    ("first", "then", "entry"),
    [
        ("when was putin last in north korea", "so how many years is that", "last-visit"),
        ("how many containers were there", "what was in them", "shells-kind"),
        ("when did they sign the treaty", "what's in it", "treaty-details"),
        ("did kim hug putin", "who saw it", None),
        ("who invited putin", "why though", None),
        ("what did cronin say about china", "what else did he say", None),
        ("what did putin write", "where was it published", "putin-article-where"),
        ("what is Vostochny", "when did they meet there", "since-last-meeting"),
    ],
)
def test_it_is_what_was_spoken_of(conversation: Conversation, first: str, then: str, entry: str | None):
    talk = conversation.turn(first).after(Talk())
    assert talk.entry
    turn = conversation.go_on(then, talk)
    assert turn.answered == entry
    assert "I only answer questions" not in turn.reply.plain


@pytest.mark.parametrize(
    ("first", "then", "entry"),
    [
        ("what does the video show", "how long is it", "video-length"),
        ("what did the leaders talk about", "was it friendly?", "friendly-chat"),
        ("Is Belousov the foreign minister?", "then who is", "lavrov"),
        ("what did putin say", "no not putin, kim", "kim-said"),
        ("did lavrov come?", "no, not lavrov, manturov", "delegation-deputies"),
        ("was it a friendly chat?", "who described it like that", "kcna-chat"),
        ("who invited putin", "when was this published", "published"),
        ("who invited putin", "who wrote this", "article-author"),
        ("what do the satellite images show", "which ports?", "satellite-where"),
        ("how many containers were sent?", "who received them?", "containers-route"),
        ("what did south korea say", "the minister i mean", "containers-what"),
        ("普京上次访问朝鲜是什么时候?", "多少年前?", "last-visit"),
        ("how old is kim jong un", "where was he born", "kim-age"),
    ],
)
def test_a_talk_goes_on_to_what_is_meant(conversation: Conversation, first: str, then: str, entry: str):
    assert conversation.go_on(then, conversation.turn(first).after(Talk())).entry == entry


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("what is the vostochny spaceport", "who counted that"),
        ("did kim bring his wife?", "who said that?"),
    ],
)
def test_what_has_nothing_to_do_with_the_latest_entry_is_no_answer(conversation: Conversation, first: str, then: str):
    talk = conversation.turn(first).after(Talk())
    assert talk.entry
    assert not conversation.go_on(then, talk).reply.answered


def test_nobody_says_so_of_what_was_not_found(conversation: Conversation):
    talk = conversation.turn("when did putin arrive?").after(Talk())
    assert "The article says so itself" in conversation.go_on("who says so?", talk).reply.plain
    talk = conversation.turn("what did biden have for lunch at joes diner").after(talk)
    assert "The article says so itself" not in conversation.go_on("who says so?", talk).reply.plain


@pytest.mark.parametrize("said", ["putin hugged kim", "putin invaded russia", "putin invited russia"])
def test_a_closing_remark_makes_no_difference_to_a_statement(conversation: Conversation, said: str):
    assert not conversation.turn(said).answered
    assert not conversation.turn(f"{said}. right").answered


def test_words_put_together_ask_nothing_that_nobody_asked(conversation: Conversation):
    talk = conversation.turn("who came along with Putin?").after(Talk())
    reply = conversation.go_on("what did they sign and when?", talk).reply
    assert reply.answered
    assert "came along" not in reply.plain


@pytest.mark.parametrize(
    ("said", "resolved"),
    [
        ("where did he meet kim", "where did vladimir putin meet kim"),
        ("where did he greet putin", "where did he greet putin"),
        ("did kim say he was glad", "did kim say he was glad"),
    ],
)
def test_he_is_nobody_whom_a_message_names(shipped: Snapshot, said: str, resolved: str):
    assert shipped.subjects.resolved(said, "who is Vladimir Putin?") == resolved


def test_each_question_of_a_reply_is_headed_by_its_own_words(conversation: Conversation):
    talk = conversation.turn("what did cronin say").after(Talk())
    first, second = conversation.go_on("who denied the exchanges and why", talk).reply.plain.split("\n\n")
    assert first.startswith("who denied the exchanges and why\nBoth Russia and North Korea have denied")
    assert second.startswith("why\nThe article doesn't say")


def test_after_a_tap_the_talk_is_about_what_was_tapped(conversation: Conversation):
    talk = conversation.turn("who is patrick cronin").after(Talk())
    talk = conversation.tap(Pick("shin")).after(talk)
    assert "containers" in conversation.go_on("what did he say", talk).reply.plain


@pytest.mark.parametrize(
    ("said", "replied"),
    [
        ("do you store my messages?", "Nothing is stored about who asks."),
        ("how can i contact the newsroom", "I'm a bot and can't pass anything on."),
        ("this bot is useless", "I'm sorry if I was no help."),
        ("stop", "Goodbye!"),
        ("tldr", "Vladimir Putin came to Pyongyang"),
        ("这篇文章讲什么?", "Vladimir Putin came to Pyongyang"),
        ("speicherst du meine Daten?", "Nothing is stored about who asks."),
        ("по-русски пожалуйста", "Я бот"),
        ("is this an AI?", "I'm a bot that answers questions about one news article"),
    ],
)
def test_what_readers_say_to_any_bot_has_its_reply(conversation: Conversation, said: str, replied: str):
    assert conversation.reply(said).plain.startswith(replied)


def test_a_summary_is_an_answer_with_its_source(conversation: Conversation):
    for said in ("/summary", "tldr pls", "so what happened here?"):
        reply = conversation.reply(said)
        assert reply.answered
        assert reply.plain.endswith("Source: Newsweek, June 19, 2024")


def test_what_an_editor_wrote_down_is_no_small_talk(conversation: Conversation):
    assert conversation.turn("what happened").answered == "subject"


@pytest.mark.parametrize(
    ("said", "chat"), [("did they stop?", None), ("stop please", "goodbye"), ("are you stupid", "abuse")]
)
def test_a_question_of_empty_words_and_one_of_small_talk_is_no_small_talk(
    shipped: Snapshot, said: str, chat: str | None
):
    assert {question.chat for question in shipped.reader.read(said)} == {chat}


@pytest.mark.parametrize("said", ["that's not what I asked", "can you speak german?", "thank you, very helpful"])
def test_what_is_said_about_the_bot_is_no_question(conversation: Conversation, said: str):
    turn = conversation.turn(said)
    assert isinstance(turn.outcome, NoAnswer)
    assert turn.outcome.reason is Reason.CHAT


@pytest.mark.parametrize("name", ["US", "the us", "americans", "white house", "pentagon"])
def test_all_names_of_a_country_that_the_base_has_are_its_own(shipped: Snapshot, name: str):
    (question,) = shipped.reader.read(f"who accused {name}?")
    assert [term.key for term in question.terms if term.role is Role.ENTITY] == ["@united-states"]


def test_in_a_talk_of_two_what_names_nothing_is_about_the_latest_answer(conversation: Conversation):
    latest = conversation.turn("When did Kim invite Putin?").answered
    assert conversation.go_on("and where?", Talk(latest)).answered == "invitation-where"
    assert conversation.go_on("how many containers were tracked?", Talk(latest)).answered == "containers"
    assert conversation.go_on("thanks", Talk(latest)).reply.plain.startswith("You're welcome!")
    assert not conversation.go_on("and where?", Talk()).reply.answered


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3000).filter(str.strip)


@given(TEXT, TEXT, st.one_of(st.none(), TEXT), st.one_of(st.none(), TEXT), st.sampled_from(Status))
def test_any_entry_is_accepted_by_telegram_with_its_source(
    shipped: Snapshot, question: str, answer: str, source: str | None, speaker: str | None, status: Status
):
    entry = replace(
        shipped.entries[0],
        answer=answer,
        phrasings=(question,),
        according_to=source and source[:200],
        speaker=speaker and speaker[:200],
        status=status,
    )
    reply = entry_reply(entry, [entry])
    texts = [parse(piece)[0] for piece in (*reply.pieces, reply.single)]
    assert all(units(text.strip()) > 0 and units(text) <= 4096 for text in texts)
    assert all("Source: Newsweek, June 19, 2024" in text for text in texts[-2:])
    assert all(0 < len(button.label) <= 64 for button in reply.buttons)


@given(TEXT)
def test_any_name_is_repeated_harmlessly(shipped: Snapshot, name: str):
    reply = render(NoAnswer(Reason.NAME, subject=name), shipped)
    text, entities = parse(reply.pieces[0])
    assert not entities
    assert units(text) < 200


HTML = st.lists(
    st.tuples(st.sampled_from(["", "b", "i"]), st.text(st.characters(exclude_categories=["Cs"]), max_size=400)),
    max_size=5,
).map(
    lambda runs: "It says: " + "".join(f"<{tag}>{escape(text)}</{tag}>" if tag else escape(text) for tag, text in runs)
)


@given(HTML, st.sampled_from(["", "<i>Source: The Gazette</i>"]))
def test_long_replies_come_in_pieces_that_lose_nothing(body: str, footer: str):
    reply = Reply(body, footer)
    found = pieces(reply.body, reply.footer, 100)
    plains = [Reply(piece).plain for piece in found]
    assert all(0 < len(plain.encode("utf-16-le")) // 2 <= 100 for plain in plains)
    assert all(harmless(Reply(piece)) and balanced(piece) for piece in found)
    assert "".join("".join(plains).split()) == "".join(reply.plain.split())
    assert not footer or found[-1].endswith(footer)


def balanced(html: str) -> bool:
    opened = re.findall(r"</?[bi]>", html)
    return all(first.replace("<", "</") == second for first, second in zip(opened[::2], opened[1::2], strict=True))


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


@pytest.mark.parametrize("said", ["/quote Anna Reed", "/quote the mayor"])
def test_whoever_is_quoted_once_is_quoted_by_name(small: Path, said: str):
    assert Conversation(Holder(open_base(small))).turn(said).answered == "reed-proud"


def test_of_whoever_is_quoted_often_some_quotes_are_offered(small: Path):
    more = small.read_text(encoding="utf-8").replace(
        "unanswered:",
        "  - {id: reed-glad, speaker: reed, text: glad, questions: [How glad is she?], source: {paragraph: 2}}\nunanswered:",
    )
    small.write_text(more, encoding="utf-8")
    assert set(Conversation(Holder(open_base(small))).turn("/quote Anna Reed").choices) == {"reed-proud", "reed-glad"}
