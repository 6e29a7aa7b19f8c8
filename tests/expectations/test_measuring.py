"""A run beside the runs before it: what makes a newsroom look twice is unusual, an ordinary day is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations.measuring import FEWEST_RUNS, measures
from tests.expectations.world import opened
from warehouse.schema import MEASURES

Article = dict[str, Any]
Change = Callable[[list[Article]], list[Article]]

DAY = dt.date(2026, 3, 2)
RUNS = 8
OUTLETS = ("Meridian Wire",) * 30 + ("Harbour Post",) * 20 + ("Gazeta Litoral",) * 12


def day_of_news(number: int) -> list[Article]:
    """Return the articles of one run: three outlets, one of them Portuguese, published over the last three days."""
    outlets = OUTLETS[: len(OUTLETS) - number % 3]
    return [
        {
            "article_id": f"{number}-{place}",
            "text": "words",
            "headline": "A headline",
            "authors": ["Ana Costa"] if place % 5 else [],
            "outlet": outlet,
            "language": "pt" if outlet == "Gazeta Litoral" else "en",
            "published_on": DAY + dt.timedelta(days=number - place % 3),
        }
        for place, outlet in enumerate(outlets)
    ]


def measured(articles: list[Article], before: Iterable[pa.Table], folder: Path) -> list[dict[str, Any]]:
    """Measure a run of these articles after runs that were measured before."""
    folder.mkdir()
    past = folder / "past.parquet"
    pq.write_table(pa.concat_tables([MEASURES.empty(), *before]), past)
    documents = [{"article_id": row["article_id"], "uri": "x", "media_type": "text/plain", "status": "accepted"}
                 for row in articles]  # fmt: skip
    mentions = [{"article_id": row["article_id"], "raw_start": 0, "raw_end": 4, "surface": "Cais", "role": "body",
                 "label": ("PERSON", "ORG", "GPE")[number % 3], "entity_key": "k", "key_rule": "own_name",
                 "source": "model"} for number, row in enumerate(articles)]  # fmt: skip
    with opened(
        {"articles": articles, "documents": documents, "mentions": mentions}, folder, {"measures": [past]}
    ) as connection:
        rows: list[dict[str, Any]] = measures(connection).to_pylist()
    return rows


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> list[pa.Table]:
    """Return what a week of ordinary runs was measured by."""
    folder = tmp_path_factory.mktemp("before")
    tables: list[pa.Table] = []
    for number in range(RUNS):
        rows = measured(day_of_news(number), tables, folder / str(number))
        assert not [row for row in rows if row["is_unusual"]]
        tables.append(MEASURES.rows([row | {"run_id": f"run-{number}"} for row in rows]))
    return tables


def unusual(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Return what is unusual, by measure and subject."""
    return {(row["measure"], row["subject"]) for row in rows if row["is_unusual"]}


def only_english(articles: list[Article]) -> list[Article]:
    """Lose every story in another language."""
    return [article for article in articles if article["language"] == "en"]


def silent_source(articles: list[Article]) -> list[Article]:
    """Lose one outlet."""
    return [article for article in articles if article["outlet"] != "Harbour Post"]


def dated_by_the_crawl(articles: list[Article]) -> list[Article]:
    """Take the last day for the day of publication of all."""
    last = max(article["published_on"] for article in articles)
    return [article | {"published_on": last} for article in articles]


def without_headlines(articles: list[Article]) -> list[Article]:
    """Find no headline any more."""
    return [article | {"headline": None} for article in articles]


def flooded(articles: list[Article]) -> list[Article]:
    """Get one outlet's articles fivefold."""
    wire = [article for article in articles if article["outlet"] == "Meridian Wire"]
    return articles + [article | {"article_id": f"{article['article_id']}-{n}"} for article in wire for n in range(4)]


INCIDENTS: dict[Change, tuple[str, str]] = {
    only_english: ("language_share", "pt"),
    silent_source: ("articles_by_outlet", "Harbour Post"),
    dated_by_the_crawl: ("day_share", "last day"),
    without_headlines: ("null_share", "headline"),
    flooded: ("articles_by_outlet", "Meridian Wire"),
}


@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda change: change.__name__)
def test_an_incident_is_unusual(incident: Change, before: list[pa.Table], tmp_path: Path) -> None:
    """Each is seen, with what it was and what it should be."""
    rows = measured(incident(day_of_news(RUNS)), before, tmp_path / "now")
    assert INCIDENTS[incident] in unusual(rows)
    [row] = [row for row in rows if (row["measure"], row["subject"]) == INCIDENTS[incident]]
    assert row["runs_compared"] == RUNS
    assert row["lowest"] <= row["typical"] <= row["highest"]
    assert not row["lowest"] <= row["value"] <= row["highest"]


def test_an_ordinary_run_is_not(before: list[pa.Table], tmp_path: Path) -> None:
    """Nothing is said of one more day like the others."""
    assert unusual(measured(day_of_news(RUNS), before, tmp_path / "now")) == set()


def test_a_handful_of_articles_says_nothing_about_shares(before: list[pa.Table], tmp_path: Path) -> None:
    """Three articles without a headline are no trend."""
    rows = measured(without_headlines(day_of_news(RUNS))[:3], before, tmp_path / "now")
    assert {measure for measure, _ in unusual(rows)} == {"articles_by_outlet"}


def test_with_few_runs_before_nothing_is_unusual(before: list[pa.Table], tmp_path: Path) -> None:
    """A warehouse that has just begun knows no rule yet."""
    rows = measured(flooded(day_of_news(RUNS)), before[: FEWEST_RUNS - 1], tmp_path / "now")
    assert unusual(rows) == set()
    assert all(row["lowest"] is None for row in rows)


def test_a_run_that_brings_nothing_is_not_measured(before: list[pa.Table], tmp_path: Path) -> None:
    """One that only applies another alias file has no shares, and makes no outlet silent."""
    assert measured([], before, tmp_path / "now") == []
