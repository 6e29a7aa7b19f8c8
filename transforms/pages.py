"""What extractors read of an article: its body, headline, deck and captions, each with the way back to raw text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa

from transforms.segments import RawMap, Segment, clean_line

READ_ROLES = ("headline", "deck", "caption")
_READ_LANGUAGES = ("en", None)


class Passage(NamedTuple):
    """One stretch of clean text; `raw_map` leads from its offsets to those of `raw_text`."""

    role: str
    text: str
    raw_text: str
    raw_map: RawMap

    def span(self, start: int, end: int) -> dict[str, object]:
        """Return the SPAN columns for `text[start:end]` (code points, half-open, not empty)."""
        raw_start, raw_end = self.raw_map.raw_span(start, end)
        is_body = self.role == "body"
        return {
            "text_start": start if is_body else None,
            "text_end": end if is_body else None,
            "raw_start": raw_start,
            "raw_end": raw_end,
            "surface": self.raw_text[raw_start:raw_end],
            "role": self.role,
        }

    def text_offsets(self) -> tuple[dict[int, int], dict[int, int]]:
        """Return the text offsets of raw starts and of raw ends: the way `raw_map` does not go."""
        spans = [self.raw_map.raw_span(at, at + 1) for at in range(len(self.text))]
        starts = {start: at for at, (start, _) in reversed(list(enumerate(spans)))}
        return starts, {end: at + 1 for at, (_, end) in enumerate(spans)}


class Page(NamedTuple):
    """One article (its row in `articles`) and its passages: headline, deck and captions first, then the body."""

    article: dict[str, Any]
    passages: list[Passage]


def pages(documents: pa.Table, blocks: pa.Table, articles: pa.Table) -> Iterator[Page]:
    """Yield a page for each row of `articles` that the English extractors can read, in their order.

    An article in another language has none; one whose language nobody knows is read as English.
    """
    raw_texts = dict(zip(documents["article_id"].to_pylist(), documents["raw_text"].to_pylist(), strict=True))
    parts = _parts(blocks)
    for article in articles.to_pylist():
        if article["language"] not in _READ_LANGUAGES:
            continue
        raw_text = raw_texts[article["article_id"]]
        passages = [_part(raw_text, *part) for part in parts[article["article_id"]]]
        if article["text"]:
            passages.append(_body(raw_text, article))
        yield Page(article, [passage for passage in passages if passage.text])


def _parts(blocks: pa.Table) -> defaultdict[str, list[tuple[str, int, int]]]:
    parts = defaultdict(list)
    columns = (blocks[name].to_pylist() for name in ("article_id", "role", "raw_start", "raw_end"))
    for article_id, role, raw_start, raw_end in zip(*columns, strict=True):
        if role in READ_ROLES:
            parts[article_id].append((role, raw_start, raw_end))
    return parts


def _part(raw_text: str, role: str, raw_start: int, raw_end: int) -> Passage:
    text, segments = clean_line(raw_text, raw_start, raw_end)
    return Passage(role, text, raw_text, RawMap(segments))


def _body(raw_text: str, article: dict[str, Any]) -> Passage:
    segments = [Segment(**segment) for segment in article["segments"]]
    return Passage("body", article["text"], raw_text, RawMap(segments))
