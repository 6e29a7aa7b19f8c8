"""The command `dateline`. Heavy imports stand inside the commands, so that `--help` answers at once."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

from flows.parser import CHECKS_FAILED, DONE, USER_ERROR, add_format, command
from flows.upkeep import UPKEEP
from warehouse.errors import DatelineError
from warehouse.home import Home

if TYPE_CHECKING:
    from flows.execute import Finished
    from flows.parser import Commands
    from flows.run import Again
    from flows.settings import Settings

TERMINAL_ROWS = 1_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 user or input error, 2 checks failed."""
    given = make_parser().parse_args(arguments)
    chosen: Callable[[argparse.Namespace], int] = given.command
    try:
        return chosen(given)
    except DatelineError as error:
        _say(str(error))
        return USER_ERROR
    except KeyboardInterrupt:
        print("dateline: stopped; the last commit is whole, run again to go on", file=sys.stderr)
        return USER_ERROR
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except MemoryError:
        _say("out of memory: run again with fewer workers or smaller batch_bytes; all commits before stay as they were")
        return USER_ERROR
    except OSError as error:
        _say(_cause(error))
        return USER_ERROR


def _cause(error: OSError) -> str:
    """Return what the system refused, and where; of a full disk also what to do."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        place = error.filename or "disk"
        return f"{place}: no space left: make room and run again; all commits before stay as they were"
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)


def _say(text: str) -> None:
    """Tell the user something in one line, without what a terminal would obey."""
    print(f"dateline: {''.join(c if c.isprintable() else ' ' for c in text)}", file=sys.stderr)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line, with the exit code of every other user error."""

    def error(self, message: str) -> NoReturn:
        """End the program."""
        self.exit(USER_ERROR, f"dateline: {message}; see {self.prog} --help\n")


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of all commands; the docs are written from it as well."""
    parser: argparse.ArgumentParser = _Parser(
        prog="dateline",
        description="Turns raw news-article text into a warehouse that proves itself.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in (
        _add_run,
        _add_serve,
        _add_sql,
        _add_entities,
        _add_report,
        _add_checks,
        _add_quarantine,
        *UPKEEP,
    ):
        add(commands)
    return parser


def _add_settings(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("settings (also in DIR/dateline.toml or as DATELINE_NAME)")
    group.add_argument("--model", help="spaCy pipeline for names (default: en_core_web_md)")
    group.add_argument("--workers", type=int, metavar="N", help="worker processes (default: one a core)")
    group.add_argument("--batch-bytes", type=int, metavar="N", help="input bytes a task works on")
    group.add_argument("--max-document-bytes", type=int, metavar="N", help="longest document, after decompression")
    group.add_argument("--max-characters", type=int, metavar="N", help="longest text")
    group.add_argument("--max-seconds-per-document", type=float, metavar="S", help="longest time to clean a document")
    group.add_argument("--clean", choices=("lines", "none"), help="none: take texts as clean already")
    group.add_argument(
        "--include-forgotten", action="store_true", default=None, help="read articles again that `forget` took out"
    )


_CHOICE = ("source", "since", "until")
_SETTINGS = (
    "model",
    "workers",
    "batch_bytes",
    "max_document_bytes",
    "max_characters",
    "max_seconds_per_document",
    "clean",
    "include_forgotten",
    *_CHOICE,
)


def _add_run(commands: Commands) -> None:
    parser = command(commands, "run", _run, "Read articles and commit what is new.")
    parser.add_argument("inputs", nargs="*", metavar="INPUT", help="files, folders or globs")
    _add_direct(parser)
    parser.add_argument(
        "--reprocess",
        metavar="STAGE",
        help="in place of INPUT, find articles of the warehouse anew from a stage on: documents (from stored bytes), "
        "blocks (from the raw text), articles, fingerprints; any later stage: all that is compared and extracted; "
        "changed: those found by other rules than this version's, from the first stage with others on",
    )
    group = parser.add_argument_group(
        "which articles (settings too)",
        "Those left out are counted, and taken in by a later run that asks for them. Of INPUT, days choose by the day "
        "of publication an article states: one that states none is left out. Of the warehouse, by the best day known.",
    )
    group.add_argument("--source", metavar="S", help="only those of an outlet, a given source, or a file or folder")
    group.add_argument("--since", metavar="DAY", help="only those published on that day or later")
    group.add_argument("--until", metavar="DAY", help="only those published on that day or before")
    _add_settings(parser)


def _add_direct(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--direct", action="store_true", help="run in this process, without Prefect")


def _run(given: argparse.Namespace) -> int:
    if given.reprocess:
        return _reprocess(given)
    if not given.inputs:
        raise DatelineError("give files, folders or globs to read, or --reprocess STAGE")
    from flows.inputs import require_files

    require_files(given.inputs, Home.at(given.home).root)
    return _drive(given, given.inputs)


def _reprocess(given: argparse.Namespace) -> int:
    from flows.again import reprocess

    if given.inputs:
        raise DatelineError("--reprocess STAGE reads the warehouse, and no INPUT")
    chosen = {name: getattr(given, name) for name in ("reprocess", *_CHOICE)}
    words = [word for name, value in chosen.items() if value for word in (f"--{name}", value)]
    return _drive(given, words, lambda settings: reprocess(Home.at(given.home), given.reprocess, settings))


def _drive(given: argparse.Namespace, inputs: Sequence[str], ask: Callable[[Settings], Again] | None = None) -> int:
    """Run over inputs, or over what is asked for of the warehouse."""
    from flows.run import Run
    from flows.settings import load_settings
    from warehouse.catalog import no_warehouse

    home = Home.at(given.home)
    settings = load_settings(home, {name: getattr(given, name, None) for name in _SETTINGS})
    again = ask(settings) if ask else None
    if ask and not home.catalog.exists():
        raise no_warehouse(home)
    run = Run.start(home, settings, inputs, again)
    if given.direct:
        from flows.direct import run_direct as drive
    else:
        from flows.prefect_settings import prepare_prefect

        prepare_prefect(home)
        from flows.pipeline import run_flow as drive
    return _tell(drive(run))


def _tell(finished: Finished) -> int:
    from flows.output import summary

    for problem in finished.problems:
        _say(problem)
    for rejected in finished.outcome.rejected:
        _say(f"rejected {rejected}")
    more = finished.outcome.counts.get("rejected", 0) - len(finished.outcome.rejected)
    if more > 0:
        _say(f'and {more:,} more: `dateline sql "SELECT uri, reason FROM rejected_documents"`')
    print(summary(finished))
    if finished.outcome.blocked_by:
        for reason in finished.outcome.blocked_by:
            _say(f"blocked by {reason}")
        return CHECKS_FAILED
    counts = finished.outcome.counts
    if finished.run.again:
        return DONE
    nothing_read = counts.get("records", 0) == counts.get("documents_rows", 0) and not counts.get("accepted", 0)
    return USER_ERROR if nothing_read and not counts.get("unsettled", 0) else DONE


def _add_serve(commands: Commands) -> None:
    parser = command(commands, "serve", _serve, "Run on a schedule over an inbox folder, until stopped.")
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="files, folders or globs")
    when = parser.add_mutually_exclusive_group(required=True)
    when.add_argument("--every", metavar="TIME", help="interval, as 90s, 15m, 2h or 1d")
    when.add_argument("--cron", metavar="EXPRESSION", help="cron expression, as '0 6 * * *' (UTC)")
    _add_settings(parser)


def _serve(given: argparse.Namespace) -> int:
    from flows.serve import serve

    flags = {name: getattr(given, name, None) for name in _SETTINGS}
    return serve(Home.at(given.home), given.inputs, flags, every=given.every, cron=given.cron)


def _add_sql(commands: Commands) -> None:
    parser = command(commands, "sql", _sql, "Ask one SELECT of the warehouse (read-only).")
    parser.add_argument("statement", metavar="SELECT", help="the statement, or - to read it from standard input")
    add_format(parser)
    parser.add_argument("--as-of", type=int, metavar="N", help="the warehouse as it was at snapshot N (see log)")
    parser.add_argument("--limit", type=int, metavar="N", help="most rows (default: 1000 on a terminal, else all)")


def _sql(given: argparse.Namespace) -> int:
    from flows.output import write_rows
    from warehouse.query import select

    on_terminal = sys.stdout.isatty()
    limit = given.limit if given.limit is not None else TERMINAL_ROWS if on_terminal else None
    statement = sys.stdin.read() if given.statement == "-" else given.statement
    rows = select(Home.at(given.home), statement, as_of=given.as_of, limit=limit)
    write_rows(rows, given.format)
    if on_terminal and given.limit is None and rows.num_rows == TERMINAL_ROWS:
        print(f"dateline: only the first {TERMINAL_ROWS} rows; give --limit for more", file=sys.stderr)
    return DONE


def _add_entities(commands: Commands) -> None:
    parser = command(commands, "entities", _entities, "Show an entity's spellings, rules and articles.")
    parser.add_argument("action", choices=("show", "aliases"), help="one entity, or the rows of DIR/aliases.csv")
    parser.add_argument("name", nargs="?", metavar="NAME", help="a name or id of the entity (for show)")


def _entities(given: argparse.Namespace) -> int:
    from flows.entities import show, show_aliases

    if (given.action == "show") != (given.name is not None):
        raise DatelineError("give `entities show NAME`, or `entities aliases`")
    home = Home.at(given.home)
    if given.action == "show":
        show(home, given.name)
    else:
        show_aliases(home)
    return DONE


def _add_report(commands: Commands) -> None:
    parser = command(
        commands, "report", _report, "Render the report of the warehouse as it is now, and as JSON beside it."
    )
    parser.add_argument("--output", metavar="FILE", help="where to write the page (default: DIR/reports/report.html)")


def _report(given: argparse.Namespace) -> int:
    from pathlib import Path

    from flows.publish import render_report

    print(render_report(Home.at(given.home), Path(given.output) if given.output else None))
    return DONE


def _add_checks(commands: Commands) -> None:
    parser = command(commands, "checks", _checks, "Show the verdicts of the last run that was checked.")
    parser.add_argument("--all", action="store_true", help="also those that held")


def _checks(given: argparse.Namespace) -> int:
    from flows.output import write_rows
    from warehouse.query import select

    failed = select(
        Home.at(given.home),
        f"""
        SELECT table_name, check_name, severity, success, is_error, checked_count, unexpected_count, details
        FROM checks WHERE run_id = (SELECT max(run_id) FROM checks) {"" if given.all else "AND success IS NOT TRUE"}
        ORDER BY success NULLS FIRST, table_name, check_name
    """,
    )
    write_rows(failed, "table")
    found = failed.to_pylist()
    blocks = any(row["is_error"] or (not row["success"] and row["severity"] == "critical") for row in found)
    return CHECKS_FAILED if blocks else DONE


def _add_quarantine(commands: Commands) -> None:
    text = "Show rows that were kept out, with the reason, or read their articles anew."
    parser = command(commands, "quarantine", _quarantine, text)
    parser.add_argument("action", choices=("list", "replay"), help="list them, or read their articles again")
    add_format(parser)
    group = parser.add_argument_group("replay: what is good now is committed, rejected documents too")
    _add_direct(group)
    group.add_argument("--run", metavar="R", help="only what that run kept out or rejected")
    group.add_argument("--reason", metavar="TEXT", help="only what has these words in its reason")


def _quarantine(given: argparse.Namespace) -> int:
    from flows.output import write_rows
    from warehouse.query import select

    if given.action == "replay":
        from flows.again import replay

        chosen = {"run": given.run, "reason": given.reason}
        words = [word for name, value in chosen.items() if value for word in (f"--{name}", value)]
        return _drive(given, ["quarantine", "replay", *words], lambda _: replay(given.run, given.reason))

    write_rows(
        select(
            Home.at(given.home),
            """
        SELECT run_id, table_name, article_id, check_name, reason, row_key FROM quarantine
        ORDER BY run_id DESC, table_name, row_key
    """,
        ),
        given.format,
    )
    return DONE


if __name__ == "__main__":
    sys.exit(main())
