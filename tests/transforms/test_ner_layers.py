"""Named entities, document level: the layers over what a model marks.

A golden case is one file in `tests/cases/mentions`, named after the layer it shows: a title; what the model marks
(label and characters, everywhere or, with `@2`, in the second place only); the passages, apart by lines of three equals
signs; and one line for each expected mention: characters, label, source, and where it means a longer name, its key and
the rule.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.model import ModelTagger
from transforms.names import folded
from transforms.ner import layered
from transforms.ner.document import Document, Entity
from transforms.ner.linking import Linked

CASES = sorted((Path(__file__).parents[1] / "cases" / "mentions").glob("*.txt"))
MODEL = "MODEL"
"""Stands alone in place of the marks where the real model reads the text."""


class Case(NamedTuple):
    """A golden case as read from its file."""

    marks: list[str]
    texts: list[str]
    rows: list[str]


def read_case(path: Path) -> Case:
    """Read marks, passages and rows, apart by lines of three dashes."""
    head, text, rows = path.read_text("utf-8").split("---\n")
    return Case(head.splitlines()[1:], [part.strip("\n") for part in text.split("===\n")], rows.splitlines())


def marked(text: str, mark: str) -> list[Entity]:
    """Return the places in a passage that a line of a case marks."""
    label, _, name = mark.partition(" ")
    name, _, only = name.partition(" @")
    name = name.replace("\\n", "\n")
    starts, at = [], text.find(name)
    while at >= 0:
        starts.append(at)
        at = text.find(name, at + len(name))
    if only:
        starts = starts[int(only) - 1 : int(only)]
    return [Entity(start, start + len(name), label) for start in starts]


def found_in(case: Case, model_name: str) -> list[Linked]:
    """Run the layers over a case."""
    if case.marks == [MODEL]:
        entities = list(ModelTagger(model_name)(case.texts))
    else:
        entities = [[one for mark in case.marks for one in marked(text, mark)] for text in case.texts]
    return layered(Document(case.texts), entities)


def row(document: Document, linked: Linked) -> str:
    """Write a mention as a line of a case."""
    written = [document.name(linked.mention), linked.mention.label, linked.mention.source]
    meant = [] if linked.key_rule == "own_name" else [linked.entity_key, linked.key_rule]
    return " | ".join([*written, *meant])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, model_name: str) -> None:
    case = read_case(path)
    document = Document(case.texts)
    assert [row(document, one) for one in found_in(case, model_name)] == case.rows


PIECES = st.sampled_from([
    "Rosa", "Lind", "Rosa Lind", "Kyiv", "KYIV —", "U.S.", "US$", "non-Danish", "Danish", "Norway", "NATO", "HIMARS",
    "F-16", "Storm Shadow", "missiles", "Baltic Sugar Bureau", "(BSB)", "BSB", "(", ")", "Secretary of State",
    "Ministry", "said", "the", "in", "’s", "'s", " ", " ", " ", "\n", "\n\n", ",", ".", "-", "—", "2", "12.5", "beat",
    "Defense", "pro-", "\u202eשלום", "🚢", "\u00a0", "É", "\u0301", "goal", "match", "team", "league", "season",
])  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))


@given(st.lists(TEXTS, min_size=1, max_size=3), st.data())
def test_mentions_lie_in_their_passage_in_order_and_apart(texts: list[str], data: st.DataObject) -> None:
    """Whatever the text and whatever the model marks."""
    entities = [data.draw(st.lists(spans(text), max_size=6)) for text in texts]
    document = Document(texts)
    found = layered(document, entities)
    ends = [0] * len(texts)
    for mention in (one.mention for one in found):
        assert ends[mention.passage] <= mention.start < mention.end <= len(texts[mention.passage])
        assert "\n" not in document.name(mention)
        assert folded(document.name(mention))
        ends[mention.passage] = mention.end
    assert all(0 < one.confidence <= 1 for one in found)


def spans(text: str) -> st.SearchStrategy[Entity]:
    """Spans a model might mark in a text."""
    edges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    labels = st.sampled_from(["PERSON", "ORG", "GPE", "NORP", "PRODUCT", "DATE"])
    return st.builds(lambda ends, label: Entity(ends[0], ends[1], label), edges, labels)


@given(st.lists(TEXTS, max_size=3))
def test_the_same_text_gives_the_same_mentions(texts: list[str]) -> None:
    """Nothing is left over from one document to the next."""
    nothing: list[list[Entity]] = [[] for _ in texts]
    assert layered(Document(texts), nothing) == layered(Document(texts), nothing)


def test_a_name_of_500_characters_is_none() -> None:
    """It is left out; the names beside it stay."""
    text = f"{'A' * 500} met Rosa Lind."
    found = layered(Document([text]), [[Entity(0, 500, "PERSON"), Entity(505, 514, "PERSON")]])
    assert [text[one.mention.start : one.mention.end] for one in found] == ["Rosa Lind"]


def test_right_to_left_names_and_emoji() -> None:
    """Offsets count code points."""
    text = "🚢🚢 דוד לוי met Rosa Lind 🎉 in Haifa."
    found = layered(Document([text]), [[Entity(3, 10, "PERSON"), Entity(15, 24, "PERSON")]])
    assert [text[one.mention.start : one.mention.end] for one in found] == ["דוד לוי", "Rosa Lind"]


def test_a_document_of_five_megabytes() -> None:
    """Every name in it is found, in bounded memory."""
    plain = (
        "the ferry left the port in fog and nobody on the quay could see where it went or how far it came that day, "
    )
    sentence = f"Rosa Lind sailed from Norway with the Harbour Board and said that {plain} and Lind’s boat was Danish. "
    text = sentence * (5_000_000 // len(sentence))
    first = [Entity(0, 9, "PERSON"), Entity(38, 51, "ORG")]
    found = layered(Document([text]), [first])
    assert len(found) == 5 * (5_000_000 // len(sentence))


def test_many_names_that_begin_alike() -> None:
    """Each is looked up by itself, not held against all others."""
    names = [f"Rosa {'Li' + 'x' * (number % 50)}{number}" for number in range(5_000)]
    text = "\n".join(names * 2)
    marks, at = [], 0
    for name in names:
        marks.append(Entity(at, at + len(name), "PERSON"))
        at += len(name) + 1
    assert len(layered(Document([text]), [marks])) == 10_000
