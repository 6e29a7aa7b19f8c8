"""What one place of a page says of one field."""

from __future__ import annotations

from typing import NamedTuple


class Statement(NamedTuple):
    """A field, the value one place states for it, and the name of that place ("meta og:title")."""

    field: str
    value: str
    source: str
