"""`python -m benchmarks.lines SET...`: train the line model and write the weights the package ships.

A SET is JSONL(.gz) with `id`, `site`, `raw_text` and `labels` (one mark a line: 1 body, 0 not, - blank). A document
whose SET's name holds `_full` is a whole page; it gives windows as well, as a person would drag over it.
`benchmarks.cleaning` trains the same way without the sites it judges.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from benchmarks.predict import read_docs
from transforms.lines import model
from transforms.lines.model.context import code
from transforms.lines.model.trees import Trees, probabilities, trees_of
from transforms.lines.model.words import BUCKETS, buckets, score, words_of
from transforms.lines.patterns import match_line
from transforms.segments import clean_line

WEIGHTS = Path(model.__file__).parent / "weights.json"
FOLDS = 5
INNER = 3
WINDOWS = 3
ABOVE, BELOW = 8, 15
"""Most lines a window takes in above the first body line and below the last."""
SHORT = 6
"""About how many lines a short window has: a brief, or the piece of a page that someone wanted."""
FORMS = dict(
    learning_rate=0.1,
    max_leaf_nodes=31,
    max_depth=8,
    min_samples_leaf=40,
    l2_regularization=1.0,
    max_features=0.4,
    early_stopping=False,
    random_state=0,
)
FIRST_TREES, SECOND_TREES = 100, 120


class Sample(NamedTuple):
    """A document to learn from: its cleaned lines that are not blank, and whether each is body."""

    name: str
    site: str
    lines: list[str]
    codes: list[int]
    is_body: NDArray[np.bool_]


def read_samples(path: Path) -> list[Sample]:
    """Read a set."""
    return [_sample(path, doc) for doc in read_docs(path)]


def _sample(path: Path, doc: dict[str, Any]) -> Sample:
    marked = [
        (clean_line(line).text, mark) for line, mark in zip(doc["raw_text"].split("\n"), doc["labels"], strict=True)
    ]
    kept = [(line, mark == "1") for line, mark in marked if line]
    return Sample(
        f"{path.name.split('.')[0]} {doc['id']}",
        doc["site"],
        [line for line, _ in kept],
        [line_code(line) for line, _ in kept],
        np.array([is_body for _, is_body in kept], bool),
    )


def line_code(line: str) -> int:
    """Return the number of what patterns say of a line."""
    pattern = match_line(line)
    return code(pattern.role, pattern.rule) if pattern else 0


def fold(site: str, folds: int = FOLDS, salt: str = "") -> int:
    """Return the part a site falls into."""
    return int(hashlib.md5(f"{salt}{site}".encode()).hexdigest(), 16) % folds  # noqa: S324


def with_windows(samples: Sequence[Sample]) -> list[Sample]:
    """Add to each sample windows of other extents: its body and some lines around it."""
    return [part for sample in samples for part in (sample, *_windows(sample))]


def _windows(sample: Sample) -> Iterator[Sample]:
    body = np.flatnonzero(sample.is_body)
    if "_full" not in sample.name or not len(body):
        return
    chance = random.Random(sample.name)  # noqa: S311
    for is_short in (False,) * WINDOWS + (True,):
        start = max(0, int(body[0]) - chance.randint(0, ABOVE))
        end = int(body[-1]) + 1 + chance.randint(0, BELOW)
        if is_short:
            start = max(start, int(chance.choice(body)) - chance.randint(0, SHORT))
            end = min(end, start + chance.randint(2, 2 * SHORT))
        yield sample._replace(
            lines=sample.lines[start:end], codes=sample.codes[start:end], is_body=sample.is_body[start:end]
        )


def fit(samples: Sequence[Sample]) -> model.Weights:
    """Train all parts. What the second looks at comes from first looks that have not seen the sample's site."""
    scores: list[NDArray[np.int64]] = [np.zeros(0, np.int64)] * len(samples)
    for others, held in _parts(samples, "words"):
        weights, bias = fit_words([samples[at] for at in others])
        for at in held:
            scores[at] = score(words_of(samples[at].lines), weights, bias)
    rows = [
        model.first_rows(model.see([sample.lines], [sample.codes]), own)
        for sample, own in zip(samples, scores, strict=True)
    ]
    sure: list[NDArray[np.int64]] = [np.zeros(0, np.int64)] * len(samples)
    for others, held in _parts(samples, "first"):
        trees = fit_trees([rows[at] for at in others], [samples[at] for at in others], FIRST_TREES)
        for at in held:
            sure[at] = probabilities(trees, rows[at])
    second = [
        model.second_rows(model.see([sample.lines], [sample.codes]), own, given)
        for sample, own, given in zip(samples, rows, sure, strict=True)
    ]
    words, bias = fit_words(samples)
    return model.Weights(words, bias, fit_trees(rows, samples, FIRST_TREES), fit_trees(second, samples, SECOND_TREES))


def _parts(samples: Sequence[Sample], salt: str) -> Iterator[tuple[list[int], list[int]]]:
    for part in range(INNER):
        held = [at for at, sample in enumerate(samples) if fold(sample.site, INNER, salt) == part]
        yield sorted(set(range(len(samples))) - set(held)), held


def line_weights(samples: Sequence[Sample]) -> NDArray[np.float64]:
    """Weigh lines by what they say, and documents less than by their length."""
    parts = [np.sqrt([max(1, line.count(" ") + 1) for line in sample.lines]) for sample in samples]
    return np.concatenate([part / part.sum() * np.sqrt(len(part)) for part in parts if len(part)])


def fit_words(samples: Sequence[Sample]) -> tuple[NDArray[np.int64], int]:
    """Train the words: logistic regression over hashed features."""
    lines = [line for sample in samples for line in sample.lines]
    bucket, line = buckets(words_of(lines))
    rows = csr_matrix((np.ones(len(bucket), np.float32), (line, bucket)), shape=(len(lines), BUCKETS))
    body = np.concatenate([sample.is_body for sample in samples])
    fitted = LogisticRegression(C=0.3, solver="liblinear", random_state=0).fit(
        rows, body, sample_weight=line_weights(samples)
    )
    return np.rint(fitted.coef_[0] * 100).astype(np.int64), int(np.rint(fitted.intercept_[0] * 100))


def fit_trees(rows: Sequence[NDArray[np.float32]], samples: Sequence[Sample], count: int) -> Trees:
    """Train boosted trees on rows, one array a sample."""
    body = np.concatenate([sample.is_body for sample in samples])
    fitted = HistGradientBoostingClassifier(max_iter=count, **FORMS).fit(
        np.vstack(rows), body, sample_weight=line_weights(samples)
    )
    return trees_of(stored_trees(fitted))


def stored_trees(fitted: Any) -> dict[str, Any]:
    """Return the fields of Trees of a fitted model."""
    stored: dict[str, Any] = {"feature": [], "threshold": [], "children": [], "value": [], "roots": [], "depth": 0}
    for (predictor,) in fitted._predictors:  # noqa: SLF001
        base = len(stored["feature"])
        stored["roots"].append(base)
        for at, node in enumerate(predictor.nodes):
            is_leaf = bool(node["is_leaf"])
            stored["feature"].append(0 if is_leaf else int(node["feature_idx"]))
            stored["threshold"].append(0.0 if is_leaf else _floor32(node["num_threshold"]))
            stored["children"] += [base + (at if is_leaf else int(node[side])) for side in ("left", "right")]
            stored["value"].append(round(float(node["value"]) * 10_000) if is_leaf else 0)
            stored["depth"] = max(stored["depth"], int(node["depth"]))
    stored["bias"] = round(float(fitted._baseline_prediction[0, 0]) * 10_000)  # noqa: SLF001
    return stored


def _floor32(threshold: float) -> float:
    """Return the largest 32-bit number not above a threshold, so that rows compare with it as in training."""
    near = np.float32(threshold)
    return float(near if near <= threshold else np.nextafter(near, np.float32(-np.inf)))


def write_weights(weights: model.Weights, path: Path = WEIGHTS) -> None:
    """Write weights as the package ships them."""
    stored = {
        "words": weights.words.tolist(),
        "bias": weights.bias,
        **{name: _as_lists(trees) for name, trees in (("first", weights.first), ("second", weights.second))},
    }
    path.write_text(json.dumps(stored, separators=(",", ":")) + "\n", "utf-8")


def _as_lists(trees: Trees) -> dict[str, Any]:
    lists: dict[str, Any] = {
        name: value if isinstance(value, int) else value.tolist() for name, value in trees._asdict().items()
    }
    # nine digits tell every 32-bit number
    return lists | {"threshold": [float(f"{value:.9g}") for value in lists["threshold"]]}


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on whole sets and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lines", description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    given = parser.parse_args(arguments)
    samples = [sample for path in given.sets for sample in read_samples(path)]
    write_weights(fit(with_windows(samples)))
    print(f"{WEIGHTS}: trained on {len(samples)} documents of {len({sample.site for sample in samples})} sites")
    return 0


if __name__ == "__main__":
    sys.exit(main())
