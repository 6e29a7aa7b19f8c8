"""The five real articles Dateline was first given; skipped where they are not at hand."""

import json
from pathlib import Path

import pytest

from flows.direct import run_direct
from flows.run import Run
from flows.settings import Settings
from tests.helpers import ask
from warehouse import catalog
from warehouse.home import Home

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
GOLD = SEEDS.parent / "gold" / "seeds" / "cleaning.json"
FIELDS = (
    "headline",
    "deck",
    "byline",
    "dateline_place",
    "outlet",
    "original_source",
    "original_source_kind",
    "section",
)

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the folder of seed articles is not beside the project")


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The warehouse of the five seeds."""
    home = Home.at(tmp_path_factory.mktemp("seeds"))
    run_direct(Run.start(home, Settings(), [str(SEEDS)]))
    return home


def test_five_articles_are_kept(seeds: Home) -> None:
    """All five are accepted, none is quarantined."""
    assert ask(seeds, "SELECT count(*), count(*) FILTER (word_count > 100) FROM articles") == [(5, 5)]
    assert ask(seeds, "FROM quarantine") == []


@pytest.mark.skipif(not GOLD.is_file(), reason="what readers say of the seed articles is not beside the project")
def test_they_are_cleaned_as_a_reader_would(seeds: Home) -> None:
    """The text is exact, every line has its role, every field what the text says of it."""
    gold = {name: row for name, row in json.loads(GOLD.read_text("utf-8")).items() if not name.startswith("_")}
    columns = ", ".join(("uri", "text", "captions", *FIELDS))
    articles = ask(seeds, f"SELECT {columns} FROM articles JOIN documents USING (article_id) ORDER BY uri")
    roles = "SELECT uri, list(role ORDER BY block_number) FROM blocks JOIN documents USING (article_id) GROUP BY uri"
    wanted = {
        name: (row["clean_text"], row["captions"], *(row[field] for field in FIELDS)) for name, row in gold.items()
    }
    assert {Path(str(uri)).stem: tuple(found) for uri, *found in articles} == wanted
    assert {Path(str(uri)).stem: _spoken(found) for uri, found in ask(seeds, roles)} == {
        name: _spoken(row["line_roles"]) for name, row in gold.items()
    }


def _spoken(roles: object) -> list[str]:
    assert isinstance(roles, list)
    return [role for role in roles if role != "blank"]


def test_they_are_different_stories(seeds: Home) -> None:
    """They report on the same matter, yet none is a copy or version of another."""
    assert ask(seeds, "SELECT relation FROM duplicates WHERE relation IN ('exact', 'copy', 'version')") == []


@pytest.mark.skipif(not GOLD.is_file(), reason="what readers say of the seed articles is not beside the project")
def test_publication_days_are_inferred_and_never_made_up(seeds: Home) -> None:
    """None of them states its day plainly: what the text allows is an interval that holds the day, or less."""
    assert ask(seeds, "SELECT DISTINCT published_on, published_at FROM articles") == [(None, None)]
    lines = (GOLD.parent / "publication_dates.jsonl").read_text("utf-8").splitlines()
    gold = {row["doc"]: row for row in map(json.loads, lines)}
    query = "SELECT uri, earliest, latest, best, weekday, basis FROM publications JOIN documents USING (article_id)"
    for uri, *bounds, best, weekday, basis in ask(seeds, query):
        stated = gold[Path(str(uri)).stem]
        earliest, latest = (str(bound or open_end) for bound, open_end in zip(bounds, ("0", "9"), strict=True))
        assert basis == "inferred"
        assert earliest <= stated["dct"] <= latest
        assert earliest >= (stated["text_earliest"] or "0")
        assert latest <= (stated["text_latest"] or "9")
        assert weekday == (stated["text_weekday"] or weekday)
        assert str(best or stated["dct"]) == stated["dct"]
    assert ask(seeds, "SELECT count(*) FROM dates WHERE anchor = 'publication' AND date_start IS NOT NULL") == [(0,)]


def test_every_row_proves_itself(seeds: Home) -> None:
    """No surface differs from the raw text at its offsets."""
    assert ask(seeds, "SELECT count(*) > 0 FROM dates") == [(True,)]
    assert ask(seeds, "FROM provenance_violations") == []


def test_a_second_run_adds_nothing(seeds: Home) -> None:
    """Only `runs` grows."""

    def files() -> dict[str, int]:
        with catalog.connect(seeds) as connection:
            live = catalog.live_files(connection, seeds, catalog.head(connection))
        return {name: sum(file.record_count for file in found) for name, found in live.items() if name != "runs"}

    before = files()
    assert run_direct(Run.start(seeds, Settings(), [str(SEEDS)])).outcome.status == "unchanged"
    assert files() == before
