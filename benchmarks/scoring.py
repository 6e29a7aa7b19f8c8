r"""Scores of extracted articles against gold.

Body: texts become tokens (`\w+`), tokens become shingles of four; per document the shared, added and missed shingles
are divided by their sum, precision and recall are averaged over documents, and F1 is that of the averages. It is the
rule of the article extraction benchmark of Zyte (scrapinghub/article-extraction-benchmark).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_TOKEN = re.compile(r"\w+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_AND = re.compile(r"[;,&|/]|\b(?:and|und|et|y|e)\b")
_GRAM = 4


class Scored(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def body_score(pairs: Iterable[tuple[str, str]]) -> Scored:
    """Score predicted against gold bodies, given as (gold, predicted)."""
    precisions, recalls = [], []
    for gold, predicted in pairs:
        wanted, found = _shingles(gold), _shingles(predicted)
        shared = (wanted & found).total()
        if found:
            precisions.append(shared / found.total())
        if wanted:
            recalls.append(shared / wanted.total())
    return Scored(_mean(precisions), _mean(recalls))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return (
        Counter(tuple(tokens[at : at + _GRAM]) for at in range(max(1, len(tokens) - _GRAM + 1)))
        if tokens
        else Counter()
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def headline_share(pairs: Iterable[tuple[str | None, str | None]]) -> float:
    """Return the share of gold headlines whose tokens were found exactly, given as (gold, predicted)."""
    return _mean([_tokens(gold) == _tokens(predicted) for gold, predicted in pairs if gold])


def _tokens(text: str | None) -> list[str]:
    return _TOKEN.findall((text or "").casefold())


def day_share(pairs: Iterable[tuple[str | None, str | None]]) -> Scored:
    """Score days, given as (gold, predicted): recall is the share of gold days found, precision that of days right."""
    days = [(_day(gold), _day(predicted)) for gold, predicted in pairs]
    return Scored(
        _mean([gold == found for gold, found in days if gold and found]),
        _mean([gold == found for gold, found in days if gold]),
    )


def _day(text: str | None) -> str | None:
    found = _DAY.search(text or "")
    return found.group() if found else None


def author_score(pairs: Iterable[tuple[object, object]]) -> Scored:
    """Score names, given as (gold, predicted), each a text or a list; where gold says nobody, every name is wrong."""
    named = [(_names(gold), _names(found)) for gold, found in pairs]
    right = sum(len(gold & found) for gold, found in named)
    return Scored(
        right / max(1, sum(len(found) for _, found in named)),
        right / max(1, sum(len(gold) for gold, _ in named)),
    )


def _names(value: object) -> set[str]:
    listed = value if isinstance(value, list) else [value or ""]
    parts = [part for item in listed for part in _AND.split(str(item).casefold())]
    return {name for part in parts if (name := " ".join(_TOKEN.findall(part)).removeprefix("by "))}
