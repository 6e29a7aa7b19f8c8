"""`select` reads and does nothing else: no file, no setting, no second statement, whatever is pasted into it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.storing import commit_run, tree_hash
from warehouse import catalog
from warehouse.database import refresh
from warehouse.errors import CatalogError, QueryError
from warehouse.home import Home
from warehouse.query import select

if TYPE_CHECKING:
    from pathlib import Path

READING = {
    "SELECT count(*) AS n FROM mentions": [{"n": 6}],
    "select 1 as n;": [{"n": 1}],
    "-- how many?\nSELECT count(*) AS n FROM entities -- just one\n": [{"n": 1}],
    "/* a */ WITH m AS (FROM mentions) SELECT count(*) AS n FROM m": [{"n": 6}],
    "WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT max(n) AS n FROM t": [
        {"n": 3}
    ],
    "FROM entities SELECT name": [{"name": "Kyiv b"}],
    "VALUES ('COPY x TO y')": [{"col0": "COPY x TO y"}],
    "TABLE entities": None,
    "DESCRIBE mentions": None,
    "SHOW TABLES": None,
    "SUMMARIZE mentions": None,
    "EXPLAIN SELECT * FROM mentions": None,
    "/* why so slow? */ EXPLAIN -- and how long\n ANALYZE /* ü */ SELECT 'ü' AS ä FROM mentions": None,
    "explain analyze from mentions": None,
    "(SELECT 1 AS n) UNION ALL (SELECT 2) ORDER BY n": [{"n": 1}, {"n": 2}],
    "SELECT n FROM range(3) AS t(n) QUALIFY row_number() OVER (ORDER BY n DESC) = 1": [{"n": 2}],
    "SELECT 1 AS n, 'tö; DROP TABLE x' AS s": [{"n": 1, "s": "tö; DROP TABLE x"}],
    "SELECT count(*) AS n FROM provenance_violations": None,
}

HOSTILE = """
COPY mentions TO '{outside}/out.csv'
COPY (SELECT 1) TO '{file}' (FORMAT parquet)
COPY (SELECT 1) TO '{file}' (FORMAT parquet, USE_TMP_FILE false)
COPY mentions FROM '{outside}/secret.csv'
PRAGMA import_database('{outside}')
/* SELECT */ pragma show_tables
COPY FROM DATABASE warehouse TO memory
EXPLAIN COPY (SELECT 1) TO '{file}' (FORMAT parquet, USE_TMP_FILE false)
EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}' (FORMAT parquet, USE_TMP_FILE false)
explain analyze copy (select 1) to '{file}' (format parquet, use_tmp_file false)
EXPLAIN/**/ANALYZE/**/COPY (SELECT 1) TO '{file}' (FORMAT parquet, USE_TMP_FILE false)
EXPLAIN/* SELECT 1 --*/ ANALYZE COPY (SELECT 1) TO '{file}' (FORMAT parquet, USE_TMP_FILE false)
EXPLAIN/* ANALYZE SELECT 1 --*/ ANALYZE COPY (SELECT 1) TO '{file}' (FORMAT parquet, USE_TMP_FILE false)
EXPLAIN ANALYZE/* SELECT 1 --*/ COPY (SELECT 1) TO '{file}' (FORMAT parquet, USE_TMP_FILE false)
/* EXPLAIN SELECT 1 */ EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}' (FORMAT parquet, USE_TMP_FILE false)
EXPLAIN (ANALYZE, FORMAT json) COPY (SELECT 1) TO '{file}' (FORMAT parquet, USE_TMP_FILE false)
EXPLAIN (ANALYZE) COPY (SELECT 1) TO '{outside}/out.parquet'
EXPLAIN ANALYZE CREATE TABLE x AS SELECT 1
EXPLAIN DROP VIEW mentions
EXPLAIN EXPLAIN SELECT 1
EXPLAIN
EXPLAIN ANALYZE
ATTACH '{outside}/other.duckdb'
ATTACH '{catalog}' AS c (TYPE sqlite)
ATTACH IF NOT EXISTS ':memory:' AS m
DETACH warehouse
USE memory
EXPORT DATABASE '{outside}'
IMPORT DATABASE '{outside}'
INSTALL httpfs
FORCE INSTALL sqlite FROM community
LOAD httpfs
LOAD '{outside}/evil.duckdb_extension'
PRAGMA database_list
PRAGMA enable_external_access = true
PRAGMA version
SET enable_external_access = true
SET GLOBAL lock_configuration = false
SET VARIABLE x = 1
SET memory_limit = '1TB'
RESET allowed_paths
CALL pragma_version()
CALL enable_logging(storage = 'file', storage_path = '{outside}/log')
CREATE TABLE x (n INT)
CREATE OR REPLACE VIEW mentions AS SELECT 1
CREATE TEMP TABLE x AS FROM mentions
CREATE TEMP MACRO m() AS 1
CREATE SECRET s (TYPE http)
CREATE PERSISTENT SECRET s (TYPE http)
CREATE SCHEMA x
CREATE SEQUENCE x
CREATE TYPE x AS ENUM ('a')
INSERT INTO mentions VALUES (1)
INSERT INTO dateline_snapshot VALUES (99, 'x')
UPDATE dateline_snapshot SET snapshot_id = 99
DELETE FROM dateline_snapshot
MERGE INTO dateline_snapshot USING (SELECT 1 AS n) ON true WHEN MATCHED THEN DELETE
TRUNCATE dateline_snapshot
DROP VIEW mentions
DROP TABLE IF EXISTS dateline_snapshot CASCADE
ALTER VIEW mentions RENAME TO x
COMMENT ON VIEW mentions IS 'x'
BEGIN
COMMIT
CHECKPOINT
FORCE CHECKPOINT
VACUUM
ANALYZE
PREPARE p AS SELECT 1
EXECUTE p
DEALLOCATE p
SELECT 1; SELECT 2
SELECT 1; DROP VIEW mentions
SELECT 1;; COPY mentions TO '{outside}/out.csv'
-- SELECT 1\\nDROP VIEW mentions
/* SELECT 1 */ COPY mentions TO '{outside}/out.csv'
WITH x AS (SELECT 1) INSERT INTO dateline_snapshot FROM x
WITH x AS (DELETE FROM dateline_snapshot RETURNING *) FROM x
PIVOT mentions ON label USING count(*)
SELECT * FROM read_text('/etc/passwd')
SELECT * FROM read_blob('{outside}/secret.csv')
SELECT * FROM read_csv('{outside}/secret.csv')
FROM read_csv_auto('{home}/tables/../../{outside_name}/secret.csv')
FROM read_json('{outside}/secret.csv')
FROM sniff_csv('{outside}/secret.csv')
FROM read_parquet('{outside}/*.parquet')
FROM parquet_metadata('{outside}/foreign.parquet')
FROM '{outside}/secret.csv'
FROM '{outside}/foreign.parquet'
FROM '{home}/link.parquet'
FROM '{home}/catalog.sqlite'
SELECT * FROM glob('/etc/*')
FROM read_text('{home}/dateline.toml')
FROM sqlite_scan('{catalog}', 'ducklake_metadata')
FROM read_csv('https://example.org/x.csv')
FROM 's3://bucket/x.parquet'
FROM query('COPY mentions TO ''{outside}/out.csv''')
FROM query('SELECT 1; SELECT 2')
FROM query('FROM read_text(''/etc/passwd'')')
FROM query_table('{outside}/secret.csv')
SELECT content FROM read_text((SELECT '/etc/passwd'))
FROM duckdb_secrets()
FROM duckdb_extensions(); LOAD httpfs
FROM enable_profiling(save_location = '{outside}/profile')
FROM statement
FROM warehouse
FROM nowhere
SELECT
SELEC 1
;
-- nothing at all
SELECT 1 FROM mentions WHERE
SELECT error('two\\nlines')
SELECT CASE WHEN n > 50000 THEN error('late') ELSE n END FROM range(100000) AS t(n)
SELECT 'x'::INTEGER FROM mentions
""".strip().splitlines()

QUIET = (
    "SELECT write_log('x') FROM range(10000), enable_logging(storage = 'file', storage_path = '{outside}/log')",
    "FROM enable_logging(storage = 'file', storage_path = '{home}/log')",
    "FROM checkpoint()",
    "SELECT current_setting('home_directory')",
    "FROM duckdb_settings()",
    "FROM '{file}'",
)
"""Statements that are SELECTs and run, but must not leave a trace."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a warehouse, and beside it a folder of things that are none of its business."""
    folder = tmp_path_factory.mktemp("asked")
    home = Home.at(folder / "home")
    commit_run(home, "a")
    commit_run(home, "b")
    refresh(home)
    home.settings.write_text("keep_originals = true\n", "utf-8")
    outside = folder / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text("password\nhunter2\n", "utf-8")
    for name in ("schema.sql", "load.sql"):
        (outside / name).write_text("hunter2;", "utf-8")
    (outside / "foreign.parquet").write_bytes(live_file(home).read_bytes())
    (home.root / "link.parquet").symlink_to(outside / "foreign.parquet")
    for path in home.data.rglob("*.parquet"):
        path.chmod(0o644)  # the statement must be stopped, not only the mode of the file
    return folder


def live_file(home: Home) -> Path:
    """Return a file that the newest snapshot reads."""
    with catalog.connect(home) as connection:
        return catalog.live_files(connection, home, catalog.head(connection))["mentions"][0].path


def filled(statement: str, folder: Path) -> str:
    """Put real paths into a statement."""
    home = Home.at(folder / "home")
    for name, value in {
        "home": home.root,
        "outside": folder / "outside",
        "outside_name": "outside",
        "catalog": home.catalog,
        "file": live_file(home),
    }.items():
        statement = statement.replace(f"{{{name}}}", str(value))
    return statement.replace("\\n", "\n")


@pytest.mark.parametrize("sql", READING)
def test_statements_that_read_are_answered(folder: Path, sql: str) -> None:
    """SELECT, WITH, FROM, VALUES, TABLE, DESCRIBE, SHOW, SUMMARIZE and EXPLAIN, comments and all."""
    rows = select(Home.at(folder / "home"), sql).to_pylist()

    assert rows == READING[sql] if READING[sql] is not None else isinstance(rows, list)


def test_there_are_many_hostile_statements() -> None:
    """Each is another way out of reading."""
    assert len(set(HOSTILE)) == len(HOSTILE) >= 100


@pytest.mark.parametrize("as_of", [None, 2], ids=["newest", "older"])
def test_nothing_but_reading_is_done(folder: Path, as_of: int | None) -> None:
    """Every hostile statement is refused in one line, and not a byte of the folder changes."""
    home = Home.at(folder / "home")
    before = tree_hash(folder)

    for statement in HOSTILE if as_of is None else HOSTILE[::5]:
        sql = filled(statement, folder)
        with pytest.raises(QueryError) as refused:
            pytest.fail(f"{sql} gave {select(home, sql, as_of=as_of)}")
        assert "\n" not in str(refused.value), sql
        assert "hunter2" not in str(refused.value), sql
        assert "root:" not in str(refused.value), sql

    assert tree_hash(folder) == before


def test_statements_that_only_look_leave_no_trace(folder: Path) -> None:
    """Functions with side effects inside a SELECT write nothing."""
    home = Home.at(folder / "home")
    before = tree_hash(folder)

    for statement in QUIET:
        select(home, filled(statement, folder), limit=5)

    assert tree_hash(folder) == before


@pytest.mark.parametrize("sql", ["SELECT 1\0", "SELECT '\0'; DROP VIEW mentions", "SELECT '\ud800'", "\udcff"])
def test_what_is_not_text_is_refused(folder: Path, sql: str) -> None:
    """DuckDB would stop at the NUL, Python at half a surrogate pair."""
    with pytest.raises(QueryError, match="which are no text"):
        select(Home.at(folder / "home"), sql)


def test_a_statement_does_not_see_the_variables_of_the_program(folder: Path) -> None:
    """DuckDB for Python would take a frame of the caller for a table."""
    import pandas as pd

    frame = pd.DataFrame({"n": [1]})

    with pytest.raises(QueryError, match="frame does not exist"):
        select(Home.at(folder / "home"), "FROM frame")
    assert len(frame) == 1


@pytest.mark.parametrize(("limit", "count"), [(None, 25_000), (0, 0), (1, 1), (12_345, 12_345), (10**9, 25_000)])
def test_a_limit_cuts_the_answer(folder: Path, limit: int | None, count: int) -> None:
    """The first rows in the order asked for, at most so many."""
    found = select(Home.at(folder / "home"), "SELECT n FROM range(25000) AS t(n) ORDER BY n DESC", limit=limit)

    assert found.num_rows == count
    assert found["n"].to_pylist() == list(range(24_999, 24_999 - count, -1))


def test_a_limit_ends_an_endless_answer(folder: Path) -> None:
    """Rows after the limit are not made."""
    found = select(Home.at(folder / "home"), "FROM range(1000000000000)", limit=5)

    assert found.num_rows == 5


def test_no_rows_still_have_columns(folder: Path) -> None:
    """An empty answer says what it would have held."""
    assert select(Home.at(folder / "home"), "SELECT surface FROM mentions WHERE false").column_names == ["surface"]


def test_earlier_snapshots_can_be_asked(folder: Path) -> None:
    """`--as-of` answers from the files of then, and names the snapshots where there is no such."""
    home = Home.at(folder / "home")

    assert select(home, "SELECT name FROM entities", as_of=2).to_pylist() == [{"name": "Kyiv a"}]
    assert select(home, "SELECT count(*) AS n FROM entities", as_of=0).to_pylist() == [{"n": 0}]
    with pytest.raises(CatalogError, match="no snapshot 7: this warehouse has 0 to 3"):
        select(home, "SELECT 1", as_of=7)


def test_a_home_without_a_warehouse_stays_as_it_is(tmp_path: Path) -> None:
    """Asking makes nothing."""
    with pytest.raises(CatalogError, match="no warehouse in "):
        select(Home.at(tmp_path / "none"), "SELECT 1")

    assert list(tmp_path.iterdir()) == []


def test_the_catalog_is_as_it_was(folder: Path) -> None:
    """After all of this the next commit goes on."""
    with closing(sqlite3.connect(Home.at(folder / "home").catalog)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert commit_run(Home.at(folder / "home"), "c") == 4
