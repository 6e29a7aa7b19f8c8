"""The samples, through the whole pipeline, against what a reader wrote down about them in `truth.json`."""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from flows.direct import run_direct
from flows.run import Run
from flows.settings import Settings
from tests.conftest import SAMPLES
from warehouse.database import open_warehouse
from warehouse.home import Home
from warehouse.schema import CHECKS, RUNS, TABLES
from warehouse.views import model_files

TRUTH: dict[str, Any] = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
EXPECTED: dict[str, dict[str, Any]] = {uri.replace("#L", "#"): row for uri, row in TRUTH["articles"].items()}
ACCEPTED = [uri for uri, row in EXPECTED.items() if row["status"] == "accepted"]

FLOORS = {"dates": 0.966, "speakers": 0.952, "spellings": 0.87, "shared quotes": 1.0}
"""Shares of the truth that are found today; they may only rise."""

Row = dict[str, Any]


class Samples(NamedTuple):
    """The warehouse of the samples, by uri."""

    documents: dict[str, Row]
    articles: dict[str, Row]
    publications: dict[str, Row]
    dates: dict[str, list[Row]]
    quotes: dict[str, list[Row]]
    mentions: dict[str, list[Row]]
    names: dict[str, str]
    edges: set[tuple[str, str, str]]
    violations: list[Row]


@pytest.fixture(scope="module")
def samples(sample_home: Home) -> Samples:
    """Read what the run over the samples committed."""
    with open_warehouse(sample_home) as warehouse:

        def rows(sql: str) -> list[Row]:
            return list(warehouse.connection.sql(sql).to_arrow_table().to_pylist())

        documents = rows("FROM documents")
        uris = {row["article_id"]: row["uri"] for row in documents}

        def by_uri(table: str) -> dict[str, list[Row]]:
            grouped = defaultdict(list)
            for row in rows(f"FROM {table}"):
                grouped[uris[row["article_id"]]].append(row)
            return grouped

        return Samples(
            {row["uri"]: row for row in documents},
            {uri: found[0] for uri, found in by_uri("articles").items()},
            {uri: found[0] for uri, found in by_uri("publications").items()},
            by_uri("dates"),
            by_uri("quotes"),
            by_uri("mentions"),
            {row["entity_key"]: row["name"] for row in rows("FROM entity_map JOIN entities USING (entity_id)")},
            {
                (uris[row["article_id"]], uris[row["other_article_id"]], row["relation"])
                for row in rows("FROM duplicates")
            },
            rows("FROM provenance_violations"),
        )


def nth_place(text: str, words: str, nth: int) -> int:
    """Return where `words` stand in `text` for the nth time; -1 when they do not."""
    at = -1
    for _ in range(nth):
        at = text.find(words, at + 1)
    return at


def require_share(what: str, total: int, misses: list[str]) -> None:
    """Hold a share of the truth against its floor, and show what is missing."""
    share = 1 - len(misses) / total
    print(f"{what}: {total - len(misses)} of {total} ({share:.1%})")  # noqa: T201 - shown with -s
    assert share >= FLOORS[what], f"{what}: {share:.4f} of {total}; missing:\n" + "\n".join(misses)


def test_every_record_is_there_once(samples: Samples) -> None:
    """The warehouse holds the records a reader counted, no more and no fewer."""
    assert set(samples.documents) == set(EXPECTED)


@pytest.mark.parametrize("uri", EXPECTED)
def test_status_and_reason(samples: Samples, uri: str) -> None:
    """A record is accepted, or rejected with a reason that names what is wrong."""
    expected, found = EXPECTED[uri], samples.documents[uri]
    assert found["status"] == expected["status"]
    assert (expected["reason"] or "") in (found["reason"] or "")


@pytest.mark.parametrize("uri", ACCEPTED)
def test_names_of_the_page(samples: Samples, uri: str) -> None:
    """Headline, outlet, authors and publication day are those a reader sees."""
    expected, found = EXPECTED[uri], samples.articles[uri]
    day = found["published_on"]
    assert {
        "headline": found["headline"],
        "outlet": found["outlet"],
        "authors": found["authors"],
        "published_on": day and day.isoformat(),
    } == {name: expected[name] for name in ("headline", "outlet", "authors", "published_on")}


@pytest.mark.parametrize("uri", ACCEPTED)
def test_body(samples: Samples, uri: str) -> None:
    """The text begins and ends where the article does, and holds no line of the page around it."""
    expected, text = EXPECTED[uri], samples.articles[uri]["text"]
    assert text.startswith(expected["body_start"])
    assert text.endswith(expected["body_end"])
    assert [line for line in expected["not_body"] if line in text.split("\n\n")] == []


def test_duplicates(samples: Samples) -> None:
    """Every printing is related to the others as a reader would, and no strangers are."""
    expected = {(pair["article"], pair["other"], pair["relation"]) for pair in TRUTH["duplicates"]}
    pairs = {
        (frozenset((one.replace("#L", "#"), other.replace("#L", "#"))), relation) for one, other, relation in expected
    }
    assert {(frozenset((one, other)), relation) for one, other, relation in samples.edges} == pairs


def test_the_longer_article_contains_the_shorter(samples: Samples) -> None:
    """In `contains` the article that holds the other stands first."""
    expected = {(pair["article"], pair["other"]) for pair in TRUTH["duplicates"] if pair["relation"] == "contains"}
    assert {(one, other) for one, other, relation in samples.edges if relation == "contains"} == expected


def test_dates(samples: Samples) -> None:
    """Dates mean what a reader takes them to mean."""
    expected = [(uri, date) for uri in ACCEPTED for date in EXPECTED[uri]["dates"]]
    misses = [
        f"{uri}: {date}, found {found}"
        for uri, date in expected
        if (found := date_at(samples, uri, date)) != (date["value"], date["start"], date["end"])
        and not is_within(samples, uri, date)
    ]
    require_share("dates", len(expected), misses)


def is_within(samples: Samples, uri: str, date: Row) -> bool:
    """Whether a date counted from an inferred day of publication lies within the days it was resolved to."""
    row = date_row(samples, uri, date)
    if row is None or row["anchor"] != "inferred" or date["start"] is None:
        return False
    return bool(row["date_start"].isoformat() <= date["start"] and date["end"] <= row["date_end"].isoformat())


def date_at(samples: Samples, uri: str, date: Row) -> tuple[str | None, ...] | None:
    """Return value and days of the date found where `date` stands; truth may leave an unresolved value out."""
    row = date_row(samples, uri, date)
    if row is None:
        return None
    days = tuple(row[name] and row[name].isoformat() for name in ("date_start", "date_end"))
    value = None if date["value"] is None and days == (None, None) else row["value"]
    return (value, *days)


def date_row(samples: Samples, uri: str, date: Row) -> Row | None:
    """Return the row found where `date` stands."""
    start = nth_place(samples.documents[uri]["raw_text"], date["surface"], date["nth"])
    rows = samples.dates[uri]
    return next((row for row in rows if (row["raw_start"], row["surface"]) == (start, date["surface"])), None)


INFERRED = [uri for uri in ACCEPTED if "inferred" in EXPECTED[uri]]


@pytest.mark.parametrize("uri", INFERRED)
def test_publication_is_inferred_from_dated_relatives(samples: Samples, uri: str) -> None:
    """The bounds hold the days a reader of the dated copies and quotes comes to, and no wrong day is named."""
    expected, found = EXPECTED[uri]["inferred"], samples.publications[uri]
    assert found["basis"] == "inferred"
    assert found["earliest"].isoformat() <= expected["earliest"] <= expected["latest"] <= found["latest"].isoformat()
    assert found["weekday"] in {None, expected["weekday"]}
    assert found["best"] is None or expected["earliest"] <= found["best"].isoformat() <= expected["latest"]
    uris = {row["article_id"]: other for other, row in samples.documents.items()}
    others = {(clue["rule"], uris.get(clue.get("article_id", ""))) for clue in json.loads(found["evidence"])}
    assert {(expected["rule"], other.replace("#L", "#")) for other in expected["dated_by"]} <= others


def quote_at(samples: Samples, uri: str, text: str) -> Row | None:
    """Return the quote that begins with `text`."""
    return next((row for row in samples.quotes[uri] if text in row["surface"][: len(text) + 2]), None)


def test_speakers(samples: Samples) -> None:
    """Quotes are found, and given to who said them."""
    expected = [(uri, quote) for uri in ACCEPTED for quote in EXPECTED[uri]["quotes"]]
    misses = [
        f"{uri}: “{quote['text']}” by {quote['speaker']}, found {found}"
        for uri, quote in expected
        if (found := speaker_of(samples, uri, quote["text"]) or "nobody").casefold() != quote["speaker"].casefold()
    ]
    require_share("speakers", len(expected), misses)


def speaker_of(samples: Samples, uri: str, text: str) -> str | None:
    """Return the name of who said it, or the words for somebody without a name."""
    row = quote_at(samples, uri, text)
    if row is None or row["speaker_surface"] is None:
        return None
    surface = row["speaker_surface"]
    return samples.names.get(row["speaker_entity_key"], str(surface))


def test_spellings(samples: Samples) -> None:
    """Each spelling of an entity that stands in an article on its own is found there."""
    expected = list(spellings(samples))
    misses = [
        f"{uri}: {spelling}"
        for uri, spelling in expected
        if not any(" ".join(row["surface"].split()) == spelling for row in samples.mentions[uri])
    ]
    require_share("spellings", len(expected), misses)


def spellings(samples: Samples) -> Iterator[tuple[str, str]]:
    """Yield each article and spelling of an entity that stands in it and not only inside a longer one."""
    known = sorted(
        {spelling for entity in TRUTH["entities"] for spelling in entity["spellings"]}, key=len, reverse=True
    )
    any_spelling = re.compile(rf"\b(?:{'|'.join(map(re.escape, known))})\b")
    for entity in TRUTH["entities"]:
        for uri in (name.replace("#L", "#") for name in entity["articles"]):
            standing = set(any_spelling.findall(samples.articles[uri]["text"]))
            yield from ((uri, spelling) for spelling in entity["spellings"] if spelling in standing)


def test_shared_quotes(samples: Samples) -> None:
    """The same words in several articles are one group."""
    groups = [
        [quote_at(samples, place["article"].replace("#L", "#"), place["text"]) for place in shared]
        for shared in TRUTH["shared_quotes"]
    ]
    misses = [
        f"{shared}"
        for shared, rows in zip(TRUTH["shared_quotes"], groups, strict=True)
        if not all(rows) or len({row["quote_group_id"] for row in rows if row}) > 1
    ]
    require_share("shared quotes", len(groups), misses)


def test_every_row_proves_itself(samples: Samples) -> None:
    """No row points at other characters than it claims."""
    assert samples.violations == []


def test_a_second_run_adds_nothing(sample_home: Home, tmp_path: Path) -> None:
    """The same inputs again leave every table as it was, but for runs and checks."""
    home = Home.at(shutil.copytree(sample_home.root, tmp_path / "home"))
    before = counts(home)
    finished = run_direct(Run.start(home, Settings(), [str(SAMPLES)]))
    assert finished.outcome.status == "unchanged"
    after = counts(home)
    assert after.pop(RUNS.name) == before.pop(RUNS.name) + 1
    assert after.pop(CHECKS.name) >= before.pop(CHECKS.name)
    assert after == before


def counts(home: Home) -> dict[str, int]:
    """Count the rows of every table."""
    with open_warehouse(home) as warehouse:
        return {table.name: len(warehouse.connection.sql(f"FROM {table.name}").fetchall()) for table in TABLES}


QUESTIONS = TRUTH["questions"]


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["view"] for question in QUESTIONS])
def test_each_view_answers_its_question(sample_home: Home, question: dict[str, Any]) -> None:
    """A reporting view gives the answer that stands in the truth file."""
    with open_warehouse(sample_home) as opened:
        rows = opened.connection.execute(question["query"]).fetchall()
    assert json.loads(json.dumps(rows, default=str)) == question["answer"]


def test_every_view_has_a_question() -> None:
    """No view goes without an expected answer, and none is empty."""
    assert {question["view"] for question in QUESTIONS} == {model.name for model in model_files()}
    assert all(question["answer"] for question in QUESTIONS)
