"""Dates in a text: in full, in part, or counted from the day on which the article appeared.

Answers for which day, month or year is meant. Does not know what happened then.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from knowledge.draft.english import any_of, lists

_TIME = re.compile(r"\b(\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp])?\.?[Mm]?", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:will|shall|going to|plan(?:s|ned)? to|expected|scheduled|due)\b")
"""Stands before a day or month that is still to come."""
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as a text gives it."""

    start: int
    end: int
    words: str
    """As written."""
    shown: str
    """In full, as far as it is known: June 19, 2024; September 2023; 1961."""
    day: date | None = None
    """The day, where one is meant."""
    when: str | None = None
    """Day, month or year in figures, as far as it is known: 2024-06-19, 2023-09, 1961."""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    months = any_of([*lists().months, *(f"{month[:3]}" for month in lists().months), "sept"])
    month, day, year = rf"(?P<month>{months})\.?", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>[12]\d{3})"
    weekday = rf"(?P<weekday>{any_of(lists().weekdays)})"
    written = (
        rf"\b{month}\s+{day}(?!\d)(?:(?:,\s*|\s+|/){year})?\b",
        rf"\b(?:the\s+)?{day}\s+(?:of\s+)?{month}(?:,?\s+{year})?\b",
        rf"\b{month},?\s+(?:of\s+)?{year}\b",
        rf"\b(?P<lead>in|since|until|by|last|next|this|from|of)\s+(?:early\s+|late\s+|mid-)?(?P<month>{any_of(lists().months)})\b",
        rf"\b(?:(?P<which>last|next|this)\s+)?{weekday}\b",
        (
            r"\b(?P<relative>yesterday|today|tomorrow|last week|last month|last year|next week|next month|next year|"
            r"this week|this month|this year)\b"
        ),
        r"(?<![\d,.$€£-])(?P<year>(?:1[5-9]|20)\d{2})(?![\d,]\d|\d|%|-\w|\s+(?:people|metres|meters|tonnes|shipping))\b",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in written)


def first_moment(text: str) -> datetime | None:
    """The first full date in a text, with its time where it has one."""
    iso = _ISO.search(text)
    if iso:
        return _moment(int(iso[1]), int(iso[2]), int(iso[3]), int(iso[4] or 0), int(iso[5] or 0))
    for pattern in _patterns()[:2]:
        for match in pattern.finditer(text):
            if match["year"]:
                hour, minute = _time(text)
                return _moment(int(match["year"]), _month(match["month"]), int(match["day"]), hour, minute)
    return None


def _moment(year: int, month: int, day: int, hour: int, minute: int) -> datetime | None:
    try:
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - an article gives no time zone
    except ValueError:
        return None


def _time(text: str) -> tuple[int, int]:
    match = _TIME.search(text)
    if not match:
        return 0, 0
    hour = int(match[1]) % 12 + 12 * (match[3].lower() == "p") if match[3] else int(match[1])
    return (hour, int(match[2])) if hour < 24 and int(match[2]) < 60 else (0, 0)


def _month(name: str) -> int:
    return next(at for at, month in enumerate(lists().months, 1) if month.startswith(name.lower()[:3]))


def dates(text: str, published: datetime | None) -> Iterator[Dated]:
    """The dates of a text in order, none inside another."""
    found: list[Dated] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                dated = _dated(match, published.date() if published else None)
                if dated:
                    found.append(dated)
    yield from sorted(found, key=lambda dated: dated.start)


def _dated(match: re.Match[str], published: date | None) -> Dated | None:
    parts = {name: value for name, value in match.groupdict().items() if value}
    past = None if _AHEAD.search(match.string, 0, match.start()) else published
    day: date | None = None
    when: str | None = None
    shown = match[0]
    if "day" in parts:
        year = int(parts.get("year") or (published.year if published else 0))
        day = _day(year, _month(parts["month"]), int(parts["day"]))
        month = lists().months[_month(parts["month"]) - 1].title()
        shown = full(day) if day else f"{month} {int(parts['day'])}"
    elif "month" in parts:
        # "may" and "march" are words of their own unless they are written with a capital.
        if not match[0][match.start("month") - match.start()].isupper():
            return None
        number = _month(parts["month"])
        shown = _shown_month(number, parts.get("year"))
        when = _month_meant(number, parts, past)
    elif "weekday" in parts:
        day = _weekday(parts["weekday"], parts.get("which"), past)
        shown = f"{parts['weekday'].title()}, {full(day)}" if day else match[0]
    elif "year" in parts:
        shown = when = parts["year"]
    elif parts["relative"].lower() in ("yesterday", "today", "tomorrow") and published:
        day = published + timedelta(days=("yesterday", "today", "tomorrow").index(parts["relative"].lower()) - 1)
        shown = full(day)
    return Dated(match.start(), match.end(), match[0], shown, day, day.isoformat() if day else when)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_meant(month: int, parts: dict[str, str], published: date | None) -> str | None:
    """The month in figures; without a year the latest one before the article appeared: "in September", said in June."""
    if "year" in parts:
        return f"{parts['year']}-{month:02}"
    if published is None or re.match(r"next|until|by|this", parts.get("lead", ""), re.IGNORECASE):
        return None
    return f"{published.year - (month > published.month)}-{month:02}"


def _shown_month(month: int, year: str | None) -> str:
    name = lists().months[month - 1].title()
    return f"{name} {year}" if year else name


def _weekday(name: str, which: str | None, published: date | None) -> date | None:
    """The day of that name nearest to the article's: an article of Wednesday calls that day Wednesday."""
    if published is None or (which or "").lower() == "next":
        return None
    back = (published.weekday() - lists().weekdays.index(name.lower())) % 7
    return published - timedelta(days=back)


def full(day: date) -> str:
    """A day in full: June 19, 2024."""
    return f"{day:%B} {day.day}, {day.year}"
