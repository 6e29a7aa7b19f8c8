"""Days of publication inferred from the words of an article.

A golden case is one file in `tests/cases/dating`: a title, the lines of the page (each "role: words"; those of
captions and of the body are passages, all others lines outside the story), one line for each clue (rule, words, bounds,
weekday, time of year), and what is inferred: interval, best day, weekday, and the rules it rests on.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import dating
from transforms.dating import (
    Clue,
    Line,
    Publication,
    clues_from_json,
    clues_to_json,
    find_clues,
    infer,
    neighbour_clue,
)
from transforms.dating.anchors import anchor_mentions
from transforms.pages import Passage
from transforms.segments import RawMap, clean_line, join_lines
from transforms.timex import find_dates

CASES = sorted((Path(__file__).parents[1] / "cases" / "dating").glob("*.txt"))
PASSAGES = ("headline", "deck", "caption", "body")
RULES = (
    "past_day", "past_month", "past_quarter", "past_year", "future_day", "future_month", "future_quarter",
    "future_year", "caption_day", "caption_weekday", "copyright_year", "dateline_day", "dated_line", "updated_line",
    "agency_dateline", "eastern_dateline", "weekday_said", "weekday_past", "weekday_late", "weekday_earlier",
    "weekday_future", "weekday_open", "weekday_span", "weekday_limit", "weekday_adjective", "weekday_last",
    "weekday_next", "weekday_of_day", "years_since", "last_week", "dated_anchor", "anniversary",
)  # fmt: skip
BOUNDS = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2040, 12, 31)))
MONTH_DAYS = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map("{:%m-%d}".format)
SEASONS = st.one_of(st.none(), st.tuples(MONTH_DAYS, MONTH_DAYS))
CLUES = st.builds(
    Clue,
    st.sampled_from(RULES),
    st.integers(0, 5000),
    st.integers(0, 5000),
    BOUNDS,
    BOUNDS,
    st.one_of(st.none(), st.integers(1, 7)),
    SEASONS,
    st.one_of(st.none(), st.sampled_from(["a", "b"])),
)
WORDS = st.sampled_from([
    "on", "in", "the", "last", "next", "this", "two", "5", "March", "2024", "Tuesday", "week", "month", "ago", "years",
    "said", "will", "by", "Christmas", "80th anniversary", "D-Day", "late", "OSLO (AB) -", "since", ",", ".", "\n",
    "1999", "later", "invasion", "\u00a9", "Copyright", "Friday", "May 28",
])  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(WORDS).map(" ".join))


class Case(NamedTuple):
    """A golden case as read from its file."""

    raw_text: str
    roles: list[str]
    clues: list[str]
    publication: str


def read_case(path: Path) -> Case:
    """Read a case file: title, page, clues and result, apart by lines of three dashes."""
    _, page, clues, publication = path.read_text(encoding="utf-8").split("---\n")
    lines = [line.split(": ", 1) for line in page.splitlines()]
    return Case("\n".join(words for _, words in lines), [role for role, _ in lines], clues.splitlines(), publication)


def clues_of(raw_text: str, roles: list[str]) -> list[Clue]:
    """Find the clues of a page given as lines and their roles."""
    starts = [0, *(match.end() for match in re.finditer("\n", raw_text))]
    lines_of_text = zip(roles, starts, raw_text.split("\n"), strict=True)
    spans = [(role, start, start + len(line)) for role, start, line in lines_of_text]
    passages = [
        Passage(role, line.text, raw_text, RawMap(line.segments))
        for role, start, end in spans
        if role in PASSAGES[:3] and (line := clean_line(raw_text, start, end)).text
    ]
    told = [clean_line(raw_text, start, end) for role, start, end in spans if role == "body"]
    body = join_lines([line for line in told if line.text])
    if body.text:
        passages.append(Passage("body", body.text, raw_text, RawMap(body.segments)))
    lines = [Line(role, raw_text[start:end], start) for role, start, end in spans if role not in PASSAGES]
    return find_clues(passages, [find_dates(passage.text) for passage in passages], lines)


def clue_line(clue: Clue, raw_text: str) -> str:
    """Write a clue as a line of a case file."""
    bounds = f"{clue.earliest or ''}..{clue.latest or ''}" if clue.earliest or clue.latest else "-"
    time_of_year = "..".join(clue.season) if clue.season else "-"
    return (
        f"{clue.rule} | {raw_text[clue.raw_start : clue.raw_end]} | {bounds} | {clue.weekday or '-'} | {time_of_year}"
    )


def publication_text(found: Publication) -> str:
    """Write what was inferred as a case file does."""
    days = f"{found.earliest or ''}..{found.latest or ''}"
    return f"{days} | best {found.best or '-'} | {found.weekday or '-'}\n{found.reason}\n"


def read(text: str) -> list[Clue]:
    """Find the clues of a body of one or more lines."""
    return clues_of(text, ["body"] * (text.count("\n") + 1))


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
    """Whole pages with their clues and what these allow."""

    @pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
    def test_golden(self, path: Path) -> None:
        """Clues and result are those of the file."""
        case = read_case(path)
        clues = clues_of(case.raw_text, case.roles)
        assert [clue_line(clue, case.raw_text) for clue in clues] == case.clues
        assert publication_text(infer(clues)) == case.publication

    def test_every_rule_has_a_case(self) -> None:
        """No rule is without a file that shows it."""
        shown = {line.split(" | ")[0] for path in CASES for line in read_case(path).clues}
        assert shown == set(RULES)


class TestProperties:
    """What holds for any clues and any text."""

    @given(st.lists(CLUES, max_size=8), st.randoms(use_true_random=False))
    def test_order_is_no_matter(self, clues: list[Clue], random: object) -> None:
        """Clues in another order, or twice, give the same."""
        shuffled = sorted(clues, key=lambda _: random.random())  # type: ignore[attr-defined]
        assert infer(shuffled) == infer(clues) == infer([*clues, *clues])

    @given(st.lists(CLUES, max_size=8))
    def test_never_an_empty_interval(self, clues: list[Clue]) -> None:
        """The interval holds a day; the best day lies in it and is of the weekday."""
        found = infer(clues)
        assert (found.earliest or date.min) <= (found.latest or date.max)
        if found.best:
            assert (found.earliest or date.min) <= found.best <= (found.latest or date.max)
            assert found.weekday == f"{found.best:%A}"
        assert (found.confidence is None) == (not found.clues)
        assert found.confidence is None or 0 <= found.confidence <= 1
        assert set(found.clues) <= set(clues)
        assert found.reason

    @given(st.lists(CLUES, max_size=6))
    def test_json_keeps_all(self, clues: list[Clue]) -> None:
        """Clues come back from JSON as they were."""
        assert clues_from_json(clues_to_json(clues)) == clues

    @given(TEXTS)
    def test_any_text(self, text: str) -> None:
        """No text raises; clues lie in the raw text, in order."""
        clues = read(text)
        starts = [clue.raw_start or 0 for clue in clues]
        assert starts == sorted(starts)
        assert all(0 <= (clue.raw_start or 0) < (clue.raw_end or 0) <= len(text) for clue in clues)
        infer(clues)

    @given(st.lists(WORDS, max_size=12).map(" ".join))
    def test_no_clock(self, text: str) -> None:
        """The same text gives the same at either end of the earth."""
        with in_zone("Pacific/Kiritimati"):
            east = infer(read(text))
        with in_zone("Pacific/Pago_Pago"):
            assert infer(read(text)) == east

    def test_no_clock_is_read(self) -> None:
        """No module asks for the present day."""
        clock = re.compile(r"\.(?:today|now|utcnow|localtime|time)\(|^import time|\bopen\(", re.MULTILINE)
        sources = Path(str(dating.__file__)).parent.rglob("*.py")
        assert [path.name for path in sources if clock.search(path.read_text(encoding="utf-8"))] == []


class TestContradictions:
    """Evidence against evidence."""

    def test_both_are_left_out(self) -> None:
        """Of two clues that exclude each other neither is taken."""
        late, early = Clue("past_year", 1, 5, date(2024, 1, 1)), Clue("future_year", 9, 13, None, date(2020, 12, 31))
        found = infer([late, early])
        assert (found.earliest, found.latest, found.clues) == (None, None, ())
        assert found.reason == "the evidence contradicts itself"

    def test_the_rest_stands(self) -> None:
        """What contradicts nothing still bounds."""
        clues = [
            Clue("past_year", 1, 5, date(2024, 1, 1)),
            Clue("past_month", 6, 8, date(2019, 5, 1)),
            Clue("future_year", 9, 13, None, date(2020, 12, 31)),
        ]
        assert infer(clues).earliest == date(2019, 5, 1)

    def test_relatives_that_disagree(self) -> None:
        """Copies dated weeks apart say nothing."""
        found = infer([neighbour_clue("copy", "a", date(2024, 1, 1)), neighbour_clue("copy", "b", date(2024, 3, 1))])
        assert (found.earliest, found.latest) == (None, None)


class TestNeighbours:
    """What other articles say."""

    def test_copy_bounds(self) -> None:
        """An article appears about when its copy does."""
        found = infer([neighbour_clue("copy", "other", date(2024, 9, 11))])
        assert found.earliest
        assert found.latest
        assert found.earliest <= date(2024, 9, 11) <= found.latest
        assert found.latest - found.earliest < timedelta(days=7)
        assert [clue.article_id for clue in found.clues] == ["other"]

    def test_copy_and_weekday(self) -> None:
        """A copy's day and the weekday the words name make a day stand out."""
        clues = [*read("LIMA (ABC) - The port shut, officials said on Wednesday. The mayor said on Wednesday so."),
                 neighbour_clue("copy", "other", date(2024, 9, 11))]  # fmt: skip
        assert infer(clues).weekday == "Wednesday"

    def test_end_of_the_calendar(self) -> None:
        """No day is too early or too late."""
        for day in (date.min, date.max):
            assert infer([neighbour_clue("shared_quote", "a", day)]).earliest

    def test_unknown_relation(self) -> None:
        """A relation nobody knows is an error."""
        with pytest.raises(KeyError):
            neighbour_clue("cousin", "a", date(2024, 1, 1))


class TestAnchors:
    """The table of dated anchors."""

    def test_every_name_is_found(self) -> None:
        """Each row is read, and each name found as a whole word only."""
        table = Path(str(dating.__file__)).with_name("anchors.csv").read_text(encoding="utf-8")
        for row in table.splitlines()[1:]:
            for name in row.split(",")[0].split("|"):
                assert anchor_mentions(f"before {name}.")
                assert not anchor_mentions(f"x{name}x")


class TestHostile:
    """Time grows with the text, whatever is in it."""

    @pytest.mark.parametrize(
        "text",
        [
            "said on Monday " * 20_000,
            "in 1999 " * 50_000,
            "May 1, 2024 " * 30_000,
            "two years ago in 2020 " * 20_000,
            "next month Christmas " * 20_000,
            "80th anniversary D-Day " * 20_000,
            "OSLO " * 100_000,
            "Tuesday, May 28\n" * 20_000,
            "(" * 500_000,
            "will " * 100_000 + "by 2031",
            "a" * 1_000_000,
        ],
        ids=lambda text: text[:12].strip(),
    )
    def test_long_text(self, text: str) -> None:
        """Long hostile text gives few clues, soon."""
        passage = Passage("body", text, text, RawMap(clean_line(text).segments))
        founds = find_dates(text)
        started = time.process_time()
        clues = find_clues([passage], [founds], [Line("furniture", text, 0)])
        infer(clues)
        assert time.process_time() - started < 10
        assert len(clues) < 1_000
