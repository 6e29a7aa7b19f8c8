"""`python -m benchmarks.hostile`: texts made to break the finding of duplicates, at full size.

Prints CPU seconds from text to clusters, with compiled code loaded, and what was found. Texts are drawn from invented
words with a fixed seed.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from benchmarks.deduplicate import run_stage, texts_of, warm
from transforms.clusters import clusters
from transforms.duplicates import duplicates
from transforms.fingerprints import fingerprints
from warehouse import schema

_ENDS = ["ber", "dan", "fol", "gar", "hem", "jun", "kil"]
_WORDS = [begin + end for begin in ["ka", "lo", "mi", "ne", "ru", "sa", "ti", "vo"] for end in _ENDS]


def _prose(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_WORDS, k=2)).title()


def _copies(chance: random.Random) -> list[str]:
    return [_prose(chance, 400)] * 100_000


def _template(chance: random.Random) -> list[str]:
    form = _prose(chance, 60)
    return [
        f"{form} Lot {chance.randrange(10**6)} went to {_name(chance)} {_name(chance)} for {chance.randrange(10**5)} "
        f"pounds. {_prose(chance, 12)}"
        for _ in range(100_000)
    ]


def _near_copies(chance: random.Random) -> list[str]:
    before, after = _prose(chance, 200), _prose(chance, 200)
    return [f"{before} {number} {after}" for number in range(20_000)]


def _short(chance: random.Random) -> list[str]:
    begin = _prose(chance, 38)
    return [f"{begin} {number} {chance.choice(_WORDS)}" for number in range(10_000)]


def _long(chance: random.Random) -> list[str]:
    return [" ".join(f"w{chance.randrange(10**6)}" for _ in range(2_600_000)), _prose(chance, 300)]


def _one_word(chance: random.Random) -> list[str]:
    return ["rain " * 4_000_000, _prose(chance, 300)]


def _unspaced(chance: random.Random) -> list[str]:
    return ["a" * 20_000_000, "".join(chance.choices("abc", k=1_000))]


def _signs(chance: random.Random) -> list[str]:
    return ["".join(chr(0x4E00 + chance.randrange(3_000)) for _ in range(2_000)) for _ in range(2_000)]


def _digits(chance: random.Random) -> list[str]:
    return [" ".join(str(chance.randrange(10**6)) for _ in range(400)) for _ in range(2_000)]


SETS: dict[str, Callable[[random.Random], list[str]]] = {
    "100,000 copies of one text": _copies,
    "100,000 short items of one template": _template,
    "20,000 of 400 words, another number in each": _near_copies,
    "10,000 of 40 words, nearly the same": _short,
    "a text of 20 MB": _long,
    "one word four million times": _one_word,
    "20 MB without spaces": _unspaced,
    "2,000 of 2,000 ideographs": _signs,
    "2,000 of numbers": _digits,
}


def main() -> int:
    """Print the table."""
    warm()
    table = Table("texts", "CPU s", "edges", "clusters", "largest", "peak memory so far")
    for name, make in SETS.items():
        made = texts_of([{"id": f"{at:06d}", "text": text} for at, text in enumerate(make(random.Random(1)))])  # noqa: S311 - no secret
        started = time.process_time()
        made[schema.FINGERPRINTS] = run_stage(fingerprints, made, {})
        made[schema.DUPLICATES] = run_stage(duplicates, made, {})
        sizes = Counter(run_stage(clusters, made, {})["cluster_id"].to_pylist())
        spent = time.process_time() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        figures = (made[schema.DUPLICATES].num_rows, len(sizes), max(sizes.values()))
        table.add_row(name, f"{spent:.2f}", *(f"{figure:,}" for figure in figures), f"{peak:,.0f} MiB")
    Console(width=120).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
