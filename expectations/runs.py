"""What is expected of `runs`."""

from expectations.rules import Suite, not_null, one_of
from warehouse.schema import RUNS

SUITE = Suite(
    RUNS,
    (
        not_null("run_id"),
        one_of("status", ("committed", "unchanged", "blocked", "crashed")),
        not_null("versions"),
        not_null("settings"),
    ),
)
