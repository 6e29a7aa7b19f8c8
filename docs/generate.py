"""`python -m docs.generate`: write the pages that follow from declarations (tables, roles, views, commands)."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from flows.cli import make_parser
from transforms.lines.labels import RULES
from transforms.lines.patterns import PATTERNS
from warehouse import schema
from warehouse.columns import type_name
from warehouse.roles import ROLES
from warehouse.views import model_files

FOLDER = Path(__file__).parent
COLUMNS = 100


def tables_page() -> str:
    """Return the page of tables and columns."""
    lines = [
        "# Tables",
        "",
        "Written by `make docs` from `warehouse/schema.py`. Offsets count code points from 0 and are half-open:",
        "`text_*` points into `articles.text`, `raw_*` into `documents.raw_text`; in DuckDB, whose slices are 1-based",
        "and inclusive, `raw_text[raw_start + 1 : raw_end]`.",
        "",
    ]
    for table in schema.TABLES:
        lines += [f"## {table.name}", "", f"{table.meaning} Key: {', '.join(f'`{name}`' for name in table.key)}.", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        lines += [
            f"| `{c.name}` | {type_name(c.type)}{'' if c.nullable else ', never null'} | {c.meaning} |"
            for c in table.columns
        ]
        lines.append("")
    return "\n".join(lines)


def roles_page() -> str:
    """Return the page of line roles."""
    lines = [
        "# Line roles",
        "",
        "Written by `make docs` from `warehouse/roles.py` and `transforms/lines/`. Every line of a document gets",
        "one role in `blocks`, with a probability and the rule that gave it. Nothing is deleted: another choice of",
        "roles is another query. Where unsure, the line is kept as body with a low probability.",
        "",
        "| role | meaning | lines |",
        "|---|---|---|",
    ]
    for role, meaning in ROLES.items():
        rules = ", ".join(f"`{pattern.rule}`" for pattern in PATTERNS if pattern.role == role)
        lines.append(f"| `{role}` | {meaning} | {rules or 'by place or model'} |")
    lines += ["", "## Rules beside the patterns", ""]
    lines += [
        "Patterns (`transforms/lines/patterns.py`) see a line alone and come first. The rest is decided by:",
        "",
        "| rule | what it goes by |",
        "|---|---|",
        *(f"| `{rule}` | {meaning} |" for rule, meaning in RULES.items()),
        "",
        "What an outlet prints on page after page is counted in the view `repeated_lines`, but decides no role: which",
        "lines repeat hangs on the articles that came before, and the same page must get the same roles in any order.",
        "",
    ]
    return "\n".join(lines)


def views_page() -> str:
    """Return the page of reporting views."""
    origin = "Written by `make docs` from `warehouse/models/*.sql`. Ask them with `dateline sql`."
    lines = ["# Reporting views", "", origin, ""]
    for model in model_files():
        lines += [f"## {model.name}", "", model.title, "", *(f"- {line}" for line in model.meaning), ""]
    return "\n".join(lines)


def commands_page() -> str:
    """Return the page of commands."""
    os.environ["COLUMNS"] = str(COLUMNS)  # argparse wraps its help to the terminal
    lines = ["# Commands", "", "Written by `make docs` from `flows/cli.py`.", ""]
    for name, parser in _commands():
        lines += [f"## dateline {name}", "", "```text", parser.format_help().rstrip(), "```", ""]
    lines += ["Exit codes: 0 done, 1 user or input error (one line: what, where, what to do), 2 checks failed.", ""]
    return "\n".join(lines)


def _commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in make_parser()._actions:  # noqa: SLF001 - argparse shows its commands nowhere else
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - likewise
            yield from action.choices.items()


PAGES = {"tables.md": tables_page, "roles.md": roles_page, "views.md": views_page, "commands.md": commands_page}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), "utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
