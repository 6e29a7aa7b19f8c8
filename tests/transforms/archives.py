"""Small archives for tests: WARC records with invented pages."""

from __future__ import annotations

import gzip

VERSION = b"WARC/1.1\r\n"


def page(text: str) -> bytes:
    """Return a page with one paragraph."""
    return f"<html><body><p>{text}</p></body></html>".encode()


def http(body: bytes, content_type: str = "text/html", status: str = "200 OK", **fields: str) -> bytes:
    """Return an HTTP response; underscores in the names of fields are hyphens."""
    fields = {"Content-Type": content_type, **fields}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


def warc(block: bytes, kind: str = "response", url: str = "http://paper.example/1", **fields: str) -> bytes:
    """Return a WARC record around a block; fields given win over those it would have."""
    fields = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": "2026-03-04T05:06:07Z",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    return VERSION + head + b"\r\n" + block + b"\r\n\r\n"


def response(number: int) -> bytes:
    """Return the record of one of many pages."""
    return warc(http(page(f"Ferry number {number} sailed.")), url=f"http://paper.example/{number}")


def zipped(*records: bytes) -> bytes:
    """Return records as a .warc.gz has them: a gzip member each."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)
