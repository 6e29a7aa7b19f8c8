"""Words for the people of a country and what is theirs, and for other groups of people: `demonyms.csv`."""

from __future__ import annotations

from functools import cache

from transforms.gazetteer.spelling import rows, spellings

_NO_PLURAL = ("ese", "ish", "ch", "men", "s")


def demonym(name: str) -> str | None:
    """Return the country code of a nationality; None for no demonym, or one of no country alone.

    >>> demonym("Portuguese"), demonym("Danes"), demonym("Korean"), demonym("polish")
    ('PT', 'DK', None, None)
    """
    return next((_codes()[spelling] or None for spelling in spellings(name) if spelling in _codes()), None)


def is_demonym(name: str) -> bool:
    """Whether a name means people or what is theirs, by nationality, region, religion or party.

    >>> is_demonym("Korean"), is_demonym("Korea")
    (True, False)
    """
    return any(spelling in _codes() for spelling in spellings(name))


def demonym_names() -> frozenset[str]:
    """Return every demonym, as it is written."""
    return frozenset(_codes())


@cache
def _codes() -> dict[str, str]:
    singular = {row["name"]: row["code"] for row in rows("transforms.gazetteer", "demonyms.csv")}
    plural = {f"{name}s": code for name, code in singular.items() if not name.endswith(_NO_PLURAL)}
    return plural | singular
