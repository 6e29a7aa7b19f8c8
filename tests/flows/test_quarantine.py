"""What the gate does to a run: bad rows are kept out with their reason, critical failures keep everything out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from flows.check import BookkeepingError, check, require_sound
from flows.cli import _tell, main
from flows.direct import DirectDriver
from flows.execute import Finished, execute
from flows.progress import Progress
from flows.run import Again, Run
from flows.settings import Settings
from flows.workers import Workers
from tests.flows.conftest import Ingest
from tests.flows.test_bad_input import json_lines
from tests.helpers import ask, counted
from warehouse import schema
from warehouse.home import Home
from warehouse.schema import Table

COPY = (
    "Ferry aground off Lisbon\n\nA ferry ran aground on Monday off Lisbon with ninety people on board, the coast guard "
    "said.\n\n\u201cNobody was hurt and the hull is sound,\u201d Olena Marchuk, who leads the harbour, said in a "
    "statement that was read out to reporters on the quay.\n\nTugs from Kyiv are to pull the ship off the sand bank on "
    "Tuesday, when the tide is at its highest and the wind has gone down, the statement said.\n"
)
OTHER = "Museum reopens\n\nThe museum at Ghent reopened on Friday after a year of work, its director said.\n"

EARLY, LATE = "1500-01-01", "2999-01-01"

REFERENCES = {
    "every row hangs on an article": " UNION ALL ".join(
        f"SELECT '{table.name}', article_id FROM {table.name} WHERE article_id NOT IN (SELECT article_id FROM articles)"
        for table in (
            schema.PUBLICATIONS,
            schema.FINGERPRINTS,
            schema.DUPLICATES,
            schema.CLUSTERS,
            schema.DATES,
            schema.MENTIONS,
            schema.QUOTES,
        )
    ),
    "every edge has two ends": "SELECT * FROM duplicates "
    "WHERE other_article_id NOT IN (SELECT article_id FROM articles)",
    "clusters and stories are named after articles": "SELECT * FROM clusters WHERE cluster_id NOT IN "
    "(SELECT article_id FROM articles) OR story_id NOT IN (SELECT article_id FROM articles)",
    "every article has a place": "SELECT * FROM articles WHERE article_id NOT IN (SELECT article_id FROM clusters) "
    "OR article_id NOT IN (SELECT article_id FROM publications)",
    "every cluster has one that stands for it": "SELECT cluster_id FROM clusters GROUP BY 1 "
    "HAVING count(*) FILTER (is_canonical) <> 1",
    "every key leads to an entity": "SELECT entity_key FROM mentions WHERE entity_key NOT IN "
    "(SELECT entity_key FROM entity_map JOIN entities USING (entity_id))",
}


def assert_references_hold(home: Home) -> None:
    """No committed row hangs on one that is not there."""
    for what, sql in REFERENCES.items():
        assert ask(home, sql) == [], what


@pytest.fixture
def feed(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes records as a JSON lines file."""

    def write(name: str, *records: dict[str, Any]) -> Path:
        path = tmp_path / f"{name}.jsonl"
        path.write_bytes(json_lines(*records))
        return path

    return write


DAYS = {
    EARLY: "an article is not published before newspapers were",
    LATE: "an article is not published after the run began",
}


def test_an_article_with_an_impossible_day_is_kept_out(home: Home, feed: Callable[..., Path], ingest: Ingest) -> None:
    """It goes to quarantine with all that hangs on it; its copy and the rest are committed as if it had not come."""
    page = feed(
        "one",
        {"id": "late", "text": COPY, "published": LATE},
        {"id": "other", "text": OTHER},
        {"id": "copy", "text": COPY, "url": "https://example.org/copy"},
        {"id": "early", "text": COPY, "published": EARLY},
    )

    finished = ingest(home, page)

    assert finished.outcome.status == "committed"
    assert finished.outcome.counts["quarantined"] == 2
    assert finished.outcome.counts["articles_rows"] == 2
    kept_out = ask(home, "SELECT table_name, row_key, article_id, check_name, reason, payload FROM quarantine")
    assert {name for _, _, _, name, _, _ in kept_out} == set(DAYS.values())
    for table, key, article_id, _, reason, payload in kept_out:
        assert table == "articles"
        assert json.loads(str(key)) == {"article_id": article_id}
        assert str(article_id) not in str(reason)  # rows of one reason are counted together
        assert "Nobody was hurt" in json.loads(str(payload))["text"]
    assert ask(home, "SELECT uri FROM documents JOIN articles USING (article_id) ORDER BY 1") == [
        ("one.jsonl#2",),
        ("one.jsonl#3",),
    ]
    assert ask(home, "SELECT count(*) FROM documents") == [(4,)]
    assert counted(home)["duplicates"] == 0
    assert min(counted(home)[name] for name in ("dates", "mentions", "quotes")) > 0
    assert ask(home, "SELECT check_name, unexpected_count FROM checks WHERE NOT success ORDER BY 1") == sorted(
        (check, 1) for check in DAYS.values()
    )
    assert_references_hold(home)


def test_runs_after_a_quarantine_go_on(home: Home, feed: Callable[..., Path], ingest: Ingest) -> None:
    """Where the head of a cluster or story is kept out, its copies and versions have a place of their own."""
    ingest(
        home,
        feed(
            "one",
            {"url": "https://example.org/a", "text": COPY, "published": EARLY},
            {"url": "https://example.org/a", "text": f"{COPY}\nThe ship was pulled off by noon.\n"},
            {"id": "copy", "text": COPY},
        ),
    )
    assert_references_hold(home)

    finished = ingest(home, feed("two", {"id": "late copy", "text": COPY}, {"id": "other", "text": OTHER}))

    assert finished.outcome.status == "committed"
    assert counted(home)["articles"] == 4
    assert_references_hold(home)
    assert ask(
        home,
        "SELECT count(DISTINCT cluster_id) FROM clusters JOIN documents USING (article_id) WHERE given LIKE '%copy%'",
    ) == [(1,)]


def test_names_of_an_article_kept_out_are_not_committed(home: Home, feed: Callable[..., Path], ingest: Ingest) -> None:
    """Who is named only in an article in quarantine is no entity yet, and the next runs are none the worse."""
    text = "Astrid Dahl spoke in Lisbon on Monday about the port, the customs and the price of waiting.\n"
    ingest(home, feed("one", {"id": "one", "text": text, "published": "2999-01-01"}))
    assert ask(home, "SELECT count(*) FROM entities") == [(0,)]

    finished = ingest(home, feed("two", {"id": "two", "text": "Marek Kovalenko left Ghent by train on Tuesday.\n"}))

    assert finished.outcome.status == "committed"
    assert ask(home, "SELECT name FROM entities ORDER BY name") == [("Ghent",), ("Marek Kovalenko",)]


def test_odd_spaces_do_not_block_a_run(home: Home, tmp_path: Path, ingest: Ingest) -> None:
    """Every kind of space and invisible character is cleaned in one way, and checked in the same."""
    odd = "\t\v\f\x85\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000\xad\u200b\u2060\ufeff"
    lines = [f"Astrid{space}Dahl walked{space}{space}from Ghent to Lisbon in three weeks." for space in odd]
    (tmp_path / "odd.txt").write_text("\n\n".join(["A walk", *lines]), "utf-8")

    assert ingest(home, tmp_path / "odd.txt").outcome.status == "committed"
    assert ask(home, "FROM provenance_violations") == []


class Meddling(DirectDriver):
    """Drives a run as it is, but for one table whose staged rows are changed after the last stage."""

    def __init__(
        self,
        workers: Workers,
        progress: Progress,
        table: Table,
        change: Callable[[pa.Table], pa.Table],
    ) -> None:
        super().__init__(workers, progress)
        self._table, self._change = table, change

    def once(self, step: Callable[..., Any], *arguments: Any) -> Any:
        """Return what one step returns."""
        if step is check:
            run: Run = arguments[0]
            for path in run.staged(self._table):
                run.write(self._table, self._change(run.read(self._table, batch=path.stem)), path.stem)
        return super().once(step, *arguments)


def meddle(  # noqa: PLR0917 - what a run is, and what is changed in it
    home: Home,
    inputs: Path,
    model: str,
    table: Table,
    change: Callable[[pa.Table], pa.Table],
    again: Again | None = None,
) -> Finished:
    """Run inputs, or over the warehouse, with rows of one table made wrong before the checks."""
    run = Run.start(home, Settings(model=model, workers=1), [str(inputs)], again)
    with Workers(1) as workers, Progress() as progress:
        return execute(run, Meddling(workers, progress, table, change))


def with_column(name: str, value: object, rows: int | None = None) -> Callable[[pa.Table], pa.Table]:
    """Return a change that sets a column of the first rows, or of all, to one value."""

    def change(table: pa.Table) -> pa.Table:
        number = table.schema.get_field_index(name)
        kept = table[name].to_pylist()
        count = len(kept) if rows is None else rows
        return table.set_column(
            number,
            table.schema.field(number),
            pa.array([value] * count + kept[count:], table.schema.field(number).type),
        )

    return change


def test_a_critical_failure_keeps_everything_out(
    again: Home,
    feed: Callable[..., Path],
    small_model: str,
    ingest: Ingest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing of the run is committed but its verdicts, the rows in question and itself; the next run does the work."""
    before = counted(again)
    page = feed("new", {"id": "other", "text": OTHER}, {"id": "ferry", "text": COPY})

    finished = meddle(again, page, small_model, schema.DATES, with_column("surface", "someday", 1))

    assert finished.outcome.status == "blocked"
    assert finished.outcome.blocked_by == ["dates: surface stands in the raw text: 1 rows do not"]
    after = counted(again)
    assert after | dict.fromkeys(("checks", "runs", "quarantine"), 0) == before | dict.fromkeys(
        ("checks", "runs", "quarantine"), 0
    )
    assert (after["runs"], after["quarantine"]) == (before["runs"] + 1, 1)
    assert _tell(finished) == 2
    assert "blocked by dates: surface stands in the raw text" in capsys.readouterr().err
    assert main(["checks", "--home", str(again.root)]) == 2

    tried = meddle(again, page, small_model, schema.DATES, with_column("surface", "someday", 1))
    assert (tried.outcome.status, tried.outcome.counts["quarantined"]) == ("blocked", 1)
    assert counted(again)["quarantine"] == 1, "tried again, the same row is there once"
    keys = [json.loads(str(keys)) for (keys,) in ask(again, "SELECT sample_keys FROM checks WHERE NOT success")]
    assert keys == [[json.loads(str(key))] for (key,) in ask(again, "SELECT row_key FROM quarantine")] * 2

    assert ingest(again, page).outcome.status == "committed"
    assert counted(again)["articles"] == before["articles"] + 2
    assert main(["checks", "--home", str(again.root)]) == 0


def test_a_warning_keeps_only_its_rows_out(home: Home, feed: Callable[..., Path], small_model: str) -> None:
    """A row that breaks a warning goes to quarantine by its key; the rest of its table and of its article stay."""
    page = feed("new", {"id": "ferry", "text": COPY})

    finished = meddle(home, page, small_model, schema.MENTIONS, with_column("confidence", 1.5, 1))

    assert finished.outcome.status == "committed"
    [(key, name, article_id)] = ask(home, "SELECT row_key, check_name, article_id FROM quarantine")
    assert name == "confidence lies between 0 and 1"
    assert json.loads(str(key)).keys() == {"article_id", "raw_start", "raw_end"}
    assert ask(home, f"SELECT raw_start FROM mentions WHERE raw_start = {json.loads(str(key))['raw_start']}") == []
    assert ask(home, "SELECT article_id FROM articles") == [(article_id,)]
    assert counted(home)["mentions"] == finished.outcome.counts["mentions_rows"] > 0
    assert_references_hold(home)


@pytest.mark.parametrize(
    ("table", "row", "broken"),
    [
        (
            schema.CHECKS,
            {"check_name": "x", "table_name": "dates", "severity": "dreadful", "is_error": False},
            "severity",
        ),
        (schema.RUNS, {"status": "perhaps", "versions": "{}", "settings": "{}", "run_id": "r"}, "status"),
    ],
)
def test_a_run_that_misstates_itself_is_stopped(table: Table, row: dict[str, Any], broken: str) -> None:
    """Verdicts and run rows are checked as they are written down; a fault there is told as Dateline's own."""
    with pytest.raises(BookkeepingError, match=f"{table.name}: {broken} is one of its values.*nothing was committed"):
        require_sound(table, [row])
