"""What the words around a match must be for it to be a date: each guard is asked with the text and the span."""

from transforms.timex.guards.around import after_preposition, lower_case, unjoined
from transforms.timex.guards.dates import (
    day_in_figures_said,
    day_meant,
    end_meant,
    lone_month,
    no_address,
    no_festivity,
    no_version,
    nothing_counted,
    season_meant,
    season_said,
)
from transforms.timex.guards.lengths import length_meant, length_said, long_time_said, not_age, thing_old
from transforms.timex.guards.relative import (
    far_time_said,
    no_other_weekend,
    no_title,
    not_compared_time,
    nothing_compared,
    span_at_hand,
    stands_alone,
    that_day_meant,
    uncounted,
)
from transforms.timex.guards.times import clock_said, hour_said, noon_meant
from transforms.timex.guards.weekdays import day_itself, weekday_meant
from transforms.timex.guards.years import lone_year

__all__ = [
    "after_preposition", "clock_said", "day_in_figures_said", "day_itself", "day_meant", "end_meant", "far_time_said",
    "hour_said", "length_meant", "length_said", "lone_month", "lone_year", "long_time_said", "lower_case",
    "no_address", "no_festivity", "no_other_weekend", "no_title", "no_version", "noon_meant", "not_age",
    "not_compared_time", "nothing_compared", "nothing_counted", "season_meant", "season_said", "span_at_hand",
    "stands_alone", "that_day_meant", "thing_old", "uncounted", "unjoined", "weekday_meant",
]  # fmt: skip
