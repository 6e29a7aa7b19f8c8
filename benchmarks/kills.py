"""`python -m benchmarks.kills INPUT [--times N | --points]`: SIGKILL a run at random moments, then run it again.

With `--points` at each of its steps in the file system instead: before a file is opened for writing, a file or folder
is made, renamed, protected or removed, or the catalog opened. The run and its workers are one process then, forked off
one that has loaded all there is to load.

After each kill the last commit must be whole (every file as written, nothing or everything of the run visible), and the
rerun must end with the same rows as an undisturbed run, run ids and times aside.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.execute import execute
from flows.run import Run
from flows.settings import Settings
from tests.helpers import contents
from tests.warehouse.storing import Beside, all_said
from warehouse import catalog
from warehouse.errors import CatalogError
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
    if not _has_rows(home):
        return []
    faults = [f"{fault.path}: {fault.problem}" for fault in fsck(home)]
    if contents(home) != expected:
        faults.append("part of a commit is visible")
    return faults


def _has_rows(home: Home) -> bool:
    """Return whether the run was committed."""
    try:
        with catalog.connect(home) as connection:
            return bool(catalog.live_files(connection, home, catalog.head(connection))["documents"])
    except CatalogError:
        return False  # killed before there was a warehouse


class _HereDriver:
    """Calls steps in this very process, those over batches too."""

    def once(self, step: Callable[..., Any], *arguments: Any) -> Any:
        """Return what one step returns."""
        return step(*arguments)

    def each(self, step: Callable[[Run, str], Any], run: Run, batches: Sequence[str]) -> list[Any]:
        """Return what a step returns for each batch, in their order."""
        return [step(run, batch) for batch in batches]

    def release(self) -> None:
        """There is nothing to free."""


def _run(given: Path, home: Home, _say: object = None) -> None:
    execute(Run.start(home, Settings(workers=1), [str(given)]), _HereDriver())


_STEPS = {"os.mkdir", "os.rmdir", "os.rename", "os.remove", "os.chmod", "os.truncate", "sqlite3.connect"}


def _steps(given: Path, home: Home, die_at: float, say: Callable[[str], None]) -> None:
    """Run, say how many steps in the file system that took, and die at the one numbered `die_at`."""
    count = 0

    def on_event(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if (writes or event in _STEPS) and str(home.root) in str(arguments[0]):
            count += 1
            if count == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(on_event)
    _run(given, home)
    say(str(count))


def _kill_at_points(given: Path, folder: Path) -> int:
    """Print what a kill at each step of a run in the file system left, and return how many kills left faults."""
    undisturbed = Home.at(folder / "undisturbed")
    _run(given, undisturbed)  # here, so that what is forked off has loaded everything
    expected = contents(undisturbed)
    total = int(all_said([Beside(partial(_steps, given, Home.at(folder / "counted"), math.inf))])[0])
    wrong = committed = 0
    for point in range(1, total + 1):
        home = Home.at(folder / str(point))
        _, code = Beside(partial(_steps, given, home, point)).wait()
        faults = [] if code == -signal.SIGKILL else [f"was not killed (exit {code})"]
        faults += _faults(home, expected)
        committed += _has_rows(home)
        said, code = Beside(partial(_run, given, home)).wait()
        if code or contents(home) != expected or fsck(home):
            faults.append(f"the rerun differs ({code} {said})")
        wrong += bool(faults)
        if faults:
            print(f"{point:3} of {total}: {'; '.join(faults)}", flush=True)
        shutil.rmtree(home.root)
    print(f"{total} kills, one at each step of a run, {committed} of them after its commit: {wrong} with faults")
    return wrong


def main() -> int:
    """Print one line a kill and the sum; exit 1 when anything was torn, lost or different."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("input", type=Path)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--points", action="store_true")
    given = parser.parse_args()
    if given.points:
        with tempfile.TemporaryDirectory() as folder:
            return 1 if _kill_at_points(given.input, Path(folder)) else 0
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
