"""Named entities: what of a model's spans is a name, and which name it means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.model import ModelTagger
from tests.transforms.cases import Row, cleaned, record
from transforms.mentions import Tagger, mentions
from transforms.names import folded
from transforms.ner.document import Entity
from transforms.ner.spans import LABELS, names_only

PLACES = (
    "The ferry sailed from the port of Ostrand to the island of Vigra on Tuesday with 214 people on board, it was said."
)


def tagger(*names: tuple[str, str]) -> Tagger:
    """Return a tagger that knows these words, with their labels, wherever they stand."""

    def find(texts: Sequence[str]) -> Iterator[list[Entity]]:
        for text in texts:
            yield sorted(
                Entity(at, at + len(words), label)
                for words, label in names
                for at in range(len(text))
                if text.startswith(words, at)
            )

    return find


def rows_of(text: str, *names: tuple[str, str]) -> list[Row]:
    """Return the mentions of one document, each held against its raw text."""
    made = cleaned(record("a", text))
    rows = mentions(*made, tagger=tagger(*names)).to_pylist()
    raw_text = made.documents["raw_text"][0].as_py()
    assert all(raw_text[row["raw_start"] : row["raw_end"]] == row["surface"] for row in rows)
    return list(rows)


def trimmed(surface: str, label: str = "ORG") -> str | None:
    """Return the name in what a model marked."""
    found = names_only([surface], [[Entity(0, len(surface), label)]])
    return surface[found[0].start : found[0].end] if found else None


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Rosa Lind", "Rosa Lind"),
        ("Rosa Lind's", "Rosa Lind"),
        ("Rosa Lind’s", "Rosa Lind"),
        ("the Harbour Post", "Harbour Post"),
        ("The Hague", "Hague"),
        ("an Ostrand", "Ostrand"),
        ("Theo", "Theo"),
        ("“Harbour Post", "Harbour Post"),
        ("Harbour Post,”", "Harbour Post"),
        ("U.S.", "U.S."),
        ("AT&T", "AT&T"),
        ("Dockworkers' Federation", "Dockworkers' Federation"),
        ("Médecins Sans Frontières (MSF)", "Médecins Sans Frontières"),
        ("— ", None),
        ("the", None),
        ("", None),
        ("X" + "'" * 60 + "y", "X" + "'" * 60 + "y"),
    ],
)
def test_trimming(surface: str, name: str | None) -> None:
    """No article, possessive or mark around it; what is no name is none."""
    assert trimmed(surface) == name


@pytest.mark.parametrize(
    ("label", "kept"), [("PERSON", "PERSON"), ("WORK_OF_ART", "WORK"), ("DATE", None), ("MONEY", None)]
)
def test_labels(label: str, kept: str | None) -> None:
    """The model's labels become ours; figures and dates are no names."""
    found = [row["label"] for row in rows_of(f"Ferry leaves for the islands\n\n{PLACES}", ("Vigra", label))]
    assert found == ([kept] if kept else [])


def test_a_short_form_in_brackets_is_a_name_of_its_own() -> None:
    """So that both spellings can be told to mean one thing."""
    text = f"Ferry leaves for the islands\n\n{PLACES} The Sea Bureau (MSB) said so."
    rows = rows_of(text, ("The Sea Bureau (MSB)", "ORG"))
    assert [row["surface"] for row in rows] == ["Sea Bureau", "MSB"]


def test_where_names_are_read() -> None:
    """Headline, deck, captions and body, in raw order; furniture is not read."""
    text = f"Menu\n\nVigra waits for its ferry\n\nPhoto: The quay of Vigra\n\n{PLACES}\n\n© 2026 Vigra Post"
    rows = rows_of(text, ("Vigra", "GPE"))
    assert [(row["role"], row["text_start"] is None) for row in rows] == [
        ("headline", True),
        ("caption", True),
        ("body", False),
    ]
    assert {row["entity_key"] for row in rows} == {"GPE:vigra"}


def test_a_name_over_a_line_end_is_cut_there() -> None:
    """A model that reads on into the next paragraph is not followed."""
    rows = rows_of(f"Ferry leaves for the islands\n\n{PLACES} Rosa\nLind said so.\n", ("Rosa\n\nLind", "PERSON"))
    assert [row["surface"] for row in rows] == ["Rosa"]


def test_invisible_characters_are_in_the_surface_not_in_the_key() -> None:
    """The row quotes the raw text; the key is of the name."""
    [row] = rows_of(f"Ferry leaves for the islands\n\n{PLACES} Rosa\u00a0Li\u00adnd said so.", ("Rosa Lind", "PERSON"))
    assert (row["surface"], row["entity_key"]) == ("Rosa\u00a0Li\u00adnd", "PERSON:rosa lind")


class TestSurnames:
    """A lone surname means the one person of the article who bears it."""

    BODY = f"Ferry leaves for the islands\n\n{PLACES} "

    def test_one_bearer(self) -> None:
        """Joined, with the rule that did it, and before the full name too."""
        rows = rows_of(
            f"{self.BODY}Lind’s boat is old, Rosa Lind said.", ("Rosa Lind", "PERSON"), (" Lind’s", "PERSON")
        )
        assert [(row["surface"], row["entity_key"], row["key_rule"]) for row in rows] == [
            ("Lind", "PERSON:rosa lind", "surname_in_article"),
            ("Rosa Lind", "PERSON:rosa lind", "own_name"),
        ]

    def test_two_bearers(self) -> None:
        """Where two have it, it means neither for sure."""
        names = (("Rosa Lind", "PERSON"), ("Olaf Lind", "PERSON"), (" Lind.", "PERSON"))
        rows = rows_of(f"{self.BODY}Rosa Lind and Olaf Lind sailed with the third Lind.", *names)
        assert rows[-1]["entity_key"] == "PERSON:lind"
        assert rows[-1]["key_rule"] == "own_name"

    def test_not_of_another_kind(self) -> None:
        """A place of that name is no person."""
        names = (("Rosa Vigra", "PERSON"), (" Vigra.", "GPE"))
        rows = rows_of(f"{self.BODY}Rosa Vigra sailed to Vigra.", *names)
        assert [row["entity_key"] for row in rows if row["label"] == "GPE" and row["key_rule"] != "own_name"] == []

    def test_not_over_articles(self) -> None:
        """Another article's Lind is another's."""
        made = cleaned(record("a", f"{self.BODY}Rosa Lind sailed."), record("b", f"{self.BODY}A Lind sailed."))
        found = mentions(*made, tagger=tagger(("Rosa Lind", "PERSON"), ("A Lind", "PERSON"))).to_pylist()
        assert [row["entity_key"] for row in found] == ["PERSON:rosa lind", "PERSON:lind"]


@given(st.text(), st.data())
def test_any_span_is_a_name_or_nothing(text: str, data: st.DataObject) -> None:
    """Whatever a model marks: names lie inside it, on one line, and have a key."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    label = data.draw(st.sampled_from([*LABELS, "DATE"]))
    for name in names_only([text], [[Entity(start, end, label)]]):
        assert start <= name.start < name.end <= end
        assert "\n" not in text[name.start : name.end]
        assert folded(text[name.start : name.end])


def test_the_real_model(model_name: str) -> None:
    """Finds people and places in plain news; offsets are those of our rows."""
    text = (
        "Ferry leaves for the islands\n\nLISBON (Reuters) — Prime Minister António Costa met Angela Merkel in Berlin "
        "on Tuesday, and Merkel said that Germany and Portugal would build the port together."
    )
    made = cleaned(record("a", text))
    found = {(row["surface"], row["entity_key"]) for row in mentions(*made, tagger=ModelTagger(model_name)).to_pylist()}
    assert {
        ("Angela Merkel", "PERSON:angela merkel"),
        ("Merkel", "PERSON:angela merkel"),
        ("Berlin", "GPE:berlin"),
        ("Germany", "GPE:germany"),
        ("Portugal", "GPE:portugal"),
    } <= found
