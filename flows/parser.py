"""What the commands of `dateline` share: how each is declared, and the exit codes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse gives it no public name

DONE, USER_ERROR, CHECKS_FAILED = 0, 1, 2
DEFAULT_HOME = "data"
FORMATS = ("table", "json", "csv", "markdown", "parquet")


def command(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    """Declare a command that `run` runs, with its `--home`."""
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(command=run)
    parser.add_argument("--home", default=DEFAULT_HOME, metavar="DIR", help="folder of the warehouse (default: data)")
    return parser


def add_format(parser: argparse.ArgumentParser) -> None:
    """Let the user choose how rows are written."""
    parser.add_argument("--format", choices=FORMATS, default="table", help="how to write the rows (default: table)")
