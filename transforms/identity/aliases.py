"""The user's alias file: which names mean the same, which stand alone, what an entity is called, what is no entity."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from transforms.identity.merging import Merge
from transforms.identity.name import KINDS
from transforms.names import folded
from warehouse.errors import AliasError

COLUMNS = ("action", "name", "type", "target")
ACTIONS = ("merge", "split", "rename", "stop")
RULE = "alias_file"
_WITH_TARGET = ("merge", "rename")
_LONGEST = 500
_MOST_SHOWN = 5


class Alias(NamedTuple):
    """One row: what to do with a name (of one type, or of any where it is empty), and towards which other name."""

    line: int
    action: str
    name: str
    type: str
    target: str

    @property
    def kind(self) -> str:
        """The coarse type: names of one are compared whatever their labels; empty for any."""
        return KINDS.get(self.type, "")


class Applied(NamedTuple):
    """An alias file over a corpus: merges of keys, keys that no rule sees, keys of no entity, names for keys."""

    merges: tuple[Merge, ...]
    hidden: frozenset[str]
    stopped: frozenset[str]
    names: dict[str, str]


Aliases = tuple[Alias, ...]


def parse_aliases(text: str, source: str) -> Aliases:
    """Return the rows of an alias file: CSV with the columns action, name, type, target in any order; type may lack.

    Raises AliasError with the line of each fault: unknown or missing columns and actions, empty names, a target that
    lacks or is not asked for, two rows that say the same or contradict, merges in a circle. Then no row holds.
    """
    rows, faults = _read(text.removeprefix("\ufeff"))
    faults += [*_faults(rows)] or [*_circles(rows)]
    if faults:
        more = f"; and {len(faults) - _MOST_SHOWN} more" if len(faults) > _MOST_SHOWN else ""
        raise AliasError(f"{source}: {'; '.join(faults[:_MOST_SHOWN])}{more}: nothing of it was applied")
    return tuple(rows)


def _read(text: str) -> tuple[list[Alias], list[str]]:
    reader = csv.reader(text.splitlines(), strict=True)
    rows: list[Alias] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        faults = _header_faults(header)
        for fields in reader if not faults else ():
            if len(fields) == len(header):
                row = {name: field.strip() for name, field in zip(header, fields, strict=True)}
                rows.append(Alias(reader.line_num, *(row.get(name, "") for name in COLUMNS)))
            elif any(field.strip() for field in fields):
                faults.append(f"line {reader.line_num}: {len(fields)} fields, where the header has {len(header)}")
    except csv.Error as error:
        return rows, [f"line {reader.line_num}: {error}"]
    return rows, faults


def _header_faults(header: list[str]) -> list[str]:
    unknown = [repr(name) for name in header if name not in COLUMNS]
    twice = [repr(name) for name in COLUMNS if header.count(name) > 1]
    missing = [repr(name) for name in ("action", "name", "target") if name not in header]
    faults = (("unknown columns", unknown), ("columns given twice", twice), ("missing columns", missing))
    return [f"line 1: {what} {', '.join(names)}" for what, names in faults if names]


def _faults(rows: list[Alias]) -> Iterator[str]:
    """Yield what is wrong with rows by themselves, and with those about a name and type of an earlier row."""
    seen: defaultdict[str, dict[tuple[str, str], Alias]] = defaultdict(dict)
    for row in rows:
        own = [*_own_faults(row)]
        yield from (f"line {row.line}: {fault}" for fault in own)
        earlier = seen[folded(row.name)] if not own else {}
        for before in earlier.values():
            if _overlap(row, before) and {row.action, before.action} != _COMPATIBLE:
                yield f"line {row.line}: {row.action} {row.name!r} {_against(row, before)} line {before.line}"
        earlier.setdefault((row.kind, row.action), row)


_COMPATIBLE = {"split", "rename"}


def _overlap(row: Alias, other: Alias) -> bool:
    """Whether two rows of one name may be about the same key."""
    return not row.kind or not other.kind or row.kind == other.kind


def _against(row: Alias, before: Alias) -> str:
    is_same = row.action == before.action and folded(row.target) == folded(before.target)
    return "is a duplicate of" if is_same else "contradicts"


def _own_faults(row: Alias) -> Iterator[str]:
    if row.action not in ACTIONS:
        yield f"unknown action {row.action!r}; there are {', '.join(ACTIONS)}"
    if not folded(row.name) or len(row.name) > _LONGEST:
        yield f"a name has 1 to {_LONGEST} characters, letters or digits among them"
    if row.type and row.type not in KINDS:
        yield f"unknown type {row.type!r}; there are {', '.join(KINDS)}"
    if row.action in _WITH_TARGET and not folded(row.target):
        yield f"{row.action} needs a target"
    if row.action not in _WITH_TARGET and row.action in ACTIONS and row.target:
        yield f"{row.action} takes no target"
    if row.action == "merge" and folded(row.name) == folded(row.target):
        yield f"{row.name!r} is merged with itself"


def _circles(rows: list[Alias]) -> Iterator[str]:
    merges = [row for row in rows if row.action == "merge"]
    targets: defaultdict[str, list[Alias]] = defaultdict(list)
    for row in merges:
        targets[folded(row.name)].append(row)
    for row in merges:
        seen, waiting = set[str](), [folded(row.target)]
        for name in waiting:
            if name not in seen:
                waiting += [folded(following.target) for following in targets[name]]
            seen.add(name)
        if folded(row.name) in seen:
            yield f"line {row.line}: merging {row.name!r} leads back to it"


def applied(aliases: Aliases, keys: Iterable[str]) -> Applied:
    """Return what an alias file says of the entity keys of a corpus; rows about names it has not say nothing."""
    by_name = _by_name(keys)
    found = {row: _keys(row.name, row.type, by_name) for row in aliases}
    of = {action: frozenset(key for row in aliases if row.action == action for key in found[row]) for action in ACTIONS}
    merges, names = _merges(aliases, found, by_name)
    renamed = {key: row.target for row in aliases if row.action == "rename" for key in found[row]}
    return Applied(tuple(merges), of["merge"] | of["split"] | of["stop"], of["stop"], names | renamed)


def keys_of(alias: Alias, keys: Iterable[str]) -> list[str]:
    """Return which entity keys a row is about: those of its name and type, not those of its target."""
    return _keys(alias.name, alias.type, _by_name(keys))


def _by_name(keys: Iterable[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        found[key.partition(":")[2]].append(key)
    return found


def _keys(name: str, label: str, by_name: dict[str, list[str]]) -> list[str]:
    keys = by_name.get(folded(name), [])
    return [key for key in keys if not label or KINDS.get(key.partition(":")[0]) == KINDS[label]]


def _merges(
    aliases: Aliases, found: dict[Alias, list[str]], by_name: dict[str, list[str]]
) -> tuple[list[Merge], dict[str, str]]:
    """Return the merges, and the name each merged key shall have: the last target of its chain."""
    sources: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    merges: list[Merge] = []
    names: dict[str, str] = {}
    for row in aliases:
        if row.action == "merge":
            targets = _keys(row.target, row.type, by_name) or _keys(row.target, "", by_name)
            group = sources[folded(row.target), "" if targets else row.type]
            group += [*(targets if not group else ()), *found[row]]
            merges += [Merge(key, group[0], RULE) for key in group[1:] if key != group[0]]
            names |= dict.fromkeys([*targets, *found[row]], row.target)
    chained = {folded(row.name) for row in aliases if row.action == "merge"}
    return merges, {key: name for key, name in names.items() if folded(name) not in chained}
