"""What Prefect must be told before it is imported. A user's own PREFECT_* variables win."""

from __future__ import annotations

import os

from warehouse.home import Home

_SETTINGS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # a cold start takes 20 s on an idle machine, and more on a busy one
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    "PREFECT_CLI_PROMPT": "false",
}


def prepare_prefect(home: Home, **settings: str) -> None:
    """Set Prefect's environment: its state in the home folder, no telemetry, quiet logs; `settings` add to it."""
    home.prefect.mkdir(parents=True, exist_ok=True)
    for name, value in {"PREFECT_HOME": str(home.prefect), **_SETTINGS, **settings}.items():
        os.environ.setdefault(name, value)
