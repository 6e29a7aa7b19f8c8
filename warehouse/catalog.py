"""The catalog: which Parquet files make up each table at each snapshot.

Layout: DuckLake 1.0 in SQLite (https://ducklake.select/docs), written with `sqlite3`.
A row is live at snapshot v when begin_snapshot <= v and (end_snapshot is null or v < end_snapshot).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from warehouse import schema
from warehouse.columns import Place, Stored, StoredColumns, declared_columns, insert_columns, numbered, stored_columns
from warehouse.errors import CatalogError
from warehouse.home import Home

FORMAT = "1.0"
BUSY_SECONDS = 60.0


class LiveFile(NamedTuple):
    """A data file that is part of a table at some snapshot."""

    data_file_id: int
    table: str
    path: Path
    record_count: int
    byte_count: int
    footer_size: int
    checksum: str | None

    is_older: bool = False
    """Whether its table has other columns now than it began with, so that the file may lack some."""

    def __fspath__(self) -> str:
        """Return where it is."""
        return str(self.path)


class Snapshot(NamedTuple):
    """One commit, as `dateline log` shows it."""

    snapshot_id: int
    committed_at: str
    run_id: str | None
    message: str | None
    changes: str


@contextmanager
def connect(home: Home, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the catalog of `home`; with `create`, make an empty one where there is none.

    Raises CatalogError when it is missing, of another layout, or holds what Dateline does not read.
    """
    if create:
        home.root.mkdir(parents=True, exist_ok=True)
    elif not home.catalog.exists():
        raise no_warehouse(home)
    connection = _open(home)
    try:
        if create:
            _create(connection, home)
        _require_readable(connection, home)
        yield connection
    except sqlite3.OperationalError as error:
        raise CatalogError(
            f"{home.catalog}: {error}: is the disk full, or read-only? All commits before stay as they were"
        ) from error
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:  # its children say what was wrong with a statement
            raise
        raise CatalogError(
            f"{home.catalog}: damaged: {error}: put back a copy of it; the files in {home.data} are whole without it"
        ) from error
    finally:
        connection.close()


def _open(home: Home) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(home.catalog, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.DatabaseError as error:
        pending = home.catalog.with_name(f"{home.catalog.name}-wal")
        is_full = error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL}
        has_room = os.access(home.root, os.W_OK) and not is_full
        if has_room or (pending.exists() and pending.stat().st_size):
            raise CatalogError(f"{home.catalog}: cannot be opened: {error}") from error
        # SQLite wants to make files beside a catalog it reads; where it cannot, nobody writes there either
        return sqlite3.connect(f"{home.catalog.as_uri()}?immutable=1", uri=True, isolation_level=None)
    return connection


def no_warehouse(home: Home) -> CatalogError:
    """Return the error that says how to make a warehouse where there is none."""
    return CatalogError(f"no warehouse in {home.root}: run `dateline run INPUT --home {home.root}` first")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Take the write lock at once, so that writers queue instead of failing; commit or roll back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def head(connection: sqlite3.Connection) -> int:
    """Return the newest snapshot."""
    return int(connection.execute("SELECT max(snapshot_id) FROM ducklake_snapshot").fetchone()[0])


def require_snapshot(connection: sqlite3.Connection, snapshot: int) -> int:
    """Return `snapshot` if the catalog has it; raises CatalogError if not."""
    is_number = 0 <= snapshot <= head(connection)
    found = is_number and connection.execute("SELECT 1 FROM ducklake_snapshot WHERE snapshot_id = ?", (snapshot,))
    if not found or not found.fetchone():
        oldest = int(connection.execute("SELECT min(snapshot_id) FROM ducklake_snapshot").fetchone()[0])
        removed = "removed by vacuum, " if 0 <= snapshot < oldest else ""
        has = f"this warehouse has {oldest} to {head(connection)}"
        raise CatalogError(f"no snapshot {snapshot}: {removed}{has}; see `dateline log`")
    return snapshot


def live_files(connection: sqlite3.Connection, home: Home, snapshot: int) -> dict[str, list[LiveFile]]:
    """Return the live files of each table at `snapshot`, in commit order.

    Raises CatalogError where a file holds rows of later snapshots too.
    """
    if connection.execute(
        "SELECT 1 FROM ducklake_data_file WHERE begin_snapshot <= ?1 AND ?1 < partial_max", (snapshot,)
    ).fetchone():
        raise CatalogError(
            f"snapshot {snapshot}: its files were merged with later ones by another program; "
            "read it with the DuckLake extension, or a newer one here"
        )
    live: dict[str, list[LiveFile]] = {table.name: [] for table in schema.TABLES}
    condition = "d.begin_snapshot <= ?1 AND (d.end_snapshot IS NULL OR ?1 < d.end_snapshot)"
    for file in _files(connection, home, condition, snapshot):
        live[file.table].append(file)
    return live


def all_files(connection: sqlite3.Connection, home: Home) -> list[LiveFile]:
    """Return the files of every snapshot."""
    return list(_files(connection, home, "true"))


def _files(connection: sqlite3.Connection, home: Home, condition: str, *values: int) -> Iterator[LiveFile]:
    rows = connection.execute(
        f"""
        SELECT data_file_id, table_name, d.path, record_count, file_size_bytes, footer_size, checksum
        FROM ducklake_data_file AS d JOIN ducklake_table AS t USING (table_id)
        LEFT JOIN dateline_file USING (data_file_id)
        WHERE {condition} ORDER BY data_file_id
        """,
        values,
    )
    altered = _altered(connection)
    for data_file_id, name, path, *described in rows:
        file = LiveFile(data_file_id, name, home.data / name / path, *described)
        yield file._replace(is_older=True) if name in altered else file


def _altered(connection: sqlite3.Connection) -> set[str]:
    """Return the tables whose columns are not those they began with."""
    stored = stored_columns(connection)
    declared = {table.name: {(name,) for name in table.arrow.names} for table in schema.TABLES}
    return {
        name
        for name, columns in stored.items()
        if declared[name] - columns.keys() or len({column.begin_snapshot for column in columns.values()}) > 1
    }


def stored_path(home: Home, file: LiveFile) -> str:
    """Return a file's path as the catalog has it: below the folder of its table, where it lies there."""
    folder = home.data / file.table
    return str(file.path.relative_to(folder) if file.path.is_relative_to(folder) else file.path)


def set_place(connection: sqlite3.Connection, home: Home) -> None:
    """Tell DuckLake where the files are."""
    connection.execute("UPDATE ducklake_metadata SET value = ? WHERE key = 'data_path'", (f"{home.data.parent}/",))


_FORGOTTEN = "dateline_forgotten (article_id VARCHAR PRIMARY KEY, snapshot_id BIGINT NOT NULL)"


def remember_forgotten(connection: sqlite3.Connection, snapshot: int, article_ids: Iterable[str]) -> None:
    """Keep the ids, which are hashes, of articles that were taken out at a snapshot on request."""
    rows = [(article_id, snapshot) for article_id in article_ids]
    if rows:
        connection.execute(f"CREATE TABLE IF NOT EXISTS {_FORGOTTEN}")  # catalogs of older versions lack it
        connection.executemany("INSERT OR REPLACE INTO dateline_forgotten VALUES (?, ?)", rows)


def forgotten(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the articles that were taken out on request, each with the snapshot at which it was."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'dateline_forgotten'").fetchone():
        return {}
    return dict(connection.execute("SELECT article_id, snapshot_id FROM dateline_forgotten"))


def snapshots(connection: sqlite3.Connection) -> list[Snapshot]:
    """Return every snapshot, newest first."""
    rows = connection.execute(
        """
        SELECT snapshot_id, snapshot_time, run_id, commit_message, changes_made
        FROM ducklake_snapshot JOIN ducklake_snapshot_changes USING (snapshot_id)
        LEFT JOIN dateline_commit USING (snapshot_id) ORDER BY snapshot_id DESC
        """,
    )
    return [Snapshot(*row) for row in rows]


def _require_readable(connection: sqlite3.Connection, home: Home) -> None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        raise no_warehouse(home)  # its first commit did not come to an end
    if "ducklake_metadata" not in tables:
        raise CatalogError(f"{home.catalog}: a SQLite file of another program; choose another folder with --home")
    metadata = dict(connection.execute("SELECT key, value FROM ducklake_metadata"))
    if metadata.get("version") != FORMAT:
        raise CatalogError(
            f"{home.catalog}: layout {metadata.get('version')}, this Dateline reads DuckLake {FORMAT}: "
            "use a Dateline or a DuckLake extension that reads it, or choose another folder with --home"
        )
    inlined = connection.execute("SELECT table_name FROM ducklake_inlined_data_tables").fetchall()
    unread = {
        "ducklake_delete_file WHERE end_snapshot IS NULL": ("delete files", _REWRITE),
        **{str(name): ("inlined rows", _FLUSH) for (name,) in inlined},
        "ducklake_data_file WHERE encryption_key IS NOT NULL": ("encrypted files", _DECRYPT),
        "ducklake_metadata WHERE key = 'encrypted' AND value = 'true'": ("encrypted files", _DECRYPT),
    }
    for rows, (what, help_) in unread.items():
        if connection.execute(f"SELECT 1 FROM {rows} LIMIT 1").fetchone():
            raise CatalogError(f"{home.catalog}: holds {what} written by another program; there, {help_}")
    _require_known_columns(connection, home)


_REWRITE = "CALL ducklake_rewrite_data_files('lake', delete_threshold => 0) writes the files anew without them"
_FLUSH = "CALL ducklake_flush_inlined_data('lake') writes them to files"
_DECRYPT = "copy it to a lake without encryption: COPY FROM DATABASE lake TO plain"


def _require_known_columns(connection: sqlite3.Connection, home: Home) -> None:
    """Refuse what this Dateline would not show or would show as something else; columns it adds read as null."""
    tables = {table.name: declared_columns(table) for table in schema.TABLES}
    odd = [
        _migration(name, place, tables.get(name), column.type_name)
        for name, columns in stored_columns(connection).items()
        for place, column in columns.items() or {(): Stored(0, "", 0)}.items()
        if tables.get(name, {}).get(place) != column.type_name
    ]
    if odd:
        raise CatalogError(
            f"{home.catalog}: made by another version of Dateline: {'; '.join(odd)}; use that version, "
            "or attach the catalog as lake with the DuckLake extension and run what is said there"
        )


def _migration(name: str, place: Place, declared: Mapping[Place, str] | None, stored: str) -> str:
    """Return what is wrong with a column and the statement that settles it."""
    column = ".".join((name, *place))
    if declared is None:
        return f"{column} is unknown: DROP TABLE lake.{name}"
    wanted = declared.get(place)
    alter = f"ALTER TABLE lake.{name}"
    if wanted is None:
        return f"{column} is unknown: {alter} DROP COLUMN {'.'.join(place)}"
    if (stored, wanted) in _WIDENED:
        return f"{column} is {stored}, not {wanted}: {alter} ALTER {'.'.join(place)} SET DATA TYPE {wanted}"
    return f"{column} is {stored}, not {wanted}: no statement changes that; fill a new warehouse from the inputs"


_WIDENED = {("int32", "int64")}
"""Types that a column may change to without its files being written anew."""


def _create(connection: sqlite3.Connection, home: Home) -> None:
    """Lay out an empty catalog: snapshot 0 holds the schema `main`, snapshot 1 every table of schema.py."""
    with transaction(connection):
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            return
        for statement in files("warehouse").joinpath("catalog.sql").read_text("utf-8").split(";"):
            connection.execute(statement)
        _insert(
            connection,
            "ducklake_metadata",
            [
                ("version", FORMAT, None, None),
                ("created_by", "dateline", None, None),
                ("data_path", f"{home.data.parent}/", None, None),
                ("encrypted", "false", None, None),
                ("data_inlining_row_limit", "0", None, None),
            ],
        )
        insert_snapshot(connection, 0, (0, 1, 0), 'created_schema:"main"', message="created")
        _insert(connection, "ducklake_schema", [(0, str(uuid4()), 0, None, "main", "main/", 1)])
        created = ",".join(f'created_table:"main"."{table.name}"' for table in schema.TABLES)
        counters = (1, 1 + len(schema.TABLES), 0)
        insert_snapshot(connection, 1, counters, created, message="tables declared")
        for table_id, table in enumerate(schema.TABLES, start=1):
            insert_table(connection, table_id, 1, 1, table)


def insert_snapshot(
    connection: sqlite3.Connection,
    snapshot: int,
    counters: tuple[int, int, int],
    changes: str,
    message: str,
) -> None:
    """Record a snapshot; `counters` are schema version, next catalog id and next file id."""
    now = "strftime('%Y-%m-%d %H:%M:%f', 'now') || '+00'"
    connection.execute(f"INSERT INTO ducklake_snapshot VALUES (?, {now}, ?, ?, ?)", (snapshot, *counters))
    _insert(connection, "ducklake_snapshot_changes", [(snapshot, changes, "dateline", message, None)])


def _insert(connection: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    """Insert whole rows into a catalog table (`table` is a name of catalog.sql, never input)."""
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def insert_table(
    connection: sqlite3.Connection, table_id: int, snapshot: int, version: int, table: schema.Table
) -> None:
    """Record a table, which begins with `snapshot`, its columns and their meanings."""
    row = (table_id, str(uuid4()), snapshot, None, 0, table.name, f"{table.name}/", 1)
    _insert(connection, "ducklake_table", [row])
    _insert(connection, "ducklake_schema_versions", [(snapshot, version, table_id)])
    _insert(connection, "ducklake_tag", [(table_id, snapshot, None, "comment", table.meaning)])
    insert_columns(connection, table_id, snapshot, table, list(table.arrow))


def add_missing(
    connection: sqlite3.Connection, stored: StoredColumns, snapshot: int, version: int, next_catalog_id: int
) -> tuple[list[str], int]:
    """Add the tables and columns that this Dateline declares and the catalog has not `stored`, from `snapshot` on.

    Returns what was done, as DuckLake words it, and the next free catalog id.
    """
    done = []
    ids = dict(connection.execute("SELECT table_name, table_id FROM ducklake_table WHERE end_snapshot IS NULL"))
    for table in schema.TABLES:
        columns = stored.get(table.name, {})
        if table.name not in stored:
            insert_table(connection, next_catalog_id, snapshot, version, table)
            done.append(f'created_table:"main"."{table.name}"')
            next_catalog_id += 1
        elif any((name,) not in columns for name in table.arrow.names):
            fresh = [field for field in numbered(connection, table) if (field.name,) not in columns]
            insert_columns(connection, ids[table.name], snapshot, table, fresh)
            _insert(connection, "ducklake_schema_versions", [(snapshot, version, ids[table.name])])
            done.append(f"altered_table:{ids[table.name]}")
    return done, next_catalog_id
