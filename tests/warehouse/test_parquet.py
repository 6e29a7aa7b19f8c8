"""A file holds exactly the rows it was given, for every program that reads Parquet, and is never changed again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.warehouse.storing import awkward_rows
from warehouse.columns import field_id
from warehouse.parquet import ROW_GROUP_BYTES, ROW_GROUP_ROWS, DataFile, checksum, leaves, write_file
from warehouse.schema import ARTICLES, BLOCKS, DOCUMENTS, ENTITIES, FINGERPRINTS, MENTIONS, ORIGINALS, TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EACH_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def written(folder: Path, table: Table, rows: list[dict[str, Any]]) -> DataFile:
    """Write rows to a new file."""
    return write_file(folder / "rows.parquet", table.arrow, table.rows(rows).to_batches())


@EACH_TABLE
def test_rows_come_back_equal(tmp_path: Path, table: Table) -> None:
    """Nested values, nulls, hostile strings and the edges of each type survive."""
    rows = awkward_rows(table)
    file = written(tmp_path, table, rows)

    found = pq.ParquetFile(file.path).read()

    assert found.cast(table.arrow).equals(table.rows(rows))
    assert file.record_count == len(rows)


@EACH_TABLE
@pytest.mark.parametrize("count", [0, 1, 40])
def test_duckdb_reads_the_same_rows(tmp_path: Path, table: Table, count: int) -> None:
    """The reader users have sees what pyarrow sees, in files too small to be compressed too."""
    rows = awkward_rows(table, count)
    file = written(tmp_path, table, rows)

    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found = connection.read_parquet(str(file.path)).to_arrow_table()

    assert found.cast(table.arrow).equals(table.rows(rows))


def test_a_short_text_before_a_long_one_leaves_neither_uncompressed(tmp_path: Path) -> None:
    """What a file takes does not hang on which of its rows come first."""
    texts = ("short", "long " * (ROW_GROUP_BYTES // 4))
    common = {"media_type": "text/plain", "status": "accepted"}
    rows = [common | {"article_id": f"{n}", "uri": f"{n}", "raw_text": text} for n, text in enumerate(texts)]
    batches = [batch for row in rows for batch in DOCUMENTS.rows([row]).to_batches()]
    file = write_file(tmp_path / "rows.parquet", DOCUMENTS.arrow, batches)
    assert pq.ParquetFile(file.path).num_row_groups == len(texts)
    assert file.byte_count < ROW_GROUP_BYTES // 100


@EACH_TABLE
def test_pandas_reads_the_same_rows(tmp_path: Path, table: Table) -> None:
    """Whoever works in a notebook needs nothing of ours."""
    rows = awkward_rows(table)
    file = written(tmp_path, table, rows)

    found = pd.read_parquet(file.path, dtype_backend="pyarrow")

    assert pa.Table.from_pandas(found, schema=table.arrow, preserve_index=False).equals(table.rows(rows))


def test_not_a_number_comes_back_and_leaves_no_false_bounds(tmp_path: Path) -> None:
    """NaN is none of the bounds that readers prune by."""
    rows = [
        {"entity_id": str(n), "name": "x", "type": "GPE", "latitude": value}
        for n, value in enumerate((math.nan, 1.5, -2.0))
    ]
    file = written(tmp_path, ENTITIES, rows)
    number = field_id(ENTITIES.arrow.field("latitude"))

    latitude = next(column for column in file.columns if column.column_id == number)

    assert (latitude.min_value, latitude.max_value) == ("-2.0", "1.5")
    assert math.isnan(pq.read_table(file.path)["latitude"][0].as_py())


@EACH_TABLE
def test_files_carry_field_ids_and_meanings(tmp_path: Path, table: Table) -> None:
    """DuckLake finds columns by number, people by their meaning."""
    file = written(tmp_path, table, awkward_rows(table))

    stored = pq.read_schema(file.path)

    assert [field_id(field) for field in stored] == [field_id(field) for field in table.arrow]
    assert [field.metadata[b"meaning"].decode() for field in stored] == [column.meaning for column in table.columns]
    assert [column.column_id for column in file.columns] == leaves(table.arrow)


def test_nested_fields_carry_ids_too(tmp_path: Path) -> None:
    """The offsets and edit of a segment are columns of their own to DuckLake."""
    file = written(tmp_path, ARTICLES, awkward_rows(ARTICLES))

    element = pq.read_schema(file.path).field("segments").type.value_field
    numbers = [field_id(element), *(field_id(child) for child in element.type)]

    assert numbers == list(range(numbers[0], numbers[0] + 6))


@pytest.mark.parametrize("table", [ARTICLES, MENTIONS, ENTITIES], ids=lambda table: table.name)
def test_ids_that_people_look_up_have_a_bloom_filter(tmp_path: Path, table: Table) -> None:
    """One article or entity is found without reading the others."""
    file = written(tmp_path, table, awkward_rows(table))

    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT path_in_schema FROM parquet_metadata(?) WHERE bloom_filter_offset IS NOT NULL", [str(file.path)]
        )
        found = {name for (name,) in rows.fetchall()}

    assert found == {"article_id", "entity_key"} & set(table.arrow.names)


def test_row_groups_are_bounded_by_rows(tmp_path: Path) -> None:
    """Readers skip and share work by row group."""
    rows = pa.Table.from_pylist(
        [{"article_id": "a", "block_number": 1, "raw_start": 0, "raw_end": 0, "role": "blank", "rule": "x"}],
        schema=BLOCKS.arrow,
    ).take([0] * 300_000)

    file = write_file(tmp_path / "x.parquet", BLOCKS.arrow, rows.to_batches(max_chunksize=50_000))

    metadata = pq.read_metadata(file.path)
    counts = [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]
    assert sum(counts) == 300_000
    assert 1 < len(counts) <= 6
    assert max(counts) <= ROW_GROUP_ROWS


def long_texts(count: int, megabytes: int) -> pa.RecordBatch:
    """Make one batch of documents of so many megabytes each."""
    text = "x" * (megabytes * 1024 * 1024)
    rows: list[dict[str, Any]] = [
        {"article_id": str(n), "uri": "x", "media_type": "text/plain", "status": "accepted", "raw_text": text}
        for n in range(count)
    ]
    return DOCUMENTS.rows(rows).to_batches()[0]


def test_row_groups_are_bounded_by_bytes(tmp_path: Path) -> None:
    """A batch of long documents is cut, so that no reader needs gigabytes at once."""
    file = write_file(tmp_path / "x.parquet", DOCUMENTS.arrow, [long_texts(6, 20)])

    metadata = pq.read_metadata(file.path)
    groups = [metadata.row_group(n) for n in range(metadata.num_row_groups)]

    assert sum(group.num_rows for group in groups) == 6
    assert max(group.total_byte_size for group in groups) <= ROW_GROUP_BYTES
    assert pq.read_table(file.path, columns=["article_id"])["article_id"].to_pylist() == list("012345")


def test_one_document_above_the_bound_has_a_row_group_of_its_own(tmp_path: Path) -> None:
    """A row cannot be cut."""
    file = write_file(tmp_path / "x.parquet", DOCUMENTS.arrow, [long_texts(2, 65)])

    assert pq.read_metadata(file.path).num_row_groups == 2


def test_a_file_is_read_only_on_disk(tmp_path: Path) -> None:
    """Files are truth: nobody writes to them by mistake."""
    file = written(tmp_path, MENTIONS, awkward_rows(MENTIONS))

    assert file.path.stat().st_mode & 0o777 == 0o444


def test_a_file_is_never_overwritten(tmp_path: Path) -> None:
    """Two runs that hit the same name do not eat each other."""
    file = written(tmp_path, MENTIONS, awkward_rows(MENTIONS))
    before = checksum(file.path)

    with pytest.raises(FileExistsError):
        written(tmp_path, MENTIONS, [])

    assert checksum(file.path) == before


def test_a_file_that_could_not_be_finished_is_not_left_behind(tmp_path: Path) -> None:
    """The next try finds the name free."""

    def breaking() -> Iterator[pa.RecordBatch]:
        yield MENTIONS.rows(awkward_rows(MENTIONS)).to_batches()[0]
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space left"):
        write_file(tmp_path / "rows.parquet", MENTIONS.arrow, breaking())

    assert list(tmp_path.iterdir()) == []
    assert written(tmp_path, MENTIONS, awkward_rows(MENTIONS)).record_count == 40


def test_a_null_in_a_column_that_must_have_a_value_is_refused(tmp_path: Path) -> None:
    """Better no file than one that other programs cannot read."""
    with pytest.raises(ValueError, match="raw_start"):
        written(tmp_path, MENTIONS, [{"article_id": "a"}])

    assert list(tmp_path.iterdir()) == []


def test_a_file_without_rows_can_be_read(tmp_path: Path) -> None:
    """Nothing found is an answer too."""
    file = written(tmp_path, ARTICLES, [])

    assert file.record_count == 0
    assert pq.read_table(file.path).cast(ARTICLES.arrow).equals(ARTICLES.empty())


def test_a_file_describes_itself(tmp_path: Path) -> None:
    """What the catalog records is what stands on the disk."""
    rows = [
        {"article_id": name, "words_hash": None, "shingle_count": count, "hashes": hashes, "facts": []}
        for name, count, hashes in (("a", 3, [1, 2**32 - 1]), ("b", None, None), ("c", -5, [7, None]))
    ]
    file = written(tmp_path, FINGERPRINTS, rows)

    data = file.path.read_bytes()
    by_id = {column.column_id: column[2:] for column in file.columns}

    assert (file.byte_count, file.footer_size) == (len(data), int.from_bytes(data[-8:-4], "little"))
    assert by_id[1] == (3, 0, "a", "c")
    assert by_id[2] == (0, 3, None, None)
    assert by_id[3] == (2, 1, "-5", "3")
    assert by_id[5] == (3, 2, "1", "4294967295")


def test_bounds_are_written_as_ducklake_reads_them(tmp_path: Path) -> None:
    """Years have four digits, and strings are ordered by code point."""
    file = written(tmp_path, ARTICLES, awkward_rows(ARTICLES))
    bounds = {column.column_id: (column.min_value, column.max_value) for column in file.columns}
    numbers = {field.name: field_id(field) for field in ARTICLES.arrow}

    assert bounds[numbers["published_on"]] == ("0001-01-01", "9999-12-31")
    assert bounds[numbers["modified_at"]] == ("0033-04-03 15:00:00.000000+00", "2026-02-28 23:59:59.999999+00")
    assert bounds[numbers["headline"]] == ("", "\U0010ffff")


@pytest.mark.parametrize(
    ("length", "low", "high"),
    [
        (100, "y" * 100, "z" * 100),
        (1_000, "y" * 128, "z" * 128 + "\U0010ffff"),
        (10_000, "", "\U0010ffff" * 16),
    ],
)
def test_bounds_of_long_texts_are_short_and_still_bounds(tmp_path: Path, length: int, low: str, high: str) -> None:
    """DuckLake takes a column without bounds for one without values, so there always are some."""
    rows: list[dict[str, Any]] = [
        {"article_id": letter * length, "content": letter.encode() * length} for letter in "yz"
    ]

    text, content, run_id = written(tmp_path, ORIGINALS, rows).columns

    assert (text.min_value, text.max_value) == (low, high)
    assert content.min_value is not None
    assert content.max_value is not None
    assert content.min_value <= rows[0]["content"].hex().upper()
    assert content.max_value >= rows[1]["content"].hex().upper()
    assert (run_id.min_value, run_id.max_value) == (None, None)
