"""Days as people print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.printed_days import printed_days

MARCH_4 = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        *(
            ("4 March 2026", None),
            ("March 4, 2026", "en"),
            ("Mar. 4 2026", "en"),
            ("4th March, 2026", "en"),
            ("4-Mar-2026", "en"),
        ),
        *(
            ("4. März 2026", "de"),
            ("04.03.2026", "de"),
            ("4. 3. 2026", "cs"),
            ("4 mars 2026", "fr"),
            ("4 de marzo de 2026", "es"),
        ),
        *(
            ("4 de março de 2026", "pt-BR"),
            ("4 marzo 2026", "it"),
            ("4 maart 2026", "nl"),
            ("4 maaliskuuta 2026", "fi"),
        ),
        *(
            ("4 marca 2026", "pl"),
            ("2026. március 4.", "hu"),
            ("4 martie 2026", "ro"),
            ("4 марта 2026", "ru"),
            ("4 березня 2026", "uk"),
        ),
        *(
            ("4 Μαρτίου 2026", "el"),
            ("4 Mart 2026", "tr"),
            ("4 مارس 2026", "ar"),
            ("4 tháng 3, 2026", "vi"),
            ("4 Maret 2026", "id"),
        ),
        *(
            ("2026年3月4日", "ja"),
            ("2026년 3월 4일", "ko"),
            ("2026. 3. 4.", "ko"),
            ("2026-03-04", None),
            ("2026/03/04 10:00", None),
        ),
        *(("03/04/2026", "en-US"), ("04/03/2026", "en-GB"), ("04/03/2026", "fr-FR")),
    ],
)
def test_languages(line: str, language: str | None) -> None:
    assert [printed.day for printed in printed_days(line, language)] == [MARCH_4]


def test_september_has_two_short_names() -> None:
    assert [printed.day.month for printed in printed_days("Sep 4, 2026 or Sept. 4, 2026")] == [9, 9]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "",
            "March 2026",
            "4 March",
            "30 February 2026",
            "2026-02-30",
            "0000-03-04",
            "9999-12-31",
            "03/04/2026",
            "03-04-2026",
            "1.4.3.2026",
        ),
        *("2024March 4", "Room 4 marbles 2026", "version 2026.3.4.1", "12/2026", "4/3/26"),
    ],
)
def test_no_day(line: str) -> None:
    assert printed_days(line) == []


def test_figures_that_allow_no_doubt() -> None:
    assert [printed.day for printed in printed_days("13/03/2026, 03/13/2026 and 05/05/2026")] == [
        date(2026, 3, 13),
        date(2026, 3, 13),
        date(2026, 5, 5),
    ]


@given(st.text(), st.sampled_from([None, "en", "de-AT", "ja", "xx", "", "e" * 50, "zh-Hant-TW"]))
def test_any_line(line: str, language: str | None) -> None:
    for printed in printed_days(line, language):
        assert 0 <= printed.start < printed.end <= len(line)


@given(st.dates(min_value=date(1700, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    for line in (day.isoformat(), f"{day:%-d %B %Y}", f"{day:%B %-d, %Y}", f"{day:%d.%m.%Y}"):
        assert [printed.day for printed in printed_days(line)] == [day]
