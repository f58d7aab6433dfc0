"""Names and quotations as entries of a knowledge file.

Answers for what an entity, a quotation and the article's own block hold. Leaves facts to `facts`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from knowledge.draft import phrasings
from knowledge.draft.mentions import Mentions
from knowledge.draft.name import Name
from knowledge.draft.prose import LONGEST
from knowledge.draft.quotations import Saying
from knowledge.draft.reading import Reading
from knowledge.schema import ArticleNode, EntityNode, QuoteNode, SourceNode
from knowledge.vocabulary import phrase
from knowledge.words import split

UNDATED = datetime(1970, 1, 1)  # noqa: DTZ001 - an article gives no time zone
"""Stands for the date that a text lacks; the draft says so."""
_LONGEST_QUOTE = 700


def article(reading: Reading, id_: str, suggested: Iterable[str]) -> ArticleNode:
    """The block about the article itself."""
    source = reading.source
    return ArticleNode(
        id=id_,
        title=" ".join(source.blocks[0].split()),
        publisher=reading.publisher.name,
        section=source.section,
        published=source.published or UNDATED,
        url=source.url if source.url and source.url.startswith(("http://", "https://")) else None,
        suggested=list(suggested),
    )


def entities(reading: Reading) -> list[EntityNode]:
    """Whom and what the article names."""
    taken: set[tuple[str, ...]] = set()
    nodes = []
    for name in reading.names:
        if phrase(name.name) in taken or not phrase(name.name):
            continue
        taken.add(phrase(name.name))
        description = _description(reading, name)
        aliases = [*name.aliases, *_posts(name, description)]
        kept = []
        for alias in aliases:
            if phrase(alias) and phrase(alias) not in taken and not reading.prose.repeats(alias):
                taken.add(phrase(alias))
                kept.append(alias)
        nodes.append(
            EntityNode.model_validate(
                {
                    "id": reading.entity(name),
                    "type": name.type,
                    "name": name.name,
                    "aliases": kept,
                    "description": description,
                    "questions": phrasings.of_name(name, description) if description else [],
                    "source": {"paragraph": name.paragraph} if name.paragraph else None,
                    "draft": True,
                }
            )
        )
    return nodes


def _description(reading: Reading, name: Name) -> str | None:
    role = phrasings.with_country(name.role, name.country)
    words = role.split()
    while words and reading.prose.repeats(" ".join(words)):
        words = words[: LONGEST if len(words) > LONGEST else -1]
    shown = " ".join(words)
    return shown[0].upper() + shown[1:] if shown else None


def _posts(name: Name, description: str | None) -> list[str]:
    """The post as another name: "the Russian foreign minister" is one person."""
    post = phrasings.with_country(name.role, name.country)
    short = description is not None and len(post.split()) <= 6 and not post.startswith(("who ", "from "))
    return [post] if name.type == "person" and short and any(c.isupper() for c in post) else []


def quotes(reading: Reading) -> list[QuoteNode]:
    """What the article puts in quotation marks."""
    nodes: list[QuoteNode] = []
    heard: set[int] = set()
    for saying in reading.sayings:
        words = _shortened(saying.words)
        if not phrase(words):
            continue
        speaker = _speaker(reading, saying)
        nodes.append(
            QuoteNode(
                id=reading.ids.new(f"{speaker.short} {' '.join(_content(words)[:2])}"),
                speaker=reading.entity(speaker),
                text=words,
                questions=[
                    question
                    for question in phrasings.of_saying(
                        saying,
                        speaker.short,
                        phrasings.topics(words, reading.mentions, speaker),
                        first=id(speaker) not in heard,
                    )
                    if not reading.prose.repeats(question)
                ],
                source=SourceNode(paragraph=saying.paragraph),
                draft=True,
            )
        )
        heard.add(id(speaker))
    return nodes


def _speaker(reading: Reading, saying: Saying) -> Name:
    if saying.speaker is None:
        return reading.publisher
    return reading.unnamed[saying.speaker] if isinstance(saying.speaker, str) else saying.speaker


def _content(words: str) -> list[str]:
    long = [word.text for word in split(words) if len(word.text) > 3]
    return long or [word.text for word in split(words)]


def _shortened(words: str) -> str:
    """A quotation as far as an entry holds it, up to the end of a sentence or word."""
    if len(words) <= _LONGEST_QUOTE:
        return words
    piece = words[:_LONGEST_QUOTE]
    cut = max(piece.rfind(mark) for mark in (". ", "! ", "? "))
    return piece[: cut + 1] if cut > 0 else piece.rpartition(" ")[0] or piece


def about(mentions: Mentions, text: str) -> Sequence[Name]:
    """The names in a text, each once."""
    return tuple({id(one.name): one.name for one in mentions.find(text)}.values())
