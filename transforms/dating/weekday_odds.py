"""The weekday of publication: what the weekdays an article names make likely."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from transforms.dating.clue import Clue
from transforms.dating.odds import BRACKET, FIRST, NAMED, WEEKDAYS, WITHOUT_AGENCY, Row

_NONE: Row = (0.0,) * 7


def weekday_shares(clues: Iterable[Clue]) -> list[float] | None:
    """Return how likely Monday to Sunday are (their sum is 1), or None when no clue names a bare weekday.

    >>> shares = weekday_shares([Clue("weekday_said", 80, 86, weekday=5)])
    >>> max(range(7), key=lambda number: shares[number]) + 1
    5
    """
    listed = list(clues)
    named = sorted((clue for clue in listed if clue.rule in NAMED and clue.weekday), key=_place)
    if not named:
        return None
    trust = 1.0 if any(clue.rule == "agency_dateline" for clue in listed) else WITHOUT_AGENCY
    odds = list(WEEKDAYS)
    for (rule, weekday), count in sorted(Counter((clue.rule, clue.weekday) for clue in named).items()):
        _add(odds, NAMED[rule], weekday or 1, math.sqrt(count))
    _add(odds, FIRST.get(named[0].rule, _NONE), named[0].weekday or 1, 1)
    for weekday in _bracketed(named):
        _add(odds, BRACKET, weekday, 1)
    weights = [math.exp(trust * value) for value in odds]
    return [weight / sum(weights) for weight in weights]


def _place(clue: Clue) -> tuple[int, str, int]:
    return clue.raw_start or 0, clue.rule, clue.weekday or 1


def _add(odds: list[float], row: Row, weekday: int, weight: float) -> None:
    for days, value in enumerate(row):
        odds[(weekday - 1 + days) % 7] += weight * value


def _bracketed(named: Sequence[Clue]) -> list[int]:
    """Return the late past weekdays whose day after next is to come, the one between not being named."""
    every = {clue.weekday or 1 for clue in named}
    late = {clue.weekday or 1 for clue in named if clue.rule == "weekday_late"}
    future = {clue.weekday for clue in named if clue.rule == "weekday_future"}
    return sorted(day for day in late if (day + 1) % 7 + 1 in future and day % 7 + 1 not in every)
