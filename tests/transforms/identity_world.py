"""What tests of identity share: mentions written as lines, and what the stages make of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from transforms.entities import entities
from transforms.entity_map import entity_map
from transforms.identity.aliases import Aliases
from transforms.names import entity_key, folded
from warehouse import schema

Row = dict[str, Any]


def mentions_of(*articles: str, run_id: str | None = None) -> pa.Table:
    """Make mentions of articles, each a line "day: PERSON Rosa Lind; PERSON Lind = Rosa Lind; GPE Vigra * 3".

    "=" links a mention to another name of the article, "*" repeats it.
    """
    return schema.MENTIONS.rows([row | {"run_id": run_id} for line in articles for row in _article(line)])


def _article(line: str) -> list[Row]:
    article_id, _, names = line.partition(": ")
    rows = []
    for number, written in enumerate(names.split("; ")):
        text, _, count = written.partition(" * ")
        label, _, name = text.strip().partition(" ")
        surface, _, linked = name.partition(" = ")
        row = {"article_id": article_id, "label": label, "surface": surface, "raw_start": number}
        rows += [row | {"entity_key": entity_key(label, folded(linked or surface))}] * int(count or 1)
    return rows


NONE = schema.MENTIONS.empty()


def mapped(new: pa.Table, known: pa.Table = NONE, before: pa.Table | None = None, aliases: Aliases = ()) -> pa.Table:
    """Run the stage entity_map."""
    return entity_map(new, known, schema.ENTITY_MAP.empty() if before is None else before, aliases=aliases)


def ids(table: pa.Table) -> dict[str, str]:
    """Return entity_id by entity_key."""
    return dict(zip(table["entity_key"].to_pylist(), table["entity_id"].to_pylist(), strict=True))


def in_words(mentions: pa.Table, aliases: Aliases = ()) -> list[str]:
    """Return a line for each entity: name, type and country, then its keys with the rules that joined them."""
    found = mapped(mentions, aliases=aliases)
    keys: dict[str, list[str]] = {}
    for row in found.to_pylist():
        rule = "" if row["rule"] == "own_name" else f" ({row['rule']})"
        keys.setdefault(row["entity_id"], []).append(f"{row['entity_key']}{rule}")
    rows = entities(mentions, NONE, found, aliases=aliases).to_pylist()
    return sorted(_line(row, keys[row["entity_id"]]) for row in rows)


def _line(row: Row, keys: Iterable[str]) -> str:
    where = f" {row['country']}" if row["country"] else ""
    point = f" {row['latitude']:.1f} {row['longitude']:.1f}" if row["latitude"] is not None else ""
    stopped = " stopped" if row["is_stopped"] else ""
    return f"{row['name']} [{row['type']}{where}{point}{stopped}] {', '.join(keys)}"
