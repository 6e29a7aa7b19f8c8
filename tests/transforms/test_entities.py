"""One row for each entity, under its best name."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pytest

from transforms.entities import best_name, entities
from transforms.entity_map import entity_map, new_entity_id
from warehouse import schema

COLUMNS = ("entity_key", "label", "surface")


def named(*seen: tuple[str, str, str]) -> pa.Table:
    """Make mentions: key, label, surface."""
    return pa.table({name: pa.array([row[at] for row in seen], pa.string()) for at, name in enumerate(COLUMNS)})


def rows_of(new: pa.Table, known: pa.Table) -> list[tuple[str, str, str]]:
    """Return id, name and type of the entities."""
    mapping = entity_map(new.select(["entity_key"]), known.select(["entity_key"]), schema.ENTITY_MAP.empty())
    return [(row["entity_id"], row["name"], row["type"]) for row in entities(new, known, mapping).to_pylist()]


LIND = "PERSON:rosa lind"
SEEN = [
    (LIND, "PERSON", "Lind"),
    (LIND, "PERSON", "Lind"),
    (LIND, "PERSON", "Rosa\u00a0Li\u00adnd"),
    ("GPE:vigra", "GPE", "VIGRA"),
    ("GPE:vigra", "GPE", "Vigra"),
    ("GPE:vigra", "GPE", "Vigra"),
]


def test_one_row_an_entity() -> None:
    """The fullest spelling, without what nobody sees; whichever run saw it."""
    expected = sorted([(new_entity_id(LIND), "Rosa Lind", "PERSON"), (new_entity_id("GPE:vigra"), "Vigra", "GPE")])
    assert rows_of(named(*SEEN), named()) == expected
    assert rows_of(named(*SEEN[:2]), named(*SEEN[2:])) == expected


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        ({"Costa": 9, "Ana Costa": 2, "ANA COSTA": 1}, "Ana Costa"),
        ({"Kyiv": 2, "KYIV": 2}, "KYIV"),
        ({"U.S.": 5, "US": 3}, "U.S."),
        ({"Rosa-Lind": 1, "Rosa Lind": 1}, "Rosa Lind"),
    ],
)
def test_best_name(spellings: dict[str, int], name: str) -> None:
    """Most words, then most often, then first in code point order."""
    assert best_name(Counter(spellings)) == name
