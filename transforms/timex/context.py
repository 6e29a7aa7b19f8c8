"""What a form may be placed by, and what placing it gives."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from transforms.timex.periods import Period
from transforms.timex.words import Direction

NO_PUBLICATION = "no publication date"
NO_EARLIER_DATE = "no date before it in the text to count from"
NO_CLOSE_PUBLICATION = "the publication date is not known closely enough"
NO_WEEK = "the week of the day is not told"
TOO_COARSE = "the date it counts from is less precise than the count"
REACH = 600
"""How many characters back the date may lie that "two days later" counts from: about two paragraphs."""


class Published(NamedTuple):
    """When a text was published: some day from `earliest` to `latest`, both inclusive."""

    earliest: date
    latest: date
    is_inferred: bool = False


class Anchor(NamedTuple):
    """The last date placed in the text, where it ended, the last year stated outright, the quarter reported on."""

    period: Period
    end: int
    year: int | None = None
    quarter: Period | None = None


class Context(NamedTuple):
    """What a form may be placed by; `at` is its offset in the text."""

    published: date | None
    anchor: Anchor | None
    direction: Direction | None
    at: int

    @property
    def near(self) -> Period | None:
        """The last date of the text, if it is close enough to count from."""
        return self.anchor.period if self.anchor and self.at - self.anchor.end <= REACH else None

    @property
    def reported(self) -> Period | None:
        """The quarter that the text reports on: it stands until figures for more than a quarter are given."""
        return self.anchor.quarter if self.anchor else None


class Placed(NamedTuple):
    """A period, what it rests on, and how sure that is."""

    period: Period
    anchor: str
    confidence: float


class Unplaced(NamedTuple):
    """What is known of a date that cannot be placed, and why not."""

    value: str | None
    granularity: str | None
    reason: str


Place = Placed | Unplaced
