"""What tests of several packages share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from flows.direct import run_direct
from flows.model import model_path
from flows.run import Run
from flows.settings import Settings
from warehouse.errors import ModelError
from warehouse.home import Home

# how long an example takes depends on what else the machine does
settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(scope="session")
def model_name() -> str:
    """Return the name of the NER model of the default settings; skip where it is not installed."""
    name = Settings().model
    try:
        model_path(name)
    except ModelError:
        pytest.skip(f"NER model {name} is not installed: run `make model`")
    return name


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, model_name: str) -> Home:
    """Return the home of one real run over the samples. Read only: who wants to write copies it first."""
    home = Home.at(tmp_path_factory.mktemp("sample_home"))
    finished = run_direct(Run.start(home, Settings(model=model_name), [str(SAMPLES)]))
    assert finished.outcome.status == "committed", finished.outcome.blocked_by
    return home
