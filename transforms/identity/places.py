"""Which place of the gazetteer a name means, where that is sure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from transforms.gazetteer import City, cities, country, territory
from transforms.identity.name import Name
from transforms.identity.tables import ambiguous_places
from transforms.names import folded

_LARGER = 5
"""A city is meant where it has this many times the people of the next one of its name."""


class Place(NamedTuple):
    """A place: country, city or territory, and its code, GeoNames id or name."""

    kind: str
    number: str


def place_of(name: Name) -> Place | None:
    """Return the place a name of a GPE or LOC means; None where it is unknown or may be several."""
    return _place(name.surface, name.label) if name.label in ("GPE", "LOC") else None


@lru_cache(maxsize=65536)
def _place(surface: str, label: str) -> Place | None:
    land, part, city = country(surface), territory(surface), sure_city(surface) if label == "GPE" else None
    if land and part:
        return None
    if land:
        return Place("country", land.code)
    if part:
        return None if city else Place("territory", part.name)
    return Place("city", str(city.geoname_id)) if city else None


def sure_city(surface: str) -> City | None:
    """Return the city of a name that is far larger than all others of that name."""
    found = cities(surface)
    if not found or (len(found) > 1 and found[0].population < _LARGER * found[1].population):
        return None
    return found[0]


class Location(NamedTuple):
    """Where a place is: country code, and for a city degrees; `is_country` where the place is that country."""

    country: str | None
    latitude: float | None
    longitude: float | None
    is_country: bool


def located(label: str, surfaces: Iterable[str]) -> Location | None:
    """Return where the place is that all known ones of the spellings mean; None where they mean none or several.

    `data/ambiguous_places.csv` lists names that are a place and something else as often; only a name of several words
    tells.
    """
    if label not in ("GPE", "LOC"):
        return None
    sure = sorted(surface for surface in surfaces if folded(surface) not in ambiguous_places())
    found = {place: surface for surface in sure if (place := _place(surface, label))}
    if len(found) != 1:
        return None
    [(place, surface)] = found.items()
    return _location(place, surface)


def _location(place: Place, surface: str) -> Location:
    if place.kind == "country":
        return Location(place.number, None, None, is_country=True)
    if place.kind == "territory":
        part = territory(surface)
        return Location(part.country if part else None, None, None, is_country=False)
    city = sure_city(surface)
    if city is None:
        return Location(None, None, None, is_country=False)
    return Location(city.country, city.latitude, city.longitude, is_country=False)
