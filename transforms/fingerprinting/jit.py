"""Compiled code where numba can be had; the same code, slowly, where it cannot."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

_KERNELS = Path(__file__).parent.parent


def _digest() -> str:
    """Return what changes with any of the compiled files."""
    files = sorted(path for name in ("fingerprinting", "relating") for path in (_KERNELS / name).glob("*.py"))
    return hashlib.blake2b(b"".join(path.read_bytes() for path in files), digest_size=8).hexdigest()


_CACHE = _KERNELS / "__pycache__"
IS_CACHED = os.access(_CACHE if _CACHE.exists() else _KERNELS, os.W_OK)
"""Whether compiled code can be kept beside the files; else each process compiles anew what it needs."""

try:
    import numba
except ImportError:  # too old or too new for this Python
    IS_COMPILED = False
    logging.getLogger(__name__).info("numba cannot be imported: duplicates are found by NumPy and Python, slowly")
else:
    IS_COMPILED = True
    # numba keeps what it compiled by the file of a function, and does not see when one that it calls has changed
    setattr(numba.config, "CACHE_DIR", str(_CACHE / _digest()))  # noqa: B010 - not in its types


def jit(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function of numbers and arrays for good; without numba it stays as it is."""
    return numba.njit(cache=IS_CACHED, nogil=True, error_model="numpy")(function) if IS_COMPILED else function
