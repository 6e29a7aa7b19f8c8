"""From bytes to text: which encoding, and how it was found."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

from charset_normalizer import from_bytes

from transforms.readers.record import sound

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARATION_BYTES = 4096
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""As browsers do (WHATWG Encoding): pages that declare these mean the Windows superset."""
_NO_CHARSETS = frozenset(("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"))
"""Codecs of Python that no page is written in."""
_MOST_CONTROLS = 0.01
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class Decoded(NamedTuple):
    """Text with the encoding it was decoded with and how that was found."""

    text: str
    encoding: str
    method: str


def decode(content: bytes) -> Decoded:
    """Decode `content`, trying in order: BOM, the NUL pattern of UTF-16, UTF-8, a declared charset, a guess.

    Raises ValueError, with the reason, when the result is not text.

    >>> decode("Córdoba".encode("utf-16"))
    Decoded(text='Córdoba', encoding='utf-16-le', method='bom')
    """
    for attempt in _ATTEMPTS:
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
    try:
        return Decoded(content.decode(), "utf-8", "utf-8")
    except UnicodeDecodeError:
        return None


def _by_nul_pattern(content: bytes) -> Decoded | None:
    """UTF-16 without BOM: of Western text, every other byte is NUL."""
    half = len(content) // 2
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        if half and content[offset::2].count(0) > 0.4 * half > content[1 - offset :: 2].count(0) * 4:
            return Decoded(content.decode(encoding, "replace"), encoding, "utf-16-pattern")
    return None


def _as_declared(content: bytes) -> Decoded | None:
    declared = _DECLARED.search(content[:_DECLARATION_BYTES])
    if not declared:
        return None
    try:
        name = declared.group(1)
        encoding = codecs.lookup(name.decode("ascii")).name
        encoding = _READ_AS.get(encoding, encoding)
        # a declaration that could be read as ASCII rules out UTF-16 and the like
        if encoding in _NO_CHARSETS or name.decode(encoding) != name.decode("ascii"):
            return None
        return Decoded(content.decode(encoding), encoding, "declared")
    except (LookupError, UnicodeError):
        return None


def _as_damaged_utf8(content: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes: more whole multi-byte characters than broken ones."""
    text = content.decode(errors="replace")
    broken = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - broken
    return Decoded(text, "utf-8", "utf-8-damaged") if whole > broken else None


def _by_guess(content: bytes) -> Decoded | None:
    _refuse_binary(content)
    best = from_bytes(content).best()
    if best is None:
        return None
    # where several encodings give the same text, the commonest on the web is named
    return Decoded(str(best), "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding, "guessed")


def _refuse_binary(content: bytes) -> None:
    controls = len(_CONTROL_BYTES.findall(content))
    if controls > _MOST_CONTROLS * len(content):
        raise ValueError(f"binary content: {controls} control characters in {len(content)} bytes")


_ATTEMPTS: tuple[Callable[[bytes], Decoded | None], ...] = (
    _by_bom,
    _by_nul_pattern,
    _as_utf8,
    _as_declared,
    _as_damaged_utf8,
    _by_guess,
)


def _require_text(decoded: Decoded) -> Decoded:
    controls = len(_CONTROLS.findall(decoded.text))
    if controls > _MOST_CONTROLS * len(decoded.text):
        where = _CONTROLS.search(decoded.text)
        at = where.start() if where else 0
        raise ValueError(f"binary content: {controls} control characters, the first at character {at}")
    if not decoded.text.strip():
        raise ValueError("no text in it")
    return decoded._replace(text=sound(decoded.text))
