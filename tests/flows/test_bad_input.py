"""One run over everything that can be wrong with a file: each fault has its reason, each good article is there."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.cli import main
from flows.execute import Finished
from tests.flows.conftest import Ingest
from tests.helpers import ask, one_line
from warehouse.home import Home

LIMIT = 20_000
GOOD = "Harbour wall holds\n\nThe sea wall at Lisbon held through the night of Monday, {}, the port said.\n"


class Bad(NamedTuple):
    """A run over bad input, and where it read it."""

    home: Home
    finished: Finished
    folder: Path


def json_lines(*records: object) -> bytes:
    """Write records as JSON lines; a bytes record stands as it is."""
    lines = (record if isinstance(record, bytes) else json.dumps(record).encode() for record in records)
    return b"".join(line + b"\n" for line in lines)


def noise(number: int) -> str:
    """Return words that no compression makes shorter."""
    return " ".join(hashlib.sha256(bytes([number, part])).hexdigest() for part in range(20))


FEED = json_lines(
    {"id": "one", "text": GOOD.format("one")},
    b"{not json",
    [1, 2],
    {"id": "two", "title": "no text"},
    {"id": "one", "text": GOOD.format("one")},
    {"id": "one", "text": GOOD.format("one, in other words than before")},
    {"id": "big", "text": "long " * LIMIT},
    {"url": "https://example.org/a", "text": GOOD.format("the first printing")},
    {"url": "https://example.org/a", "text": GOOD.format("the second printing, which says rather more")},
    b"\xff\xfe\x00 broken bytes",
    b"",
    {"id": "last", "text": GOOD.format("last")},
)

FILES = {
    "good.txt": GOOD.format("plain").encode(),
    "nested/deeper/good.md": GOOD.format("nested").encode(),
    "empty.txt": b"",
    "blank.txt": b" \n\t\n \n",
    "long.txt": b"x" * (LIMIT + 1),
    "nul.txt": b"\x00" * 400 + b"some text" + b"\x00\x01\x02" * 200,
    "damaged.txt": GOOD.format("damag\u00e9d caf\u00e9 na\u00efve").encode() + b" \xe2\x82 cut",
    "latin.txt": "Caf\xe9 reopens\n\nThe caf\xe9 reopened on Monday, its owner said.\n".encode("latin-1"),
    "feed.jsonl": FEED,
    "not_gzip.jsonl.gz": b"this is no gzip file",
    "cut.jsonl.gz": gzip.compress(json_lines(*({"id": n, "text": GOOD.format(noise(n))} for n in range(4))))[:-500],
    "bomb.jsonl.gz": gzip.compress(
        b'{"text": "'
        + b"0" * (LIMIT * 500)
        + b'"}\n'
        + json_lines({"id": "after", "text": GOOD.format("after the bomb")})
    ),
    "nothing.jsonl": b"",
    "not_parquet.parquet": b"PAR1 but then no more",
    "picture.png": b"\x89PNG",
}


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory, ingest: Ingest) -> Bad:
    """Run over all of it at once, with links that lead nowhere and round in circles."""
    folder = tmp_path_factory.mktemp("bad") / "input"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    pq.write_table(pa.table({"id": [1], "body": ["named otherwise"]}), folder / "no_text.parquet")
    pq.write_table(pa.table({"id": [7, 8], "text": [GOOD.format("of a table"), None]}), folder / "rows.parquet")
    (folder / "hollow").mkdir()
    (folder / "folder.txt").mkdir()
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "dangling.txt").symlink_to(folder / "gone")
    home = Home.at(tmp_path_factory.mktemp("bad_home"))
    finished = ingest(home, folder, folder / "missing.txt", max_document_bytes=LIMIT)
    return Bad(home, finished, folder)


REASONS = {
    "empty.txt": "empty file",
    "blank.txt": "empty file",
    "long.txt": "longer than 20,000 bytes (setting max_document_bytes)",
    "nul.txt": "binary content: 1000 control characters",
    "feed.jsonl#2": "line 2: not JSON",
    "feed.jsonl#3": "line 3: not a JSON object but list",
    "feed.jsonl#4": "line 4: no text or html; fields are: id, title",
    "feed.jsonl#7": "line 7: longer than 20,000 bytes",
    "feed.jsonl#10": "line 10: not JSON",
    "not_gzip.jsonl.gz": "not a whole gzip file",
    "bomb.jsonl.gz#1": "line 1: longer than 20,000 bytes",
    "nothing.jsonl": "empty file",
    "not_parquet.parquet": "not a readable Parquet file",
    "no_text.parquet": "no text or html column; columns are: id, body",
    "rows.parquet#2": "row 2: no text or html; fields are: id, text",
    "dangling.txt": "cannot be read: No such file or directory",
}


@pytest.mark.parametrize("uri", REASONS)
def test_a_rejected_record_has_its_reason(uri: str, bad: Bad) -> None:
    """The reason says in one line what is wrong, and where in the file."""
    [(status, reason)] = ask(bad.home, f"SELECT status, reason FROM documents WHERE uri = '{uri}'")

    assert status == "rejected"
    assert str(reason).startswith(REASONS[uri])
    assert "\n" not in str(reason)


def test_where_a_gzip_breaks_off_is_told(bad: Bad) -> None:
    """What came before the break is kept, and the break has the line it comes after."""
    rows = ask(
        bad.home,
        "SELECT record_number, status, reason FROM documents WHERE uri LIKE 'cut.jsonl.gz%' ORDER BY record_number",
    )

    assert rows[0][1] == "accepted"
    assert [row[1] for row in rows[:-1]] == ["accepted"] * (len(rows) - 1)
    assert str(rows[-1][2]).startswith(f"after line {len(rows) - 1}: not a whole gzip file")


GOOD_URIS = {
    "good.txt",
    "nested/deeper/good.md",
    "damaged.txt",
    "latin.txt",
    "feed.jsonl#1",
    "feed.jsonl#6",
    "feed.jsonl#8",
    "feed.jsonl#9",
    "feed.jsonl#12",
    "bomb.jsonl.gz#2",
    "rows.parquet#1",
}


def test_every_good_article_is_there(bad: Bad) -> None:
    """Nothing beside a bad file is lost: each good record is an article."""
    found = {
        uri
        for (uri,) in ask(
            bad.home, "SELECT uri FROM documents JOIN articles USING (article_id) WHERE uri NOT LIKE 'cut%'"
        )
    }

    assert found == GOOD_URIS


def test_every_record_is_accounted_for(bad: Bad) -> None:
    """What was read is in `documents`, known before, or said to come twice; nothing vanishes."""
    counts = bad.finished.outcome.counts

    assert counts["records"] == counts["documents_rows"] + counts.get("known", 0) + counts["repeated"]
    assert ask(bad.home, "SELECT count(*), count(*) FILTER (status = 'accepted') FROM documents") == [
        (counts["documents_rows"], counts["accepted"])
    ]
    assert {uri for (uri,) in ask(bad.home, "SELECT DISTINCT split_part(uri, '#', 1) FROM documents")} == (
        FILES.keys() | {"no_text.parquet", "rows.parquet", "dangling.txt"}
    ) - {"picture.png"}
    assert counts["ignored"] == 1


def test_the_same_record_twice_is_in_quarantine(bad: Bad) -> None:
    """Same id and same content: the second is kept out, with the reason and where it stood."""
    [(check, reason, payload)] = ask(bad.home, "SELECT check_name, reason, payload FROM quarantine")

    assert (check, reason) == ("a record comes once", "same id and same content as an earlier record of this run")
    assert json.loads(str(payload))["uri"] == "feed.jsonl#5"


@pytest.mark.parametrize(("older", "newer"), [("feed.jsonl#1", "feed.jsonl#6"), ("feed.jsonl#8", "feed.jsonl#9")])
def test_changed_content_of_one_record_is_a_version(older: str, newer: str, bad: Bad) -> None:
    """The same own id, or url, with other content: both are kept, joined by a version edge."""
    edges = ask(
        bad.home,
        f"""
        SELECT relation FROM duplicates AS d JOIN documents AS a USING (article_id)
        JOIN documents AS b ON b.article_id = other_article_id
        WHERE a.uri IN ('{older}', '{newer}') AND b.uri IN ('{older}', '{newer}')
    """,
    )

    assert edges == [("version",)]


def test_a_missing_path_beside_good_ones_is_told(bad: Bad) -> None:
    """The run goes on without it and says so."""
    assert bad.finished.problems == [f"{bad.folder / 'missing.txt'}: no such file or folder"]


def test_bad_input_again_changes_nothing(bad: Bad, ingest: Ingest) -> None:
    """Rejected records are known as well: a second run adds none of them."""
    finished = ingest(bad.home, bad.folder, max_document_bytes=LIMIT)

    assert finished.outcome.status == "unchanged"
    # the one that comes twice in the feed is known as well now
    assert finished.outcome.counts["known"] == finished.outcome.counts["records"]


def run(home: Home, *inputs: object) -> int:
    """Run inputs by the command, without Prefect."""
    return main(["run", *map(str, inputs), "--home", str(home.root), "--direct"])


def test_only_missing_paths(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no input leads to a file, one line names each, and no warehouse is made."""
    (tmp_path / "hollow").mkdir()

    assert run(home, tmp_path / "gone", tmp_path / "hollow", tmp_path / "*.txt") == 1

    told = one_line(capsys.readouterr().err)
    assert f"{tmp_path / 'gone'}: no such file or folder" in told
    assert f"{tmp_path / 'hollow'}: no file in it that Dateline reads" in told
    assert f"{tmp_path / '*.txt'}: matches nothing" in told
    assert not home.catalog.exists()


def test_a_good_path_beside_a_missing_one(
    home: Home,
    bad: Bad,
    small_model: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The good one is done, the missing one told in a line, and the run counts as done."""
    code = main(
        [
            "run",
            str(bad.folder / "good.txt"),
            str(tmp_path / "gone.txt"),
            "--home",
            str(home.root),
            "--direct",
            "--model",
            small_model,
            "--workers",
            "1",
        ]
    )

    assert code == 0
    assert one_line(capsys.readouterr().err) == f"dateline: {tmp_path / 'gone.txt'}: no such file or folder"
    assert ask(home, "SELECT count(*) FROM articles") == [(1,)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(home: Home, tmp_path: Path, ingest: Ingest) -> None:
    """A locked file is a rejected document with the system's own words."""
    (tmp_path / "locked.txt").write_text("secret", "utf-8")
    (tmp_path / "locked.txt").chmod(0)

    ingest(home, tmp_path)

    assert ask(home, "SELECT reason FROM documents") == [("cannot be read: Permission denied",)]


HOSTILE: dict[str, Any] = {
    "id": "'; DROP TABLE articles; --",
    "title": "{0.__class__} %s %(x)s ${HOME} `id` \u202e\x1b[31m",
    "author": ["<script>alert(1)</script>"],
    "url": "../../etc/passwd",
    "published": "{{ 7 * 7 }}",
    "text": "Robert'); DROP TABLE documents;--\n\nHe said \u201c{run_id}\u201d on Monday in Lisbon, {0!r} %d.\n",
}


def test_text_of_an_article_stays_data(home: Home, tmp_path: Path, ingest: Ingest) -> None:
    """No text, name or metadata becomes SQL, a path, a format string or a script."""
    page = tmp_path / "x'; DROP TABLE runs; --.txt"
    page.write_text(HOSTILE["text"], "utf-8")
    (tmp_path / "feed.jsonl").write_bytes(json_lines(HOSTILE))

    finished = ingest(home, tmp_path)

    assert finished.outcome.status == "committed"
    assert ask(home, "SELECT count(*) FROM articles WHERE text LIKE '%{run_id}%'") == [(2,)]
    assert ask(home, "SELECT uri FROM documents WHERE uri NOT LIKE 'feed%'") == [(page.name,)]
    assert "<script>alert" not in finished.report.read_text("utf-8")
