"""`python -m benchmarks.publications DATED.jsonl.gz [--seeds DIR]`: days of publication inferred from the words alone.

DATED holds records with `id`, `text` and `published`, which is hidden; the day it states in its own zone is the truth.
One half of the records (md5 of the id ends in 0 to 7) is for tuning, the other for measuring. DIR holds `docs.jsonl`
and `publication_dates.jsonl` (dct, and what the text alone allows: text_earliest, text_latest, text_weekday).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.predict import predict_publications, read_docs
from transforms.dating import Clue, Publication, find_clues, infer
from transforms.pages import Passage
from transforms.segments import RawMap, Segment
from transforms.timex import find_dates

Row = dict[str, Any]


class Judged(NamedTuple):
    """A document: its true day, what was inferred, from which clues, and the seconds finding and inferring took."""

    id: str
    day: date
    found: Publication
    clues: list[Clue]
    finding: float
    inferring: float


def judge(doc: Row) -> Judged:
    """Infer the day of one record from its text."""
    text = doc["text"]
    passage = Passage("body", text, text, RawMap([Segment(0, len(text), 0, len(text))]))
    started = time.process_time()
    founds = find_dates(text)
    found = time.process_time()
    clues = find_clues([passage], [founds])
    publication = infer(clues)
    day = date.fromisoformat(doc["published"][:10])
    return Judged(doc["id"], day, publication, clues, found - started, time.process_time() - found)


def is_tuned_on(name: str) -> bool:
    """Whether a document is one of those looked at while tuning."""
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()[-1] in "01234567"


def holds(found: Publication, day: date) -> bool:
    """Whether the interval, as far as it is bounded, holds the day."""
    return (found.earliest or date.min) <= day <= (found.latest or date.max)


def measures(judged: Sequence[Judged]) -> dict[str, str]:
    """Return the table's figures for some documents."""
    weekdays = [one for one in judged if one.found.weekday]
    best = [one for one in judged if one.found.best]
    bounded = [one for one in judged if one.found.earliest or one.found.latest]
    ends = [(one.found.earliest, one.found.latest) for one in judged]
    both = [(latest - earliest).days + 1 for earliest, latest in ends if earliest and latest]
    right = sum(one.found.weekday == f"{one.day:%A}" for one in weekdays)
    seconds = sum(one.inferring for one in judged), sum(one.finding for one in judged)
    return {
        "documents": str(len(judged)),
        "weekday given": _share(len(weekdays), len(judged)),
        "weekday right where given": _share(right, len(weekdays)),
        "best day given": f"{len(best)}",
        "best day wrong": f"{sum(one.found.best != one.day for one in best)}",
        "interval holds the day, of all": _share(sum(holds(one.found, one.day) for one in judged), len(judged)),
        "interval holds the day, of bounded": _share(sum(holds(one.found, one.day) for one in bounded), len(bounded)),
        "earliest given": _share(sum(one.found.earliest is not None for one in judged), len(judged)),
        "latest given": _share(sum(one.found.latest is not None for one in judged), len(judged)),
        "both given": _share(len(both), len(judged)),
        "median days where both": str(statistics.median(both)) if both else "-",
        "time, of that of finding dates": _share(*seconds),
    }


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def curve(judged: Sequence[Judged]) -> list[str]:
    """Return how weekdays fare at other thresholds of confidence, so that the choice is open to see."""
    lines = []
    for least in (0.6, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9):
        named = [one for one in judged if one.found.weekday and (one.found.confidence or 0) >= least]
        right = sum(one.found.weekday == f"{one.day:%A}" for one in named)
        lines.append(f"{least}: given {_share(len(named), len(judged))}, right {_share(right, len(named))}")
    return lines


def rules(judged: Iterable[Judged]) -> list[str]:
    """Return for each rule that bounds how many of its clues the true day breaks."""
    given: Counter[str] = Counter()
    broken: defaultdict[str, int] = defaultdict(int)
    for one in judged:
        for clue in one.clues:
            if clue.earliest or clue.latest:
                given[clue.rule] += 1
                broken[clue.rule] += not (clue.earliest or date.min) <= one.day <= (clue.latest or date.max)
    return [f"{rule}: {count} clues, {_share(broken[rule], count)} broken" for rule, count in sorted(given.items())]


def seeds(folder: Path) -> list[str]:
    """Return the table for the documents with what their text alone allows."""
    gold = {row["doc"]: row for row in map(json.loads, (folder / "publication_dates.jsonl").open(encoding="utf-8"))}
    rows = sorted(predict_publications(read_docs(folder / "docs.jsonl")), key=lambda row: row["doc"])
    return [_seed(row, gold[row["doc"]]) for row in rows]


def _seed(row: Row, gold: Row) -> str:
    earliest, latest = row["earliest"] or "0", row["latest"] or "9"
    bounds = gold["text_earliest"], gold["text_latest"]
    verdicts = [
        f"day inside: {earliest <= gold['dct'] <= latest}",
        f"within the text's bounds: {bounds[0] <= earliest and latest <= bounds[1] if all(bounds) else '-'}",
        f"weekday right: {row['weekday'] == gold['text_weekday'] if gold['text_weekday'] else '-'}",
        f"best wrong: {row['best'] is not None and row['best'] != gold['dct']}",
    ]
    return f"{row['doc'][:3]} {row['earliest']}..{row['latest']} {row['weekday']}: {', '.join(verdicts)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publications", description=__doc__.splitlines()[0])
    parser.add_argument("dated", type=Path)
    parser.add_argument("--seeds", type=Path)
    given = parser.parse_args(arguments)
    judged = [judge(doc) for doc in read_docs(given.dated) if doc.get("published")]
    halves = [one for one in judged if is_tuned_on(one.id)], [one for one in judged if not is_tuned_on(one.id)]
    tuned, measured = map(measures, halves)
    print(f"{'':36}{'tuned on':>12}{'measured':>12}")
    for name, value in tuned.items():
        print(f"{name:36}{value:>12}{measured[name]:>12}")
    print("\nWeekdays of the measured half, by least confidence", *curve(halves[1]), sep="\n  ")
    print("\nRules, both halves", *rules(judged), sep="\n  ")
    if given.seeds:
        print("\nSeeds", *seeds(given.seeds), sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
