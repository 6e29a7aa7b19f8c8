"""A run: what identifies it, what it may write, and the files its rows wait in until the commit."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.settings import Settings
from warehouse import catalog, schema
from warehouse.catalog import LiveFile
from warehouse.commit import new_run_id
from warehouse.errors import CatalogError
from warehouse.home import NOTE, Home
from warehouse.schema import Table


class Again(NamedTuple):
    """Articles of the warehouse to find anew: from which stage on, and a query for their ids with its values."""

    stage: str
    articles: str
    values: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class Run:
    """One run over `inputs`, or over the warehouse `again`, into `home`. Plain values only: it goes to workers."""

    run_id: str
    started_at: datetime
    home: Home
    settings: Settings
    inputs: tuple[str, ...]
    again: Again | None = None

    @classmethod
    def start(cls, home: Home, settings: Settings, inputs: Sequence[str], again: Again | None = None) -> Run:
        """Begin a run now; of one over the warehouse `inputs` are the words that asked for it."""
        now = datetime.now(UTC)
        return cls(new_run_id(now), now, home, settings, tuple(inputs), again)

    @property
    def staging(self) -> Path:
        """The folder of this run's rows."""
        return self.home.staging / self.run_id

    def staged(self, table: Table) -> list[Path]:
        """Return the files that hold this run's rows of `table`, in batch order."""
        return sorted((self.staging / table.name).glob("*.parquet"))

    def read(
        self,
        table: Table,
        columns: Sequence[str] | None = None,
        batch: str | None = None,
        article_ids: pa.ChunkedArray | None = None,
    ) -> pa.Table:
        """Read this run's rows of `table`, of one batch or all, of all articles or some."""
        paths = self.staged(table) if batch is None else [self.staging / table.name / f"{batch}.parquet"]
        return read_files(table, paths, columns, article_ids)

    @property
    def note(self) -> Path:
        """The run's row in `runs` as it would be had it been killed, as JSON."""
        return self.staging / NOTE

    def write(self, table: Table, rows: pa.Table, batch: str = "all") -> Path:
        """Stage rows of `table`; writing a batch again replaces it."""
        return write_rows(self.staging / table.name / f"{batch}.parquet", rows)

    def given(self, table: Table, batch: str) -> Path:
        """Where the rows of a batch are that a run over the warehouse takes as they are, if there are any."""
        return self.staging / "given" / table.name / f"{batch}.parquet"

    def staying(self, table: Table) -> Path:
        """Where the other rows are of the files that a run over the warehouse takes the place of, if there are any."""
        return self.staging / "staying" / f"{table.name}.parquet"

    @property
    def retired(self) -> Path:
        """Which files these are, as JSON: their paths in the catalog, by table."""
        return self.staging / "retired.json"


def clear_staged(home: Home, newest: int = 0) -> None:
    """Remove what ended runs staged, but for the `newest` of them, and but for their notes."""
    ended = sorted(path for path in home.staging.glob("*") if path.is_dir())
    for folder in ended[: max(0, len(ended) - newest)]:
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != NOTE:
                path.unlink()


def write_rows(path: Path, rows: pa.Table) -> Path:
    """Write a staged file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    pq.write_table(rows, fresh, compression="lz4", use_dictionary=False)  # read once, soon
    fresh.replace(path)
    return path


def live_files(home: Home) -> dict[str, list[LiveFile]]:
    """Return the files of each table that earlier runs committed; before the first commit there are none."""
    if not home.catalog.exists():
        return {}
    # created where it is empty: a first commit that was killed leaves such a file
    with catalog.connect(home, create=True) as connection:
        return catalog.live_files(connection, home, catalog.head(connection))


def retired_files(run: Run) -> dict[str, list[str]]:
    """Return the live files that a run over the warehouse takes the place of: their paths in the catalog, by table."""
    loaded: dict[str, list[str]] = json.loads(run.retired.read_text("utf-8")) if run.retired.exists() else {}
    return loaded


def known_files(run: Run) -> dict[str, Sequence[PathLike[str]]]:
    """Return the files of what a run knows from before: the live ones, without the articles it finds anew."""
    retired = retired_files(run)
    known: dict[str, Sequence[PathLike[str]]] = {}
    for name, files in live_files(run.home).items():
        staying = [run.staying(table) for table in schema.TABLES if table.name == name and name in retired]
        others = [file for file in files if catalog.stored_path(run.home, file) not in retired.get(name, ())]
        known[name] = [*others, *staying]
    return known


def forgotten_ids(home: Home) -> set[str]:
    """Return the articles that were taken out on request."""
    if not home.catalog.exists():
        return set()
    with catalog.connect(home, create=True) as connection:
        return set(catalog.forgotten(connection))


def read_files(
    table: Table,
    paths: Iterable[PathLike[str]],
    columns: Sequence[str] | None = None,
    article_ids: pa.ChunkedArray | None = None,
) -> pa.Table:
    """Read rows of `table` from Parquet files, which may be none: all, or those of some articles.

    Columns that a file lacks are null.
    """
    wanted = pa.schema([table.arrow.field(name) for name in columns or table.arrow.names])
    parts = [_read_file(path, wanted, article_ids) for path in paths]
    return _joined(parts) if parts else wanted.empty_table()


def _joined(parts: list[pa.Table]) -> pa.Table:
    """Put tables one below the other and empty the list; lists of numbers, which are large, come in one piece.

    The pieces of a column are freed before the next is joined: memory holds one column twice and never all.
    """
    fields = parts[0].schema
    pieces = {field.name: [chunk for part in parts for chunk in part[field.name].chunks] for field in fields}
    parts.clear()
    columns = []
    for field in fields:
        column = pa.chunked_array(pieces.pop(field.name), field.type)
        if pa.types.is_list(field.type) and pa.types.is_integer(field.type.value_type):
            column = pa.chunked_array([column.combine_chunks()])
        columns.append(column)
    return pa.table(columns, fields)


def _read_file(path: PathLike[str], wanted: pa.Schema, article_ids: pa.ChunkedArray | None) -> pa.Table:
    """Read one row group after the other: all at once is slower, and takes four times the memory of the rows."""
    try:
        file = pq.ParquetFile(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise CatalogError(
            f"{path}: {' '.join(str(error).split())}; `dateline fsck` lists all damaged files"
        ) from error
    names = [name for name in wanted.names if name in file.schema_arrow.names]
    groups = [wanted.empty_table()]
    for number in range(file.num_row_groups):
        rows = _rows_of_group(file, number, names, article_ids)
        for name in set(wanted.names) - set(names):
            rows = rows.append_column(wanted.field(name), pa.nulls(rows.num_rows, wanted.field(name).type))
        groups.append(rows.select(wanted.names).cast(wanted))
    return pa.concat_tables(groups)


def _rows_of_group(
    file: pq.ParquetFile, number: int, names: list[str], article_ids: pa.ChunkedArray | None
) -> pa.Table:
    """Read a row group, of some articles their rows: where it holds none of them, their ids are all that is read."""
    if article_ids is None:
        return file.read_row_group(number, columns=names)
    is_wanted = pc.is_in(file.read_row_group(number, columns=["article_id"])["article_id"], article_ids)
    if not pc.any(is_wanted).as_py():
        return file.schema_arrow.empty_table().select(names)
    return file.read_row_group(number, columns=names).filter(is_wanted)
