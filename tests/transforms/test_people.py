"""Who wrote it, from what bylines, tags and fields say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.people import agency, by_line_people, people, signed_people


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("By Ana Costa and Åsa Berg, Staff Writers | Harbour Post", ["Ana Costa", "Åsa Berg"]),
        ("Ana Costa, Åsa Berg & Joost van der Horst", ["Ana Costa", "Åsa Berg", "Joost van der Horst"]),
        ("Von Eva Berg und Jürgen Groß", ["Eva Berg", "Jürgen Groß"]),
        ("Par Léa Dupont et Marc Petit", ["Léa Dupont", "Marc Petit"]),
        ("Por José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Por Ana Lima y Luis Pérez", ["Ana Lima", "Luis Pérez"]),
        ("Door Jan de Vries", ["Jan de Vries"]),
        ("Автор: Иван Петров", ["Иван Петров"]),
        ("作者：王小明", ["王小明"]),
        ("Costa, Ana", ["Ana Costa"]),
        ("Ana Costa, MD, PhD", ["Ana Costa"]),
        ("Dr. Ana Costa", ["Dr. Ana Costa"]),
        ("Martin Holm Jr.", ["Martin Holm Jr."]),
        ("JANE DOE", ["JANE DOE"]),
        ("Jane Doe Senior Political Correspondent", ["Jane Doe"]),
        ("Political Correspondent Jane Doe", ["Jane Doe"]),
        ("Ana Costa in Lisbon", ["Ana Costa"]),
        ("Ana Costa March 3, 2026", ["Ana Costa"]),
        ("Ana Costa | Updated 3 March 2026 | 5 min read", ["Ana Costa"]),
        ("Ana Costa @acosta", ["Ana Costa"]),
        ("Ana Costa (Lisbon)", ["Ana Costa"]),
        ("Text: Eva Berg, Foto: Kim Lund", ["Eva Berg"]),
        ("By Ana Costa, Edited by Bo Dahl", ["Ana Costa"]),
        ("<a href='/a'>Ana&nbsp;Costa</a>", ["Ana Costa"]),
        ("Ana Costa, ANA COSTA", ["Ana Costa"]),
        ("Madonna", ["Madonna"]),
        ("De Vries", ["De Vries"]),
        ("von der Leyen", ["von der Leyen"]),
        ("Luna Sun", ["Luna Sun"]),
        ("George W Bush", ["George W Bush"]),
        ("Kim In Soo", ["Kim In Soo"]),
        ("Lars Per Olsson", ["Lars Per Olsson"]),
        ("Jan Till Meyer", ["Jan Till Meyer"]),
        ("Mary Dan Smith", ["Mary Dan Smith"]),
        ("BY ANA COSTA AND BO DAHL", ["ANA COSTA", "BO DAHL"]),
        ("Omar al-Said", ["Omar al-Said"]),
        ("Jean d’Ormesson", ["Jean d’Ormesson"]),
        ("Maarten 't Hart", ["Maarten 't Hart"]),
        ("Jennifer Senior", ["Jennifer Senior"]),
        ("Kommentar von Eva Berg", ["Eva Berg"]),
        ("Interview: Eva Berg", ["Eva Berg"]),
        ("ByAna Costa", ["Ana Costa"]),
        ("João Silva - Agência Brasil", ["João Silva"]),
        ("Ana Costa BBC Scotland", ["Ana Costa"]),
        ("Ana Costa, New York", ["Ana Costa"]),
        ("Por João da Silva, g1 — Rio de Janeiro", ["João da Silva"]),
        ("記者王小明／台北報導", ["王小明"]),
        ("박영희 기자 = 서울", ["박영희"]),
        ("박영희 기자 park@post.example", ["박영희"]),
        ("ANA COSTA, AP National Political Writer", ["ANA COSTA"]),
        ("Ana Costa. Harbour Post", ["Ana Costa"]),
        ("By Ana Costa, DVM. Reviewed by Bo Dahl", ["Ana Costa"]),
        ("Peer reviewed by Bo Dahl; Ana Costa", ["Ana Costa"]),
    ],
)
def test_people(statement: str, names: list[str]) -> None:
    assert people([statement], ["Harbour Post"]) == names


@pytest.mark.parametrize(
    "statement",
    [
        *(
            "",
            "By",
            "Author:",
            "admin",
            "undefined",
            "acosta17",
            "@acosta",
            "ana@post.example",
            "https://post.example/ana",
        ),
        *("Staff", "Staff Writer", "Harbour Post", "The Harbour Post", "Harbour Post Staff", "Newsroom", "Redaktion"),
        *(
            "Reuters",
            "The Associated Press",
            "3 March 2026",
            "MD",
            "Senior Editor",
            "Photo: Bo Dahl",
            "Estadão Conteúdo",
            "Folhapress",
            "Le Figaro avec AFP",
            "Vice President",
            "Opinion",
            "Die Harbour",
            "责任编辑 王小明",
            "Share Article",
            "Become a",
            "Ana Costa, " * 200,
        ),
    ],
)
def test_no_people(statement: str) -> None:
    assert people([statement], ["Harbour Post"]) == []


@pytest.mark.parametrize(
    "name", ["Justin Bank", "Von Miller", "Da Hee Kim", "De Wet Potgieter", "Emily Story", "Mark Read"]
)
def test_of_what_is_said_to_be_a_person_no_word_is_a_label(name: str) -> None:
    assert people([name], (), {name}) == [name]
    assert people([name]) != [name]


@pytest.mark.parametrize(
    ("statement", "name"), [("By Ana Costa", "Ana Costa"), ("Von Eva Berg", "Eva Berg"), ("记者 王小明", "王小明")]
)
def test_labels_before_what_is_said_to_be_a_person(statement: str, name: str) -> None:
    assert people([statement], (), {statement}) == [name]


def test_order_and_repeats() -> None:
    assert people(["Ana Costa", "Åsa Berg; Ana Costa"]) == ["Ana Costa", "Åsa Berg"]


@pytest.mark.parametrize(
    ("line", "before", "names"),
    [
        ("By Ana Costa", "", ["Ana Costa"]),
        ("Von Eva Berg", "", ["Eva Berg"]),
        ("03/01/2026 by Ana Costa, harbour pilot", "", ["Ana Costa"]),
        ("Interview by Ana Costa", "", ["Ana Costa"]),
        ("5 ships by Tuesday noon", "", []),
        ("Ana Costa", "Written by:", ["Ana Costa"]),
        ("Ana Costa", "", []),
        ("By the sea it rained", "", []),
        ("Ana Costa said on Tuesday that the port stays shut.", "Author:", []),
        ("By Tuesday Ostrand was dry.", "", []),
    ],
)
def test_lines_of_a_text(line: str, before: str, names: list[str]) -> None:
    assert by_line_people(line, (), before) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Written by Ana Costa", ["Ana Costa"]),
        ("This article was written by Ana Costa, harbour pilot of Ostrand.", ["Ana Costa"]),
        ("Dieser Beitrag wurde verfasst von Eva Berg", ["Eva Berg"]),
        ("Guest author Bo Dahl", ["Bo Dahl"]),
        ("By Ana Costa", []),
        ("Written by the harbour master in 1974", []),
        ("Rain fell. Written by Ana Costa", []),
    ],
)
def test_lines_that_say_who_wrote(line: str, names: list[str]) -> None:
    assert signed_people(line) == names


def test_agencies() -> None:
    assert agency(["Ana Costa, Agence France-Presse"]) == "AFP"
    assert agency(["Ana Costa"]) is None


@given(st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=2))
def test_any_statements(statements: list[str], outlets: list[str]) -> None:
    assert all(name.strip() == name and 1 < len(name) <= 60 for name in people(statements, outlets))


@given(st.text(alphabet="By, andvonAC|-–& .()[]:/@1", max_size=600))
def test_any_byline(statement: str) -> None:
    assert all(people([statement]))
