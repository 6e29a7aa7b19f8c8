"""Which files a run reads, and under which uri each is known."""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from transforms.readers import READERS, reader_for
from warehouse.errors import InputError

_MAGIC = frozenset("*?[")


class InputFile(NamedTuple):
    """A file to read; `uri` is its path relative to the input it was found under."""

    uri: str
    path: Path


class Found(NamedTuple):
    """The files of all inputs, sorted by uri; files without a reader; inputs that lead nowhere, with the reason."""

    files: list[InputFile]
    ignored: list[Path]
    problems: list[str]


def find_files(inputs: Sequence[str], home: Path | None = None) -> Found:
    """Find the files behind paths, folders and globs.

    Folders are walked with their links, each folder once. A file found under several inputs is known by its longest
    uri. A file named outright is read whatever its ending says of it being ours, so that it is rejected with a reason.
    Each input that leads to no file, and each folder that cannot be read, is a problem. What lies in `home` is the
    warehouse's own, even where an input holds it.
    """
    files: dict[Path, InputFile] = {}
    ignored: set[Path] = set()
    problems: list[str] = []
    for given in inputs:
        is_ours = False
        for file in _under(given, problems):
            place = Path(os.path.realpath(file.path))
            if home in place.parents:
                continue
            if reader_for(file.path.name) or file.path == Path(given):
                is_ours = True
                files[place] = max(files.get(place, file), file, key=lambda f: (len(f.uri), f.uri))
            else:
                ignored.add(file.path)
        if not is_ours:
            problems.append(_why_nothing(given))
    return Found(sorted(files.values()), sorted(ignored), problems)


def require_files(inputs: Sequence[str], home: Path) -> None:
    """Raise InputError, with the reason for each input, when none leads to a file."""
    found = find_files(inputs, home)
    if not found.files:
        raise InputError("; ".join(found.problems))


def missing(inputs: Sequence[str]) -> list[str]:
    """Return why some inputs can lead nowhere: a path that is not there. A glob may match later."""
    return [_why_nothing(given) for given in inputs if not (os.path.lexists(given) or _MAGIC & set(given))]


def _under(given: str, problems: list[str]) -> Iterator[InputFile]:
    path = Path(given)
    if path.is_dir():
        yield from _walk(path, problems)
    elif os.path.lexists(path):
        yield InputFile(_uri(path, path.parent), path)
    elif _MAGIC & set(given):
        root = _glob_root(path)
        for match in sorted(map(Path, glob.glob(given, recursive=True))):  # noqa: PTH207 - Path.glob misses links
            if match.is_file():
                yield InputFile(_uri(match, root), match)


def _walk(root: Path, problems: list[str]) -> Iterator[InputFile]:
    """Yield the files below `root`; folders that cannot be read become problems."""
    seen: set[tuple[int, int]] = set()

    def unreadable(error: OSError) -> None:
        problems.append(f"{storable(str(error.filename))}: cannot be read: {error.strerror}")

    for parent, folders, names in os.walk(root, followlinks=True, onerror=unreadable):
        try:
            status = Path(parent).stat()
        except OSError as error:
            unreadable(error)
            continue
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders.sort()
        for name in sorted(names):
            yield InputFile(_uri(Path(parent, name), root), Path(parent, name))


def _uri(path: Path, root: Path) -> str:
    """Return the path below `root` with slashes; bytes of a name that are not UTF-8 become U+FFFD."""
    return storable(path.relative_to(root).as_posix())


def storable(name: str) -> str:
    """Return the name of a file as text that any encoding can write."""
    return os.fsencode(name).decode("utf-8", "replace")


def _glob_root(pattern: Path) -> Path:
    """Return the folders before the first part with a wildcard."""
    parts = pattern.parts
    plain = next((n for n, part in enumerate(parts) if _MAGIC & set(part)), len(parts))
    return Path(*parts[:plain])


def _why_nothing(given: str) -> str:
    if Path(given).is_dir():
        return f"{given}: no file in it that Dateline reads ({', '.join(READERS)})"
    return f"{given}: matches nothing" if _MAGIC & set(given) else f"{given}: no such file or folder"


def settled(files: Sequence[InputFile], seconds: float) -> list[InputFile]:
    """Return the files whose size and modification time stay the same for `seconds`, which this waits for."""
    if seconds <= 0 or not files:
        return list(files)
    before = [_look(file.path) for file in files]
    time.sleep(seconds)
    return [file for file, look in zip(files, before, strict=True) if _look(file.path) == look]


def _look(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None  # the reader will say what is wrong with it
    return status.st_size, status.st_mtime_ns
