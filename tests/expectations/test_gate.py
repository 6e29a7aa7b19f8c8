"""The gate finds each kind of bad row by its key, and never takes a broken check for bad data."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import great_expectations.expectations as gxe
import pandas as pd
import pytest

from expectations.gate import Verdict, validate, validate_frame
from expectations.rules import Rule, Suite, at_least, not_null, sql_rule
from expectations.suites import BOOKKEEPING, SUITES
from tests.expectations.world import good_rows, opened
from tests.warehouse.small_world import Rows
from warehouse import schema

Key = tuple[Any, ...]
Break = Callable[[Rows], Key]

RULES = [(suite, rule) for suite in SUITES for rule in suite.rules]


def _key(table: str, row: dict[str, Any]) -> Key:
    return tuple(row[name] for name in {t.name: t for t in schema.TABLES}[table].key)


def put(table: str, number: int = 0, **values: object) -> Break:
    """Give one row other values; the key expected is that row's."""

    def change(rows: Rows) -> Key:
        rows[table][number].update(values)
        return _key(table, rows[table][number])

    return change


def twice(table: str) -> Break:
    """Let the first row come twice."""

    def change(rows: Rows) -> Key:
        rows[table].append(dict(rows[table][0]))
        return _key(table, rows[table][0])

    return change


def without(table: str, other: str, column: str, number: int = 0, other_column: str | None = None) -> Break:
    """Take the row that `other` refers to by `column` out of `table`; the key expected is the referring row's."""

    def change(rows: Rows) -> Key:
        row = rows[other][number]
        rows[table] = [kept for kept in rows[table] if kept[other_column or column] != row[column]]
        rows[other] = [row]
        return _key(other, row)

    return change


def turned_round(rows: Rows) -> Key:
    """Relate a pair again, the other way round."""
    edge = rows["duplicates"][0]
    rows["duplicates"] = [edge, edge | {"article_id": "wire", "other_article_id": "post"}]
    return ("post", "wire")


def one_big_cluster(rows: Rows) -> Key:
    """Put 101 articles into one cluster."""
    rows["clusters"] = [
        {
            "article_id": f"{number:03d}",
            "cluster_id": "000",
            "story_id": "000",
            "is_canonical": number == 0,
            "canonical_rule": "earliest",
        }
        for number in range(101)
    ]
    return ("000",)


def mostly_rejected(rows: Rows) -> Key:
    """Leave one accepted document beside two rejected ones."""
    rows["documents"] = [rows["documents"][-1], rows["documents"][-2] | {"article_id": "another"}, rows["documents"][0]]
    return ("empty",)


def overlapping(rows: Rows) -> Key:
    """Let the second block begin inside the first."""
    rows["blocks"][1]["raw_start"] = 3
    return ("wire", 1)


def fetched_before(rows: Rows) -> Key:
    """Let an article be published two days after its record was fetched."""
    article = rows["articles"][0]
    document = next(row for row in rows["documents"] if row["article_id"] == article["article_id"])
    document["given"] = json.dumps({"fetched": (article["published_on"] - dt.timedelta(days=2)).isoformat()})
    return (article["article_id"],)


def unusual(measure: str) -> Break:
    """Let a figure of this measure be unlike the runs before."""
    return put("measures", measure=measure, is_unusual=True)


def two_canonical(rows: Rows) -> Key:
    """Let two articles stand for one cluster; the key expected is the least of the cluster."""
    rows["clusters"][1]["is_canonical"] = True
    return ("gazette",)


def _span_cases(table: str) -> dict[tuple[str, str], Break]:
    return {
        (table, "article_id, raw_start, raw_end is unique"): twice(table),
        (table, "surface is not null"): put(table, surface=None),
        (table, "raw_start is at least 0"): put(table, raw_start=-1),
        (table, "surface stands in the raw text"): put(table, surface="KIEV"),
        (table, "text offsets are inside the text, for body rows only"): put(table, text_end=10_000),
        (table, "role is one of its values"): put(table, role="footer"),
        (table, "confidence lies between 0 and 1"): put(table, confidence=1.1),
        (table, "article_id is in articles"): without("articles", table, "article_id"),
    }


CASES: dict[tuple[str, str], Break] = {
    ("documents", "article_id is unique"): twice("documents"),
    ("documents", "article_id is not null"): put("documents", article_id=None),
    ("documents", "uri is not null"): put("documents", uri=None),
    ("documents", "status is one of its values"): put("documents", status="perhaps"),
    ("documents", "media_type is one of its values"): put("documents", media_type="image/png"),
    ("documents", "byte_count is at least 0"): put("documents", byte_count=-1),
    ("documents", "an accepted document has text, a rejected one a reason"): put("documents", reason="why?"),
    ("documents", "at least half of the records are accepted"): mostly_rejected,
    ("originals", "article_id is unique"): twice("originals"),
    ("originals", "article_id is not null"): put("originals", article_id=None),
    ("originals", "article_id is in documents"): without("documents", "originals", "article_id"),
    ("originals", "content has the length the document states"): put("originals", content=b"cut short"),
    ("blocks", "article_id, block_number is unique"): twice("blocks"),
    ("blocks", "role is one of its values"): put("blocks", role="advert"),
    ("blocks", "rule is not null"): put("blocks", rule=None),
    ("blocks", "probability lies between 0 and 1"): put("blocks", probability=-0.1),
    ("blocks", "raw_start is at least 0"): put("blocks", raw_start=-1),
    ("blocks", "article_id is in documents"): without("documents", "blocks", "article_id"),
    ("blocks", "a block lies inside the raw text"): put("blocks", 2, raw_end=10_000),
    ("blocks", "blocks of a document do not overlap"): overlapping,
    ("articles", "article_id is unique"): twice("articles"),
    ("articles", "article_id is not null"): put("articles", article_id=None),
    ("articles", "word_count is at least 1"): put("articles", word_count=0),
    ("articles", "original_source_kind is one of its values"): put("articles", original_source_kind="hearsay"),
    ("articles", "article_id is in documents"): without("documents", "articles", "article_id"),
    ("articles", "an article is not published after the run began"): put("articles", published_on=dt.date(2026, 4, 2)),
    ("articles", "an article is not published after it was fetched"): fetched_before,
    ("articles", "a published day has characters where a line states it"): put(
        "articles", published_source="text line"
    ),
    ("articles", "an article is not published before newspapers were"): put(
        "articles", published_on=dt.date(1599, 12, 31)
    ),
    ("articles", "a published day has a source"): put("articles", published_source=None),
    ("articles", "segments lie inside both texts"): put(
        "articles", segments=[{"text_start": 0, "text_end": 10_000, "raw_start": 0, "raw_end": 10_000}]
    ),
    ("articles", "segments lead from the text to the same characters of the raw text"): put(
        "articles", text="Something else was printed here, not what the page says at all; nobody knows why."
    ),
    ("publications", "article_id is unique"): twice("publications"),
    ("publications", "basis is one of its values"): put("publications", basis="hearsay"),
    ("publications", "weekday is one of its values"): put("publications", weekday="Mon"),
    ("publications", "confidence lies between 0 and 1"): put("publications", confidence=2.0),
    ("publications", "article_id is in articles"): without("articles", "publications", "article_id"),
    ("publications", "earliest, best and latest are in order"): put("publications", earliest=dt.date(2026, 3, 3)),
    ("publications", "an explicit day is the one the article states"): put("publications", best=None),
    ("publications", "the weekday is that of a day from earliest to latest, and of the best one"): put(
        "publications", weekday="Friday"
    ),
    ("publications", "a known day has evidence, an unknown one no days"): put("publications", evidence="[]"),
    ("publications", "evidence stands in the raw text or in another article"): put(
        "publications", evidence='[{"rule": "copy", "article_id": "nobody"}]'
    ),
    ("publications", "a day has a reason"): put("publications", -1, reason=None),
    ("fingerprints", "article_id is unique"): twice("fingerprints"),
    ("fingerprints", "words_hash is not null"): put("fingerprints", words_hash=None),
    ("fingerprints", "shingle_count is at least 0"): put("fingerprints", shingle_count=-1),
    ("fingerprints", "article_id is in articles"): without("articles", "fingerprints", "article_id"),
    ("duplicates", "article_id, other_article_id is unique"): twice("duplicates"),
    ("duplicates", "relation is one of its values"): put("duplicates", relation="cousin"),
    ("duplicates", "containment lies between 0 and 1"): put("duplicates", containment=1.5),
    ("duplicates", "other_containment lies between 0 and 1"): put("duplicates", other_containment=-1.0),
    ("duplicates", "jaccard lies between 0 and 1"): put("duplicates", jaccard=1.5),
    ("duplicates", "facts_missing_share lies between 0 and 1"): put("duplicates", facts_missing_share=1.5),
    ("duplicates", "article_id is in articles"): without("articles", "duplicates", "article_id"),
    ("duplicates", "other_article_id is in articles"): without(
        "articles", "duplicates", "other_article_id", other_column="article_id"
    ),
    ("duplicates", "two articles are related once, and none to itself"): put("duplicates", other_article_id="post"),
    ("changes", "article_id, other_article_id, change_number is unique"): twice("changes"),
    ("changes", "article_id is in articles"): without("articles", "changes", "article_id"),
    ("changes", "other_article_id is in articles"): without(
        "articles", "changes", "other_article_id", other_column="article_id"
    ),
    ("changes", "the article is a version of the other"): put("changes", other_article_id="post"),
    ("changes", "added stands in the text of its article"): put("changes", added="last ship"),
    ("changes", "left_out stands in the text of its article"): put("changes", other_text_start=10_000),
    ("changes", "words have a place in the raw text, and only they"): put("changes", other_raw_end=None),
    ("changes", "changes stand in order in both texts"): put("changes", 1, other_text_start=3),
    ("clusters", "article_id is unique"): twice("clusters"),
    ("clusters", "story_id is not null"): put("clusters", story_id=None),
    ("clusters", "canonical_rule is one of its values"): put("clusters", canonical_rule="prettiest"),
    ("clusters", "article_id is in articles"): without("articles", "clusters", "article_id"),
    ("clusters", "cluster_id is in articles"): without("articles", "clusters", "cluster_id", 1, "article_id"),
    ("clusters", "story_id is in articles"): without("articles", "clusters", "story_id", 3, "article_id"),
    ("clusters", "a cluster has one canonical article"): two_canonical,
    ("clusters", "no cluster holds more than a tenth of 1,000 articles or more"): one_big_cluster,
    **_span_cases("dates"),
    ("dates", "type is one of its values"): put("dates", type="EPOCH"),
    ("dates", "anchor is one of its values"): put("dates", anchor="clock"),
    ("dates", "direction is one of its values"): put("dates", direction="sideways"),
    ("dates", "value starts as a TIMEX3 value does"): put("dates", value="last Monday"),
    ("dates", "an interval has both ends, in order"): put("dates", date_end=dt.date(2026, 3, 1)),
    ("dates", "an expression without interval has its reason, and no other has one"): put(
        "dates", date_start=None, date_end=None
    ),
    ("dates", "what is resolved against publication names its basis"): put("dates", anchor="inferred"),
    **_span_cases("mentions"),
    ("mentions", "label is one of its values"): put("mentions", label="DATE"),
    ("mentions", "key_rule is one of its values"): put("mentions", key_rule="guess"),
    ("mentions", "source is one of its values"): put("mentions", source="oracle"),
    ("mentions", "entity_key is not null"): put("mentions", entity_key=None),
    ("mentions", "entity_key is in entity_map"): without("entity_map", "mentions", "entity_key"),
    ("entities", "entity_id is unique"): twice("entities"),
    ("entities", "name is not null"): put("entities", name=None),
    ("entities", "type is one of its values"): put("entities", type="THING"),
    ("entities", "country is an ISO 3166 alpha-2 code"): put("entities", country="UKR"),
    ("entity_map", "entity_key is unique"): twice("entity_map"),
    ("entity_map", "rule is not null"): put("entity_map", rule=None),
    ("entity_map", "evidence_count is at least 1"): put("entity_map", evidence_count=0),
    ("entity_map", "entity_id is in entities"): without("entities", "entity_map", "entity_id"),
    **_span_cases("quotes"),
    ("quotes", "kind is one of its values"): put("quotes", kind="whispered"),
    ("quotes", "quote_group_id is not null"): put("quotes", quote_group_id=None),
    ("quotes", "speaker_entity_key is in entity_map"): without(
        "entity_map", "quotes", "speaker_entity_key", other_column="entity_key"
    ),
    ("quotes", "speaker_surface stands in the raw text"): put("quotes", speaker_raw_start=0),
    ("measures", "value is not null"): put("measures", value=None),
    ("measures", "part is at least 0"): put("measures", part=-1),
    ("measures", "each outlet brings as many articles as in the runs before"): unusual("articles_by_outlet"),
    ("measures", "as many documents are rejected as in the runs before"): unusual("rejected_share"),
    ("measures", "fields of articles are missing as often as in the runs before"): unusual("null_share"),
    ("measures", "languages have the shares they had in the runs before"): unusual("language_share"),
    ("measures", "as many dates stay unresolved as in the runs before"): unusual("unresolved_share"),
    ("measures", "labels of mentions have the shares they had in the runs before"): unusual("label_share"),
    ("measures", "as many articles are copies as in the runs before"): unusual("duplicate_share"),
    ("measures", "the largest cluster is as large as in the runs before"): unusual("largest_cluster_share"),
    ("measures", "no day has more of the articles than in the runs before"): unusual("day_share"),
}

MARKET = 5
"""The row of the article whose day is inferred."""

MORE_CASES = [
    ("duplicates", "two articles are related once, and none to itself", turned_round),
    ("publications", "an explicit day is the one the article states", put("publications", best=dt.date(2026, 3, 9))),
    ("publications", "an explicit day is the one the article states", put("publications", basis="inferred")),
    ("publications", "earliest, best and latest are in order", put("publications", MARKET, best=dt.date(2026, 3, 9))),
    ("publications", "earliest, best and latest are in order", put("publications", latest=None)),
    (
        "publications",
        "the weekday is that of a day from earliest to latest, and of the best one",
        put("publications", MARKET, earliest=dt.date(2026, 3, 5), weekday="Monday"),
    ),
    ("publications", "a known day has evidence, an unknown one no days", put("publications", -1, weekday="Monday")),
    ("publications", "a known day has evidence, an unknown one no days", put("publications", MARKET, evidence=None)),
    (
        "publications",
        "evidence stands in the raw text or in another article",
        put("publications", evidence='[{"rule": "copy", "article_id": "wire"}]'),
    ),
    (
        "publications",
        "evidence stands in the raw text or in another article",
        put("publications", evidence='[{"rule": "past_day", "raw_start": 3, "raw_end": 9999}]'),
    ),
    (
        "publications",
        "evidence stands in the raw text or in another article",
        put("publications", evidence='[{"rule": "past_day"}]'),
    ),
    ("dates", "what is resolved against publication names its basis", put("dates", -2, anchor="publication")),
    (
        "dates",
        "an expression without interval has its reason, and no other has one",
        put("dates", unresolved_reason="x"),
    ),
    ("dates", "an interval has both ends, in order", put("dates", date_end=None)),
    ("dates", "surface stands in the raw text", put("dates", surface="", raw_start=0, raw_end=0)),
    ("dates", "text offsets are inside the text, for body rows only", put("dates", role="headline")),
    ("dates", "text offsets are inside the text, for body rows only", put("dates", text_start=None)),
    ("dates", "value starts as a TIMEX3 value does", put("dates", value="about 2026")),
    ("documents", "an accepted document has text, a rejected one a reason", put("documents", -1, reason=None)),
    ("documents", "an accepted document has text, a rejected one a reason", put("documents", raw_text=None)),
    ("clusters", "a cluster has one canonical article", put("clusters", -1, is_canonical=False)),
]
"""Other ways to break a rule."""


def judge(rows: Rows, folder: Path, *suites: Suite) -> list[Verdict]:
    """Run suites over rows."""
    with opened(rows, folder) as connection:
        return list(validate(connection, suites))


def only(table: str, name: str) -> Suite:
    """Return a suite with one of its rules."""
    suite, rule = next((suite, rule) for suite, rule in RULES if (suite.table.name, rule.name) == (table, name))
    return Suite(suite.table, (rule,))


def test_good_rows_break_no_rule(tmp_path: Path) -> None:
    """Each rule holds for rows as they should be, and says how many it looked at."""
    rows = good_rows()

    verdicts = judge(rows, tmp_path, *SUITES)

    assert [(v.suite.table.name, v.rule.name, v.error, v.bad_keys) for v in verdicts if not v.success] == []
    assert {(v.suite.table.name, v.checked_count) for v in verdicts} == {(n, len(r)) for n, r in rows.items()}
    assert not any(verdict.blocks for verdict in verdicts)


@pytest.mark.parametrize("shift", [4_080, 4_095, 4_096, 9_000])
def test_characters_are_found_in_long_texts(shift: int, tmp_path: Path) -> None:
    """However far down a surface stands, it is looked up where it is, and a wrong one is found."""
    rows = good_rows()
    move_down(rows, "wire", shift)
    wrong = rows["quotes"][0]

    assert [v.rule.name for v in judge(rows, tmp_path, *SUITES) if not v.success] == []
    wrong["surface"] = wrong["surface"].replace("port", "fort")
    [verdict] = judge(rows, tmp_path, only("quotes", "surface stands in the raw text"))
    assert verdict.bad_keys == [_key("quotes", wrong)]


def move_down(rows: Rows, article_id: str, shift: int) -> None:
    """Put `shift` characters before the raw text of an article, and move all that points into it."""

    def mine(table: str) -> list[dict[str, Any]]:
        return [row for row in rows[table] if row["article_id"] == article_id]

    [document], [article], [original] = mine("documents"), mine("articles"), mine("originals")
    document["raw_text"] = "\u00e9" * shift + document["raw_text"]
    original["content"] = document["raw_text"].encode()
    document["byte_count"] = len(original["content"])
    pointing = [row for table in ("blocks", "dates", "mentions", "quotes") for row in mine(table)]
    for row in (*article["segments"], *pointing):
        for name in ("raw_start", "raw_end", "speaker_raw_start", "speaker_raw_end"):
            if name in row:
                row[name] += shift


def test_every_rule_has_a_case() -> None:
    """A new rule comes with a row that breaks it; names are told apart within a table."""
    names = [(suite.table.name, rule.name) for suite, rule in RULES]

    assert sorted(names) == sorted(CASES)


@pytest.mark.parametrize(
    ("table", "name", "break_one"), [*((table, name, change) for (table, name), change in CASES.items()), *MORE_CASES]
)
def test_a_bad_row_is_found_by_its_key(table: str, name: str, break_one: Break, tmp_path: Path) -> None:
    """Whatever is wrong with a row, its rule finds it, names its key, and is no error of the check."""
    rows = good_rows()
    key = break_one(rows)

    [verdict] = judge(rows, tmp_path, only(table, name))

    assert verdict.success is False
    assert verdict.error is None
    assert key in verdict.bad_keys
    assert verdict.row() | {"success": False, "is_error": False} == verdict.row()
    kept = json.loads(str(verdict.row()["sample_keys"]))
    names = next(suite.table.key for suite in SUITES if suite.table.name == table)
    assert json.loads(json.dumps(dict(zip(names, key, strict=True)), default=str)) in kept
    assert verdict.blocks == (verdict.rule.severity == "critical")


def test_no_rows_break_no_rule(tmp_path: Path) -> None:
    """A run that found nothing of a kind passes."""
    empty: Rows = {name: [] for name in good_rows()}

    assert all(verdict.success and verdict.checked_count == 0 for verdict in judge(empty, tmp_path, *SUITES))


def test_bad_rows_are_found_in_every_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are judged piece by piece; each piece adds its bad rows."""
    monkeypatch.setattr("expectations.gate.CHUNK_ROWS", 2)
    rows = good_rows()
    bad = [_key("mentions", row) for row in rows["mentions"]]
    for row in rows["mentions"]:
        row["label"] = "NOISE"

    [verdict] = judge(rows, tmp_path, only("mentions", "label is one of its values"))

    assert sorted(verdict.bad_keys) == sorted(bad)
    assert verdict.checked_count == len(bad)


BROKEN_RULES = [
    sql_rule("asks for a column not there", "warning", "SELECT article_id FROM run.articles WHERE nonsense > 1"),
    sql_rule("is not SQL", "info", "SELECT FROM WHERE"),
    sql_rule("divides a text", "critical", "SELECT article_id FROM run.articles WHERE text::INT > 1"),
    at_least("headline", 1, "warning"),
    at_least("no_such_column", 1, "info"),
    not_null("no_such_column"),
    Rule("matches no pattern", "warning", gxe.ExpectColumnValuesToMatchRegex(column="headline", regex="(")),
]


@pytest.mark.parametrize("rule", BROKEN_RULES, ids=lambda rule: rule.name)
def test_a_check_that_fails_is_an_error_and_blocks(rule: Rule, tmp_path: Path) -> None:
    """A rule that cannot be judged says neither yes nor no, accuses no row, and keeps the commit back."""
    [verdict, other] = sorted(
        judge(good_rows(), tmp_path, Suite(schema.ARTICLES, (rule, not_null("text")))),
        key=lambda verdict: verdict.rule is not rule,
    )

    assert verdict.success is None
    assert verdict.row()["is_error"] is True
    assert verdict.row()["unexpected_count"] == 0
    assert verdict.error
    assert "\n" not in verdict.error
    assert verdict.blocks
    assert other.success, "the rules beside it are judged all the same"


def test_unreadable_rows_are_an_error_of_each_check(tmp_path: Path) -> None:
    """Where the rows cannot be read at all, no check holds and none accuses."""
    with opened(good_rows(), tmp_path) as connection:
        (tmp_path / "articles.parquet").write_bytes(b"PAR1 and nothing more")
        verdicts = list(
            validate(
                connection, [only("articles", "word_count is at least 1"), only("articles", "article_id is unique")]
            )
        )

    assert [(v.success, v.blocks, v.bad_keys) for v in verdicts] == [(None, True, []), (None, True, [])]


def test_a_key_taken_by_an_earlier_run_is_found(tmp_path: Path) -> None:
    """Keys are unique over the warehouse, not just over the run."""
    rows = good_rows()
    with opened(rows, tmp_path) as connection:
        connection.execute(
            "CREATE OR REPLACE VIEW warehouse.documents AS FROM run.documents UNION ALL FROM run.documents"
        )
        [verdict] = validate(connection, [only("documents", "article_id is unique")])

    assert len(verdict.bad_keys) == len(rows["documents"])


GOOD_BOOKS: dict[str, dict[str, Any]] = {
    "checks": {"run_id": "r", "table_name": "dates", "check_name": "x", "severity": "info", "is_error": False},
    "quarantine": {
        "run_id": "r",
        "table_name": "dates",
        "row_key": "{}",
        "check_name": "x",
        "reason": "y",
        "payload": "{}",
    },
    "runs": {"run_id": "r", "status": "committed", "versions": "{}", "settings": "{}"},
}


@pytest.mark.parametrize(
    ("suite", "rule"),
    [(suite, rule) for suite in BOOKKEEPING for rule in suite.rules],
    ids=lambda part: getattr(part, "name", None) or part.table.name,
)
def test_what_a_run_says_of_itself_is_checked(suite: Suite, rule: Rule) -> None:
    """Verdicts, quarantine and run rows are held to their suites as well."""
    good = GOOD_BOOKS[suite.table.name]
    assert rule.expectation is not None
    column = rule.expectation.column  # type: ignore[attr-defined]
    bad = good | {column: "nonsense" if "values" in rule.name else None}

    assert all(verdict.success for verdict in validate_frame(pd.DataFrame([good]), suite))
    failed = [verdict.rule for verdict in validate_frame(pd.DataFrame([good, bad]), suite) if not verdict.success]
    assert failed == [rule]
