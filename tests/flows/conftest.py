"""What the tests of runs share: a model that loads at once, a few articles, and one run over them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.direct import run_direct
from flows.execute import Finished
from flows.run import Run
from flows.settings import Settings
from tests.conftest import SAMPLES
from warehouse.home import Home

Ingest = Callable[..., Finished]

ARTICLES = (
    "northwire/2026-03-04-ferry-passengers.txt",
    "northwire/2026-03-06-museum-theft.txt",
    "northwire/2026-03-07-museum-theft-reward.txt",
    "northwire/ferry-runs-aground.txt",
    "northwire/cup-final.txt",
    "continental-review/2026-03-09-floods-near-kiev.txt",
    "continental-review/minister-quits.txt",
    "dnipro-observer/2026-03-14-flood-relief.txt",
)
NAMES = {
    "GPE": ("Kyiv", "Kiev", "Ukraine", "Lisbon", "Ghent"),
    "PERSON": ("Olena Marchuk", "Astrid Dahl", "Marek Kovalenko"),
    "ORG": ("Northwire", "State Emergency Service"),
    "LOC": ("Desna", "Dnipro"),
}


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the path of a spaCy pipeline that knows a few names by heart, and loads in no time."""
    import spacy

    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("entity_ruler", name="ner")
    ruler.add_patterns([{"label": label, "pattern": name} for label, names in NAMES.items() for name in names])
    path = tmp_path_factory.mktemp("model")
    nlp.to_disk(path)
    return str(path)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    import os

    for name in list(os.environ):
        if name.startswith("DATELINE_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a few articles, two outlets deep. Read only."""
    folder = tmp_path_factory.mktemp("input") / "pages"
    for name in ARTICLES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SAMPLES / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def ingest(small_model: str) -> Ingest:
    """Return a function that runs inputs into a home in this process, with one worker and the small model."""

    def run(home: Home, *inputs: object, **settings: Any) -> Finished:
        chosen: dict[str, Any] = {"model": small_model, "workers": 1} | settings
        given = Settings(**chosen)
        return run_direct(Run.start(home, given, [str(path) for path in inputs]))

    return run


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory, articles: Path, ingest: Ingest) -> Finished:
    """Return one run over the articles; its home is read only."""
    return ingest(Home.at(tmp_path_factory.mktemp("first")), articles)


@pytest.fixture(scope="session")
def slow_feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a feed of ten quick records and, as numbers 4 and 8, two that take seconds to clean. Read only."""
    rain = "Rain fell on Lisbon for the {}th day on Monday, and the river rose, the mayor of the town said."
    texts = [rain.format(number) for number in range(12)]
    texts[3] = "x\n" * 150_000
    texts[7] = texts[3] + "y"
    path = tmp_path_factory.mktemp("slow") / "feed.jsonl"
    lines = [json.dumps({"id": number, "text": text}) for number, text in enumerate(texts)]
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return a home that does not exist yet."""
    return Home.at(tmp_path / "home")


@pytest.fixture
def again(tmp_path: Path, first: Finished) -> Home:
    """Return a copy of the first run's home, to write to."""
    shutil.copytree(first.run.home.root, tmp_path / "again")
    return Home.at(tmp_path / "again")
