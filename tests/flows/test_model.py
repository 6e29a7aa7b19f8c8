"""The NER model as the stages see it."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from flows.model import ModelTagger

read_texts: list[str] = []


@Language.component("note_what_is_read")
def note_what_is_read(doc: Doc) -> Doc:
    """Keep the text of each document that passes."""
    read_texts.append(doc.text)
    return doc


@pytest.fixture
def model(tmp_path: Path) -> str:
    """Return the path of a pipeline that knows one town and notes what it reads."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler", name="ner").add_patterns([{"label": "GPE", "pattern": "Ostrand"}])  # type: ignore[attr-defined]
    nlp.add_pipe("note_what_is_read")
    nlp.to_disk(tmp_path / "model")
    read_texts.clear()
    return str(tmp_path / "model")


def test_equal_texts_are_read_once(model: str) -> None:
    """By whichever calls they come; each gets all the entities."""
    tagger = ModelTagger(model)
    copied, other = "Rain fell on Ostrand.", "Ostrand slept."
    first, between, again = tagger([copied, other, copied])
    [later] = ModelTagger(model)([copied])
    assert first == again == later == [(13, 20, "GPE")]
    assert between == [(0, 7, "GPE")]
    assert read_texts == [copied, other]


def test_long_texts_are_read_in_pieces(model: str) -> None:
    """Cut at line ends; offsets are those of the whole, equal pieces too."""
    line = "Rain fell on Ostrand once more.\n"
    text = line * 10_000
    [found] = ModelTagger(model)([text])
    assert [text[one.start : one.end] for one in found] == ["Ostrand"] * 10_000
    assert len(read_texts) < -(-len(text) // 100_000)
