"""Settings: the home's file, then the environment, then flags; wrong ones are told with their source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.cli import main
from flows.settings import Settings, load_settings
from tests.flows.conftest import Ingest
from tests.helpers import ask, one_line
from warehouse.errors import SettingsError
from warehouse.home import Home


def write(home: Home, text: str) -> Home:
    """Write the settings file of a home."""
    home.root.mkdir(parents=True, exist_ok=True)
    home.settings.write_text(text, "utf-8")
    return home


def test_flags_win_over_environment_and_file(home: Home) -> None:
    """Each source overrides the one before; what none names has its default."""
    write(home, 'workers = 1\nbatch_bytes = 100\nclean = "none"\n')

    environment = {"DATELINE_WORKERS": "2", "DATELINE_BATCH_BYTES": "200"}
    settings = load_settings(home, {"workers": 3, "clean": None}, environment)

    assert (settings.workers, settings.batch_bytes, settings.clean) == (3, 200, "none")
    assert settings.max_characters == Settings().max_characters


def test_without_any_source_the_defaults_hold(home: Home) -> None:
    """A home without a settings file, or one that does not exist yet, is fine."""
    assert load_settings(home, {}, {"PATH": "/bin", "DATELINES": "2"}) == Settings()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("wokers = 2", "no setting 'wokers'; did you mean 'workers'?"),
        ("colour = 'red'", "no setting 'colour'; there are model, workers"),
        ("workers = 'many'", "setting workers takes int, not 'many'"),
        ("workers = [1]", "setting workers takes int, not [1]"),
        ("workers = 1.5", "setting workers takes int, not 1.5"),
        ("workers = true", "setting workers takes int, not True"),
        ("model = 5", "setting model takes str, not 5"),
        ("keep_originals = 'perhaps'", "setting keep_originals takes bool, not 'perhaps'"),
        ("keep_originals = 3", "setting keep_originals takes bool, not 3"),
        ("settle_seconds = nan", "setting settle_seconds takes float, not nan"),
        ("batch_bytes = 0", "setting batch_bytes: 0 is not above 0"),
        ("workers = -1", "must not be below 0"),
        ("clean = 'much'", "setting clean: 'much' is neither 'lines' nor 'none'"),
        ("workers = ", "Invalid value"),
        ("since = '3 March'", "setting since: '3 March' is no day; give it as 2026-03-31"),
        ("until = '20260331'", "setting until: '20260331' is no day; give it as 2026-03-31"),
        ("[workers]\nn = 1", "setting workers takes int, not {'n': 1}"),
    ],
)
def test_a_wrong_settings_file_is_told(text: str, told: str, home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """One line with what is wrong, and exit code 1."""
    write(home, text)

    # the wrong setting is told before the model is looked for
    assert main(["run", __file__, "--home", str(home.root), "--direct"]) == 1
    assert told in one_line(capsys.readouterr().err)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DATELINE_WOKERS", "2", "environment variable DATELINE_WOKERS: no setting 'wokers'; did you mean 'workers'?"),
        ("DATELINE_WORKERS", "two", "environment variable DATELINE_WORKERS: setting workers takes int, not 'two'"),
        ("DATELINE_KEEP_ORIGINALS", "si", "environment variable DATELINE_KEEP_ORIGINALS: setting keep_originals takes"),
    ],
)
def test_a_wrong_variable_is_told(name: str, value: str, told: str, home: Home) -> None:
    """The error names the variable."""
    with pytest.raises(SettingsError) as raised:
        load_settings(home, {}, {name: value})

    assert str(raised.value).startswith(told)


@pytest.mark.parametrize(("text", "expected"), [("true", True), ("1", True), ("FALSE", False), ("0", False)])
def test_a_truth_value_of_the_environment(text: str, expected: bool, home: Home) -> None:  # noqa: FBT001 - a case
    """Truth values are written as words or digits."""
    assert load_settings(home, {}, {"DATELINE_KEEP_ORIGINALS": text}).keep_originals is expected


def test_settings_in_force_are_recorded(home: Home, small_model: str, ingest: Ingest, tmp_path: Path) -> None:
    """What a run did can be read back from `runs`, and does what it says."""
    page = tmp_path / "page.txt"
    page.write_text("A line by itself\n\nOn Monday it was read at Lisbon, the keeper said.\n", "utf-8")

    ingest(home, page, clean="none", keep_originals=False)

    [(settings,)] = ask(home, "SELECT settings FROM runs")
    told = json.loads(str(settings))
    assert (told["clean"], told["keep_originals"], told["workers"], told["model"]) == ("none", False, 1, small_model)
    assert ask(home, "SELECT * FROM originals") == []
    assert ask(home, "SELECT text FROM articles") == [(page.read_text("utf-8").rstrip("\n"),)]
