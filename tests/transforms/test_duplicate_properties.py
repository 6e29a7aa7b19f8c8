"""What holds of duplicates whatever the texts: order, batches and threads are no input, and hostile sets stay small."""

from __future__ import annotations

import random
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.printings import OTHER, SENTENCES, STORY, Print, edges, places, relations
from transforms.fingerprinting.arrays import Fingerprints
from transforms.fingerprinting.parameters import SAMPLE
from transforms.fingerprints import fingerprint_texts
from transforms.relating.postings import CROWD
from warehouse import schema

MANY = 250
LINES = st.lists(st.sampled_from((*SENTENCES, *OTHER.split(". "))), min_size=1, max_size=9, unique=True)
PRINTS = st.lists(LINES.map(" ".join), max_size=8).map(
    lambda texts: [Print(f"p{number}", text, number % 3) for number, text in enumerate(texts)]
)
SEVERAL = settings(max_examples=25, deadline=None)


def groups(rows: pa.Table, by: str) -> set[frozenset[str]]:
    """Return the articles of each group."""
    found: dict[str, set[str]] = {}
    for row in rows.to_pylist():
        found.setdefault(row[by], set()).add(row["article_id"])
    return {frozenset(group) for group in found.values()}


def between_wordings(prints: list[Print], rows: pa.Table) -> set[tuple[frozenset[str], str]]:
    """Return how wordings are related, whichever of their printings stands for them."""
    text = {one.article_id: one.text for one in prints}
    pairs = ((row, {text[row["article_id"]], text[row["other_article_id"]]}) for row in rows.to_pylist())
    return {(frozenset(pair), row["relation"]) for row, pair in pairs if row["relation"] != "exact"}


@SEVERAL
@given(PRINTS, st.randoms(use_true_random=False))
def test_order_is_no_input(prints: list[Print], chance: random.Random) -> None:
    """The same edges and clusters, row by row."""
    mixed = chance.sample(prints, len(prints))
    assert edges(mixed).equals(edges(prints))
    assert places(mixed).equals(places(prints))


@SEVERAL
@given(PRINTS, st.integers(0, 8))
def test_two_batches_are_one(prints: list[Print], cut: int) -> None:
    """Relations between wordings, clusters and stories: all but ids and who stands for a wording."""
    known, new = prints[:cut], prints[cut:]
    first = edges(known)
    apart = pa.concat_tables([first, edges(new, known)])
    assert between_wordings(prints, apart) == between_wordings(prints, edges(prints))
    placed, together = places(new, known, first, places(known)), places(prints)
    for by in ("cluster_id", "story_id"):
        assert groups(placed, by) == groups(together, by)


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_threads_are_no_input(threads: int) -> None:
    """Fingerprints made at once by several threads, of parts of the texts, are those of one call."""
    texts = [" ".join(SENTENCES[: 1 + number % 8]) for number in range(40)]
    whole = fingerprint_texts(pa.array(texts))
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(fingerprint_texts, [pa.array(texts[at : at + 5]) for at in range(0, 40, 5)]))
    for name in ("digests", "shingle_counts", "hashes", "facts"):
        assert np.array_equal(np.concatenate([getattr(part, name) for part in parts]), getattr(whole, name))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=400))
def test_a_text_is_itself(text: str) -> None:
    """Twice the same text is exact, unless there is not a word in it; so it is decomposed."""
    has_words = fingerprint_texts(pa.array([text])).shingle_counts[0] > 0
    for other in (text, unicodedata.normalize("NFD", text)):
        found = {relation for _, _, relation in relations([Print("a", text, 1), Print("b", other, 2)])}
        assert found == ({"exact"} if has_words else set())


@SEVERAL
@given(LINES, LINES)
def test_measures_are_the_same_from_either_side(lines: list[str], others: list[str]) -> None:
    """Who came first swaps the sides of the measures, and nothing else."""
    one, other = (
        edges([Print("a", " ".join(lines), day), Print("b", " ".join(others), 3 - day)]).to_pylist() for day in (1, 2)
    )
    assert len(one) == len(other)
    for here, there in zip(one, other, strict=True):
        assert here["relation"] == there["relation"]
        assert here["jaccard"] == there["jaccard"]
        assert {here["containment"], here["other_containment"]} == {there["containment"], there["other_containment"]}


class TestHostileSets:
    """Work is bounded by what is made of it: edges, kept hashes."""

    def test_copies_of_one_text(self) -> None:
        """One edge each, one cluster."""
        prints = [Print(f"p{number:05}", STORY, 1) for number in range(MANY)]
        assert edges(prints).num_rows == MANY - 1
        assert len(groups(places(prints), "cluster_id")) == 1

    def test_near_copies_of_one_text(self) -> None:
        """Each is paired with the first few; they are one cluster still."""
        prints = [Print(f"p{number:05}", f"{STORY} Page {number}.", 1) for number in range(CROWD + 20)]
        assert edges(prints).num_rows <= CROWD * len(prints)
        assert len(groups(places(prints), "cluster_id")) == 1

    def test_short_items_of_one_template(self) -> None:
        """None is a copy of another, and no cluster is made of them."""
        chance = random.Random(7)  # noqa: S311 - invented names
        template = "{} beat {} by {} to {} in the league on Sunday, with goals by {} and {} before a crowd of {}."
        texts: list[str] = []
        for _ in range(MANY):
            one, two, three, four = ("".join(chance.choices("abdeiklmnorstu", k=7)).capitalize() for _ in range(4))
            texts.append(template.format(one, two, *chance.sample(range(100, 99_999), 2), three, four, len(texts)))
        prints = [Print(f"p{number:05}", text, 1) for number, text in enumerate(texts)]
        assert not {relation for _, _, relation in relations(prints)} & {"exact", "copy", "version"}
        assert len(groups(places(prints), "cluster_id")) == MANY

    @pytest.mark.parametrize("words", [60_000, 120_000])
    def test_a_long_document(self, words: int) -> None:
        """One shingle in so many is kept, and a piece of it is found inside."""
        text = " ".join(f"w{number * 7919 % 1_000_003}" for number in range(words))
        found: Fingerprints = fingerprint_texts(pa.array([text]))
        assert len(found.hashes) < 1.1 * words / SAMPLE
        piece = text[: len(text) // 50]
        assert relations([Print("a", text, 1), Print("b", piece, 2)]) == {("a", "b", "contains")}

    @pytest.mark.parametrize(
        "texts",
        [
            [chr(0x4E00 + number * 37) * 300 for number in range(30)],
            ["".join(chr(0x4E00 + (number * 7919 + at * at) % 20_000) for at in range(300)) for number in range(30)],
            ["".join(str((number * 7919 + at * at) % 97) for at in range(300)) for number in range(30)],
            [" ".join(str((number * 7919 + at * at) % 9973) for at in range(200)) for number in range(30)],
        ],
        ids=["one ideograph", "ideographs", "digits without a space", "figures"],
    )
    def test_other_text_is_other(self, texts: list[str]) -> None:
        """Text without spaces and text of nothing but digits makes no false cluster."""
        prints = [Print(f"p{number:02}", text, 1) for number, text in enumerate(texts)]
        assert len(groups(places(prints), "cluster_id")) == len(texts)

    @pytest.mark.parametrize(
        "other",
        [STORY.upper(), unicodedata.normalize("NFD", STORY), STORY.replace("214", "2,14").replace(" one ", "  one\n")],
        ids=["capitals", "decomposed", "figures and spaces"],
    )
    def test_other_dress(self, other: str) -> None:
        """Capitals, decomposed letters and separators in figures are the same text."""
        assert relations([Print("a", STORY, 1), Print("b", other, 2)]) == {("b", "a", "exact")}

    @pytest.mark.parametrize("number", [0, 1, 3, 40])
    def test_short_texts(self, number: int) -> None:
        """Below some 45 words texts are the same or they are not."""
        words = STORY.split()[:number]
        changed = [*words[:-1], "elsewhere"]
        found = {relation for _, _, relation in relations([Print("a", " ".join(words)), Print("b", " ".join(changed))])}
        assert not found & {"exact", "copy", "version"}


def test_no_texts() -> None:
    """Nothing in, nothing out."""
    assert edges([]).equals(schema.DUPLICATES.empty())
