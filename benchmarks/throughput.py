"""`python -m benchmarks.throughput DOCS [--articles N]`: articles a second end to end, beside bare NER on them.

DOCS is JSONL(.gz) with `text`. The run is `dateline run --direct` in a process of its own, start and imports included;
its peer is `nlp.pipe` of the same model, NER only, over the same texts with as many processes, start included. Peak
memory is that of all processes of the run together (proportional set size, sampled).
"""

from __future__ import annotations

import argparse
import gzip
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psutil

from flows.settings import Settings

_BARE = """
import json, sys
import spacy
from flows.model import NOT_NEEDED, model_path
if __name__ == "__main__":
    nlp = spacy.load(model_path({model!r}), exclude=NOT_NEEDED)
    texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
    print(sum(len(doc.ents) for doc in nlp.pipe(texts, batch_size=32, n_process={processes})))
"""


class Measured(NamedTuple):
    """One program's wall seconds, CPU seconds of it and its children, and peak memory in MiB."""

    wall: float
    cpu: float
    peak_mib: float


def measure(command: list[str]) -> Measured:
    """Run a program to its end. Raises CalledProcessError when it fails."""
    before = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = psutil.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        peak, cpu = 0.0, 0.0
        while process.poll() is None:
            used, ran = _usage(process)
            peak, cpu = max(peak, used), max(cpu, ran)
            time.sleep(0.1)
        wall = time.monotonic() - before
        if process.returncode:
            output.seek(0)
            sys.stderr.buffer.write(output.read())
            raise subprocess.CalledProcessError(process.returncode, command)
    return Measured(wall, cpu, peak)


def _usage(process: psutil.Process) -> tuple[float, float]:
    """Return the memory (MiB) and CPU seconds of a process and all below it, as they are now."""
    memory = cpu = 0.0
    try:
        for one in (process, *process.children(recursive=True)):
            memory += one.memory_full_info().pss / 2**20
            times = one.cpu_times()
            cpu += times.user + times.system
    except psutil.Error:
        return 0.0, 0.0  # one of them has just ended
    return memory, cpu


def write_sample(docs: Path, articles: int, folder: Path) -> Path:
    """Copy the first records to a JSONL file."""
    content = docs.read_bytes()
    lines = (gzip.decompress(content) if docs.suffix == ".gz" else content).splitlines(keepends=True)
    sample = folder / "articles.jsonl"
    sample.write_bytes(b"".join(lines[:articles]))
    return sample


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.throughput", description=__doc__)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--prefect", action="store_true", help="through Prefect instead of --direct")
    parser.add_argument("--skip-bare", action="store_true", help="leave out the peer")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample = write_sample(given.docs, given.articles, folder)
        mode = [] if given.prefect else ["--direct"]
        run = measure([sys.executable, "-m", "flows.cli", "run", str(sample), *mode, "--home", str(folder / "home")])
        print(
            f"run   {given.articles} articles: {given.articles / run.wall:.1f}/s, wall {run.wall:.1f} s, "
            f"cpu {run.cpu:.1f} s, peak {run.peak_mib:.0f} MiB"
        )
        if not given.skip_bare:
            script = folder / "bare.py"
            settings = Settings()
            script.write_text(_BARE.format(model=settings.model, processes=settings.processes), "utf-8")
            bare = measure([sys.executable, str(script), str(sample)])
            print(
                f"bare  {given.articles} articles: {given.articles / bare.wall:.1f}/s, wall {bare.wall:.1f} s, "
                f"cpu {bare.cpu:.1f} s, peak {bare.peak_mib:.0f} MiB"
            )
            print(f"ratio {bare.wall / run.wall:.2f} of bare nlp.pipe, {settings.processes} processes each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
