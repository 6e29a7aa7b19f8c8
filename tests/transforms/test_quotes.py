"""The quotes stage: quotations of the same words share a group."""

from __future__ import annotations

import random
import re

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from transforms.quotes import quotes
from transforms.quoting.changes import changes
from transforms.quoting.wording import fold, group_id
from warehouse import schema

LONG = "“We will rebuild every bridge on the river before the first snow falls this winter,”"
ALTERED = '"We will rebuild every bridge on the river, before the first snow falls"'
OTHER = "“Nobody in this town has asked for a second bridge over the river,”"
WORDS = st.lists(
    st.sampled_from(["we", "will", "build", "the", "old", "bridge", "over", "a", "river", "again", "now"]),
    min_size=1,
    max_size=12,
)


def quotations(surfaces: list[str], article_ids: list[str] | None = None) -> pa.Table:
    """Build quotations, each in an article of its own unless told."""
    article_ids = article_ids or [f"a{number:06}" for number in range(len(surfaces))]
    return schema.QUOTATIONS.rows([
        {
            "article_id": article_id, "raw_start": 10 * number, "raw_end": 10 * number + len(surface),
            "surface": surface, "role": "body", "kind": "full",
        }
        for number, (article_id, surface) in enumerate(zip(article_ids, surfaces, strict=True))
    ])  # fmt: skip


def groups(surfaces: list[str], known: pa.Table | None = None) -> list[str]:
    """Return the group of each quotation, in order."""
    found = quotes(quotations(surfaces), known if known is not None else schema.QUOTES.empty())
    return [str(group) for group in found["quote_group_id"].to_pylist()]


def test_case_marks_and_spaces_do_not_matter() -> None:
    assert len(set(groups(["“Not now,”", '"not now."', "‘Not \u00a0NOW’"]))) == 1


def test_contractions_do_not_matter() -> None:
    assert len(set(groups(["“We’ve won. They don't know it.”", "“We have won. They do not know it.”"]))) == 1


def test_most_of_the_shorter_quotation_is_enough() -> None:
    first, altered, other = groups([LONG, ALTERED, OTHER])
    assert first == altered != other


def test_less_than_three_quarters_is_not_enough() -> None:
    first, half = groups([LONG, "“We will rebuild every bridge and every road and every school”"])
    assert first != half


def test_a_common_beginning_is_not_enough() -> None:
    first, other = groups(["“I do not want to answer,”", "“I do not want to hear it again from anybody,”"])
    assert first != other


def test_short_quotations_must_be_the_same() -> None:
    first, inside, again = groups([LONG, "“every bridge on the river”", "every bridge on the river"])
    assert first != inside == again


def test_quotations_of_one_article_share_a_group_too() -> None:
    found = quotes(quotations([LONG, LONG], ["a", "a"]), schema.QUOTES.empty())
    assert len(set(found["quote_group_id"].to_pylist())) == 1


def test_the_id_is_the_hash_of_the_longest_wording() -> None:
    assert groups([ALTERED, LONG]) == groups([LONG, ALTERED]) == [group_id(fold(LONG))] * 2
    assert len(group_id("")) == 16


def test_known_groups_keep_their_id_and_new_ones_join() -> None:
    known = quotes(quotations([LONG], ["z"]), schema.QUOTES.empty())
    assert groups([ALTERED, OTHER], known) == [group_id(fold(LONG)), group_id(fold(OTHER))]


def test_changes_stand_beside_the_wording_that_founded_the_group() -> None:
    known = quotes(quotations([LONG], ["z"]), schema.QUOTES.empty())
    rows = quotes(quotations([ALTERED, LONG, OTHER]), known).to_pylist()
    assert [row["changes"] for row in rows] == [
        "We will rebuild every bridge on the river, before the first snow falls [-this winter-]",
        None,
        None,
    ]


@given(WORDS, WORDS)
def test_changes_hold_both_wordings(before: list[str], after: list[str]) -> None:
    """What is left when the additions go is the first wording, when the omissions go the other."""
    found = changes(" ".join(before), " ".join(after))
    if before == after:
        assert found is None
        return
    assert found is not None
    assert re.sub(r"\{\+.*?\+\}|\[-|-\]", "", found).split() == before
    assert re.sub(r"\[-.*?-\]|\{\+|\+\}", "", found).split() == after


def test_a_wording_without_end_has_no_changes() -> None:
    assert changes("the " * 100_000, "the " * 100_001) is None


def test_a_second_run_over_the_same_rows_changes_nothing() -> None:
    rows = quotations([LONG, ALTERED, OTHER, "“Not now,”"])
    first = quotes(rows, schema.QUOTES.empty())
    assert quotes(rows, first).equals(first)


@given(st.lists(WORDS.map(" ".join), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(surfaces: list[str], chance: random.Random) -> None:
    rows = quotations(surfaces)
    order = list(range(len(surfaces)))
    chance.shuffle(order)
    mixed = schema.QUOTATIONS.rows([rows.slice(number, 1).to_pylist()[0] for number in order])
    known = quotes(quotations(surfaces[:3], ["k"] * len(surfaces[:3])), schema.QUOTES.empty())
    assert quotes(mixed, schema.QUOTES.rows(known.to_pylist()[::-1])).equals(quotes(rows, known))


@given(st.lists(WORDS.map(" ".join), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(surfaces: list[str], chance: random.Random) -> None:
    """Articles whose ids sort otherwise leave the same wordings together."""
    article_ids = [f"a{number:06}" for number in range(len(surfaces))]
    chance.shuffle(article_ids)
    mixed = quotes(quotations(surfaces, article_ids), schema.QUOTES.empty()).to_pylist()
    straight = quotes(quotations(surfaces), schema.QUOTES.empty()).to_pylist()
    assert {(row["surface"], row["quote_group_id"]) for row in mixed} == {
        (row["surface"], row["quote_group_id"]) for row in straight
    }


@given(st.lists(st.text(), max_size=5))
def test_any_text_has_a_group(surfaces: list[str]) -> None:
    found = quotes(quotations(surfaces), schema.QUOTES.empty())
    assert found.schema.equals(schema.QUOTES.arrow)
    assert found.num_rows == len(surfaces)


def test_a_common_phrase_joins_nothing() -> None:
    """Twenty thousand quotations that all share a phrase."""
    chance = random.Random(7)  # noqa: S311
    words = [f"word{number}" for number in range(3_000)]
    surfaces = [f"we are going to say that {' '.join(chance.choices(words, k=12))}" for _ in range(20_000)]
    assert len(set(groups(surfaces))) == len(surfaces)


def test_without_quotations_there_are_no_rows() -> None:
    assert quotes(schema.QUOTATIONS.empty(), schema.QUOTES.empty()).equals(schema.QUOTES.empty())
