"""`python -m benchmarks.duplicates SHARED`: copies and versions found in generated news, how fast, and beside peers.

SHARED is a folder with load/bases_2010.jsonl.gz, tools/make_corpus.py (makes documents of bases: reprints, updates,
templates, short items with an outlet's boilerplate) and tools/score_dedup.py. The pipeline's own stages run on clean
text, a part at a time (benchmarks/deduplicate.py); CPU seconds are those from text to clusters, with compiled code
loaded. gaoya, rensa and datasketch (benchmarks/peers.py) run on the same file where they are installed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from benchmarks.deduplicate import Timed
from benchmarks.peers import PEERS, is_there
from warehouse import schema

SMALL, LARGE, BATCH = 10_000, 100_000, 10_000
HELD_OUT, TUNED_ON = 123, (7, 99)
PRINTS = 150
_KINDS = (("template", "hn_template"), ("boilerplate", "hn_boiler"), ("quote", "hn_quote"))
_MOST_FOR_DATASKETCH = 10_000
"""Documents above which it is left out: it takes minutes for 100,000."""


class Figure(NamedTuple):
    """A row of the table."""

    measure: str
    set: str
    found: str
    wanted: str


class Bench:
    """Makes corpora, runs programs on them and scores what they wrote, in one folder."""

    def __init__(self, shared: Path, folder: Path) -> None:
        self._tools, self._folder = shared / "tools", folder
        self._bases = folder / "bases.jsonl"
        with gzip.open(shared / "load" / "bases_2010.jsonl.gz") as packed, self._bases.open("wb") as plain:
            shutil.copyfileobj(packed, plain)

    def corpus(self, number: int, seed: int, prints: int = 0) -> Path:
        """Return a corpus; one made before is there still."""
        path = self._folder / f"{number}_{seed}_{prints}.jsonl"
        if not path.exists():
            fresh = path.with_suffix(".part")
            options = ("--n", number, "--seed", seed, "--prints", prints)
            _printed(self._tools / "make_corpus.py", "--bases", self._bases, "--out", fresh, *options)
            fresh.rename(path)
        return path

    def ours(self, corpus: Path, *ranges: str | int) -> Timed:
        """Run our stages on a corpus, or on some of its lines beside what is stored."""
        if "--first" not in ranges:
            shutil.rmtree(self._stored, ignore_errors=True)
        return Timed(**json.loads(_printed("-m", "benchmarks.deduplicate", corpus, self._stored, *ranges)))

    @property
    def _stored(self) -> Path:
        return self._folder / "stored"

    def clusters(self) -> pa.Table:
        """Return the clusters that our stages found last."""
        [path] = self._stored.glob(f"{schema.CLUSTERS.name}-*.parquet")
        return pq.read_table(path, columns=["article_id", "cluster_id", "story_id"]).sort_by("article_id")

    def scores(self, corpus: Path) -> dict[str, Any]:
        """Score the clusters that our stages found last."""
        out = self._folder / "predicted.parquet"
        pq.write_table(self.clusters().rename_columns(["id", "cluster", "story"]), out)
        return self._scores(corpus, out)

    def peer(self, name: str, corpus: Path) -> tuple[dict[str, float], dict[str, Any]]:
        """Run a peer on a corpus; return its figures and scores."""
        out = self._folder / "predicted.parquet"
        return json.loads(_printed("-m", "benchmarks.peers", name, corpus, out)), self._scores(corpus, out)

    def _scores(self, corpus: Path, out: Path) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(_printed(self._tools / "score_dedup.py", corpus, out, "--json"))
        return found


def _printed(*command: str | Path | int) -> str:
    return subprocess.run([sys.executable, *map(str, command)], check=True, stdout=subprocess.PIPE, text=True).stdout


def found_in(bench: Bench, corpus: Path, name: str) -> tuple[Timed, list[Figure]]:
    """Run our stages on a corpus and score them."""
    timed, score = bench.ours(corpus), bench.scores(corpus)
    return timed, [
        Figure("pair F1; precision", name, f"{score['pair_f1']:.4f}; {score['pair_p']:.4f}", "0.99; 0.995"),
        Figure("B-cubed F1", name, f"{score['bcubed_f1']:.4f}", "0.99"),
        Figure("updates told as versions", name, f"{score['updates_as_version']:.3f}", "0.95"),
        *(
            Figure(f"false merges: {kind}", name, f"{score['kinds'][key]['false_merge']:.4f}", "0.005")
            for kind, key in _KINDS
        ),
    ]


def speed(timed: Timed, name: str) -> Iterator[Figure]:
    """Yield what a run took."""
    stages = {stage: getattr(timed, stage) for stage in ("fingerprints", "duplicates", "clusters")}
    shares = ", ".join(f"{stage} {seconds / timed.docs * 1e6:.1f}" for stage, seconds in stages.items())
    yield Figure("documents a CPU second", name, f"{_rate(timed):,.0f}", "30,000")
    yield Figure("microseconds a document", name, shares, "-")
    yield Figure("CPU seconds to load compiled code", name, f"{timed.load:.1f}", "-")
    yield Figure("peak memory", name, f"{timed.peak_mib / 1024:.2f} GiB of {timed.text_mb / 1000:.2f} GB", "2 GiB")


def _rate(timed: Timed) -> float:
    return timed.docs / (timed.fingerprints + timed.duplicates + timed.clusters)


def incremental(bench: Bench, corpus: Path, number: int, batch: int) -> Iterator[Figure]:
    """Yield what a batch beside stored documents takes, and whether it ends as one run does."""
    whole = bench.clusters()
    bench.ours(corpus, "--last", number - batch)
    timed = bench.ours(corpus, "--first", number - batch)
    name = f"{batch:,} beside {number - batch:,} stored"
    yield Figure("wall seconds of a batch, stored rows read", name, f"{timed.wall:.2f}", "1")
    same = _grouped(whole, "cluster_id") == _grouped(bench.clusters(), "cluster_id")
    yield Figure("clusters are those of one run", name, "yes" if same else "no", "yes")


def _grouped(clusters: pa.Table, by: str) -> list[int]:
    """Return for each article the number of its group, by first member."""
    numbers: list[int] = clusters[by].combine_chunks().dictionary_encode().indices.to_pylist()
    return numbers


def peers(bench: Bench, corpus: Path, name: str, ours: Timed) -> Iterator[Figure]:
    """Yield what peers make of the same file."""
    for peer in PEERS:
        if not is_there(peer):
            yield Figure(peer, name, "not installed: pip install -e '.[peers]'", "-")
        elif peer != "datasketch" or ours.docs <= _MOST_FOR_DATASKETCH:
            timed, score = bench.peer(peer, corpus)
            rate = timed["docs"] / timed["cpu"]
            yield Figure(
                f"{peer}: pair F1; precision; B-cubed F1",
                name,
                f"{score['pair_f1']:.3f}; {score['pair_p']:.3f}; {score['bcubed_f1']:.3f}",
                "-",
            )
            figures = f"{rate:,.0f}; {_rate(ours) / rate:.1f}; {timed['peak_mib'] / 1024:.2f} GiB"
            yield Figure(f"{peer}: documents a CPU second; ours over it; memory", name, figures, "-")


def figures(bench: Bench, size: int, *, quick: bool) -> Iterator[Figure]:
    """Yield all figures."""
    small = bench.corpus(SMALL, HELD_OUT)
    name = f"{SMALL:,}, seed {HELD_OUT}"
    timed, found = found_in(bench, small, name)
    yield from (*found, *speed(timed, name))
    if quick:
        yield from incremental(bench, small, SMALL, SMALL // 10)
    yield from peers(bench, small, name, timed)
    big = bench.corpus(SMALL, HELD_OUT, PRINTS)
    bench.ours(big)
    recall = bench.scores(big)["pair_r"]
    yield Figure("pair recall, three stories printed 150 times", name, f"{recall:.4f}", "0.99")
    if quick:
        return
    for seed in TUNED_ON:
        yield from found_in(bench, bench.corpus(SMALL, seed), f"{SMALL:,}, seed {seed} (tuned on)")[1]
    large = bench.corpus(size, HELD_OUT)
    name = f"{size:,}, seed {HELD_OUT}"
    at_size, found = found_in(bench, large, name)
    yield from (*found, *speed(at_size, name))
    yield Figure("rate over that at 10,000", name, f"{_rate(at_size) / _rate(timed):.2f}", "0.85")
    yield from incremental(bench, large, size, BATCH)
    yield from peers(bench, large, name, at_size)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.duplicates", description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--quick", action="store_true", help="10,000 documents of one seed only")
    parser.add_argument("--size", type=int, default=LARGE, help="documents of the large corpus (100,000)")
    parser.add_argument("--corpora", type=Path, help="folder in which corpora stay for the next time")
    given = parser.parse_args(arguments)
    table = Table("measure", "documents", "found", "wanted")
    with TemporaryDirectory() as scratch:
        folder = given.corpora or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for figure in figures(Bench(given.shared, folder), given.size, quick=given.quick):
            table.add_row(*figure)
    Console(width=140).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
