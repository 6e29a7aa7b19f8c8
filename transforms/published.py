"""The publication date a record, page or text states explicitly. Nothing is inferred here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from transforms.timex import find_dates, resolve_all

_DAY_OR_FINER = ("day", "time")
_MODIFIED = re.compile(r"\b(?:last )?(?:updated|modified)\b.*", re.IGNORECASE)


class Published(NamedTuple):
    """Days are in the zone the source states; instants only where it states time and zone."""

    published_on: date | None
    published_at: datetime | None
    modified_at: datetime | None
    source: str | None


class _Stated(NamedTuple):
    source: str
    day: date
    instant: datetime | None


def published(given: dict[str, Any], page: dict[str, dict[str, str]], date_lines: Sequence[str]) -> Published:
    """Return the publication date, from the first of: the record's own field, the page's mark-up, a dated line.

    `given` is the record's metadata, `page` the mark-up's fields ({name: {value, source}}), `date_lines` the lines
    that hold nothing but a date ("Published: 3 March 2026").
    """
    first = next(_stated(given, page, date_lines), None)
    modified = moment(given.get("modified")) or moment(page.get("modified", {}).get("value"))
    return Published(
        first.day if first else None,
        first.instant if first else None,
        modified[1] if modified else None,
        first.source if first else None,
    )


def _stated(given: dict[str, Any], page: dict[str, dict[str, str]], date_lines: Sequence[str]) -> Iterator[_Stated]:
    field = page.get("published", {"value": "", "source": ""})
    for source, value in (("given", given.get("published")), (field["source"], field["value"])):
        if found := moment(value):
            yield _Stated(source, *found)
        elif isinstance(value, str) and (day := stated_day(value)):
            yield _Stated(source, day, None)
    for line in date_lines:
        if day := stated_day(_MODIFIED.sub("", line)):
            yield _Stated("text line", day, None)


def moment(value: object) -> tuple[date, datetime | None] | None:
    """Read a machine-made date (ISO 8601 or RFC 2822): the day it states, and the instant if it states a zone.

    >>> moment("2026-03-04T23:30:00-05:00")
    (datetime.date(2026, 3, 4), datetime.datetime(2026, 3, 5, 4, 30, tzinfo=datetime.timezone.utc))
    """
    if not isinstance(value, str):
        return None
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            stated = parse(value.strip())
            return stated.date(), stated.astimezone(UTC) if stated.tzinfo else None
        except (ValueError, TypeError, OverflowError):
            continue
    return None


def stated_day(line: str) -> date | None:
    """Return the one day a line states in full.

    >>> stated_day("Published: Tuesday, 3 March 2026, 14:20")
    datetime.date(2026, 3, 3)
    """
    resolved = [meant for _, meant in resolve_all(find_dates(line), None)]
    days = {meant.date_start for meant in resolved if meant.anchor == "explicit" and meant.granularity in _DAY_OR_FINER}
    return next(iter(days)) if len(days) == 1 else None
