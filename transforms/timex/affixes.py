"""What may stand before or after an expression and belongs to its span."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from transforms.timex.counts import COUNT_OR_ARTICLE, SPACE
from transforms.timex.forms import (
    Century,
    Coming,
    Day,
    Decade,
    Duration,
    FiscalYear,
    Form,
    Half,
    Month,
    NamedDay,
    NamedShift,
    Offset,
    OfYear,
    Quarter,
    Season,
    Shift,
    Time,
    Weekday,
    Weekend,
    Year,
)
from transforms.timex.rule import ANY_WEEKDAY, Match, either
from transforms.timex.words import PARTS_OF_DAY, WEEKDAY_NUMBERS, Direction


class Prefix(NamedTuple):
    """Words before a form of one of `forms`; `apply` adds what they say to the form."""

    heads: str
    pattern: re.Pattern[str]
    forms: tuple[type[Form], ...]
    apply: Callable[[Match, Form], Form] = lambda _, form: form
    direction: Direction | None = None


def _on_weekday(match: Match, form: Form) -> Form:
    return form._replace(weekday=WEEKDAY_NUMBERS[match["weekday"].lower()]) if isinstance(form, Day) else form


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(f"(?ai:{words})")


_CALENDAR = (
    Month, Quarter, Half, Season, Year, Decade, Shift, Weekday, Weekend, Coming, Day, NamedShift, OfYear, NamedDay,
    FiscalYear,
)  # fmt: skip
_BOUNDS = f"more{SPACE}than|less{SPACE}than|at{SPACE}least|at{SPACE}most|up{SPACE}to|no{SPACE}more{SPACE}than"
_ABOUT = "about|around|nearly|almost|over|under|roughly|approximately"

_ALL = (
    Prefix(
        " ".join(WEEKDAY_NUMBERS),
        _pattern(rf"{ANY_WEEKDAY}(?:,(?:{SPACE})?|{SPACE})(?:the{SPACE})?(?=[0-9]|(?-i:[A-Z]))"),
        (Day,),
        _on_weekday,
    ),
    Prefix(
        "more less at up no about around nearly almost over under roughly approximately",
        _pattern(rf"(?:{_BOUNDS}|{_ABOUT}){SPACE}(?={COUNT_OR_ARTICLE}\b)"),
        (Duration, Offset, Time),
    ),
    Prefix(
        "early late mid sometime midway",
        _pattern(rf"(?:early|late|mid|sometime)(?:-|{SPACE})"),
        (*_CALENDAR, Time),
    ),
    Prefix("earlier", _pattern(rf"earlier{SPACE}"), (Shift, Time, NamedShift, OfYear), direction="past"),
    Prefix("later", _pattern(rf"later{SPACE}"), (Shift, Time, NamedShift, OfYear), direction="future"),
    Prefix("earlier later", _pattern(rf"(?:earlier|later){SPACE}"), _CALENDAR),
    Prefix("earlier later", _pattern(rf"(?:earlier|later){SPACE}in{SPACE}"), (Month, Year, Quarter, Decade, Half)),
    Prefix("the", _pattern(rf"the{SPACE}(?:early|late|mid)(?:-|{SPACE})"), (*_CALENDAR, Century)),
    Prefix("the", _pattern(rf"the{SPACE}(?:early|small|first){SPACE}hours{SPACE}of{SPACE}"), (Weekday, Day, Shift)),
    Prefix(
        "the end beginning start middle",
        _pattern(
            rf"(?:the{SPACE})?(?:very{SPACE})?(?:end|beginning|start|middle){SPACE}of{SPACE}|"
            rf"the{SPACE}(?:rest|close|turn|remainder|course|whole|summer|fall|winter|spring|autumn"
            rf"|(?:first|second|latter){SPACE}(?:half|part)|(?:early|latter){SPACE}part){SPACE}of{SPACE}"
        ),
        (Month, Year, Shift, Weekend, Coming, Quarter, Half, Season, Decade, OfYear, NamedShift, FiscalYear),
    ),
)  # fmt: skip


def _by_head() -> dict[str, tuple[Prefix, ...]]:
    heads: defaultdict[str, list[Prefix]] = defaultdict(list)
    for prefix in _ALL:
        for head in prefix.heads.split():
            heads[head].append(prefix)
    return {head: tuple(prefixes) for head, prefixes in heads.items()}


PREFIXES = _by_head()
"""Lower-case first word to the prefixes that may stand there."""
PART_OF_DAY = re.compile(rf"(?ai:{SPACE}(?P<part>{either(PARTS_OF_DAY)}))(?![\w-])")
TIME_AHEAD = re.compile(rf"(?ai:,?{SPACE}(?:at{SPACE})?(?=[0-9nm]))")
DAY_AHEAD = re.compile(rf"(?ai:,?{SPACE}(?:on{SPACE})?(?=[A-Z0-9]|(?:an?|one){SPACE}[A-Z]))")
