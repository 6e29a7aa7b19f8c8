"""WARC archives: one record for each page in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from transforms.readers.http_message import Message, body_of, content_type, parse
from transforms.readers.record import HTML, PLAIN, Record, sound
from transforms.readers.warc_records import WarcRecord, warc_records

_MEDIA_TYPES = {"text/html": HTML, "application/xhtml+xml": HTML, "text/plain": PLAIN}
_WITHOUT_HTTP = ("resource", "conversion")
_OK = 200


class _Payload(NamedTuple):
    """What a WARC record holds: a body, its media type and the charset it is said to be in."""

    message: Message
    media_type: str
    charset: str | None


def read(stream: BinaryIO, limit: int) -> Iterator[Record]:
    """Yield a record for each page: HTML or plain text of status 200, or of a resource or conversion record.

    Requests, revisits, pictures and the like are passed over; a broken record becomes one with its reason. `place` is
    the record's offset. Given are `url`, `fetched` (WARC-Date) and, where the HTTP header has it, `charset`.
    """
    number = 0
    is_empty = True
    for archived in warc_records(stream, limit):
        is_empty = False
        record = _page(archived, limit)
        if record:
            number += 1
            yield record._replace(number=number, place=archived.place)
    if not number and not is_empty:
        yield Record(HTML, None, "no page in the archive: no response with HTML or plain text and status 200")


def _page(archived: WarcRecord, limit: int) -> Record | None:
    """Return a page, or why it cannot be read; None for what is no page."""
    where = f"record at offset {archived.place}: "
    if archived.reason and not archived.block:
        return Record(HTML, None, where + archived.reason)
    try:
        payload = _payload(archived)
    except ValueError as error:
        return Record(HTML, None, f"{where}{error}")
    if payload is None:
        return None
    record = _described(archived, payload)
    try:
        content = body_of(payload.message, limit)
    except ValueError as error:
        return record._replace(reason=f"{where}{archived.reason or error}")
    if archived.reason or not content.strip():
        return record._replace(reason=where + (archived.reason or "a page without content"))
    return record._replace(content=content)


def _payload(archived: WarcRecord) -> _Payload | None:
    """Return the payload of a page, None for what is no page. Raises ValueError for broken HTTP."""
    kind = archived.fields.get("warc-type", "").lower()
    stated = archived.fields.get("content-type", "")
    if kind in _WITHOUT_HTTP:
        message = Message(_OK, {"content-type": stated}, archived.block)
    elif kind == "response" and content_type(stated)[0] in ("application/http", ""):
        message = parse(archived.block)
    else:
        return None
    name, charset = content_type(message.fields.get("content-type", ""))
    media_type = _MEDIA_TYPES.get(name or archived.fields.get("warc-identified-payload-type", "").lower())
    return _Payload(message, media_type, charset) if media_type and message.status == _OK else None


def _described(archived: WarcRecord, payload: _Payload) -> Record:
    """Return a record that has everything but its content."""
    url = archived.fields.get("warc-target-uri", "").strip("<> ")
    given = {"url": url, "fetched": archived.fields.get("warc-date", ""), "charset": payload.charset or ""}
    given = {name: sound(value) for name, value in given.items() if value}
    return Record(payload.media_type, None, None, None, given.get("url"), json.dumps(given, sort_keys=True))
