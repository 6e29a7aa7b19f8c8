"""Words that a headline or a caption takes from a quotation of the body: they are said by the same speaker."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, islice
from typing import Any

from transforms.quoting.wording import fold
from transforms.quoting.words import REPEATED, REPEATED_SHARE

_LEAST_WORDS = 3
_LOOKED_UP = 50
_TAKEN = ("speaker_surface", "speaker_raw_start", "speaker_raw_end", "speaker_entity_key")

_Row = dict[str, Any]


def with_repeats(rows: Sequence[_Row]) -> list[_Row]:
    """Return the quotations of an article; those outside its body that nobody says get who says the words there."""
    said = [row for row in rows if row["role"] == "body" and row.get("speaker_surface")]
    silent = (row for row in rows if row["role"] != "body" and not row.get("speaker_surface"))
    lines = [f" {fold(row['surface'])} \n" for row in said]
    ends = list(accumulate(len(line) for line in lines))
    text = "".join(lines)
    found: dict[int, _Row] = {}
    for row in islice(silent, _LOOKED_UP):
        words = fold(row["surface"])
        at = text.find(f" {words} ") if words.count(" ") + 1 >= _LEAST_WORDS else -1
        if at >= 0:
            found[row["raw_start"]] = _taken(row, said[bisect_right(ends, at)])
    return [found.get(row["raw_start"], row) for row in rows]


def _taken(row: _Row, said: _Row) -> _Row:
    kind = "partial" if row["kind"] == "scare" else row["kind"]
    confidence = round(said["confidence"] * REPEATED_SHARE, 3)
    return {
        **row,
        **{name: said.get(name) for name in _TAKEN},
        "kind": kind,
        "rule": REPEATED,
        "confidence": confidence,
    }
