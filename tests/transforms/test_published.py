"""The publication date a record, page or text states: explicit only, first things first."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.published import DateLine, modified, moment, published, url_day

MARCH_3 = date(2026, 3, 3)
PAGE = {"published": {"value": "2026-03-04", "source": "meta article:published_time"}}


def above(*lines: str) -> list[DateLine]:
    return [DateLine(line, is_above=True) for line in lines]


def below(*lines: str) -> list[DateLine]:
    return [DateLine(line, is_above=False) for line in lines]


def day_of(*lines: DateLine, language: str | None = "en") -> date | None:
    found = published({}, {}, lines, language)
    return found.day if found else None


def test_the_record_s_own_date_comes_first() -> None:
    """Then the mark-up's, then a line's; each says where it was read."""
    lines = above("Published: 5 March 2026")
    sources = [published(own, page, lines) for own in ({"published": "2026-03-03"}, {}) for page in (PAGE, {})]
    assert [(found.day, found.source) for found in sources if found] == [
        (MARCH_3, "given"),
        (MARCH_3, "given"),
        (date(2026, 3, 4), "meta article:published_time"),
        (date(2026, 3, 5), "text line"),
    ]
    assert published({}, {}, []) is None


def test_an_earlier_day_shown_wins_over_mark_up() -> None:
    """Mark-up often keeps the day a page was moved; a day apart may be a time zone."""
    days = [published({}, PAGE, above(f"Published: {day} March 2026")) for day in (1, 3, 9)]
    assert [(found.day, found.differs) for found in days if found] == [
        (date(2026, 3, 1), "meta article:published_time 2026-03-04"),
        (date(2026, 3, 4), None),
        (date(2026, 3, 4), None),
    ]


def test_what_cannot_be_read_gives_way() -> None:
    """A given date in no known form does not hide the page's."""
    found = published({"published": "last week"}, PAGE, [])
    assert found is not None
    assert found.day == date(2026, 3, 4)
    assert published({"published": 20260303}, {}, []) is None


def test_a_line_says_where_its_day_stands() -> None:
    line = "Published: Tuesday, 3 March 2026, 14:20"
    found = published({}, {}, above("Sea", line))
    assert found is not None
    assert (found.line, line[found.start : found.end]) == (1, "3 March 2026")


def test_modified() -> None:
    """The record's own wins here too, and never stands for the publication."""
    page = {"modified": {"value": "2026-03-05T10:00:00Z", "source": "json-ld dateModified"}}
    assert published({}, page, []) is None
    first, second = modified({}, page), modified({"modified": "2026-03-06T10:00:00Z"}, page)
    assert first is not None
    assert second is not None
    assert (first.instant, first.source) == (datetime(2026, 3, 5, 10, tzinfo=UTC), "json-ld dateModified")
    assert (second.instant, second.source) == (datetime(2026, 3, 6, 10, tzinfo=UTC), "given")
    assert modified({}, {}) is None


@pytest.mark.parametrize(
    ("value", "day", "instant"),
    [
        ("2026-03-03", MARCH_3, None),
        ("20260303", MARCH_3, None),
        ("2026/03/03 10:00", MARCH_3, None),
        ("2026-03-03T23:30:00", MARCH_3, None),
        ("2026-03-03T23:30:00-05:00", MARCH_3, datetime(2026, 3, 4, 4, 30, tzinfo=UTC)),
        ("2026-03-03 23:30:00 -0500", MARCH_3, datetime(2026, 3, 4, 4, 30, tzinfo=UTC)),
        ("2026-03-03T00:30:00+14:00", MARCH_3, datetime(2026, 3, 2, 10, 30, tzinfo=UTC)),
        ("2026-03-03T12:00:00Z", MARCH_3, datetime(2026, 3, 3, 12, tzinfo=UTC)),
        (" 2026-03-03 ", MARCH_3, None),
        ("Tue, 03 Mar 2026 23:30:00 -0500", MARCH_3, datetime(2026, 3, 4, 4, 30, tzinfo=UTC)),
        ("Tue, 03 Mar 2026 12:00:00 GMT", MARCH_3, datetime(2026, 3, 3, 12, tzinfo=UTC)),
        ("Tue, 03 Mar 2026 12:00:00 -0000", MARCH_3, None),
        ("Tue Mar 03 2026 12:00:00 GMT+0100 (Central European Time)", MARCH_3, None),
        ("March 3, 2026", MARCH_3, None),
        ("13/03/2026 09:21:40", date(2026, 3, 13), None),
    ],
)
def test_moments(value: str, day: date, instant: datetime | None) -> None:
    """The day is that of the zone stated; an instant needs a zone."""
    assert moment(value) == (day, instant)


@pytest.mark.parametrize(
    "value",
    [
        *("", "soon", "2026", "0000-01-01", "2026-02-30", "2026-13-01", "9999-12-31", "1599-12-31", "1772524800"),
        *("9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+05:00", "Mon, 30 Feb 2026 12:00:00 GMT"),
        *("03/04/2026", "3 March 2026 to 5 March 2026", "2026-03-03 " * 100),
        *(None, 7, [], {"a": 1}),
    ],
)
def test_no_moments(value: object) -> None:
    """What is no day of the calendar, or leaves a doubt, is no date."""
    assert moment(value) is None


@given(st.one_of(st.text(), st.text(alphabet="0123456789-:TZ+ ,GMTFebMar", max_size=30)))
def test_any_text_is_a_moment_or_none(value: str) -> None:
    """Never an error."""
    found = moment(value)
    assert found is None or isinstance(found[0], date)


@pytest.mark.parametrize(
    "line",
    [
        "Published: Tuesday, 3 March 2026, 14:20",
        "March 3, 2026",
        "Posted 2026-03-03 | Shipping",
        "By Ana Costa | 3 March 2026",
        "Published: 3 March 2026 | Updated 5 March 2026",
        "Updated 5 March 2026 | Published 3 March 2026",
    ],
)
def test_days_of_a_line_above(line: str) -> None:
    assert day_of(*above(line)) == MARCH_3


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Veröffentlicht am 3. März 2026, aktualisiert am 5. März 2026", "de"),
        ("Publié le 3 mars 2026 - Mis à jour le 5 mars 2026", "fr"),
        ("Publicado el 3 de marzo de 2026", "es"),
        ("Atualizado em 5 de março de 2026. Publicado em 3 de março de 2026", "pt"),
        ("Опубликовано 3 марта 2026", "ru"),
        ("公開 2026年3月3日 更新 2026年3月5日", "ja"),
    ],
)
def test_labels_of_other_languages(line: str, language: str) -> None:
    assert day_of(*above(line), language=language) == MARCH_3


@pytest.mark.parametrize(
    "line",
    [
        *(
            "March 2026",
            "Tuesday",
            "3 March",
            "30 February 2026",
            "",
            "Updated: 5 March 2026",
            "© 3 March 2026 Copyright",
        ),
        *(
            "3 March 2026 to 5 March 2026",
            "Deadline: 5 March 2026",
            "By Ana Costa, AnalystUpdated 5 March 2026",
            "Aktualisiert: 5.3.2026",
            "Mis à jour le 05.03.2026",
        ),
        "The inspection of the whole harbour wall is due on 1 May 2026.",
    ],
)
def test_no_days_of_a_line(line: str) -> None:
    """Only a day stated in full, and only one, and none of an update or a sentence."""
    assert day_of(*above(line)) is None


def test_labels_on_the_line_before() -> None:
    assert day_of(*above("Last updated", "5 March 2026")) is None
    assert day_of(*above("Published", "3 March 2026", "Updated", "5 March 2026")) == MARCH_3
    assert day_of(*above("Last updated on 5 March 2026", "3 March 2026")) == MARCH_3
    assert day_of(*above("Reviewed by Bo Dahl", "3 March 2026")) == MARCH_3
    assert day_of(*above("Ferries stay in port until the storm is over", "3 March 2026")) == MARCH_3


@pytest.mark.parametrize(
    "lines",
    [
        ("Fish supper at the harbour", "Date: Tuesday, 3 March 2026", "Doors open 7pm"),
        ("Fish supper", "When: Tuesday 3 March 2026, 19:00", "Where: the old mill"),
        ("Fish supper", "When", "3 March 2026"),
        ("Fish supper", "Date:", "Tuesday, 3 March 2026"),
    ],
)
def test_a_day_that_may_be_an_event_s_needs_a_second_sign(lines: tuple[str, ...]) -> None:
    """An author or a source, the mark-up, or the same day in the address."""
    assert day_of(*above(*lines)) is None
    assert day_of(*above(*lines, "By Ana Costa")) == MARCH_3
    assert day_of(*above("Source: Harbour Post", *lines)) == MARCH_3
    own = {"url": "https://post.example/2026/03/03/supper"}
    addressed = published(own, {}, above(*lines))
    assert addressed is not None
    assert (addressed.day, addressed.source) == (MARCH_3, "url")
    marked = published({}, PAGE, above(*lines))
    assert marked is not None
    assert marked.source == PAGE["published"]["source"]


def test_lines_elsewhere_need_a_label_and_agree() -> None:
    assert day_of(*below("3 March 2026")) is None
    assert day_of(*below("Published 3 March 2026")) == MARCH_3
    assert day_of(*below("Published 3 March 2026", "Published 1 January 2026")) is None


def test_bare_days_above_agree() -> None:
    assert day_of(*above("3 March 2026", "1 January 2026")) is None


def test_the_address_counts_where_a_line_agrees() -> None:
    own = {"url": "https://post.example/2026/03/03/rain"}
    confirmed = published(own, {}, below("3 March 2026"))
    assert confirmed is not None
    assert (confirmed.day, confirmed.source) == (MARCH_3, "url")
    assert published(own, {}, below("4 March 2026")) is None
    assert published(own, {}, []) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://post.example/2026/03/03/rain", MARCH_3),
        ("https://post.example/rain-2026-03-03.html", MARCH_3),
        ("https://post.example/20260303/rain", MARCH_3),
        ("https://post.example/2026/03/rain", None),
        ("https://post.example/2026-1-release", None),
        ("https://post.example/2026/02/30/rain", None),
        ("https://post.example/1202603031", None),
        (None, None),
    ],
)
def test_days_of_addresses(url: str | None, day: date | None) -> None:
    assert url_day(url) == day


@given(st.lists(st.tuples(st.text(), st.booleans()), max_size=5))
def test_any_lines(lines: list[tuple[str, bool]]) -> None:
    found = published({}, {}, [DateLine(*line) for line in lines])
    assert found is None or found.line is not None
