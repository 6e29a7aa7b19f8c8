"""The user's alias file in the home folder: read whole, checked before any work, and recorded with each commit."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flows.run import Run
from transforms.identity.aliases import Aliases, parse_aliases
from warehouse.errors import AliasError
from warehouse.home import Home


def read_aliases(home: Home) -> Aliases:
    """Return the rows of the home's alias file; none where there is no file. Raises AliasError with its faults."""
    return _parsed(home.aliases, home.aliases)


def stage_aliases(run: Run) -> None:
    """Keep the alias file as it is now, so that all stages of a run see the same one."""
    if run.home.aliases.exists():
        run.staging.mkdir(parents=True, exist_ok=True)
        _staged(run).write_bytes(run.home.aliases.read_bytes())


def staged_aliases(run: Run) -> Aliases:
    """Return the rows of the alias file the run keeps to."""
    return _parsed(_staged(run), run.home.aliases)


def aliases_digest(run: Run) -> str | None:
    """Return a hash of the alias file the run keeps to, for `runs.versions`; None without one."""
    return hashlib.sha256(_staged(run).read_bytes()).hexdigest() if _staged(run).exists() else None


def _staged(run: Run) -> Path:
    return run.staging / "aliases.csv"


def _parsed(path: Path, source: Path) -> Aliases:
    if not path.exists():
        return ()
    content = path.read_bytes()
    try:
        return parse_aliases(content.decode("utf-8"), str(source))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise AliasError(f"{source}: line {line}: not UTF-8: nothing of it was applied") from error
