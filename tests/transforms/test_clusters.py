"""An article's place among its copies, and among the versions of its story."""

from __future__ import annotations

import random

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.printings import OTHER, SENTENCES, STORY, Print, edges, places, tables
from transforms.clusters import clusters
from warehouse import schema


def joined(*pairs: tuple[str, str, str], share: float = 0.6) -> pa.Table:
    """Make edges between texts that share so much of each other."""
    measures = {"rule": "shingles", "containment": share, "other_containment": share}
    return schema.DUPLICATES.rows(
        [
            {"article_id": one, "other_article_id": other, "relation": relation, **measures}
            for one, other, relation in pairs
        ]
    )


def placed(names: str, *pairs: tuple[str, str, str]) -> dict[str, tuple[str, str]]:
    """Return cluster and story of articles printed on one day after the other, with these edges between them."""
    prints = [Print(name, f"text {name}", day) for day, name in enumerate(names)]
    empty = tables([]).articles
    rows = clusters(tables(prints).articles, empty, joined(*pairs), joined(), schema.CLUSTERS.empty()).to_pylist()
    return {row["article_id"]: (row["cluster_id"], row["story_id"]) for row in rows}


def test_copies_stand_together_under_the_first() -> None:
    """Strangers stand alone."""
    assert placed("abc", ("b", "a", "copy")) == {"a": ("a", "a"), "b": ("a", "a"), "c": ("c", "c")}


def test_a_bridge_does_not_chain() -> None:
    """Who is a copy of a copy only is no copy of the first."""
    assert {name: place[0] for name, place in placed("abc", ("b", "a", "copy"), ("c", "b", "copy")).items()} == {
        "a": "a",
        "b": "a",
        "c": "c",
    }


def test_the_same_words_do_chain() -> None:
    """What is the same as the same is the same, whichever of them was related to which."""
    assert {
        place[0] for place in placed("abcd", ("a", "d", "exact"), ("b", "d", "exact"), ("c", "d", "exact")).values()
    } == {"a"}
    assert placed("abc", ("b", "a", "exact"), ("c", "b", "copy"))["c"][0] == "a"


def test_other_text_at_the_same_place_is_another_story() -> None:
    """A version edge without common words says where a text stood, not what it tells."""
    articles = tables([Print("a", "text a", 1), Print("b", "text b", 2)]).articles
    edge = joined(("b", "a", "version"), share=0.05)
    rows = clusters(articles, articles.slice(0, 0), edge, joined(), schema.CLUSTERS.empty()).to_pylist()
    assert [row["story_id"] for row in rows] == ["a", "b"]


def test_a_copy_outside_the_cluster_is_in_the_story() -> None:
    """Who is a copy of a copy only tells the same all the same."""
    assert placed("abc", ("b", "a", "copy"), ("c", "b", "copy"))["c"] == ("c", "a")


def test_versions_share_a_story_not_a_cluster() -> None:
    """Over several steps; contained and shared passages do not count."""
    found = placed(
        "abcde", ("b", "a", "version"), ("c", "b", "version"), ("d", "a", "contains"), ("e", "a", "shared_passage")
    )
    assert found == {"a": ("a", "a"), "b": ("b", "a"), "c": ("c", "a"), "d": ("d", "d"), "e": ("e", "e")}


def test_what_many_have_in_common_is_no_story() -> None:
    """An outlet's own text makes versions of all that it prints; a text that is related to few keeps its story."""
    names = "abcdefghijklmnopq"
    page = [(name, "a", "version") for name in names[1:-1]]
    found = placed(names, *page, (names[-1], "b", "version"))
    assert {name: place[1] for name, place in found.items()} == dict(zip(names, names[:-1] + "b", strict=True))
    few = placed(names[:5], *page[:4])
    assert {place[1] for place in few.values()} == {"a"}


def test_a_passage_in_common_speaks_against_no_copy() -> None:
    """A cut reprint has less in common with other cut ones."""
    cut = [(name, "d", "shared_passage") for name in "efghi"]
    found = placed("abcdefghi", *((name, "a", "copy") for name in "bcdefghi"), *cut)
    assert {place[0] for place in found.values()} == {"a"}


def test_a_hundred_prints_are_one_cluster() -> None:
    """Whatever of their punctuation differs."""
    prints = [Print(f"p{number:03}", STORY + " —" * (number % 3)) for number in range(100)]
    rows = places(prints).to_pylist()
    assert {row["cluster_id"] for row in rows} == {"p002"}
    assert [row["article_id"] for row in rows if row["is_canonical"]] == ["p002"]


def test_the_canonical_article() -> None:
    """The earliest, by the clock too, else the longest, else the first by id; and why."""

    def canonical(*prints: Print) -> list[tuple[str, str]]:
        return [
            (row["article_id"], row["canonical_rule"])
            for row in places(list(prints)).to_pylist()
            if row["is_canonical"]
        ]

    longer = f"{STORY} — —"
    assert canonical(Print("a", STORY, 2), Print("b", STORY, 1)) == [("b", "earliest")]
    assert canonical(Print("a", longer, 0, hour=9), Print("b", STORY, 0, hour=7)) == [("b", "earliest")]
    assert canonical(Print("a", STORY, 1), Print("b", longer, 1)) == [("b", "longest")]
    assert canonical(Print("a", STORY), Print("b", STORY)) == [("a", "smallest_id")]
    assert canonical(Print("a", STORY), Print("b", OTHER, 1)) == [("a", "only"), ("b", "only")]


def test_known_places_stay() -> None:
    """An earlier print that arrives later joins the cluster, and may stand for it, but does not rename it."""
    known = [Print("m", STORY, 5), Print("n", OTHER, 5)]
    first = places(known)
    new = [Print("a", STORY, 1), Print("b", OTHER, 9)]
    rows = {row["article_id"]: row for row in places(new, known, edges(known), first).to_pylist()}
    assert {name: row["cluster_id"] for name, row in rows.items()} == {"a": "m", "b": "n", "m": "m", "n": "n"}
    assert rows["a"]["is_canonical"]
    assert not rows["m"]["is_canonical"]


def test_a_second_run_without_news_changes_nothing() -> None:
    """Known rows in, the same rows out."""
    known = [Print("a", STORY, 1), Print("b", " ".join(SENTENCES[:7]), 2), Print("c", OTHER)]
    first = places(known)
    assert places([], known, edges(known), first).equals(first)


def test_edges_to_articles_kept_out_by_a_check() -> None:
    """They lead nowhere, and are no error."""
    known = [Print("a", STORY, 1)]
    pairs = joined(("a", "gone", "version"), ("gone", "a", "copy"), ("b", "gone", "exact"))
    was = schema.CLUSTERS.rows(
        [
            {
                "article_id": name,
                "cluster_id": "gone",
                "story_id": "gone",
                "is_canonical": False,
                "canonical_rule": "only",
            }
            for name in ("a", "gone")
        ]
    )
    rows = clusters(
        tables([Print("b", OTHER)]).articles, tables(known).articles, joined(("b", "a", "version")), pairs, was
    ).to_pylist()
    assert [(row["article_id"], row["cluster_id"], row["story_id"]) for row in rows] == [
        ("a", "gone", "gone"),
        ("b", "b", "gone"),
    ]


NAMES = st.sampled_from("abcdefg")
EDGES = st.lists(
    st.tuples(NAMES, NAMES, st.sampled_from(["exact", "copy", "version"])).filter(lambda edge: edge[0] != edge[1]),
    max_size=10,
)


@settings(max_examples=60)
@given(EDGES, st.randoms(use_true_random=False))
def test_order_of_rows_is_no_input(pairs: list[tuple[str, str, str]], chance: random.Random) -> None:
    """Any graph over any articles is placed the same however its rows are ordered."""
    prints = [Print(name, f"text {name}", day % 3) for day, name in enumerate("abcdefg")]
    read, none = tables(prints).articles, tables([]).articles
    mixed = tables(chance.sample(prints, len(prints))).articles
    plain = clusters(read, none, joined(*pairs), joined(), schema.CLUSTERS.empty())
    assert clusters(mixed, none, joined(*chance.sample(pairs, len(pairs))), joined(), schema.CLUSTERS.empty()).equals(
        plain
    )
    assert [row["cluster_id"] for row in plain.to_pylist() if row["cluster_id"] == row["article_id"]] == sorted(
        set(plain["cluster_id"].to_pylist())
    )
    assert sum(plain["is_canonical"].to_pylist()) == len(set(plain["cluster_id"].to_pylist()))
