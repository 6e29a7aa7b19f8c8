"""Place found expressions on the calendar, or say why they cannot be placed.

Values follow TIMEX3 (ISO-TimeML). Relative forms are counted from the publication
day or from the last date the text names; without either they stay unresolved.
No clock is read: the same text and publication day give the same result on any day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from transforms.timex.anchoring import next_anchor
from transforms.timex.context import Anchor, Context, Published
from transforms.timex.found import Found
from transforms.timex.meaning import meaning
from transforms.timex.readings import WIDEST, Resolved, merged


def resolve_all(founds: Iterable[Found], published: Published | None) -> Iterator[tuple[Found, Resolved]]:
    """Yield each found expression of one text, in order, with what it means; dates carry on to later ones.

    Where publication is known as an interval, the text is read once as of either end, and once without a day.
    """
    listed = list(founds)
    readings = [_read(listed, day) for day in _days(published)]
    for found, *resolved in zip(listed, *readings, strict=True):
        yield found, merged(resolved, published)


def _read(founds: Iterable[Found], day: date | None) -> Iterator[Resolved]:
    anchor: Anchor | None = None
    for found in founds:
        resolved = _resolve(found, day, anchor)
        yield resolved
        anchor = next_anchor(found, resolved, anchor)


def resolve(found: Found, published: Published | None, anchor: Anchor | None = None) -> Resolved:
    """Return what `found` means for a text published on `published`, after the date `anchor` in the same text.

    >>> from transforms.timex.finder import find_dates
    >>> (tuesday,) = find_dates("It rained on Tuesday.")
    >>> resolve(tuesday, Published(date(2026, 3, 5), date(2026, 3, 5))).value
    '2026-03-03'
    >>> resolve(tuesday, None)[1:4], resolve(tuesday, None).unresolved_reason
    (('XXXX-WXX-2', None, None), 'no publication date')
    """
    return merged([_resolve(found, day, anchor) for day in _days(published)], published)


def _resolve(found: Found, day: date | None, anchor: Anchor | None) -> Resolved:
    return meaning(found.form, Context(day, anchor, found.direction, found.start))


def _days(published: Published | None) -> tuple[date | None, ...]:
    """Return the days to read a text as of: the one it was published on, or both ends and none, or none."""
    if published is None or published.latest - published.earliest > WIDEST:
        return (None,)
    if published.earliest == published.latest:
        return (published.earliest,)
    return published.earliest, published.latest, None
