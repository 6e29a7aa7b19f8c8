"""Runs that take in a part of their inputs: by source and by the day that articles state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.cli import main
from flows.output import summary
from flows.settings import load_settings
from tests.flows.conftest import Ingest
from tests.flows.test_quarantine import COPY, OTHER, assert_references_hold, feed
from tests.helpers import ask, assert_same, contents, counted
from warehouse.home import Home

__all__ = ["feed"]  # the fixture

EARLIER = {"id": "earlier", "text": COPY, "published": "2026-02-27", "source": "Northwire"}
FIRST = {"id": "first", "text": OTHER, "published": "2026-03-01", "source": "Continental Review"}
LAST = {"id": "last", "text": f"{OTHER}It opens at ten.\n", "published": "2026-03-31", "source": "Northwire"}
LATER = {"id": "later", "text": f"{COPY}The ship is free.\n", "published": "2026-04-01", "source": "Northwire"}
UNDATED = {"id": "undated", "text": "Rain is expected at Ghent, the mayor of the town said.\n", "source": "Northwire"}
TEXTLESS = {"id": "textless", "source": "Northwire"}
"""A record that is rejected: its source is not looked at, only its file."""
RECORDS = (EARLIER, FIRST, LAST, LATER, UNDATED, TEXTLESS)
MARCH = {"since": "2026-03-01", "until": "2026-03-31"}


def ids(home: Home) -> set[object]:
    """Return the records of the articles that were committed, by their own ids."""
    return {one for (one,) in ask(home, "SELECT given->>'id' FROM documents SEMI JOIN articles USING (article_id)")}


@pytest.mark.parametrize(
    ("asked", "taken", "left_out"),
    [
        (MARCH, {"first", "last"}, {"other_day": 2, "no_day": 1, "other_source": 0}),
        ({"since": "2026-03-31"}, {"last", "later"}, {"other_day": 2, "no_day": 1, "other_source": 0}),
        ({"until": "2026-02-27"}, {"earlier"}, {"other_day": 3, "no_day": 1, "other_source": 0}),
        ({"source": "Continental Review"}, {"first"}, {"other_day": 0, "no_day": 0, "other_source": 5}),
        ({"source": "Northwire", **MARCH}, {"last"}, {"other_day": 2, "no_day": 1, "other_source": 2}),
        ({"source": "feed.jsonl"}, {"earlier", "first", "last", "later", "undated"}, {"other_source": 0}),
    ],
)
def test_a_part_is_taken_in_and_the_rest_counted(  # noqa: PLR0917 - fixtures
    home: Home,
    feed: Callable[..., Path],
    ingest: Ingest,
    asked: dict[str, str],
    taken: set[object],
    left_out: dict[str, int],
) -> None:
    """Every record is taken in, rejected or counted under why it is left out; nothing else of it is committed."""
    finished = ingest(home, feed("feed", *RECORDS), batch_bytes=600, **asked)

    counts = finished.outcome.counts
    assert finished.outcome.status == "committed"
    assert ids(home) == taken
    assert {name: counts[name] for name in left_out} == left_out
    assert len(taken) + counts["rejected"] + sum(left_out.values()) == len(RECORDS)
    assert counted(home)["documents"] == counted(home)["originals"] + counts["rejected"]
    assert_references_hold(home)


def test_what_was_left_out_is_taken_in_when_it_is_asked_for(
    home: Home, tmp_path: Path, feed: Callable[..., Path], ingest: Ingest
) -> None:
    """In the end the warehouse holds what it would have had all come at once."""
    page = feed("feed", *RECORDS)
    ingest(home, page, **MARCH)
    assert ingest(home, page, **MARCH).outcome.status == "unchanged"
    ingest(home, page, source="Northwire")

    finished = ingest(home, page)

    assert finished.outcome.status == "unchanged"
    assert ids(home) == {"earlier", "first", "last", "later", "undated"}
    at_once = Home.at(tmp_path / "at once")
    ingest(at_once, page)
    assert counted(home) | {"runs": 1, "checks": 0, "measures": 0} == counted(at_once) | {"checks": 0, "measures": 0}
    for table in ("documents", "blocks", "articles", "mentions", "publications", "dates"):
        assert_same({table: contents(home)[table]}, {table: contents(at_once)[table]})


def test_where_all_is_left_out_nothing_changes(home: Home, feed: Callable[..., Path], ingest: Ingest) -> None:
    """The summary says what was left out and why, and the report is that of the run before."""
    ingest(home, feed("one", FIRST))
    before = contents(home)

    finished = ingest(home, feed("two", LATER, UNDATED), **MARCH)

    assert finished.outcome.status == "unchanged"
    assert "(1 left out as of other days, 1 left out as they state no day)" in summary(finished)
    assert_same(contents(home), before)


def test_days_and_source_by_command(
    home: Home,
    feed: Callable[..., Path],
    small_model: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Flags win over the settings file, which may hold the same; `runs` says what was asked for."""
    monkeypatch.setenv("DATELINE_MODEL", small_model)
    home.root.mkdir()
    home.settings.write_text('since = 2026-04-01\nsource = "Northwire"\n', "utf-8")
    run: list[Any] = ["run", str(feed("feed", *RECORDS)), "--direct", "--home", str(home.root)]

    assert load_settings(home, {}).since == "2026-04-01"
    assert main([*run, "--since", "2026-03-01", "--until", "2026-03-31"]) == 0

    said = capsys.readouterr().out
    assert "(2 left out as of other sources, 2 left out as of other days, 1 left out as they state no day)" in said
    assert ids(home) == {"last"}
    asked = "SELECT settings->>'source', settings->>'since', settings->>'until' FROM runs"
    assert ask(home, asked) == [("Northwire", "2026-03-01", "2026-03-31")]
