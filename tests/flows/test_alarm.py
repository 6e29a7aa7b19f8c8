"""The webhook: told of what fails and is blocked, of nothing else; its own failure is no matter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.settings import Settings
from tests.flows.conftest import Ingest
from tests.flows.hooked import listening
from tests.helpers import ask
from warehouse.errors import ModelError, SettingsError
from warehouse.home import Home


def test_a_failed_run_is_told(home: Home, articles: Path, ingest: Ingest) -> None:
    """With the home and the reason, in a line that chat services show."""
    with listening() as hook, pytest.raises(ModelError):
        ingest(home, articles, model="no_such_model", webhook=hook.address)
    [body] = hook.told
    assert (body["home"], body["state"]) == (str(home.root), "failed")
    assert "NER model 'no_such_model' is not installed" in body["message"]
    assert body["text"] == f"Dateline: run over {home.root} failed: {body['message']}"


def test_a_good_run_is_not_told_and_the_address_is_not_kept(home: Home, articles: Path, ingest: Ingest) -> None:
    """It may be secret: `runs` says only that there is one."""
    with listening() as hook:
        ingest(home, articles, webhook=hook.address)
    assert hook.told == []
    [(settings,)] = ask(home, "SELECT settings FROM runs")
    assert json.loads(str(settings))["webhook"] is True
    assert hook.address.encode() not in b"".join(path.read_bytes() for path in home.root.rglob("*") if path.is_file())


def test_a_webhook_that_does_not_answer_hides_no_error(home: Home, articles: Path, ingest: Ingest) -> None:
    """The run's own error is what the user gets."""
    with listening() as hook:
        pass
    with pytest.raises(ModelError):
        ingest(home, articles, model="no_such_model", webhook=hook.address)


def test_only_web_addresses() -> None:
    """A file is no webhook."""
    with pytest.raises(SettingsError, match="http"):
        Settings(webhook="file:///etc/passwd")
