"""What another article, whose day of publication is stated, says of this one's."""

from __future__ import annotations

from datetime import date, timedelta

from transforms.dating.clue import Clue

_DAYS_AROUND = {
    "exact": (1, 2), "copy": (1, 2), "version": (2, 3), "contains": (2, 3),
    "shared_passage": (3, 7), "shared_quote": (3, 7),
}  # fmt: skip
"""How many days before and after the other article this one may have been published."""


def neighbour_clue(relation: str, other_id: str, day: date) -> Clue:
    """Return the clue that the article `other_id`, published on `day` as stated there, gives by its `relation`.

    Relations: exact, copy, version, contains, shared_passage, shared_quote; KeyError for any other. `day` must be an
    explicit one: what was itself inferred proves nothing.

    >>> neighbour_clue("copy", "b", date(2026, 3, 5))[3:5]
    (datetime.date(2026, 3, 4), datetime.date(2026, 3, 7))
    """
    before, after = _DAYS_AROUND[relation]
    return Clue(
        relation,
        earliest=max(day, date.min + timedelta(before)) - timedelta(before),
        latest=min(day, date.max - timedelta(after)) + timedelta(after),
        article_id=other_id,
    )
