"""What the finder gives."""

from __future__ import annotations

from typing import NamedTuple

from transforms.timex.forms import Form
from transforms.timex.words import Direction


class Found(NamedTuple):
    """One temporal expression: its span (code points, half-open), what it says, the rule, and the clause's direction.

    `direction` is looked for only where a form could lie on either side of publication.
    """

    start: int
    end: int
    form: Form
    rule: str
    direction: Direction | None = None
