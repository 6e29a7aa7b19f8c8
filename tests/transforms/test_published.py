"""The publication date a record, page or text states: explicit only, first things first."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.published import moment, published, stated_day

MARCH_3 = date(2026, 3, 3)
PAGE = {"published": {"value": "2026-03-04", "source": "meta article:published_time"}}


def test_the_record_s_own_date_comes_first() -> None:
    """Then the mark-up's, then a line's; each says where it was read."""
    lines = ["Published: 5 March 2026"]
    assert published({"published": "2026-03-03"}, PAGE, lines)[::3] == (MARCH_3, "given")
    assert published({}, PAGE, lines)[::3] == (date(2026, 3, 4), "meta article:published_time")
    assert published({}, {}, lines)[::3] == (date(2026, 3, 5), "text line")
    assert published({}, {}, [])[::3] == (None, None)


def test_what_cannot_be_read_gives_way() -> None:
    """A given date in no known form does not hide the page's."""
    assert published({"published": "last week"}, PAGE, []).published_on == date(2026, 3, 4)
    assert published({"published": 20260303}, {}, []).published_on is None


def test_modified() -> None:
    """The record's own wins here too, and never stands for the publication."""
    page = {"modified": {"value": "2026-03-05T10:00:00Z", "source": "json-ld dateModified"}}
    assert published({}, page, []) == (None, None, datetime(2026, 3, 5, 10, tzinfo=UTC), None)
    assert published({"modified": "2026-03-06T10:00:00Z"}, page, []).modified_at == datetime(2026, 3, 6, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "day", "instant"),
    [
        ("2026-03-03", MARCH_3, None),
        ("2026-03-03T23:30:00", MARCH_3, None),
        ("2026-03-03T23:30:00-05:00", MARCH_3, datetime(2026, 3, 4, 4, 30, tzinfo=UTC)),
        ("2026-03-03T00:30:00+14:00", MARCH_3, datetime(2026, 3, 2, 10, 30, tzinfo=UTC)),
        ("2026-03-03T12:00:00Z", MARCH_3, datetime(2026, 3, 3, 12, tzinfo=UTC)),
        (" 2026-03-03 ", MARCH_3, None),
        ("Tue, 03 Mar 2026 23:30:00 -0500", MARCH_3, datetime(2026, 3, 4, 4, 30, tzinfo=UTC)),
        ("Tue, 03 Mar 2026 12:00:00 GMT", MARCH_3, datetime(2026, 3, 3, 12, tzinfo=UTC)),
        ("Tue, 03 Mar 2026 12:00:00 -0000", MARCH_3, None),
    ],
)
def test_moments(value: str, day: date, instant: datetime | None) -> None:
    """The day is that of the zone stated; an instant needs a zone."""
    assert moment(value) == (day, instant)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "soon",
        "2026",
        "0000-01-01",
        "2026-02-30",
        "2026-13-01",
        "9999-12-31T23:59:59-05:00",
        "0001-01-01T00:00:00+05:00",
        "Mon, 30 Feb 2026 12:00:00 GMT",
        "2026-03-03T25:00:00",
        "1772524800",
        None,
        7,
        [],
        {"a": 1},
    ],
)
def test_no_moments(value: object) -> None:
    """What is no day of the calendar is no date."""
    assert moment(value) is None


@given(st.one_of(st.text(), st.text(alphabet="0123456789-:TZ+ ,GMTFebMar", max_size=30)))
def test_any_text_is_a_moment_or_none(value: str) -> None:
    """Never an error."""
    found = moment(value)
    assert found is None or isinstance(found[0], date)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: Tuesday, 3 March 2026, 14:20", MARCH_3),
        ("March 3, 2026", MARCH_3),
        ("Posted 2026-03-03 | Shipping", MARCH_3),
        ("March 2026", None),
        ("Tuesday", None),
        ("3 March", None),
        ("3 March 2026 to 5 March 2026", None),
        ("30 February 2026", None),
        ("", None),
    ],
)
def test_days_of_a_line(line: str, day: date | None) -> None:
    """Only a day stated in full, and only one."""
    assert stated_day(line) == day


def test_an_update_is_no_publication() -> None:
    """Whether on a line of its own or behind the publication."""
    assert published({}, {}, ["Updated: 5 March 2026"]).published_on is None
    assert published({}, {}, ["Last updated on 5 March 2026", "3 March 2026"]).published_on == MARCH_3
    assert published({}, {}, ["Published: 3 March 2026 | Updated 5 March 2026"]).published_on == MARCH_3
