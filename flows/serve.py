"""`dateline serve`: runs on a schedule, with a Prefect server of its own where none is given."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from flows.inputs import missing
from flows.model import model_path
from flows.prefect_settings import prepare_prefect
from flows.settings import load_settings
from warehouse.errors import DatelineError, InputError, SettingsError
from warehouse.home import Home

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_INTERVAL = re.compile(r"(\d+)\s*([smhd])")
_START_SECONDS = 180.0
_SETTLE_SECONDS = 2.0


def interval(text: str) -> timedelta:
    """Read an interval such as 90s, 15m, 2h or 1d. Raises SettingsError.

    >>> interval("15m")
    datetime.timedelta(seconds=900)
    """
    found = _INTERVAL.fullmatch(text.strip())
    if not found or not int(found[1]):
        raise SettingsError(f"--every {text}: give a whole number above 0 and a unit, as 90s, 15m, 2h or 1d")
    try:
        return timedelta(**{_UNITS[found[2]]: int(found[1])})
    except OverflowError:
        raise SettingsError(f"--every {text}: longer than any calendar") from None


def serve(
    home: Home,
    inputs: Sequence[str],
    settings: Mapping[str, object],
    *,
    every: str | None = None,
    cron: str | None = None,
) -> int:
    """Run the flow over `inputs` on a schedule until stopped by SIGINT or SIGTERM; one run at a time."""
    period = interval(every) if every else None
    loaded = load_settings(home, settings)
    model_path(loaded.model)
    prepare_prefect(home, PREFECT_LOGGING_LEVEL="INFO")
    if cron is not None:
        _require_cron(cron)
    if gone := missing(inputs):
        raise InputError("; ".join(gone))
    signal.signal(signal.SIGTERM, _stop)
    with suppress(KeyboardInterrupt), server(home):
        from prefect.deployments.runner import EntrypointType
        from prefect.runner import Runner

        from flows.pipeline import dateline

        given = {name: value for name, value in settings.items() if value is not None}
        deployment: Any = dateline.to_deployment(
            "inbox",
            interval=period,
            cron=cron,
            concurrency_limit=1,
            entrypoint_type=EntrypointType.MODULE_PATH,
            parameters={
                "inputs": [str(Path(given).resolve()) for given in inputs],
                "home": str(home.root),
                "settings": given | {"settle_seconds": loaded.settle_seconds or _SETTLE_SECONDS},
            },
        )
        print(f"dateline: serving {', '.join(inputs)} into {home.root}; stop with Ctrl-C", file=sys.stderr)
        _hush_the_end()
        runner = Runner(limit=1)
        runner.add_deployment(deployment)
        # its own handler, called again while the runner ends, breaks that off
        runner.handle_sigterm = _stop  # type: ignore[method-assign]
        asyncio.run(runner.start())
    print("dateline: stopped; all that was committed stays, the next run does what is left", file=sys.stderr)
    return 0


def _hush_the_end() -> None:
    """On SIGTERM Prefect ends well, but not without words of the tasks it cancels."""
    logging.getLogger("asyncio").addFilter(
        lambda record: not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))
    )


def _require_cron(expression: str) -> None:
    from prefect.client.schemas.schedules import CronSchedule

    try:
        CronSchedule(cron=expression)
    except ValueError:
        raise SettingsError(f"--cron {expression}: not a cron expression; give five fields, as '0 6 * * *'") from None


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """End at the first signal; those that follow find it under way, and must not break it off."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


@contextmanager
def server(home: Home) -> Iterator[None]:
    """Use the server of PREFECT_API_URL; where that is not set, start one on a free loopback port for as long."""
    if os.environ.get("PREFECT_API_URL"):
        yield
        return
    port = _free_port()
    log = home.prefect / "server.log"
    with log.open("ab") as sink:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and words
            [
                sys.executable,
                "-m",
                "flows.serve",
                "server",
                "start",
                "--no-ui",
                "--host",
                "127.0.0.1",
                "--port",
                str(port),
            ],
            stdin=subprocess.PIPE,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/api/health", process, log)
        os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
        yield
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        _end(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - loopback, made above
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise DatelineError(f"the Prefect server did not start; see {log}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _run_prefect() -> None:
    """Be the command `prefect`, and end with the parent, however it ends: it holds the other end of standard input."""
    import runpy

    threading.Thread(target=_end_with_input, daemon=True).start()
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    _run_prefect()
