"""One piece of evidence for the day of publication, and its JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Clue(NamedTuple):
    """What one place of an article, or another article, says of the day of publication.

    `raw_start` and `raw_end` (code points, half-open) are where it stands in `documents.raw_text`; None for what
    another article says, whose id is `article_id`. `earliest` and `latest` bound the day of publication, both
    inclusive. `weekday` (Monday = 1) is the one that is named. `season` is a stretch of any year, from "MM-DD" to
    "MM-DD", both inclusive; it may run over the turn of the year. What a weekday or season says of the
    day of publication depends on `rule`.
    """

    rule: str
    raw_start: int | None = None
    raw_end: int | None = None
    earliest: date | None = None
    latest: date | None = None
    weekday: int | None = None
    season: tuple[str, str] | None = None
    article_id: str | None = None


def clues_to_json(clues: Iterable[Clue]) -> str:
    """Write clues as a JSON list of objects without their empty fields.

    >>> clues_to_json([Clue("past_day", 3, 14, earliest=date(2026, 3, 5))])
    '[{"rule": "past_day", "raw_start": 3, "raw_end": 14, "earliest": "2026-03-05"}]'
    """
    rows = [{name: value for name, value in clue._asdict().items() if value is not None} for clue in clues]
    return json.dumps(rows, default=date.isoformat)


def clues_from_json(text: str) -> list[Clue]:
    """Read what `clues_to_json` wrote.

    >>> clues_from_json('[{"rule": "past_day", "earliest": "2026-03-05"}]')[0].earliest
    datetime.date(2026, 3, 5)
    """
    return [_clue(row) for row in json.loads(text)]


def _clue(row: dict[str, object]) -> Clue:
    days = {name: date.fromisoformat(str(row[name])) for name in ("earliest", "latest") if name in row}
    season = row.get("season")
    return Clue(**(row | days | ({"season": tuple(season)} if isinstance(season, list) else {})))  # type: ignore[arg-type]
