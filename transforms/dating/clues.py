"""Read the evidence for the day of publication off an article's passages and its other lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from transforms.dating.clue import Clue
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


class Line(NamedTuple):
    """A line of the page outside the passages (copyright, byline, furniture ...), as it stands in the raw text."""

    role: str
    raw_text: str
    raw_start: int


def find_clues(
    passages: Sequence[Passage], founds: Sequence[Sequence[Found]], lines: Sequence[Line] = ()
) -> list[Clue]:
    """Return what an article's own words say of the day it was published, in order of place.

    In: its passages (headline, deck and captions first, then the body), for each the expressions `find_dates` found
    in it, and the lines of the page outside the passages. Never reads a stated day of publication as such, nor a clock.
    """
    del passages, founds, lines
    return []
