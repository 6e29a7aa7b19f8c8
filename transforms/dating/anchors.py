"""Dated anchors: events that recur at a known time of year, or of which an anniversary tells the year.

The table `anchors.csv` may be edited: names as news writes them (apart by "|"), first and last day of the time of year
("MM-DD", may run over the turn of the year), the day it first happened where anniversaries are counted from it, and
where that is known from.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_MOST = 20
"""Mentions read of one passage."""


class Anchor(NamedTuple):
    """An event: its time of year, and the day its anniversaries are counted from."""

    season: tuple[str, str]
    since: date | None


class AnchorMention(NamedTuple):
    """A name of an anchor in a text, half-open."""

    start: int
    end: int
    anchor: Anchor


@cache
def _anchors() -> tuple[tuple[str, Anchor], ...]:
    table = files("transforms.dating").joinpath("anchors.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    return tuple((name, _anchor(row)) for row in rows for name in row["names"].split("|"))


def _anchor(row: dict[str, str]) -> Anchor:
    return Anchor((row["from"], row["to"]), date.fromisoformat(row["since"]) if row["since"] else None)


def anchor_mentions(text: str) -> list[AnchorMention]:
    """Return where `text` names an anchor, in order.

    >>> [(mention.start, mention.anchor.season) for mention in anchor_mentions("He spoke before Christmas.")]
    [(16, ('12-24', '12-26'))]
    """
    found = [mention for name, anchor in _anchors() if name in text for mention in _named(text, name, anchor)]
    return sorted(found, key=lambda mention: (mention.start, mention.end))[:_MOST]


def _named(text: str, name: str, anchor: Anchor) -> Iterator[AnchorMention]:
    start = text.find(name)
    for _ in range(_MOST):
        if start < 0:
            return
        end = start + len(name)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            yield AnchorMention(start, end, anchor)
        start = text.find(name, end)
