"""Write Parquet files that are whole on disk before anybody hears of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.columns import children, field_id

ROW_GROUP_ROWS = 122_880
ROW_GROUP_BYTES = 64 * 1024 * 1024
_BOUND_CHARACTERS = 128
_COMPRESSION = {"compression": "zstd", "compression_level": 1}
_NO_COMPRESSION = {"compression": "none"}
_SMALL_BYTES = 4 * 1024
"""What is smaller takes longer to compress than to write, and comes out no smaller."""


class ColumnStatistics(NamedTuple):
    """What one leaf column of a file holds, values as DuckLake writes them."""

    column_id: int
    byte_count: int
    value_count: int  # without nulls
    null_count: int
    min_value: str | None
    max_value: str | None


class DataFile(NamedTuple):
    """One finished Parquet file."""

    path: Path
    record_count: int
    byte_count: int
    footer_size: int
    checksum: str
    numbers: dict[str, int]
    columns: list[ColumnStatistics]


def write_file(path: Path, columns: pa.Schema, batches: Iterable[pa.RecordBatch]) -> DataFile:
    """Write rows of `columns` to `path` (which must not exist), fsync it and its folder, and read its footer back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as sink:
        try:
            _write(sink, columns, batches)
        except BaseException:
            path.unlink()  # so that the next try finds the name free
            raise
    path.chmod(0o444)
    sync_folder(path.parent)
    return describe(path)


def _write(sink: BinaryIO, columns: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    groups = _row_groups(columns, batches)
    first = list(islice(groups, 2))
    is_small = sum(rows.nbytes for rows in first) <= _SMALL_BYTES
    with pq.ParquetWriter(
        sink, columns, **(_NO_COMPRESSION if is_small else _COMPRESSION), **_options(columns)
    ) as writer:
        for rows in chain(first, groups):
            writer.write_table(rows, row_group_size=ROW_GROUP_ROWS)
    sink.flush()
    os.fsync(sink.fileno())


def _options(columns: pa.Schema) -> dict[str, object]:
    """Writer options: measured best for scans, pruning and size together (delta integers, bloom on ids)."""
    integers = [field.name for field in columns if pa.types.is_integer(field.type)]
    dictionary = [field.name for field in columns if field.type in (pa.string(), pa.date32())]
    blooms = [name for name in ("article_id", "entity_key") if name in columns.names]
    return {
        "use_dictionary": dictionary,
        "column_encoding": dict.fromkeys(integers, "DELTA_BINARY_PACKED"),
        "bloom_filter_options": {name: {"ndv": ROW_GROUP_ROWS, "fpp": 0.01} for name in blooms},
        "write_page_index": True,
    }


def _row_groups(columns: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Gather record batches into tables of one row group each, bounded by rows and bytes."""
    held: list[pa.RecordBatch] = []
    for part in (part for batch in batches for part in _halved(batch)):
        if held and not _is_row_group([*held, part]):
            yield _table(columns, held)
            held = []
        held.append(part)
    if held:
        yield _table(columns, held)


def _table(columns: pa.Schema, batches: Sequence[pa.RecordBatch]) -> pa.Table:
    rows = pa.Table.from_batches(batches)
    return rows if rows.schema.equals(columns, check_metadata=True) else rows.cast(columns)


def _is_row_group(batches: Sequence[pa.RecordBatch]) -> bool:
    rows = sum(batch.num_rows for batch in batches)
    size = sum(batch.nbytes for batch in batches)
    return bool(rows <= ROW_GROUP_ROWS and size <= ROW_GROUP_BYTES)


def _halved(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Cut a batch of long texts in two until each part fits a row group."""
    if _is_row_group([batch]) or batch.num_rows <= 1:
        yield batch
        return
    middle = batch.num_rows // 2
    yield from _halved(batch.slice(0, middle))
    yield from _halved(batch.slice(middle))


def describe(path: Path) -> DataFile:
    """Read a file's footer and checksum back from disk."""
    metadata = pq.read_metadata(path)
    schema = metadata.schema.to_arrow_schema()
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    columns = [
        _statistics(leaf, [group.column(number) for group in groups]) for number, leaf in enumerate(leaves(schema))
    ]
    numbers = {field.name: field_id(field) for field in schema}
    size = path.stat().st_size
    return DataFile(path, metadata.num_rows, size, footer_size(path), checksum(path), numbers, columns)


def footer_size(path: Path) -> int:
    """Return the length of a file's footer as its last bytes say."""
    with path.open("rb") as source:
        source.seek(-8, os.SEEK_END)
        return int.from_bytes(source.read(4), "little")


def checksum(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def leaves(columns: pa.Schema) -> list[int]:
    """Return the field ids of leaf columns, in the order Parquet stores them."""
    return [field_id(field) for column in columns for field in _leaves(column)]


def _leaves(field: pa.Field) -> Iterator[pa.Field]:
    parts = children(field.type)
    if not parts:
        yield field
    for part in parts:
        yield from _leaves(part)


def _statistics(column_id: int, chunks: Sequence[pq.ColumnChunkMetaData]) -> ColumnStatistics:
    statistics = [chunk.statistics for chunk in chunks]  # made anew at each look
    value_count = sum(found.num_values for found in statistics)
    return ColumnStatistics(
        column_id,
        sum(chunk.total_compressed_size for chunk in chunks),
        value_count,
        sum(found.null_count for found in statistics),
        *_bounds([found for found in statistics if found.num_values]),
    )


def _bounds(statistics: Sequence[pq.Statistics]) -> tuple[str | None, str | None]:
    """Return bounds as DuckLake writes them, wide ones where Parquet has none; None where there are no values."""
    if not all(found.has_min_max for found in statistics) or not statistics:
        is_open = any(found.physical_type == "BYTE_ARRAY" for found in statistics)  # Parquet bounds no long values
        return ("", _beyond(statistics) * 16) if is_open else (None, None)
    low, high = _as_text(min(found.min for found in statistics)), _as_text(max(found.max for found in statistics))
    is_cut = len(high) > _BOUND_CHARACTERS
    return low[:_BOUND_CHARACTERS], high[:_BOUND_CHARACTERS] + _beyond(statistics) if is_cut else high


def _beyond(statistics: Sequence[pq.Statistics]) -> str:
    """Return what no other character, or no other byte, comes after."""
    return "\U0010ffff" if statistics[0].logical_type.type == "STRING" else "FF"


def _as_text(value: object) -> str:
    """Return a value as DuckLake writes it."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds") + "+00"
    return value.hex().upper() if isinstance(value, bytes) else str(value)


def sync_file(path: Path) -> None:
    """Make a file's bytes durable."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a folder's entries durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
