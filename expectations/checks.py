"""What is expected of `checks`: the verdicts themselves."""

from expectations.rules import Suite, not_null, one_of
from warehouse.schema import CHECKS

SUITE = Suite(
    CHECKS,
    (
        one_of("severity", ("critical", "warning", "info")),
        not_null("check_name"),
        not_null("is_error"),
    ),
)
