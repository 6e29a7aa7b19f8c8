"""Names as keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.names import entity_key, folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.", "US"),
        ("Inês Carvalhal", "INES CARVALHAL"),
        ("Skarvøy", "Skarvoy"),
        ("Łódź", "Lodz"),
        ("Rosa Lind’s", "Rosa Lind"),
        ("Jean-Paul", "Jean Paul"),
        ("AT&T", "AT & T"),
        ("Co\u0301rdoba", "Córdoba"),
        ("Rosa\u00a0Lind", "Rosa  Lind"),
        ("Straße", "Strasse"),
    ],
)
def test_the_same_name(one: str, other: str) -> None:
    """Case, accents, possessives, points and spacing do not make another name."""
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Rosa Lind", "Olaf Lind"), ("Kyiv", "Kiev"), ("May", "Mae"), ("Київ", "Киев")]
)
def test_other_names(one: str, other: str) -> None:
    """Other letters do: what Kiev and Kyiv share is known elsewhere."""
    assert folded(one) != folded(other)


def test_keys() -> None:
    """A place and a person of one name have keys of their own."""
    assert entity_key("GPE", folded("Lisbon’s")) == "GPE:lisbon"
    assert entity_key("PERSON", "lisbon") != entity_key("GPE", "lisbon")


@given(st.text())
def test_folding_is_plain_and_settled(name: str) -> None:
    """Words apart by one space, and any name with a letter or figure keeps something."""
    key = folded(name)
    assert key == " ".join(key.split())
    assert bool(key) or not any(character.isalnum() and character.isascii() for character in name.strip("'’sS"))
