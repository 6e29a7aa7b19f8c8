"""The NER model: found by name or path, loaded once a process, described for `runs.versions`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from transforms.ner.document import Entity
from warehouse.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

NOT_NEEDED = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")
"""Components of a pipeline that NER does without."""
_CHUNK_CHARACTERS = 100_000
_BATCH = 32


def model_path(name: str) -> Path:
    """Return the folder of a spaCy pipeline: a model of this installation by name, a path, or a package.

    Raises ModelError when there is none; no other model is taken in its place.
    """
    installed = Path(sys.prefix, "share", "dateline", "models", name)
    for folder in (installed, Path(name)):
        if (folder / "meta.json").is_file():
            return folder.resolve()
    import spacy.util

    if spacy.util.is_package(name):
        package = Path(str(spacy.util.get_package_path(name)))
        return next(package.glob("*/meta.json"), package / "meta.json").parent
    raise ModelError(
        f"NER model {name!r} is not installed: run `make model`, or set model to a spaCy pipeline you have"
    )


def describe_model(name: str) -> dict[str, str]:
    """Return name, version and source of the model, for `runs.versions`."""
    path = model_path(name)
    meta = json.loads((path / "meta.json").read_text("utf-8"))
    return {"name": f"{meta['lang']}_{meta['name']}", "version": meta["version"], "setting": name}


@cache
def _load(name: str) -> Language:
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    # measured: NumPy's OpenBLAS multiplies these small matrices three times as fast as blis
    set_current_ops(NumpyOps(use_blis=False))
    nlp = spacy.load(model_path(name), exclude=NOT_NEEDED)
    if "ner" not in nlp.pipe_names:
        raise ModelError(f"NER model {name!r} has no ner component: choose another spaCy pipeline")
    nlp.max_length = sys.maxsize
    return nlp


class ModelTagger:
    """A Tagger (see transforms.mentions) over a spaCy pipeline; texts are read in chunks cut at line ends."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, texts: Sequence[str]) -> Iterator[list[Entity]]:
        """Yield the entities of each text; offsets are code points of that text."""
        chunks = [chunk for number, text in enumerate(texts) for chunk in _chunks(number, text)]
        found: list[list[Entity]] = [[] for _ in texts]
        docs = _load(self._name).pipe((text for _, _, text in chunks), batch_size=_BATCH)
        for (number, offset, _), doc in zip(chunks, docs, strict=True):
            found[number] += [Entity(e.start_char + offset, e.end_char + offset, e.label_) for e in doc.ents]
        return iter(found)


def _chunks(number: int, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield a text in pieces of bounded length: (its number, the piece's offset, the piece)."""
    start = 0
    while len(text) - start > _CHUNK_CHARACTERS:
        cut = text.rfind("\n", start + 1, start + _CHUNK_CHARACTERS)
        cut = cut if cut > start else start + _CHUNK_CHARACTERS
        yield number, start, text[start:cut]
        start = cut
    yield number, start, text[start:]
