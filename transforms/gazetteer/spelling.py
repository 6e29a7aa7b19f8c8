"""How names of places are spelled, and read from tables."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

_SMALL = frozenset(("and", "da", "de", "del", "do", "of", "on", "the", "upon"))
_MAC = re.compile(r"\bMc([a-z])")
_SHORTEST_CAPITALS = 4
"""A shorter word in capitals is an abbreviation."""


def rows(package: str, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file of a package."""
    yield from csv.DictReader(files(package).joinpath(name).read_text("utf-8").splitlines())


@lru_cache(maxsize=65536)
def spellings(name: str) -> tuple[str, ...]:
    """Return the spellings under which a written name is looked up, the likeliest first.

    >>> spellings("the Gambia"), spellings("BURKINA FASO"), spellings("US")
    (('Gambia',), ('BURKINA FASO', 'Burkina Faso'), ('US',))
    """
    name = spelling(name)
    return tuple(dict.fromkeys((name, in_small_letters(name))))


def in_small_letters(name: str) -> str:
    """Return a name all in capitals, and no abbreviation, as it is usually written.

    >>> in_small_letters("RIO DE JANEIRO"), in_small_letters("UAE"), in_small_letters("Vigra")
    ('Rio de Janeiro', 'UAE', 'Vigra')
    >>> in_small_letters("IAN MCDONALD")
    'Ian McDonald'
    """
    if not name.isupper() or len(name) < _SHORTEST_CAPITALS or "." in name:
        return name
    return " ".join(word.lower() if word.lower() in _SMALL else _capitalised(word) for word in name.split())


def _capitalised(word: str) -> str:
    return _MAC.sub(lambda found: f"Mc{found[1].upper()}", word.title())


def spelling(name: str) -> str:
    """Return a name with plain apostrophes and spaces, without its article."""
    return " ".join(name.replace("’", "'").split()).removeprefix("the ").removeprefix("The ")


def plain(name: str) -> str:
    """Return a name without accents.

    >>> plain("Türkiye")
    'Turkiye'
    """
    apart = unicodedata.normalize("NFD", name)
    return "".join(character for character in apart if not unicodedata.combining(character))
