"""`python -m benchmarks.peers NAME DOCS OUT`: what other tools for near-duplicates make of clean texts, and their time.

DOCS is JSONL with id and text, OUT Parquet of id and cluster. Each tool gets runs of five lower-case words and the
setting that scored best of some tried on such corpora, gaoya the one that is fastest; what it pairs is joined by the
same code for all. Needs the extra `peers`. Prints CPU seconds (all threads, reading apart) and peak memory as JSON.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from transforms.relating.placing import joined

WORDS = 5
PERMUTATIONS = 128
_WORD = re.compile(r"\w+")

Pairs = Iterator[tuple[int, int]]


def is_there(name: str) -> bool:
    """Whether a peer is installed."""
    return find_spec(name) is not None


def _shingles(text: str) -> list[str]:
    words = _WORD.findall(text.lower())
    return list({" ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))})


def gaoya_pairs(texts: Sequence[str]) -> Pairs:
    """Jaccard 0.5, 25 bands of 5; words are cut in Rust, on all cores."""
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(32, 0.5, 25, 5, None, "word", lowercase=True, ngram_range=(WORDS, WORDS))
    index.par_bulk_insert_docs(list(range(len(texts))), list(texts))
    for one, others in enumerate(index.par_bulk_query(list(texts))):
        yield from ((one, other) for other in others if other < one)


def rensa_pairs(texts: Sequence[str]) -> Pairs:
    """R-MinHash, Jaccard 0.4, 32 bands, pairs verified."""
    from rensa import RMinHash, RMinHashLSH

    hashes = RMinHash.from_token_sets([_shingles(text) for text in texts], num_perm=PERMUTATIONS, seed=42)
    index = RMinHashLSH(0.4, PERMUTATIONS, 32)
    index.insert_many(hashes)
    for one, others in enumerate(index.query_all(hashes)):
        yield from ((one, other) for other in others if other < one and hashes[one].jaccard(hashes[other]) >= 0.4)


def datasketch_pairs(texts: Sequence[str]) -> Pairs:
    """MinHash LSH, Jaccard 0.4, pairs verified."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.4, num_perm=PERMUTATIONS)
    tokens = ([shingle.encode() for shingle in _shingles(text)] for text in texts)
    hashes: list[MinHash] = []
    for one, found in enumerate(MinHash.generator(tokens, num_perm=PERMUTATIONS)):
        yield from ((one, other) for other in index.query(found) if found.jaccard(hashes[other]) >= 0.4)
        index.insert(one, found, check_duplication=False)
        hashes.append(found)


PEERS: dict[str, Callable[[Sequence[str]], Pairs]] = {
    "gaoya": gaoya_pairs,
    "rensa": rensa_pairs,
    "datasketch": datasketch_pairs,
}


def clusters(texts: Sequence[str], find_pairs: Callable[[Sequence[str]], Pairs]) -> list[int]:
    """Return for each text the first one that pairs join it to."""
    pairs = np.array(list(find_pairs(texts)), np.int64).reshape(-1, 2)
    found: list[int] = (joined.compiled or joined)(len(texts), pairs[:, 0].copy(), pairs[:, 1].copy()).tolist()
    return found


def main() -> int:
    """Run one peer."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("name", choices=PEERS)
    parser.add_argument("docs", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    with given.docs.open(encoding="utf-8") as lines:
        docs = [json.loads(line) for line in lines]
    texts = [doc["text"] for doc in docs]
    clusters(texts[:2], PEERS[given.name])  # imports are not timed
    started = time.process_time()
    found = clusters(texts, PEERS[given.name])
    cpu = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pq.write_table(pa.table({"id": [doc["id"] for doc in docs], "cluster": found}), given.out)
    print(json.dumps({"docs": len(docs), "cpu": cpu, "peak_mib": peak}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
