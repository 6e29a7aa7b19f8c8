"""Readers: from bytes to records, whatever the bytes are."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.readers import READERS, Record, reader_for

LIMIT = 10_000
GOOD = b'{"id": "a", "text": "Rain fell on Lisbon."}\n'


def read(name: str, content: bytes, limit: int = LIMIT) -> list[Record]:
    """Read a file of that name."""
    reader = reader_for(name)
    assert reader
    return list(reader(io.BytesIO(content), limit))


def parquet(**columns: Any) -> bytes:
    """Write columns as a Parquet file."""
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def reasons(records: list[Record]) -> list[str]:
    """Return why records could not be read."""
    return [record.reason or "" for record in records]


def test_readers_by_name() -> None:
    """The longest ending decides, in any case; other files have no reader."""
    assert reader_for("A.TXT") is READERS[".txt"]
    assert reader_for("feed.jsonl.gz") is READERS[".jsonl.gz"]
    assert reader_for("feed.gz") is None
    assert reader_for("txt") is None


class TestWholeFiles:
    """Text, Markdown and HTML: one record a file."""

    @pytest.mark.parametrize(
        ("name", "media_type"),
        [("a.txt", "text/plain"), ("a.md", "text/markdown"), ("a.html", "text/html"), ("a.htm", "text/html")],
    )
    def test_one_file_one_record(self, name: str, media_type: str) -> None:
        """The bytes come through as they are."""
        assert read(name, b"caf\xe9\x00") == [Record(media_type, b"caf\xe9\x00")]

    @pytest.mark.parametrize("content", [b"", b" \r\n\t"])
    def test_empty(self, content: bytes) -> None:
        """An empty file is one record that says so."""
        assert reasons(read("a.txt", content)) == ["empty file"]

    def test_over_the_limit(self) -> None:
        """A file too large is not kept, and the setting is named; at the limit it is read."""
        [record] = read("a.html", b"x" * 11, 10)
        assert record.content is None
        assert record.reason == "longer than 10 bytes (setting max_document_bytes)"
        assert read("a.html", b"x" * 10, 10)[0].reason is None


class TestJsonLines:
    """One record a line; a bad line costs only itself."""

    def test_fields(self) -> None:
        """Text or html is the content, the rest is given; numbers are lines of the file."""
        lines = [
            {"id": 0, "text": "Rain.", "title": " Wet ", "published": "2026-03-02", "note": None},
            {"url": "https://x.example/1", "html": "<p>Sun.</p>", "text": " "},
        ]
        first, second = read("a.jsonl", b"\n".join(json.dumps(line).encode() for line in lines))
        assert first == Record(
            "text/plain", b"Rain.", None, 1, "0", '{"id": 0, "published": "2026-03-02", "title": "Wet"}'
        )
        assert (second.media_type, second.content, second.own_id) == (
            "text/html",
            b"<p>Sun.</p>",
            "https://x.example/1",
        )

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (b'{"text": "Rain', "not JSON"),
            (b'{"text": "caf\xe9"}', "not JSON"),
            (b'{"text": "a\x00b"}', "not JSON"),
            (b'["text"]', "not a JSON object but list"),
            (b"7", "not a JSON object but int"),
            (b"null", "not a JSON object but NoneType"),
            (b'{"id": 1}', "no text or html; fields are: id"),
            (b"{}", "no text or html; fields are: none"),
            (b'{"text": 7}', "no text or html"),
            (b'{"text": ""}', "no text or html"),
            (b'{"\\ud800": 1}', "fields are: \ufffd"),
            (b'{"text": "x", "n": ' + b"1" * 5_000 + b"}", "not JSON"),
            (b"[" * 9_000, "nested too deep"),
            (b'{"text": "x", "deep": ' + b"[" * 4_900 + b"]" * 4_900 + b"}", "nested too deep"),
        ],
        ids=lambda value: value if isinstance(value, str) else None,
    )
    def test_a_bad_line_in_the_middle(self, line: bytes, reason: str) -> None:
        """It becomes a record with its number and reason; the lines around it are read."""
        before, bad, after = read("a.jsonl", GOOD + line + b"\n\n" + GOOD)
        assert (before.number, before.reason, after.number, after.reason) == (1, None, 4, None)
        assert bad.number == 2
        assert (bad.reason or "").startswith("line 2: ")
        assert reason in (bad.reason or "")

    def test_a_line_over_the_limit(self) -> None:
        """A line too long is skipped to its end, however long."""
        records = read("a.jsonl", GOOD + b'{"text": "' + b"x" * 500 + b'"}\n' + GOOD, 100)
        assert [record.number for record in records] == [1, 2, 3]
        assert reasons(records) == ["", "line 2: longer than 100 bytes (setting max_document_bytes)", ""]

    def test_characters_no_encoding_can_write(self) -> None:
        """Lone surrogates become U+FFFD wherever they stand; NUL stays."""
        [record] = read(
            "a.jsonl", rb'{"text": "a\ud800b\u0000", "title": "\udfff", "authors": ["\ud800"], "x": {"\ud800": 1}}'
        )
        assert record.content == "a\ufffdb\0".encode()
        assert json.loads(record.given or "") == {"title": "\ufffd", "authors": ["\ufffd"], "x": {"\ufffd": 1}}

    def test_numbers_json_does_not_have(self) -> None:
        """What is given is JSON any reader can read."""
        [record] = read("a.jsonl", b'{"text": "x", "score": NaN, "scores": [Infinity, 1.5]}')
        assert record.given == '{"scores": [null, 1.5]}'

    def test_byte_order_mark(self) -> None:
        """A mark before the first line is no error."""
        assert reasons(read("a.jsonl", b"\xef\xbb\xbf" + GOOD)) == [""]

    def test_empty_file(self) -> None:
        """A feed without entries has no records."""
        assert read("a.jsonl", b"\n \n") == []


class TestGzip:
    """Gzipped JSON lines: where it breaks off, what came before is kept."""

    def test_whole(self) -> None:
        """A gzipped feed reads as the feed does, in several members too."""
        assert read("a.jsonl.gz", gzip.compress(GOOD) + gzip.compress(GOOD)) == read("a.jsonl", GOOD + GOOD)

    @pytest.mark.parametrize("content", [b"PK\x03\x04 no gzip", GOOD, b"\x1f\x8b"])
    def test_not_gzip(self, content: bytes) -> None:
        """One record with the reason."""
        [record] = read("a.jsonl.gz", content)
        assert "not a whole gzip file" in (record.reason or "")

    def test_truncated(self) -> None:
        """Records before the break are kept, and the break is told after them."""
        lines = b"".join(
            json.dumps({"text": f"Line {n}: {n * 7919 % 9973} ships"}).encode() + b"\n" for n in range(2_000)
        )
        packed = gzip.compress(lines)
        *kept, last = read("a.jsonl.gz", packed[: len(packed) // 2])
        assert kept == read("a.jsonl", lines)[: len(kept)]
        assert len(kept) > 100
        assert last.number == len(kept) + 1
        assert (last.reason or "").startswith(f"after line {len(kept)}: not a whole gzip file")

    def test_damaged_checksum(self) -> None:
        """What was read stays, the damage is told."""
        packed = bytearray(gzip.compress(GOOD))
        packed[-8] ^= 0xFF
        kept, last = read("a.jsonl.gz", bytes(packed))
        assert kept.reason is None
        assert "not a whole gzip file" in (last.reason or "")


class TestParquet:
    """One record a row."""

    def test_rows(self) -> None:
        """Text or html, with the other columns as given."""
        when = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
        content = parquet(
            id=["a", "b"],
            text=["Rain.", None],
            html=[None, "<p>Sun.</p>"],
            published=[when, None],
            tags=[[when], None],
            place=[{"at": b"x"}, None],
        )
        first, second = read("a.parquet", content)
        assert (first.media_type, first.content, first.number, first.own_id) == ("text/plain", b"Rain.", 1, "a")
        assert json.loads(first.given or "")["published"] == "2026-03-02 06:00:00+00:00"
        assert (second.media_type, second.content, second.given) == ("text/html", b"<p>Sun.</p>", '{"id": "b"}')

    def test_null_rows_and_long_rows(self) -> None:
        """Each is a record with its row number and reason."""
        records = read("a.parquet", parquet(text=[None, "x" * 50, "Rain."]), 20)
        assert [record.number for record in records] == [1, 2, 3]
        assert reasons(records) == [
            "row 1: no text or html; fields are: text",
            "row 2: longer than 20 bytes (setting max_document_bytes)",
            "",
        ]

    def test_without_text(self) -> None:
        """The columns there are get named."""
        assert reasons(read("a.parquet", parquet(body=["x"], id=[1]))) == [
            "no text or html column; columns are: body, id"
        ]

    def test_text_as_bytes(self) -> None:
        """A column without the string mark is read too."""
        assert read("a.parquet", parquet(text=[b"Rain."]))[0].content == b"Rain."

    def test_a_row_that_is_not_text(self) -> None:
        """Broken UTF-8 in one row costs only that row."""
        broken = pa.Array.from_buffers(pa.string(), 3, pa.array([b"ok", b"\xff\xfe", b"fine"]).buffers())
        records = read("a.parquet", parquet(text=broken))
        assert [record.content for record in records] == [b"ok", None, b"fine"]
        assert (records[1].reason or "").startswith("row 2: ")

    @pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1 not really PAR1", b"x" * 1_000])
    def test_not_parquet(self, content: bytes) -> None:
        """One record with the reason."""
        [record] = read("a.parquet", content)
        assert (record.reason or "").startswith("not a readable Parquet file")

    def test_cut_short(self) -> None:
        """A file without its end is not readable."""
        [record] = read("a.parquet", parquet(text=["Rain."] * 100)[:-20])
        assert (record.reason or "").startswith("not a readable Parquet file")


JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters())),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
)
FIELDS = st.dictionaries(
    st.one_of(st.sampled_from(["text", "html", "id", "url", "title", "authors"]), st.text(max_size=3)), JSON_VALUES
)


def require_sound(records: list[Record]) -> None:
    """Hold what every record promises: content or a reason, and text any table can keep."""
    for record in records:
        assert record.content is not None or record.reason
        for text in (record.reason, record.own_id, record.given):
            assert (text or "").encode().decode() == (text or "")
        assert isinstance(json.loads(record.given or "{}"), dict)


@pytest.mark.parametrize("ending", READERS)
@given(content=st.binary(max_size=300))
def test_no_reader_raises_on_any_bytes(ending: str, content: bytes) -> None:
    """Arbitrary bytes are records, with reasons where need be."""
    require_sound(read(f"a{ending}", content, 100))


@given(fields=FIELDS)
def test_any_json_object_is_a_record(fields: dict[str, Any]) -> None:
    """Whatever fields a line has, it is one record."""
    records = read("a.jsonl", json.dumps(fields).encode())
    assert len(records) == 1
    require_sound(records)


@given(cut=st.integers(0, 400), flips=st.lists(st.integers(0, 400), max_size=3))
def test_damaged_parquet(cut: int, flips: list[int]) -> None:
    """A damaged file is records or a reason, never an error."""
    content = bytearray(parquet(text=["Rain.", "Sun."], id=[1, 2]))
    for at in flips:
        content[at % len(content)] ^= 0x55
    require_sound(read("a.parquet", bytes(content[: len(content) - cut])))


def test_front_matter_of_markdown_is_given() -> None:
    """Names, days and lists of it; what is nested or unknown is passed over, and a rule alone is no front matter."""
    page = "---\ntitle: 'A: b'\nauthors: [Ana Costa, \"Åsa Berg\"]\ntags:\n  - sea\nx: 1\n...\n\nText.\n"
    [record] = read("page.md", page.encode())
    assert json.loads(record.given or "") == {"title": "A: b", "authors": ["Ana Costa", "Åsa Berg"]}
    [record] = read("page.md", b"---\n\nText.\n\n---\n\nMore.\n")
    assert record.given is None
