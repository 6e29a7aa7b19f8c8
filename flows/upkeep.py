"""The commands that look after a warehouse: its commits, its files, what is kept of them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from flows.parser import CHECKS_FAILED, DONE, add_format, command
from warehouse.home import Home

if TYPE_CHECKING:
    from flows.parser import Commands


def _add_log(commands: Commands) -> None:
    add_format(command(commands, "log", _log, "Show the commits, newest first."))


def _log(given: argparse.Namespace) -> int:
    import pyarrow as pa

    from flows.output import write_rows
    from warehouse import catalog

    with catalog.connect(Home.at(given.home)) as connection:
        rows = [snapshot._asdict() for snapshot in catalog.snapshots(connection)]
    write_rows(pa.Table.from_pylist(rows).select(["snapshot_id", "committed_at", "run_id", "message"]), given.format)
    return DONE


def _add_diff(commands: Commands) -> None:
    parser = command(commands, "diff", _diff, "Show what came and went between two snapshots, table by table.")
    parser.add_argument("one", type=int, metavar="A", help="a snapshot (see log)")
    parser.add_argument("other", type=int, metavar="B", help="another one: what it has and A has not was added")
    add_format(parser)


def _diff(given: argparse.Namespace) -> int:
    import pyarrow as pa

    from flows.output import write_rows
    from warehouse.diff import TableDiff, diff

    tables = diff(Home.at(given.home), given.one, given.other)
    columns = dict(zip(TableDiff._fields, zip(*tables, strict=True), strict=True)) if tables else {}
    kinds = {"table_name": pa.string(), "run_ids": pa.list_(pa.string())}
    arrays = {name: pa.array(columns.get(name, []), kinds.get(name, pa.int64())) for name in TableDiff._fields}
    write_rows(pa.table(arrays), given.format)
    return DONE


def _add_rollback(commands: Commands) -> None:
    parser = command(commands, "rollback", _rollback, "Make the tables what they were at a snapshot, as a new commit.")
    parser.add_argument("snapshot", type=int, metavar="N", help="the snapshot to go back to (see log)")


def _rollback(given: argparse.Namespace) -> int:
    from flows.publish import render_report
    from warehouse.rollback import rollback

    home = Home.at(given.home)
    print(f"snapshot {rollback(home, given.snapshot)} shows what snapshot {given.snapshot} showed")
    render_report(home)
    return DONE


def _add_compact(commands: Commands) -> None:
    command(commands, "compact", _compact, "Merge the small files of each table into sorted ones, as a new commit.")


def _compact(given: argparse.Namespace) -> int:
    from warehouse.compact import compact

    before, after = compact(Home.at(given.home))
    print(f"{before:,} files replaced by {after:,}" if after else "no files to merge")
    return DONE


def _add_vacuum(commands: Commands) -> None:
    parser = command(commands, "vacuum", _vacuum, "Forget old snapshots and delete the files that no snapshot shows.")
    parser.add_argument("--keep", required=True, metavar="N|AGE", help="the newest N snapshots, or those of 12h, 30d")


def _vacuum(given: argparse.Namespace) -> int:
    from warehouse.vacuum import vacuum

    done = vacuum(Home.at(given.home), given.keep)
    print(f"{done.snapshots:,} snapshots forgotten, {done.files:,} files of {done.byte_count:,} bytes deleted")
    return DONE


def _add_forget(commands: Commands) -> None:
    parser = command(commands, "forget", _forget, "Take articles and all that hangs on them out, as a new commit.")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("articles", nargs="*", default=[], metavar="ARTICLE_ID", help="articles by their id")
    which.add_argument(
        "--source",
        metavar="S",
        help="all articles of the outlet S, of the source S given with their records, or of the file or folder S",
    )


def _forget(given: argparse.Namespace) -> int:
    from flows.forget import forget
    from flows.publish import render_report
    from flows.settings import load_settings

    home = Home.at(given.home)
    done = forget(home, load_settings(home, {}), given.articles, given.source)
    render_report(home)
    print(f"snapshot {done.snapshot}: {done.articles:,} articles forgotten, {done.rows:,} rows")
    print("older snapshots still show them: `dateline vacuum --keep 30d` deletes these in any case")
    return DONE


def _add_relink(commands: Commands) -> None:
    command(commands, "relink", _relink, "Tell catalog and views where their files are, after the folder was moved.")


def _relink(given: argparse.Namespace) -> int:
    from warehouse.relink import relink

    home = Home.at(given.home)
    print(f"snapshot {relink(home)} is read from {home.root}")
    return DONE


def _add_fsck(commands: Commands) -> None:
    parser = command(commands, "fsck", _fsck, "Check that every file of the warehouse is there and as it was written.")
    parser.add_argument("--quick", action="store_true", help="leave checksums out: read only the end of each file")


def _fsck(given: argparse.Namespace) -> int:
    from warehouse.fsck import fsck
    from warehouse.vacuum import find_orphans

    home = Home.at(given.home)
    faults = fsck(home, quick=given.quick)
    for fault in faults:
        print(f"{fault.path}: {fault.problem}")
    if lost := find_orphans(home):
        told = f"{len(lost):,} files that no snapshot shows, left by killed runs"
        print(f"{told}: `dateline vacuum --keep 30d` deletes them")
    print(f"{len(faults)} faults" if faults else "every file is there and as it was written")
    return CHECKS_FAILED if faults else DONE


UPKEEP = (_add_log, _add_diff, _add_rollback, _add_compact, _add_vacuum, _add_forget, _add_relink, _add_fsck)
"""Declare each of them."""
