"""Who is told when a run fails: the webhook of the settings."""

from __future__ import annotations

import json
import logging
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from warehouse.home import Home

if TYPE_CHECKING:
    from flows.run import Run
    from flows.settings import Settings

SECONDS = 10.0
"""How long the webhook may take to answer."""
_LONGEST = 2_000
_LOG = logging.getLogger("dateline")


def raise_alarm(home: Home, settings: Settings, state: str, message: str) -> None:
    """Post to the webhook, if one is set, that a run failed, crashed or was blocked.

    The body is JSON: `text` (one line, which chat services show), `home`, `state` and `message`. A webhook that does
    not answer is logged and otherwise no matter: the run's own error is what counts.
    """
    if not settings.webhook:
        return
    in_one_line = " ".join(message.split())[:_LONGEST]
    body = {
        "text": f"Dateline: run over {home.root} {state}: {in_one_line}",
        "home": str(home.root),
        "state": state,
        "message": in_one_line,
    }
    request = urllib.request.Request(  # noqa: S310 - settings.py lets nothing but http and https pass
        settings.webhook, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310 - likewise
            pass
    except (OSError, ValueError) as error:
        _LOG.warning("the webhook was not told: %s", error)


@contextmanager
def alarmed(run: Run) -> Iterator[None]:
    """Raise the alarm when what is inside raises; the error goes on."""
    try:
        yield
    except Exception as error:
        raise_alarm(run.home, run.settings, "failed", str(error) or type(error).__name__)
        raise
