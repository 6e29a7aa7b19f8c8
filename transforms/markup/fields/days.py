"""The vote on the day a page was published."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from transforms.markup.fields.statement import Statement
from transforms.published import is_near, moment, url_day

_RANKS = (
    "json-ld datePublished",
    "meta article:published_time",
    "itemprop datepublished",
    "property datepublished",
    "time published",
    "meta",
    "json-ld uploadDate",
    "time",
    "",
)
_FAMILY = re.compile(r"\S+(?: (?:article|dc|dcterms|citation|parsely))?")
_MOST = 40


class _Day(NamedTuple):
    day: date
    statement: Statement

    @property
    def family(self) -> str:
        """What kind of mark-up states it: two tags of one kind are one sign."""
        found = _FAMILY.match(self.statement.source)
        return found.group() if found else ""


def stated_day(stated: Sequence[Statement], found: Mapping[str, dict[str, str] | None]) -> dict[str, str] | None:
    """Return {value, source} of the publication day, with `differs` where another source states another day.

    The surest source wins, unless it stands alone against a day on which two other kinds of sources, or one and the
    page's address, agree. `found` are the page's other fields: its url, language and modified.
    """
    language, url = (field["value"] if (field := found.get(name)) else None for name in ("language", "url"))
    days = [
        _Day(read[0], statement)
        for statement in sorted(stated[:_MOST], key=_rank)
        if (read := moment(statement.value, language)) and _is_set(statement.value)
    ]
    addressed = url_day(url)
    if not days:
        return _by_address(url, addressed, found.get("modified"), language)
    best = next((day for day in days if _support(day, days, addressed) > 1), days[0])
    others = [f"{day.statement.source} {day.day}" for day in days if not is_near(day.day, best.day)]
    return {"value": best.statement.value, "source": best.statement.source} | ({"differs": others[0]} if others else {})


def _rank(statement: Statement) -> int:
    return next(number for number, source in enumerate(_RANKS) if statement.source.startswith(source))


def _is_set(value: str) -> bool:
    """Whether a date is none that programs put where they know none."""
    return not value.strip().startswith(("1970-01-01", "0001", "1900-01-01"))


def _support(day: _Day, days: Sequence[_Day], addressed: date | None) -> int:
    """Count the kinds of sources that state a day."""
    kinds = {other.family for other in days if is_near(other.day, day.day)}
    return len(kinds) + (addressed is not None and is_near(addressed, day.day))


def _by_address(
    url: str | None, addressed: date | None, modified: dict[str, str] | None, language: str | None
) -> dict[str, str] | None:
    """Return the day in the page's address where the page was changed on it."""
    changed = moment(modified["value"], language) if modified else None
    if url and addressed and changed and is_near(changed[0], addressed):
        return {"value": addressed.isoformat(), "source": "url"}
    return None
