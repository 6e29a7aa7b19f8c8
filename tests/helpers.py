"""How tests start the program, and compare what two warehouses hold."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event

import pyarrow as pa

from warehouse.database import open_warehouse
from warehouse.fsck import fsck
from warehouse.home import Home
from warehouse.schema import CHECKS, MEASURES, RUNS, TABLES

COMMAND = (sys.executable, "-m", "flows.cli")
DEADLINE_SECONDS = 180.0

_PAUSE = Event()


def contents(home: Home) -> dict[str, pa.Table]:
    """Return the rows of every table but those about runs in key order, without the run's id."""
    with open_warehouse(home) as opened:
        return {
            table.name: opened.connection.execute(
                f"SELECT * EXCLUDE (run_id) FROM {table.name} "
                f"ORDER BY {', '.join(name for name in table.key if name != 'run_id')}"
            ).to_arrow_table()
            for table in TABLES
            if table not in (CHECKS, MEASURES, RUNS)
        }


def assert_same(one: Mapping[str, pa.Table], other: Mapping[str, pa.Table]) -> None:
    """Hold two contents against each other, naming the table that differs."""
    assert one.keys() == other.keys()
    for name, rows in one.items():
        assert rows.num_rows == other[name].num_rows, name
        assert rows.to_pylist() == other[name].to_pylist(), name


def counted(home: Home) -> dict[str, int]:
    """Return how many rows each table holds."""
    with open_warehouse(home) as opened:
        ask_one = opened.connection.execute
        return {table.name: len(ask_one(f"SELECT 1 FROM {table.name}").fetchall()) for table in TABLES}


def ask(home: Home, sql: str) -> list[tuple[object, ...]]:
    """Return the rows of a SELECT over a home that holds together."""
    assert fsck(home) == []
    with open_warehouse(home) as opened:
        return opened.connection.execute(sql).fetchall()


def dateline(
    *arguments: str | Path,
    environment: Mapping[str, str] | None = None,
    given: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own and wait for it."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        input=given,
        timeout=DEADLINE_SECONDS,
        env={**os.environ, **(environment or {})},
        check=False,
    )


def start(
    *arguments: str | Path,
    environment: Mapping[str, str] | None = None,
    output: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start the command as the head of a process group of its own; what it says goes to `output`."""
    with (output or Path(os.devnull)).open("wb") as sink:
        return subprocess.Popen(
            [*COMMAND, *map(str, arguments)],
            stdout=sink,
            stderr=sink,
            start_new_session=True,
            env={**os.environ, **(environment or {})},
        )


def eventually(condition: Callable[[], object], seconds: float = DEADLINE_SECONDS) -> bool:
    """Ask again and again until a condition holds, at most for so long; return whether it came to hold."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        _PAUSE.wait(0.02)
    return True


def one_line(text: str) -> str:
    """Return the only line of what a command said to standard error."""
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(lines) == 1, text
    assert "Traceback" not in text
    return lines[0]
