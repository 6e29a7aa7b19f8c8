"""`python -m benchmarks.dates GOLD`: dates found and resolved, against annotated news, beside dateparser.

GOLD is a folder with dates/tbaq/*.tml, dates/gum_news.{docs,gold}.jsonl, seeds/docs.jsonl and seeds/dates.jsonl; a part
that is missing is skipped. Scores are those of the scorer given (by default ../tools/score_timex.py beside GOLD):
strict, relaxed and value F1, and for what it misses relaxed recall and value accuracy. Documents of tbaq whose name has
an md5 that ends in 0-7 were developed on, the others only measured on. Speed and growth are CPU time on one core,
imports apart: growth is the time for a text ten times as long.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.predict import predict_dates, read_docs
from benchmarks.publications import main as publications
from transforms.timex import Published, find_dates, resolve_all

Row = dict[str, Any]
HOSTILE = {
    "digits": "1234567890" * 100,
    "on Monday": "on Monday " * 100,
    "nested years": "a year before " * 70,
    "may and march": "May 1, March 2, " * 60,
    "the": "the early late mid " * 50,
    "figures": "2024-13-40 25:61 30/02/2024 " * 35,
    "marks": "2\u200f0\u200f2\u200f6 on March\u200f 5 " * 50,
}
REPEAT = 20


class Part(NamedTuple):
    """A set to score on: its name, its documents as `predict` reads them, its gold files."""

    name: str
    docs: Path
    gold: tuple[Path, ...]


def parts(gold: Path, scorer: Path, scratch: Path) -> Iterator[Part]:
    """Yield the sets that are there; tbaq as tuned on, as measured on, and whole."""
    stories = sorted((gold / "dates" / "tbaq").glob("*.tml"))
    if stories:
        docs = scratch / "tbaq.jsonl"
        subprocess.run([sys.executable, scorer, "--gold", *stories, "--dump", docs], check=True, capture_output=True)
        tuned = [path for path in stories if hashlib.md5(path.stem.encode()).hexdigest()[-1] in "01234567"]  # noqa: S324 - a split
        yield Part(f"tbaq tune ({len(tuned)})", docs, tuple(tuned))
        yield Part(f"tbaq measure ({len(stories) - len(tuned)})", docs, tuple(sorted({*stories} - {*tuned})))
        yield Part(f"tbaq all ({len(stories)})", docs, tuple(stories))
    for name, texts, truth in (
        ("gum_news", "dates/gum_news.docs.jsonl", "dates/gum_news.gold.jsonl"),
        ("seeds", "seeds/docs.jsonl", "seeds/dates.jsonl"),
    ):
        if (gold / truth).exists():
            yield Part(name, gold / texts, (gold / truth,))


def by_dateline(docs: Sequence[Row]) -> Iterator[Row]:
    """Predict as the pipeline does."""
    yield from predict_dates(docs)


def by_dateparser(docs: Sequence[Row]) -> Iterator[Row]:
    """Predict by dateparser's search, with the day of publication as its base; values as fine as it says they are."""
    for doc in docs:
        yield from _searched(doc)


def _searched(doc: Row) -> Iterator[Row]:
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    text: str = doc.get("text") or doc["raw_text"]
    settings: Any = {"RELATIVE_BASE": datetime.fromisoformat(doc["dct"][:10])} if doc.get("dct") else {}
    parser = DateDataParser(languages=["en"], settings=settings)
    at = 0
    for surface, when in search_dates(text, languages=["en"], settings=settings) or ():
        start = text.find(surface, at)
        if start >= 0:
            at = start + len(surface)
            value = _value(when, parser.get_date_data(surface).period or "day")
            yield {"doc": doc["id"], "start": start, "end": at, "text": surface, "type": "DATE", "value": value}


def _value(when: datetime, period: str) -> str:
    year, week, _ = when.isocalendar()
    return {"year": f"{when:%Y}", "month": f"{when:%Y-%m}", "week": f"{year}-W{week:02}"}.get(
        period, f"{when:%Y-%m-%d}"
    )


SYSTEMS: dict[str, Callable[[Sequence[Row]], Iterator[Row]]] = {"dateline": by_dateline, "dateparser": by_dateparser}


def predicted(docs: Path, scratch: Path) -> dict[str, Path]:
    """Write each system's predictions for `docs`, once; return where they are."""
    files = {system: scratch / f"{docs.stem}.{system}.jsonl" for system in SYSTEMS}
    for system, path in files.items():
        if not path.exists():
            path.write_text(
                "".join(f"{json.dumps(row)}\n" for row in SYSTEMS[system](read_docs(docs))), encoding="utf-8"
            )
    return files


def scores(part: Part, scorer: Path, scratch: Path) -> dict[str, Row]:
    """Return what the scorer says of each system."""
    out = scratch / "scores.json"
    preds = [f"{system}={path}" for system, path in predicted(part.docs, scratch).items()]
    command = [sys.executable, scorer, "--gold", *part.gold, "--pred", *preds, "--json", out]
    subprocess.run([str(word) for word in command], check=True, capture_output=True)
    found: dict[str, Row] = json.loads(out.read_text(encoding="utf-8"))
    return found


def resolved(text: str, day: date | None) -> int:
    """Find and resolve, as the stages do; return how many."""
    published = Published(day, day) if day else None
    return len(list(resolve_all(find_dates(text), published)))


def cpu_seconds(work: Callable[[], object], times: int = 3) -> float:
    """Return the least CPU time of some runs."""
    spent = []
    for _ in range(times):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def speeds(docs: Sequence[Row]) -> dict[str, float]:
    """Return characters per CPU second: all texts for ours, a tenth of them for the peer."""
    days = [date.fromisoformat(doc["dct"][:10]) for doc in docs]
    ours = cpu_seconds(lambda: [resolved(doc["text"], day) for doc, day in zip(docs, days, strict=True)])
    some = docs[::10]
    theirs = cpu_seconds(lambda: list(by_dateparser(some)), times=1)
    return {"dateline": _size(docs) / ours, "dateparser": _size(some) / theirs}


def _size(docs: Iterable[Row]) -> int:
    return sum(len(doc["text"]) for doc in docs)


def growths() -> dict[str, float]:
    """Return for each hostile text how many times as long ten times of it take."""
    return {name: _spent(text * REPEAT * 10) / _spent(text * REPEAT) for name, text in HOSTILE.items()}


def _spent(text: str) -> float:
    return cpu_seconds(lambda: resolved(text, date(2026, 3, 5)))


def report(gold: Path, scorer: Path) -> Table:
    """Score all sets and time all texts; return one table."""
    # before anything else is held: Python's garbage collector goes through all of it again and again
    grown = growths()
    table = Table("set", "system", "strict F1", "relaxed F1", "value F1", "relaxed recall", "value accuracy")
    with TemporaryDirectory() as folder:
        scratch = Path(folder)
        for part in parts(gold, scorer, scratch):
            for system, row in scores(part, scorer, scratch).items():
                figures = (row[name] for name in ("sF", "rF", "valueF", "rR", "vacc"))
                table.add_row(part.name, system, *(f"{100 * figure:.2f}" for figure in figures))
        if (scratch / "tbaq.jsonl").exists():
            for system, speed in speeds(read_docs(scratch / "tbaq.jsonl")).items():
                table.add_row("tbaq, characters per CPU second", system, f"{speed:,.0f}")
    for name, growth in grown.items():
        table.add_row(f"growth 1x to 10x: {name}", "dateline", f"{growth:.1f}")
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dates", description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--dated", type=Path, help="dated stories: days of publication inferred from their words too")
    parser.add_argument("--scorer", type=Path)
    given = parser.parse_args(arguments)
    Console(width=130).print(report(given.gold, given.scorer or given.gold.parent / "tools" / "score_timex.py"))
    if given.dated:
        publications([str(given.dated), "--seeds", str(given.gold / "seeds")])
    return 0


if __name__ == "__main__":
    sys.exit(main())
