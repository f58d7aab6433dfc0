"""What a text says that somebody is: before the name, after it, or in the name's own run of capitals.

Answers for posts, jobs and what organisations are said to be. Does not know who anybody is.
"""

import re
from dataclasses import dataclass

from knowledge.draft.capitals import Token, tokens
from knowledge.draft.english import country_of, is_role_head, lists

_AFTER = re.compile(
    r"^,\s+(?:(?:aged\s+)?\d{1,3},\s+)?(?:(?P<article>the|a|an|its|his|her|their|one of)\s+|"
    r"who\s+(?:is|was|works as|serves as)\s+(?:(?:the|a|an)\s+)?)?"
    r"(?P<role>[^,.;:()“”\"\n\ufffc]{3,90}(?:, D\.C\.)?)"
)
_IS = re.compile(r"^ (?:is|was|became|serves as|works as) (?:the|a|an) (?P<role>[^,.;:()“”\"\n\ufffc]{3,90})")
_KIND = re.compile(r"\b[Tt]he ([a-z]+-[a-z]+) $")
_FROM = re.compile(
    r"^ (?:of|from|at) ((?:the )?[A-Z][^,.;:()“”\"\n\ufffc]{3,60}?)"
    r"(?=,|\. |\.$| who\b| said\b| told\b)"
)
_HEADS = re.compile(r"who\s+(?:heads|leads|runs|chairs|owns|directs|manages)\s")
_CLAUSE = re.compile(r"\b(?:that|said|says|told|is|are|was|were|has|had|will|would)\b")
_TAIL = re.compile(r"\s+(?:who|which|that|and|but|said|says|told|as|where|when|since|until)\b.*$")
_COMPLEMENTS = frozenset({"of", "on", "for", "at", "in", "to", "with", "and", "the"})
_OPENS_COMPLEMENT = frozenset({"of", "on", "for", "at", "in"})
_LOOK_BACK = 9
"""Words before a name that can belong to a role."""


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a name."""

    role: str
    """The role, or empty."""
    country: str | None
    """The country that it names."""


def before(text: str, start: int, titles: tuple[Token, ...] = ()) -> Before:
    """What a name that begins at `start` is called before; `titles`: words of a role that are already known."""
    comma = text[max(0, start - 2) : start] == ", "
    words = _unbroken(text, start, comma=comma and not titles)
    head = _head(words) if not titles else len(words)
    if head is None or (comma and not titles and not _is_definite(words, head)):
        return Before("", _country(words[-3:]) if words and words[-1].lower in lists().relations else None)
    first = head
    while first > 0 and _belongs(words, first - 1):
        first -= 1
        if words[first].owner:
            while first > 0 and words[first - 1].capital:
                first -= 1
            break
    chosen = [*words[first:], *titles]
    return Before(_shown(text, chosen), _country(chosen))


def _unbroken(text: str, start: int, *, comma: bool) -> list[Token]:
    """The words just before, with nothing but single spaces between them, or a last comma."""
    found: list[Token] = []
    edge = start
    for word in reversed(tokens(text, max(0, start - 120), start)):
        gap = text[word.end : edge]
        if gap not in (" ", "'s ", "’s ") and not (comma and gap == ", " and edge == start):
            break
        found.append(word)
        edge = word.start
        if len(found) == _LOOK_BACK:
            break
    return found[::-1]


def _head(words: list[Token]) -> int | None:
    """Where the role's head noun is: last before the name, but for a complement such as "of Easton"."""
    for at in range(len(words) - 1, -1, -1):
        if is_role_head(words[at].text) or words[at].lower in lists().outlets:
            rest = words[at + 1 :]
            fits = not rest or (rest[0].lower in _OPENS_COMPLEMENT and rest[-1].lower not in _COMPLEMENTS)
            return at if fits and not any(word.lower in lists().speech for word in rest) else None
    return None


def _is_definite(words: list[Token], head: int) -> bool:
    """Whether "the director, Anna Reed," is meant, no list of people."""
    return any(word.owner or word.lower in ("the", "its", "their", "his", "her") for word in words[:head])


def _belongs(words: list[Token], at: int) -> bool:
    word = words[at]
    if word.owner or word.lower in lists().role_modifiers:
        return True
    if word.capital:
        return word.lower not in lists().openers and word.lower not in lists().months
    adjective = re.search(r"(?:[a-z]-[a-z]+|ial|nal|ral|ian|ish|ese|ary|tive|istic|tary)$", word.text)
    return bool(adjective) or country_of(word.text) is not None


def _country(words: list[Token]) -> str | None:
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            found = country_of(" ".join(word.text for word in words[at : at + size]))
            if found:
                return found
    return None


def after(text: str, end: int) -> str:
    """The role that follows a name which ends at `end`, or empty."""
    rest = text[end : end + 160]
    house = _FROM.match(rest)
    if house and any(word.lower in lists().organisation_words for word in tokens(house[1])):
        return f"from {house[1]}"
    match = _AFTER.match(rest) or _IS.match(rest)
    if not match:
        return ""
    if _HEADS.match(match["role"]):
        return match["role"].strip()
    role = _TAIL.sub("", match["role"].strip())
    words = tokens(role)
    for at, word in enumerate(words[:7]):
        if is_role_head(word.text):
            follows = words[at + 1] if at + 1 < len(words) else None
            if follows and follows.capital:
                return ""
            return _shown(role, words)
    return ""


def is_outlet(role: str) -> bool:
    """Whether a role is that of a newspaper, an agency or the like."""
    return any(role.endswith(outlet) for outlet in lists().outlets)


def description(text: str, start: int, end: int) -> str:
    """What an organisation or place is said to be: "a research foundation", "the state-run"; or empty."""
    match = _AFTER.match(text[end : end + 160])
    if not match or match["article"] not in ("a", "an", "the"):
        kind = _KIND.search(text[:start])
        return f"{kind[1]} {_common(text[start:end])}" if kind and " " in text[start:end] else ""
    role = match["role"].strip()
    if _CLAUSE.search(role) or (match["article"] == "the" and role[0].isupper()):
        return ""
    role = _TAIL.sub("", role)
    return "" if is_role_head(role.split()[0]) else role


def _common(name: str) -> str:
    """The words at the end of an organisation's name that say what it is: news agency."""
    words = name.lower().split()
    first = len(words) - 1
    while first > 1 and words[first - 1] in lists().organisation_words:
        first -= 1
    return " ".join(words[first:])


def _shown(text: str, words: list[Token]) -> str:
    """The words as written, without the capitals of a title."""
    if not words:
        return ""
    head = max((at for at, word in enumerate(words) if is_role_head(word.text)), default=0)
    shown = []
    for at, word in enumerate(words):
        titled = (
            words[head].capital and at <= head and (is_role_head(word.text) or word.lower in lists().role_modifiers)
        )
        portfolio = word.lower in lists().portfolios and words[max(at - 1, 0)].lower in ("of", "and", "for", "the")
        lowers = (titled or portfolio) and not word.text.isupper()
        gap = "" if at == 0 else ", " if text[words[at - 1].end : word.start].startswith(",") else " "
        shown.append(gap + (word.lower if lowers else word.text) + ("'s" if word.owner else ""))
    return "".join(shown)
