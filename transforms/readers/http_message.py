"""HTTP messages as archives keep them: status, header fields, and the body without its transfer and content codings."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import brotli

from transforms.readers.record import over_limit

END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
LONGEST_HEAD = 64 * 1024
_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]{1,8}(\d{3})(?=[ \t\r\n]|\Z)")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]{0,8}(?:;[^\r\n]{0,200})?\r?\n")
_CHARSET = re.compile(r"""charset\s{0,4}=\s{0,4}["']?([\w.:-]{2,40})""", re.IGNORECASE)

Fields = Mapping[str, str]


class Message(NamedTuple):
    """A response: its status code, its header fields by lower-case name, and its body as it was sent."""

    status: int
    fields: Fields
    body: bytes


def parse(block: bytes) -> Message:
    """Take a response apart. Raises ValueError where it does not begin as HTTP does."""
    status = _STATUS_LINE.match(block)
    if not status:
        raise ValueError("its HTTP header cannot be read")
    end = END_OF_HEAD.search(block, 0, LONGEST_HEAD)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block[:LONGEST_HEAD], b"")
    return Message(int(status.group(1)), header_fields(head), body)


def header_fields(head: bytes) -> Fields:
    """Return the fields of a header by lower-case name; of a name that comes twice, the later one."""
    lines = re.sub(rb"\r?\n[ \t]+", b" ", head).decode("utf-8", "replace").splitlines()
    pairs = (line.partition(":") for line in lines[1:])
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def content_type(value: str) -> tuple[str, str | None]:
    """Return the media type, lower case and empty where there is none, and the charset of a Content-Type.

    >>> content_type("Text/HTML; Charset='koi8-r'")
    ('text/html', 'koi8-r')
    """
    charset = _CHARSET.search(value)
    return value.partition(";")[0].strip().lower(), charset.group(1).lower() if charset else None


def body_of(message: Message, limit: int) -> bytes:
    """Return the body as the page was written (RFC 9112 section 7.1, RFC 9110 section 8.4), at most `limit` bytes.

    Crawlers often undo a coding and keep its name: a body that begins as mark-up does is in none. Raises ValueError
    for a coding that is unknown, broken or decodes to more than `limit`.
    """
    body = message.body
    if "chunked" in message.fields.get("transfer-encoding", "").lower():
        body = _dechunked(body)
    for name in reversed(message.fields.get("content-encoding", "").lower().split(",")):
        if name.strip() not in _PLAIN_CODINGS:
            body = _decoded(body, name.strip(), limit)
    if len(body) > limit:
        raise ValueError(over_limit(limit))
    return body


def _dechunked(body: bytes) -> bytes:
    """Join chunks; a body that does not begin with one was joined before."""
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK_SIZE.match(body, at):
        at = size.end() + int(size.group(1), 16)
        if at == size.end():
            return b"".join(parts)
        parts.append(body[size.end() : at])
        at += 2 if body.startswith(b"\r\n", at) else 1
    if parts:
        raise ValueError("its chunked body breaks off")
    return body


def _decoded(body: bytes, coding: str, limit: int) -> bytes:
    decode = _CODINGS.get(coding)
    if decode is None:
        raise ValueError(f"its content coding {coding[:40]!r} is not one of {', '.join(_CODINGS)}")
    try:
        decoded, is_whole = decode(body, limit + 1)
    except (zlib.error, brotli.error) as error:
        if body.lstrip().startswith(b"<"):
            return body
        raise ValueError(f"its body is not {coding}: {error}") from None
    if len(decoded) > limit:
        raise ValueError(over_limit(limit))
    if not is_whole:
        raise ValueError(f"its {coding} body breaks off")
    return decoded


def _gunzipped(body: bytes, most: int) -> tuple[bytes, bool]:
    return _inflated(body, most, 31)


def _deflated(body: bytes, most: int) -> tuple[bytes, bool]:
    """With the zlib wrapper the standard asks for, or without, as many servers send it."""
    try:
        return _inflated(body, most, 15)
    except zlib.error:
        return _inflated(body, most, -15)


def _inflated(body: bytes, most: int, window: int) -> tuple[bytes, bool]:
    unzip = zlib.decompressobj(window)
    return unzip.decompress(body, most), unzip.eof


def _unbrotlied(body: bytes, most: int) -> tuple[bytes, bool]:
    unzip = brotli.Decompressor()
    decoded = unzip.process(body, output_buffer_limit=most)
    return decoded, unzip.is_finished()


_PLAIN_CODINGS = ("", "identity")
_CODINGS: Mapping[str, Callable[[bytes, int], tuple[bytes, bool]]] = MappingProxyType(
    {"gzip": _gunzipped, "x-gzip": _gunzipped, "deflate": _deflated, "br": _unbrotlied}
)
