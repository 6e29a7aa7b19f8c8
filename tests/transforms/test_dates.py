"""The dates stage, from text to rows.

A golden case is one file in `tests/cases/dates`: a title, the publication day (or
"first..last", with "inferred" behind it where it is), the text, and one line for each
expected row: surface, type, value, days, what it was resolved against or why it was
not, and the days of the range it is an end of. `~` stands for a no-break space.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import timex
from transforms.dates import dates
from transforms.expressions import expressions
from transforms.segments import clean_line, join_lines
from transforms.timex import Found, Published, Resolved, find_dates, resolve_all
from transforms.timex.rules import RULES
from warehouse.schema import ARTICLES, BLOCKS, DATES, DOCUMENTS, EXPRESSIONS, PUBLICATIONS

CASES = sorted((Path(__file__).parents[1] / "cases" / "dates").glob("*.txt"))
NO_DATES = [
    line
    for line in (Path(__file__).parents[1] / "cases" / "no_dates.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
PUBLISHED = date(2026, 3, 5)
WORDS = st.sampled_from([
    "on", "in", "the", "last", "next", "this", "two", "5", "11", "March", "May", "Sunday", "Tuesday", "week",
    "weeks", "ago", "later", "year", "2024", ",", ".", "-", "Q3", "a", "half", "and", "every", "first", "quarter",
    "of", "9", "a.m.", "early", "mid", "30", "February", "tonight", "\u00a0", "\n",
])  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(WORDS).map(" ".join))
DAYS = st.one_of(st.none(), st.dates())


class Case(NamedTuple):
    """A golden case as read from its file."""

    published: Published | None
    text: str
    rows: list[str]


def read_case(path: Path) -> Case:
    """Read a case file: head, text and rows, apart by lines of three dashes."""
    head, text, rows = path.read_text(encoding="utf-8").replace("~", "\u00a0").split("---\n")
    return Case(read_published(head.rpartition("published: ")[2].strip()), text.removesuffix("\n"), rows.splitlines())


def read_published(line: str) -> Published | None:
    """Read "2026-03-05", "2026-03-01..2026-03-05 inferred" or "unknown"."""
    if line == "unknown":
        return None
    days, _, inferred = line.partition(" ")
    earliest, _, latest = days.partition("..")
    return Published(date.fromisoformat(earliest), date.fromisoformat(latest or earliest), inferred == "inferred")


def row(text: str, found: Found, resolved: Resolved) -> str:
    """Write one result as a line of a case file."""
    start, end = resolved.date_start, resolved.date_end
    days = "-" if start is None else f"{start}" if start == end else f"{start}..{end}"
    basis = resolved.anchor or resolved.unresolved_reason
    stretch = f" | {resolved.range_earliest}..{resolved.range_latest}" if resolved.range_earliest else ""
    return f"{text[found.start : found.end]} | {resolved.type} | {resolved.value or '-'} | {days} | {basis}{stretch}"


def resolved_texts(text: str, published: date | None) -> list[tuple[Found, Resolved]]:
    """Find and resolve in one go."""
    return list(resolve_all(find_dates(text), on(published) if published else None))


def on(day: date) -> Published:
    """Publication on a day that is known."""
    return Published(day, day)


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """Run the block with the machine's clock in the zone `name`."""
    before = os.environ.get("TZ", "UTC")
    os.environ["TZ"] = name
    time.tzset()
    yield
    os.environ["TZ"] = before
    time.tzset()


class TestCases:
    """Whole texts with every row they give."""

    @pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
    def test_golden(self, path: Path) -> None:
        """The rows are those of the file, no more and no fewer."""
        case = read_case(path)
        assert [row(case.text, *pair) for pair in resolve_all(find_dates(case.text), case.published)] == case.rows

    def test_there_are_cases(self) -> None:
        """The folder was found."""
        assert len(CASES) >= 20


class TestNoDates:
    """Sentences, one a line, in which nothing is a date."""

    @pytest.mark.parametrize("line", NO_DATES)
    def test_nothing_is_found(self, line: str) -> None:
        """A word, name or number that looks like a date is none."""
        assert [line[found.start : found.end] for found in find_dates(line)] == []

    def test_there_are_enough(self) -> None:
        """The probe covers what news is full of."""
        assert len(NO_DATES) >= 150


class TestProperties:
    """What holds for any text and any publication day."""

    @given(TEXTS)
    def test_spans_are_disjoint_and_inside(self, text: str) -> None:
        """Spans are in order, not empty, inside the text, and never overlap."""
        ends = [0]
        for found in find_dates(text):
            assert ends[-1] <= found.start < found.end <= len(text)
            ends.append(found.end)

    @given(TEXTS)
    def test_no_line_is_crossed(self, text: str) -> None:
        """An expression stands on one line."""
        assert not any("\n" in text[found.start : found.end] for found in find_dates(text))

    @given(TEXTS, DAYS)
    def test_resolved_or_reasoned(self, text: str, published: date | None) -> None:
        """Either both days and an anchor are given, in order, or neither and a reason."""
        for _, resolved in resolved_texts(text, published):
            assert (resolved.date_start is None) == (resolved.date_end is None) == (resolved.anchor is None)
            assert (resolved.date_start is None) == (resolved.unresolved_reason is not None)
            if resolved.date_start and resolved.date_end:
                assert resolved.date_start <= resolved.date_end
            assert 0 <= resolved.confidence <= 1

    @given(TEXTS)
    def test_nothing_is_assumed_without_publication(self, text: str) -> None:
        """Without a publication date no row rests on one."""
        assert not any(resolved.anchor == "publication" for _, resolved in resolved_texts(text, None))

    @given(st.lists(WORDS, max_size=12).map(" ".join), DAYS)
    def test_time_zone_of_the_machine_is_no_input(self, text: str, published: date | None) -> None:
        """The same text and day give the same rows at either end of the earth."""
        with in_zone("Pacific/Kiritimati"):
            east = resolved_texts(text, published)
        with in_zone("Pacific/Pago_Pago"):
            assert resolved_texts(text, published) == east


class TestHonesty:
    """No clock, no file, no network."""

    def test_no_clock_is_read(self) -> None:
        """No module of the engine asks for the present day."""
        sources = Path(str(timex.__file__)).parent.rglob("*.py")
        clock = re.compile(r"\.(?:today|now|utcnow|localtime|time)\(|^import time|\bopen\(", re.MULTILINE)
        assert [path.name for path in sources if clock.search(path.read_text(encoding="utf-8"))] == []

    def test_every_rule_has_a_case(self) -> None:
        """No rule is without a golden case that shows what it finds."""
        shown = {found.rule for path in CASES for found in find_dates(read_case(path).text)}
        assert {rule.name for rule in RULES} - shown == set()

    def test_rule_names_are_words(self) -> None:
        """Every rule has a name fit for the column `rule`."""
        assert all(re.fullmatch(r"[a-z0-9_]+", rule.name) for rule in RULES)


class TestSpeed:
    """Time grows with the text, whatever is in it."""

    @pytest.mark.parametrize(
        "text",
        [
            "1" * 1_000_000,
            "on Monday " * 10_000,
            "the " * 100_000,
            "a year and a " * 50_000,
            "2024-" * 100_000,
            "more than " * 50_000,
            "March " * 100_000,
            "May 1, " * 50_000,
            "early-" * 100_000,
            "\u00a0" * 500_000,
            "x" * 1_000_000,
            "1a" * 500_000,
            "a year before " * 30_000,
            "on 30/02/2024 at 25:61 " * 10_000,
            "2\u200f0\u200f2\u200f6-\u200f03 " * 50_000,
            "Christmas of the year of " * 20_000,
            "will said until " * 30_000 + "Monday " * 20_000,
        ],
        ids=lambda text: text[:8].strip(),
    )
    def test_hostile_text(self, text: str) -> None:
        """A long hostile text takes seconds at most."""
        started = time.process_time()
        resolved_texts(text, PUBLISHED)
        assert time.process_time() - started < 10


RAW = (
    "  Ferry\u00a0sinks on Tuesday\n\nBy A. Writer, March 1, 2026\n\n"
    "The ferry sank on\u00a0 Tuesday.\nIt sails on Friday.\n"
)
ROLES = ("headline", "blank", "byline", "blank", "body", "body")


def tables(published_on: date | None) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Make the three tables the stage reads, for one small document."""
    lines = [(match.start(), match.end()) for match in re.finditer(r"^.*$", RAW, re.MULTILINE)][: len(ROLES)]
    blocks = [
        {"article_id": "a", "block_number": number, "raw_start": start, "raw_end": end, "role": role, "rule": "given"}
        for number, ((start, end), role) in enumerate(zip(lines, ROLES, strict=True))
    ]
    body = [clean_line(RAW, start, end) for (start, end), role in zip(lines, ROLES, strict=True) if role == "body"]
    text, segments = join_lines(body)
    runs = [segment._asdict() for segment in segments]
    article = {"article_id": "a", "text": text, "segments": runs, "published_on": published_on}
    document = {"article_id": "a", "uri": "a.txt", "media_type": "text/plain", "raw_text": RAW, "status": "accepted"}
    return DOCUMENTS.rows([document]), BLOCKS.rows(blocks), ARTICLES.rows([article])


def resolved(published_on: date | None) -> pa.Table:
    """Find the expressions of the document, and resolve them against its day of publication."""
    row = {"article_id": "a", "earliest": published_on, "latest": published_on, "basis": "explicit"}
    return dates(expressions(*tables(published_on)), PUBLICATIONS.rows([row]))


class TestStage:
    """Arrow tables in, rows of `DATES` out."""

    def test_rows_prove_themselves(self) -> None:
        """The surface is what stands in the raw text; body rows also point into the clean text."""
        inputs = tables(PUBLISHED)
        rows = resolved(PUBLISHED).to_pylist()
        text = inputs[2]["text"][0].as_py()
        assert [(row["surface"], row["role"], row["value"]) for row in rows] == [
            ("Tuesday", "headline", "2026-03-03"),
            ("Tuesday", "body", "2026-03-03"),
            ("Friday", "body", "2026-02-27"),
        ]
        for row in rows:
            assert RAW[row["raw_start"] : row["raw_end"]] == row["surface"]
            if row["role"] == "body":
                assert text[row["text_start"] : row["text_end"]] == row["surface"]
            else:
                assert row["text_start"] is None

    def test_schema_and_order(self) -> None:
        """The table is of the declared schema, in raw order, with no run yet."""
        table = resolved(PUBLISHED)
        assert table.schema.equals(DATES.arrow)
        starts = table["raw_start"].to_pylist()
        assert starts == sorted(starts)
        assert table["run_id"].null_count == table.num_rows

    def test_without_publication(self) -> None:
        """Relative rows stay, with a reason."""
        rows = resolved(None).to_pylist()
        assert [row["value"] for row in rows] == ["XXXX-WXX-2", "XXXX-WXX-2", "XXXX-WXX-5"]
        assert all(row["date_start"] is None and "publication date" in row["unresolved_reason"] for row in rows)

    def test_empty(self) -> None:
        """No article, no row."""
        assert dates(EXPRESSIONS.empty(), PUBLICATIONS.empty()).equals(DATES.empty())
