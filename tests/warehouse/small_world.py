"""A warehouse small enough to know by heart: seven articles, two rejected documents, three runs.

Four printings tell of a port: `wire` first, `post` as a copy with one changed word in the quote, `gazette` as an
exact copy under another spelling of the capital, `update` as the wire's later version. `bridge` is a story of its
own without a known day, `market` one with inferred bounds, `orphan` one that nobody dated.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.schema import TABLES
from warehouse.views import create_views

if TYPE_CHECKING:
    from collections.abc import Iterator

Rows = dict[str, list[dict[str, Any]]]
Day = dt.date

RUNS = ("20260302T060000Z-aaaa", "20260303T060000Z-bbbb", "20260304T060000Z-cccc")

TEXTS = {
    "wire": "Port to reopen\nKyiv welcomed the plan on Monday.\n“We will rebuild the port,” Olena Marchuk said.",
    "post": "Port to reopen soon\nKyiv welcomed the plan on Monday.\n“We will rebuild the harbour,” Marchuk said.",
    "gazette": "Port to reopen\nKiev welcomed the plan on Monday.\n“We will rebuild the port,” Olena Marchuk said.",
    "update": "Port reopens\nKyiv welcomed the first ship on Tuesday.\n“We have rebuilt the port,” Marchuk said.",
    "bridge": "Bridge closed\nThe bridge at Odesa closed that spring.\nA “temporary” fence went up.",
    "market": "Market day\nOdesa sold fish before 9 March.\nNobody was quoted.",
    "orphan": "A page without a date\nSomebody walked to Odesa on the 5th.\n“Nobody knows when,” a walker said.",
}

OUTLETS = {
    "wire": "Meridian Wire",
    "post": "Harbour Post",
    "gazette": "Old Gazette",
    "update": "Meridian Wire",
    "bridge": "Harbour Post",
    "market": "Harbour Post",
    "orphan": None,
}

DAYS = {"wire": Day(2026, 3, 2), "post": Day(2026, 3, 2), "gazette": Day(2026, 3, 3), "update": Day(2026, 3, 3)}

STORIES = {
    "wire": ("wire", "wire"),
    "post": ("wire", "wire"),
    "gazette": ("wire", "wire"),
    "update": ("update", "wire"),
}
"""Cluster and story of an article, where it has company."""

KEYS = {
    "Kyiv": ("GPE", "gpe:kyiv"),
    "Kiev": ("GPE", "gpe:kiev"),
    "Odesa": ("GPE", "gpe:odesa"),
    "Olena Marchuk": ("PERSON", "person:marchuk"),
}

CHANGES = (("first ship", "plan"), ("Tuesday", "Monday"), ("have rebuilt", "will rebuild"), ("", "Olena"))
"""What `update` says otherwise than `wire`, in order: its words and those of the wire."""

DATES = {"Monday": Day(2026, 3, 2), "Tuesday": Day(2026, 3, 3), "9 March": Day(2026, 3, 9)}

OPEN_DATES = {"that spring": "no anchor in the text", "the 5th": "publication day unknown"}


def small_world() -> Rows:
    """Make the rows of every table, as dicts, free to be changed before they are loaded."""
    return {
        "documents": [*(_document(name) for name in TEXTS), *_rejected()],
        "blocks": [block for name in TEXTS for block in _blocks(name)],
        "articles": [_article(name) for name in TEXTS],
        "publications": [_publication(name) for name in TEXTS],
        "duplicates": _duplicates(),
        "changes": [_change(number, *words) for number, words in enumerate(CHANGES)],
        "clusters": [_cluster(name) for name in TEXTS],
        "dates": [row for name in TEXTS for row in _dates(name)],
        "mentions": [row for name in TEXTS for row in _mentions(name)],
        "quotes": _quotes(),
        **_identity(),
        **_checked(),
        "measures": [_measure(index, value) for index, value in enumerate((4, 9))],
        "runs": [_run(index, "committed") for index in range(2)] + [_run(2, "unchanged")],
    }


def _measure(index: int, value: int) -> dict[str, Any]:
    """Make the articles of an outlet in one run; the second run has far more than its rows call usual."""
    return {
        "measure": "articles_by_outlet",
        "subject": "Harbour Post",
        "part": value,
        "value": float(value),
        "typical": 4.0 if index else None,
        "lowest": 2.0 if index else None,
        "highest": 6.0 if index else None,
        "runs_compared": 5 * index,
        "is_unusual": bool(index),
        "run_id": RUNS[index],
    }


def load(rows: Rows) -> duckdb.DuckDBPyConnection:
    """Put rows into an in-memory DuckDB as base tables, with the reporting views over them."""
    connection = duckdb.connect()
    for table in TABLES:
        connection.register(table.name, table.rows(rows.get(table.name, [])))
    create_views(connection)
    return connection


def span(name: str, surface: str) -> dict[str, Any]:
    """Find the place of the first `surface` in a text, as the columns every extracted row has."""
    start = TEXTS[name].index(surface)
    return {
        "article_id": name,
        "raw_start": start,
        "raw_end": start + len(surface),
        "surface": surface,
        "role": "body",
        "confidence": 0.9,
        "rule": "test",
        "run_id": RUNS[0],
    }


def _document(name: str) -> dict[str, Any]:
    return {
        "article_id": name,
        "uri": f"pages/{name}.txt",
        "media_type": "text/plain",
        "byte_count": len(TEXTS[name]),
        "encoding": "utf-8",
        "raw_text": TEXTS[name],
        "status": "accepted",
        "run_id": RUNS[0],
    }


def _rejected() -> Iterator[dict[str, Any]]:
    for name, reason in (("broken", "not text: 40 % control characters"), ("empty", "no characters")):
        yield {
            "article_id": name,
            "uri": f"pages/{name}.txt",
            "media_type": "text/plain",
            "byte_count": 0,
            "status": "rejected",
            "reason": reason,
            "run_id": RUNS[1],
        }


def _blocks(name: str) -> Iterator[dict[str, Any]]:
    start = 0
    for number, line in enumerate(TEXTS[name].split("\n")):
        yield {
            "article_id": name,
            "block_number": number,
            "raw_start": start,
            "raw_end": start + len(line),
            "role": "body" if number else "headline",
            "probability": 0.9,
            "rule": "test",
            "run_id": RUNS[0],
        }
        start += len(line) + 1


def _article(name: str) -> dict[str, Any]:
    headline, _, text = TEXTS[name].partition("\n")
    return {
        "article_id": name,
        "text": text,
        "headline": headline,
        "outlet": OUTLETS[name],
        "published_on": DAYS.get(name),
        "word_count": len(text.split()),
        "run_id": RUNS[0],
    }


def _publication(name: str) -> dict[str, Any]:
    row: dict[str, Any] = {"article_id": name, "basis": "unknown", "reason": "nothing to go by", "run_id": RUNS[0]}
    if name in DAYS:
        day = DAYS[name]
        row |= {"earliest": day, "latest": day, "best": day, "basis": "explicit", "confidence": 1.0, "reason": "given"}
        row |= {"weekday": f"{day:%A}", "evidence": _clue("stated", earliest=str(day), latest=str(day))}
    if name == "market":
        row |= {
            "earliest": Day(2026, 3, 1),
            "latest": Day(2026, 3, 8),
            "basis": "inferred",
            "confidence": 0.6,
            "reason": "before 9 March",
            "evidence": _clue("future_day", **_place(name, "9 March"), latest="2026-03-08"),
        }
    return row


def _clue(rule: str, **found: Any) -> str:
    return json.dumps([{"rule": rule, **found}])


def _place(name: str, surface: str) -> dict[str, int]:
    return {key: place for key, place in span(name, surface).items() if key in {"raw_start", "raw_end"}}


def _duplicates() -> list[dict[str, Any]]:
    pairs = (
        ("post", "wire", "copy", 0.8),
        ("gazette", "wire", "exact", 1.0),
        ("gazette", "post", "copy", 0.7),
        ("update", "wire", "version", 0.4),
    )
    return [
        {
            "article_id": one,
            "other_article_id": other,
            "relation": relation,
            "containment": jaccard,
            "other_containment": jaccard,
            "jaccard": jaccard,
            "facts_missing_share": 0.0,
            "shared_count": 12,
            "rule": "shingles",
            "run_id": RUNS[0],
        }
        for one, other, relation, jaccard in pairs
    ]


def _change(number: int, added: str, left_out: str) -> dict[str, Any]:
    return {
        "article_id": "update",
        "other_article_id": "wire",
        "change_number": number,
        **_changed("update", added or "Marchuk said", len(added), "", "added"),
        **_changed("wire", left_out, len(left_out), "other_", "left_out"),
        "run_id": RUNS[0],
    }


def _changed(name: str, words: str, length: int, prefix: str, column: str) -> dict[str, Any]:
    """Find the place of `words` in an article, of which the first characters are what was changed."""
    start, raw_start = TEXTS[name].partition("\n")[2].index(words), TEXTS[name].index(words)
    return {
        f"{prefix}text_start": start,
        f"{prefix}text_end": start + length,
        f"{prefix}raw_start": raw_start if length else None,
        f"{prefix}raw_end": raw_start + length if length else None,
        column: words[:length] or None,
    }


def _cluster(name: str) -> dict[str, Any]:
    cluster, story = STORIES.get(name, (name, name))
    return {
        "article_id": name,
        "cluster_id": cluster,
        "story_id": story,
        "is_canonical": cluster == name,
        "canonical_rule": "earliest" if name in STORIES else "only",
        "run_id": RUNS[0],
    }


def _dates(name: str) -> Iterator[dict[str, Any]]:
    for surface, day in DATES.items():
        if surface in TEXTS[name]:
            yield _expression(name, surface) | {
                "type": "DATE",
                "value": day.isoformat(),
                "date_start": day,
                "date_end": day,
                "granularity": "day",
                "anchor": "publication",
            }
    for surface, reason in OPEN_DATES.items():
        if surface in TEXTS[name]:
            yield _expression(name, surface) | {"type": "DATE", "unresolved_reason": reason}


def _expression(name: str, surface: str) -> dict[str, Any]:
    return span(name, surface) | {"passage": 1, "form": json.dumps(["Words", surface])}


def _mentions(name: str) -> Iterator[dict[str, Any]]:
    for surface, (label, key) in KEYS.items():
        if surface in TEXTS[name]:
            yield span(name, surface) | {"label": label, "entity_key": key, "key_rule": "own_name", "source": "model"}
    if "Olena" not in TEXTS[name] and "Marchuk" in TEXTS[name]:
        yield span(name, "Marchuk") | {
            "label": "PERSON",
            "entity_key": "person:marchuk",
            "source": "surname",
            "key_rule": "surname_in_article",
        }


def _identity() -> Rows:
    names = {
        "e-kyiv": ("Kyiv", "GPE", "UA"),
        "e-odesa": ("Odesa", "GPE", "UA"),
        "e-marchuk": ("Olena Marchuk", "PERSON", None),
    }
    keys = {"gpe:kyiv": "e-kyiv", "gpe:kiev": "e-kyiv", "gpe:odesa": "e-odesa", "person:marchuk": "e-marchuk"}
    return {
        "entities": [
            {"entity_id": entity_id, "name": name, "type": kind, "country": country, "run_id": RUNS[0]}
            for entity_id, (name, kind, country) in names.items()
        ],
        "entity_map": [
            {
                "entity_key": key,
                "entity_id": entity_id,
                "rule": "exonym" if key == "gpe:kiev" else "own_name",
                "evidence_count": 1,
                "run_id": RUNS[0],
            }
            for key, entity_id in keys.items()
        ],
    }


def _quotes() -> list[dict[str, Any]]:
    marchuk = {"speaker_entity_key": "person:marchuk", "cue": "said", "kind": "full"}
    return [
        _quote("wire", "“We will rebuild the port,”", "Olena Marchuk", "rebuild") | marchuk,
        _quote("post", "“We will rebuild the harbour,”", "Marchuk", "rebuild")
        | marchuk
        | {"changes": "We will rebuild the [-port-] {+harbour+}"},
        _quote("gazette", "“We will rebuild the port,”", "Olena Marchuk", "rebuild") | marchuk,
        _quote("update", "“We have rebuilt the port,”", "Marchuk", "rebuilt") | marchuk,
        _quote("bridge", "“temporary”", None, "temporary") | {"kind": "scare"},
        _quote("orphan", "“Nobody knows when,”", "a walker", "nobody") | {"cue": "said", "kind": "full"},
    ]


def _quote(name: str, surface: str, speaker: str | None, group: str) -> dict[str, Any]:
    row = span(name, surface) | {"quote_group_id": group, "speaker_surface": speaker}
    if speaker:
        place = span(name, speaker)
        row |= {"speaker_raw_start": place["raw_start"], "speaker_raw_end": place["raw_end"]}
    return row


def _checked() -> Rows:
    return {
        "checks": [
            _check("unique_key", "articles", "critical", RUNS[0]),
            _check("unique_key", "articles", "critical", RUNS[1]),
            _check("day_in_range", "dates", "warning", RUNS[1])
            | {"success": False, "unexpected_count": 1, "sample_keys": '[{"article_id": "wire", "raw_start": 3}]'},
            _check("surface_matches", "quotes", "critical", RUNS[1])
            | {"success": None, "is_error": True, "details": "the check raised KeyError"},
        ],
        "quarantine": [
            {
                "table_name": "dates",
                "row_key": '{"article_id":"wire","raw_start":3}',
                "article_id": "wire",
                "check_name": "day_in_range",
                "reason": "year 9999 is out of range",
                "payload": "{}",
                "run_id": RUNS[1],
            },
        ],
    }


def _check(name: str, table: str, severity: str, run_id: str) -> dict[str, Any]:
    return {
        "check_name": name,
        "table_name": table,
        "severity": severity,
        "success": True,
        "is_error": False,
        "checked_count": 7,
        "unexpected_count": 0,
        "run_id": run_id,
    }


def _run(index: int, status: str) -> dict[str, Any]:
    started = dt.datetime(2026, 3, 2 + index, 6, tzinfo=dt.UTC)
    return {
        "run_id": RUNS[index],
        "started_at": started,
        "finished_at": started + dt.timedelta(seconds=90),
        "status": status,
        "inputs": ["pages"],
        "counts": json.dumps({"files": 9, "rows": {"articles": 7}}),
        "versions": json.dumps({"dateline": "0.1.0"}),
        "settings": json.dumps({"home": "data"}),
        "steps": json.dumps(
            [
                {"step": "ingest", "call_count": 1, "wall_seconds": 1.5, "cpu_seconds": 1.0},
                {"step": "extract", "call_count": 4, "wall_seconds": 4.5, "cpu_seconds": 8.25},
            ]
        ),
    }
