"""How the day of publication lies to the weekdays an article names, as log odds.

Each row is for 0 to 6 days from the named weekday to that of publication. Learnt by conditional logistic regression
from dated newswire and newspaper stories, those sent out at night left aside; rounded. Rows for what is rare, and for
`bracket`, are guesses.
"""

Row = tuple[float, float, float, float, float, float, float]

NAMED: dict[str, Row] = {
    "weekday_said": (1.7, 0.8, -0.1, -0.1, -0.8, -0.9, -0.7),
    "weekday_past": (1.0, 0.7, 0.3, -0.1, -0.6, -0.7, -0.6),
    "weekday_late": (0.0, 0.8, 0.4, 0.2, -0.4, -0.5, -0.5),
    "weekday_earlier": (0.7, 0.3, -0.2, -0.2, -0.1, -0.1, -0.4),
    "weekday_future": (-0.2, -0.7, -0.3, 0.3, 0.1, 0.4, 0.5),
    "weekday_open": (0.1, -0.3, -0.1, -0.1, 0.4, -0.1, -0.1),
    "weekday_span": (-0.2, 0.6, 0.3, 0.5, -0.2, -0.3, -0.6),
    "weekday_limit": (0.0, 0.1, -0.1, -0.4, 0.0, -0.1, 0.5),
    "weekday_adjective": (0.1, 0.0, -0.4, -0.1, -0.2, 0.2, 0.4),
    "weekday_last": (-0.2, 0.0, 0.2, 0.3, -0.2, 0.1, -0.2),
    "weekday_next": (0.0, 0.2, 0.0, 0.1, -0.1, -0.1, -0.2),
}
"""For each time a weekday is named so, damped: n times count as the square root of n."""

FIRST: dict[str, Row] = {
    "weekday_said": (1.7, 0.2, -0.6, -0.3, -0.7, -0.5, 0.2),
    "weekday_past": (1.7, 0.2, -0.4, -0.6, -0.4, -0.5, -0.1),
    "weekday_late": (0.5, 0.6, 0.0, -0.2, -0.2, -0.2, -0.4),
    "weekday_earlier": (0.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "weekday_future": (1.2, -0.1, -0.3, -0.7, -0.4, -0.3, 0.4),
    "weekday_open": (1.2, 0.2, -0.4, -0.3, -0.2, -0.2, -0.2),
    "weekday_span": (0.9, 0.3, -0.1, -0.2, -0.3, -0.3, -0.2),
    "weekday_limit": (0.6, -0.1, 0.0, -0.2, -0.1, 0.0, -0.1),
    "weekday_last": (0.2, 0.2, 0.0, -0.3, 0.0, 0.1, -0.3),
}
"""In addition, for the first weekday of the article."""

BRACKET: Row = (0.0, 0.8, 0.0, 0.0, 0.0, 0.0, 0.0)
"""In addition, for a late past weekday when the day after next is told as to come and the one between not at all."""

WEEKDAYS: Row = (0.3, 0.1, 0.2, 0.0, 0.0, -0.7, 0.0)
"""For Monday to Sunday alike: how much is published."""

WITHOUT_AGENCY = 0.8
"""What all odds are multiplied by where no agency's dateline stands: such texts may be dated a day or more later."""
