"""The docs say what the program does."""

import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from docs.generate import FOLDER, PAGES, commands_page
from flows.cli import main
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
