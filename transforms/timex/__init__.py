"""Temporal expressions in English news text, with TIMEX3 (ISO-TimeML) values.

Three steps kept apart: `finder` finds spans, the rules interpret them as `forms`
(what the words say), and `resolver` places forms on the calendar.
"""

from transforms.timex.finder import Found, find_dates
from transforms.timex.resolver import Resolved, resolve, resolve_all

__all__ = ["Found", "Resolved", "find_dates", "resolve", "resolve_all"]
