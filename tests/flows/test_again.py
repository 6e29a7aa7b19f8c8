"""Runs over the warehouse: what was read before is found anew, without the files it was read from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.again import replay, reprocess
from flows.cli import main
from flows.direct import run_direct
from flows.execute import Finished
from flows.run import Again, Run
from flows.settings import Settings
from tests.flows.conftest import Ingest
from tests.flows.test_quarantine import COPY, LATE, OTHER, assert_references_hold, feed, meddle, with_column
from tests.helpers import ask, assert_same, contents, counted, one_line
from warehouse import schema
from warehouse.home import Home

__all__ = ["feed"]  # the fixture

Find = Callable[..., Finished]


@pytest.fixture(scope="module")
def find(small_model: str) -> Find:
    """Return a function that runs over a warehouse in this process."""

    def run(home: Home, again: Again, **settings: Any) -> Finished:
        chosen: dict[str, Any] = {"model": small_model, "workers": 1} | settings
        return run_direct(Run.start(home, Settings(**chosen), ["again"], again))

    return run


@pytest.mark.parametrize("stage", ["documents", "mentions"])
def test_the_same_rules_find_the_same(again: Home, find: Find, stage: str) -> None:
    """From whichever stage on: every row is as it was, in one new commit."""
    before, originals = contents(again), counted(again)["originals"]

    finished = find(again, reprocess(again, stage, Settings()), batch_bytes=2_000)

    assert (finished.outcome.status, finished.outcome.snapshot) == ("committed", 3)
    assert finished.outcome.counts["records"] == 8
    assert_same(contents(again), before)
    assert counted(again)["originals"] == originals
    assert_references_hold(again)
    assert ask(again, "SELECT DISTINCT run_id FROM mentions") == [(finished.run.run_id,)]


def test_a_source_is_found_anew_with_another_model(  # noqa: PLR0917 - fixtures
    again: Home, find: Find, ingest: Ingest, home: Home, articles: Path, tmp_path: Path
) -> None:
    """Only its articles change, and they become what they would be had they been read so at first."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler", name="ner").add_patterns([{"label": "GPE", "pattern": "Lisbon"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "other")
    found = "SELECT uri, surface, label FROM mentions JOIN documents USING (article_id) WHERE {} ORDER BY ALL"
    ours, theirs = (found.format(f"{word} starts_with(uri, 'northwire/')") for word in ("", "NOT"))
    kept = ask(again, theirs)

    finished = find(again, reprocess(again, "mentions", Settings(source="northwire")), model=str(tmp_path / "other"))

    assert finished.outcome.counts["records"] == 5
    assert ask(again, theirs) == kept
    ingest(home, articles / "northwire", model=str(tmp_path / "other"))
    assert [row[1:] for row in ask(again, ours)] == [row[1:] for row in ask(home, found.format("true"))]
    assert_references_hold(again)


def test_days_choose_articles(again: Home, find: Find) -> None:
    """Those published in a stretch of days are found anew; where there are none, nothing is."""
    days = "SELECT count(*) FROM publications WHERE best BETWEEN '2026-03-06' AND '2026-03-07'"
    finished = find(again, reprocess(again, "mentions", Settings(since="2026-03-06", until="2026-03-07")))
    assert finished.outcome.counts["records"] == ask(again, days)[0][0] == 2

    assert find(again, reprocess(again, "mentions", Settings(since="2199-01-01"))).outcome.status == "unchanged"


def test_changed_text_stays_the_later_version(home: Home, tmp_path: Path, ingest: Ingest, find: Find) -> None:
    """What came in which run is known from its documents: versions do not turn round."""
    page = tmp_path / "pages" / "ferry.txt"
    page.parent.mkdir()
    for number in range(3):
        page.write_text(f"{COPY}\nUpdate {number}: the tide has turned again, and the tugs are still there.\n", "utf-8")
        ingest(home, page.parent)
    before = contents(home)

    find(home, reprocess(home, "blocks", Settings()))

    after = contents(home)
    for name in ("duplicates", "changes"):
        assert after[name].num_rows
        assert_same({name: after[name]}, {name: before[name]})


def test_a_rejected_document_is_replayed(
    home: Home, tmp_path: Path, feed: Callable[..., Path], ingest: Ingest, find: Find
) -> None:
    """After the fix it is an article like any other; a second replay finds nothing to do."""
    page = feed("one", {"id": "long", "text": COPY}, {"id": "short", "text": OTHER})
    rejected = ingest(home, page, max_characters=200)
    assert rejected.outcome.counts["rejected"] == 1
    page.unlink()

    finished = find(home, replay(reason="MAX_CHARACTERS"))

    assert finished.outcome.status == "committed"
    assert counted(home)["articles"] == 2
    assert find(home, replay()).outcome.status == "unchanged"
    undisturbed = Home.at(tmp_path / "undisturbed")
    ingest(undisturbed, feed("one", {"id": "long", "text": COPY}, {"id": "short", "text": OTHER}))
    assert_same(contents(home), contents(undisturbed))


def test_a_row_in_quarantine_is_replayed(  # noqa: PLR0917 - fixtures
    home: Home, feed: Callable[..., Path], small_model: str, tmp_path: Path, find: Find, ingest: Ingest
) -> None:
    """A rule made a bad row; mended, it makes a good one, and quarantine is empty."""
    page = feed("new", {"id": "ferry", "text": COPY}, {"id": "other", "text": OTHER})
    blamed = meddle(home, page, small_model, schema.MENTIONS, with_column("confidence", 1.5, 1))
    assert counted(home)["quarantine"] == 1

    assert find(home, replay("another run")).outcome.status == "unchanged"
    assert find(home, replay(blamed.run.run_id)).outcome.counts["records"] == 1

    undisturbed = Home.at(tmp_path / "undisturbed")
    ingest(undisturbed, page)
    assert_same(contents(home), contents(undisturbed))


def test_what_stays_bad_stays_in_quarantine(home: Home, feed: Callable[..., Path], ingest: Ingest, find: Find) -> None:
    """Nothing is lost, and nothing doubled, however often it is replayed."""
    late = {"id": "late", "text": COPY, "published": LATE}
    ingest(home, feed("one", late, late, {"id": "other", "text": OTHER}))
    before = contents(home)
    assert before["quarantine"].num_rows == 2, "one for its day, one that came twice"

    for _ in range(2):
        assert find(home, replay()).outcome.counts["quarantined"] == 1
        assert_same(contents(home), before)
    assert_references_hold(home)


def test_a_blocked_replay_changes_nothing(home: Home, feed: Callable[..., Path], small_model: str) -> None:
    """A critical failure keeps the new rows out and the former ones in."""
    page = feed("new", {"id": "ferry", "text": COPY, "published": LATE}, {"id": "other", "text": OTHER})
    meddle(home, page, small_model, schema.MENTIONS, with_column("confidence", 0.5))
    before = contents(home)

    blocked = meddle(
        home, page, small_model, schema.DATES, with_column("surface", "?", 1), reprocess(home, "blocks", Settings())
    )

    assert blocked.outcome.status == "blocked"
    after = contents(home)
    assert_same(after | {"quarantine": before["quarantine"]}, before)
    assert after["quarantine"].num_rows == before["quarantine"].num_rows + 1, "the day stands there already"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run"], "give files, folders or globs"),
        (["run", "x", "--reprocess", "blocks"], "reads the warehouse"),
        (["run", "--reprocess", "nonsense"], "no such stage; there are documents"),
        (["run", "--reprocess", "blocks"], "no warehouse in"),
        (["quarantine", "replay"], "no warehouse in"),
    ],
)
def test_what_cannot_be_found_anew_is_told(
    home: Home, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says what to do."""
    assert main([*arguments, "--home", str(home.root)]) == 1
    assert said in one_line(capsys.readouterr().err)


def test_replay_by_command(  # noqa: PLR0917 - fixtures
    home: Home,
    feed: Callable[..., Path],
    ingest: Ingest,
    small_model: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Settings come from the file or the environment; a replay without anything to do is no error."""
    monkeypatch.setenv("DATELINE_MODEL", small_model)
    ingest(home, feed("one", {"id": "long", "text": COPY}), max_characters=200)

    assert main(["quarantine", "replay", "--direct", "--home", str(home.root)]) == 0
    assert "1 records of the warehouse" in capsys.readouterr().out
    assert main(["quarantine", "replay", "--direct", "--home", str(home.root)]) == 0
    assert ask(home, "SELECT inputs FROM runs ORDER BY run_id LIMIT 1 OFFSET 1") == [(["quarantine", "replay"],)]
