"""`python -m benchmarks.weekdays DATED.jsonl.gz`: learns the odds of weekdays and writes `weekday_odds.csv`.

DATED holds records with `id`, `text` and `published`; only those whose id has an md5 that ends in 0-7 are learnt from.
The model is a conditional logistic regression over the seven days, by gradient descent with a ridge penalty: each kind
of evidence has seven weights, one for each distance from the weekday it names to that of publication.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

import transforms.dating
from benchmarks.predict import read_docs
from benchmarks.publications import is_tuned_on, judge
from transforms.dating.weekday_odds import Evidence, evidence

TABLE = Path(transforms.dating.__file__).with_name("weekday_odds.csv")
PENALTY, STEPS, RATE, MOMENTUM = 3.0, 600, 2.0, 0.9
GUESSED = {"late_bracket": (0.0, 1.5, 0.0, 0.0, 0.0, 0.0, 0.0)}
"""Rows for what newswire has too little of: a past evening and the day after next to come mean the day between."""
Example = tuple[list[Evidence], int]
Array = np.ndarray[Any, np.dtype[np.float64]]


def examples(docs: Sequence[dict[str, Any]]) -> list[Example]:
    """Return the evidence of each story that names a weekday, and its own weekday, Monday = 0."""
    judged = [judge(doc) for doc in docs if is_tuned_on(doc["id"])]
    found = [(evidence(one.clues), one.day.weekday()) for one in judged]
    return [(pieces, day) for pieces, day in found if pieces]


def table_of(found: Sequence[Example], kinds: Sequence[str]) -> Array:
    """Return the design: story, weekday, kind and distance."""
    design = np.zeros((len(found), 7, len(kinds), 7))
    places = {kind: place for place, kind in enumerate(kinds)}
    for story, (pieces, _) in enumerate(found):
        for kind, weekday, weight in pieces:
            for days in range(7):
                design[story, (weekday - 1 + days) % 7, places[kind], days] += weight
    return design.reshape(len(found), 7, -1)


def fitted(design: Array, days: Array) -> Array:
    """Return the weights of all kinds and distances in one row."""
    weights, speed = np.zeros(design.shape[2]), np.zeros(design.shape[2])
    truth = np.eye(7)[days]
    for _ in range(STEPS):
        odds = design @ weights
        shares = np.exp(odds - odds.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        gradient = np.tensordot(shares - truth, design, axes=2) + PENALTY * weights
        speed = MOMENTUM * speed - RATE * gradient / len(days) / 7
        weights = weights + speed
    return weights


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.weekdays", description=__doc__.splitlines()[0])
    parser.add_argument("dated", type=Path)
    found = examples(read_docs(parser.parse_args(arguments).dated))
    kinds = sorted({piece.kind for pieces, _ in found for piece in pieces})
    weights = fitted(table_of(found, kinds), np.array([day for _, day in found])).reshape(len(kinds), 7)
    rows = {kind: tuple(row) for kind, row in zip(kinds, weights, strict=True)} | GUESSED
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["kind", *(f"days_{days}" for days in range(7))])
        writer.writerows([kind, *(f"{weight:.2f}" for weight in row)] for kind, row in sorted(rows.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
