"""`python -m benchmarks.cleaning SETS`: how well text and pages are cleaned, beside what was best elsewhere.

SETS is a folder of `text_{aeb,wcxb}_{window,full}.jsonl.gz` (documents with marked lines), `{aeb,wcxb}_pages.jsonl.gz`
and `{aeb,wcxb}_gold.json` (pages and what they say). Text is judged on sites the line model was not trained on: five
times a fifth of the sites, means over the five. The peer is bare trafilatura on the same pages in the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any, NamedTuple

import trafilatura

from benchmarks.lines import FOLDS, fit, fold, read_samples, with_windows
from benchmarks.predict import clean, predict_clean, read_docs
from benchmarks.scoring import Scored, author_score, body_score, day_share, headline_share
from transforms.lines.labels import Text, label_lines
from transforms.lines.line import split_lines
from transforms.lines.model import Weights

BODY = ("body", "contributor")
WANTED = {
    ("aeb", "window"): (0.960, 0.985, 0.90),
    ("wcxb", "window"): (0.965, 0.975, 0.75),
    ("aeb", "full"): (0.940, None, None),
    ("wcxb", "full"): (0.945, None, None),
}
PAGES_WANTED = {
    ("aeb", "page body F1"): 0.968,
    ("wcxb", "page body F1"): 0.945,
    ("wcxb", "headline exact"): 0.75,
    ("wcxb", "publication day right"): 0.92,
    ("wcxb", "authors F1"): 0.80,
}
Row = dict[str, Any]


class Figure(NamedTuple):
    """A line of the table."""

    measure: str
    where: str
    found: float
    wanted: float | None


def text_figures(folder: Path) -> Iterator[Figure]:
    """Judge text on sites held out."""
    names = [f"text_{kind}_{mode}" for kind, mode in WANTED]
    samples = [sample for name in names for sample in read_samples(folder / f"{name}.jsonl.gz")]
    docs = {name: read_docs(folder / f"{name}.jsonl.gz") for name in names}
    judged: dict[str, list[tuple[Scored, float]]] = {name: [] for name in names}
    for part in range(FOLDS):
        weights = fit(with_windows([sample for sample in samples if fold(sample.site) != part]))
        for name in names:
            judged[name].append(judge([doc for doc in docs[name] if fold(doc["site"]) == part], weights))
    for (kind, mode), wanted in WANTED.items():
        parts = judged[f"text_{kind}_{mode}"]
        where = f"{kind} {mode}, {len(docs[f'text_{kind}_{mode}'])} documents, mean of {FOLDS} folds by site"
        found = (
            mean(score.f1 for score, _ in parts),
            mean(score.recall for score, _ in parts),
            mean(w for _, w in parts),
        )
        for measure, value, goal in zip(("text F1", "gold recall", "no body line lost"), found, wanted, strict=True):
            yield Figure(measure, where, value, goal)


def judge(docs: Sequence[Row], weights: Weights | None = None) -> tuple[Scored, float]:
    """Return the score of the kept text, and the share of documents that lost no body line."""
    texts = [Text(split_lines(doc["raw_text"])) for doc in docs]
    pairs, whole = [], []
    for doc, text, roles in zip(docs, texts, label_lines(texts, weights), strict=True):
        kept = [role.role in BODY for role in roles]
        pairs.append(
            (doc["gold_text"], "\n\n".join(line.text for line, keep in zip(text.lines, kept, strict=True) if keep))
        )
        # a text that ends with a line break has no line after it, but its marks have
        whole.append(all(keep or mark != "1" for mark, keep in zip(doc["labels"], kept, strict=False)))
    return body_score(pairs), mean(whole)


def page_figures(folder: Path) -> Iterator[Figure]:
    """Judge pages: body, and metadata where gold has it."""
    for kind in ("aeb", "wcxb"):
        docs = read_docs(folder / f"{kind}_pages.jsonl.gz")
        gold = json.loads((folder / f"{kind}_gold.json").read_text("utf-8"))
        found = predict_clean(docs)
        where = f"{kind}, {len(docs)} pages"
        pairs = [(gold[name], found.get(name, {})) for name in (doc["id"] for doc in docs)]
        peers = [(gold[doc["id"]], _bare(doc["html"])) for doc in docs]
        for who, judged, goals in (("", pairs, PAGES_WANTED), ("bare trafilatura: ", peers, {})):
            for measure, value in _measured(judged, has_metadata=kind == "wcxb"):
                yield Figure(f"{who}{measure}", where, value, goals.get((kind, measure)))


def _bare(html: str) -> Row:
    """Return what trafilatura says of a page by itself."""
    found = _with_metadata(html)
    if found is None:
        return {}
    names = {"text": "text", "headline": "title", "author": "author", "datePublished": "date"}
    return {ours: getattr(found, theirs) for ours, theirs in names.items()}


def _measured(pairs: Sequence[tuple[Row, Row]], *, has_metadata: bool) -> Iterator[tuple[str, float]]:
    yield "page body F1", body_score((want["articleBody"], got.get("text") or "") for want, got in pairs).f1
    if has_metadata:
        day = day_share([(want.get("datePublished"), got.get("datePublished")) for want, got in pairs])
        signed = [(want["author"], got.get("author")) for want, got in pairs if "author" in want]
        yield "headline exact", headline_share([(want.get("headline"), got.get("headline")) for want, got in pairs])
        yield "publication day right", day.recall
        yield "publication day, precision", day.precision
        yield "authors F1", author_score(signed).f1


def speed_figures(folder: Path) -> Iterator[Figure]:
    """Measure CPU time without start-up: the median of five passes, of three beside the peer."""
    docs = read_docs(folder / "text_aeb_window.jsonl.gz")
    spent = _cpu(lambda: clean(docs))
    yield Figure("text, documents a CPU second", f"aeb window, {len(docs)} documents", len(docs) / spent, 500)
    pages = read_docs(folder / "aeb_pages.jsonl.gz")
    ratio = median(_spent_by_trafilatura(pages) / _cpu(lambda: clean(pages), 1) for _ in range(3))
    yield Figure("pages, speed over bare trafilatura's", f"aeb, {len(pages)} pages, metadata in both", ratio, 0.8)


def _spent_by_trafilatura(pages: Sequence[Any]) -> float:
    return _cpu(lambda: [_with_metadata(page["html"]) for page in pages], 1)


def _with_metadata(html: str) -> Any:
    return trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)


def _cpu(work: Callable[[], object], times: int = 5) -> float:
    work()
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return median(spent)


PARTS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "text": text_figures,
    "pages": page_figures,
    "speed": speed_figures,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cleaning", description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path)
    parser.add_argument("--only", choices=PARTS, action="append")
    given = parser.parse_args(arguments)
    print("| measure | set | found | wanted |\n|---|---|---|---|")
    for part in given.only or PARTS:
        for figure in PARTS[part](given.sets):
            wanted = "-" if figure.wanted is None else f"{figure.wanted:g}"
            print(f"| {figure.measure} | {figure.where} | {figure.found:.4g} | {wanted} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
