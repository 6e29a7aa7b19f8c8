"""The steps that run stages: plain functions over staged files that return counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate, groupby
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from flows.aliases import staged_aliases
from flows.choice import choose
from flows.model import ModelTagger
from flows.resume import Counts, done_once
from flows.run import Run, known_files, read_files
from flows.time_limit import limited, ran_out
from flows.without import naming
from transforms.readers.record import HTML
from transforms.stage import Input, Named, Stage
from transforms.stages import STAGES
from warehouse import schema
from warehouse.schema import Table

CLEANED = tuple(stage.writes for stage in STAGES if stage.phase == "clean")
_PART_BYTES = 64 * 1024
_OLDER = "older"
_BY_BATCH = {schema.RECORDS, *(stage.writes for stage in STAGES if stage.phase not in {"compare", "link"})}
"""Tables that are staged batch by batch; the others are whole, for whoever reads them."""


def clean_batch(run: Run, batch: str) -> Counts:
    """Run the clean stages on one batch, or take over what a killed run made of it; counts the rows staged by table."""
    return done_once(run, "clean", batch, _clean)


def _clean(run: Run, batch: str) -> Counts:
    """Run the clean stages on one batch, under the time limit, and leave out what is not asked for.

    A few documents share a limit. Where it ran out before (see `time_limit`), they get one each, and the document
    that it ran out for alone is rejected.
    """
    _load(run)
    slow = ran_out(run, batch)
    refused = {ids[0] for ids in slow if len(ids) == 1}
    records = _refused(run, run.read(schema.RECORDS, None, batch), refused)
    paths = {table: run.given(table, batch) for table in CLEANED}
    given = {table: read_files(table, [path]) for table, path in paths.items() if path.exists()}
    if refused and given:
        given = {schema.DOCUMENTS: _refused(run, given[schema.DOCUMENTS], refused)}
    made: defaultdict[Table, list[pa.Table]] = defaultdict(list)
    for part in _parts(records, {one for ids in slow for one in ids}):
        with limited(run, batch, part["article_id"].to_pylist()):
            for table, rows in _made(run, "clean", batch, {schema.RECORDS: part, **_of(part, given)}).items():
                made[table].append(rows)
    del made[schema.RECORDS]
    rows = {table: pa.concat_tables(parts) for table, parts in made.items()}
    kept, left_out = (rows, {}) if run.again else choose(run.settings, rows)
    return _staged(run, kept, batch) | left_out


@cache
def _load(run: Run) -> None:
    """Clean a page, so that what a process loads once is not timed with its first document."""
    page = b"<p>The ferry left the harbour on Monday morning with forty people aboard, said the mayor of the town.</p>"
    row = {"article_id": "0", "uri": "0", "media_type": HTML, "content": page, "given": "{}"}
    _made(run, "clean", None, {schema.RECORDS: schema.RECORDS.rows([row])})


def _of(records: pa.Table, given: dict[Table, pa.Table]) -> dict[Table, pa.Table]:
    """Return the given rows that hang on some records."""
    return {table: rows.filter(pc.is_in(rows["article_id"], records["article_id"])) for table, rows in given.items()}


def _refused(run: Run, rows: pa.Table, article_ids: set[str]) -> pa.Table:
    """Give some records, or documents, the reason that they take too long."""
    reason = f"took longer than {run.settings.max_seconds_per_document:g} s to clean (setting max_seconds_per_document)"
    is_slow = pc.is_in(rows["article_id"], pa.array(article_ids, schema.STRING))
    for name, value in (("reason", reason), ("status", "rejected")):
        if name in rows.column_names:
            number = rows.schema.get_field_index(name)
            rows = rows.set_column(number, rows.schema.field(number), pc.if_else(is_slow, value, rows[name]))
    return rows


def _parts(records: pa.Table, alone: set[str]) -> Iterator[pa.Table]:
    """Cut a batch where a document is large or should be alone."""
    sizes = accumulate(size or 0 for size in pc.binary_length(records["content"]).to_pylist())
    keys = [
        (size // _PART_BYTES, article_id if article_id in alone else None)
        for size, article_id in zip(sizes, records["article_id"].to_pylist(), strict=True)
    ]
    for _, numbers in groupby(range(len(keys)), keys.__getitem__):
        run_of = list(numbers)
        yield records.slice(run_of[0], len(run_of))


def resolve_batch(run: Run, batch: str) -> Counts:
    """Run the resolve stages on one batch of `to_resolve`; counts the rows staged by table."""
    return _run_phase(run, "resolve", batch)


def to_resolve(run: Run) -> list[str]:
    """Return the batches of expressions to resolve: those of this run, and the one of older articles."""
    return [path.stem for path in run.staged(schema.EXPRESSIONS)]


def extract_batch(run: Run, batch: str) -> Counts:
    """Run the extract stages on one batch, or take over what a killed run made of it; counts the rows by table."""
    return done_once(run, "extract", batch, _extract)


def _extract(run: Run, batch: str) -> Counts:
    return _run_phase(run, "extract", batch)


def compare(run: Run) -> Counts:
    """Fingerprint the texts of each batch, and run the stages that compare articles with each other.

    One process does both, so that compiled code is loaded once, and only where there is enough text in all.
    """
    batches = [path.stem for path in run.staged(schema.ARTICLES)]
    printed = [_run_phase(run, "fingerprint", batch)["fingerprints"] for batch in batches]
    return {"fingerprints": sum(printed), **_run_phase(run, "compare", None)}


def link(run: Run) -> Counts:
    """Run the stages that link names, quotes and dates over articles.

    Expressions of older articles that turn out to be published at another time are read back, to be resolved anew.
    """
    counts = _run_phase(run, "link", None)
    older = _older_expressions(run)
    if older.num_rows or _OLDER in to_resolve(run):
        run.write(schema.EXPRESSIONS, older, _OLDER)
    return counts


def _older_expressions(run: Run) -> pa.Table:
    dated = run.read(schema.PUBLICATIONS, ("article_id",))["article_id"]
    older = dated.filter(pc.invert(pc.is_in(dated, run.read(schema.ARTICLES, ("article_id",))["article_id"])))
    if not len(older):
        return schema.EXPRESSIONS.empty()
    found = known_rows(run, Input(schema.DATES, tuple(schema.EXPRESSIONS.arrow.names), known=True), older)
    return found.cast(schema.EXPRESSIONS.arrow)


def _run_phase(run: Run, phase: str, batch: str | None) -> Counts:
    return _staged(run, _made(run, phase, batch, {}), batch)


def _made(run: Run, phase: str, batch: str | None, given: dict[Table, pa.Table]) -> dict[Table, pa.Table]:
    """Run the stages of a phase in order, each reading what was given or made before it, else what is staged.

    A stage whose rows are given is not run.
    """
    made = dict(given)
    for stage in STAGES:
        if stage.phase == phase and stage.writes not in made:
            tables = [_read(run, read, batch, made) for read in stage.reads]
            made[stage.writes] = stage.run(*tables, **options(run, stage))
    return made


def _staged(run: Run, made: dict[Table, pa.Table], batch: str | None) -> Counts:
    """Stage tables; counts their rows, and of documents the accepted ones."""
    counts = {table.name: rows.num_rows for table, rows in made.items()}
    for table, rows in made.items():
        run.write(table, rows, batch or "all")
    if schema.DOCUMENTS in made:
        counts["accepted"] = made[schema.DOCUMENTS]["status"].to_pylist().count("accepted")
    return counts


def _read(run: Run, given: Input, batch: str | None, made: dict[Table, pa.Table]) -> pa.Table:
    named = _named(given.of, made) if given.of else None
    if given.known:
        return known_rows(run, given, named)
    if given.table in made:
        return made[given.table].select(list(given.columns))
    return run.read(given.table, given.columns, batch if given.table in _BY_BATCH else None, named)


def _named(of: Named, made: dict[Table, pa.Table]) -> pa.ChunkedArray:
    rows = made[of.table].filter(pc.equal(made[of.table][of.column], of.value))
    return pa.chunked_array([chunk for name in naming(of.table) for chunk in rows[name].chunks], schema.STRING)


def known_rows(run: Run, given: Input, article_ids: pa.ChunkedArray | None = None) -> pa.Table:
    """Read the rows earlier runs committed, all or those of some articles."""
    return read_files(given.table, known_files(run).get(given.table.name, []), given.columns, article_ids)


def options(run: Run, stage: Stage) -> dict[str, Any]:
    """Return the settings and resources that a stage asks for by name."""
    resources: dict[str, Callable[[], Any]] = {
        "tagger": lambda: ModelTagger(run.settings.model),
        "aliases": lambda: staged_aliases(run),
    }
    return {name: resources[name]() if name in resources else getattr(run.settings, name) for name in stage.options}
