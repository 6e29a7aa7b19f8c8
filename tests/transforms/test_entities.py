"""One row for each entity, under its best name."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pytest

from tests.transforms.identity_world import NONE, mapped, mentions_of
from transforms.entities import best_name, entities
from transforms.identity.ids import new_entity_id


def rows_of(new: pa.Table, known: pa.Table) -> list[tuple[str, str, str]]:
    """Return id, name and type of the entities."""
    rows = entities(new, known, mapped(new, known)).to_pylist()
    return [(row["entity_id"], row["name"], row["type"]) for row in rows]


def test_one_row_an_entity() -> None:
    """The full name, without what nobody sees; whichever run saw it."""
    seen = ("a: PERSON Lind = Rosa Lind * 2", "b: PERSON Rosa\u00a0Li\u00adnd = Rosa Lind; GPE VIGRA; GPE Vigra * 2")
    lind, vigra = new_entity_id("PERSON:rosa lind"), new_entity_id("GPE:vigra")
    expected = sorted([(lind, "Rosa Lind", "PERSON"), (vigra, "Vigra", "GPE")])
    assert rows_of(mentions_of(*seen), NONE) == expected
    assert rows_of(mentions_of(seen[0]), mentions_of(seen[1], run_id="1")) == expected


@pytest.mark.parametrize(
    ("spellings", "label", "name"),
    [
        ({"Costa": 9, "Ana Costa": 2, "ANA COSTA": 1}, "PERSON", "Ana Costa"),
        ({"Kyiv": 2, "KYIV": 2}, "GPE", "Kyiv"),
        ({"U.S.": 5, "US": 3}, "GPE", "U.S."),
        ({"OSTRAND": 2}, "GPE", "Ostrand"),
        ({"OSTRAND": 5, "Ostrand": 1}, "GPE", "Ostrand"),
        ({"ROSA LIND": 2}, "PERSON", "Rosa Lind"),
        ({"SHG": 2}, "GPE", "SHG"),
        ({"VIGRA": 2}, "ORG", "VIGRA"),
        ({"Rosa-Lind": 1, "Rosa Lind": 1}, "PERSON", "Rosa Lind"),
        ({"SHG": 9, "Skarvholm Harbour Guild": 1}, "ORG", "Skarvholm Harbour Guild"),
        ({"SHG": 99, "Skarvholm Harbour Guild": 1}, "ORG", "SHG"),
        ({"Harbour Papers": 3, "Harbour Papers Reveal A Debt": 1}, "WORK", "Harbour Papers"),
    ],
)
def test_best_name(spellings: dict[str, int], label: str, name: str) -> None:
    """Most often; full names of people and long forms of acronyms before short ones."""
    assert best_name(Counter(spellings), label) == name
