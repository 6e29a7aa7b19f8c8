"""Functions of numbers and arrays that are compiled where there is enough for them to do, and numba can be had."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable
from functools import cache, update_wrapper
from pathlib import Path
from types import ModuleType
from typing import Any

_KERNELS = Path(__file__).parent.parent


class Kernel:
    """A function that runs as it is written when called; `compiled` and `compiled_for` return it compiled.

    Loading numba and what it compiled takes some 2 s and 200 MB: few data are done sooner without. Either way the
    results are the same. Compiled kernels call each other compiled.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._work = 0
        update_wrapper(self, function)

    def __call__(self, *arguments: Any) -> Any:
        """Run the function in Python."""
        return self._function(*arguments)

    @property
    def compiled(self) -> Callable[..., Any] | None:
        """The same function compiled, with the same results; None where numba cannot be had."""
        return _compiled(self._function)

    def compiled_for(self, work: int, pays_from: int) -> Callable[..., Any] | None:
        """Return `compiled` once this process has met `pays_from` of work with what is to do now, else None."""
        self._work += work
        return self.compiled if self._work >= pays_from else None

    @property
    def _numba_type_(self) -> Any:
        """What numba takes a global that is a kernel for: its compiled form."""
        return getattr(self.compiled, "_numba_type_")  # noqa: B009 - numba's protocol, not in its types


@cache
def _compiled(function: Callable[..., Any]) -> Callable[..., Any] | None:
    numba = _numba()
    if numba is None:
        return None
    found: Callable[..., Any] = numba.njit(cache=_is_cached(), nogil=True, error_model="numpy")(function)
    return found


@cache
def _numba() -> ModuleType | None:
    try:
        import numba
    except ImportError:  # too old or too new for this Python
        logging.getLogger(__name__).info("numba cannot be imported: duplicates are found by NumPy and Python, slowly")
        return None
    # numba keeps what it compiled by the file of a function, and does not see when one that it calls has changed
    setattr(numba.config, "CACHE_DIR", str(_cache() / _digest()))  # noqa: B010 - not in its types
    return numba


def _cache() -> Path:
    return _KERNELS / "__pycache__"


def _is_cached() -> bool:
    """Whether compiled code can be kept beside the files; else each process compiles anew what it needs."""
    return os.access(_cache() if _cache().exists() else _KERNELS, os.W_OK)


def _digest() -> str:
    """Return what changes with any of the compiled files."""
    files = sorted(path for name in ("fingerprinting", "relating") for path in (_KERNELS / name).glob("*.py"))
    return hashlib.blake2b(b"".join(path.read_bytes() for path in files), digest_size=8).hexdigest()
