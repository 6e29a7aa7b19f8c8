"""Which rules the rows of the warehouse were made by: each run records a digest of the rules of each stage.

Rules are the code and data of a stage and of all in `transforms` that it imports, the columns it writes and, of the
stage that finds names, the model. A changed comment counts as a change, another version of a package does not.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from functools import cache
from typing import Any, NamedTuple

import pyarrow.compute as pc

from flows.aliases import aliases_digest
from flows.code import code_of_transforms
from flows.model import describe_model
from flows.run import Run, live_files, read_files
from flows.steps import CLEANED
from transforms.stage import Stage
from transforms.stages import STAGES
from warehouse import schema
from warehouse.home import Home

Rules = dict[str, list[str]]
"""The digests of the rules that rows were made by, by stage: of one stage there may be several."""
Versions = dict[str, Any]
"""What `runs.versions` holds."""

NAMING = (schema.ENTITY_MAP, schema.ENTITIES)
"""Stages that every commit runs over all articles: their rows are as new as the last commit."""

_UNKNOWN = "unknown"
"""The rules of a run of a Dateline that recorded none."""
_IMPORT = re.compile(rb"^\s*(?:from|import) transforms\.(\w+)", re.MULTILINE)


class Outdated(NamedTuple):
    """Articles found by other rules than those of now: the first stage with others, their number, and their runs."""

    stage: str
    article_count: int
    run_ids: list[str]


def outdated(home: Home, model: str) -> Outdated | None:
    """Return what of the warehouse was found by other rules than those of now; None where nothing was.

    A run takes its articles through all stages, so that the run that made an article's fingerprint tells its rules.
    """
    now = {name: [digest] for name, digest in _digests(model).items() if name not in {table.name for table in NAMING}}
    made = read_files(schema.FINGERPRINTS, live_files(home).get(schema.FINGERPRINTS.name, []), ("run_id",))
    counts = {row["values"]: row["counts"] for row in pc.value_counts(made["run_id"]).to_pylist()}
    found = _recorded(home)
    changed = {
        run_id: [name for name in now if _rules_of(found.get(run_id, {})).get(name) != now[name]] for run_id in counts
    }
    run_ids = sorted(run_id for run_id, names in changed.items() if names)
    if not run_ids:
        return None
    first = next(name for name in now if any(name in changed[run_id] for run_id in run_ids))
    return Outdated(first, sum(counts[run_id] for run_id in run_ids), run_ids)


def rules(run: Run) -> Rules:
    """Return the rules that a run's articles are made by: those of now, and of rows it takes as given those of before.

    What a run over the warehouse is to make anew and cannot, for want of the bytes, counts as made.
    """
    own = {name: [digest] for name, digest in _digests(run.settings.model).items()}
    if not run.again:
        return own
    names = [table.name for table in CLEANED]
    given = names[: names.index(run.again.stage)] if run.again.stage in names else names
    taken = run.read(schema.RECORDS, ("article_id",))["article_id"]
    live = live_files(run.home).get(schema.FINGERPRINTS.name, [])
    before = read_files(schema.FINGERPRINTS, live, ("article_id", "run_id"), taken)["run_id"].unique().to_pylist()
    found = _recorded(run.home)
    earlier = [_rules_of(found.get(run_id, {})) for run_id in before]
    return own | {name: sorted({digest for one in earlier for digest in one.get(name, [_UNKNOWN])}) for name in given}


def _recorded(home: Home) -> dict[str, Versions]:
    """Return the versions that each committed run recorded, by its id, the oldest first."""
    rows = read_files(schema.RUNS, live_files(home).get(schema.RUNS.name, []), ("run_id", "status", "versions"))
    committed = sorted((row["run_id"], row["versions"]) for row in rows.to_pylist() if row["status"] == "committed")
    return {run_id: json.loads(versions) for run_id, versions in committed}


def _rules_of(versions: Versions) -> Rules:
    """Return the rules among recorded versions; a Dateline before this one recorded none."""
    found: Rules = versions.get("rules", {})
    return found


def naming_changed(run: Run) -> bool:
    """Whether the alias file or the rules of entities are others than at the last commit: they are linked anew then."""
    committed = list(_recorded(run.home).values())
    if not committed or not live_files(run.home).get(schema.ENTITY_MAP.name):
        return False
    before, now = _rules_of(committed[-1]), _digests(run.settings.model)
    by_other_rules = any(before.get(table.name) != [now[table.name]] for table in NAMING)
    return by_other_rules or committed[-1].get("aliases") != aliases_digest(run)


class _Part(NamedTuple):
    """A module or folder of `transforms`: a hash of its code and data, and the others it imports."""

    digest: str
    imports: set[str]


@cache
def _digests(model: str) -> dict[str, str]:
    parts = _parts()
    return {stage.writes.name: _digest(stage, parts, model) for stage in STAGES}


def _digest(stage: Stage, parts: dict[str, _Part], model: str) -> str:
    names = {stage.run.__module__.split(".")[1]}
    while more := {name for part in names for name in parts[part].imports} - names:
        names |= more
    code = [(name, parts[name].digest) for name in sorted(names)]
    columns = [(field.name, str(field.type)) for field in stage.writes.arrow]
    described = describe_model(model) if "tagger" in stage.options else {}
    read = (described.get("name"), described.get("version"))
    return hashlib.blake2b(repr((code, columns, read)).encode(), digest_size=8).hexdigest()


def _parts() -> dict[str, _Part]:
    contents: defaultdict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for place, content in code_of_transforms():
        contents[place.split("/")[0].removesuffix(".py")].append((place, content))
    return {
        name: _Part(
            hashlib.blake2b(repr(held).encode(), digest_size=16).hexdigest(),
            {found.decode() for place, content in held if place.endswith(".py") for found in _IMPORT.findall(content)},
        )
        for name, held in contents.items()
    }
