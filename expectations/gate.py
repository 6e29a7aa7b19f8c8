"""The gate: runs every suite and says what may be committed.

A check that itself fails is an error of the check, told apart from bad data, and blocks like a critical failure.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import duckdb
import pandas as pd

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import great_expectations.expectations as gxe
from great_expectations.core.batch_definition import BatchDefinition

from expectations.rules import Rule, Suite

for _name in ("great_expectations", "great_expectations.data_context.types.base"):
    logging.getLogger(_name).setLevel(logging.WARNING)

CHUNK_ROWS = 100_000
SAMPLES = 100
"""Keys of bad rows that `checks` keeps of one check. Rows that are kept out stand in `quarantine`, all of them."""
_RESULT_FORMAT = {"result_format": "COMPLETE", "return_unexpected_index_query": False}

Key = tuple[object, ...]


class Verdict(NamedTuple):
    """How one rule came out; `bad_keys` are the keys of the rows that break it, in the order of the table's key."""

    suite: Suite
    rule: Rule
    success: bool | None
    error: str | None
    checked_count: int
    bad_keys: list[Key]

    @property
    def blocks(self) -> bool:
        """Whether nothing may be committed."""
        return self.error is not None or (self.rule.severity == "critical" and not self.success)

    def row(self) -> dict[str, object]:
        """Return the row of `checks`."""
        named = (dict(zip(self.suite.table.key, key, strict=True)) for key in self.bad_keys)
        keys = sorted(json.dumps(key, default=str) for key in named)
        return {
            "check_name": self.rule.name,
            "table_name": self.suite.table.name,
            "severity": self.rule.severity,
            "success": self.success,
            "is_error": self.error is not None,
            "checked_count": self.checked_count,
            "unexpected_count": len(self.bad_keys),
            "details": self.error,
            "sample_keys": f"[{', '.join(keys[:SAMPLES])}]" if keys else None,
        }


def validate(connection: duckdb.DuckDBPyConnection, suites: Sequence[Suite]) -> Iterator[Verdict]:
    """Yield a verdict for each rule of each suite.

    `connection` shows the rows of the run as `run.<table>`, the warehouse as it would be as `warehouse.<table>`, and
    the run's start as `run.clock(started_at)`.
    """
    batches = _batches()
    for suite in suites:
        yield from _judge_rows(connection, suite, batches)
        for rule in suite.rules:
            if rule.sql:
                yield _judge_sql(connection, suite, rule, batches)


def validate_frame(frame: pd.DataFrame, suite: Suite) -> Iterator[Verdict]:
    """Yield a verdict for each column rule of a suite over one frame."""
    rules = [rule for rule in suite.rules if rule.expectation]
    outcomes = _outcomes(frame, suite, rules, _batches())
    yield from (_verdict(suite, rule, [outcomes[rule.name]], len(frame)) for rule in rules)


class _Outcome(NamedTuple):
    success: bool
    error: str | None
    bad_keys: list[Key]


@cache
def _batches() -> BatchDefinition[Any]:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    return (
        context.data_sources.add_pandas("dateline")
        .add_dataframe_asset("rows")
        .add_batch_definition_whole_dataframe("rows")
    )


def _judge_rows(
    connection: duckdb.DuckDBPyConnection,
    suite: Suite,
    batches: BatchDefinition[Any],
) -> Iterator[Verdict]:
    """Judge the column rules chunk by chunk, so that memory stays bounded."""
    rules = [rule for rule in suite.rules if rule.expectation]
    outcomes: dict[str, list[_Outcome]] = {rule.name: [] for rule in rules}
    checked = 0
    try:
        for frame in _frames(connection, suite, rules):
            checked += len(frame)
            for name, outcome in _outcomes(frame, suite, rules, batches).items():
                outcomes[name].append(outcome)
    except duckdb.Error as error:
        outcomes = {rule.name: [_Outcome(success=False, error=_in_one_line(error), bad_keys=[])] for rule in rules}
    yield from (_verdict(suite, rule, outcomes[rule.name], checked) for rule in rules)


def _frames(connection: duckdb.DuckDBPyConnection, suite: Suite, rules: Sequence[Rule]) -> Iterator[pd.DataFrame]:
    """Yield the key and the columns the rules look at, as pandas frames; one that is not there fails its own rule."""
    looked_at = {rule.expectation.column for rule in rules}  # type: ignore[union-attr]
    columns = ", ".join(c.name for c in suite.table.columns if c.name in looked_at or c.name in suite.table.key)
    reader = connection.execute(f"SELECT {columns} FROM run.{suite.table.name}").fetch_record_batch(CHUNK_ROWS)
    for batch in reader:
        yield batch.to_pandas()


def _outcomes(
    frame: pd.DataFrame,
    suite: Suite,
    rules: Sequence[Rule],
    batches: BatchDefinition[Any],
) -> dict[str, _Outcome]:
    expected = [rule.expectation.copy(update={"meta": {"rule": rule.name}}) for rule in rules]  # type: ignore[union-attr]
    results = batches.get_batch({"dataframe": frame}).validate(
        gx.ExpectationSuite(name=suite.table.name, expectations=expected),
        result_format={**_RESULT_FORMAT, "unexpected_index_column_names": list(suite.table.key)},
    )
    judged: list[Any] = results.results
    return {result.expectation_config.meta["rule"]: _outcome(result, suite) for result in judged}


def _outcome(result: Any, suite: Suite) -> _Outcome:
    error = _raised(result.exception_info)
    indexes = result.result.get("unexpected_index_list") or []
    keys = [tuple(_plain(index[name]) for name in suite.table.key) for index in indexes]
    return _Outcome(bool(result.success), error, keys)


def _raised(info: dict[str, Any]) -> str | None:
    """Return the message of a check that raised; Great Expectations hides it one level down, keyed by metric."""
    for part in (info, *(value for value in info.values() if isinstance(value, dict))):
        if part.get("raised_exception") or (part.get("exception_message") and part.get("exception_traceback")):
            return _in_one_line(part.get("exception_message"))
    return None


def _in_one_line(error: object) -> str:
    return " ".join(str(error).split())


def _plain(value: Any) -> object:
    """Return a NumPy scalar as a Python value, and what pandas puts for a null as None."""
    plain = value.item() if hasattr(value, "item") else value
    return None if pd.isna(plain) else plain


def _verdict(suite: Suite, rule: Rule, outcomes: Sequence[_Outcome], checked: int) -> Verdict:
    error = next((outcome.error for outcome in outcomes if outcome.error), None)
    success = None if error else all(outcome.success for outcome in outcomes)
    bad_keys = [] if error else [key for outcome in outcomes for key in outcome.bad_keys]
    return Verdict(suite, rule, success, error, checked, bad_keys)


def _judge_sql(
    connection: duckdb.DuckDBPyConnection,
    suite: Suite,
    rule: Rule,
    batches: BatchDefinition[Any],
) -> Verdict:
    """Expect the rows a query finds to be none."""
    try:
        checked = int(connection.execute(f"SELECT count(*) FROM run.{suite.table.name}").fetchall()[0][0])
        frame = connection.execute(rule.sql or "").df()
    except duckdb.Error as error:
        return Verdict(suite, rule, None, _in_one_line(error), 0, [])
    expected = Rule(rule.name, rule.severity, gxe.ExpectTableRowCountToEqual(value=0))
    outcome = _outcomes(frame, suite, [expected], batches)[rule.name]
    keys = [tuple(map(_plain, row)) for row in frame.itertuples(index=False, name=None)]
    return _verdict(suite, rule, [outcome._replace(bad_keys=keys)], checked)
