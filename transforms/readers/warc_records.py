"""The records of a WARC file, plain or gzipped, one by one, also where the file is broken.

Written after ISO 28500:2017 (WARC 1.1). A record whose length does not lead to its end, or whose gzip member is
damaged, costs only itself: reading goes on at the next place where a record begins.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from transforms.readers.http_message import END_OF_HEAD, LONGEST_HEAD, Fields, header_fields
from transforms.readers.record import over_limit

_CHUNK = 64 * 1024
_VERSION = re.compile(rb"WARC/\d\.\d\r?\n")
_VERSION_BYTES = 10
_END_OR_VERSION = re.compile(END_OF_HEAD.pattern + rb"|\nWARC/\d\.\d\r?\n")
_NEXT_OR_END = re.compile(rb"[\r\n]{0,4}(?:WARC/\d|\Z)")
_NEXT_OR_END_BYTES = 10
_BLANK = re.compile(rb"[\r\n]+")
_GZIP = b"\x1f\x8b\x08"
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_MEMBER_BYTES = 10
_PROBE = 4096
_REREAD = 256 * 1024
"""Damage shows only some way after it: reading goes on at most so many bytes before the place where it showed."""


class WarcRecord(NamedTuple):
    """One record, or a stretch of the file that should be one.

    `place` is its first byte in the file; within a gzip member `member+inside`, where it does not begin it. `block` is
    empty where the record is broken, and the beginning of a record that is too long. `reason` says what is wrong.
    """

    place: str
    fields: Fields
    block: bytes
    reason: str | None = None


def warc_records(stream: BinaryIO, limit: int) -> Iterator[WarcRecord]:
    """Yield the records of a file that can seek; blocks longer than `limit` bytes and a header are not kept whole."""
    begins = stream.read(5)
    first = None if begins == b"WARC/" else _next_member(stream, 0)
    if first is None and not begins.startswith(_GZIP):
        stream.seek(0)
        yield from _of_window(_Window(_chunks(stream)), limit)
    else:
        yield from _of_members(stream, limit)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: stream.read(_CHUNK), b"")


class _Window:
    """The next bytes of a stream that comes in chunks: `held` begins at `position`; what is passed is forgotten.

    `damage` says why the stream broke off.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.held = bytearray()
        self.position = 0
        self.damage: str | None = None
        self._chunks = chunks

    def fill(self, size: int) -> bool:
        """Hold `size` bytes, and return whether there are so many."""
        try:
            while len(self.held) < size:
                self.held += next(self._chunks)
        except StopIteration:
            return False
        except (zlib.error, EOFError) as error:
            self.damage = f"its gzip member is damaged: {error}"
            return False
        return True

    def skip(self, size: int) -> None:
        """Pass over `size` bytes, or all that are held."""
        self.position += min(size, len(self.held))
        del self.held[:size]


def _of_window(window: _Window, limit: int) -> Iterator[WarcRecord]:
    while window.fill(1):
        if blank := _BLANK.match(window.held):
            window.skip(blank.end())
        else:
            yield _next_record(window, limit)


def _next_record(window: _Window, limit: int) -> WarcRecord:
    """Return what begins where the window stands, and move on to what follows it."""
    place = str(window.position)
    window.fill(LONGEST_HEAD)
    if not _VERSION.match(window.held):
        return WarcRecord(place, {}, b"", f"{_to_next_version(window):,} bytes that are no WARC record")
    end = _END_OR_VERSION.search(window.held, 0, LONGEST_HEAD)
    if not end or b"WARC" in end.group():
        _to_next_version(window)
        return WarcRecord(place, {}, b"", window.damage or "its WARC header does not end")
    fields = header_fields(bytes(window.held[: end.start()]))
    return _with_block(window, WarcRecord(place, fields, b""), end.end(), limit)


def _with_block(window: _Window, record: WarcRecord, start: int, limit: int) -> WarcRecord:
    stated = record.fields.get("content-length", "")
    length = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 16 else None
    reason = _why_broken(window, start, length, limit)
    if reason is None and length is not None:
        block = bytes(window.held[start : start + length])
        window.skip(start + length)
        return record._replace(block=block)
    block = bytes(window.held[start : start + LONGEST_HEAD]) if length and length > limit + LONGEST_HEAD else b""
    _to_next_version(window)
    return record._replace(block=block, reason=reason)


def _why_broken(window: _Window, start: int, length: int | None, limit: int) -> str | None:
    """Say what is wrong with the block of `length` bytes from `start`, or None; the window holds it then."""
    if length is None:
        return "its Content-Length cannot be read"
    if length > limit + LONGEST_HEAD:
        return over_limit(limit)
    end = start + length
    is_last = not window.fill(end + _NEXT_OR_END_BYTES)
    if is_last and window.damage:
        return window.damage
    if len(window.held) < end:
        return f"it breaks off after {len(window.held) - start:,} of {length:,} bytes"
    # after a right end, what follows may still be damaged; a wrong one may lie at the end of the next header
    is_end = _NEXT_OR_END.match(window.held, end) or (
        END_OF_HEAD.match(window.held, end) and not _VERSION.search(window.held, start, end)
    )
    return None if is_end else f"its Content-Length of {length:,} does not lead to its end"


def _to_next_version(window: _Window) -> int:
    """Move on to where the next record seems to begin, or to the end; return how many bytes were passed."""
    began = window.position
    window.skip(1)
    while not (found := _VERSION.search(window.held)):
        window.skip(max(0, len(window.held) - _VERSION_BYTES))
        if not window.fill(len(window.held) + 1):
            window.skip(len(window.held))
            return window.position - began
    window.skip(found.start())
    return window.position - began


class _Member:
    """One gzip member (RFC 1952) from `start`; `end` is right when its chunks are read."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self.start = self.end = start
        self._stream = stream

    def chunks(self) -> Iterator[bytes]:
        """Yield what it holds. Raises zlib.error and EOFError where it is damaged."""
        self._stream.seek(self.start)
        unzip = zlib.decompressobj(31)
        while not unzip.eof:
            packed = unzip.unconsumed_tail or self._stream.read(_CHUNK)
            if not packed:
                raise EOFError("it breaks off")
            self.end = self._stream.tell()
            yield unzip.decompress(packed, _CHUNK)
        self.end -= len(unzip.unused_data)


def _of_members(stream: BinaryIO, limit: int) -> Iterator[WarcRecord]:
    at: int | None = 0
    while at is not None:
        member = _Member(stream, at)
        window = _Window(member.chunks())
        reason = None
        for record in _of_window(window, limit):
            reason = record.reason
            yield record._replace(place=f"{at}" if record.place == "0" else f"{at}+{record.place}")
        if window.damage and not reason:
            yield WarcRecord(str(at), {}, b"", window.damage)
        if window.damage:
            at = _next_member(stream, max(at + 1, member.end - _REREAD))
        elif _reads(stream, member.end, _GZIP):
            at = member.end
        else:
            at = _next_member(stream, member.end)
            if not _reads(stream, member.end, b""):
                yield WarcRecord(str(member.end), {}, b"", "bytes that are no gzip member")


def _reads(stream: BinaryIO, at: int, expected: bytes) -> bool:
    """Whether `expected` stands at a place; for no bytes, whether the file ends there."""
    stream.seek(at)
    return stream.read(len(expected) or 1) == expected


def _next_member(stream: BinaryIO, at: int) -> int | None:
    """Return where the next gzip member begins that holds a WARC record, or None."""
    stream.seek(at)
    window = _Window(_chunks(stream))
    while window.fill(_MEMBER_BYTES):
        window.fill(_PROBE)
        found = _MEMBER.search(window.held)
        if found and found.start():
            window.skip(found.start())
        elif found and _begins_a_record(bytes(window.held[:_PROBE])):
            return at + window.position
        else:
            window.skip(1 if found else len(window.held) - _MEMBER_BYTES + 1)
    return None


def _begins_a_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(packed, 5) == b"WARC/"
    except zlib.error:
        return False
