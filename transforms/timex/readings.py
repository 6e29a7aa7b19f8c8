"""One text read as of either end of the interval it was published in, and what both readings say together.

Every form moves with the day it counts from or stays, never against it: what holds as
of both ends holds as of each day between, and the hull of both ends holds the truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from transforms.timex import periods
from transforms.timex.context import NO_CLOSE_PUBLICATION, NO_PUBLICATION, Published
from transforms.timex.words import Direction

WIDEST = timedelta(days=91)
"""From the earliest to the latest day: over more than 92 days nothing relative is resolved."""
_SURE_INFERENCE, _WIDE = 0.9, 0.7
"""What is left of the confidence when the day of publication is inferred; when its ends give different dates."""


class Resolved(NamedTuple):
    """What an expression means: TIMEX3 type and value, first and last day (inclusive), and how that is known.

    `anchor` is publication, inferred, text or explicit. `date_start` and `date_end` are null
    exactly when there is an `unresolved_reason`. Both ends of a range bear its first and last day.
    """

    type: str
    value: str | None
    date_start: date | None = None
    date_end: date | None = None
    granularity: str | None = None
    anchor: str | None = None
    direction: Direction | None = None
    unresolved_reason: str | None = None
    confidence: float = 0.9
    range_earliest: date | None = None
    range_latest: date | None = None


def merged(readings: Sequence[Resolved], published: Published | None) -> Resolved:
    """Return what `readings` as of the days of `published` say together: one, or earliest, latest and undated."""
    if len(readings) == 1:
        return _single(readings[0], published)
    earliest, latest, undated = readings
    anchor = _anchor(earliest, latest, is_inferred=published is not None and published.is_inferred)
    if earliest.anchor is None or latest.anchor is None:
        return next(reading for reading in (earliest, latest) if reading.anchor is None)
    if earliest[:4] == latest[:4]:
        return _inferred(earliest, anchor)
    return _hull(earliest, latest, undated.value)._replace(anchor=anchor)


def _single(reading: Resolved, published: Published | None) -> Resolved:
    if published is None or reading.anchor not in {None, "publication"}:
        return reading
    if reading.unresolved_reason == NO_PUBLICATION:
        return reading._replace(unresolved_reason=NO_CLOSE_PUBLICATION)
    return _inferred(reading, "inferred") if published.is_inferred and reading.anchor else reading


def _inferred(reading: Resolved, anchor: str | None) -> Resolved:
    share = _SURE_INFERENCE if anchor == "inferred" else 1.0
    return reading._replace(anchor=anchor, confidence=round(share * reading.confidence, 3))


def _anchor(earliest: Resolved, latest: Resolved, *, is_inferred: bool) -> str | None:
    """Return the anchor of both; a date counted from one that differs rests on publication as that one does."""
    rests_on_publication = "publication" in {earliest.anchor, latest.anchor} or earliest[:4] != latest[:4]
    if not rests_on_publication:
        return earliest.anchor
    return "inferred" if is_inferred else "publication"


def _hull(earliest: Resolved, latest: Resolved, undated: str | None) -> Resolved:
    """Return the stretch from the first to the last day of both, under the value of the least unit that holds it."""
    days = [day for reading in (earliest, latest) for day in (reading.date_start, reading.date_end) if day]
    start, end = min(days), max(days)
    return earliest._replace(
        value=periods.smallest_holding(start, end) or undated,
        date_start=start,
        date_end=end,
        direction=earliest.direction if earliest.direction == latest.direction else None,
        confidence=round(_WIDE * min(earliest.confidence, latest.confidence), 3),
        range_latest=latest.range_latest,
    )
