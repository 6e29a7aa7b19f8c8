"""The part each line plays on its page.

A golden case in `tests/cases/blocks` is a title and one `role | line` pair for each line of a document; `~` is
a no-break space, `^` for a zero-width space, `→` for a tab. A page in `tests/cases/pages` has such pairs in a file
beside it, for the lines of its rendering that are not blank, below what its mark-up states.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.cases import cleaned, record
from transforms.blocks import blocks
from transforms.lines.labels import RULES, PageSigns, Text, label_lines
from transforms.lines.line import Line, Role, split_lines
from transforms.lines.patterns import PATTERNS
from warehouse import schema
from warehouse.roles import ROLES

CASES = sorted((Path(__file__).parents[1] / "cases" / "blocks").glob("*.txt"))
PAGES = sorted(path for path in (Path(__file__).parents[1] / "cases" / "pages").iterdir() if path.suffix != ".txt")
MEDIA_TYPES = {".html": "text/html", ".md": "text/markdown"}
MARKS = str.maketrans("~^→", "\u00a0\u200b\t")
MARKDOWN = str.maketrans("", "", "#>*_")
LONG = 200_000
TEXTS = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                "\n",
                "\r\n",
                "\r",
                " ",
                "# ",
                "> ",
                "*",
                "**",
                "__",
                "Crane falls",
                "By Ana Costa",
                "Rain fell on the whole of the coast that day.",
                "\u2028",
                "\u00a0",
                "\x0c",
            ]
        )
    ).map("".join),
)


def read_case(path: Path) -> list[list[str]]:
    """Read the pairs of a case: role and line."""
    return [line.translate(MARKS).split(" |", 1) for line in path.read_text("utf-8").splitlines()[1:]]


def labelled(lines: list[Line], page: PageSigns | None = None) -> list[Role]:
    """Return the roles of one text's lines."""
    return label_lines([Text(lines, page)])[0]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    """Each line has the role a reader gives it."""
    pairs = read_case(path)
    lines = split_lines("\n".join(line.removeprefix(" ") for _, line in pairs))
    assert [[role.role, line] for role, (_, line) in zip(labelled(lines), pairs, strict=True)] == pairs


def test_the_cases_know_every_rule_and_role() -> None:
    """A new rule wants a case."""
    found = [
        role
        for path in CASES
        for role in labelled(split_lines("\n".join(line.removeprefix(" ") for _, line in read_case(path))))
    ]
    assert {pattern.rule for pattern in PATTERNS} <= {role.rule for role in found}
    assert {role.role for role in found} == set(ROLES)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page(path: Path) -> None:
    """Each line of a rendered page has its role, and the mark-up's facts are read."""
    made = cleaned(record(path.name, path.read_bytes(), MEDIA_TYPES[path.suffix]))
    [document] = made.documents.to_pylist()
    fields = json.loads(document["page"] or '{"fields": {}}')["fields"]
    found = [f"{name} = {field['value']} ({field['source']})" for name, field in sorted(fields.items())]
    found += [
        f"{block['role']} | {document['raw_text'][block['raw_start'] : block['raw_end']]}"
        for block in made.blocks.to_pylist()
        if block["role"] != "blank"
    ]
    assert found == path.with_name(f"{path.name}.txt").read_text("utf-8").translate(MARKS).splitlines()


@given(TEXTS)
def test_every_character_is_in_one_line(raw_text: str) -> None:
    """Lines are in order and apart, and nothing but line breaks stands between them."""
    at = 0
    for line in split_lines(raw_text):
        assert raw_text[at : line.raw_start].strip("\r\n") == ""
        assert "\n" not in raw_text[line.raw_start : line.raw_end]
        assert "\r" not in raw_text[line.raw_start : line.raw_end]
        at = line.raw_end
    assert raw_text[at:] in ("", "\n", "\r", "\r\n")


@given(TEXTS)
def test_of_markdown_only_marks_are_left_out(raw_text: str) -> None:
    """What stands between the lines of Markdown is line breaks, heading and emphasis marks and spaces."""
    at = 0
    for line in split_lines(raw_text, is_markdown=True):
        assert raw_text[at : line.raw_start].translate(MARKDOWN).strip() == ""
        at = line.raw_end
    assert raw_text[at:].translate(MARKDOWN).strip() == ""


@given(TEXTS, st.one_of(st.none(), st.just("Crane falls")), st.one_of(st.none(), st.frozensets(st.integers(0, 9))))
def test_every_line_has_one_known_role(raw_text: str, headline: str | None, body_lines: frozenset[int] | None) -> None:
    """Whatever the text and its mark-up say."""
    lines = split_lines(raw_text)
    roles = labelled(lines, None if body_lines is None else PageSigns(headline, body_lines))
    assert len(roles) == len(lines)
    assert {role.role for role in roles} <= set(ROLES)
    assert {role.rule for role in roles} <= RULES.keys() | {pattern.rule for pattern in PATTERNS}
    assert all(0 <= role.probability <= 1 for role in roles)
    assert all((role.role == "blank") == (not line.text) for role, line in zip(roles, lines, strict=True))
    assert sum(role.role == "headline" for role in roles) <= 1


@given(st.lists(TEXTS, max_size=4))
def test_texts_do_not_depend_on_each_other(raw_texts: list[str]) -> None:
    """Labelled together or alone, in any company, a text's lines get the same roles and probabilities."""
    texts = [Text(split_lines(raw_text)) for raw_text in raw_texts]
    together = label_lines(texts)
    assert together == [label_lines([text])[0] for text in texts]
    assert together == label_lines(texts[::-1])[::-1]


def test_clean_text_is_taken_as_it_is() -> None:
    """With `clean none` every line that is not blank is body."""
    document: dict[str, object] = {
        "article_id": "a",
        "uri": "a",
        "media_type": "text/plain",
        "status": "accepted",
        "raw_text": "Share\n\nBy Ana Costa\n© 2026",
    }
    found = blocks(schema.DOCUMENTS.rows([document]), clean="none").to_pylist()
    assert [row["role"] for row in found] == ["body", "blank", "body", "body"]


def test_rejected_documents_have_no_blocks() -> None:
    """There is no text to take apart."""
    made = cleaned(record("a", " "))
    assert made.documents["status"].to_pylist() == ["rejected"]
    assert made.blocks.num_rows == 0


UNITS = [
    "a", "A ", "Aa ", "By ", "By A. B, ", "Story by Aa Bb, ", "by Ana Bo and ", "(", "[AP ", "photo: ", "Photo (", "© ",
    "©2026", "1", "1,", "-", "_", " ", " .", "Share ", "share|", "tags ", "Subscribe ", "Monday, ", "May 1, ", "first ",
    "contributed to this ", "this post was first ", "'", "’", '"', ".", "*", "**", "# ", "> ", "\u00a0", "\u200b",
    "Newsletter sign up ", "sign up captcha newsletter ", "transcripts may be audio ", "Message us on WhatsApp. ask ",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS, ids=repr)
@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_hostile_lines_are_read(unit: str, media_type: str) -> None:
    """A line of 200,000 characters takes a moment, not hours, whatever is repeated in it."""
    line = unit * (LONG // len(unit))
    for text in (line, f"{line}x", f"© 2026 {line}", f"{line}\x01)"):
        made = cleaned(record("a", f"Crane falls across harbour road\n{text}", media_type))
        assert made.documents["status"].to_pylist() in (["accepted"], ["rejected"])


def test_many_short_lines_are_read() -> None:
    """A hundred thousand titles before the first paragraph."""
    text = "".join(f"Title number {number} of many\n" for number in range(100_000))
    roles = labelled(split_lines(f"{text}Rain fell on the whole of the coast for all of that long day."))
    assert [role.role for role in (roles[0], roles[-1])] == ["headline", "body"]


def test_many_labels_are_read() -> None:
    """A hundred thousand labels above a headline are a menu."""
    text = "".join(f"Label {number}\n" for number in range(100_000))
    body = "Rain fell on the whole of the coast for all of that long day."
    roles = labelled(split_lines(f"{text}Crane falls across harbour road\n{body}"))
    assert [role.role for role in (roles[0], roles[-2], roles[-1])] == ["furniture", "headline", "body"]
