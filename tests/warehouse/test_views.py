"""Every reporting view answers its question rightly on the small world."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from tests.warehouse.small_world import RUNS, Rows, load, small_world
from warehouse.schema import TABLES
from warehouse.views import Model, create_views, model_files

if TYPE_CHECKING:
    from collections.abc import Iterator

MARCH_2 = dt.date(2026, 3, 2)
MARCH_3 = dt.date(2026, 3, 3)

MODELS = [pytest.param(model, id=model.name) for model in model_files()]


@pytest.fixture(scope="module")
def world() -> Iterator[duckdb.DuckDBPyConnection]:
    """Load the small world, once: views only read."""
    with load(small_world()) as connection:
        yield connection


def answers(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    return connection.execute(sql).fetchall()


@pytest.mark.parametrize("model", MODELS)
def test_a_model_is_one_select_with_a_title_and_a_grain(model: Model) -> None:
    """The loader wraps the file in CREATE VIEW, and its header is what users read."""
    statements = duckdb.extract_statements(model.sql)

    assert [statement.type for statement in statements] == [duckdb.StatementType.SELECT]
    assert model.title.endswith("?")
    assert model.meaning[0].startswith("A row is ")


@pytest.mark.parametrize("model", MODELS)
def test_a_view_is_ordered_so_that_its_rows_are_the_same_any_day(model: Model) -> None:
    """Rows come in an order that does not hang on how the tables are stored."""
    if model.name == "totals":
        return
    assert "\nORDER BY " in model.sql
    rows = small_world()
    turned: Rows = {name: found[::-1] for name, found in rows.items()}
    with load(rows) as one, load(turned) as other:
        assert one.view(model.name).fetchall() == other.view(model.name).fetchall()


@pytest.mark.parametrize("model", MODELS)
def test_the_header_speaks_of_columns_the_view_has(world: duckdb.DuckDBPyConnection, model: Model) -> None:
    """A renamed column takes its line of the header with it."""
    assert set(model.column_meanings) <= set(world.view(model.name).columns)


@pytest.mark.parametrize("model", MODELS)
def test_a_view_of_empty_tables_is_empty(model: Model) -> None:
    """A fresh warehouse can be asked everything."""
    with load({}) as empty:
        assert len(empty.view(model.name).fetchall()) == (1 if model.name == "totals" else 0)


def test_view_names_are_numbered_and_clash_with_no_table() -> None:
    """A view may stand on those before it, and never hides a table."""
    names = [model.name for model in model_files()]

    assert len(names) == len(set(names)) >= 14
    assert not set(names) & {table.name for table in TABLES}


def test_views_carry_their_titles_as_comments_and_can_be_made_twice(world: duckdb.DuckDBPyConnection) -> None:
    """Whoever opens the file in DuckDB finds the questions and the column meanings there."""
    create_views(world)
    comments = dict(answers(world, "SELECT view_name, comment FROM duckdb_views() WHERE comment IS NOT NULL"))

    assert comments == {model.name: model.title for model in model_files()}
    found = answers(world, "SELECT comment FROM duckdb_columns() WHERE table_name = 'coverage' AND column_name = 'day'")
    assert found == [("null for articles whose publication day is unknown.",)]


def test_coverage_counts_printings_texts_and_stories(world: duckdb.DuckDBPyConnection) -> None:
    """A copy is a printing, but not another text; an unknown day is a row of its own."""
    found = answers(world, "SELECT outlet, day, article_count, text_count, story_count FROM coverage")

    assert found == [
        ("Harbour Post", MARCH_2, 1, 0, 1),
        ("Meridian Wire", MARCH_2, 1, 1, 1),
        ("Meridian Wire", MARCH_3, 1, 1, 1),
        ("Old Gazette", MARCH_3, 1, 0, 1),
        ("Harbour Post", None, 2, 2, 2),
        (None, None, 1, 1, 1),
    ]


def test_totals_agree_with_the_tables(world: duckdb.DuckDBPyConnection) -> None:
    """Seven articles of nine documents hold five texts of four stories; scare quotes are no quotes."""
    found = answers(
        world,
        "SELECT document_count, rejected_count, article_count, text_count, story_count, outlet_count, mention_count, "
        "entity_count, date_count, resolved_date_count, quote_count, attributed_quote_count FROM totals",
    )

    assert found == [(9, 2, 7, 5, 4, 3, 11, 3, 7, 5, 5, 5)]


def test_top_entities_are_ordered_by_stories_not_reprints(world: duckdb.DuckDBPyConnection) -> None:
    """Odesa stands in three stories, Kyiv in four printings of one."""
    found = answers(
        world, "SELECT name, story_count, article_count, mention_count, spelling_count, last_day FROM top_entities"
    )

    assert found == [
        ("Odesa", 3, 3, 3, 1, None),
        ("Kyiv", 1, 4, 4, 2, MARCH_3),
        ("Olena Marchuk", 1, 4, 4, 2, MARCH_3),
    ]


def test_spellings_of_one_entity_stand_together_with_their_rules(world: duckdb.DuckDBPyConnection) -> None:
    """Kiev is Kyiv by a named rule."""
    found = answers(
        world, "SELECT spelling, mention_count, mention_share, rules FROM entity_spellings WHERE name = 'Kyiv'"
    )

    assert found == [("Kyiv", 3, 0.75, ["own_name"]), ("Kiev", 1, 0.25, ["exonym"])]


def test_a_mention_without_a_mapped_entity_keeps_its_key() -> None:
    """Nothing vanishes when the map lags behind the mentions."""
    rows = small_world()
    rows["entity_map"] = [row for row in rows["entity_map"] if row["entity_key"] != "gpe:kiev"]
    with load(rows) as connection:
        found = answers(connection, "SELECT name, rule FROM entity_mentions WHERE spelling = 'Kiev'")

    assert found == [("gpe:kiev", "unmapped")]


def test_a_spelling_broken_over_lines_is_the_same_spelling() -> None:
    """The surface keeps the line break, the spelling does not."""
    rows = small_world()
    rows["mentions"][0]["surface"] = "Odesa\n  Port"
    with load(rows) as connection:
        found = answers(connection, "SELECT spelling FROM entity_spellings WHERE spelling LIKE '%Port'")

    assert found == [("Odesa Port",)]


def test_wordings_stand_side_by_side_with_what_differs(world: duckdb.DuckDBPyConnection) -> None:
    found = answers(world, "SELECT words, changes FROM quote_wordings WHERE quote_group_id = 'rebuild'")
    assert found == [
        ("We will rebuild the port", None),
        ("We will rebuild the harbour", "We will rebuild the [-port-] {+harbour+}"),
    ]


def test_a_timeline_counts_mentions_articles_and_stories_by_day(world: duckdb.DuckDBPyConnection) -> None:
    """Mentions in undated articles are kept, under no day."""
    found = answers(world, "SELECT name, day, mention_count, article_count, story_count FROM entity_timeline")

    assert found[:3] == [("Kyiv", MARCH_2, 2, 2, 1), ("Kyiv", MARCH_3, 2, 2, 1), ("Odesa", None, 3, 3, 3)]


def test_entities_named_together_are_one_pair(world: duckdb.DuckDBPyConnection) -> None:
    """Kiev and Kyiv are one side of the pair, and the pair stands once."""
    found = answers(world, "SELECT name, other_name, article_count, story_count FROM co_mentions")

    assert found == [("Kyiv", "Olena Marchuk", 4, 1)]


def test_who_said_what_names_the_speaker_and_leaves_scare_quotes_out(world: duckdb.DuckDBPyConnection) -> None:
    """A surname leads to the canonical name; a speaker who is no entity stays as written."""
    found = answers(world, "SELECT article_id, speaker, words, outlet FROM who_said_what")

    assert found == [
        ("post", "Olena Marchuk", "We will rebuild the harbour", "Harbour Post"),
        ("wire", "Olena Marchuk", "We will rebuild the port", "Meridian Wire"),
        ("gazette", "Olena Marchuk", "We will rebuild the port", "Old Gazette"),
        ("update", "Olena Marchuk", "We have rebuilt the port", "Meridian Wire"),
        ("orphan", "a walker", "Nobody knows when", None),
    ]


@pytest.mark.parametrize(
    ("surface", "words"),
    [
        ("‘We leave,’", "We leave"),
        ("'We leave.'", "We leave."),
        ("``We\nleave''", "We leave"),
        ("„We leave“", "We leave"),
        ("« We leave »", "We leave"),
        ("“‘Yes’ was all,”", "‘Yes’ was all"),
        ("‘“Yes,” she said’", "“Yes,” she said"),
        ("“She said ‘yes’", "She said ‘yes’"),
        ("'Tis late,", "'Tis late"),
    ],
)
def test_who_said_what_has_the_words_without_their_outer_marks(surface: str, words: str) -> None:
    """One pair of any form, or the one double mark of a quotation that goes on; marks inside stay."""
    rows = small_world()
    rows["quotes"] = [rows["quotes"][0] | {"surface": surface}]
    with load(rows) as connection:
        assert answers(connection, "SELECT words FROM who_said_what") == [(words,)]


def test_shared_quotes_show_their_wordings_side_by_side(world: duckdb.DuckDBPyConnection) -> None:
    """The commonest wording first; a quote of one article is not shared."""
    found = answers(
        world, "SELECT quote_group_id, wordings, article_count, story_count, outlet_count FROM shared_quotes"
    )

    wordings = ["We will rebuild the port", "We will rebuild the harbour"]
    assert found == [("rebuild", wordings, 3, 1, 3)]


def test_punctuation_and_case_do_not_make_another_wording() -> None:
    """Outlets set quotes off differently; that changes no words."""
    rows = small_world()
    rows["quotes"][2]["surface"] = "“we will rebuild the port!”"
    with load(rows) as connection:
        found = answers(connection, "SELECT wording_count FROM shared_quotes")

    assert found == [(2,)]


def test_duplicates_by_kind(world: duckdb.DuckDBPyConnection) -> None:
    """Pairs, the articles in them, and how many pairs cross outlets."""
    found = answers(world, "SELECT relation, pair_count, article_count, across_outlets_count FROM duplicate_kinds")

    assert found == [("copy", 2, 3, 2), ("exact", 1, 2, 1), ("version", 1, 2, 0)]


def test_duplicate_pairs_name_both_sides(world: duckdb.DuckDBPyConnection) -> None:
    """Headlines and outlets of both articles stand in the row."""
    found = answers(
        world, "SELECT headline, outlet, other_headline, other_outlet FROM duplicate_pairs WHERE relation = 'version'"
    )

    assert found == [("Port reopens", "Meridian Wire", "Port to reopen", "Meridian Wire")]


def test_publication_dates_say_what_they_rest_on(world: duckdb.DuckDBPyConnection) -> None:
    """Explicit days, an inferred range, and two that stay unknown."""
    found = answers(
        world, "SELECT basis, precision, article_count, story_count, mean_confidence FROM publication_basis"
    )

    assert found == [("explicit", "day", 4, 1, 1.0), ("inferred", "range", 1, 1, 0.6), ("unknown", "none", 2, 2, None)]
    market = answers(world, "SELECT day, earliest, latest FROM publication_dates WHERE article_id = 'market'")
    assert market == [(None, dt.date(2026, 3, 1), dt.date(2026, 3, 8))]


def test_each_piece_of_evidence_has_its_words_or_its_article() -> None:
    """The words that an inferred day rests on are shown, and the headline of a dated copy."""
    rows = small_world()
    rows["publications"][4]["evidence"] = (
        '[{"rule": "copy", "article_id": "wire", "earliest": "2026-03-01", "weekday": 1}]'
    )
    asked = "SELECT rule, words, other_headline, clue_earliest, clue_latest, clue_weekday FROM publication_evidence"
    with load(rows) as connection:
        found = answers(connection, f"{asked} WHERE rule <> 'stated' ORDER BY rule")

    assert found == [
        ("copy", None, "Port to reopen", dt.date(2026, 3, 1), None, "Monday"),
        ("future_day", "9 March", None, None, dt.date(2026, 3, 8), None),
    ]


def test_the_timeline_sets_names_beside_the_days_of_their_line(world: duckdb.DuckDBPyConnection) -> None:
    """Who is named in another line is not spoken of; without a name the day stands alone."""
    asked = "SELECT date_start, name, headline FROM timeline WHERE article_id IN ('post', 'market') ORDER BY 1, 2"

    assert answers(world, asked) == [
        (MARCH_2, "Kyiv", "Port to reopen soon"),
        (dt.date(2026, 3, 9), "Odesa", "Market day"),
    ]
    rows = small_world()
    rows["mentions"] = []
    with load(rows) as connection:
        assert answers(connection, asked) == [
            (MARCH_2, None, "Port to reopen soon"),
            (dt.date(2026, 3, 9), None, "Market day"),
        ]


def test_reasons_for_open_dates_are_counted(world: duckdb.DuckDBPyConnection) -> None:
    """By reason, type and granularity, with the wordings."""
    found = answers(
        world, "SELECT unresolved_reason, expression_count, undated_count, wordings FROM unresolved_reasons"
    )

    assert found == [
        ("no anchor in the text", 1, 1, ["that spring"]),
        ("publication day unknown", 1, 1, ["the 5th"]),
    ]


def test_unresolved_dates_give_reason_and_sentence(world: duckdb.DuckDBPyConnection) -> None:
    """The words around an open date are enough to judge it."""
    found = answers(world, "SELECT unresolved_reason, surface, context FROM unresolved_dates")

    assert [row[:2] for row in found] == [
        ("no anchor in the text", "that spring"),
        ("publication day unknown", "the 5th"),
    ]
    assert "The bridge at Odesa closed that spring." in found[0][2]


def test_the_calendar_gathers_expressions_of_one_day(world: duckdb.DuckDBPyConnection) -> None:
    """Three printings say Monday, which is one story."""
    found = answers(
        world, "SELECT date_start, expression_count, article_count, story_count, wordings FROM date_calendar LIMIT 1"
    )

    assert found == [(MARCH_2, 3, 3, 1, ["Monday"])]


def test_rejected_documents_keep_their_reason(world: duckdb.DuckDBPyConnection) -> None:
    """Nothing vanishes."""
    found = answers(world, "SELECT uri, reason FROM rejected_documents")

    assert found == [("pages/broken.txt", "not text: 40 % control characters"), ("pages/empty.txt", "no characters")]


def test_line_roles_add_up_to_each_outlet(world: duckdb.DuckDBPyConnection) -> None:
    """Two lines of three are body in every article."""
    found = answers(world, "SELECT role, line_count, line_share FROM line_roles WHERE outlet = 'Harbour Post'")

    assert found == [("body", 6, pytest.approx(2 / 3)), ("headline", 3, pytest.approx(1 / 3))]
    assert answers(world, "SELECT sum(line_share) FROM line_roles") == [(pytest.approx(4.0),)]


def test_runs_are_told_from_their_rows(world: duckdb.DuckDBPyConnection) -> None:
    """An error is not counted as a failure, nor the reverse."""
    found = answers(
        world,
        "SELECT run_number, status, seconds, document_count, rejected_count, check_count, failed_check_count, "
        "error_check_count, quarantined_count FROM run_history",
    )

    assert found == [
        (3, "unchanged", 90.0, 0, 0, 0, 0, 0, 0),
        (2, "committed", 90.0, 2, 2, 3, 1, 1, 1),
        (1, "committed", 90.0, 7, 0, 1, 0, 0, 0),
    ]


def test_recent_checks_tell_failure_from_error(world: duckdb.DuckDBPyConnection) -> None:
    """The newest run that checked anything has age 1, even if a later run had nothing to check."""
    found = answers(world, "SELECT check_age, run_id, verdict, severity, check_name FROM recent_checks")

    assert found == [
        (1, RUNS[1], "error", "critical", "surface_matches"),
        (1, RUNS[1], "failed", "warning", "day_in_range"),
        (1, RUNS[1], "passed", "critical", "unique_key"),
        (2, RUNS[0], "passed", "critical", "unique_key"),
    ]


def test_quarantine_is_counted_by_reason(world: duckdb.DuckDBPyConnection) -> None:
    """Each reason names a row to look at."""
    found = answers(world, "SELECT table_name, reason, row_count, sample_key FROM quarantine_reasons")

    assert found == [("dates", "year 9999 is out of range", 1, '{"article_id":"wire","raw_start":3}')]


def test_the_small_world_proves_itself(world: duckdb.DuckDBPyConnection) -> None:
    """Every span holds the characters it claims."""
    assert answers(world, "SELECT * FROM provenance_violations") == []


@pytest.mark.parametrize(
    ("table", "change", "problem"),
    [
        ("mentions", {"surface": "Lviv"}, "other words"),
        ("dates", {"raw_start": 5000, "raw_end": 5006}, "outside the text"),
        ("quotes", {"raw_start": -1}, "outside the text"),
        ("dates", {"raw_start": 0, "raw_end": 0, "surface": ""}, "no characters"),
        ("quotes", {"speaker_surface": "Someone Else"}, "other words"),
        ("quotes", {"speaker_raw_start": None}, "outside the text"),
        ("mentions", {"article_id": "nobody"}, "no raw text"),
        ("blocks", {"raw_end": 5000}, "outside the text"),
        ("blocks", {"raw_start": 9, "raw_end": 3}, "outside the text"),
        ("changes", {"raw_end": 5000}, "outside the text"),
        ("changes", {"other_raw_start": -1}, "outside the text"),
    ],
)
def test_a_row_that_does_not_prove_itself_is_found(table: str, change: dict[str, Any], problem: str) -> None:
    """One wrong row gives one violation, which names its table and what is wrong."""
    rows = small_world()
    rows[table][0] |= change
    with load(rows) as connection:
        found = answers(connection, "SELECT table_name, problem FROM provenance_violations")

    assert found == [(table, problem)]


def test_story_versions(world: duckdb.DuckDBPyConnection) -> None:
    """A version shows its changes in words, in order, and its text with them."""
    [(headline, other_headline, added, left_out, changes, marked)] = answers(
        world,
        "SELECT headline, other_headline, added_count, left_out_count, changes, marked_text FROM story_versions",
    )

    assert (headline, other_headline, added, left_out) == ("Port reopens", "Port to reopen", 5, 5)
    assert changes == [
        "[-plan-] {+first ship+}",
        "[-Monday-] {+Tuesday+}",
        "[-will rebuild-] {+have rebuilt+}",
        "[-Olena-]",
    ]
    assert marked == (
        "Kyiv welcomed the [-plan-] {+first ship+} on [-Monday-] {+Tuesday+}.\n"
        "“We [-will rebuild-] {+have rebuilt+} the port,” [-Olena-] Marchuk said."
    )


def test_versions_without_told_changes_are_versions_all_the_same() -> None:
    """An older Dateline told none; a text too long to be marked as a whole has its changes."""
    rows = small_world()
    rows["changes"] = []
    with load(rows) as connection:
        assert answers(connection, "SELECT added_count, changes, marked_text FROM story_versions") == [(0, [], None)]
    rows = small_world()
    next(row for row in rows["articles"] if row["article_id"] == "update")["text"] += " more" * 20_000
    with load(rows) as connection:
        assert answers(connection, "SELECT len(changes), marked_text FROM story_versions") == [(4, None)]


def test_offsets_count_code_points_beyond_the_basic_plane() -> None:
    """An emoji of several code points and a combining accent shift offsets by their code points."""
    text = "👨‍👩‍👧 e\u0301t\u00e9 Kyiv"
    rows: Rows = {
        "documents": [
            {"article_id": "a", "uri": "a", "media_type": "text/plain", "raw_text": text, "status": "accepted"}
        ],
        "mentions": [
            {
                "article_id": "a",
                "raw_start": text.index("Kyiv"),
                "raw_end": len(text),
                "surface": "Kyiv",
                "role": "body",
                "label": "GPE",
                "entity_key": "k",
                "key_rule": "own_name",
                "source": "model",
            }
        ],
    }
    with load(rows) as connection:
        assert answers(connection, "SELECT * FROM provenance_violations") == []


def test_run_measures(world: duckdb.DuckDBPyConnection) -> None:
    """The newest run comes first, with what the subject's values were."""
    assert answers(world, "SELECT run_age, subject, value, is_unusual, recent_values FROM run_measures") == [
        (1, "Harbour Post", 9.0, True, [4.0, 9.0]),
        (2, "Harbour Post", 4.0, False, [4.0, 9.0]),
    ]


def test_run_steps(world: duckdb.DuckDBPyConnection) -> None:
    """The slowest step of the newest run comes first, with its share of the run."""
    found = answers(world, "SELECT run_id, step, call_count, wall_seconds, wall_share, cpu_seconds FROM run_steps")

    assert found[:2] == [(RUNS[2], "extract", 4, 4.5, 0.75, 8.25), (RUNS[2], "ingest", 1, 1.5, 0.25, 1.0)]
    assert len(found) == 6


def test_run_steps_of_runs_that_recorded_none() -> None:
    """Runs of an older Dateline have no times; what is not JSON gives none either."""
    rows = small_world()
    rows["runs"][0]["steps"], rows["runs"][1]["steps"] = None, "{{"
    with load(rows) as connection:
        assert {run_id for (run_id,) in answers(connection, "SELECT run_id FROM run_steps")} == {RUNS[2]}


def test_run_rejections(world: duckdb.DuckDBPyConnection) -> None:
    """Each reason of each run is counted, with a record to look at."""
    found = answers(world, "SELECT reason, record_count, sample_uri FROM run_rejections ORDER BY reason")

    assert found == [
        ("no characters", 1, "pages/empty.txt"),
        ("not text: 40 % control characters", 1, "pages/broken.txt"),
    ]
