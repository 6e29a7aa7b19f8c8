"""Rows of older articles replaced or removed: the live files that hold them are written anew without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike
from typing import NamedTuple

import duckdb
import pyarrow as pa

from warehouse.database import source
from warehouse.schema import Table
from warehouse.staged import merged


class Revision(NamedTuple):
    """The live files of a table that hold rows of some articles, and a query for their other rows, which stay."""

    retired: tuple[PathLike[str], ...]
    staying: str


def revise(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    live: Sequence[PathLike[str]],
    articles: str,
    always: Sequence[PathLike[str]] = (),
) -> Revision:
    """Find what a commit takes out of `table` so that no row of `articles` is left.

    `articles` is the name of a view with a column article_id. Nothing is written, and files that hold none of these
    articles are left alone, but for those that are `always` taken out.
    """
    held = [path for path in live if path in always or _holds(connection, table, path, articles)]
    names = ", ".join(column.name for column in table.columns)
    return Revision(tuple(held), f"SELECT {names} FROM {source(table, held)} ANTI JOIN {articles} USING (article_id)")


def _holds(connection: duckdb.DuckDBPyConnection, table: Table, path: PathLike[str], articles: str) -> bool:
    query = f"SELECT 1 FROM {source(table, [path])} SEMI JOIN {articles} USING (article_id) LIMIT 1"
    return connection.execute(query).fetchone() is not None


def revised(
    connection: duckdb.DuckDBPyConnection, table: Table, run_id: str, revision: Revision
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of `run.<table>` and those that stay of the files taken out, in key order."""
    names = ", ".join(column.name for column in table.columns)
    return merged(connection, table, run_id, f"SELECT {names} FROM run.{table.name} UNION ALL {revision.staying}")
