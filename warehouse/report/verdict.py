"""The verdict at the top of the page: whether the data is good, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warehouse.report.grid import Row, rows
from warehouse.report.text import counted

if TYPE_CHECKING:
    import duckdb

LEVELS = ("good", "note", "warn", "unknown", "bad")
"""From best to worst; a check that could not be run weighs more than a warning: nobody knows what it would say."""

HEADLINES = {
    "good": "The data is good.",
    "note": "The data is good.",
    "warn": "The data is usable, with reservations.",
    "unknown": "The data is not verified.",
    "bad": "The data is not good.",
}

FACTS = """
SELECT
    (SELECT arg_max(status, run_number) FROM run_history) AS status,
    (SELECT count(*) FROM recent_checks WHERE check_age = 1) AS checks,
    (SELECT count(*) FROM recent_checks WHERE check_age = 1 AND verdict = 'error') AS errors,
    (SELECT count(*) FROM recent_checks WHERE check_age = 1 AND verdict = 'failed' AND severity = 'critical')
        AS critical,
    (SELECT count(*) FROM recent_checks WHERE check_age = 1 AND verdict = 'failed' AND severity = 'warning')
        AS warnings,
    (SELECT count(*) FROM recent_checks WHERE check_age = 1 AND verdict = 'failed' AND severity = 'info') AS infos,
    (SELECT count(*) FROM dates) + (SELECT count(*) FROM mentions) + (SELECT count(*) FROM quotes) AS spans,
    (SELECT count(*) FROM provenance_violations) AS violations,
    (SELECT count(*) FROM quarantine) AS quarantined,
    (SELECT count(*) FROM run_measures WHERE run_age = 1 AND is_unusual) AS unusual,
    (SELECT count(*) FROM documents) AS documents,
    (SELECT count(*) FROM documents WHERE status = 'rejected') AS rejected
"""

MANY_REJECTED = 0.05
"""Share of rejected documents from which on the coverage itself is in doubt."""


class Finding(NamedTuple):
    """One thing that was looked at: how it stands, in words, and the section that has the rows."""

    level: str
    text: str
    anchor: str


class Verdict(NamedTuple):
    """The worst level of all findings, as a headline, with the findings."""

    level: str
    headline: str
    findings: list[Finding]


def ask_once(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the rows that break provenance for this connection: to find them, every span is held against its text."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS provenance_violations AS FROM provenance_violations")


def judge(connection: duckdb.DuckDBPyConnection) -> Verdict:
    """Weigh run, checks, provenance, quarantine, rejections and drift; the worst of them is the verdict."""
    facts = rows(connection, FACTS)[0]
    findings = [weigh(facts) for weigh in (_run, _checks, _provenance, _quarantine, _rejected, _drift)]
    level = max((finding.level for finding in findings), key=LEVELS.index)
    held_back = facts["status"] == "blocked" and not facts["violations"]
    return Verdict(level, "The last run was blocked." if held_back else HEADLINES[level], findings)


def _run(facts: Row) -> Finding:
    told = {
        "committed": ("good", "The last run finished and its rows were committed."),
        "unchanged": ("good", "The last run found nothing new in its inputs; the rows of earlier runs stand."),
        "blocked": ("bad", "A critical check stopped the last run; the tables are as the run before left them."),
        None: ("unknown", "No run is recorded."),
    }
    level, text = told.get(facts["status"], ("unknown", f"The last run ended as {facts['status']}."))
    return Finding(level, text, "runs")


def _checks(facts: Row) -> Finding:
    if not facts["checks"]:
        return Finding("unknown", "No checks are recorded.", "checks")
    passed = facts["checks"] - facts["errors"] - facts["critical"] - facts["warnings"] - facts["infos"]
    told = [f"{passed:,} of {facts['checks']:,} checks passed"]
    told += [f"{facts[name]:,} {words}" for name, words in FAILURES.items() if facts[name]]
    return Finding(_check_level(facts), "; ".join(told) + ".", "checks")


FAILURES = {
    "critical": "failed (critical)",
    "errors": "could not be run and so said nothing",
    "warnings": "failed (warning)",
    "infos": "failed (information only)",
}


def _check_level(facts: Row) -> str:
    levels = {"critical": "bad", "errors": "unknown", "warnings": "warn", "infos": "note"}
    return next((level for name, level in levels.items() if facts[name]), "good")


def _provenance(facts: Row) -> Finding:
    if facts["violations"]:
        text = f"Not matching the raw text they point at: {counted(facts['violations'], 'row')}."
        return Finding("bad", text, "checks")
    text = f"Every one of {facts['spans']:,} dates, mentions and quotes matches its raw text."
    return Finding("good", text, "checks")


def _quarantine(facts: Row) -> Finding:
    if facts["quarantined"]:
        text = f"In quarantine: {counted(facts['quarantined'], 'row')}, each with its reason."
        return Finding("warn", text, "kept-out")
    return Finding("good", "Nothing is in quarantine.", "kept-out")


def _rejected(facts: Row) -> Finding:
    rejected, documents = facts["rejected"], facts["documents"]
    if not rejected:
        return Finding("good", f"All {documents:,} documents were accepted.", "kept-out")
    level = "warn" if rejected > MANY_REJECTED * documents else "note"
    return Finding(level, f"{rejected:,} of {documents:,} documents were rejected.", "kept-out")


def _drift(facts: Row) -> Finding:
    if facts["unusual"]:
        return Finding("warn", f"Unlike the runs before: {counted(facts['unusual'], 'figure')}.", "drift")
    return Finding("good", "Nothing is out of the ordinary beside the runs before.", "drift")
