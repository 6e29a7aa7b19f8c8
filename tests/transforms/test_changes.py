"""What a version of a text changed, by texts made for it."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.changes import changed, changes
from transforms.differences import MOST_CELLS, Difference, differences
from transforms.segments import clean_line, join_lines
from warehouse import schema

EARLIER = (
    "The crew slept ashore. The ferry ran aground at 7 p.m. with 38 people aboard, said Ana Moe, the harbour master."
)
LATER = "The ferry ran aground at 7 p.m. with 41 people aboard, said Moe.\n\nNobody was hurt."
WORDS = st.lists(st.sampled_from(["the", "ferry", "ran", "aground", "on", "a", "sandbank", "again"]), max_size=14)


def told(text: str, other: str) -> list[tuple[str, str]]:
    """Return what was added and what was left out, stretch by stretch."""
    found = changed(text, other)
    return [(text[one.start : one.end], other[one.other_start : one.other_end]) for one in found]


def articles(texts: dict[str, str]) -> pa.Table:
    """Return articles as cleaned from raw text."""
    rows = []
    for article_id, raw in texts.items():
        clean = join_lines([clean_line(raw, *line) for line in lines(raw)])
        segments = [segment._asdict() for segment in clean.segments]
        rows.append({"article_id": article_id, "text": clean.text, "segments": segments})
    return schema.ARTICLES.rows(rows)


def lines(raw: str) -> list[tuple[int, int]]:
    """Return where the lines of a raw text begin and end that hold anything."""
    ends = [at for at, character in enumerate(raw) if character == "\n"] + [len(raw)]
    return [(start, end) for start, end in zip([0, *(end + 1 for end in ends)], ends, strict=False) if raw[start:end]]


def related(relation: str = "version") -> pa.Table:
    """Return the relation of `new` to `old`."""
    return schema.DUPLICATES.rows(
        [{"article_id": "new", "other_article_id": "old", "relation": relation, "rule": "shingles"}]
    )


def test_words_that_came_went_and_changed() -> None:
    assert told(LATER, EARLIER) == [
        ("", "The crew slept ashore"),
        ("41", "38"),
        ("", "Ana"),
        ("Nobody was hurt", "the harbour master"),
    ]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("", ""),
        ("The ferry ran.", "the  FERRY\n\nran"),
        ("1,000 people", "1000 people"),
        ("it’s “over”", "it's over"),
        ("ﬁnal", "final"),
    ],
)
def test_dress_is_no_change(text: str, other: str) -> None:
    """Case, spacing, punctuation, typographic signs and separators in figures say nothing else."""
    assert changed(text, other) == []


@pytest.mark.parametrize(
    ("text", "other", "found"),
    [
        ("paid $5", "paid €5", [("$", "€")]),
        ("grew 5.5%", "grew 5%", [("5.5", "5")]),
        ("Inês spoke", "Ines spoke", [("Inês", "Ines")]),
        ("十二人がけがをした", "十人がけがをした", [("二", "")]),
        ("हिन्दी में", "हिन्दी मे", [("में", "मे")]),
        ("", "gone", [("", "gone")]),
        ("come", "", [("come", "")]),
        ("👨‍👩‍👧 e\u0301 ran", "👨‍👩‍👧 e\u0301 fell", [("ran", "fell")]),
    ],
)
def test_what_is_a_change(text: str, other: str, found: list[tuple[str, str]]) -> None:
    """Currencies, percentages, accents and signs of scripts without spaces are words like others."""
    assert told(text, other) == found


def test_a_sentence_put_in_is_told_from_its_start() -> None:
    """Not from its second word to the first of the next one, though these are the same words."""
    assert told("The dog ran. The cat sat.", "The cat sat.") == [("The dog ran", "")]


def test_a_word_that_stayed_by_chance_does_not_cut_a_rewritten_sentence() -> None:
    found = told("Eleven boats left in the early morning fog.", "Police searched three houses in towns nearby.")
    assert found == [
        ("Eleven boats left in the early morning fog", "Police searched three houses in towns nearby"),
    ]


@given(WORDS, WORDS)
def test_what_lies_between_changes_is_the_same_in_both(words: list[str], others: list[str]) -> None:
    done = other_done = 0
    for start, end, other_start, other_end in [
        *differences(words, others),
        Difference(len(words), len(words), len(others), len(others)),
    ]:
        assert words[done:start] == others[other_done:other_start]
        done, other_done = end, other_end
    assert differences(words, words) == []


@given(WORDS, WORDS)
def test_each_change_is_one(words: list[str], others: list[str]) -> None:
    """None is empty, and none begins or ends with a word that both have there."""
    for start, end, other_start, other_end in differences(words, others):
        ours, theirs = words[start:end], others[other_start:other_end]
        assert ours or theirs
        assert not ours or not theirs or (ours[0] != theirs[0] and ours[-1] != theirs[-1])


@pytest.mark.parametrize("few", [1, 2, 1000, 10**9])
def test_long_texts_are_compared_in_bounded_steps(few: int) -> None:
    """A text of one word, of two, of a thousand and of new ones over and over: nothing is held of all pairs."""
    chance = random.Random(7)  # noqa: S311
    words = [str(chance.randrange(few)) for _ in range(20_000)]
    others = ["begun", *(str(chance.randrange(few)) for _ in range(20_000)), "done"]
    assert len(words) * len(others) > MOST_CELLS
    assert differences(words, others)


def test_a_long_text_with_few_changes_has_few() -> None:
    """It is cut at words that both have once."""
    words = [f"w{number}" for number in range(12_000)]
    others = [f"new{number}" if number % 3_000 == 1 else word for number, word in enumerate(words)]
    assert [one.start for one in differences(words, others)] == [1, 3_001, 6_001, 9_001]


def test_rows_lead_to_the_characters_of_both_raw_texts() -> None:
    """Through spaces, entities and lines that cleaning took out."""
    raws = {"new": "The\xa0ferry  &amp; its crew were safe\non Friday", "old": "The ferry was\u200b safe on Friday"}
    table = articles(raws)
    rows = changes(related(), table.slice(0, 1), table.slice(1)).to_pylist()
    assert [(row["change_number"], row["added"], row["left_out"]) for row in rows] == [(0, "its crew were", "was")]
    [row] = rows
    texts = dict(zip(*(table[name].to_pylist() for name in ("article_id", "text")), strict=True))
    assert texts["new"][row["text_start"] : row["text_end"]] == row["added"]
    assert texts["old"][row["other_text_start"] : row["other_text_end"]] == row["left_out"]
    assert raws["new"][row["raw_start"] : row["raw_end"]] == "its crew were"
    assert raws["old"][row["other_raw_start"] : row["other_raw_end"]] == "was"


def test_only_versions_are_told() -> None:
    table = articles({"new": LATER, "old": EARLIER})
    empty = schema.ARTICLES.empty()
    assert changes(related(), table, empty).num_rows == 4
    assert changes(related("copy"), table, empty).num_rows == 0


def test_an_article_that_is_not_there_is_not_told_of() -> None:
    """It was kept out of its table by a check."""
    assert changes(related(), articles({"new": LATER}), schema.ARTICLES.empty()).num_rows == 0
