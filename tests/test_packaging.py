"""The four plain package names are ours alone, and the pins that Prefect needs hold."""

import importlib
import importlib.metadata
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMES = ("flows", "transforms", "expectations", "warehouse")


@pytest.mark.parametrize("name", NAMES)
def test_package_is_ours(name: str) -> None:
    """The package that imports under the name lies in this project, and no other distribution claims it."""
    assert Path(str(importlib.import_module(name).__file__)).is_relative_to(ROOT)
    claims = importlib.metadata.packages_distributions().get(name, ["dateline"])
    assert set(claims) == {"dateline"}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "bootstrap.lock", "model.lock"])
def test_every_requirement_is_pinned_with_a_hash(lock: str) -> None:
    """A lock names exact versions with hashes and no package index."""
    text = (ROOT / lock).read_text("utf-8")
    requirements = re.split(r"\n(?=\S)", text.replace("\\\n", " ").strip())
    assert all("==" in line and "--hash=sha256:" in line for line in requirements if not line.startswith("#"))
    assert not re.search(r"^\s*--(?:extra-)?index|https?://", text, re.MULTILINE)


def test_pins_that_prefect_needs() -> None:
    """Newer FastAPI keeps the server from starting, newer SQLAlchemy keeps schedules from firing."""
    version = importlib.metadata.version
    assert tuple(map(int, version("fastapi").split(".")[:2])) < (0, 151)
    assert tuple(map(int, version("sqlalchemy").split(".")[:2])) < (2, 1)
