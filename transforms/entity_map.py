"""The stage `entity_map`: which entity each key means, and by which rule."""

from __future__ import annotations

import pyarrow as pa

from transforms.identity.aliases import Aliases, applied
from transforms.identity.corpus import COLUMNS, Corpus, gather
from transforms.identity.ids import founders, new_entity_id
from transforms.identity.merging import Groups, paths
from transforms.identity.resolution import resolve
from warehouse import schema


def entity_map(
    mentions: pa.Table, known_mentions: pa.Table, known_entity_map: pa.Table, *, aliases: Aliases = ()
) -> pa.Table:
    """Map every key that mentions carry.

    In: article_id, label, surface and entity_key of all mentions, of known ones the run_id too; entity_id of the map of
    earlier runs; `aliases` is the user's file. Out: rows of schema.ENTITY_MAP, sorted by entity_key. Names are resolved
    anew over all mentions, so that it does not matter in which run they came; an id stays with the key that founded it.
    """
    columns = list(COLUMNS)
    corpus = gather(pa.concat_tables([known_mentions.select(columns), mentions.select(columns)]))
    own = applied(aliases, corpus.names)
    corpus.hidden = own.hidden
    groups = resolve(corpus, own.merges)
    known_ids = set(known_entity_map["entity_id"].to_pylist())
    return _rows(corpus, groups, founders(groups, corpus.mention_counts, _first_runs(known_mentions), known_ids))


def _first_runs(known_mentions: pa.Table) -> dict[str, str]:
    first = known_mentions.group_by("entity_key").aggregate([("run_id", "min")])
    return dict(
        zip(first["entity_key"].to_pylist(), (run or "" for run in first["run_id_min"].to_pylist()), strict=True)
    )


def _rows(corpus: Corpus, groups: Groups, founded_by: dict[str, str]) -> pa.Table:
    merges = paths(groups, founded_by)
    return schema.ENTITY_MAP.rows(
        [
            {
                "entity_key": key,
                "entity_id": new_entity_id(founded_by[groups.find(key)]),
                "own_entity_id": new_entity_id(key),
                "rule": merges[key].rule if key in merges else "own_name",
                "joined_to": merges[key].other if key in merges else None,
                "evidence_count": corpus.mention_counts[key],
            }
            for key in sorted(corpus.names)
        ]
    )
