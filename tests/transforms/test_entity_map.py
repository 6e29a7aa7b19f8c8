"""Which entity each key means."""

from __future__ import annotations

import random

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from transforms.entity_map import entity_map, new_entity_id
from warehouse import schema

KEYS = st.lists(st.sampled_from(["GPE:kyiv", "GPE:kiev", "PERSON:rosa lind", "ORG:msb"]), max_size=8)


def keys(names: list[str]) -> pa.Table:
    """Make the column the stage reads."""
    return pa.table({"entity_key": pa.array(names, pa.string())})


def mapped(new: list[str], known: list[str] | None = None, known_map: pa.Table | None = None) -> pa.Table:
    """Map keys."""
    return entity_map(keys(new), keys(known or []), schema.ENTITY_MAP.empty() if known_map is None else known_map)


def test_each_key_founds_an_entity() -> None:
    """With as much evidence as there are mentions."""
    rows = mapped(["GPE:kyiv", "GPE:kyiv", "ORG:msb"]).to_pylist()
    assert [(row["entity_key"], row["entity_id"], row["rule"], row["evidence_count"]) for row in rows] == [
        ("GPE:kyiv", new_entity_id("GPE:kyiv"), "own_name", 2),
        ("ORG:msb", new_entity_id("ORG:msb"), "own_name", 1),
    ]


def test_settled_keys_stay_where_they_are() -> None:
    """A merge of an earlier run holds, with its rule, and its evidence counts on."""
    merged = schema.ENTITY_MAP.rows(
        [{"entity_key": "GPE:kiev", "entity_id": new_entity_id("GPE:kyiv"), "rule": "alias_file", "evidence_count": 1}]
    )
    [kiev, kyiv] = mapped(["GPE:kiev", "GPE:kyiv"], ["GPE:kiev"], merged).to_pylist()
    assert (kiev["entity_id"], kiev["rule"], kiev["evidence_count"]) == (kyiv["entity_id"], "alias_file", 2)


@given(KEYS, KEYS)
def test_two_runs_map_as_one(first: list[str], second: list[str]) -> None:
    """Keys are stable: it does not matter in which run they came."""
    assert mapped(second, first, mapped(first)).equals(mapped(first + second))


@given(KEYS, st.randoms(use_true_random=False))
def test_order_is_no_input(names: list[str], chance: random.Random) -> None:
    """Rows in any order give the same map."""
    assert mapped(chance.sample(names, len(names))).equals(mapped(names))
