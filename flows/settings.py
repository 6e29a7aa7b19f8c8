"""Settings: one frozen set of values a run, from the home's file, the environment and flags, in rising order."""

from __future__ import annotations

import dataclasses
import difflib
import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse.errors import SettingsError
from warehouse.home import Home

ENVIRONMENT_PREFIX = "DATELINE_"


@dataclass(frozen=True)
class Settings:
    """What a user can set. Recorded in `runs.settings`."""

    model: str = "en_core_web_md"
    """Name or path of the spaCy pipeline whose NER is used."""
    workers: int = 0
    """Processes for the stages that burn CPU; 0 means one a core."""
    batch_bytes: int = 512 * 1024
    """Input bytes a task works on."""
    max_document_bytes: int = 256 * 1024 * 1024
    """Longest document, after decompression; longer ones are rejected."""
    max_characters: int = 5_000_000
    """Longest text; longer ones are rejected."""
    max_seconds_per_document: float = 30.0
    """CPU time the cleaning of a document may take; one that takes longer is rejected."""
    clean: str = "lines"
    """lines: give every line a role; none: take texts as clean already."""
    keep_originals: bool = True
    """Whether to keep the original bytes in the table `originals`."""
    include_forgotten: bool = False
    """Whether articles taken out by `dateline forget` are read again when they are found in the inputs."""
    source: str = ""
    """Take in only articles of an outlet, a given source, or a file or folder; empty for all."""
    since: str = ""
    """Take in only articles that state a day of publication, this one or a later one; empty for all."""
    until: str = ""
    """Take in only articles that state a day of publication, this one or an earlier one; empty for all."""
    settle_seconds: float = 0.0
    """Leave files changed within this time for the next run; `dateline serve` sets 2."""
    webhook: str = ""
    """Address that is told of runs that fail, crash or are blocked; empty for none. Not recorded: it may be secret."""

    def __post_init__(self) -> None:
        """Refuse impossible values."""
        for name in ("batch_bytes", "max_document_bytes", "max_characters", "max_seconds_per_document"):
            if getattr(self, name) <= 0:
                raise SettingsError(f"setting {name}: {getattr(self, name)} is not above 0")
        if self.workers < 0 or self.settle_seconds < 0:
            raise SettingsError("settings workers and settle_seconds must not be below 0")
        if self.clean not in ("lines", "none"):
            raise SettingsError(f"setting clean: {self.clean!r} is neither 'lines' nor 'none'")
        for name in ("since", "until"):
            _require_day(name, getattr(self, name))
        if self.webhook and not self.webhook.startswith(("http://", "https://")):
            raise SettingsError("setting webhook: give an address that begins with http:// or https://")

    @property
    def processes(self) -> int:
        """How many worker processes to start."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        return self.workers or cores or 1

    @property
    def recorded(self) -> dict[str, object]:
        """What `runs.settings` keeps: every setting but the webhook, of which it only says whether there is one."""
        return dataclasses.asdict(self) | {"webhook": bool(self.webhook)}


def _require_day(name: str, text: str) -> None:
    try:
        is_day = not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_day = False
    if not is_day:
        raise SettingsError(f"setting {name}: {text!r} is no day; give it as 2026-03-31")


def load_settings(home: Home, flags: Mapping[str, object], environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings in force for `home`: its `dateline.toml`, then DATELINE_* variables, then flags.

    Flags that are None are not given. Raises SettingsError, naming the source, for unknown names and wrong values.
    """
    values = _from_file(home)
    for name, text in environment.items():
        if name.startswith(ENVIRONMENT_PREFIX):
            field = name.removeprefix(ENVIRONMENT_PREFIX).lower()
            values[field] = _checked(field, text, f"environment variable {name}")
    given = {name: value for name, value in flags.items() if value is not None}
    return Settings(**(values | given))  # type: ignore[arg-type]


def _from_file(home: Home) -> dict[str, object]:
    if not home.settings.exists():
        return {}
    try:
        loaded = tomllib.loads(home.settings.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{home.settings}: {error}") from error
    return {name: _checked(name, value, str(home.settings)) for name, value in loaded.items()}


def _checked(name: str, value: Any, where: str) -> object:
    fields = {field.name: type(field.default) for field in dataclasses.fields(Settings)}
    if name not in fields:
        near = difflib.get_close_matches(name, fields, n=1)
        raise SettingsError(
            f"{where}: no setting {name!r}"
            + (f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(fields)}")
        )
    try:
        return _converted(fields[name], value)
    except (ValueError, TypeError, KeyError):
        raise SettingsError(f"{where}: setting {name} takes {fields[name].__name__}, not {value!r}") from None


def _converted(kind: type, value: Any) -> object:
    """Return a value of a settings file or, as text, of the environment; raises where it would have to be bent."""
    if kind is str and type(value) is date:
        return value.isoformat()  # TOML has days of its own
    if kind is bool and isinstance(value, str):
        return {"true": True, "1": True, "false": False, "0": False}[value.lower()]
    if not isinstance(value, str) and type(value) is not kind and (kind, type(value)) != (float, int):
        raise TypeError
    converted = kind(value)
    if kind is float and not math.isfinite(converted):
        raise ValueError
    return converted
