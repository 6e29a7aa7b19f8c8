"""An entity mention as attribution sees it."""

from __future__ import annotations

from typing import NamedTuple


class Name(NamedTuple):
    """One entity mention of the text (code points, half-open)."""

    start: int
    end: int
    label: str
