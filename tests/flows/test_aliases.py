"""The user's alias file over runs: it wins, stays, changes what is committed; where it is wrong, none of it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.cli import main
from tests.flows.conftest import Ingest
from tests.helpers import ask, assert_same, contents
from warehouse.errors import AliasError
from warehouse.home import Home

HEADER = "action,name,type,target\n"
BUREAU, DIRECTORATE = "ORG:maritime safety bureau", "ORG:northern rescue directorate"
MERGE = "merge,Northern Rescue Directorate,,Maritime Safety Bureau\n"
NAMES = "SELECT entity_key, name, rule FROM entity_names WHERE name = 'The Bureau' ORDER BY ALL"


def test_a_changed_file_is_applied_with_nothing_new_and_taken_back(again: Home, articles: Path, ingest: Ingest) -> None:
    """Every entity is as before when the file is gone; a run with the same file has nothing to do."""
    before = contents(again)
    again.aliases.write_text(HEADER + MERGE + "rename,Maritime Safety Bureau,ORG,The Bureau\nstop,Ghent,,\n", "utf-8")
    applied = ingest(again, articles).outcome
    assert (applied.status, applied.blocked_by) == ("committed", [])
    assert ask(again, NAMES) == [(BUREAU, "The Bureau", "own_name"), (DIRECTORATE, "The Bureau", "alias_file")]
    assert ask(again, "SELECT * FROM top_entities WHERE name = 'Ghent'") == []
    assert ingest(again, articles).outcome.status == "unchanged"
    again.aliases.unlink()
    assert ingest(again, articles).outcome.status == "committed"
    assert_same(contents(again), before)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (HEADER.encode() + b"merge,Desna,,Dnipro\nmerge,Dnipro,,Desna\n", "line 2: merging 'Desna' leads back to it"),
        (HEADER.encode() + b"stop,Desna,,\nstop,\xff,,\n", "line 3: not UTF-8"),
    ],
)
def test_a_wrong_file_is_refused_whole(again: Home, articles: Path, ingest: Ingest, content: bytes, fault: str) -> None:
    """Before anything is read; what is committed stays."""
    before = contents(again)
    again.aliases.write_bytes(content)
    with pytest.raises(AliasError, match=fault):
        ingest(again, articles)
    assert_same(contents(again), before)


def test_show(again: Home, tmp_path: Path, ingest: Ingest, capsys: pytest.CaptureFixture[str]) -> None:
    """By any spelling or id: spellings, rules and articles."""
    (tmp_path / "rain.txt").write_text("Rain fell on Kyiv for the third day, said the mayor of the town.\n", "utf-8")
    ingest(again, tmp_path / "rain.txt")
    capsys.readouterr()
    assert main(["entities", "show", "kiev", "--home", str(again.root)]) == 0
    shown = capsys.readouterr().out
    assert "same_place" in shown
    assert "GPE:kyiv" in shown
    [(gone, kept)] = ask(again, "SELECT own_entity_id, entity_id FROM entity_map WHERE rule = 'same_place'")
    assert gone != kept
    assert main(["entities", "show", str(gone), "--home", str(again.root)]) == 0
    assert capsys.readouterr().out == shown


def test_show_says_what_is_wrong(again: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A name nobody has, and a missing one."""
    assert main(["entities", "show", "Nobody Atall", "--home", str(again.root)]) == 1
    assert "no entity is named 'Nobody Atall'" in capsys.readouterr().err
    assert main(["entities", "show", "--home", str(again.root)]) == 1
    assert "entities show NAME" in capsys.readouterr().err


def test_the_rows_of_the_file_are_shown_with_what_they_do(again: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the next run as after it."""
    again.aliases.write_text(HEADER + MERGE + "stop,Pool Photo,,\nmerge,Nosuch,,Maritime Safety Bureau\n", "utf-8")
    assert main(["entities", "aliases", "--home", str(again.root)]) == 0
    shown = capsys.readouterr().out
    assert "at the next run" in shown
    assert shown.count("no key has this name and type") == 2
    assert "holds for" not in shown
