"""Rows of older articles can be replaced or removed; files without them are left alone, and no snapshot changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.warehouse.storing import asking, commit_run, live_mentions, revision_of, rows_of, table_id
from warehouse import catalog
from warehouse.commit import Change, commit
from warehouse.errors import CatalogError
from warehouse.fsck import fsck
from warehouse.home import Home
from warehouse.revision import Revision, revise
from warehouse.schema import MENTIONS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return a warehouse of three runs, with mentions of three articles each."""
    home = Home.at(tmp_path / "home")
    for name in "abc":
        commit_run(home, name)
    return home


def shown(home: Home, as_of: int | None = None) -> list[tuple[str, str, str]]:
    """Return article, surface and run of every mention."""
    rows = rows_of(home, MENTIONS, as_of).select(["article_id", "surface", "run_id"])
    return [tuple(row.values()) for row in rows.to_pylist()]


BEFORE = [(f"{name}-{number}", "Kyiv", name) for name in "abc" for number in range(3)]
MENTION = {
    "raw_start": 0,
    "raw_end": 4,
    "surface": "Kyjiv",
    "role": "body",
    "label": "GPE",
    "entity_key": "gpe:kyiv",
    "key_rule": "own_name",
    "source": "model",
}


def test_rows_of_some_articles_are_replaced(home: Home) -> None:
    """Others of the same files stay, each with the run that wrote it."""
    untouched = live_mentions(home)[2]
    rows = [MENTION | {"article_id": article_id} for article_id in ("a-1", "b-0", "new")]

    commit(home, "d", [revision_of(home, "d", ("a-1", "b-0", "new"), rows)], "d")

    expected = [row for row in BEFORE if row[0] not in {"a-1", "b-0"}]
    assert shown(home) == sorted([*expected, ("a-1", "Kyjiv", "d"), ("b-0", "Kyjiv", "d"), ("new", "Kyjiv", "d")])
    assert [path.name for path in live_mentions(home)] == [untouched.name, "d.parquet"]
    assert fsck(home) == []


def test_rows_of_some_articles_are_removed(home: Home) -> None:
    """A commit may leave nothing of them, here or in a whole file."""
    commit(home, "d", [revision_of(home, "d", ("b-1",), [])], "d")
    assert shown(home) == [row for row in BEFORE if row[0] != "b-1"]

    whole = tuple(path.name for path in live_mentions(home)[:1])
    commit(home, "e", [Change(MENTIONS, None, retired=whole)], "e")

    assert shown(home) == [row for row in BEFORE if row[0][0] != "a" and row[0] != "b-1"]
    with catalog.connect(home) as connection:
        assert catalog.snapshots(connection)[0].changes == f"deleted_from_table:{table_id(MENTIONS)}"
    assert fsck(home) == []


def test_older_snapshots_show_what_was(home: Home) -> None:
    """No file that was live is touched."""
    before = {path: path.read_bytes() for path in live_mentions(home)}

    commit(home, "d", [revision_of(home, "d", ("a-1",), [])], "d")

    assert {path: path.read_bytes() for path in before} == before
    assert shown(home, 4) == BEFORE


def test_the_catalog_counts_what_is_live(home: Home) -> None:
    """Rows and bytes of a table are those of its live files; row numbers are never given twice."""
    commit(home, "d", [revision_of(home, "d", ("a-1",), [MENTION | {"article_id": "a-1"}])], "d")

    with catalog.connect(home) as connection:
        stats = connection.execute(
            "SELECT record_count, next_row_id, file_size_bytes FROM ducklake_table_stats WHERE table_id = ?",
            (table_id(MENTIONS),),
        ).fetchone()
    assert stats == (9, 12, sum(path.stat().st_size for path in live_mentions(home)))


def test_articles_that_have_no_rows_retire_nothing(home: Home) -> None:
    """What changes nothing older writes nothing older."""
    with asking(["nobody", "'; DROP TABLE mentions; --"], []) as connection:
        revision = revise(connection, MENTIONS, live_mentions(home), "forgotten")
        staying = connection.execute(revision.staying).fetchall()

    assert revision == Revision((), revision.staying)
    assert staying == []


def test_a_file_taken_out_by_another_commit_stops_this_one(home: Home) -> None:
    """Rows that a commit in between wrote are not lost: the later one fails whole."""
    first, second = (revision_of(home, name, ("a-1",), [MENTION | {"article_id": "a-1"}]) for name in "de")
    commit(home, "d", [first], "d")
    before = shown(home)

    with pytest.raises(CatalogError, match="another commit took this file out"):
        commit(home, "e", [second], "e")

    assert shown(home) == before
    assert fsck(home) == []
