"""Articles that are to be forgotten leave no trace, and do not come back by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.cli import main
from flows.forget import forget
from flows.settings import Settings
from tests.flows.conftest import Ingest
from tests.helpers import assert_same, contents, counted
from tests.warehouse.storing import change, copied
from warehouse import catalog
from warehouse.commit import commit
from warehouse.database import open_warehouse
from warehouse.errors import CatalogError, HomeBusyError, InputError
from warehouse.fsck import fsck
from warehouse.home import Home
from warehouse.lock import held
from warehouse.rollback import rollback
from warehouse.schema import CHECKS
from warehouse.vacuum import vacuum

MARK = "Zyxomma"
SECRET = f"""{MARK} recall widens in Ghent

By Marek Kovalenko

The maker of {MARK} kettles called back 4,000 of them on Monday, 9 March 2026, after two fires in Ghent.

"Nobody should fill a {MARK} kettle tonight, and nobody should leave one on the stove," said Astrid Dahl, an officer.

The town of Ghent said on Tuesday that {MARK} would pay for every kettle, and Olena Marchuk took them down.
"""
COPY = (
    SECRET.replace("on Monday, 9 March 2026", "on Monday")
    .replace(MARK, "Kelder")
    .replace("Olena", "Astrid")
    .replace("Marchuk", "Dahl")
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Path:
    """Return a folder of a few articles, one of them to be forgotten, and an undated near copy of that one."""
    folder = tmp_path_factory.mktemp("pages")
    for name in ("northwire/cup-final.txt", "northwire/2026-03-06-museum-theft.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes((articles / name).read_bytes())
    record = {"id": "k1", "text": SECRET, "source": "Kettle Post", "published": "2026-03-10", "title": f"{MARK} recall"}
    (folder / "feed.jsonl").write_text(json.dumps(record), "utf-8")
    (folder / "copy.txt").write_text(COPY, "utf-8")
    return folder


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory, pages: Path, ingest: Ingest) -> Home:
    """Return a home with these articles in two runs, made once."""
    home = Home.at(tmp_path_factory.mktemp("stored") / "home")
    ingest(home, pages / "**/*.txt")
    ingest(home, pages)
    return home


@pytest.fixture
def home(stored: Home, tmp_path: Path) -> Home:
    """Return a copy of it, to be changed."""
    return copied(stored, tmp_path / "home")


def the_article(home: Home) -> str:
    """Return the id of the article to be forgotten."""
    with open_warehouse(home) as opened:
        rows = opened.connection.execute("SELECT article_id FROM documents WHERE uri LIKE 'feed.jsonl%'").fetchall()
    (row,) = rows
    return str(row[0])


def traces(home: Home, text: str) -> Iterator[Path]:
    """Yield the files of a home that hold a text, in rows or in their bytes."""
    for path in (path for path in home.root.rglob("*") if path.is_file()):
        rows = repr(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else ""
        if text in rows or text.encode() in path.read_bytes() or text.lower() in rows:
            yield path


def test_a_source_is_forgotten_with_all_that_hangs_on_it(home: Home, pages: Path, ingest: Ingest) -> None:
    """No row names it; the others are as if it had never been; after a vacuum no byte of it is left."""
    article_id = the_article(home)
    before = counted(home)
    assert list(traces(home, MARK))

    assert main(["forget", "--source", "Kettle Post", "--home", str(home.root)]) == 0

    assert counted(home)["articles"] == before["articles"] - 1
    with open_warehouse(home) as opened:
        for name, count in counted(home).items():
            rows = repr(opened.connection.execute(f"FROM {name}").fetchall())
            assert MARK not in rows, name
            assert "Olena Marchuk" not in rows, name
            assert article_id not in rows, name
            assert count or name in {"quarantine", "duplicates", "changes"}, name
    assert fsck(home) == []
    assert main(["vacuum", "--keep", "99", "--home", str(home.root)]) == 0
    assert list(traces(home, MARK)) == []
    assert fsck(home) == []

    ingest(other := Home.at(home.root.parent / "other"), pages / "**/*.txt")
    assert_same(contents(home), contents(other))


def test_verdicts_name_it_no_more(home: Home) -> None:
    """What a check found stays, without the keys of rows of its own and of names."""
    article_id = the_article(home)
    verdict = {"severity": "info", "success": False, "is_error": False, "checked_count": 9, "unexpected_count": 1}
    keys = {"articles": [[article_id]], "mentions": [["m1"]], "entities": [[f"person {MARK}"]]}
    rows = [
        verdict
        | {"run_id": "20991231", "table_name": name, "check_name": "is well", "sample_keys": json.dumps(of_table)}
        for name, of_table in keys.items()
    ]
    commit(home, "20991231", [change(home, CHECKS, rows)], "a run whose checks failed")

    forget(home, Settings(), [article_id], None)

    with open_warehouse(home) as opened:
        query = "SELECT table_name, sample_keys FROM checks WHERE run_id = '20991231'"
        assert dict(opened.connection.execute(query).fetchall()) == {
            "articles": None,
            "mentions": '[["m1"]]',
            "entities": None,
        }


def test_what_rested_on_it_is_said_anew(home: Home) -> None:
    """An undated copy takes no day from an article that is gone."""
    query = (
        "SELECT earliest, latest, evidence FROM publications JOIN documents USING (article_id) WHERE uri = 'copy.txt'"
    )
    with open_warehouse(home) as opened:
        before = opened.connection.execute(query).fetchall()
    assert the_article(home) in str(before)

    forget(home, Settings(), [the_article(home)], None)

    with open_warehouse(home) as opened:
        ((earliest, latest, _),) = opened.connection.execute(query).fetchall()
    assert (earliest, latest) != before[0][:2]


def test_it_does_not_come_back_unless_asked_for(home: Home, pages: Path, ingest: Ingest) -> None:
    """The same input again leaves it out, by the hash that is its id; a setting takes it in."""
    before = contents(home)
    forget(home, Settings(), [the_article(home)], None)

    outcome = ingest(home, pages).outcome
    assert outcome.status == "unchanged"
    assert outcome.counts["forgotten"] == 1

    outcome = ingest(home, pages, include_forgotten=True).outcome
    assert outcome.counts["articles_rows"] == 1
    assert contents(home)["documents"] == before["documents"]


def test_no_rollback_brings_it_back(home: Home) -> None:
    """Snapshots that show it are refused, and go with the next vacuum whatever is to be kept."""
    snapshot = forget(home, Settings(), [the_article(home)], None).snapshot

    with pytest.raises(CatalogError, match=f"the earliest to go back to is {snapshot}"):
        rollback(home, snapshot - 1)
    vacuum(home, "1000d")
    with catalog.connect(home) as connection:
        assert [kept.snapshot_id for kept in catalog.snapshots(connection)] == [snapshot]


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("Kettle Post", 1),
        ("feed.jsonl", 1),
        ("northwire", 2),
        ("copy.txt", 1),
        ("northwire/cup-final.txt", 1),
    ],
)
def test_what_a_source_is(home: Home, source: str, count: int) -> None:
    """An outlet, a source given with the record, or the file or folder it was read from: all of the name."""
    assert forget(home, Settings(), [], source).articles == count


@pytest.mark.parametrize("source", ["", "north", "kettle post", "%", "' OR 1=1 --", "feed"])
def test_nothing_is_forgotten_by_half_a_name(stored: Home, source: str) -> None:
    """A slip forgets nothing."""
    with pytest.raises(InputError, match="no article of"):
        forget(stored, Settings(), [], source)


def test_an_unknown_article_is_named(stored: Home) -> None:
    """All or nothing."""
    with pytest.raises(InputError, match="no article nobody: nothing was forgotten"):
        forget(stored, Settings(), [the_article(stored), "nobody"], None)


def test_a_run_under_way_is_not_disturbed(stored: Home) -> None:
    """One clear refusal."""
    with held(stored), pytest.raises(HomeBusyError):
        forget(stored, Settings(), ["x"], None)
