"""The lock of a home folder: one writer at a time, be it a run or a command; readers need none."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.catalog import no_warehouse
from warehouse.errors import HomeBusyError
from warehouse.home import Home


@contextmanager
def held(home: Home) -> Iterator[None]:
    """Hold the home folder, which must be there. Raises HomeBusyError when another program has it."""
    with home.lock.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise HomeBusyError(f"another run is writing to {home.root}: wait for it, or use another --home") from None
        yield


@contextmanager
def maintained(home: Home) -> Iterator[None]:
    """Hold the home folder of a warehouse. Raises CatalogError where there is none."""
    if not home.catalog.exists():
        raise no_warehouse(home)
    with held(home):
        yield
