"""The publication date a record, page or text states explicitly. Nothing is inferred here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from transforms.people import by_line_people
from transforms.printed_days import printed_days
from transforms.published_words import MAYBE_EVENT, PUBLISHED, UPDATED

_YEARS = range(1600, 2200)
_ANY_YEAR = range(1, 10_000)
_MOST_CHARACTERS = 200
_LINE_CHARACTERS = 160
_LINE_WORDS = 16
_ZONE_BEHIND_SPACE = re.compile(r"(?<=\d) (?=[+-]\d\d:?\d\d$)")
_LABELS = {
    name: re.compile(rf"(?:(?<!\w)|(?-i:(?<=[a-z])(?=[A-Z])))(?:{words})(?!\w)", re.IGNORECASE)
    for name, words in (("updated", UPDATED), ("published", PUBLISHED))
}
_SMALL_WORD = re.compile(r"(?<!\w)[a-zß-öø-ÿа-яё]\w*")
_BEHIND_LABEL = 5
"""Most characters behind a label that ends its line: "Published on:"."""
_SMALL_WORDS = 2
"""Most words without a capital before a bare day: with more it is told what happens on it."""
_EVENT_LABEL = re.compile(rf"(?<!\w)(?:{MAYBE_EVENT})\s*[:\uff1a]\s*(?:[^\W\d_]+[.,]?\s*)?$", re.IGNORECASE)
"""What may be an event's label, but for a weekday: "Date: Saturday, ", "When: "."""
_ORIGIN = re.compile(r"\W{0,3}(?:agency|author|byline|newspaper|publisher|reporter|source)s?\s*:", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|\(c\)", re.IGNORECASE)
_SENTENCE = re.compile(r"[a-zß-ÿа-я]{2}[.!?]$")
_URL_DAY = re.compile(r"(?<![\d])((?:19|20)\d\d)([-/_]?)([01]\d)\2([0-3]\d)(?!\d)")


class DateLine(NamedTuple):
    """A line that may date its article: its text, and whether it stands above the article's first words."""

    text: str
    is_above: bool


class Found(NamedTuple):
    """A day, the instant if its zone is known, its source; where in which of the date lines, if in one; who differs."""

    day: date
    instant: datetime | None
    source: str
    line: int | None = None
    start: int = 0
    end: int = 0
    differs: str | None = None


def published(
    given: dict[str, Any],
    page: dict[str, dict[str, str]],
    lines: Sequence[DateLine],
    language: str | None = None,
) -> Found | None:
    """Return the publication date, from the first of: the record's own field, the page's mark-up, a line, the address.

    `given` is the record's metadata, `page` the mark-up's fields ({name: {value, source}}), `lines` those that may
    date the article. A line wins over mark-up that states a later day: what was shown to readers stood before it was
    moved or renewed. The address counts only where a line states the same day.
    """
    return next(_stated(given, page, lines, language), None)


def _stated(
    given: dict[str, Any], page: dict[str, dict[str, str]], lines: Sequence[DateLine], language: str | None
) -> Iterator[Found]:
    # what a record gives is for the gate to doubt, not to be dropped here
    if found := moment(given.get("published"), language, _ANY_YEAR):
        yield Found(*found, "given")
    field = page.get("published", {})
    shown = next(dated_lines(lines, language), None)
    if found := moment(field.get("value"), language):
        if shown and shown.day < found[0] - timedelta(days=1):
            yield shown._replace(differs=f"{field['source']} {found[0]}")
        yield Found(*found, field["source"], differs=field.get("differs"))
    if shown:
        yield shown
    for url in (given.get("url"), page.get("url", {}).get("value")):
        if day := url_day(url):
            yield from _by_address(day, lines, language)


def modified(given: dict[str, Any], page: dict[str, dict[str, str]], language: str | None = None) -> Found | None:
    """Return the last modification the record states, else the page's mark-up."""
    field = page.get("modified", {})
    for source, value in (("given", given.get("modified")), (field.get("source", ""), field.get("value"))):
        if found := moment(value, language):
            return Found(*found, source)
    return None


def dated_lines(lines: Sequence[DateLine], language: str | None = None) -> Iterator[Found]:
    """Yield the days lines give as that of publication: labelled so above the article's words, then bare ones there.

    Last come labelled ones elsewhere. Several bare ones, or labelled ones elsewhere, must agree. A day labelled as
    that of an update (on its line, or alone on the line before) is none of them, nor is one behind a label that may be
    an event's ("Date:", "When:") where no line names an author or a source.
    """
    bare: list[Found] = []
    elsewhere: list[Found] = []
    for number, line in enumerate(lines):
        # most lines print no day: that is seen sooner than what kind of line it is
        days = printed_days(line.text, language) if len(line.text) <= _LINE_CHARACTERS else []
        for day in days if days and _may_date(line.text) else ():
            before = line.text[: day.start]
            found = Found(day.day, None, "text line", number, day.start, day.end)
            label = _label(before) or (None if before.strip() else _label_above(lines, number, language))
            if label == "published" and line.is_above:
                yield found
            elif label == "published":
                elsewhere.append(found)
            elif label is None and line.is_above and len(_SMALL_WORD.findall(before)) <= _SMALL_WORDS:
                bare += [] if _may_be_event(lines, number, before) and not _is_signed(lines) else [found]
    for alike in (bare, elsewhere):
        if alike and all(is_near(found.day, alike[0].day) for found in alike):
            yield alike[0]


def _may_date(line: str) -> bool:
    """Whether a line is a label rather than a sentence."""
    return (
        len(line) <= _LINE_CHARACTERS
        and len(line.split()) <= _LINE_WORDS
        and not _SENTENCE.search(line)
        and not _COPYRIGHT.search(line)
    )


def _label_above(lines: Sequence[DateLine], number: int, language: str | None) -> str | None:
    """Return what the line above calls a day, where it ends with a label."""
    above = lines[number - 1].text if number else ""
    return None if printed_days(above[:_LINE_CHARACTERS], language) else _label(above, _BEHIND_LABEL)


def _may_be_event(lines: Sequence[DateLine], number: int, before: str) -> bool:
    """Whether a label that may be an event's stands before a day, or alone on the line above it."""
    above = lines[number - 1].text.strip() if number and len(before.split()) <= 1 else ""
    label = f"{above.rstrip(':')}: " if len(above.split()) == 1 and ":" not in before else ""
    return bool(_EVENT_LABEL.search(f"{label}{before}"[-_LINE_CHARACTERS:]))


def _is_signed(lines: Sequence[DateLine]) -> bool:
    """Whether a line names who wrote the article or where it is from, as none does of an event."""
    above = ["", *(line.text for line in lines)]
    return any(
        _ORIGIN.match(line.text) or by_line_people(line.text, (), before)
        for line, before in zip(lines, above, strict=False)
    )


def _label(before: str, most_behind: int = _LINE_CHARACTERS) -> str | None:
    """Return what the last label in the words before a day calls it, with no more characters behind than given."""
    if len(before) > _LINE_CHARACTERS:
        return None
    last = {name: max((found.end() for found in words.finditer(before)), default=-1) for name, words in _LABELS.items()}
    name = max(last, key=lambda label: last[label])
    return name if max(0, len(before) - most_behind) <= last[name] else None


def _by_address(day: date, lines: Sequence[DateLine], language: str | None) -> Iterator[Found]:
    for line in lines:
        if _may_date(line.text) and any(printed.day == day for printed in printed_days(line.text, language)):
            yield Found(day, None, "url")


def url_day(url: object) -> date | None:
    """Return the day in a web address.

    >>> url_day("https://post.example/2026/03/04/rain")
    datetime.date(2026, 3, 4)
    """
    found = _URL_DAY.search(url[:_MOST_CHARACTERS]) if isinstance(url, str) else None
    try:
        return date(int(found[1]), int(found[3]), int(found[4])) if found else None
    except ValueError:
        return None


def is_near(one: date, other: date) -> bool:
    """Whether two days are the same but for a time zone."""
    return abs(one - other) <= timedelta(days=1)


def moment(value: object, language: str | None = None, years: range = _YEARS) -> tuple[date, datetime | None] | None:
    """Read a date as machines or people write it: the day it states, and the instant if it states a zone.

    None for a day no calendar has, a year outside `years`, or two days.

    >>> moment("2026-03-04T23:30:00-05:00")
    (datetime.date(2026, 3, 4), datetime.datetime(2026, 3, 5, 4, 30, tzinfo=datetime.timezone.utc))
    """
    if not isinstance(value, str) or len(value) > _MOST_CHARACTERS:
        return None
    text = _ZONE_BEHIND_SPACE.sub("", value.strip())
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            stated = parse(text)
            instant = stated.astimezone(UTC) if stated.tzinfo else None
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return (stated.date(), instant) if stated.year in years else None
    days = {printed.day for printed in printed_days(text, language)}
    return (days.pop(), None) if len(days) == 1 else None
