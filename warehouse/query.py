"""`dateline sql`: one read-only SELECT over the warehouse.

Protects against mistakes and pasted statements, not against an attacker with the machine:
DuckDB itself advises a sandbox of the operating system for that.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from warehouse.database import Warehouse, open_warehouse, quoted
from warehouse.errors import QueryError
from warehouse.home import Home

_BATCH_ROWS = 10_000


def select(home: Home, sql: str, *, as_of: int | None = None, limit: int | None = None) -> pa.Table:
    """Run one SELECT (or DESCRIBE, SUMMARIZE, EXPLAIN) and return its rows, at most `limit` of them.

    Raises QueryError when `sql` is anything else or fails, CatalogError when there is no such warehouse or snapshot.
    """
    statement = _one_select(sql)
    if limit is not None and limit < 0:
        raise QueryError(f"--limit {limit}: give 0 or more")
    with open_warehouse(home, as_of) as warehouse:
        lock_down(warehouse)
        try:
            return _first_rows(warehouse.connection.execute(statement).to_arrow_reader(_BATCH_ROWS), limit)
        except (duckdb.Error, pa.ArrowException, OSError) as error:
            raise QueryError(_in_one_line(error)) from error


def _first_rows(rows: pa.RecordBatchReader, limit: int | None) -> pa.Table:
    """Gather rows up to `limit`, without waiting for those after it."""
    batches: list[pa.RecordBatch] = []
    taken = 0
    for batch in rows:
        batches.append(batch if limit is None else batch.slice(0, limit - taken))
        taken += batches[-1].num_rows
        if taken == limit:
            break
    return pa.Table.from_batches(batches, rows.schema)


def _one_select(sql: str) -> str:
    """Return `sql` if it is one statement that only reads; raises QueryError if not."""
    statement = _one_statement(sql)
    if statement.type == duckdb.StatementType.EXPLAIN:
        return _explain(sql)
    kind = "PRAGMA" if _starts_with(b"PRAGMA", sql) else statement.type.name  # DuckDB makes a SELECT of some
    if kind != "SELECT":
        raise QueryError(f"{kind} is not allowed: the warehouse is read-only, give one SELECT")
    return statement.query


def _one_statement(sql: str) -> duckdb.Statement:
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in sql):
        raise QueryError("the statement holds a NUL or half a surrogate pair, which are no text; give one SELECT")
    try:
        # even to parse an IMPORT, DuckDB would read files
        with duckdb.connect(config={"enable_external_access": False}) as parser:
            statements = parser.extract_statements(sql)
    except duckdb.Error as error:
        raise QueryError(_in_one_line(error)) from error
    if len(statements) != 1:
        raise QueryError(f"expected one statement, found {len(statements)}; give one SELECT")
    return statements[0]


def _explain(sql: str) -> str:
    """Return an EXPLAIN put together anew around a checked SELECT: EXPLAIN ANALYZE would run even a COPY."""
    explained = _without_first_word(sql)
    if _starts_with(b"ANALYZE", explained):
        return f"EXPLAIN ANALYZE {_one_select(_without_first_word(explained))}"
    return f"EXPLAIN {_one_select(explained)}"


def _starts_with(word: bytes, sql: str) -> bool:
    """Whether the first word of `sql`, comments aside, is `word`."""
    start, _ = duckdb.tokenize(sql)[0]  # tokens count bytes
    return sql.encode()[start:].upper().startswith(word)


def _without_first_word(sql: str) -> str:
    start, _ = duckdb.tokenize(sql)[1]
    return sql.encode()[start:].decode()


def lock_down(warehouse: Warehouse) -> None:
    """Leave the connection nothing but the files of its snapshot; no later statement can undo it."""
    paths = ", ".join(quoted(str(path)) for path in warehouse.files)
    for setting in (
        f"allowed_paths = [{paths}]",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "python_enable_replacements = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        warehouse.connection.execute(f"SET {setting}")


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())
