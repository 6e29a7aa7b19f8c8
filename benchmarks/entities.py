"""`python -m benchmarks.entities GOLD`: names, who is who, and quotations, against annotated news.

GOLD is a folder with entities/{conllpp_dev,gum_news,pud_news}.jsonl, entities/ecb_dev.{docs,gold}.jsonl, seeds/ and
quotes/; a part that is missing is skipped. Scores are those of the scorers in --tools (by default tools/ beside GOLD).
The bare model is the model's own spans on the whole text, in the same run. `norm` cuts a leading article and a trailing
possessive on both sides. What the times are: benchmarks/ner_time.py.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks import ner_time, quotes
from benchmarks.predict import predict_entities, predict_identity, predict_mentions, read_docs
from flows.model import ModelTagger
from flows.settings import Settings

Row = dict[str, Any]
_TIMED = "quotes/polnear_dev.docs.jsonl"
_COARSE = ("--map", "coarse", "--norm")
_SEEDS = ("--map", "seeds")


class Measure(NamedTuple):
    """A figure of NER: what it is called, the options of its scorer, the label it is of, and what is wanted."""

    name: str
    options: tuple[str, ...]
    label: str
    wanted: str


class Part(NamedTuple):
    """A set to score NER on: its documents, its gold, and the figures."""

    name: str
    docs: str
    gold: str
    measures: tuple[Measure, ...]


PARTS = (
    Part(
        "seeds",
        "seeds/docs.jsonl",
        "seeds/ner.jsonl",
        (
            Measure("NER, all labels, norm F1", (*_SEEDS, "--norm"), "micro", "97"),
            Measure("NER, all labels, exact F1", _SEEDS, "micro", "94"),
            Measure("NER, PRODUCT, norm F1", (*_SEEDS, "--norm"), "PRODUCT", "90"),
        ),
    ),
    *(
        Part(name, f"entities/{file}", f"entities/{file}", (Measure("NER, coarse, norm F1", _COARSE, "micro", wanted),))
        for name, file, wanted in (
            ("GUM news", "gum_news.jsonl", "68"),
            ("PUD news", "pud_news.jsonl", "70"),
            ("CoNLL++ dev", "conllpp_dev.jsonl", "bare + 4"),
        )
    ),
)


class Figure(NamedTuple):
    """A row of the table."""

    measure: str
    set: str
    found: str
    wanted: str
    bare: str = ""


def ner(gold: Path, tools: Path, scratch: Path) -> Iterator[Figure]:
    """Score the names found in each set, with all layers and by the bare model."""
    for part in PARTS:
        truth = gold / part.gold
        if not truth.exists():
            continue
        docs = read_docs(gold / part.docs)
        ours = _written(predict_entities(docs), scratch / "ours.jsonl")
        bare = _written(bare_entities(docs), scratch / "bare.jsonl")
        for name, options, label, wanted in part.measures:
            scored = (
                json.loads(_printed(tools / "score_ner.py", "score", truth, predicted, *options, "--json"))
                for predicted in (ours, bare)
            )
            f1, bare_f1 = (f"{100 * score[label]['f1']:.1f}" for score in scored)
            yield Figure(name, f"{part.name}, {len(docs)} documents", f1, wanted, bare_f1)


def bare_entities(docs: Sequence[Row]) -> Iterator[Row]:
    """Yield {doc, text, entities} as the model alone finds them."""
    texts = [doc.get("text") or doc["raw_text"] for doc in docs]
    for doc, text, found in zip(docs, texts, ModelTagger(Settings().model)(texts), strict=True):
        entities = [{"start": one.start, "end": one.end, "label": one.label} for one in found]
        yield {"doc": doc["id"], "text": text, "entities": entities}


def identity(gold: Path, tools: Path, scratch: Path) -> Iterator[Figure]:
    """Score who is who: over our own mentions of the seeds, and over the given ones of ECB+."""
    predicted, aligned = scratch / "predicted.jsonl", scratch / "aligned.jsonl"
    truth = gold / "seeds" / "entities.jsonl"
    if truth.exists():
        _written(predict_mentions(read_docs(gold / "seeds" / "docs.jsonl")), predicted)
        _printed(tools / "align_mentions.py", truth, predicted, aligned)
        yield from _clusters("seeds, own mentions", _printed(tools / "score_coref.py", truth, aligned), ("97", "94"))
    truth = gold / "entities" / "ecb_dev.gold.jsonl"
    if truth.exists():
        _written(predict_identity(read_docs(gold / "entities" / "ecb_dev.docs.jsonl")), predicted)
        yield from _clusters("ECB+ dev, given", _printed(tools / "score_coref.py", truth, predicted), ("93", "80"))


def _clusters(name: str, printed: str, wanted: tuple[str, str]) -> Iterator[Figure]:
    scores = {words[0]: words for line in printed.splitlines() if (words := line.split())}
    found = {"identity, B3 precision": scores["B3"][2], "identity, CoNLL F1": scores["CoNLL"][-1]}
    for (measure, figure), need in zip(found.items(), wanted, strict=True):
        yield Figure(measure, name, f"{float(figure):.1f}", need)


def spoken(gold: Path, tools: Path) -> Iterator[Figure]:
    """Score quotations and their speakers."""
    for part in quotes.parts(gold):
        name = f"{part.name}, {len(read_docs(part.docs))} documents"
        found = quotes.scores(part, tools / "score_quotes.py")
        for measure, figure, wanted in zip(
            ("quotes, span F1", "quotes, span + speaker F1"), found, part.wanted, strict=True
        ):
            yield Figure(measure, name, f"{figure:.1f}", f"{wanted:.0f}")


def times(gold: Path) -> Iterator[Figure]:
    """Time the layers against the model, and two processes against one."""
    docs = gold / _TIMED
    if docs.exists():
        name = f"PolNeAR dev, {len(read_docs(docs))} documents"
        for step, share in ner_time.shares(docs).items():
            wanted = "0.10" if step == "all" else "-"
            yield Figure(f"CPU time / bare NER: {step}", name, f"{share:.3f}", wanted)
        wall, cpu = ner_time.two_processes(docs)
        yield Figure("NER, 2 processes / 1, wall time", name, f"{wall:.2f}", "1.85")
        yield Figure("the same, were both cores free (CPU time)", name, f"{cpu:.2f}", "1.85")


def _written(rows: Iterable[Row], path: Path) -> Path:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    return path


def _printed(*command: str | Path) -> str:
    return subprocess.run([sys.executable, *command], check=True, capture_output=True, text=True).stdout


def figures(gold: Path, tools: Path) -> Iterator[Figure]:
    """Yield all figures."""
    with TemporaryDirectory() as folder:
        yield from ner(gold, tools, Path(folder))
        yield from identity(gold, tools, Path(folder))
    yield from spoken(gold, tools)
    yield from times(gold)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.entities", description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--tools", type=Path)
    given = parser.parse_args(arguments)
    table = Table("measure", "set", "found", "wanted", "bare model")
    for figure in figures(given.gold, given.tools or given.gold.parent / "tools"):
        table.add_row(*figure)
    Console(width=120).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
