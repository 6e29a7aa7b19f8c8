"""`python -m benchmarks.quotes GOLD`: quotations found and given to speakers, against annotated news.

GOLD is a folder with seeds/{docs,quotes}.jsonl, seeds/aliases.json and quotes/polnear_dev.{docs,gold}.jsonl; a part
that is missing is skipped. Scores are those of the scorer given (by default ../tools/score_quotes.py beside GOLD). A
quotation is found when four fifths of its characters are; it is attributed when the last word of its speaker agrees
too: the canonical name for the seeds, the speaker as written for PolNeAR. Time is CPU time on one core of quotations
and quotes, as a share of the bare NER pass over the same texts.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.predict import batches, predict_quotes, read_docs
from flows.model import ModelTagger, read_entities
from flows.settings import Settings
from transforms.mentions import mentions
from transforms.quotations import quotations
from transforms.quotes import quotes
from warehouse import schema

_FIGURES = re.compile(r"F1 ([\d.]+).*F1 ([\d.]+)")


class Part(NamedTuple):
    """A set to score on, what its scorer is told, and the figures wanted: spans, spans with speaker."""

    name: str
    docs: Path
    truth: Path
    options: tuple[str | Path, ...]
    wanted: tuple[float, float]


def parts(gold: Path) -> Iterator[Part]:
    """Yield the sets that are there."""
    seeds, polnear = gold / "seeds", gold / "quotes"
    canonical = ("--speaker-field", "speaker_name", "--aliases", seeds / "aliases.json")
    for part in (
        Part("seeds, canonical speaker", seeds / "docs.jsonl", seeds / "quotes.jsonl", canonical, (98, 85)),
        Part("PolNeAR dev", polnear / "polnear_dev.docs.jsonl", polnear / "polnear_dev.gold.jsonl", (), (80, 65)),
    ):
        if part.truth.exists():
            yield part


def scores(part: Part, scorer: Path) -> tuple[float, ...]:
    """Return F1 of spans, and of spans with their speaker."""
    with TemporaryDirectory() as scratch:
        predicted = Path(scratch) / "predicted.jsonl"
        rows = predict_quotes(read_docs(part.docs))
        predicted.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
        command = [sys.executable, scorer, part.truth, predicted, *part.options]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = _FIGURES.search(printed)
    if found is None:
        message = f"{scorer} printed no figures: {printed!r}"
        raise ValueError(message)
    return tuple(float(figure) for figure in found.groups())


def time_share(docs: Path) -> float:
    """Return the time of quotations and quotes over that of the bare NER pass."""
    tagger, spent, bare = ModelTagger(Settings().model), 0.0, 0.0
    for batch in batches(read_docs(docs)):
        texts = [text for text in batch.articles["text"].to_pylist() if text]
        list(read_entities(Settings().model, texts[:1]))
        started = time.process_time()
        list(read_entities(Settings().model, texts))
        bare += time.process_time() - started
        named = mentions(*batch, tagger=tagger)
        quotations(*batch, named)
        started = time.process_time()
        quotes(quotations(*batch, named), schema.QUOTES.empty())
        spent += time.process_time() - started
    return spent / bare


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quotes", description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path)
    given = parser.parse_args(arguments)
    scorer = given.scorer or given.gold.parent / "tools" / "score_quotes.py"
    table = Table("set", "documents", "span F1", "wanted", "span + speaker F1", "wanted", "time / bare NER")
    for part in parts(given.gold):
        spans, speakers = scores(part, scorer)
        share = f"{time_share(part.docs):.3f}"
        wanted = [f"{figure:.0f}" for figure in part.wanted]
        count = str(len(read_docs(part.docs)))
        table.add_row(part.name, count, f"{spans:.1f}", wanted[0], f"{speakers:.1f}", wanted[1], share)
    Console(width=120).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
