"""The code and data of `transforms`: what rows are made by."""

from __future__ import annotations

from importlib.resources import as_file, files


def code_of_transforms() -> list[tuple[str, bytes]]:
    """Return the files of `transforms`, by their paths in it, with their bytes.

    What Python and numba keep beside them is left out: other processes write it at any time.
    """
    with as_file(files("transforms")) as folder:
        paths = sorted(path for path in folder.rglob("*") if "__pycache__" not in path.parts and path.is_file())
        return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]
