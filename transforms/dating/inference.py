"""Weigh the clues: an interval that holds the day of publication, a weekday, and a day only where one stands out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from transforms.dating.clue import Clue
from transforms.dating.seasons import first_within, is_possible, nearest
from transforms.dating.weekday_odds import weekday_shares

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY_SHARE = 0.65
"""How likely a weekday must be to be stated."""
_BEST_SHARE = 0.95
"""How likely a day must be to stand out."""
_LEAST_SHARE = 0.05
"""How likely the first or last day of a short interval must be, by its weekday, to stay in it."""
_SHORT_DAYS = 7
_YEARS_TESTED = 8
"""Longest interval, in years, in which weekdays of days of a month are tested: the calendar repeats."""
_INTERVAL_CONFIDENCE = 0.97
_SOFT = frozenset({"years_since", "last_week", "dated_anchor", "anniversary", "copyright_year", "shared_quote"})
_SOFT_CONFIDENCE = 0.9


_Key = TypeVar("_Key", int, date)


class Publication(NamedTuple):
    """When an article was published, as far as its clues tell.

    `earliest` and `latest` are inclusive, None where open; `best` is the one day that stands out; `weekday` its
    English name, known more often than the day; `confidence` (0 to 1, None when nothing is known) is that of the
    closest statement made: the day, else the weekday, else the interval. `reason` says in words what it rests on, or
    why nothing is known; `clues` are those it rests on, in order.
    """

    earliest: date | None
    latest: date | None
    best: date | None
    weekday: str | None
    confidence: float | None
    reason: str
    clues: tuple[Clue, ...]


class _Interval(NamedTuple):
    earliest: date | None
    latest: date | None
    clues: list[Clue]


def infer(clues: Iterable[Clue]) -> Publication:
    """Return what `clues` (of the article's own words and of other articles alike) allow; their order is no matter.

    Clues that contradict each other are left out together, so that the interval widens; none wins silently.
    """
    listed = sorted(set(clues), key=repr)
    bounded = _bounded(listed)
    interval = _in_season(bounded, [clue for clue in listed if clue.season and not clue.weekday])
    interval = _in_year(interval, [clue for clue in listed if clue.season and clue.weekday])
    shares = weekday_shares(listed)
    interval = _narrowed(interval, shares)
    return _publication(listed, interval, shares)


def _bounded(clues: Sequence[Clue]) -> _Interval:
    """Intersect the bounds; a clue that no other one may stand beside is left out, and so is the other."""
    bounding = [clue for clue in clues if (clue.earliest or clue.latest)]
    least = min((clue.latest for clue in bounding if clue.latest), default=date.max)
    most = max((clue.earliest for clue in bounding if clue.earliest), default=date.min)
    kept = [clue for clue in bounding if (clue.earliest or date.min) <= least and (clue.latest or date.max) >= most]
    earliest = max((clue.earliest for clue in kept if clue.earliest), default=None)
    latest = min((clue.latest for clue in kept if clue.latest), default=None)
    return _Interval(earliest, latest, [clue for clue in kept if clue.earliest == earliest or clue.latest == latest])


def _in_season(interval: _Interval, clues: Sequence[Clue]) -> _Interval:
    """Move the ends to the times of year that are possible; leave them when there is no such time between them."""
    stretches = [clue.season for clue in clues if clue.season]
    if not stretches or not is_possible(stretches):
        return interval
    earliest, latest = interval.earliest, interval.latest
    first = first_within(earliest, stretches) if earliest else None
    last = first_within(latest, stretches, -1) if latest else None
    if (earliest and not first) or (latest and not last) or (first and last and first > last):
        return interval
    return _Interval(first, last, [*interval.clues, *clues])


def _in_year(interval: _Interval, clues: Sequence[Clue]) -> _Interval:
    """Keep the days to which the nearest "May 28" is a Tuesday, where the text says "Tuesday, May 28"."""
    earliest, latest = interval.earliest, interval.latest
    if not clues or not earliest or not latest or (latest - earliest).days > 366 * _YEARS_TESTED:
        return interval
    days = (earliest + timedelta(days=count) for count in range((latest - earliest).days + 1))
    possible = [day for day in days if all(_fits(day, clue) for clue in clues)]
    return _Interval(possible[0], possible[-1], [*interval.clues, *clues]) if possible else interval


def _fits(day: date, clue: Clue) -> bool:
    other = nearest(day, clue.season[0]) if clue.season else None
    return other is not None and other.isoweekday() == clue.weekday


def _narrowed(interval: _Interval, shares: Sequence[float] | None) -> _Interval:
    """Take unlikely weekdays off the ends of a short interval."""
    days = _days(interval) if shares else []
    if not shares or not days:
        return interval
    total = sum(shares[day.weekday()] for day in days)
    likely = [day for day in days if shares[day.weekday()] >= _LEAST_SHARE * total]
    return interval._replace(earliest=likely[0], latest=likely[-1])


def _days(interval: _Interval) -> list[date]:
    """Return the days of an interval of a week at most, none of a longer or open one."""
    if not interval.earliest or not interval.latest:
        return []
    count = (interval.latest - interval.earliest).days + 1
    return [interval.earliest + timedelta(days=number) for number in range(count)] if count <= _SHORT_DAYS else []


def _publication(clues: Sequence[Clue], interval: _Interval, shares: Sequence[float] | None) -> Publication:
    days = _days(interval)
    weekday, share = _top(_by_weekday(days, shares), _WEEKDAY_SHARE)
    best, best_share = _top(_by_day(days, shares), _BEST_SHARE)
    named = [clue for clue in clues if clue.weekday and not clue.season] if weekday and shares else []
    rested = tuple(sorted({*interval.clues, *named}, key=_place))
    if not rested:
        return Publication(None, None, None, None, None, _nothing(clues), ())
    confidence = best_share or (share if len(days) != 1 else None) or _confidence(interval)
    name = _WEEKDAYS[weekday] if weekday is not None else None
    reason = ", ".join(sorted({clue.rule for clue in rested}))
    return Publication(interval.earliest, interval.latest, best, name, round(confidence, 2), reason, rested)


def _by_weekday(days: Sequence[date], shares: Sequence[float] | None) -> dict[int, float]:
    if not days:
        return dict(enumerate(shares or []))
    totals: dict[int, float] = {}
    for day, share in _by_day(days, shares).items():
        totals[day.weekday()] = totals.get(day.weekday(), 0) + share
    return totals


def _by_day(days: Sequence[date], shares: Sequence[float] | None) -> dict[date, float]:
    weights = {day: shares[day.weekday()] if shares else 1.0 for day in days}
    return {day: weight / sum(weights.values()) for day, weight in weights.items()}


def _top(shares: dict[_Key, float], least: float) -> tuple[_Key | None, float | None]:
    """Return the likeliest and how likely it is, if that is enough."""
    if not shares:
        return None, None
    found = max(shares, key=lambda key: shares[key])
    return (found, shares[found]) if shares[found] >= least else (None, None)


def _confidence(interval: _Interval) -> float:
    is_soft = any(clue.rule in _SOFT for clue in interval.clues)
    return _SOFT_CONFIDENCE if is_soft else _INTERVAL_CONFIDENCE


def _place(clue: Clue) -> tuple[str, int, str]:
    return clue.article_id or "", clue.raw_start or 0, repr(clue)


def _nothing(clues: Sequence[Clue]) -> str:
    if any(clue.earliest or clue.latest for clue in clues):
        return "the evidence contradicts itself"
    return "the evidence is too weak" if clues else "no evidence in the text"
