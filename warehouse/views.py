"""The reporting views: one SELECT a file in `models/`, made in the order of the file names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import duckdb


CHUNK = 4_096
"""Code points between the starts of two pieces of a text (`raw_chunks`); models write it as {CHUNK}."""


class Model(NamedTuple):
    """One reporting view: its name, the question it answers, what its rows and columns mean, and its SELECT."""

    name: str
    title: str
    meaning: tuple[str, ...]
    sql: str

    @property
    def column_meanings(self) -> dict[str, str]:
        """The meaning of each column that has its own line; `a, b: meaning` speaks of both.

        >>> Model("v", "?", ("A row is one day.", "first, last: days."), "SELECT 1").column_meanings
        {'first': 'days.', 'last': 'days.'}
        """
        pairs = (line.partition(": ") for line in self.meaning[1:])
        return {name: said for names, _, said in pairs for name in names.split(", ")}


@cache
def model_files() -> list[Model]:
    """Read every model, in the order in which the views must be made."""
    folder = files("warehouse") / "models"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".sql")), key=lambda path: path.name)
    return [_read(path) for path in paths]


def model(name: str) -> Model:
    """Return the model of a name."""
    return next(model for model in model_files() if model.name == name)


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create all reporting views beside the base tables of `connection`, with their comments."""
    for model in model_files():
        connection.execute(f'CREATE OR REPLACE VIEW "{model.name}" AS\n{model.sql}')
        connection.execute(f'COMMENT ON VIEW "{model.name}" IS {_literal(model.title)}')
        for column, meaning in model.column_meanings.items():
            connection.execute(f'COMMENT ON COLUMN "{model.name}"."{column}" IS {_literal(meaning)}')


def _read(path: Traversable) -> Model:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = [line.removeprefix("-- ") for line in lines if line.startswith("--")]
    sql = "\n".join(line for line in lines if not line.startswith("--")).replace("{CHUNK}", str(CHUNK))
    name = path.name.removesuffix(".sql").partition("_")[2]
    return Model(name, header[0], tuple(header[1:]), sql.strip())


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
