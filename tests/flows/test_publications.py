"""Undated articles are dated by related ones with a stated day, whichever came first; older dates are resolved anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.flows.conftest import Ingest
from tests.flows.test_bad_input import json_lines
from tests.helpers import ask, assert_same, contents
from warehouse import catalog
from warehouse.database import open_warehouse
from warehouse.home import Home

QUOTE = "“We counted every berth in the old harbour twice, and there is not one left for the winter,”"
FERRY = (
    "The ferry to the outer islands was taken out of service on Monday, the harbour office said.\n\n"
    f"{QUOTE} Astrid Dahl told reporters at the quay.\n\n"
    "Two older ships are to run in its place from Thursday, and the office asked islanders to book their crossings by "
    "telephone until the repairs to the ramp and the bow door are done.\n\n"
    "The last time the line was closed for so long was two years ago, when ice broke the pier and the post came by air."
)
COLUMN = (
    "Every town by the sea has a sentence that it will repeat for years. Ours was spoken last week.\n\n"
    f"{QUOTE} said Astrid Dahl, and the fishermen laughed.\n\nI expect to hear it again next month in the town hall."
)
OTHER = "The bakery in the lower town opened an hour late on Wednesday because nobody could find the key to the shop."

DATED: dict[str, Any] = {"id": "dated", "text": FERRY, "published": "2026-03-04"}
COPY: dict[str, Any] = {"id": "copy", "text": FERRY.replace("the harbour office", "the port office")}
SAME: dict[str, Any] = {"id": "same", "text": FERRY, "source": "Another Paper"}
QUOTING: dict[str, Any] = {"id": "quoting", "text": COLUMN}
APART: dict[str, Any] = {"id": "apart", "text": OTHER}

Feed = Callable[..., Path]


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    """Return a function that writes records as a JSON lines file."""

    def write(*records: dict[str, Any]) -> Path:
        path = tmp_path / "-".join(record["id"] for record in records)
        path.with_suffix(".jsonl").write_bytes(json_lines(*records))
        return path.with_suffix(".jsonl")

    return write


def dated(home: Home) -> dict[str, Any]:
    """Return what must not depend on the order of runs."""
    found = contents(home)
    return {name: found[name] for name in ("publications", "dates")}


def files_of(home: Home) -> dict[str, list[str]]:
    """Return the live files of the tables that a run may revise."""
    with catalog.connect(home) as connection:
        live = catalog.live_files(connection, home, catalog.head(connection))
    return {name: [file.path.name for file in live[name]] for name in ("publications", "dates")}


def test_an_undated_copy_is_dated_by_the_dated_one(home: Home, feed: Feed, ingest: Ingest) -> None:
    """The bounds rest on the other article, and relative dates on the bounds; a stated day stands apart."""
    ingest(home, feed(DATED, COPY, APART))

    [(basis, best, evidence)] = ask(
        home,
        "SELECT basis, best::VARCHAR, evidence FROM publications JOIN documents USING (article_id) "
        "WHERE uri LIKE '%#1'",
    )
    assert (basis, best) == ("explicit", "2026-03-04")
    assert [clue["rule"] for clue in json.loads(str(evidence))] == ["stated"]
    [(basis, is_inside, evidence)] = ask(
        home,
        "SELECT basis, DATE '2026-03-04' BETWEEN earliest AND latest, evidence FROM publications "
        "JOIN documents USING (article_id) WHERE uri LIKE '%#2'",
    )
    assert (basis, is_inside) == ("inferred", True)
    [other] = ask(home, "SELECT article_id FROM documents WHERE uri LIKE '%#1'")
    assert ("copy", *other) in [(clue["rule"], clue.get("article_id")) for clue in json.loads(str(evidence))]
    anchors = "SELECT DISTINCT anchor FROM dates JOIN documents USING (article_id) WHERE uri LIKE '%#{}' ORDER BY 1"
    assert ask(home, anchors.format(1)) == [("publication",)]
    assert ask(home, anchors.format(2)) == [("inferred",)]


ORDERS = (((DATED,), (COPY, QUOTING), (SAME,)), ((QUOTING,), (SAME, COPY), (DATED,)))


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory, ingest: Ingest) -> Home:
    """Return the home of one run over all articles. Read only."""
    home = Home.at(tmp_path_factory.mktemp("at once"))
    inbox = tmp_path_factory.mktemp("inbox") / "all.jsonl"
    inbox.write_bytes(json_lines(DATED, COPY, SAME, QUOTING))
    ingest(home, inbox)
    return home


@pytest.mark.parametrize("order", ORDERS, ids=("dated first", "dated last"))
def test_the_order_of_runs_makes_no_difference(
    at_once: Home, home: Home, feed: Feed, ingest: Ingest, order: tuple[tuple[dict[str, Any], ...], ...]
) -> None:
    """Publications and dates are the same rows after several runs as after one, but for the run."""
    for records in order:
        ingest(home, feed(*records))

    assert_same(dated(home), dated(at_once))


def test_older_rows_are_revised_only_where_they_change(home: Home, feed: Feed, ingest: Ingest) -> None:
    """A dated copy has its undated ones written anew; articles it does not touch keep the rows of their own run."""
    first = ingest(home, feed(COPY)).run.run_id
    second = ingest(home, feed(APART)).run.run_id
    before = files_of(home)

    last = ingest(home, feed(DATED)).run.run_id

    rows = {
        name: ask(home, f"SELECT DISTINCT uri, t.run_id FROM {name} AS t JOIN documents USING (article_id) ORDER BY 1")
        for name in ("publications", "dates", "mentions")
    }
    revised = [("apart.jsonl#1", second), ("copy.jsonl#1", last), ("dated.jsonl#1", last)]
    assert rows == {"publications": revised, "dates": revised, "mentions": [("copy.jsonl#1", first), revised[2]]}
    for name, files in files_of(home).items():
        assert (files[:-1], len(files)) == (before[name][1:], 2)


def test_what_was_known_before_can_still_be_asked(home: Home, feed: Feed, ingest: Ingest) -> None:
    """The snapshot of the earlier run shows the undated copy as undated."""
    first = ingest(home, feed(COPY)).outcome.snapshot
    ingest(home, feed(DATED))

    known = "SELECT count(*) FROM publications WHERE clues LIKE '%copy%'"
    with open_warehouse(home, first) as opened:
        assert opened.connection.execute(known).fetchall() == [(0,)]
    assert ask(home, known) == [(1,)]
