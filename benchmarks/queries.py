"""Figures of `benchmarks.storage` about reading: what views cost, and what checks of many rows cost."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import duckdb
import pyarrow as pa

from warehouse import catalog
from warehouse.commit import Change, commit, new_file, new_run_id
from warehouse.database import open_warehouse, refresh
from warehouse.home import Home
from warehouse.schema import DOCUMENTS, ENTITIES, MENTIONS, Table

VIEW_ROUNDS = 15
GATE_ROUNDS = 5

_QUERIES = {
    "top entities a day": """SELECT uri, entity_key, count(*) AS n FROM {mentions} JOIN {documents} USING (article_id)
        GROUP BY ALL ORDER BY n DESC, entity_key LIMIT 10""",
    "3-way join": """SELECT type, media_type, count(*) FROM {mentions} JOIN {entities} ON entity_key = entity_id
        JOIN {documents} USING (article_id) GROUP BY ALL ORDER BY ALL""",
    "timeline": """SELECT uri, count(*) FROM {mentions} JOIN {documents} USING (article_id)
        WHERE entity_key = 'gpe:4711' GROUP BY ALL ORDER BY ALL""",
}


def views(millions: int, folder: Path) -> None:
    """Compare CPU seconds of queries over the views and over the files behind them, turn about.

    The files are asked twice a round: what the two differ by is what the machine does, not the views.
    """
    home = Home.at(folder / "views")
    _fill(home, millions)
    with open_warehouse(home) as opened, catalog.connect(home) as connection:
        live = catalog.live_files(connection, home, opened.snapshot)
        bare = {
            name: f"read_parquet([{', '.join(repr(str(file.path)) for file in live[name])}])"
            for name in ("mentions", "documents", "entities")
        }
        kinds = [("views", {name: name for name in bare}), ("bare", bare), ("again", bare)]
        for name, query in _QUERIES.items():
            spent: dict[str, list[float]] = {kind: [] for kind, _ in kinds}
            for number in range(VIEW_ROUNDS):
                first = number % len(kinds)
                for kind, names in kinds[first:] + kinds[:first]:
                    spent[kind].append(_cpu(opened.connection, query.format(**names)))
            views, once, again = (median(spent[kind]) for kind, _ in kinds)
            print(
                f"views    {name}: {views / median(spent['bare'] + spent['again']):.2f}, bare over bare "
                f"{once / again:.2f} (CPU {views:.2f}, {once:.2f}, {again:.2f} s, medians of {VIEW_ROUNDS})"
            )


def _cpu(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    before = resource.getrusage(resource.RUSAGE_SELF)
    connection.execute(query).fetchall()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _fill(home: Home, millions: int) -> None:
    """Commit a tenth as many documents as mentions, a hundredth as many entities; uri stands for the day."""
    mention = """SELECT format('{{:08}}', i // 10) AS article_id, (i % 10)::INT * 100 AS raw_start, raw_start + 8
        AS raw_end, 'Name ' || i % 977 AS surface, 'body' AS role, 'GPE' AS label, 'gpe:' || hash(i) % {} AS entity_key,
        'own_name' AS key_rule, 'model' AS source, 0.9 AS confidence """
    for part in range(millions):
        rows = f"FROM (SELECT range AS i FROM range({part}000000, {part + 1}000000))"
        document = f"""SELECT format('{{:08}}', i) AS article_id, 'day ' || i % 365 AS uri, 'text/plain' AS media_type,
            'accepted' AS status FROM (SELECT range AS i FROM range({part}00000, {part + 1}00000))"""
        changes = [
            Change(
                MENTIONS, new_file(home, MENTIONS, "fill", _rows(MENTIONS, mention.format(millions * 10_000) + rows))
            ),
            Change(DOCUMENTS, new_file(home, DOCUMENTS, "fill", _rows(DOCUMENTS, document))),
        ]
        commit(home, new_run_id(), changes, "fill")
    entity = f"""SELECT 'gpe:' || range AS entity_id, 'Name' AS name, 'T' || range % 5 AS type
        FROM range({millions * 10_000})"""
    commit(home, "e", [Change(ENTITIES, new_file(home, ENTITIES, "fill", _rows(ENTITIES, entity)))], "fill")
    refresh(home)


def gate(millions: int, folder: Path) -> None:
    """Judge mentions by twelve rules on their columns, and look that the bad rows are found."""
    from expectations.gate import validate
    from expectations.rules import Suite, at_least, matches, not_null, one_of, share

    names = ("surface", "role", "label", "entity_key", "source")
    rules = (
        *map(not_null, names),
        *(at_least(name, 0) for name in ("raw_start", "raw_end")),
        *(one_of(name, values) for name, values in (("role", ("body",)), ("label", ("GPE",)), ("source", ("model",)))),
        share("confidence"),
        matches("entity_key", "gpe:[0-9]+", "is a key"),
    )
    home = Home.at(folder / "gate")
    _fill(home, millions)
    with open_warehouse(home) as opened, duckdb.connect() as connection:
        paths = [str(file) for file in opened.files if file.parent.name == "mentions"]
        connection.execute(f"""CREATE SCHEMA run; CREATE VIEW run.mentions AS
            SELECT * REPLACE (if(raw_end = 908 AND article_id[-3:] = '007', 2, confidence) AS confidence)
            FROM read_parquet({paths!r})""")
        list(validate(connection, [Suite(ENTITIES, ())]))
        for _ in range(GATE_ROUNDS):
            before = time.process_time()
            verdicts = list(validate(connection, [Suite(MENTIONS, rules)]))
            spent = time.process_time() - before
            bad = sum(len(verdict.bad_keys) for verdict in verdicts)
            print(
                f"gate     {verdicts[0].checked_count:,} rows x {len(verdicts)} checks, {bad:,} bad: CPU {spent:.2f} s"
            )


def _rows(table: Table, query: str) -> Iterator[object]:
    names = [column.name for column in table.columns]
    with duckdb.connect() as connection:
        made = connection.execute(query).to_arrow_table()
    missing = [name for name in names if name not in made.column_names]
    for name in missing:
        field = table.arrow.field(name)
        made = made.append_column(field, pa.nulls(made.num_rows, field.type))
    yield from made.select(names).cast(table.arrow).to_batches(max_chunksize=65_536)
