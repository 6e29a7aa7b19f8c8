"""Which files a run reads, whatever their names, and under which uri."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from flows.cli import main
from flows.inputs import find_files
from tests.flows.conftest import Ingest
from tests.helpers import ask, eventually, one_line
from warehouse.home import Home


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Make a folder with files of several kinds, two levels deep."""
    folder = tmp_path / "pages"
    for name in ("b.txt", "a.md", "deep/c.html", "deep/deeper/d.JSONL", "deep/deeper/e.jsonl.gz", "f.parquet", "g.pdf"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text", "utf-8")
    return folder


def uris(*inputs: object) -> list[str]:
    """Return the uris of what is found, in the order a run reads them."""
    return [file.uri for file in find_files([str(path) for path in inputs]).files]


READ = ["a.md", "b.txt", "deep/c.html", "deep/deeper/d.JSONL", "deep/deeper/e.jsonl.gz", "f.parquet"]


def test_a_folder_is_read_whole(pages: Path) -> None:
    """All files of known endings at any depth, by their path in the folder; the rest is counted as ignored."""
    assert uris(pages) == READ
    assert find_files([str(pages)]).ignored == [pages / "g.pdf"]


def test_a_file_is_known_by_its_name(pages: Path) -> None:
    """A file given outright has its name as uri, whatever folder it is in."""
    assert uris(pages / "deep/c.html") == ["c.html"]


def test_a_file_of_another_kind_given_outright_is_read(pages: Path) -> None:
    """So that it is rejected with a reason instead of passed over in silence."""
    assert uris(pages / "g.pdf") == ["g.pdf"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.txt", ["b.txt"]),
        ("*/*.html", ["deep/c.html"]),
        ("**/*.JSONL", ["deep/deeper/d.JSONL"]),
        ("deep/*/*", ["deeper/d.JSONL", "deeper/e.jsonl.gz"]),
        ("[ab].*", ["a.md", "b.txt"]),
        ("?.parquet", ["f.parquet"]),
    ],
)
def test_a_glob_finds_files_below_its_fixed_part(pattern: str, found: list[str], pages: Path) -> None:
    """The uri is the path below the folders before the first wildcard."""
    assert uris(f"{pages}/{pattern}") == found


def test_the_order_of_inputs_does_not_matter(pages: Path) -> None:
    """Files are read in the order of their uri, each once."""
    inputs = [pages / "deep", pages, pages / "b.txt", f"{pages}/*.txt", pages]

    assert find_files([str(i) for i in inputs]).files == find_files([str(i) for i in reversed(inputs)]).files
    assert uris(*inputs).count("b.txt") == 1


def test_links_are_followed_once(pages: Path, tmp_path: Path) -> None:
    """A folder linked into itself ends; a folder linked from elsewhere is read; a dangling link is left to be told."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/linked.txt").write_text("text", "utf-8")
    (pages / "deep/round").symlink_to(pages)
    (pages / "other").symlink_to(tmp_path / "elsewhere")
    (pages / "dangling.txt").symlink_to(tmp_path / "gone")

    assert uris(pages) == sorted([*READ, "dangling.txt", "other/linked.txt"])


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    """What ends in .txt need not be a file."""
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.txt/page.txt").write_text("text", "utf-8")

    assert uris(tmp_path) == ["folder.txt/page.txt"]


@pytest.mark.parametrize(
    ("made", "given", "told"),
    [
        (None, "gone", "no such file or folder"),
        (None, "gone/*.txt", "matches nothing"),
        ("hollow", "hollow", "no file in it that Dateline reads (.txt"),
    ],
)
def test_an_input_that_leads_nowhere_is_told(made: str | None, given: str, told: str, tmp_path: Path) -> None:
    """The problem names the input as it was given."""
    if made:
        (tmp_path / made).mkdir()

    found = find_files([f"{tmp_path}/{given}"])

    assert found.files == []
    assert [problem.startswith(f"{tmp_path}/{given}: {told}") for problem in found.problems] == [True]


NAMES = [
    b"two\nlines.txt",
    b"quote\"'s.txt",
    b"; DROP TABLE articles; --.txt",
    b"star*.txt",
    b"what?.txt",
    b"[abc].txt",
    b"{format}.txt",
    b"%s.txt",
    b"  spaces  .txt",
    "caf\u00e9 \u202e.txt".encode(),
    b"latin-\xe9.txt",
    b"-rf.txt",
    b"$HOME.txt",
]


def test_files_of_any_name_are_read(home: Home, tmp_path: Path, ingest: Ingest) -> None:
    """No name is taken for a pattern, a statement or an option; bytes that are no text are shown as U+FFFD."""
    folder = tmp_path / "names"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        content = f"Page number {number}\n\nOn Monday page {number} was read at Lisbon, the keeper said.\n"
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(content, "utf-8")

    odd = os.fsdecode(os.fsencode(folder) + b"/latin-\xe9.txt")
    finished = ingest(home, folder, folder / "star*.txt", odd)

    assert finished.problems == []
    assert {uri for (uri,) in ask(home, "SELECT uri FROM documents")} == {
        name.decode("utf-8", "replace") for name in NAMES
    }
    assert finished.outcome.counts["accepted"] == len(NAMES)


def test_a_moved_folder_gives_the_same_articles(pages: Path, tmp_path: Path) -> None:
    """Ids hang on the path below the input and the content, not on where the folder lies."""
    before = uris(pages)
    pages.rename(tmp_path / "moved")

    assert uris(tmp_path / "moved") == before


@contextmanager
def growing(path: Path) -> Iterator[None]:
    """Keep writing to a file for as long."""
    done = Event()

    def write() -> None:
        with path.open("a", encoding="utf-8", buffering=1) as sink:
            while not done.wait(0.01):
                sink.write("More was read on Monday at Lisbon, the keeper said.\n")

    with ThreadPoolExecutor(1) as writers:
        writers.submit(write)
        try:
            assert eventually(path.exists)
            yield
        finally:
            done.set()


def test_a_file_that_grows_is_left_for_the_next_run(home: Home, tmp_path: Path, ingest: Ingest) -> None:
    """A file still being written is counted, not read, and read once it has settled; others need not wait for it."""
    page, other = tmp_path / "page.txt", tmp_path / "other.txt"
    other.write_text("A quiet page\n\nOn Monday it was read at Lisbon, the keeper said.\n", "utf-8")

    with growing(page):
        first = ingest(home, tmp_path, settle_seconds=0.5)
    second = ingest(home, tmp_path, settle_seconds=0.1)

    assert (first.outcome.counts["unsettled"], first.outcome.counts["accepted"]) == (1, 1)
    assert (second.outcome.counts.get("unsettled", 0), second.outcome.counts["accepted"]) == (0, 1)
    assert ask(home, "SELECT uri FROM documents ORDER BY 1") == [("other.txt",), ("page.txt",)]


def test_a_home_inside_an_input_is_left_alone(tmp_path: Path, ingest: Ingest) -> None:
    """Reports and tables of the warehouse are no articles, though they end in .html and .parquet."""
    home = Home.at(tmp_path / "data")
    (tmp_path / "page.txt").write_text("A page\n\nOn Monday it was read at Lisbon, the keeper said.\n", "utf-8")

    first, second = ingest(home, tmp_path), ingest(home, tmp_path, f"{tmp_path}/**/*")

    assert (home.reports / "report.html").exists()
    assert (first.outcome.counts["records"], second.outcome.counts["records"]) == (1, 1)


def test_a_file_under_two_inputs_is_read_once(pages: Path) -> None:
    """It is known by the longer uri, whichever input comes first."""
    for inputs in ((pages, pages / "deep"), (pages / "deep", pages), (pages / "deep/c.html", pages)):
        assert uris(*inputs) == READ


def test_want_of_memory_is_said_in_one_line(
    home: Home, articles: Path, small_model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a machine cannot hold ends the run with advice and no commit; smaller, it goes through."""
    home.root.mkdir()
    home.settings.write_text(f'model = "{small_model}"\nworkers = 1\nmax_document_bytes = {2**50}\n', "utf-8")
    arguments = ["run", str(articles), "--direct", "--home", str(home.root)]

    assert main(arguments) == 1
    assert "out of memory: run again with fewer workers" in one_line(capsys.readouterr().err)
    assert not home.catalog.exists()

    home.settings.write_text(f'model = "{small_model}"\nworkers = 1\n', "utf-8")
    assert main(arguments) == 0
