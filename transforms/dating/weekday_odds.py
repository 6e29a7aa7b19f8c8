"""The weekday of publication: what the weekdays an article names make likely.

The table `weekday_odds.csv` holds, for each kind of evidence that names a weekday, the log odds of publication 0 to 6
days after it; `python -m benchmarks.weekdays` learns it from dated stories by conditional logistic regression.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from transforms.dating.clue import Clue

Row = tuple[float, ...]

MANNERS = frozenset({
    "weekday_said", "weekday_past", "weekday_late", "weekday_earlier", "weekday_future", "weekday_open",
    "weekday_span", "weekday_limit", "weekday_adjective", "weekday_last", "weekday_next",
})  # fmt: skip
_PAST = frozenset({"weekday_said", "weekday_past", "weekday_late"})
_LEAD = 250
_WITHOUT_AGENCY = 0.8
"""What all odds are multiplied by where no agency's dateline stands: such texts may be dated a day or more later."""
_NEXT_DAY_SHARE = 0.07
"""How many stories go out a day after the one they are written as of, whatever they say: those of the night."""


class Evidence(NamedTuple):
    """A kind of evidence, the weekday it names (Monday = 1), and how much it counts."""

    kind: str
    weekday: int
    weight: float = 1.0


def weekday_shares(clues: Iterable[Clue]) -> list[float] | None:
    """Return how likely Monday to Sunday are (their sum is 1), or None when no clue names a bare weekday.

    >>> shares = weekday_shares([Clue("weekday_said", 80, 86, weekday=5)])
    >>> max(range(7), key=lambda number: shares[number]) + 1
    5
    """
    listed = list(clues)
    found = evidence(listed)
    if not found:
        return None
    trust = 1.0 if any(clue.rule == "agency_dateline" for clue in listed) else _WITHOUT_AGENCY
    odds = [0.0] * 7
    for kind, weekday, weight in found:
        for days, value in enumerate(_odds()[kind]):
            odds[(weekday - 1 + days) % 7] += trust * weight * value
    weights = [math.exp(value) for value in odds]
    shares = [weight / sum(weights) for weight in weights]
    return [(1 - _NEXT_DAY_SHARE) * share + _NEXT_DAY_SHARE * shares[day - 1] for day, share in enumerate(shares)]


@cache
def _odds() -> dict[str, Row]:
    table = files("transforms.dating").joinpath("weekday_odds.csv").read_text(encoding="utf-8")
    _, *rows = csv.reader(table.splitlines())
    return {kind: tuple(map(float, values)) for kind, *values in rows}


def evidence(clues: Sequence[Clue]) -> list[Evidence]:
    """Return what the clues of an article that name a bare weekday say together; nothing where none does."""
    named = sorted((clue for clue in clues if clue.rule in MANNERS and clue.weekday), key=_place)
    if not named:
        return []
    counts = sorted(Counter((clue.rule, clue.weekday or 1) for clue in named).items())
    # A manner that comes n times tells as much as the square root of n.
    found = [Evidence(rule, weekday, math.sqrt(count)) for (rule, weekday), count in counts]
    found.append(Evidence(f"first_{named[0].rule}", named[0].weekday or 1))
    past = [clue for clue in named if clue.rule in _PAST]
    return [*found, *(_of_past(clues, named, past) if past else ()), Evidence("any", 1)]


def _place(clue: Clue) -> tuple[int, str, int]:
    return clue.raw_start or 0, clue.rule, clue.weekday or 1


def _of_past(clues: Sequence[Clue], named: Sequence[Clue], past: Sequence[Clue]) -> Iterator[Evidence]:
    """Yield what the weekdays told of as past say by their order, their number and the days around them."""
    first = past[0].weekday or 1
    yield Evidence("past_first", first)
    yield Evidence("past_last", past[-1].weekday or 1)
    yield Evidence("past_most", Counter(clue.weekday or 1 for clue in past).most_common(1)[0][0])
    if len({clue.weekday for clue in named}) == 1:
        yield Evidence("only_day", first)
    if _is_in_lead(clues, named, past[0]):
        yield Evidence("in_lead", first)
    if any(clue.rule == "eastern_dateline" for clue in clues):
        yield Evidence("eastern", first)
    yield from _around(named, past)


def _is_in_lead(clues: Sequence[Clue], named: Sequence[Clue], first: Clue) -> bool:
    """Whether a past weekday stands close behind the dateline; without one, whether no other is named before it."""
    agency = next((clue for clue in clues if clue.rule == "agency_dateline"), None)
    if agency is None:
        return first == named[0]
    return (first.raw_start or 0) - (agency.raw_end or 0) <= _LEAD


def _around(named: Sequence[Clue], past: Sequence[Clue]) -> Iterator[Evidence]:
    """Yield what a past weekday says beside the one before it, or beside the next or the next but one to come."""
    every = {clue.weekday or 1 for clue in named}
    future = {clue.weekday or 1 for clue in named if clue.rule == "weekday_future"}
    told = {clue.weekday or 1 for clue in past}
    late = {clue.weekday or 1 for clue in past if clue.rule == "weekday_late"}
    for day in sorted(told):
        before, after, next_but_one = (day - 2) % 7 + 1, day % 7 + 1, (day + 1) % 7 + 1
        if before in told:
            yield Evidence("later_of_two", day)
        if after in future:
            yield Evidence("tomorrow_named", day)
        if next_but_one in future and after not in every:
            yield Evidence("late_bracket" if day in late else "bracket", day)
