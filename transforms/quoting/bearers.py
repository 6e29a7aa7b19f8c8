"""Surnames that are no mentions, since they are months or places, where they stand as somebody who speaks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from transforms.quoting.mention import Name
from transforms.quoting.verbs import SAYING
from transforms.quoting.words import PREPOSITIONS, word_set

_BEHIND = re.compile(r"[ \u00a0]([a-z]{2,14})\b|, (who)\b")
_BEFORE = re.compile(r"([^\W_]{1,14})[ \u00a0]$")
_SETTLED = re.compile(r"[.,;]|$")
_WINDOW = 16
_TIMES = word_set("last next this")

Key = TypeVar("Key")


def bearers(text: str, names: Collection[Name], surnames: Mapping[str, Key]) -> Iterator[tuple[Name, Key]]:
    """Yield the places of `surnames` outside `names` in `text` that speak, each with what it stands for.

    >>> text = "In March, March said so."
    >>> list(bearers(text, [], {"March": "Eleanor March"}))
    [(Name(start=10, end=15, label='PERSON'), 'Eleanor March')]
    """
    inside = {at for name in names for at in range(name.start, name.end)}
    for surname, key in surnames.items():
        start = text.find(surname)
        while start >= 0:
            end = start + len(surname)
            if start not in inside and _speaks(text, start, end):
                yield Name(start, end, "PERSON"), key
            start = text.find(surname, end)


def _speaks(text: str, start: int, end: int) -> bool:
    """Whether a verb of saying, or "who", goes with the word at `text[start:end]`."""
    if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
        return False
    before = _BEFORE.search(text, max(start - _WINDOW, 0), start)
    led = before.group(1).lower() if before else ""
    if led in PREPOSITIONS | _TIMES:
        return False
    behind = _BEHIND.match(text, end)
    is_subject = behind is not None and (behind.group(2) or behind.group(1) in SAYING)
    return bool(is_subject) or (led in SAYING and _SETTLED.match(text, end) is not None)
