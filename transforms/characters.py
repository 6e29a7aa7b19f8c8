"""Which characters of a line are not what its writer meant, and what stands in `text` for them.

Quotes, dashes and letters keep their form (NFC, never NFKC).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from html import unescape
from html.entities import html5
from typing import NamedTuple

from ftfy import ExplanationStep, TextFixerConfig, fix_encoding_and_explain
from ftfy.chardata import UTF8_DETECTOR_RE as _PARTS

_SPACES = r"\t\n\v\f\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CONTROLS = r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_FORMATS = r"\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc"
_ODD = f"{_SPACES}{_CONTROLS}{_FORMATS}"
_JOINERS = r"\u200c\u200d"
# with the marks that letters compose with, and what NFC writes as a character of these
_LATIN = r"\x00-\u024f\u0300-\u036f\u037e\u0387\u1fef\u1ffd\u212a\u212b"
_SUSPECT = re.compile(f"[{_ODD}{_JOINERS}]")
_PRINTABLE_SUSPECT = "\ufffc"
_GAP = f"[ {_ODD}{_JOINERS}]"
# A lone plain space is no edit: most of a text is left in long pieces. Joiners shape the letters of other scripts and
# emoji, and do nothing after a Latin letter, a space or no character.
_UNSEEN = re.compile(rf"{_GAP}(?:(?<=[{_ODD}])|(?<= )(?={_GAP})|(?<=[{_JOINERS}])(?<![^{_LATIN}][{_JOINERS}])){_GAP}*")
_HAS_SPACE = re.compile(f"[ {_SPACES}]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NO_CHARACTER = "\ufffd"
# UTF-8 read in a one-byte encoding: a first byte and a continuation byte as Windows, Latin-1 and Mac code pages show
# them, or a control character, which those pages show where another has a sign
_CONTINUATIONS = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸЂ"
_MISREAD = re.compile(f"[\x80-\x9f\xc2-\xf4вРСβā‚](?:(?<=[\x80-\x9f])|(?=[{_CONTINUATIONS}])|(?<=‚)(?=Ä))")
_FOREIGN = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+(?:[\x00-\x7f][^\x00-\x7f]+)*[\x00-\x7f]?")
_REPAIR = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
    restore_byte_a0=False,
    replace_lossy_sequences=False,
)
_MOST_MARKS = 30
"""As in Unicode's Stream-Safe Text Format; a letter with more is left as it is."""


class Edit(NamedTuple):
    """`text[start:end]` is replaced by `new`, of one character at most unless composed.

    `kind` is entity, mojibake, space, invisible (`new` is empty) or composed.
    """

    start: int
    end: int
    new: str
    kind: str


def is_plain(line: str) -> bool:
    """Whether `line` (without spaces at its ends) needs no edit: true of most lines, and fast."""
    is_suspect = not line.isprintable() or _PRINTABLE_SUSPECT in line
    if "  " in line or (is_suspect and _SUSPECT.search(line)) or ("&" in line and _ENTITY.search(line)):
        return False
    return line.isascii() or (unicodedata.is_normalized("NFC", line) and not _MISREAD.search(line))


def entities(text: str) -> Iterator[Edit]:
    """Yield the HTML entities in plain text, by the table of HTML 5; once only, so that `&amp;lt;` is `&lt;`."""
    for found in _ENTITY.finditer(text):
        name = found.group()[1:]
        new = unescape(found.group()) if name.startswith("#") or name in html5 else ""
        if len(new) == 1 and new != _NO_CHARACTER:
            yield Edit(*found.span(), new, "entity")


def mojibake(text: str) -> Iterator[Edit]:
    """Yield each character that ftfy's badness test says was decoded in the wrong encoding."""
    if _MISREAD.search(text):
        yield from _repaired(0, text, (_FOREIGN, _PARTS))


def _repaired(at: int, broken: str, parts: tuple[re.Pattern[str], ...]) -> Iterator[Edit]:
    """Yield the repairs of `broken`, which stands at `at`; where it was not misread as a whole, of its parts."""
    fixed, plan = fix_encoding_and_explain(broken, _REPAIR)
    widths = _widths(broken, plan or [])
    if len(widths) == len(fixed):
        start = 0
        for character, width in zip(fixed, widths, strict=True):
            if character != broken[start : start + width]:
                yield Edit(at + start, at + start + width, character, "mojibake")
            start += width
    elif parts:
        for part in parts[0].finditer(broken):
            yield from _repaired(at + part.start(), part.group(), parts[1:])


def _widths(broken: str, plan: list[ExplanationStep]) -> list[int]:
    """Return how many characters of `broken` each repaired one was; an empty list where that cannot be told."""
    text, widths = broken, [1] * len(broken)
    for (step, encoding), (next_step, decoding) in zip(plan[::2], plan[1::2], strict=False):
        if (step, next_step) != ("encode", "decode"):
            return []
        intended = decoding.removesuffix("-variants")
        try:
            text = text.encode(encoding).decode(intended)
        except UnicodeDecodeError:
            return []
        lengths = iter(widths)
        widths = [sum(next(lengths) for _ in character.encode(intended)) for character in text]
    return widths if plan and len(plan) % 2 == 0 else []


def unseen(text: str) -> Iterator[Edit]:
    """Yield runs of spaces of any kind, which become one plain space, and invisible characters, which go."""
    for found in _UNSEEN.finditer(text):
        if _HAS_SPACE.search(found.group()):
            yield Edit(*found.span(), " ", "space")
        else:
            yield Edit(*found.span(), "", "invisible")


def composed(text: str) -> Iterator[Edit]:
    """Yield what NFC writes otherwise: a letter and the marks after it, most often as one letter."""
    if unicodedata.is_normalized("NFC", text):
        return
    starts = [at for at, character in enumerate(text) if not at or not _joins(character)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if end - start <= _MOST_MARKS and not unicodedata.is_normalized("NFC", text[start:end]):
            yield Edit(start, end, unicodedata.normalize("NFC", text[start:end]), "composed")


def _joins(character: str) -> bool:
    """Whether `character` may compose with the one before it: a mark, or a later letter of a Hangul syllable."""
    return character > "\x7f" and (unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff")


EDITS: tuple[Callable[[str], Iterator[Edit]], ...] = (entities, mojibake, unseen, composed)
"""In this order: an entity may stand for a misread byte, that for a space or mark, and a mark joins what is left."""
