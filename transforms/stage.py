"""What a stage of the pipeline is, and what it reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import pyarrow as pa

from warehouse.schema import Table


class Named(NamedTuple):
    """The articles on either side of rows that this run has in a table, of the rows with a value in a column."""

    table: Table
    column: str
    value: str


class Input(NamedTuple):
    """A table a stage reads: all columns or the named ones, of this run or as `known` from earlier runs.

    With `of`, the rows of these articles are enough: the others are not read.
    """

    table: Table
    columns: tuple[str, ...]
    known: bool
    of: Named | None = None

    def empty(self) -> pa.Table:
        """Return the input without rows."""
        return self.table.empty().select(list(self.columns))


def new(table: Table, *columns: str, of: Named | None = None) -> Input:
    """The rows of this run."""
    return Input(table, columns or tuple(table.arrow.names), known=False, of=of)


def known(table: Table, *columns: str, of: Named | None = None) -> Input:
    """The rows committed by earlier runs."""
    return Input(table, columns or tuple(table.arrow.names), known=True, of=of)


class Stage(NamedTuple):
    """A plain function from Arrow tables to one Arrow table of a declared schema.

    `run` is named as the table it writes and takes the tables of `reads` in that
    order, then `options` (settings or resources) by keyword. `clean`, `fingerprint`,
    `extract` and `resolve` stages are row-wise: they see one batch of articles, in one
    process for `fingerprint`. `compare` and `link` stages run once, over all rows of the
    run and those known before it: `compare` between `fingerprint` and `extract`, `link`
    between `extract` and `resolve`.
    """

    run: Callable[..., pa.Table]
    reads: tuple[Input, ...]
    writes: Table
    phase: Literal["clean", "fingerprint", "compare", "extract", "link", "resolve"]
    options: tuple[str, ...] = ()
