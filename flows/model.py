"""The NER model: found by name or path, loaded once a process, described for `runs.versions`."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
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
_REMEMBERED = 10_000
"""Texts whose entities a process remembers: copies come in the same days, and half of online news is copies."""


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
    """A Tagger (see transforms.mentions) over a spaCy pipeline; texts are read in chunks cut at line ends.

    A process reads equal texts once.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, texts: Sequence[str]) -> Iterator[list[Entity]]:
        """Yield the entities of each text; offsets are code points of that text."""
        chunks = [(number, offset, chunk, _digest(chunk)) for number, offset, chunk in _all_chunks(texts)]
        known = _known(self._name)
        new = {digest: chunk for _, _, chunk, digest in chunks if digest not in known}
        read = dict(zip(new, read_entities(self._name, new.values()), strict=True))
        found: list[list[Entity]] = [[] for _ in texts]
        for number, offset, _, digest in chunks:
            entities = read[digest] if digest in read else known[digest]
            found[number] += [Entity(start + offset, end + offset, label) for start, end, label in entities]
        known.update(read)
        for digest in list(islice(known, max(0, len(known) - _REMEMBERED))):
            del known[digest]
        return iter(found)


def read_entities(name: str, texts: Iterable[str]) -> Iterator[tuple[Entity, ...]]:
    """Yield the entities the model finds in each text, as it is."""
    for doc in _load(name).pipe(texts, batch_size=_BATCH):
        yield tuple(Entity(e.start_char, e.end_char, e.label_) for e in doc.ents)


@cache
def _known(name: str) -> dict[bytes, tuple[Entity, ...]]:  # noqa: ARG001 - each model has its own
    """Return the entities of the texts a model has read in this process, the oldest first."""
    return {}


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _all_chunks(texts: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    for number, text in enumerate(texts):
        yield from _chunks(number, text)


def _chunks(number: int, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield a text in pieces of bounded length: (its number, the piece's offset, the piece)."""
    start = 0
    while len(text) - start > _CHUNK_CHARACTERS:
        cut = text.rfind("\n", start + 1, start + _CHUNK_CHARACTERS)
        cut = cut if cut > start else start + _CHUNK_CHARACTERS
        yield number, start, text[start:cut]
        start = cut
    yield number, start, text[start:]
