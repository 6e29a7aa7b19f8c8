"""What a section of the page is made of, and how a view becomes a table of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb
    from markupsafe import Markup

Row = dict[str, Any]

MOST = 20
"""Rows a table shows at most; its caption says how many there are."""

NARROW = 5
"""Columns of words and numbers that fit a narrow screen."""


class Column(NamedTuple):
    """One column: its heading, and the class its cells are set by.

    Classes: text, prose (wide), name, list, word (never wraps), number, share, code, chart.
    """

    label: str
    kind: str = "text"


class Grid(NamedTuple):
    """One table of the page; `total` counts the rows there are, shown or not."""

    caption: str
    columns: tuple[Column, ...]
    rows: list[tuple[object, ...]]
    total: int
    nothing: str = "None."

    @property
    def is_narrow(self) -> bool:
        """Whether a narrow screen can show it as a table: one word and a few numbers a row."""
        return len(self.columns) <= NARROW and all(column.kind in ("word", "number") for column in self.columns)

    @property
    def extent(self) -> str:
        """How much of the whole is shown, in words."""
        return f"first {len(self.rows):,} of {self.total:,}" if len(self.rows) < self.total else f"all {self.total:,}"


class Section(NamedTuple):
    """One section: its anchor, title, a sentence that says how to read it, figures and tables."""

    anchor: str
    title: str
    lead: str
    grids: tuple[Grid, ...]
    figure: Markup | None = None


def rows(connection: duckdb.DuckDBPyConnection, sql: str, **values: object) -> list[Row]:
    """Return the rows of a statement as dicts; `values` fill its `$name` parameters."""
    found: list[Row] = connection.sql(sql, params=values or None).to_arrow_table().to_pylist()
    return found


def view_rows(connection: duckdb.DuckDBPyConnection, view: str, most: int = MOST) -> tuple[list[Row], int]:
    """Return the first rows of a view and the number of rows it has."""
    relation = connection.view(view)
    counted = relation.count("*").fetchone()
    return relation.limit(most).to_arrow_table().to_pylist(), counted[0] if counted else 0


def grid(caption: str, columns: Mapping[str, Column], found: Iterable[Row], total: int, nothing: str = "None.") -> Grid:
    """Lay rows out under `columns`, which maps a column's name to its heading."""
    cells = [tuple(row[name] for name in columns) for row in found]
    return Grid(caption, tuple(columns.values()), cells, total, nothing)


def view_grid(  # noqa: PLR0913 - one call says all about one table
    connection: duckdb.DuckDBPyConnection,
    view: str,
    caption: str,
    columns: Mapping[str, Column],
    *,
    nothing: str = "None.",
    most: int = MOST,
) -> Grid:
    """Lay the first rows of a view out."""
    found, total = view_rows(connection, view, most)
    return grid(caption, columns, found, total, nothing)
