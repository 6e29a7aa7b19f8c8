"""Places and peoples by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.gazetteer import cities, country, country_of, demonym, is_demonym, territory


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ukraine", "UA"),
        ("UKRAINE", "UA"),
        ("the United States", "US"),
        ("U.S.", "US"),
        ("US", "US"),
        ("us", None),
        ("Us", None),
        ("Türkiye", "TR"),
        ("Turkiye", "TR"),
        ("Turkey", "TR"),
        ("turkey", None),
        ("Côte d’Ivoire", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Republic of Korea", "KR"),
        ("Democratic Republic of the Congo", "CD"),
        ("Russian Federation", "RU"),
        ("Russia", "RU"),
        ("The Netherlands", "NL"),
        ("Holland", "NL"),
        ("Trinidad and Tobago", "TT"),
        ("TRINIDAD AND TOBAGO", "TT"),
        ("Kosovo", "XK"),
        ("Burma", "MM"),
        ("Scotland", None),
        ("Texas", None),
        ("Kyiv", None),
        ("", None),
    ],
)
def test_countries(name: str, code: str | None) -> None:
    """Short, official, former and spoken names, as written or all in capitals."""
    found = country(name)
    assert (found.code if found else None) == code


def test_names_of_countries() -> None:
    """A country is called as English news calls it."""
    names = [found.name if (found := country_of(code)) else None for code in ("RU", "KR", "NL", "XK", "QQ")]
    assert names == ["Russia", "South Korea", "Netherlands", "Kosovo", None]


@pytest.mark.parametrize(
    ("name", "code"), [("Texas", "US"), ("Georgia", "US"), ("Wales", "GB"), ("Tibet", "CN"), ("Kashmir", None)]
)
def test_territories(name: str, code: str | None) -> None:
    """Parts of countries; some lie in several."""
    found = territory(name)
    assert found
    assert found.country == code


@pytest.mark.parametrize(
    ("name", "code", "is_one"),
    [
        ("French", "FR", True),
        ("Ukrainians", "UA", True),
        ("UKRAINIAN", "UA", True),
        ("Poles", "PL", True),
        ("Chineses", None, False),
        ("Congolese", None, True),
        ("European", None, True),
        ("Muslims", None, True),
        ("french", None, False),
        ("France", None, False),
    ],
)
def test_demonyms(name: str, code: str | None, is_one: bool) -> None:  # noqa: FBT001
    """Nationalities lead to their country; other groups to none."""
    assert (demonym(name), is_demonym(name)) == (code, is_one)


@pytest.mark.parametrize(
    ("name", "first", "code"),
    [
        ("Kyiv", "Kyiv", "UA"),
        ("Kiev", "Kyiv", "UA"),
        ("KYIV", "Kyiv", "UA"),
        ("Kharkov", "Kharkiv", "UA"),
        ("Washington", "Washington", "US"),
        ("Munich", "Munich", "DE"),
        ("São Paulo", "São Paulo", "BR"),
        ("Sao Paulo", "São Paulo", "BR"),
        ("The Hague", "The Hague", "NL"),
        ("Washington D.C.", "Washington", "US"),
    ],
)
def test_cities(name: str, first: str, code: str) -> None:
    """The largest comes first."""
    found = cities(name)
    assert (found[0].name, found[0].country) == (first, code)
    assert -90 <= found[0].latitude <= 90 < found[0].population


@pytest.mark.parametrize("name", ["reading", "IEV", "ny", "", "Nowhere in Particular"])
def test_no_city(name: str) -> None:
    """Common words, airports' codes and unknown names are none."""
    assert cities(name) == ()


def test_several_cities() -> None:
    """Who bears a name alone is sure, who shares it is not."""
    assert len({city.country for city in cities("Paris")}) > 1
    assert [city.country for city in cities("Kyiv")] == ["UA"]


@given(st.text())
def test_any_text_may_be_asked(name: str) -> None:
    """Whatever is asked, and however long: an answer."""
    assert isinstance(cities(name), tuple)
    assert country(name) is None or country(name) == country(f"the {name}") or name.lower().startswith("the ")
    assert is_demonym(name) or demonym(name) is None
