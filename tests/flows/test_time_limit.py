"""A document that takes too long to clean is rejected with the reason, and takes nothing along."""

from __future__ import annotations

import json
from pathlib import Path

from tests.flows.conftest import Ingest
from tests.helpers import ask, assert_same, contents
from warehouse.home import Home

REASON = "took longer than 0.5 s to clean (setting max_seconds_per_document)"


def test_only_what_is_slow_is_rejected(home: Home, tmp_path: Path, slow_feed: Path, ingest: Ingest) -> None:
    """The others are the same rows as without a limit, and a second run has nothing to do."""
    limited = {"max_seconds_per_document": 0.5, "batch_bytes": 10**7}

    finished = ingest(home, slow_feed, **limited)

    assert finished.outcome.status == "committed"
    assert ask(home, "SELECT record_number, reason FROM documents WHERE status = 'rejected' ORDER BY 1") == [
        (4, REASON),
        (8, REASON),
    ]
    assert ask(home, "SELECT DISTINCT byte_count >= 300000 FROM documents WHERE status = 'rejected'") == [(True,)]
    assert ask(home, "SELECT count(*) FROM articles") == [(10,)]
    quick = tmp_path / "feed.jsonl"
    quick.write_text(
        "".join(line for line in slow_feed.open(encoding="utf-8") if "x\nx\n" not in json.loads(line)["text"])
    )
    unlimited = Home.at(tmp_path / "unlimited")
    ingest(unlimited, quick)
    assert_same({"articles": contents(unlimited)["articles"]}, {"articles": contents(home)["articles"]})
    assert ingest(home, slow_feed, **limited).outcome.status == "unchanged"
