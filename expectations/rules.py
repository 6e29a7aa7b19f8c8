"""The words suites are written in: rules on columns (Great Expectations) and rules in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import great_expectations.expectations as gxe

from warehouse.schema import Table

Severity = Literal["critical", "warning", "info"]


class Rule(NamedTuple):
    """One thing expected of a table.

    Either `expectation` looks at each row of a pandas batch, or `sql` selects the rows that break the rule, of which
    there must be none. SQL sees the run's rows as `run.<table>` and the warehouse as it would be after the commit as
    `warehouse.<table>`; it yields the columns of the table's key. `critical` blocks the commit, `warning` sends the
    bad rows to quarantine, `info` is only noted.
    """

    name: str
    severity: Severity
    expectation: gxe.Expectation | None = None
    sql: str | None = None


class Suite(NamedTuple):
    """What is expected of one table."""

    table: Table
    rules: tuple[Rule, ...]


def one_of(column: str, values: Sequence[str], severity: Severity = "critical") -> Rule:
    """Expect a column to hold nothing but `values`."""
    return Rule(
        f"{column} is one of its values",
        severity,
        gxe.ExpectColumnValuesToBeInSet(column=column, value_set=list(values)),
    )


def not_null(column: str, severity: Severity = "critical") -> Rule:
    """Expect a column to be filled in every row."""
    return Rule(f"{column} is not null", severity, gxe.ExpectColumnValuesToNotBeNull(column=column))


def share(column: str, severity: Severity = "warning") -> Rule:
    """Expect a column to lie between 0 and 1."""
    return Rule(
        f"{column} lies between 0 and 1",
        severity,
        gxe.ExpectColumnValuesToBeBetween(column=column, min_value=0, max_value=1),
    )


def at_least(column: str, least: int, severity: Severity = "critical") -> Rule:
    """Expect a column to be `least` or more."""
    return Rule(
        f"{column} is at least {least}", severity, gxe.ExpectColumnValuesToBeBetween(column=column, min_value=least)
    )


def matches(column: str, pattern: str, meaning: str, severity: Severity = "warning") -> Rule:
    """Expect a column to match a regular expression from its start."""
    return Rule(
        f"{column} {meaning}", severity, gxe.ExpectColumnValuesToMatchRegex(column=column, regex=f"^(?:{pattern})")
    )


def unique_key(table: Table) -> Rule:
    """Expect the key to be unique in the whole warehouse after the commit."""
    key = ", ".join(table.key)
    return Rule(
        f"{key} is unique",
        "critical",
        sql=f"SELECT {key} FROM warehouse.{table.name} GROUP BY ALL HAVING count(*) > 1",
    )


def refers(table: Table, column: str, target: Table, target_column: str | None = None) -> Rule:
    """Expect every value of a column that is not null to stand in `target`."""
    key = ", ".join(table.key)
    other = target_column or column
    return Rule(
        f"{column} is in {target.name}",
        "critical",
        sql=f"SELECT {key} FROM run.{table.name} ANTI JOIN "
        f"(SELECT {other} AS referred FROM warehouse.{target.name}) ON {column} = referred "
        f"WHERE {column} IS NOT NULL",
    )


def sql_rule(name: str, severity: Severity, sql: str) -> Rule:
    """Expect a query to find no row."""
    return Rule(name, severity, sql=sql)


def provenance(table: Table, part: str = "span", prefix: str = "") -> Rule:
    """Expect `<prefix>surface`, where there is one, to be what stands in the raw text at the row's offsets.

    The view `provenance_violations` says which rows of a part of a table break it.
    """
    key = ", ".join(f"t.{name}" for name in table.key)
    columns = ("raw_start", "raw_end", "surface")
    same = " AND ".join(f"v.{name} IS NOT DISTINCT FROM t.{prefix}{name}" for name in columns)
    # rows of older articles were looked up in their own run, and keep their place
    return Rule(
        f"{prefix}surface stands in the raw text",
        "critical",
        sql=f"SELECT {key} FROM (FROM run.{table.name} ANTI JOIN run.revised USING (article_id)) AS t "
        f"SEMI JOIN (FROM run.provenance_violations WHERE table_name = '{table.name}' AND part = '{part}') AS v "
        f"ON v.article_id = t.article_id AND {same}",
    )


def text_provenance(table: Table) -> Rule:
    """Expect rows of the body to have clean offsets inside the clean text, and no others to have any."""
    key = ", ".join(f"t.{name}" for name in table.key)
    return Rule(
        "text offsets are inside the text, for body rows only",
        "critical",
        sql=f"SELECT {key} FROM run.{table.name} AS t "
        "JOIN (SELECT article_id, length(text) AS length FROM run.articles) AS a USING (article_id) "
        "WHERE (t.role = 'body') IS DISTINCT FROM (t.text_start IS NOT NULL AND t.text_end IS NOT NULL) "
        "OR NOT (0 <= t.text_start AND t.text_start < t.text_end AND t.text_end <= a.length)",
    )


def spans(table: Table) -> tuple[Rule, ...]:
    """Return the rules of every table whose rows point at characters."""
    return (
        unique_key(table),
        not_null("surface"),
        at_least("raw_start", 0),
        provenance(table),
        text_provenance(table),
        one_of("role", ("body", "headline", "deck", "caption")),
    )
