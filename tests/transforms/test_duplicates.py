"""How articles are related, by texts made for it."""

from __future__ import annotations

import json
import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.printings import OTHER, SENTENCES, STORY, Print, edges, given_id, relations, tables
from transforms.duplicates import duplicates
from transforms.relating.relation import Measures, relate
from warehouse.errors import FingerprintError

FIRST = Print("a", STORY, 1)
FURNITURE = " Subscribe to our letter for more tales of the sea. Our readers liked a history of piers. "
REWORDED = " ".join(
    (
        *SENTENCES[:5],
        *(
            "Inspectors sent by the state wait for calmer seas so that a diver can fetch what the bridge recorded.",
            "Nobody knows yet why the rudder, overhauled seven years ago, would not answer when it was most needed.",
            "On the islands people have begun to share cars to the one harbour that is still served twice each day.",
        ),
    )
)


def relation_to_first(text: str) -> str | None:
    """Return how a later text relates to the story."""
    found = relations([FIRST, Print("b", text, 2)])
    assert len(found) <= 1
    return next(iter(found))[2] if found else None


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (STORY, "exact"),
        (STORY.upper().replace(",", ""), "exact"),
        (f"{FURNITURE}{' '.join(SENTENCES[:6])}{FURNITURE}", "copy"),
        (STORY.replace("on Tuesday evening", "on Tuesday").replace("told of", "spoke of"), "copy"),
        (REWORDED, "version"),
        (f"{STORY} {OTHER} {' '.join(f'Note {n}: page {n * 7} of the yearbook.' for n in range(20))}", "contains"),
        (f"{OTHER} {' '.join(SENTENCES[2:4])}", "shared_passage"),
        (OTHER, None),
        ("", None),
        ("Rain", None),
    ],
    ids=[
        "exact",
        "other dress",
        "cut short in furniture",
        "edited",
        "version",
        "contains",
        "passage",
        "other",
        "empty",
        "word",
    ],
)
def test_relations(text: str, relation: str | None) -> None:
    """What a reader would call the second text."""
    assert relation_to_first(text) == relation


def test_a_template_with_other_names_is_no_copy() -> None:
    """Notices that differ in every name and figure tell of different things."""
    template = (
        "The county court at {} has fined the company {} the sum of {} euros for leaving its boats at the public quay "
        "of {} for {} days without a permit, the clerk {} said, and has ordered it to move them before the end of {}"
    )
    first = template.format("Ostrand", "Fjordline", "4,200", "Vigra", "31", "Anna Moe", "April")
    second = template.format("Halden", "Sundbo", "9,650", "Kalvoy", "12", "Per Lie", "June")
    found = relations([Print("a", first), Print("b", second)])
    assert not {relation for _, _, relation in found} & {"exact", "copy"}


def test_names_outside_the_common_text_tell_a_template_too() -> None:
    """Where what is common names nobody, what stands around it does."""
    form = " ".join(SENTENCES[1:4]).lower().replace("fjordline", "its owner")
    first = f"{form} Lot 31 went to Anna Moe of Vigra for 4,200 euros."
    second = f"{form} Lot 95 went to Per Lie of Kalvoy for 9,650 euros."
    assert {relation for _, _, relation in relations([Print("a", first), Print("b", second)])} == {"shared_passage"}


def test_one_number_tells_no_template() -> None:
    """A long text without names is a copy of the same with another figure."""
    form = f"{STORY} {OTHER}".lower().translate(dict.fromkeys(range(ord("0"), ord("9") + 1), None))
    found = relations([Print("a", f"{form} page 7 {form[::-1]}", 1), Print("b", f"{form} page 9 {form[::-1]}", 2)])
    assert found == {("b", "a", "copy")}


@pytest.mark.parametrize(
    ("measures", "relation"),
    [
        (Measures(0.95, 0.9, 0.86, 0.0, 0.02, 0.05, 0.9, 1.0, 80), "copy"),
        (Measures(0.77, 0.62, 0.5, 0.14, 0.2, 0.05, 0.7, 0.5, 80), "version"),
        (Measures(0.55, 0.2, 0.2, 0.4, 0.8, 0.1, 0.4, 0.9, 40), "shared_passage"),
        (Measures(0.55, 0.3, 0.2, 0.4, 0.7, 0.1, 0.4, 0.3, 40), "version"),
        (Measures(0.16, 0.05, 0.05, 0.8, 0.9, 0.1, 0.2, 0.9, 5), None),
    ],
    ids=["a reprint", "own text on both sides", "a quotation in both", "old paragraphs among new", "a turn of phrase"],
)
def test_relations_of_cleaned_texts(measures: Measures, relation: str | None) -> None:
    """By the clean text alone: what an outlet puts around it is gone."""
    assert relate(measures, 140, 160, has_frame=False) == relation


def test_nothing_in_common_is_nothing() -> None:
    """Empty texts are not each other's copies; one-word texts are, if the word is the same."""
    assert relations([Print("a", ""), Print("b", ""), Print("c", "—")]) == set()
    assert relations([Print("a", "Rain", 1), Print("b", "rain.", 2), Print("c", "Sun")]) == {("b", "a", "exact")}


def test_the_later_article_comes_first() -> None:
    """By day, then by the clock; an article without either is later; then by run; then by id."""
    assert relations([Print("a", STORY, 0, hour=9), Print("b", STORY, 0, hour=7)]) == {("a", "b", "exact")}
    assert relations([Print("a", STORY, 0), Print("b", STORY, 0, hour=7)]) == {("a", "b", "exact")}
    assert relations([Print("a", STORY, 5), Print("b", STORY, 2)]) == {("a", "b", "exact")}
    assert relations([Print("a", STORY), Print("b", STORY, 2)]) == {("a", "b", "exact")}
    assert relations([Print("a", STORY)], [Print("b", STORY)]) == {("a", "b", "exact")}
    assert relations([Print("a", STORY), Print("b", STORY)]) == {("b", "a", "exact")}


def test_the_longer_contains_the_shorter() -> None:
    """Whichever came first."""
    long = f"{OTHER} {STORY}"
    assert relations([Print("a", OTHER, 9), Print("b", long, 1)]) == {("b", "a", "contains")}


def test_measures() -> None:
    """An edge carries what it rests on."""
    [row] = edges([FIRST, Print("b", " ".join(SENTENCES[:7]), 2)]).to_pylist()
    assert (row["containment"], row["rule"]) == (1.0, "shingles")
    assert 0.7 < row["other_containment"] < 1
    assert row["jaccard"] == row["other_containment"]


def test_every_print_of_one_text_is_related_to_the_first() -> None:
    """However many there are, and near-copies still find it."""
    prints = [Print(f"p{number:03}", STORY, number) for number in range(100)]
    found = relations([*prints, Print("q", " ".join(SENTENCES[:7]), 200)])
    assert {(one, other) for one, other, relation in found if relation == "exact"} == {
        (p.article_id, "p000") for p in prints[1:]
    }
    assert ("q", "p000", "copy") in found


class TestSameSource:
    """Changed text at the same place is a version of what stood there."""

    def test_changed_file(self) -> None:
        """Though most of it is new; the newest known is superseded."""
        known = [Print("a", STORY, 1, "live.txt"), Print("b", f"{STORY} More follows.", 2, "live.txt")]
        text = f"{OTHER} {SENTENCES[2]} {SENTENCES[3]}"
        assert {edge for edge in relations([Print("c", text, 3, "live.txt")], known) if edge[2] == "version"} == {
            ("c", "b", "version")
        }
        short = [Print("d", "Rain fell on the port all day.", 1, "note.txt")]
        assert relations([Print("e", "Rain fell on the port all night.", 2, "note.txt")], short) == {
            ("e", "d", "version")
        }

    def test_a_file_of_the_same_name(self) -> None:
        """In another folder: it has nothing to do with the first one, and does not hide it from its next version."""
        known = [Print("a", STORY, 1, "live.txt"), Print("b", OTHER, 2, "live.txt")]
        assert relations(known) == set()
        assert relations(known[1:], known[:1]) == set()
        assert relations([Print("c", f"{STORY} More follows.", 3, "live.txt")], known) == {("c", "a", "version")}

    def test_same_words_again(self) -> None:
        """A page of which only the furniture changed is the same text."""
        assert relations([Print("b", STORY, 1, "a.html")], [Print("a", STORY, 1, "a.html")]) == {("b", "a", "exact")}

    def test_a_line_number_is_no_place(self) -> None:
        """The third line of today's feed has nothing to do with the third of yesterday's."""
        known = [Print("a", STORY, 1, "feed.jsonl#3", 3)]
        assert relations([Print("b", OTHER, 2, "feed.jsonl#3", 3)], known) == set()

    def test_the_record_s_own_id_is(self) -> None:
        """Wherever in the feed it stands now, and where it shares but a passage with what stood there."""
        known = [Print("a", STORY, 1, "feed.jsonl#3", 3, given_id(7))]
        text = f"{OTHER} {' '.join(SENTENCES[2:4])}"
        assert relations([Print("b", text, 2, "feed.jsonl#9", 9, given_id(7))], known) == {("b", "a", "version")}


def test_articles_kept_out_by_a_check_are_left_alone() -> None:
    """Their fingerprints and documents stay behind when their rows go to quarantine."""
    new, known = tables([Print("b", STORY, 1, "a.txt")]), tables([Print("a", STORY, 1, "a.txt")])
    found = duplicates(
        new.fingerprints, known.fingerprints, new.articles, known.articles.slice(0, 0), new.documents, known.documents
    )
    assert found.num_rows == 0


PRINTS = st.lists(
    st.tuples(
        st.lists(st.sampled_from((*SENTENCES, OTHER)), max_size=9).map(" ".join),
        st.one_of(st.none(), st.integers(0, 3)),
    ),
    max_size=6,
).map(lambda drawn: [Print(f"a{number}", text, day) for number, (text, day) in enumerate(drawn)])


@settings(max_examples=50)
@given(PRINTS, st.randoms(use_true_random=False))
def test_order_of_rows_is_no_input(prints: list[Print], chance: random.Random) -> None:
    """The same articles give the same edges."""
    mixed = chance.sample(prints, len(prints))
    assert edges(mixed).equals(edges(prints))


@settings(max_examples=50)
@given(PRINTS, st.integers(0, 6))
def test_two_runs_relate_what_one_does(prints: list[Print], cut: int) -> None:
    """Whether articles came in one run or in two, the same pairs are clusters' evidence; only the order may differ."""
    together = groups(edges(prints).to_pylist())
    apart = groups([*edges(prints[:cut]).to_pylist(), *edges(prints[cut:], prints[:cut]).to_pylist()])
    assert apart == together


def test_a_place_is_walked_in_the_order_of_publication() -> None:
    """Whichever text came first: what is in between is related to both of its neighbours, the later one first."""
    url = json.dumps({"url": "https://northwire.example/ferry"})
    first, last = Print("a", STORY, 1, None, 1, url), Print("c", OTHER, 3, None, 3, url)
    between = Print("b", f"{STORY} {OTHER}", 2, None, 2, url)
    succession = {("b", "a", "version"), ("c", "b", "version")}
    assert relations([first, between, last]) == succession
    assert relations([between], [first, last]) == succession
    assert relations([first], [between, last]) == {("b", "a", "version")}


def test_records_of_one_number_in_two_feeds_are_strangers() -> None:
    """An id is a place only where what stands there has something in common."""
    prints = [Print("a", STORY, 1, "a.jsonl#1", 1, given_id(1)), Print("b", OTHER, 2, "b.jsonl#1", 1, given_id(1))]
    assert relations(prints) == set()


def groups(rows: list[dict[str, str]]) -> set[frozenset[str]]:
    """Return the articles that exact edges join."""
    joined: dict[str, set[str]] = {}
    for row in rows:
        if row["relation"] == "exact":
            group = joined.get(row["article_id"], {row["article_id"]}) | joined.get(
                row["other_article_id"], {row["other_article_id"]}
            )
            joined.update(dict.fromkeys(group, group))
    return {frozenset(group) for group in joined.values()}


def test_fingerprints_of_another_version_are_refused() -> None:
    """What was cut or sampled otherwise cannot be compared; the error says what to do."""
    known, new = tables([FIRST]), tables([Print("b", STORY, 2)])
    number = known.fingerprints.schema.get_field_index("method")
    for method in ("words/1", None):
        made = pa.array([method], pa.string())
        older = known.fingerprints.set_column(number, known.fingerprints.schema.field(number), made)
        with pytest.raises(FingerprintError, match="--reprocess fingerprints"):
            duplicates(new.fingerprints, older, new.articles, known.articles, new.documents, known.documents)
