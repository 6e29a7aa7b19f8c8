"""The docs say what the program does."""

import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from docs.generate import FOLDER, PAGES, commands_page
from flows.cli import main
from transforms.quoting.attribution import attribute
from transforms.quoting.mention import Name
from transforms.quoting.rules import RULES
from transforms.quoting.scanner import find_quotes
from transforms.quoting.words import CONFIDENCE
from warehouse.home import Home

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_current(name: str) -> None:
    """`make docs` would change nothing."""
    if name == "commands.md" and sys.version_info[:2] != (3, 11):
        pytest.skip("argparse words its help differently in each Python; the page is made with 3.11")
    assert (FOLDER / name).read_text("utf-8") == PAGES[name]()


def test_commands_named_in_the_readme_exist() -> None:
    """Every `dateline X` of the README is a command."""
    known = set(re.findall(r"^## dateline (\w+)", commands_page(), re.MULTILINE))
    named = set(re.findall(r"`(?:\.venv/bin/)?dateline (\w+)", README))
    assert named
    assert named <= known


def test_first_query_of_the_readme_has_the_answer_it_shows(
    sample_home: Home,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The first query, asked of the samples, gives the rows printed below it."""
    command, answer = re.findall(r"```(?:sh|json)\n(.*?)```", README.split("## A first query")[1], re.DOTALL)[:2]
    words = shlex.split(command)
    assert words[0] == ".venv/bin/dateline"
    assert main([*words[1:], "--home", str(sample_home.root)]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(answer)


def test_architecture_names_every_direct_dependency() -> None:
    """Each dependency earns its place in a line of ARCHITECTURE.md."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    names = re.findall(r'^  "([\w-]+)[<>=!,.\d]*",$', project.split("dependencies = [")[1].split("]")[0], re.MULTILINE)
    assert names
    assert not [name for name in names if name not in text]


def test_examples_of_the_quotation_rules() -> None:
    """The page lists every rule in order, with how sure it is, and its example is attributed by it."""
    page = (FOLDER / "quotations.md").read_text("utf-8").split("## Rules")[1]
    rows = re.findall(r"^\| `(\w+)` \| ([\d.]+) \| (.+) \|$", page, re.MULTILINE)
    assert [(rule, float(sure)) for rule, sure, _ in rows] == [(rule, CONFIDENCE[rule]) for rule, _ in RULES]
    for rule, _, example in rows:
        text = example.replace(" ¶ ", "\n\n")
        names = [Name(*found.span(), "PERSON") for found in re.finditer("Rosa Lind", text)]
        last = attribute(text, find_quotes(text), names)[-1]
        assert last.rule == rule, example
        assert last.speaker
        assert text[last.speaker.start : last.speaker.end] == "Rosa Lind"


def test_promises_are_held_by_tests_that_exist() -> None:
    """Every test named in the page of promises is there, and every promise names one."""
    page = (FOLDER / "promises.md").read_text("utf-8")
    for row in re.findall(r"^\| (?!promise|-)(.*) \|$", page.replace("|---|---|", ""), re.MULTILINE):
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", row)
        assert named, row
        for path, name in named:
            assert re.search(rf"^def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), f"{path}::{name}"
