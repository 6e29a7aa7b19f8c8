"""The habits of annotated corpora where they part from what serves a user: applied to predictions only."""

from __future__ import annotations

import re
from typing import Any

_NIGHT = re.compile(r"(?i)((?:mon|tues|wednes|thurs|fri|satur|sun|yester)day)\s(?:night|afternoon)")
_ZONE = re.compile(r"(T\d\d:\d\d)(?:Z|[+-]\d\d:\d\d)$")


def tempeval(row: dict[str, Any]) -> dict[str, Any]:
    """Return a predicted expression {start, end, text, type, value} as the corpora would have it.

    They leave "night" and "afternoon" out of "Friday night", zones out of times, and take a business year as a year.

    >>> tempeval({"start": 3, "end": 15, "text": "Friday night", "type": "TIME", "value": "2026-03-06TNI"})
    {'start': 3, 'end': 9, 'text': 'Friday', 'type': 'DATE', 'value': '2026-03-06'}
    """
    value: str | None = row["value"]
    if value is None:
        return row
    night = _NIGHT.fullmatch(row["text"])
    if night:
        day = value.partition("T")[0]
        return row | {"end": row["start"] + night.end(1), "text": night[1], "type": "DATE", "value": day}
    return row | {"value": _ZONE.sub(r"\1", value.removeprefix("FY"))}
