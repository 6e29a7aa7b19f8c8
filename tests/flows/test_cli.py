"""The command: help at once, exit codes, errors in one line, rows in every format, hostile text as text."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.cli import main, make_parser
from flows.execute import Finished
from tests.flows.conftest import Ingest
from tests.helpers import COMMAND, dateline, eventually, one_line
from warehouse.home import Home

ROOT = Path(__file__).parents[2]
COMMANDS: list[str] = next(
    list(action.choices) for action in make_parser()._actions if isinstance(action, argparse._SubParsersAction)
)
HEAVY = ("prefect", "great_expectations", "spacy", "pandas", "pyarrow", "duckdb", "numpy", "rich")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_home(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` says what the command does and that `--home` chooses the warehouse."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])

    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert "--home DIR" in told
    assert re.search(r"^[A-Z].*\.$", told, re.MULTILINE), "a sentence on what it does"


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["sql", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    """Help answers at once: no library that takes its time is imported."""
    code = (
        "import sys\nfrom flows.cli import main\ntry:\n main(sys.argv[1:])\nexcept SystemExit:\n pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)

    assert ran.stdout.splitlines()[-1] == "[]"


def test_documented_commands_exist() -> None:
    """Whatever the README tells users to type is a command."""
    told = set(re.findall(r"(?:^|[`(/ ])dateline ([a-z]+)\b", "\n".join(_code(ROOT / "README.md"))))

    assert told
    assert told <= set(COMMANDS)


def _code(page: Path) -> list[str]:
    """Return the code of a Markdown page: fenced lines and words between backticks."""
    text = page.read_text("utf-8")
    fenced = re.findall(r"^```.*?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [*fenced, *re.findall(r"`dateline [^`]*`", text)]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["sql", "SELECT 1"], "no warehouse in"),
        (["report"], "no warehouse in"),
        (["checks"], "no warehouse in"),
        (["log"], "no warehouse in"),
        (["fsck"], "no warehouse in"),
        (["run", "nowhere.txt"], "nowhere.txt: no such file or folder"),
        (["run", "two\nlines.txt"], "two lines.txt: no such file or folder"),
        (["run", "--workers", "many", "x"], "invalid int value: 'many'"),
        (["run"], "give files, folders or globs to read, or --reprocess STAGE"),
        (["sell", "SELECT 1"], "invalid choice: 'sell'"),
        (["sql", "SELECT 1", "--format", "xml"], "invalid choice: 'xml'"),
    ],
)
def test_an_error_of_the_user_is_one_line(
    arguments: list[str],
    told: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What, where and what to do; exit code 1, never 2, which means that checks failed."""
    try:
        code: object = main([*arguments, "--home", str(tmp_path / "none")])
    except SystemExit as ended:
        code = ended.code

    assert code == 1
    assert told in one_line(capsys.readouterr().err)


def test_a_home_that_cannot_be_is_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    small_model: str,
) -> None:
    """A file in the place of the home folder is told by its name."""
    (tmp_path / "home").write_text("a file", "utf-8")
    page = tmp_path / "page.txt"
    page.write_text("text", "utf-8")

    assert main(["run", str(page), "--home", str(tmp_path / "home"), "--direct", "--model", small_model]) == 1
    assert str(tmp_path / "home") in one_line(capsys.readouterr().err)


HOSTILE = (
    "SELECT 1 AS n, NULL AS nothing, 'a|b' || chr(27) || '[31mred' || chr(7) || chr(10) || 'next' || chr(8238) || "
    "' \u201cx\u201d,\"y\"' AS words"
)
WORDS = 'a|b\x1b[31mred\x07\nnext\u202e \u201cx\u201d,"y"'


def _run_sql(home: Home, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return dateline("sql", *arguments, "--home", home.root, given=given)


def test_rows_as_json(first: Finished) -> None:
    """JSON holds every character of every value."""
    assert json.loads(_run_sql(first.run.home, HOSTILE, "--format", "json").stdout) == [
        {"n": 1, "nothing": None, "words": WORDS}
    ]


@pytest.mark.parametrize("form", ["json", "csv", "markdown", "table"])
def test_values_of_any_type(form: str, first: Finished) -> None:
    """Numbers that JSON has no words for are null there; bytes are hexadecimal and lists are JSON everywhere."""
    statement = "SELECT 'nan'::DOUBLE AS n, ['a b'] AS l, 'x'::BLOB AS b"
    told = _run_sql(first.run.home, statement, "--format", form).stdout
    if form == "json":
        assert json.loads(told, parse_constant=pytest.fail) == [{"n": None, "l": ["a b"], "b": "78"}]
    assert "78" in told
    assert '["a b"]' in told.replace('""', '"') or form == "json"


def test_columns_of_one_name(first: Finished) -> None:
    """JSON would lose one of them; other forms show both."""
    statement = "SELECT 1 AS a, 2 AS a"
    assert "two columns are called 'a'" in one_line(_run_sql(first.run.home, statement, "--format", "json").stderr)
    assert _run_sql(first.run.home, statement, "--format", "csv").stdout == "a,a\n1,2\n"


def test_rows_as_csv(first: Finished) -> None:
    """CSV is quoted so that a reader gets the same values back."""
    ran = subprocess.run(
        [*COMMAND, "sql", HOSTILE, "--format", "csv", "--home", str(first.run.home.root)],
        capture_output=True,
        check=True,
    )

    rows = list(csv.reader(io.StringIO(ran.stdout.decode(), newline="")))
    assert rows == [["n", "nothing", "words"], ["1", "", WORDS]]


def test_rows_as_markdown_and_table(first: Finished) -> None:
    """What people read has one line a row and no character that a terminal would obey."""
    markdown = _run_sql(first.run.home, HOSTILE, "--format", "markdown").stdout.splitlines()
    table = _run_sql(first.run.home, HOSTILE).stdout.splitlines()

    assert markdown[:2] == ["| n | nothing | words |", "| --- | --- | --- |"]
    assert len(markdown) == 3
    assert "a\\|b" in markdown[2]
    assert [line for line in table if "red" in line] == [table[-1]]
    assert all(character.isprintable() for line in (*markdown, *table) for character in line)


def test_rows_as_parquet(first: Finished, tmp_path: Path) -> None:
    """Parquet goes to standard output as bytes."""
    ran = subprocess.run(
        [*COMMAND, "sql", HOSTILE, "--format", "parquet", "--home", str(first.run.home.root)],
        capture_output=True,
        check=True,
    )
    (tmp_path / "rows.parquet").write_bytes(ran.stdout)

    assert pq.read_table(tmp_path / "rows.parquet").to_pylist() == [{"n": 1, "nothing": None, "words": WORDS}]


def test_a_statement_from_standard_input(first: Finished) -> None:
    """`-` reads the statement from a pipe."""
    ran = _run_sql(first.run.home, "-", "--format", "csv", given="SELECT 40 + 2 AS n;\n")

    assert ran.stdout == "n\n42\n"


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE articles",
        "SELECT 1; SELECT 2",
        "INSERT INTO articles SELECT * FROM articles",
        "SELEC 1",
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY articles TO '/tmp/x.csv'",
        "SELECT nonsense FROM articles",
        "",
        "ATTACH 'x.db'",
        "PRAGMA database_list",
    ],
)
def test_only_a_select_is_answered(statement: str, first: Finished, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything else is refused in one line."""
    assert main(["sql", statement, "--home", str(first.run.home.root)]) == 1
    one_line(capsys.readouterr().err)


def test_the_warehouse_as_it_was(
    again: Home,
    tmp_path: Path,
    ingest: Ingest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`--as-of` shows an earlier snapshot; one that never was is an error."""
    page = tmp_path / "page.txt"
    page.write_text("A new page\n\nOn Monday it was read at Lisbon, the keeper said.\n", "utf-8")
    earlier = ingest(again, page).outcome.snapshot - 1

    def count(*flags: str) -> int:
        capsys.readouterr()
        return main(["sql", "SELECT count(*) AS n FROM articles", "--home", str(again.root), "--format", "csv", *flags])

    assert count() == 0
    assert capsys.readouterr().out == "n\n9\n"
    assert (
        main(
            [
                "sql",
                "SELECT count(*) AS n FROM articles",
                "--home",
                str(again.root),
                "--format",
                "csv",
                "--as-of",
                str(earlier),
            ]
        )
        == 0
    )
    assert capsys.readouterr().out == "n\n8\n"
    for never in ("99", "9" * 30):
        assert count("--as-of", never) == 1
        assert f"no snapshot {never}" in one_line(capsys.readouterr().err)
    assert count("--limit", "-1") == 1
    assert "give 0 or more" in one_line(capsys.readouterr().err)


WIDE = ", ".join(f"repeat('w', 300) AS column_{number}" for number in range(12))


def test_a_table_on_a_pipe_is_one_line_a_row(first: Finished) -> None:
    """As wide as its cells are, each of at most 80 characters."""
    lines = _run_sql(first.run.home, f"SELECT {WIDE} FROM range(3)").stdout.splitlines()

    assert len(lines) == 5
    assert lines[-1].count("w" * 79 + "\u2026") == 12
    assert all(f"column_{number}" in lines[0] for number in range(12))


def test_a_table_on_a_terminal_fits_it(first: Finished) -> None:
    """One line a row as well, cut with an ellipsis where the terminal ends."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "sql", "SELECT headline, text FROM articles", "--home", str(first.run.home.root)],
        stdin=child,
        stdout=child,
        stderr=child,
        env={**os.environ, "COLUMNS": "100", "TERM": "xterm"},
        close_fds=True,
    )
    os.close(child)
    said = _read_all(parent)

    assert process.wait() == 0
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in said.splitlines() if line.strip()]
    assert len(lines) == 2 + 8
    assert all(len(line) <= 100 for line in lines)
    assert all("\u2026" in line for line in lines[2:])


def _read_all(terminal: int) -> str:
    said = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the other end is closed
            part = b""
        if not part:
            os.close(terminal)
            return said.decode()
        said += part


def test_a_closed_pipe_is_no_error(first: Finished) -> None:
    """`dateline sql ... | head` ends quietly."""
    process = subprocess.Popen(
        [
            *COMMAND,
            "sql",
            "SELECT repeat('x', 1000) FROM range(20000)",
            "--format",
            "csv",
            "--home",
            str(first.run.home.root),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()

    assert process.stderr.read() == b""
    assert eventually(lambda: process.poll() is not None)
    process.stderr.close()


def test_what_a_run_says(first: Finished, capsys: pytest.CaptureFixture[str]) -> None:
    """Log, checks, quarantine and fsck tell of a good run, and end with 0."""
    home = str(first.run.home.root)
    for command, told in (("log", first.run.run_id), ("checks", ""), ("fsck", "every file is there")):
        assert main([command, "--home", home]) == 0
        assert told in capsys.readouterr().out
    assert main(["quarantine", "list", "--home", home]) == 0


def test_only_the_first_rejected_records_are_told(
    home: Home, small_model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """How many more there are, and where to find them, ends the list."""
    for number in range(7):
        (tmp_path / f"{number}.txt").touch()
    flags = ["--direct", "--model", small_model, "--workers", "1", "--home", str(home.root)]
    assert main(["run", str(tmp_path), *flags]) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if "dateline: " in line]
    assert [line.endswith("empty file") for line in told] == [True] * 5 + [False]
    assert 'and 2 more: `dateline sql "SELECT uri, reason FROM rejected_documents"`' in told[-1]


def test_damage_is_found(again: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Fsck names the damaged file and ends with 2."""
    file = next((again.data / "articles").glob("*.parquet"))
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1] + b"!")

    assert main(["fsck", "--home", str(again.root)]) == 2
    assert str(file) in capsys.readouterr().out


@pytest.mark.parametrize("command", [["sql", "SELECT 1"], ["report"], ["run"]], ids=lambda command: command[0])
def test_a_lost_file_is_one_line(
    command: list[str], again: Home, articles: Path, small_model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever was asked, it names the file and the command that lists all."""
    lost = next((again.data / "articles").glob("*.parquet"))
    lost.unlink()
    new = articles.parent / "new.txt"
    new.write_text("A new page\n\nOn Monday it was read at Lisbon, the keeper said.\n", "utf-8")
    flags = [str(new), "--direct", "--model", small_model, "--workers", "1"] if command == ["run"] else []
    assert main([*command, *flags, "--home", str(again.root)]) == 1
    told = one_line(capsys.readouterr().err.splitlines()[-1] + "\n")
    assert lost.name in told
    assert "dateline fsck" in told


def test_ctrl_c_is_told_in_a_line(home: Home, articles: Path, small_model: str) -> None:
    """An interrupted run says what holds, commits nothing, and ends with 1."""
    import signal

    process = subprocess.Popen(
        [*COMMAND, "run", str(articles), "--home", str(home.root), "--direct", "--model", small_model],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert eventually(home.staging.exists)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 1
    assert one_line(said) == "dateline: stopped; the last commit is whole, run again to go on"
    assert not home.catalog.exists()
