"""WARC archives: pages come out, the rest is passed over, and damage costs only the record it is in."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from typing import Any

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.archives import http, page, response, warc, zipped
from transforms.documents import document
from transforms.readers import Record, reader_for

LIMIT = 10_000
BODY = page("Rain fell on Lisbon.")
RECORDS = [response(number) for number in range(5)]
PAGES = [page(f"Ferry number {number} sailed.") for number in range(5)]
CHUNKED = b"5;x=1\r\n" + BODY[:5] + b"\r\n" + b"%x\r\n" % len(BODY[5:]) + BODY[5:] + b"\r\n0\r\n\r\n"
RAW_DEFLATED = zlib.compress(BODY, wbits=-15)


def read(content: bytes, limit: int = LIMIT) -> list[Record]:
    """Read an archive."""
    reader = reader_for("crawl.warc.gz")
    assert reader
    return list(reader(io.BytesIO(content), limit))


def reason(records: list[Record]) -> str:
    """Return why the only record of an archive could not be read."""
    [record] = records
    assert record.content is None
    return record.reason or ""


@pytest.mark.parametrize("content", [b"".join(RECORDS), zipped(*RECORDS), gzip.compress(b"".join(RECORDS))])
def test_pages_of_an_archive(content: bytes) -> None:
    """Plain, gzipped record by record or as a whole: the pages are the same, whatever the file is called."""
    records = read(content)
    assert [(record.number, record.content) for record in records] == list(enumerate(PAGES, start=1))
    assert json.loads(records[2].given or "") == {"fetched": "2026-03-04T05:06:07Z", "url": "http://paper.example/2"}
    assert records[2].own_id == "http://paper.example/2"


def test_the_place_of_a_record() -> None:
    """It is the offset of the record, or of its gzip member; a record further on in one says how far."""
    assert [record.place for record in read(b"".join(RECORDS))][:2] == ["0", str(len(RECORDS[0]))]
    assert [record.place for record in read(zipped(*RECORDS))][1] == str(len(zipped(RECORDS[0])))
    assert [record.place for record in read(gzip.compress(b"".join(RECORDS)))][1] == f"0+{len(RECORDS[0])}"


@pytest.mark.parametrize(
    "other",
    [
        warc(b"software: x\r\n", "warcinfo", Content_Type="application/warc-fields"),
        warc(b"GET / HTTP/1.1\r\n\r\n", "request", Content_Type="application/http; msgtype=request"),
        warc(http(b""), "revisit"),
        warc(b"via: x\r\n", "metadata", Content_Type="application/warc-fields"),
        warc(http(BODY, status="404 Not Found")),
        warc(http(b"\x89PNG", "image/png")),
        warc(http(b"\x89PNG" * LIMIT * 9, "image/png")),
        warc(b"paper.example. A 192.0.2.1\n", Content_Type="text/dns"),
        warc(b"\x89PNG", "resource", Content_Type="image/png"),
    ],
)
def test_what_is_no_page_is_passed_over(other: bytes) -> None:
    """Beside a page it is not told of; alone it makes an archive without a page."""
    assert [record.content for record in read(other + RECORDS[1] + other)] == [PAGES[1]]
    assert reason(read(other)).startswith("no page in the archive")


@pytest.mark.parametrize(
    ("block", "fields"),
    [
        (http(BODY, "Text/HTML"), {}),
        (http(BODY, "application/xhtml+xml; charset=x"), {}),
        (http(BODY, ""), {"WARC_Identified_Payload_Type": "text/html"}),
        (http(BODY).replace(b"\r\n", b"\n"), {}),
        (http(CHUNKED, Transfer_Encoding="chunked"), {}),
        (http(BODY, Transfer_Encoding="chunked"), {}),
        (http(gzip.compress(BODY), Content_Encoding="gzip"), {}),
        (http(zlib.compress(BODY), Content_Encoding="deflate"), {}),
        (http(RAW_DEFLATED, Content_Encoding="deflate"), {}),
        (http(brotli.compress(BODY), Content_Encoding="br"), {}),
        (http(gzip.compress(brotli.compress(BODY)), Content_Encoding="br, gzip"), {}),
        (http(BODY, Content_Encoding="gzip"), {}),
        (http(BODY, Content_Encoding="br"), {}),
        (BODY, {"kind": "resource", "Content_Type": "text/html"}),
        (BODY, {"kind": "conversion", "Content_Type": "text/html"}),
    ],
)
def test_ways_to_keep_a_page(block: bytes, fields: dict[str, Any]) -> None:
    """Codings are undone, also where their name outlived them; only white space at the end may differ."""
    [record] = read(warc(block, **fields))
    assert (record.reason, record.content, record.media_type) == (None, BODY, "text/html")


def test_plain_text() -> None:
    """A text is a page as well, and its address may stand in brackets."""
    [record] = read(warc(b"Rain fell.", "conversion", url="<http://a.example/>", Content_Type="text/plain"))
    assert (record.media_type, record.content, record.own_id) == ("text/plain", b"Rain fell.", "http://a.example/")


def test_the_charset_of_the_header() -> None:
    """Where bytes are no UTF-8, the header says what they are; it wins over the page."""
    body = '<meta charset="iso-8859-1"><p>Привет, мир</p>'.encode("koi8-r")
    [record] = read(warc(http(body, 'text/html; charset="KOI8-R"')))
    row = document(record._asdict() | {"article_id": "a", "uri": "a", "record_number": 1})
    assert (row["raw_text"], row["encoding"], row["encoding_method"]) == ("Привет, мир", "koi8-r", "declared")


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (RECORDS[0].replace(b"Content-Length", b"Content-Width"), "its Content-Length cannot be read"),
        (warc(BODY, Content_Length="9" * 30), "its Content-Length cannot be read"),
        (warc(BODY, Content_Length="-1"), "its Content-Length cannot be read"),
        (warc(http(BODY), Content_Length="30"), "its Content-Length of 30 does not lead to its end"),
        (warc(http(BODY), Content_Length=str(10**9)), "longer than"),
        (RECORDS[0][:-20], "does not lead to its end"),
        (b"\x00garbage\xff" * 9, "81 bytes that are no WARC record"),
        (b"WARC/1.0\r\n" + b"x" * 99_999, "its WARC header does not end"),
        (warc(b"HTTP"), "its HTTP header cannot be read"),
        (warc(http(b" \n")), "a page without content"),
        (warc(http(gzip.compress(BODY)[:-9], Content_Encoding="gzip")), "its gzip body breaks off"),
        (warc(http(brotli.compress(BODY)[:-9], Content_Encoding="br")), "its br body breaks off"),
        (warc(http(b"\xff" * 9, Content_Encoding="gzip")), "its body is not gzip"),
        (warc(http(b"\xff" * 9, Content_Encoding="br")), "its body is not br"),
        (warc(http(BODY, Content_Encoding="zip")), "its content coding 'zip' is not one of gzip"),
        (warc(http(CHUNKED[:-9], Transfer_Encoding="chunked")), "its chunked body breaks off"),
        (warc(http(gzip.compress(b" " * 10**8), Content_Encoding="gzip")), "longer than 10,000 bytes"),
        (warc(http(brotli.compress(b" " * 10**8), Content_Encoding="br")), "longer than 10,000 bytes"),
        (warc(http(b"x" * (LIMIT + 1))), "longer than 10,000 bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_record_in_the_middle(broken: bytes, why: str) -> None:
    """It is one rejected record with its offset and reason; those around it are read, gzipped or not."""
    for content, offset in (
        (RECORDS[1] + broken + RECORDS[2], len(RECORDS[1])),
        (zipped(RECORDS[1], broken, RECORDS[2]), len(zipped(RECORDS[1]))),
    ):
        before, bad, after = read(content)
        assert (before.content, after.content) == (PAGES[1], PAGES[2])
        assert bad.content is None
        assert (bad.reason or "").startswith(f"record at offset {offset}: ")
        assert bad.place == str(offset)
        assert why in (bad.reason or "") or "breaks off after" in (bad.reason or "")


@pytest.mark.parametrize("ending", [b"", b"\r\n", b"\n\n", b"\r\n" * 5])
def test_line_ends_after_a_record(ending: bytes) -> None:
    """Missing or too many, between records or at the end: nothing is lost and nothing told."""
    records = [record.removesuffix(b"\r\n\r\n") + ending for record in RECORDS]
    assert [record.content for record in read(b"".join(records))] == PAGES
    assert [record.content for record in read(zipped(*records))] == PAGES


def test_garbage_between_gzip_members() -> None:
    """It is told with its place."""
    first, bad, last = read(zipped(RECORDS[0]) + b"garbage" + zipped(RECORDS[1]))
    assert (first.content, last.content) == (PAGES[0], PAGES[1])
    assert bad.reason == f"record at offset {len(zipped(RECORDS[0]))}: bytes that are no gzip member"


@pytest.mark.parametrize("size", [1, 3, 12, 40, 200])
def test_a_file_that_breaks_off(size: int) -> None:
    """Whole records before the break are read, and the break is told."""
    whole, cut = read(zipped(RECORDS[0]) + zipped(RECORDS[1])[:size])
    assert (whole.content, cut.content) == (PAGES[0], None)
    assert "gzip member" in (cut.reason or "")
    whole, cut = read(RECORDS[0] + RECORDS[1][:size])
    assert (whole.content, cut.content) == (PAGES[0], None)


@pytest.mark.parametrize("content", [b"no archive", b"<p>a page</p>", gzip.compress(b"no archive"), b"\x1f\x8b"])
def test_no_archive(content: bytes) -> None:
    """One record says what it is not."""
    assert "that are no WARC record" in reason(read(content)) or "gzip member" in reason(read(content))


def test_beginnings_of_records_and_nothing_else() -> None:
    """Each is a broken record; what a header would be is not looked for beyond the next."""
    assert [record.reason for record in read(b"WARC/1.0\r\n" * 20_000)][1:3] == [
        f"record at offset {offset}: its WARC header does not end" for offset in (10, 20)
    ]


def test_empty() -> None:
    """An empty file has no records."""
    assert read(b"") == []


MUTATIONS = st.sampled_from(["set", "cut", "drop", "insert"])


@given(
    which=st.integers(0, 4),
    kind=MUTATIONS,
    at=st.integers(0, 10_000),
    other=st.binary(min_size=1, max_size=40),
    is_zipped=st.booleans(),
)
def test_damage_costs_one_record(*, which: int, kind: str, at: int, other: bytes, is_zipped: bool) -> None:
    """Whatever happens to the bytes of one record, no exception, and all others are read."""
    parts = [zipped(record) if is_zipped else record for record in RECORDS]
    part = parts[which]
    at %= len(part)
    rest = {
        "set": other + part[at + len(other) :],
        "cut": b"",
        "drop": part[at + len(other) :],
        "insert": other + part[at:],
    }[kind]
    parts[which] = part[:at] + rest

    found = [record.content for record in read(b"".join(parts))]

    assert [content for number, content in enumerate(PAGES) if number != which and content not in found] == []


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_records_or_reasons(content: bytes, is_record: bool) -> None:  # noqa: FBT001 - a case
    """No exception, and each record has either content or a reason."""
    archive = warc(http(content, Content_Encoding="gzip", Transfer_Encoding="chunked")) if is_record else content
    assert all((record.content is None) != (record.reason is None) for record in read(archive))
