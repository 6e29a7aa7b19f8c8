"""Publication known as an interval: what holds whatever the text, and how forms are stored till it is known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.timex import Published, Resolved, find_dates, form_from_json, form_to_json, resolve_all
from transforms.timex.forms import Form

WORDS = st.sampled_from([
    "on", "in", "the", "last", "next", "this", "two", "11", "March", "May", "Sunday", "Tuesday", "week", "weeks",
    "ago", "later", "year", "2024", ",", ".", "quarter", "will", "said", "yesterday", "summer", "month", "a", "earlier",
])  # fmt: skip
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)
DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))
FORMS = st.sampled_from(get_args(Form)).flatmap(st.from_type)


def readings(text: str, published: Published | None) -> list[Resolved]:
    """Find and resolve."""
    return [resolved for _, resolved in resolve_all(find_dates(text), published)]


class TestInterval:
    """Every publication day of an interval is served by what is said of the interval."""

    @given(TEXTS, DAYS, st.integers(1, 91), st.integers(0, 91))
    def test_hull_holds_every_day_between(self, text: str, earliest: date, width: int, step: int) -> None:
        """What the text means as of any day between lies in what it means as of the interval."""
        day = earliest + timedelta(days=min(step, width))
        wide = readings(text, Published(earliest, earliest + timedelta(days=width), is_inferred=True))
        for hull, exact in zip(wide, readings(text, Published(day, day)), strict=True):
            if hull.date_start and hull.date_end and exact.date_start and exact.date_end:
                assert hull.date_start <= exact.date_start <= exact.date_end <= hull.date_end

    @given(TEXTS, DAYS, st.integers(0, 91))
    def test_inference_is_never_called_publication(self, text: str, earliest: date, width: int) -> None:
        """Nothing that rests on an inferred day bears the anchor of a given one, nor its confidence."""
        latest = earliest + timedelta(days=width)
        inferred = readings(text, Published(earliest, latest, is_inferred=True))
        for guess, sure in zip(inferred, readings(text, Published(earliest, earliest)), strict=True):
            assert guess.anchor != "publication"
            assert guess.confidence <= sure.confidence or guess.date_start is None

    @given(TEXTS, DAYS, st.integers(92, 4000))
    def test_too_wide_an_interval_is_none(self, text: str, earliest: date, width: int) -> None:
        """Over more than 92 days the rows are those without publication, but for the reason."""
        wide = readings(text, Published(earliest, earliest + timedelta(days=width), is_inferred=True))
        assert [row[:7] for row in wide] == [row[:7] for row in readings(text, None)]
        assert all(row.unresolved_reason != "no publication date" for row in wide)


class TestStoring:
    """Forms survive being stored."""

    @given(FORMS)
    def test_round_trip(self, form: Form) -> None:
        """What was written is read back, type and all."""
        # compared as written, for a count that is no number equals nothing, not even itself
        assert repr(form_from_json(form_to_json(form))) == repr(form)

    @given(st.text(max_size=40))
    def test_anything_else_is_refused(self, text: str) -> None:
        """What is no stored form raises ValueError, and nothing else."""
        with pytest.raises(ValueError, match="no stored form"):
            form_from_json(text)

    @pytest.mark.parametrize("text", ['["Nothing", 1]', '["Day"]', "[]", "7", '[["Day"]]', "{}", "null"])
    def test_other_json_is_refused(self, text: str) -> None:
        """JSON of another kind is refused too."""
        with pytest.raises(ValueError, match="no stored form"):
            form_from_json(text)
