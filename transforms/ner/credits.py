"""Credits and web addresses run into names: "Getty Images Rosa Lind" under a picture is an agency and a person.

`credits.csv` has the agencies. Columns: name, kind (one that deals in pictures is a credit wherever it is run into
another name, one of news, or with a name others share, only behind a slash or at the end of a line), source of the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from transforms.gazetteer.spelling import rows
from transforms.ner.document import Document, Mention

_WEB = re.compile(r"\S*(?://|\bpic\.twitter\.com)\S*|^[a-z][\w-]{0,60}(?:\.[\w-]{1,60})+(?:/\S*)?|^\d{1,2}:\d\d(?!\S)")
_CAPTION = re.compile(r" (?:Image|Photo|Picture|Video)$")
_CAPTION_AFTER = re.compile(r":| (?:caption|copyright|credit)\b")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_BEFORE = re.compile(r"(?:[/(|]|\bvia )$")
_AFTER = re.compile(r"$|[/)|]", re.MULTILINE)
_LONGEST_CUE = 4


class Cut(NamedTuple):
    """A stretch of a mention that is no part of its name (code points, half-open)."""

    start: int
    end: int
    is_agency: bool


def without_credits(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Cut web addresses, times and the words for a caption off names, and agencies off what is run into them.

    A single word beside an agency is left out: most begin the caption.
    """
    return sorted(part for mention in mentions for part in _parts(document, mention))


def _parts(document: Document, mention: Mention) -> Iterator[Mention]:
    name = document.name(mention)
    cuts = [] if _is_plain(name) else list(_cuts(document.texts[mention.passage], mention.start, mention.end))
    if not cuts:
        yield mention
        return
    has_agency = any(cut.is_agency for cut in cuts)
    at = mention.start
    for cut in (*cuts, Cut(mention.end, mention.end, is_agency=False)):
        rest = _rest(document, mention._replace(start=at, end=cut.start))
        if rest and (not has_agency or " " in document.name(rest)):
            yield rest
        if cut.is_agency:
            yield mention._replace(start=cut.start, end=cut.end, label="ORG", source="lexicon")
        at = cut.end


def _is_plain(name: str) -> bool:
    """Whether nothing can be run into a name."""
    return not ("/" in name or ":" in name or "." in name) and _words().isdisjoint(name.split())


def _rest(document: Document, mention: Mention) -> Mention | None:
    name = document.name(mention)
    before = len(name) - len(_EDGES.sub("", name, count=1)) if _EDGES.match(name) else 0
    kept = _EDGES.sub("", name)
    start = mention.start + before
    return mention._replace(start=start, end=start + len(kept)) if any(map(str.isupper, kept)) else None


def _cuts(text: str, start: int, end: int) -> Iterator[Cut]:
    """Yield what is to be cut off text[start:end], in order."""
    caption = _CAPTION.search(text[start:end]) if _CAPTION_AFTER.match(text, end) else None
    last = start + caption.start() if caption else end
    found = [*_WEB.finditer(text[start:last]), *_agencies().finditer(text[start:last])]
    at = start
    for one in sorted(found, key=lambda one: (one.start(), -one.end())):
        cut = Cut(start + one.start(), start + one.end(), one.re is not _WEB)
        if cut.start >= at and (not cut.is_agency or _is_credit(text, cut, start, last)):
            at = cut.end
            yield cut
    if caption:
        yield Cut(last, end, is_agency=False)


def _is_credit(text: str, cut: Cut, start: int, end: int) -> bool:
    """Whether an agency's name is one in the span text[start:end]."""
    if _kinds()[text[cut.start : cut.end]] == "pictures":
        return True
    before = _BEFORE.search(text[max(0, cut.start - _LONGEST_CUE) : cut.start]) is not None
    after = _AFTER.match(text, cut.end) is not None
    return (cut.start, cut.end) != (start, end) and (before or after)


@cache
def _kinds() -> dict[str, str]:
    return {row["name"]: row["kind"] for row in rows("transforms.ner", "credits.csv")}


@cache
def _agencies() -> re.Pattern[str]:
    names = sorted(_kinds(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-]|’s|'s)")


@cache
def _words() -> frozenset[str]:
    """The words of which a name that is cut has at least one."""
    return frozenset(word for name in _kinds() for word in name.split()) | {"Image", "Photo", "Picture", "Video"}
