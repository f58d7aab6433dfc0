"""Whom and what an article names: people, organisations, places, countries, agreements and events.

Answers for kinds, roles and other names. Does not know what anybody said or did.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from knowledge.draft import roles
from knowledge.draft.candidates import Candidate, candidate
from knowledge.draft.capitals import runs
from knowledge.draft.english import any_of, country_of, lists
from knowledge.draft.name import Name
from knowledge.draft.text import Paragraph
from knowledge.draft.things import add_agreements, add_bodies, add_countries

_BRACKETS = re.compile(r"^(?:['’]s)?\s*\((?:the\s+)?([A-Z][A-Za-z.&-]{1,11})\)")
_INITIALS = 5
"""Letters of an abbreviation at most, as far as it can open a sentence."""
_LISTED = re.compile(r"([A-Z][\w'’-]+),? (?:and )?(?:[a-z]+ ){0,2}$")


def names(paragraphs: Sequence[Paragraph], publisher: str) -> list[Name]:
    """Every name of an article, in the order in which they come, countries last."""
    told = [paragraph for paragraph in paragraphs if not paragraph.aside]
    found = {publisher: Name(publisher, "organisation", 0)}
    found[publisher].aliases += [publisher[4:]] if publisher.startswith("The ") else []
    seen = [
        one
        for paragraph in told
        for run in (runs(paragraph.text) if paragraph.number else ())
        if (one := candidate(run, paragraph)) and not _is_part(one)
    ]
    often = Counter(one.name for one in seen if not one.opens)
    placed = {one.name for one in seen if _is_place(one)}
    for one in seen:
        _add(one, found, often, placed)
    add_agreements(told, found)
    add_bodies(told, found)
    add_countries(told, found)
    _definite(told, found)
    _aliases(told, found)
    return sorted(found.values(), key=lambda name: name.type == "country")


def _is_part(one: Candidate) -> bool:
    """Whether it is a country, or one half of a word such as Putin-Kim."""
    first, hyphen, second = one.words[0].text.partition("-")
    pair = bool(hyphen) and second[:1].isupper() and (country_of(first) or country_of(second)) is not None
    return pair or one.after.startswith("-") or country_of(one.name) is not None


def _add(one: Candidate, found: dict[str, Name], often: Counter[str], placed: set[str]) -> None:
    text, start, end, number = one.paragraph.text, one.words[0].start, one.words[-1].end, one.paragraph.number
    told = roles.before(text, one.titles[0].start if one.titles else start, one.titles)
    role = told.role or ("" if _is_place(one) and not one.titles else roles.after(text, end))
    name = found.get(one.name) or found.get(f"The {one.name}") or _fuller(one, found)
    if name is None:
        type_ = _type(one, role, often, placed)
        if type_ is None:
            return
        name = found[one.name] = Name(one.name, type_, number)
    if name.type == "person":
        name.gender = _gender(one.honorific, role) or name.gender
        name.country = name.country or told.country or one.country or _listed_country(one, found)
    elif not roles.is_outlet(role):
        role = roles.description(text, start, end)
    if role and not name.role:
        name.role, name.paragraph = role, number
    brackets = _BRACKETS.match(one.after)
    if brackets and brackets[1] not in name.aliases:
        name.aliases.append(brackets[1])


def _fuller(one: Candidate, found: dict[str, Name]) -> Name | None:
    """The person, or else the organisation, that a single word is the first or last word of."""
    if len(one.words) > 1:
        return None
    fits = [other for other in found.values() if one.name in (other.name.split()[0], other.name.split()[-1])]
    people = [other for other in fits if other.type == "person"]
    return (people or fits)[-1] if people or (fits and not _is_place(one)) else None


def _is_place(one: Candidate) -> bool:
    """Whether the words before a name say that it is a place: "in", "the island of"."""
    if one.words[-1].owner:
        return False
    last = [word.lower() for word in one.before.split()[-2:]]
    if last[-1:] == ["the"] and len(one.words) > 1:
        last = last[:-1]
    of = len(last) == 2 and last[1] == "of" and last[0].lower() in lists().place_words
    return of or (bool(last) and last[-1].lower() in lists().places_follow)


def _gender(honorific: str | None, role: str) -> str | None:
    if honorific:
        return lists().honorifics[honorific]
    for word in role.lower().split():
        if word in lists().gendered:
            return lists().gendered[word]
        if word in lists().role_heads and word.endswith("man"):
            return "she" if word.endswith("woman") else "he"
    return None


def _listed_country(one: Candidate, found: dict[str, Name]) -> str | None:
    """The country of the person before in a list of officials: "Russian Minister A, Deputy Minister B"."""
    before = _LISTED.search(one.paragraph.text[: one.titles[0].start]) if one.titles else None
    people = [name for name in found.values() if before and name.type == "person" and name.name.endswith(before[1])]
    return people[-1].country if people else None


def _type(one: Candidate, role: str, often: Counter[str], placed: set[str]) -> str | None:
    """What kind of thing a name is, by its words and by those beside it; None where it can't be told."""
    named = None if one.titles else _type_of_words([word.lower for word in one.words])
    if roles.is_outlet(role) or named == "organisation":
        return "organisation"
    if role or one.titles or one.honorific:
        return "person"
    return named or _type_beside(one, often, placed)


def _type_beside(one: Candidate, often: Counter[str], placed: set[str]) -> str | None:
    """The kind that the words beside a name tell, here or elsewhere in the article."""
    last = (one.before.split() or [""])[-1].lower()
    following = (one.after.split() or [""])[0].lower().strip(",.")
    speaks = following in lists().speech or last in lists().speech or one.before.endswith("according to ")
    if len(one.words) == 1:
        speaks = (speaks and not one.opens) or often[one.name] > 1
        return _type_of_word(one, speaks=speaks, placed=one.name in placed)
    if _is_place(one) and not speaks and not _speaks_later(one):
        return "place"
    if last == "the":
        return "organisation"
    return "person" if len(one.words) <= 4 and not any(c.isdigit() for c in one.name) else None


def _type_of_words(words: Sequence[str]) -> str | None:
    """The kind that a name itself tells: Easton Harbour Company, Lake Easton."""
    for type_, known in (
        ("agreement", lists().agreement_words),
        ("event", lists().event_words),
        ("organisation", lists().organisation_words),
        ("place", lists().place_words),
    ):
        if words[-1] in known or words[0] in known or (type_ == "organisation" and known & set(words)):
            return type_
    return None


def _type_of_word(one: Candidate, *, speaks: bool, placed: bool) -> str | None:
    if one.words[0].text.isupper():
        # A dateline opens an article in capitals.
        return None if one.opens and len(one.name) > _INITIALS else "organisation"
    if placed:
        return "place"
    return "organisation" if speaks else None


def _speaks_later(one: Candidate) -> bool:
    """Whether the last word alone says something in the same paragraph: it is a surname."""
    word = re.escape(one.words[-1].text)
    return re.search(rf"\b{word} (?:said|says|added|told)\b", one.after) is not None


def _definite(paragraphs: Iterable[Paragraph], found: dict[str, Name]) -> None:
    """Finds that "the Russian leader" is the role of the one person who is known to be Russian and has none."""
    pattern = re.compile(rf"\b[Tt]he ((?:[A-Z][\w.]+ ){{1,2}}({any_of(lists().role_heads)}))\b")
    for paragraph in paragraphs:
        for match in pattern.finditer(paragraph.frame) if paragraph.number else ():
            country = country_of(match[1].rsplit(" ", 1)[0])
            people = [name for name in found.values() if name.type == "person" and country and name.country == country]
            if any(match[2] in name.role for name in people):
                continue
            bare = [name for name in people if not name.role]
            if len(bare) == 1:
                bare[0].role, bare[0].paragraph = match[1], paragraph.number


def _aliases(paragraphs: Sequence[Paragraph], found: dict[str, Name]) -> None:
    """Parts of names that stand for the whole: a surname, initials."""
    _merge_initials(found)
    text = " ".join(paragraph.text for paragraph in paragraphs)
    taken = Counter(alias for name in found.values() for alias in (name.name, *name.aliases))
    alone = Counter(
        run.tokens[0].text for paragraph in paragraphs for run in runs(paragraph.text) if len(run.tokens) == 1
    )
    wanted = {id(name): _part(name, alone, text) for name in found.values()}
    shared = Counter(part for part in wanted.values() if part)
    for name in found.values():
        part = wanted[id(name)]
        if part and shared[part] == 1 and not taken[part]:
            name.aliases.insert(0, part)


def _merge_initials(found: dict[str, Name]) -> None:
    """KCNA is no second organisation beside the Korean Central News Agency."""
    for name in list(found.values()):
        initials = _initials(name)
        if initials in found and found[initials] is not name:
            short = found.pop(initials)
            name.role = name.role or short.role
            name.aliases.append(initials)


def _initials(name: Name) -> str:
    words = name.name.split()
    return "".join(word[0] for word in words if word[0].isupper()) if len(words) > 1 else ""


def _part(name: Name, alone: Counter[str], text: str) -> str | None:
    words = name.name.split()
    if name.type == "person" and len(words) > 1:
        # Where the family name comes first, the article itself uses the first word alone.
        first = alone[words[0]] > alone[words[-1]] or words[-1].partition("-")[2][:1].islower()
        return words[0] if first else words[-1]
    initials = _initials(name) if name.type == "organisation" else ""
    return initials if len(initials) > 1 and re.search(rf"\b{initials}\b", text) else None
