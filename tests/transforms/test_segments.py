"""Clean text, and the way from each of its characters back to the raw text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.sentences import SENTENCES
from transforms.segments import Cleaned, RawMap, Segment, clean_line, join_lines

ODD = st.sampled_from([
    "\u00a0", "\u00ad", "\u200b", "\u2060", "\ufeff", "\r\n", "\n", "\t", "\x00", "\x1f", "\x85", "\u2028", "\u3000",
    "e\u0301", "\U0001f6a2", "שלום", "\u200f", "مرحبا", "\u202e", " ", "a", "“", "’", "é", "\u0301", "\U0001d54f",
    "\u1112", "\u1161", "\u11ab", "\u212b", "\u200d", "\u0327",
])  # fmt: skip
WRITTEN_AS_SIGNS = st.sampled_from(
    ["&amp;", "&nbsp;", "&#8217;", "&shy;", "&bne;", "&#769;", "Ã©", "â€™", "\x93", "Ð¿Ñ€", "Ì\x81"]
)
_MAY_BE_MISREAD = re.compile("[\x80-\x9f\xa1-\xac\xae-\xbfÂÃÄÅÐÑâãвРСβā‚]")
SOUND = st.text(st.characters(exclude_characters="&", exclude_categories=["Cs"]))
TEXTS = st.one_of(SOUND, st.lists(ODD, max_size=30).map("".join), st.lists(st.one_of(ODD, SOUND)).map("".join)).filter(
    lambda text: not _MAY_BE_MISREAD.search(text)
)
"""Without entities and what may look misread: these depend on their neighbours."""
ANY_TEXTS = st.one_of(st.text(), st.lists(st.one_of(ODD, WRITTEN_AS_SIGNS, st.text(max_size=3))).map("".join))


def require_provable(raw_text: str, cleaned: Cleaned, joints: str = "") -> None:
    """Hold every clean character against the raw characters it is said to come from."""
    text, segments = cleaned
    ends = (0, 0)
    for segment in segments:
        assert set(text[ends[0] : segment.text_start]) <= set(joints)
        assert ends[0] <= segment.text_start < segment.text_end
        assert ends[1] <= segment.raw_start < segment.raw_end <= len(raw_text)
        piece, found = text[segment.text_start : segment.text_end], raw_text[segment.raw_start : segment.raw_end]
        assert (piece == found) if segment.edit is None else (piece != found)
        ends = segment.text_end, segment.raw_end
    assert ends[0] == len(text)


@given(ANY_TEXTS)
def test_every_character_leads_to_raw_ones(raw_text: str) -> None:
    """Segments are in order and apart, cover the text, and say which characters are copied and which are not."""
    require_provable(raw_text, clean_line(raw_text))


@given(ANY_TEXTS)
def test_joining_and_slicing_agree(raw_text: str) -> None:
    """A span of the text has the raw span of its characters together."""
    text, segments = clean_line(raw_text)
    raw_map = RawMap(segments)
    spans = [raw_map.raw_span(at, at + 1) for at in range(len(text))]
    for start in range(0, len(text), 3):
        assert raw_map.raw_span(start, len(text)) == (spans[start][0], spans[-1][1])
        assert raw_map.raw_span(0, start + 1) == (spans[0][0], spans[start][1])


@given(st.lists(ANY_TEXTS, max_size=6))
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
        assert text[start:end].strip(" \u200c\u200d") in clean_line(raw_text, raw_start, raw_end).text


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
            found = clean_line(raw_text, raw_start, raw_end).text
            assert clean_line(text[start:end]).text.strip("\u200c\u200d") in found


@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(raw_text: str) -> None:
    """A clean line is clean; only entities and misread text in more layers than one take as many turns."""
    text = clean_line(raw_text).text
    again = clean_line(text)
    assert again.text == text
    assert again.segments == ([Segment(0, len(text), 0, len(text))] if text else [])
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize(
    ("raw_text", "text"),
    [
        ("Lisbon\u00a0was calm", "Lisbon was calm"),
        ("Lis\u00adbon", "Lisbon"),
        ("Lis\u200bbon\ufeff", "Lisbon"),
        ("one\r\ntwo", "one two"),
        (" \t one \u3000 two \u2028", "one two"),
        ("Co\u0301rdoba", "Córdoba"),
        ("\u1112\u1161\u11ab", "한"),
        ("½ ﬁn x² Ⅳ", "½ ﬁn x² Ⅳ"),
        ("a" + "\u0301" * 500, "a" + "\u0301" * 500),
        ("caf\u200de می\u200cشود \U0001f469\u200d\U0001f680", "cafe می\u200cشود \U0001f469\u200d\U0001f680"),
        ("cafe\u0301\u200d noir \u212b\u200c", "café noir Å"),
        ("\u200e3\u200e/\u200e4\u200e/\u200e2024", "3/4/2024"),
        ("AT&amp;T said &ldquo;no&rdquo;&nbsp; &#8212; twice", "AT&T said “no” — twice"),
        ("caf&eacute;, it&#x2019;s co&shy;op", "café, it’s coop"),
        ("&amp;amp; &lt;b&gt;", "&amp; <b>"),
        ("R&D; Q&A, this&not that &nosuch; &#0; &#xD800; &#99999999;",) * 2,
        ("&acirc;&euro;&trade;s", "’s"),
        ("donâ€™t, MuÃ±oz élÃ¨ve", "don’t, Muñoz élève"),
        ("it\x92s", "it’s"),
        ("Ã\x89cole eÌ\x81tÃ©", "École été"),
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


@pytest.mark.parametrize("language", SENTENCES)
def test_good_text_is_left_alone(language: str) -> None:
    """No quote, dash or letter of any language is taken for a misread one."""
    sentence = SENTENCES[language]
    cleaned = clean_line(sentence)
    assert cleaned.text == sentence
    assert cleaned.segments == [Segment(0, len(sentence), 0, len(sentence))]


@pytest.mark.parametrize("encoding", ["latin-1", "sloppy-windows-1252"])
@pytest.mark.parametrize("language", SENTENCES)
def test_text_read_in_the_wrong_encoding_comes_back(language: str, encoding: str) -> None:
    """UTF-8 read as a Western encoding, once or twice over, is repaired, and every repair leads to what it was."""
    sentence = SENTENCES[language]
    misread = sentence
    for layer in range(1, 3):
        misread = misread.encode().decode(encoding)
        text, segments = clean_line(misread)
        assert text == sentence
        for segment in segments:
            piece = sentence[segment.text_start : segment.text_end]
            for _ in range(layer):
                piece = piece.encode().decode(encoding)
            assert misread[segment.raw_start : segment.raw_end] == piece


def test_each_edit_says_what_was_done() -> None:
    """The kinds of edit, one each; what is only taken out leaves a gap."""
    _, segments = clean_line("a\u00a0b&amp;c\u00adde\u0301 â€™")
    assert [segment.edit for segment in segments] == [
        None, "space", None, "entity", None, None, "composed", None, "mojibake",
    ]  # fmt: skip


def test_a_long_hostile_line_is_cleaned_in_one_pass() -> None:
    """Many edits in one line cost no more than as many lines."""
    raw_text = "a\u00a0&amp;e\u0301 â€™" * 4_000
    assert clean_line(raw_text).text == ("a &é ’" * 4_000)
