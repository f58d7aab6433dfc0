"""What people write around a question, and how they write it: neither may change the answer."""

import pytest

from handlers.conversation import Conversation
from knowledge.clauses import Clauses
from knowledge.outcomes import Kind
from knowledge.question import Role
from knowledge.snapshot import Snapshot
from knowledge.words import split


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("Did Putin, by the way, meet Kim?", {Kind.YES_NO}),
        ("can you tell me if putin met kim", {Kind.YES_NO}),
        ("can you tell me who met kim", {Kind.WHO}),
        ("what about the treaty", set()),
        ("is it true that kim hugged putin", {Kind.YES_NO}),
        ("is kim hosting putin or not", {Kind.YES_NO}),
        ("Please verify the claim that Kim hugged Putin", set()),
        ("must russia pay", {Kind.YES_NO}),
    ],
)
def test_what_is_said_aside_asks_nothing(shipped: Snapshot, said: str, kinds: set[Kind]):
    assert set(shipped.reader.kinds(said)) == kinds


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("How does Cronin see the two leaders?", {Kind.WHAT}),
        ("How were the ties characterised?", {Kind.WHAT}),
        ("How does he account for that?", {Kind.WHY}),
        ("How did Kim receive Putin?", {Kind.HOW}),
        ("How many did he see?", {Kind.HOW_MANY}),
    ],
)
def test_how_asks_what_somebody_thinks_with_verbs_that_say_so(shipped: Snapshot, said: str, kinds: set[Kind]):
    assert set(shipped.reader.kinds(said)) == kinds


def test_spoken_punctuation_says_nothing(conversation: Conversation):
    assert conversation.turn("who did kim jong un embrace question mark").answered == "embrace-who"


@pytest.mark.parametrize("said", ["cat", "butter", "history repeats", "brb", "k", "that's all for today", "game over"])
def test_a_stray_word_of_some_phrasing_is_no_question(conversation: Conversation, said: str):
    assert not conversation.turn(said).answered


@pytest.mark.parametrize("said", ["containers", "hug", "spaceport", "delegation", "soviet treaty", "deputy pm"])
def test_a_word_that_an_entry_is_about_is_one(conversation: Conversation, said: str):
    assert conversation.turn(said).answered


def test_a_capital_has_the_part_of_its_country(conversation: Conversation):
    assert conversation.turn("After how many years has Putin come to Pyongyang?").answered == "last-visit"


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("sorry if dumb q, im new here, who is shin won sik", "shin"),
        ("for a school project: who met putin", "welcome-who"),
        ("my nephew swears putin was hugged, who hugged him", "embrace-who"),
    ],
)
def test_why_somebody_asks_makes_no_difference(conversation: Conversation, said: str, entry: str):
    assert conversation.turn(said).answered == entry


@pytest.mark.parametrize(
    "frame",
    [
        "I'm not sure {}",
        "I'd like to know {}",
        "I'm trying to find out {}",
        "not sure tbh, {}?",
        "{}? Yours sincerely, Margaret",
        "{} thank you in advance",
        "my english is bad but i try {}",
        "You lot are clowns 🤡 {}",
        "i can't for the life of me remember {}",
        "I totally forgot {}",
        "no cap {}",
        "ok so basically {}",
        "{} i'm lowkey clueless lol",
        "{} and don't tell me to scroll up",
        "listen here you muppet {}",
        "hey idiot bot {} lol jk love you",
        "My manager just asked me {} and I froze completely.",
        "nobody can tell me {}",
        "no wait i mean {}",
        "{} if you dont mind",
        "lmaoooo {}",
        "{} pleeease",
        "Tell my dad {} because he won't listen to me.",
        "so i was in the shower and i thought {} and now i can't stop thinking about it",
    ],
)
@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("who invited putin", "invitation-who"),
        ("how many containers were shipped to russia", "containers"),
        ("where were the north korean missiles found", "missiles-where"),
    ],
)
def test_chatter_around_a_question_makes_no_difference(
    conversation: Conversation, frame: str, question: str, entry: str
):
    assert conversation.turn(frame.format(question)).answered == entry


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("what did kim do when putin came", {Kind.WHAT}),
        ("who came and when did they sign", {Kind.WHO, Kind.WHEN}),
        ("so did they sign", {Kind.YES_NO}),
        ("bot is it true", {Kind.YES_NO}),
        ("they did sign", set()),
        ("whta did they sign", {Kind.WHAT}),
        ("hwo did they sign", {Kind.HOW, Kind.WHO}),
        ("the quote where he calls them autocrats", {Kind.WHAT}),
    ],
)
def test_what_a_question_asks_for_is_told_by_its_own_words(shipped: Snapshot, said: str, kinds: set[Kind]):
    assert set(shipped.reader.kinds(said)) - {Kind.QUOTE} == kinds


@pytest.mark.parametrize(
    "parts",
    [
        ["The man who came stayed."],
        ["my brother is one who knows nothing"],
        ["What did Cronin, as U.S. Secretary of State, promise?"],
        ["What did they say, the two leaders of the world in Pyongyang?"],
        ["what did putin promise because the us sent weapons"],
        ["What did Putin promise if we are attacked"],
        ["where in pyongyang did they meet at dawn"],
        ["what did kim 👑 give putin?"],
        ["how much do i pay if i lose my card"],
        ["I lost my card how do i block it"],
        ["when and where did they meet"],
        ["did he sign anything, what?"],
        ["i lost my mind", "who came"],
        ["who came with him", "i forgot"],
        ["You lot are clowns", "who came"],
        ["who came with him", "i'm crying"],
    ],
)
def test_a_message_is_cut_where_a_clause_of_its_own_begins(shipped: Snapshot, parts: list[str]):
    said = " 🤡 ".join(parts) if parts[0].startswith("You") else " ".join(parts)
    assert list(Clauses(shipped.reader.vocabulary).of(said)) == parts


@pytest.mark.parametrize("word", ["comment", "public", "hosted", "published"])
def test_a_word_with_the_stem_of_a_name_is_no_name(shipped: Snapshot, word: str):
    (question,) = shipped.reader.read(f"is it {word}")
    assert not [term for term in question.terms if term.role is Role.ENTITY]


@pytest.mark.parametrize(("said", "name"), [("ukrain", "@ukraine"), ("russias", "@russia"), ("the experts", "@cronin")])
def test_a_name_is_one_in_the_plural_and_without_its_last_letter(shipped: Snapshot, said: str, name: str):
    (question,) = shipped.reader.read(said)
    assert [term.key for term in question.terms if term.role is Role.ENTITY] == [name]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("sooo whoooo invited putin", "so who invited putin"),
        ("who invited putin ni september", "who invited putin in september"),
        ("who's invited", "who is invited"),
        ("I've seen what they'd do", "I have seen what they would do"),
    ],
)
def test_a_word_is_the_same_stretched_or_contracted(shipped: Snapshot, said: str, meant: str):
    (one,), (other,) = shipped.reader.read(said), shipped.reader.read(meant)
    assert [term.key for term in one.terms] == [term.key for term in other.terms]


@pytest.mark.parametrize("said", ["WWIII", "viii", "iii", "XXXIV", "XLIII", "CCCP", "IEEE"])
def test_initials_and_roman_figures_are_no_stretched_words(said: str):
    assert [word.text for word in split(said)] == [said.lower()]


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("friendly chat - who said that", "Korean Central News Agency"),
        ("who says the shells would fit", "Shin Won-sik"),
    ],
)
def test_who_says_something_is_answered_by_what_names_its_source(conversation: Conversation, said: str, source: str):
    turn = conversation.turn(said)
    assert turn.answered
    assert source in turn.reply.plain


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("ok. whats this article about", "subject"),
        ("lol ok. whats this article about", "subject"),
        ("so Putin came to Pyongyang. Ok, short answer: when?", "arrival-when"),
    ],
)
def test_sentences_that_say_nothing_are_not_what_a_question_is_about(conversation: Conversation, said: str, entry: str):
    assert conversation.turn(said).answered == entry


def test_a_name_in_what_a_question_is_about_counts_as_its_own(conversation: Conversation):
    assert not conversation.turn("Belousov was fired on Friday. Now answer: who was fired, and why?").answered


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("Не уверен, что вы знаете, однако: кто пригласил Путина?", "invitation-who"),
        ("завтра зачёт, а я ничего не читал, кто пригласил Путина", "invitation-who"),
        ("друже, нагадай, коли Путін прибув до Пхеньяна", "arrival-when"),
        ("es pa la tarea, ¿quién invitó a Putin?", "invitation-who"),
        ("für meine Notizen in einer Zeile, wer hat Putin eingeladen?", "invitation-who"),
        (
            "meine Tochter schreibt eine Zusammenfassung und findet es nicht: wer hat Putin eingeladen?",
            "invitation-who",
        ),
        ("지금 운전 중이라 타자를 못 쳐서 그러는데 누가 푸틴을 초대했나요", "invitation-who"),
        ("老师点我名我没答上来，谁邀请了普京？", "invitation-who"),
    ],
)
def test_chatter_in_other_languages_makes_no_difference(conversation: Conversation, said: str, entry: str):
    assert conversation.turn(said).answered == entry


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("ru", ["Правда ли, что Ким пригласил Путина?"]),
        ("ru", ["Как называется документ, который подписали?"]),
        ("de", ["Stimmt es, dass Putin kam?"]),
        ("de", ["ich hab keine Ahnung", "wer kam"]),
        ("zh", ["在平壤，普京见了谁？"]),
        ("zh", ["我没看懂", "谁来了？"]),
    ],
)
def test_messages_in_other_languages_are_cut_where_a_clause_asks(shipped: Snapshot, language: str, parts: list[str]):
    said = ("，" if language == "zh" else " ").join(parts)
    assert list(shipped.reader.translator.clauses(said, language)) == parts


@pytest.mark.parametrize("said", ["krass", "voll krass", "qué interesante", "有意思", "любопытно"])
def test_small_talk_is_told_by_its_language(conversation: Conversation, said: str):
    assert "the article, for example" not in conversation.reply(said).plain
    assert not conversation.reply(said).answered


def test_a_long_message_is_not_cut_inside_a_word(shipped: Snapshot):
    questions = shipped.reader.read("why did Lavrov go to Pyongyang " * 200)
    assert {term.typed.lower() for question in questions for term in question.terms} == {
        *["why", "did", "lavrov", "go", "to", "pyongyang"]
    }


def test_a_state_is_no_word_of_saying(conversation: Conversation):
    assert not conversation.reply("who was the secretary of state").answered
