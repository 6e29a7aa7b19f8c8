"""`python -m benchmarks.kills INPUT [--times N]`: SIGKILL a run at random moments, then run it again.

After each kill the last commit must be whole (every file as written, nothing or everything of the run visible), and the
rerun must end with the same rows as an undisturbed run, run ids and times aside.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa

from tests.helpers import contents
from warehouse import catalog
from warehouse.fsck import fsck
from warehouse.home import Home


def _start(given: Path, home: Home) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "flows.cli", "run", str(given), "--direct", "--home", str(home.root)]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _killed_after(given: Path, home: Home, seconds: float) -> bool:
    """Run, kill the whole process group after some seconds; return whether it was still running."""
    process = _start(given, home)
    time.sleep(seconds)
    running = process.poll() is None
    if running:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return running


def _faults(home: Home, expected: dict[str, pa.Table]) -> list[str]:
    """Return what is wrong with what the killed run left."""
    if not home.catalog.exists():
        return []
    faults = [f"{fault.path}: {fault.problem}" for fault in fsck(home)]
    with catalog.connect(home, create=True) as connection:
        has_rows = bool(catalog.live_files(connection, home, catalog.head(connection))["documents"])
    if has_rows and contents(home) != expected:
        faults.append("part of a commit is visible")
    return faults


def main() -> int:
    """Print one line a kill and the sum; exit 1 when anything was torn, lost or different."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("input", type=Path)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    moments = random.Random(given.seed)  # noqa: S311 - moments, not secrets
    wrong = inside = 0
    with tempfile.TemporaryDirectory() as folder:
        undisturbed = Home.at(Path(folder, "undisturbed"))
        before = time.monotonic()
        if _start(given.input, undisturbed).wait():
            raise SystemExit("the undisturbed run failed")
        length = time.monotonic() - before
        expected = contents(undisturbed)
        for number in range(given.times):
            home = Home.at(Path(folder, str(number)))
            moment = moments.uniform(0, length)
            running = _killed_after(given.input, home, moment)
            faults = _faults(home, expected)
            code = _start(given.input, home).wait()
            if code or contents(home) != expected or fsck(home):
                faults.append(f"the rerun differs (exit {code})")
            inside += running
            wrong += bool(faults)
            found = "; ".join(faults) or "whole, rerun equal"
            print(f"{number + 1:3} killed at {moment:5.1f} s of {length:.1f}: {found}", flush=True)
    print(f"{given.times} kills, {inside} of them inside the run: {wrong} with faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
