"""Attach a catalog with the stock DuckLake extension. Run by an interpreter that has it, not by ours.

Reads a JSON list of statements from its input and prints a JSON list of answers, each a list of rows as text.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import duckdb

EXTENSIONS = {"duckdb_extension_sqlite_scanner": "sqlite_scanner", "duckdb_extension_ducklake": "ducklake"}


def extension(package: str, name: str) -> Path:
    """Return the path of an extension that came in a Python package."""
    found = importlib.util.find_spec(package)
    folders = (found and found.submodule_search_locations) or []
    return next(path for folder in folders for path in Path(folder).rglob(f"{name}.duckdb_extension"))


def attach(catalog: str) -> duckdb.DuckDBPyConnection:
    """Return a connection with the catalog attached as `lake`, and in use."""
    connection = duckdb.connect()
    for package, name in EXTENSIONS.items():
        connection.execute(f"LOAD '{extension(package, name)}'")
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(f"ATTACH 'ducklake:sqlite:{catalog}' AS lake")
    connection.execute("USE lake")
    return connection


if __name__ == "__main__":
    with attach(sys.argv[1]) as lake:
        answers = [lake.execute(statement).fetchall() for statement in json.load(sys.stdin)]
    json.dump(answers, sys.stdout, default=str)
