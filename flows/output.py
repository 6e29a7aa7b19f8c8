"""How commands write: rows in a chosen format, and the words at the end of a run."""

from __future__ import annotations

import csv
import json
import math
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from warehouse.errors import QueryError
from warehouse.home import Home

if TYPE_CHECKING:
    from flows.execute import Finished

_ANY_WIDTH = 1_000_000
_CELL_CHARACTERS = 80


def write_rows(rows: pa.Table, form: str) -> None:
    """Write rows to standard output in one of five forms.

    Raises QueryError for Parquet on a terminal, and for JSON where two columns have one name.
    """
    _WRITERS[form](rows)


def _values(rows: pa.Table) -> Iterable[tuple[object, ...]]:
    return zip(*(column.to_pylist() for column in rows.columns), strict=True)


def _write_table(rows: pa.Table) -> None:
    """One line a row: on a terminal cut to its width, elsewhere as wide as the cells are."""
    console = Console(width=None if sys.stdout.isatty() else _ANY_WIDTH, highlight=False)
    shown = Table(box=box.SIMPLE_HEAD, show_edge=False)
    for field in rows.schema:
        numeric = pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
        shown.add_column(Text(field.name), justify="right" if numeric else "left", no_wrap=True)
    for row in _values(rows):
        shown.add_row(*(Text(_short(_cell(value))) for value in row))
    console.print(shown)


def _short(cell: str) -> str:
    return cell if len(cell) <= _CELL_CHARACTERS else f"{cell[: _CELL_CHARACTERS - 1]}…"


def _cell(value: object) -> str:
    """Return a value in one line, without control characters a terminal would obey."""
    text = value if isinstance(value, str) else "" if value is None else _plain(value)
    return "".join(character if character.isprintable() else " " for character in text)


def _plain(value: object) -> str:
    return json.dumps(value, default=_encoded, ensure_ascii=False).strip('"')


def _write_json(rows: pa.Table) -> None:
    again = next((name for name in rows.column_names if rows.column_names.count(name) > 1), None)
    if again is not None:
        raise QueryError(f"two columns are called {again!r}, which JSON cannot tell apart: rename one with AS")
    # a terminal obeys control characters that a file may keep
    found = _finite(rows.to_pylist())
    json.dump(found, sys.stdout, default=_encoded, ensure_ascii=sys.stdout.isatty(), indent=1, allow_nan=False)
    sys.stdout.write("\n")


def _finite(value: object) -> object:
    """Return a value with null for the numbers that JSON has no words for."""
    if isinstance(value, list):
        return [_finite(one) for one in value]
    if isinstance(value, dict):
        return {name: _finite(one) for name, one in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _encoded(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _write_csv(rows: pa.Table) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(rows.column_names)
    cell = _cell if sys.stdout.isatty() else _csv_cell
    writer.writerows([cell(value) for value in row] for row in _values(rows))


def _csv_cell(value: object) -> object:
    """Leave what has one form in text as it is; lists and structs are JSON, bytes are hexadecimal."""
    return _plain(value) if isinstance(value, (list, dict, bytes)) else value


def _write_markdown(rows: pa.Table) -> None:
    names = [_cell(name) for name in rows.column_names]
    lines = [names, ["---"] * rows.num_columns, *([_cell(value) for value in row] for row in _values(rows))]
    for line in lines:
        sys.stdout.write(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n")


def _write_parquet(rows: pa.Table) -> None:
    if sys.stdout.isatty():
        raise QueryError("Parquet is not for a terminal: send it to a file with > rows.parquet")
    pq.write_table(rows, sys.stdout.buffer)


_WRITERS: dict[str, Callable[[pa.Table], None]] = {
    "table": _write_table,
    "json": _write_json,
    "csv": _write_csv,
    "markdown": _write_markdown,
    "parquet": _write_parquet,
}


def summary(finished: Finished) -> str:
    """Return what a run says at its end: what was read, kept, quarantined and committed, and where to look."""
    run, outcome = finished.run, finished.outcome
    counts = {name: f"{count:,}" for name, count in outcome.counts.items()}
    kept = outcome.counts.get("articles_rows", 0)
    home = "" if run.home == Home.at("data") else f" --home {shlex.quote(str(run.home.root))}"
    files = "of the warehouse" if run.again else f"in {counts.get('files', 0)} files"
    read = f"{counts.get('records', 0)} records {files}"
    skipped = ", ".join(f"{counts[name]} {text}" for name, text in _SKIPPED.items() if outcome.counts.get(name))
    lines = [
        f"run         {run.run_id}: {outcome.status}, snapshot {outcome.snapshot}",
        f"read        {read}{f' ({skipped})' if skipped else ''}",
        f"kept        {kept:,} articles, {counts.get('rejected', 0)} records rejected with their reason",
        f"quarantined {counts.get('quarantined', 0)} rows",
        f"committed   {_rows(outcome.counts) or 'nothing new'}",
        f"report      {finished.report}",
    ]
    if outcome.counts.get("resumed"):
        lines.insert(2, f"resumed     {counts['resumed']} batches that a killed run had finished")
    if finished.outdated:
        found = (
            f"{finished.outdated.article_count:,} articles were found by other rules, from {finished.outdated.stage} on"
        )
        lines.append(f"outdated    {found}: `dateline run --reprocess changed` finds them anew")
    return "\n".join([*lines, "", "Try:", *(f'  {_program()} sql{home} "{query}"' for query in _QUERIES)])


def _program() -> str:
    """Return what to type for this program: its name where the shell finds it, else its path."""
    if shutil.which("dateline"):
        return "dateline"
    return shlex.quote(os.path.relpath(Path(sys.executable).parent / "dateline"))


_SKIPPED = {
    "known": "known already",
    "forgotten": "left out since they were forgotten",
    "other_source": "left out as of other sources",
    "other_day": "left out as of other days",
    "no_day": "left out as they state no day",
    "repeated": "repeated",
    "ignored": "files of other kinds left out",
    "unsettled": "files still changing, left for the next run",
}
_SHOWN = ("articles", "dates", "mentions", "quotes", "duplicates", "entities")
_QUERIES = (
    "SELECT * FROM who_said_what LIMIT 10",
    "SELECT * FROM top_entities LIMIT 10",
    "SELECT * FROM duplicate_pairs LIMIT 10",
)


def _rows(counts: dict[str, int]) -> str:
    return ", ".join(f"{counts[f'{name}_rows']:,} {name}" for name in _SHOWN if counts.get(f"{name}_rows"))
