"""From bytes to text: which encoding, and how it was found."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from charset_normalizer import from_bytes

from transforms.code_pages import latin_code_page
from transforms.languages import detect
from transforms.readers.record import sound

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_DECLARATION_BYTES = 4096
_READ_AS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "big5": "cp950",
}  # fmt: skip
"""As browsers do (WHATWG Encoding): pages that declare these mean the superset."""
_NO_CHARSETS = frozenset(("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"))
"""Codecs of Python that no page is written in."""
_MOST_CONTROLS = 0.01
_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\v\f\r")
_ASCII = bytes(range(0x80))
_HIGH_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_SAMPLE = 16_384
_AFTER_CHARACTER = re.compile(rb"[\n -/][^\n -/]*\Z")
"""These bytes are no part of a longer character in any multi-byte encoding."""
_NO_TEXT = frozenset(("Cc", "Cn", "Co", "Cs"))
_LETTERS = b" ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_MOST_LETTERS = 0.6
"""Of Western text in UTF-16 half of the bytes are letters, of other scripts fewer."""
_WESTERN = 0.4
_RARE = re.compile("[\u3400-\u4dbf]")
"""Han characters hardly ever used, which pairs of ASCII letters and digits look like in UTF-16."""


class Decoded(NamedTuple):
    """Text with the encoding it was decoded with and how that was found."""

    text: str
    encoding: str
    method: str


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """Decode `content`; `declared` is a charset stated outside of it, as by an HTTP header.

    In order: BOM, strict UTF-8, UTF-16 by its control bytes, UTF-8 with a few broken bytes, the charset declared
    outside, the charset the page declares, a guess. UTF-16 of many scripts is valid UTF-8, but for being full of
    control characters: such UTF-8 is passed over. Raises ValueError, with the reason, when the result is not text.

    >>> decode("Córdoba".encode("utf-16"))
    Decoded(text='Córdoba', encoding='utf-16-le', method='bom')
    """
    attempts: tuple[Callable[[bytes], Decoded | None], ...] = (
        _by_bom,
        _as_utf8,
        _as_utf16,
        _as_damaged_utf8,
        lambda content: _as_declared(content, declared),
        _by_guess,
    )
    for attempt in attempts:
        decoded = attempt(content)
        if decoded:
            return _require_text(decoded)
    raise ValueError("in no encoding that could be recognised")


def _by_bom(content: bytes) -> Decoded | None:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return Decoded(content[len(bom) :].decode(encoding, "replace"), encoding, "bom")
    return None


def _as_utf8(content: bytes) -> Decoded | None:
    if _is_binary(content):
        return None
    try:
        return Decoded(content.decode(), "utf-8", "utf-8")
    except UnicodeDecodeError:
        return None


def _is_binary(content: bytes) -> bool:
    return _control_count(content) > _MOST_CONTROLS * len(content)


def _control_count(content: bytes) -> int:
    return len(content) - len(content.translate(None, _CONTROLS))


def _as_utf16(content: bytes) -> Decoded | None:
    """UTF-16 without BOM: many control bytes, and characters that all exist, in few blocks, in one byte order."""
    sample = content[:_SAMPLE]
    letters = len(sample) - len(sample.translate(None, _LETTERS))
    if letters > _MOST_LETTERS * len(sample) or not _is_binary(content):
        return None
    whole = len(sample) - len(sample) % 2
    orders = (("utf-16-le", sample[1:whole:2]), ("utf-16-be", sample[:whole:2]))
    read = [
        (len(set(blocks)), encoding)
        for encoding, blocks in orders
        if _reads_well(sample[:whole].decode(encoding, "replace"), blocks)
    ]
    if not read:
        return None
    encoding = min(read)[1]
    return Decoded(content[: len(content) - len(content) % 2].decode(encoding, "replace"), encoding, "utf-16-pattern")


def _reads_well(text: str, blocks: bytes) -> bool:
    """Whether nearly all characters exist, and either are Western, so that their block is 0, or of some language."""
    odd = text.count("\ufffd") + len(_RARE.findall(text))
    odd += sum(unicodedata.category(character) in _NO_TEXT and not character.isspace() for character in text)
    is_sound = bool(text) and odd <= _MOST_CONTROLS * len(text)
    return is_sound and (blocks.count(0) > _WESTERN * len(blocks) or detect(text) is not None)


def _as_damaged_utf8(content: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes: more whole multi-byte characters than broken ones."""
    text = content.decode(errors="replace")
    broken = text.count("\ufffd")
    ascii_count = len(content) - len(content.translate(None, _ASCII))
    whole = len(text) - ascii_count - broken
    return Decoded(text, "utf-8", "utf-8-damaged") if whole > broken else None


def _as_declared(content: bytes, outside: str | None) -> Decoded | None:
    """Return the first reading by a declared charset that holds: all bytes decode, none to a control character."""
    for name in _declarations(content, outside):
        encoding = _encoding(name)
        try:
            text = content.decode(encoding) if encoding else None
        except UnicodeError:
            continue
        if encoding and text is not None and not _HIGH_CONTROL.search(text):
            return Decoded(text, encoding, "declared")
    return None


def _declarations(content: bytes, outside: str | None) -> Iterator[str]:
    if outside:
        yield outside
    if page := _DECLARED.search(content[:_DECLARATION_BYTES]):
        yield page.group(1).decode("ascii", "replace")


def _encoding(name: str) -> str | None:
    """Return the codec for a declared charset; None where no page can be written in it.

    A declaration that could be read as ASCII rules out UTF-16 and the like.
    """
    try:
        encoding = codecs.lookup(name.strip()).name
        encoding = _READ_AS.get(encoding, encoding)
        is_charset = encoding not in _NO_CHARSETS and b"charset".decode(encoding) == "charset"
    except (LookupError, ValueError):
        return None
    return encoding if is_charset else None


def _by_guess(content: bytes) -> Decoded | None:
    if _is_binary(content):
        raise ValueError(f"binary content: {_control_count(content)} control characters in {len(content)} bytes")
    sample = _sample(content)
    best = from_bytes(sample).best()
    if best is None:
        return None
    encoding = latin_code_page(sample, str(best)) or best.encoding
    return Decoded(content.decode(encoding, "replace"), encoding, "guessed")


def _sample(content: bytes) -> bytes:
    """Return a bounded piece of `content` with the first bytes beyond ASCII, cut where no character is cut."""
    if len(content) <= _SAMPLE:
        return content
    first = _HIGH_BYTE.search(content)
    line = content.rfind(b"\n", 0, first.start()) + 1 if first else 0
    sample = content[max(line, (first.start() if first else 0) - _SAMPLE // 2) :][:_SAMPLE]
    end = _AFTER_CHARACTER.search(sample)
    return sample[: end.start()] if end and end.start() else sample


def _require_text(decoded: Decoded) -> Decoded:
    text = decoded.text
    controls = sum(map(text.count, _CONTROLS.decode()))
    if controls > _MOST_CONTROLS * len(text):
        at = next(at for at, character in enumerate(text) if ord(character) in _CONTROLS)
        raise ValueError(f"binary content: {controls} control characters, the first at character {at}")
    if not text.strip():
        raise ValueError("no text in it")
    return decoded._replace(text=sound(text))
