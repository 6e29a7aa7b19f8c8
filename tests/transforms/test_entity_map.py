"""Which entity each key means: stable over runs, whatever their order."""

from __future__ import annotations

import random

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.identity_world import ids, mapped, mentions_of
from transforms.identity.ids import new_entity_id

LINES = st.lists(
    st.sampled_from(
        [
            "GPE Kyiv; PERSON Rosa Lind; ORG Harbour Guild",
            "GPE Kiev; PERSON Rosa Lind; PERSON Lind = Rosa Lind",
            "PERSON Lind; ORG Harbour Guild",
            "PERSON Tomas Lind; ORG SHG; ORG Skarvholm Harbour Guild",
            "PERSON R. Lind; ORG SHG; GPE Kyiv",
            "ORG MSB",
        ]
    ),
    max_size=6,
)


def numbered(lines: list[str]) -> list[str]:
    """Give each line an article id."""
    return [f"{number}: {line}" for number, line in enumerate(lines)]


def test_each_key_founds_an_entity() -> None:
    """With as much evidence as there are mentions."""
    rows = mapped(mentions_of("a: GPE Kyiv; GPE Kyiv; ORG MSB")).to_pylist()
    names = ("entity_key", "entity_id", "own_entity_id", "rule", "joined_to", "evidence_count")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("GPE:kyiv", new_entity_id("GPE:kyiv"), new_entity_id("GPE:kyiv"), "own_name", None, 2),
        ("ORG:msb", new_entity_id("ORG:msb"), new_entity_id("ORG:msb"), "own_name", None, 1),
    ]


def test_a_merge_names_its_rule_and_the_key_it_joined() -> None:
    """The key with more mentions founds the entity."""
    [kiev, kyiv] = mapped(mentions_of("a: GPE Kiev", "b: GPE Kyiv * 2")).to_pylist()
    assert (kyiv["rule"], kyiv["entity_id"]) == ("own_name", kyiv["own_entity_id"])
    assert (kiev["rule"], kiev["joined_to"], kiev["entity_id"]) == ("same_place", "GPE:kyiv", kyiv["entity_id"])


def test_a_new_spelling_joins_and_no_id_moves() -> None:
    """However often the new one is seen."""
    first = mentions_of("a: GPE Kiev; PERSON Rosa Lind; ORG Harbour Guild", run_id="1")
    before = mapped(first)
    after = mapped(mentions_of("b: GPE Kyiv * 9; PERSON Dr. Rosa Lind; ORG Harbour Guild Ltd."), first, before)
    assert {key: ids(after)[key] for key in ids(before)} == ids(before)
    assert set(ids(after).values()) == set(ids(before).values())


def test_of_two_entities_that_become_one_the_older_id_stays() -> None:
    """The other one is found among the own ids."""
    first = mentions_of("a: ORG SHG", run_id="1")
    second = mentions_of("b: ORG Skarvholm Harbour Guild * 5", run_id="2")
    one = mapped(first)
    two = mapped(second, first, one)
    assert len(set(ids(two).values())) == 2
    three = mapped(mentions_of("c: ORG Skarvholm Harbour Guild; ORG SHG"), pa.concat_tables([first, second]), two)
    assert set(ids(three).values()) == {ids(one)["ORG:shg"]}
    gone = ids(two)["ORG:skarvholm harbour guild"]
    [row] = [row for row in three.to_pylist() if row["own_entity_id"] == gone]
    assert row["entity_id"] == ids(one)["ORG:shg"]


@given(LINES, LINES)
def test_two_runs_join_what_one_run_joins(first: list[str], second: list[str]) -> None:
    """Only ids may depend on what came first."""
    lines = numbered(first + second)
    known = mentions_of(*lines[: len(first)], run_id="1")
    new = mentions_of(*lines[len(first) :])
    twice = ids(mapped(new, known, mapped(known)))
    once = ids(mapped(mentions_of(*lines)))
    assert twice.keys() == once.keys()
    assert (
        len(set(zip(twice.values(), once.values(), strict=True))) == len(set(once.values())) == len(set(twice.values()))
    )


@given(LINES)
def test_a_rerun_changes_nothing(lines: list[str]) -> None:
    """All mentions known, nothing new."""
    known = mentions_of(*numbered(lines), run_id="1")
    once = mapped(
        known.set_column(known.schema.get_field_index("run_id"), "run_id", pa.nulls(known.num_rows, pa.string()))
    )
    assert mapped(mentions_of(), known, once).equals(once)


@given(LINES, st.randoms(use_true_random=False))
def test_order_is_no_input(lines: list[str], chance: random.Random) -> None:
    """Articles in any order give the same map."""
    articles = numbered(lines)
    assert mapped(mentions_of(*chance.sample(articles, len(articles)))).equals(mapped(mentions_of(*articles)))


def test_among_thousands_of_middle_names_the_name_without_one_is_nobodys() -> None:
    """A list of names costs time in proportion to its length."""
    names = [f"PERSON Rosa {chr(65 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}x Lind" for n in range(6000)]
    rows = mapped(mentions_of(f"a: {'; '.join(names)}; PERSON Rosa Lind * 2")).to_pylist()
    assert len({row["entity_id"] for row in rows}) == len(rows) == 6001
