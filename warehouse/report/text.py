"""Values as the page shows them: untrusted text is clipped, made visible and escaped."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 240
"""Characters of one value that are shown; a warehouse row may hold a whole article."""

JOINERS = "\u00ad\u200c\u200d\u200e\u200f"
"""Invisible characters that words of living scripts need."""

NOTHING = Markup('<span class="none">\u2013</span>')
UNNAMED = Markup('<span class="none">not stated</span>')


def clip(text: str, longest: int = LONGEST) -> str:
    """Shorten a text and say how much is left out.

    >>> clip("abcdef", 4)
    'abcd … (2 more characters)'
    """
    over = len(text) - longest
    return text if over <= 0 else f"{text[:longest]} … ({over:,} more characters)"


def visible(text: str) -> str:
    r"""Fold white space and spell out control characters, which could otherwise hide or turn the text.

    >>> visible("a\n\tb\u202ec\x00")
    'a b⟦U+202E⟧c⟦U+0000⟧'
    """
    folded = re.sub(r"\s+", " ", text).strip()
    return "".join(
        character if character.isprintable() or character in JOINERS else f"⟦U+{ord(character):04X}⟧"
        for character in folded
    )


def shown_day(value: dt.date | None) -> str:
    """Write a day out.

    >>> shown_day(dt.date(2026, 3, 2))
    '2 March 2026'
    """
    return "an unknown day" if value is None else f"{value.day} {value:%B} {value:%Y}"


def shown(value: object, kind: str = "text") -> Markup:
    """Turn a value of a table into safe mark-up.

    >>> shown("<b>")
    Markup('<bdi>&lt;b&gt;</bdi>')
    >>> shown(1234), shown(0.5, "share"), shown(None) == NOTHING
    (Markup('1,234'), Markup('50 %'), True)
    """
    if value is None or value == "":
        return UNNAMED if kind == "name" else NOTHING
    if isinstance(value, Markup):
        return value
    if isinstance(value, (list, tuple)):
        return _list(value)
    if isinstance(value, str):
        return Markup("<bdi>{}</bdi>").format(visible(clip(value)))
    return Markup(_plain(value, kind))  # noqa: S704 - digits, and the fixed words of _plain


def counted(count: int, noun: str) -> str:
    """Write a number with its noun.

    >>> counted(1, "row"), counted(2000, "row")
    ('1 row', '2,000 rows')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def first(values: Sequence[str], most: int) -> list[str]:
    """Cut a list and say how much is left out.

    >>> first(["a", "b", "c"], 2)
    ['a', 'b', 'and 1 more']
    """
    over = len(values) - most
    return [*values[:most], f"and {over:,} more"] if over > 0 else list(values)


def titled(title: str, *notes: object) -> Markup:
    """Set a title with smaller notes under it.

    >>> titled("Kyiv", "GPE")
    Markup('<bdi>Kyiv</bdi><small><bdi>GPE</bdi></small>')
    """
    small = Markup(" · ").join(shown(note) for note in notes)
    return shown(title) + (Markup("<small>{}</small>").format(small) if notes else Markup())


def _list(values: Sequence[object]) -> Markup:
    items = Markup().join(Markup("<li>{}</li>").format(shown(value)) for value in values)
    return Markup("<ul>{}</ul>").format(items) if values else NOTHING


def _plain(value: object, kind: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S} UTC"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{100 * value:.0f} %" if kind == "share" else f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{value:,}"
