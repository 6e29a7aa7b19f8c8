"""What is expected of `quarantine`."""

from expectations.rules import Suite, not_null
from warehouse.schema import QUARANTINE

SUITE = Suite(QUARANTINE, (not_null("row_key"), not_null("check_name"), not_null("reason"), not_null("payload")))
