"""Read the evidence for the day of publication off an article's passages and its other lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from transforms.dating.clue import Clue
from transforms.dating.days import bound_clues, dated
from transforms.dating.expression import Expression, expressions
from transforms.dating.frame import Line, caption_clues, caption_weekday_clues, head_clues, line_clues
from transforms.dating.relative import relative_clues
from transforms.dating.weekdays import weekday_clues
from transforms.segments import RawMap
from transforms.timex import Found


class Passage(Protocol):
    """A stretch of clean text as in `transforms.pages`."""

    @property
    def role(self) -> str:
        """Headline, deck, caption or body."""

    @property
    def text(self) -> str:
        """The clean text."""

    @property
    def raw_map(self) -> RawMap:
        """The way from offsets in `text` to those in the raw text."""


def find_clues(
    passages: Sequence[Passage], founds: Sequence[Sequence[Found]], lines: Sequence[Line] = ()
) -> list[Clue]:
    """Return what an article's own words say of the day it was published, in order of place.

    In: its passages (headline, deck and captions first, then the body), for each the expressions `find_dates` found
    in it, and the lines of the page outside the passages. No clock is read.
    """
    read = [(passage, expressions(found)) for passage, found in zip(passages, founds, strict=True)]
    captions = [
        _raw(clue, passage) for passage, found in read if passage.role == "caption"
        for clue in caption_clues(passage.text, found)
    ]  # fmt: skip
    pictured = [clue.earliest for clue in captions if clue.earliest]
    told = [
        _raw(clue, passage) for passage, found in read if passage.role != "caption"
        for clue in _told(passage, found, pictured)
    ]  # fmt: skip
    above = min((passage.raw_map.raw_span(0, 1)[0] for passage in passages if passage.role == "body"), default=0)
    return sorted((*captions, *told, *line_clues(lines, above)), key=lambda clue: (clue.raw_start or 0, clue.rule))


def _told(passage: Passage, found: Sequence[Expression], pictured: Sequence[date]) -> Iterator[Clue]:
    text = passage.text
    days = dated(text, found)
    yield from bound_clues(text, days)
    yield from weekday_clues(text, found)
    yield from relative_clues(text, found, days)
    if passage.role == "body":
        yield from head_clues(text, found)
        yield from caption_weekday_clues(pictured, found)


def _raw(clue: Clue, passage: Passage) -> Clue:
    start, end = passage.raw_map.raw_span(clue.raw_start or 0, clue.raw_end or 0)
    return clue._replace(raw_start=start, raw_end=end)
