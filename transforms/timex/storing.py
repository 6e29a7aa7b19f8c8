"""Forms as JSON, so that expressions found once can be resolved again when a publication date turns up."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import get_args

from transforms.timex import forms

_FORMS: dict[str, Callable[..., forms.Form]] = {form.__name__: form for form in get_args(forms.Form)}


def form_to_json(form: forms.Form) -> str:
    """Return `form` as a JSON array: its name, then its fields in order.

    >>> form_to_json(forms.Time("TEV", forms.Weekday(2)))
    '["Time", "TEV", ["Weekday", 2, null, "publication"], null, "text"]'
    """
    return json.dumps(_packed(form))


def form_from_json(text: str) -> forms.Form:
    """Return the form that `form_to_json` wrote; ValueError for anything else.

    >>> form_from_json('["Time", "TEV", ["Weekday", 2, null, "publication"], null, "text"]')
    Time(mark='TEV', day=Weekday(weekday=2, step=None, origin='publication'), zone=None, origin='text')
    """
    try:
        return _unpacked(json.loads(text))
    except (TypeError, KeyError, ValueError, RecursionError) as error:
        raise ValueError(f"no stored form: {text[:80]}") from error


def _packed(form: forms.Form) -> list[object]:
    return [type(form).__name__, *(_packed(field) if isinstance(field, tuple) else field for field in form)]


def _unpacked(packed: list[object]) -> forms.Form:
    name, *fields = packed
    return _FORMS[str(name)](*(_unpacked(field) if isinstance(field, list) else field for field in fields))
