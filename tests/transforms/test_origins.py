"""Where an article comes from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.origins import origin, self_label

TEXT = "Rain fell on Ostrand all Tuesday, The Harbour Daily Times journalists learned."


@pytest.mark.parametrize(
    ("headline", "source"),
    [
        ("Ferries stay in port – HDT", "The Harbour Daily Times"),
        ("Ferries stay in port - Harbour Daily Times", "Harbour Daily Times"),
        ("Ferries stay in port, Harbour Daily Times reports", "Harbour Daily Times"),
        ("Ferries stay in port – Town Hall", None),
        ("Ferries stay in port", None),
        ("Ferries stay in port – XYZ", None),
    ],
)
def test_cited(headline: str, source: str | None) -> None:
    """The headline names another outlet as its authority."""
    found = origin(TEXT, headline, None, None, None)
    assert (found[:2] if found else None) == ((source, "cited") if source else None)


@pytest.mark.parametrize(
    ("sentence", "outlet", "source"),
    [
        ("Courier has contacted the harbour office for comment by email.", None, "Courier"),
        ("The Courier reached out to the mayor for comment.", None, "The Courier"),
        ("The Courier reached out to the mayor for comment.", "The Courier", None),
        ("Police have contacted the family for further information.", None, None),
        ("Courier has contacted nobody.", None, None),
    ],
)
def test_self_reference(sentence: str, outlet: str | None, source: str | None) -> None:
    """An outlet that calls itself by name, unless it is known as the page's own."""
    found = origin(f"Rain fell. {sentence}", None, outlet, None, None)
    assert (found.source if found else None) == source


def test_the_plainest_sign_comes_first() -> None:
    text = "OSTRAND (Meridian) — Rain fell."
    credited = origin(text, None, None, "This story first appeared on the Harbour Post.", "Reuters")
    assert credited is not None
    assert credited[:2] == ("Harbour Post", "republished")
    sent = origin(text, None, None, None, "Reuters")
    assert sent is not None
    assert sent[:2] == ("Meridian", "wire")
    signed = origin("Rain fell.", None, None, None, "Reuters")
    assert signed is not None
    assert signed[:2] == ("Reuters", "wire")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Trending on Harbour Post", "Harbour Post"),
        ("MOST READ ON The Courier", "The Courier"),
        ("Latest stories from Harbour Post", "Harbour Post"),
        ("Trending on the web", None),
        ("Trending in politics", None),
        ("More on rain", None),
    ],
)
def test_labels_that_name_the_site(line: str, name: str | None) -> None:
    assert self_label(line) == name


@given(st.text(), st.one_of(st.none(), st.text()), st.one_of(st.none(), st.text()))
def test_any_text(text: str, headline: str | None, credit: str | None) -> None:
    found = origin(text, headline, None, credit, None)
    assert found is None or found.source
