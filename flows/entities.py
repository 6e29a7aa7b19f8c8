"""`dateline entities`: what is known of an entity, and what the alias file does."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from flows.aliases import read_aliases
from flows.output import write_rows
from transforms.identity.aliases import Alias, applied, keys_of
from transforms.names import folded
from warehouse.errors import QueryError
from warehouse.home import Home
from warehouse.query import select

_ENTITY = """
    SELECT e.entity_id, e.name, e.type, e.country, e.latitude, e.longitude, e.is_stopped AS stopped,
        count(DISTINCT m.article_id) AS article_count, count(m.article_id) AS mention_count
    FROM entities e LEFT JOIN entity_map USING (entity_id) LEFT JOIN mentions m USING (entity_key)
    WHERE e.entity_id = '{id}' GROUP BY ALL
"""
_SPELLINGS = """
    SELECT trim(regexp_replace(surface, '\\s+', ' ', 'g')) AS spelling, label, entity_key, rule, joined_to,
        count(*) AS mention_count, count(DISTINCT article_id) AS article_count
    FROM mentions JOIN entity_map USING (entity_key)
    WHERE entity_id = '{id}' GROUP BY ALL ORDER BY mention_count DESC, spelling, entity_key
"""
_ARTICLES = """
    SELECT article_id, any_value(published_on) AS day, any_value(outlet) AS outlet, any_value(headline) AS headline,
        count(*) AS mention_count
    FROM mentions JOIN entity_map USING (entity_key) JOIN articles USING (article_id)
    WHERE entity_id = '{id}' GROUP BY article_id ORDER BY day DESC NULLS LAST, article_id LIMIT {limit}
"""
_KNOWN = """
    SELECT entity_id, own_entity_id, e.name, surface, count(*) AS mention_count
    FROM mentions JOIN entity_map USING (entity_key) JOIN entities e USING (entity_id)
    GROUP BY ALL ORDER BY mention_count DESC, entity_id, surface
"""
_ROW = "line", "action", "name", "type", "target"
_MOST_ARTICLES = 20


def show(home: Home, name: str) -> None:
    """Print the entities of a name, or of an id of any run: each with its spellings, their rules, and its articles.

    Raises QueryError where no entity has it.
    """
    found = matching(home, name)
    if not found:
        raise QueryError(f'no entity is named {name!r}: see `dateline sql "SELECT * FROM entity_names"`')
    for entity_id in found:
        for statement in (_ENTITY, _SPELLINGS, _ARTICLES):
            write_rows(select(home, statement.format(id=entity_id, limit=_MOST_ARTICLES)), "table")


def matching(home: Home, name: str) -> list[str]:
    """Return the ids of entities that are called or written as `name`, or which that id means now."""
    wanted = folded(name)
    rows = select(home, _KNOWN).to_pylist()
    found = [row["entity_id"] for row in rows if name in (row["entity_id"], row["own_entity_id"])]
    found += [row["entity_id"] for row in rows if wanted in (folded(row["name"]), folded(row["surface"]))]
    return list(dict.fromkeys(found))


def show_aliases(home: Home) -> None:
    """Print the rows of the alias file with what they do. Raises AliasError for a file that cannot be applied."""
    keys = select(home, "SELECT entity_key, entity_id FROM entity_map ORDER BY entity_key").to_pylist()
    ids = {row["entity_key"]: row["entity_id"] for row in keys}
    rows = [dict(zip(_ROW, row, strict=True)) | {"effect": _effect(row, ids)} for row in read_aliases(home)]
    fields: list[tuple[str, Any]] = [("line", pa.int32()), *((name, pa.string()) for name in (*_ROW[1:], "effect"))]
    write_rows(pa.Table.from_pylist(rows, schema=pa.schema(fields)), "table")


def _effect(row: Alias, ids: dict[str, str]) -> str:
    keys = keys_of(row, ids)
    if not keys:
        return "no key has this name and type: give the name in full"
    is_pending = any(ids[merge.key] != ids[merge.other] for merge in applied((row,), ids).merges)
    return "at the next run" if is_pending else f"holds for {', '.join(keys)}"
