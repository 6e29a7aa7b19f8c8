"""Where a warehouse keeps its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import SettingsError

NOTE = "run.json"
"""The name of a run's note among what it staged: its row in `runs`, should it be killed."""
_GLOB_CHARACTERS = frozenset("*?[")


@dataclass(frozen=True)
class Home:
    """The home folder of one warehouse: run-time data only, never code."""

    root: Path

    @classmethod
    def at(cls, folder: str | Path) -> Home:
        """Return the home in `folder`, which need not exist yet.

        Raises SettingsError where DuckDB could not name files in it literally.
        """
        root = Path(folder).expanduser().resolve()
        if _GLOB_CHARACTERS & set(str(root)):
            raise SettingsError(f"home folder {root}: the path must not hold any of * ? [; choose another with --home")
        return cls(root)

    @property
    def catalog(self) -> Path:
        """The SQLite catalog: the truth about which files are live."""
        return self.root / "catalog.sqlite"

    @property
    def data(self) -> Path:
        """The immutable Parquet files, a folder a table."""
        return self.root / "tables" / "main"

    @property
    def database(self) -> Path:
        """The view-only DuckDB file, derived from the catalog."""
        return self.root / "warehouse.duckdb"

    @property
    def staging(self) -> Path:
        """Rows of the run under way."""
        return self.root / "staging"

    @property
    def reports(self) -> Path:
        """Rendered reports."""
        return self.root / "reports"

    @property
    def settings(self) -> Path:
        """The settings file, written by the user."""
        return self.root / "dateline.toml"

    @property
    def aliases(self) -> Path:
        """The alias file, written by the user."""
        return self.root / "aliases.csv"

    @property
    def lock(self) -> Path:
        """Held by the run under way."""
        return self.root / "run.lock"

    @property
    def prefect(self) -> Path:
        """Prefect's own state."""
        return self.root / "prefect"
