"""Which articles of its inputs a run takes in: all, or those of a source or of days of publication (settings).

It goes by what an article states, which is known once it is cleaned. A day that is inferred hangs on its relatives,
and so on which of them were left out; an article that states none is therefore left out when days are asked for. What
is left out is counted and nothing of it is committed: a later run that asks for it takes it in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from flows.resume import Counts
from flows.settings import Settings
from flows.without import OF_SOURCE
from warehouse import schema
from warehouse.schema import Table

REASONS = ("other_source", "other_day", "no_day")
"""Why an article is left out, by the name under which it is counted."""

_LEFT_OUT = f"""
SELECT article_id, CASE
    WHEN $1 <> '' AND NOT coalesce({OF_SOURCE}, false) THEN 'other_source'
    WHEN $2 = '' AND $3 = '' THEN NULL
    WHEN a.published_on IS NULL THEN 'no_day'
    WHEN a.published_on < try_cast($2 AS DATE) OR a.published_on > try_cast($3 AS DATE) THEN 'other_day'
END AS why
FROM documents AS d LEFT JOIN articles AS a USING (article_id)
WHERE why IS NOT NULL AND (why = 'other_source' OR d.status = 'accepted')
"""
"""What is rejected states no day: it is written down with its reason, whatever days are asked for."""


def choose(settings: Settings, made: Mapping[Table, pa.Table]) -> tuple[dict[Table, pa.Table], Counts]:
    """Return the rows of the clean stages less those of articles that are not asked for, and how many these are."""
    if not (settings.source or settings.since or settings.until):
        return dict(made), {}
    with duckdb.connect() as connection:
        for table in (schema.DOCUMENTS, schema.ARTICLES):
            connection.register(table.name, made[table])
        asked = [settings.source, settings.since, settings.until]
        left_out = connection.execute(_LEFT_OUT, asked).to_arrow_table()
    kept = {
        table: rows.filter(pc.invert(pc.is_in(rows["article_id"], left_out["article_id"])))
        for table, rows in made.items()
    }
    return kept, dict(Counter(left_out["why"].to_pylist()))
