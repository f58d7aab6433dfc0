"""What an article names beside people: agreements in lower case, a country's embassy or government, countries.

Answers for names that patterns find. Leaves runs of capitals to `naming`.
"""

import re
from collections.abc import Iterable, Iterator

from knowledge.draft.candidates import joined
from knowledge.draft.capitals import runs
from knowledge.draft.english import any_of, country_of, is_of_country, lists, names_of, titled
from knowledge.draft.name import Name
from knowledge.draft.text import Paragraph

_SHORT_FORMS = frozenset({"us", "u.s.", "uk", "u.k.", "uae", "usa"})


def add_agreements(paragraphs: Iterable[Paragraph], found: dict[str, Name]) -> None:
    """Adds agreements named in lower case: "a mutual defense treaty", "the “clean harbour” pact"."""
    ends = any_of(lists().agreement_words)
    quoted = re.compile(rf"[\"“]([^\"”]{{3,60}})[\"”] {ends}\b")
    plain = re.compile(rf"\b((?:[a-z]+(?:-[a-z]+)? ){{1,3}}{ends})\b")
    for paragraph in paragraphs:
        if paragraph.number == 0:
            continue
        for match in quoted.finditer(paragraph.text):
            found.setdefault(match[1], Name(match[1], "agreement", paragraph.number))
        for match in plain.finditer(paragraph.frame):
            words = match[1].split()
            while words and _is_plain(words[0]):
                words = words[1:]
            much = words[-1:] == ["deal"] and paragraph.frame.startswith(" of", match.end())
            if len(words) > 1 and not much:
                found.setdefault(" ".join(words), Name(" ".join(words), "agreement", paragraph.number))


def _is_plain(word: str) -> bool:
    lower = word.lower()
    return (
        lower in lists().openers
        or lower in lists().noun_ends
        or lower in lists().irregular
        or (lower.endswith(("ed", "ing")) and lower not in lists().role_modifiers)
    )


def add_bodies(paragraphs: Iterable[Paragraph], found: dict[str, Name]) -> None:
    """Adds a country's embassy, government and so on."""
    pattern = re.compile(rf"\b((?:[A-Z][\w.]+ ){{1,2}}){any_of(lists().country_bodies)}\b(?: in [A-Z]\w+)?")
    for paragraph in paragraphs:
        for match in pattern.finditer(paragraph.frame) if paragraph.number else ():
            words = match[0].split()
            while words and words[0].lower() in lists().openers:
                words = words[1:]
            country = country_of(" ".join(words[:2])) or country_of(" ".join(words[:1]))
            name = " ".join(words) if " embassy" in match[0] else " ".join(words).split(" in ")[0]
            if country:
                found.setdefault(name, Name(name, "organisation", paragraph.number, country=country))


def add_countries(paragraphs: Iterable[Paragraph], found: dict[str, Name]) -> None:
    """Adds countries by any of their names; a capital that things happen in is a place of its own."""
    for paragraph in paragraphs:
        for start, words, country in _country_words(paragraph):
            if words in found and found[words].type != "country":
                continue
            if words != country and _is_place(paragraph.text[:start], words):
                found[words] = Name(words, "place", paragraph.number, country=country)
                continue
            type_ = "organisation" if country.lower() in lists().unions else "country"
            name = found.setdefault(country, Name(words if type_ != "country" else country, type_, paragraph.number))
            if words not in (name.name, *name.aliases):
                name.aliases.append(words)
    for country, name in found.items():
        if name.type == "country" or country.lower() in lists().unions:
            name.aliases = [
                alias for alias in (*name.aliases, *_elsewhere(name.aliases, country)) if alias not in found
            ]


def _elsewhere(aliases: Iterable[str], country: str) -> list[str]:
    """What readers call a country although the article doesn't."""
    taken = {alias.lower() for alias in (*aliases, country)}
    return [titled(name) for name in names_of(country) if name not in taken]


def _is_place(before: str, words: str) -> bool:
    last = before.split()[-1:]
    follows = bool(last) and last[0].lower() in lists().places_follow
    return follows and not is_of_country(words) and words.lower() not in _SHORT_FORMS


def _country_words(paragraph: Paragraph) -> Iterator[tuple[int, str, str]]:
    for run in runs(paragraph.text):
        at = 0
        while at < len(run.tokens):
            for size in (3, 2, 1):
                words = joined(paragraph.text, run.tokens[at : at + size])
                country = country_of(words) if at + size <= len(run.tokens) else None
                if country:
                    yield run.tokens[at].start, words, country
                    at += size - 1
                    break
            at += 1
