"""Clean text, and the way from each of its characters back to the raw text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.segments import Cleaned, RawMap, clean_line, join_lines

ODD = st.sampled_from([
    "\u00a0", "\u00ad", "\u200b", "\u2060", "\ufeff", "\r\n", "\n", "\t", "\x00", "\x1f", "\x85", "\u2028", "\u3000",
    "e\u0301", "\U0001f6a2", "שלום", "\u200f", "مرحبا", "\u202e", " ", "a", "“", "’", "é", "\u0301", "\U0001d54f",
])  # fmt: skip
TEXTS = st.one_of(
    st.text(), st.lists(ODD, max_size=30).map("".join), st.lists(st.one_of(ODD, st.text(max_size=3))).map("".join)
)


def require_provable(raw_text: str, cleaned: Cleaned, joints: str = "") -> None:
    """Hold every clean character against the raw characters it is said to come from."""
    raw_map = RawMap(cleaned.segments)
    covered = {at for segment in cleaned.segments for at in range(segment.text_start, segment.text_end)}
    for at, character in enumerate(cleaned.text):
        if at not in covered:
            assert character in joints
            continue
        start, end = raw_map.raw_span(at, at + 1)
        found = raw_text[start:end]
        if character == " ":
            assert clean_line(f"a{found}b").text == "a b"
        else:
            assert found == character


@given(TEXTS)
def test_every_character_is_raw_or_a_space(raw_text: str) -> None:
    """A clean character stands in the raw text where its segment says, or is a space for white space there."""
    require_provable(raw_text, clean_line(raw_text))


@given(st.lists(TEXTS, max_size=6))
def test_joined_lines_lead_back_too(parts: list[str]) -> None:
    """Lines of one raw text, joined: only the joint has no raw characters."""
    raw_text = "\n".join(parts)
    lines, at = [], 0
    for part in parts:
        lines.append(clean_line(raw_text, at, at + len(part)))
        at += len(part) + 1
    require_provable(raw_text, join_lines([line for line in lines if line.text]), "\n")


@given(TEXTS, st.data())
def test_the_raw_slice_of_a_span_cleans_to_the_span(raw_text: str, data: st.DataObject) -> None:
    """What a row calls its surface has the words the extractor read."""
    text, segments = clean_line(raw_text)
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        raw_start, raw_end = RawMap(segments).raw_span(start, end)
        assert clean_line(raw_text, raw_start, raw_end).text == text[start:end].strip(" ")


@given(st.lists(TEXTS, min_size=2, max_size=4), st.data())
def test_a_span_over_lines_has_the_words_of_both(parts: list[str], data: st.DataObject) -> None:
    """A span that crosses a joint takes the raw characters between the lines with it."""
    raw_text = "\n".join(parts)
    lines, at = [], 0
    for part in parts:
        lines.append(clean_line(raw_text, at, at + len(part)))
        at += len(part) + 1
    text, segments = join_lines([line for line in lines if line.text])
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        if text[start:end].strip():
            raw_start, raw_end = RawMap(segments).raw_span(start, end)
            assert clean_line(raw_text, raw_start, raw_end).text == clean_line(text[start:end]).text


@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(raw_text: str) -> None:
    """A clean line is clean."""
    text = clean_line(raw_text).text
    again = clean_line(text)
    assert again.text == text
    assert all(segment.is_even for segment in again.segments)


@given(TEXTS)
def test_segments_are_in_order_and_apart(raw_text: str) -> None:
    """Neither their text nor their raw characters overlap, and together they make the text."""
    text, segments = clean_line(raw_text)
    ends = (0, 0)
    for segment in segments:
        assert segment.text_start == ends[0]
        assert segment.raw_start >= ends[1]
        assert segment.text_end > segment.text_start
        assert segment.raw_end > segment.raw_start
        ends = segment.text_end, segment.raw_end
    assert ends[0] == len(text)


@pytest.mark.parametrize(
    ("raw_text", "text"),
    [
        ("Lisbon\u00a0was calm", "Lisbon was calm"),
        ("Lis\u00adbon", "Lisbon"),
        ("Lis\u200bbon\ufeff", "Lisbon"),
        ("one\r\ntwo", "one two"),
        (" \t one \u3000 two \u2028", "one two"),
        ("Co\u0301rdoba", "Co\u0301rdoba"),
        ("\U0001f6a2 sails\u00a0\U0001f6a2", "\U0001f6a2 sails \U0001f6a2"),
        ("אמר\u00a0ראש העיר", "אמר ראש העיר"),
        ("a\u200b \u200bb", "a b"),
        ("\u200b\u00ad\x00", ""),
        ("“quoted” – ‘dashed’", "“quoted” – ‘dashed’"),
        ("", ""),
    ],
)
def test_edits(raw_text: str, text: str) -> None:
    """Spaces become plain, invisible characters go, everything else stays."""
    assert clean_line(raw_text).text == text


def test_a_name_with_invisible_characters_is_found_whole() -> None:
    """The raw span of a clean word covers what was taken out inside it, and nothing around it."""
    raw_text = "In \u200bLis\u00adbon\u200b\u00a0 today"
    text, segments = clean_line(raw_text)
    start = text.index("Lisbon")
    raw_start, raw_end = RawMap(segments).raw_span(start, start + len("Lisbon"))
    assert raw_text[raw_start:raw_end] == "Lis\u00adbon"
