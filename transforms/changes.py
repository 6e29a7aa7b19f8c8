"""The stage `changes`: what a version of a text changed, in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from transforms.differences import differences
from transforms.segments import RawMap, Segment
from warehouse import schema

_UNSPACED = r"\u0e00-\u109f\u1780-\u17ff\u3005-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"
"""Scripts without spaces between words: each sign is one."""
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff"
"""Signs that belong to the letter before them."""
_LETTERS = rf"(?:[^\W_{_UNSPACED}]++|[{_MARKS}]++)++"
_WORD = re.compile(rf"[{_UNSPACED}]|{_LETTERS}(?:['’.,:/-]{_LETTERS})*+|[%‰$¢-¥₠-₿]")

_SEPARATOR = re.compile(r",(?=\d{3}(?!\d))")
"""What stands between the thousands of a figure."""


class Change(NamedTuple):
    """A stretch of characters in each of two texts, half-open; an empty one is where the other would stand."""

    start: int
    end: int
    other_start: int
    other_end: int


class _Words(NamedTuple):
    """The words of a text in the form that compares, and where each begins and ends."""

    keys: list[str]
    starts: list[int]
    ends: list[int]
    length: int

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters of some words, of none the place before the next."""
        begin = self.starts[start] if start < len(self.starts) else self.length
        return begin, self.ends[end - 1] if start < end else begin


class _Article(NamedTuple):
    """A text with its way back to the raw characters."""

    text: str
    raw_map: RawMap


def changes(duplicates: pa.Table, articles: pa.Table, known_articles: pa.Table) -> pa.Table:
    """Tell for each version of this run what its words are beside those of the earlier text.

    In: article_id, other_article_id and relation of schema.DUPLICATES; article_id, text and segments of the articles it
    names, of this run and of earlier ones. Out: rows of schema.CHANGES in the order of the text.
    """
    versions = duplicates.filter(pc.equal(duplicates["relation"], "version"))
    pairs = sorted(zip(*(versions[name].to_pylist() for name in ("article_id", "other_article_id")), strict=True))
    texts = _texts(pa.concat_tables([articles, known_articles]), {one for pair in pairs for one in pair})
    # an article kept out of its table by a check leaves none to compare
    told = (pair for pair in pairs if pair[0] in texts and pair[1] in texts)
    return schema.CHANGES.rows([row for pair in told for row in _rows(pair, texts[pair[0]], texts[pair[1]])])


def _texts(articles: pa.Table, article_ids: set[str]) -> dict[str, _Article]:
    wanted = articles.filter(pc.is_in(articles["article_id"], pa.array(sorted(article_ids), pa.string())))
    columns = (wanted[name].to_pylist() for name in ("article_id", "text", "segments"))
    return {
        article_id: _Article(text, RawMap([Segment(**segment) for segment in segments]))
        for article_id, text, segments in zip(*columns, strict=True)
    }


def _rows(pair: tuple[str, str], article: _Article, other: _Article) -> Iterator[dict[str, object]]:
    for number, change in enumerate(changed(article.text, other.text)):
        yield {
            "article_id": pair[0],
            "other_article_id": pair[1],
            "change_number": number,
            **_side("", "added", article, change.start, change.end),
            **_side("other_", "left_out", other, change.other_start, change.other_end),
        }


def _side(prefix: str, name: str, article: _Article, start: int, end: int) -> dict[str, object]:
    raw_start, raw_end = article.raw_map.raw_span(start, end) if start < end else (None, None)
    return {
        f"{prefix}text_start": start,
        f"{prefix}text_end": end,
        f"{prefix}raw_start": raw_start,
        f"{prefix}raw_end": raw_end,
        name: article.text[start:end] or None,
    }


def changed(text: str, other: str) -> list[Change]:
    """Return where a text has other words than an earlier one; case, punctuation and spacing do not matter.

    >>> text, earlier = "The van was found burnt out.", "“The grey van” was found."
    >>> [(text[one.start:one.end], earlier[one.other_start:one.other_end]) for one in changed(text, earlier)]
    [('', 'grey'), ('burnt out', '')]
    """
    words, others = _words(text), _words(other)
    return [
        Change(*words.place(one.start, one.end), *others.place(one.other_start, one.other_end))
        for one in differences(words.keys, others.keys)
    ]


def _words(text: str) -> _Words:
    starts, ends = [], []
    for found in _WORD.finditer(text):
        starts.append(found.start())
        ends.append(found.end())
    return _Words(_folded([text[start:end] for start, end in zip(starts, ends, strict=True)]), starts, ends, len(text))


def _folded(words: Sequence[str]) -> list[str]:
    keys = {word: _key(word) for word in set(words)}
    return [keys[word] for word in words]


def _key(word: str) -> str:
    """Return a word in the form that compares: small letters, straight apostrophes, figures without separators.

    >>> _key("1,000") == _key("1000"), _key("Don’t") == _key("don't"), _key("3,5") == _key("35")
    (True, True, False)
    """
    plain = _SEPARATOR.sub("", word.casefold().replace("’", "'"))
    return plain if plain.isascii() else unicodedata.normalize("NFKC", plain)
