"""Archives in a run: their pages are documents known by their offset."""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.flows.conftest import Ingest
from tests.helpers import ask
from tests.transforms.archives import http, warc, zipped
from warehouse.home import Home

ARTICLE = "Rain fell on Lisbon for the {}th day on Monday, and the river rose, the mayor of the town said."


def test_an_archive_in_a_run(home: Home, tmp_path: Path, ingest: Ingest) -> None:
    """Its pages are documents known by their offset, with what the archive says of them."""
    records = [
        warc(http(f"<h1>Ferry {n} aground</h1><p>{ARTICLE.format(n)}</p>".encode()), url=f"http://paper.example/{n}")
        for n in range(3)
    ]
    first, broken, last = (zipped(record) for record in records)
    (tmp_path / "crawl.warc.gz").write_bytes(first + broken[:-9] + last)
    (tmp_path / "no.warc").write_bytes(warc(b"", "metadata"))
    (tmp_path / "cut.warc.gz").write_bytes(gzip.compress(records[0])[:40])

    ingest(home, tmp_path)

    assert ask(home, "SELECT uri, record_number, status FROM documents WHERE uri LIKE 'crawl%' ORDER BY 2") == [
        ("crawl.warc.gz#0", 1, "accepted"),
        (f"crawl.warc.gz#{len(first)}", 2, "rejected"),
        (f"crawl.warc.gz#{len(first) + len(broken) - 9}", 3, "accepted"),
    ]
    assert ask(home, "SELECT url FROM articles ORDER BY 1") == [
        ("http://paper.example/0",),
        ("http://paper.example/2",),
    ]
    assert ask(home, "SELECT reason FROM documents WHERE uri LIKE 'no.warc%'") == [
        ("no page in the archive: no response with HTML or plain text and status 200",)
    ]
    [(reason,)] = ask(home, "SELECT reason FROM documents WHERE uri LIKE 'cut%'")
    assert "its gzip member is damaged: it breaks off" in str(reason)
