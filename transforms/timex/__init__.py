"""Temporal expressions in English news text, with TIMEX3 (ISO-TimeML) values.

Three steps kept apart: `finder` finds spans, the rules interpret them as `forms`
(what the words say), and `resolver` places forms on the calendar.
"""

from transforms.timex.context import Published
from transforms.timex.finder import find_dates
from transforms.timex.found import Found
from transforms.timex.readings import Resolved
from transforms.timex.resolver import resolve, resolve_all
from transforms.timex.storing import form_from_json, form_to_json

__all__ = [
    "Found",
    "Published",
    "Resolved",
    "find_dates",
    "form_from_json",
    "form_to_json",
    "resolve",
    "resolve_all",
]
