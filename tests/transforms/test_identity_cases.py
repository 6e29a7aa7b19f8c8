"""Golden cases of identity: names and articles in, entities and rules out.

A file of tests/cases/identity is a comment, an alias file (or nothing), the articles, and the entities, with "---"
between.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transforms.identity_world import in_words, mentions_of
from transforms.identity.aliases import parse_aliases

CASES = sorted((Path(__file__).parent.parent / "cases" / "identity").glob("*.txt"))


def parts_of(case: Path) -> tuple[str, list[str], list[str]]:
    """Return the alias file, the articles and the entities of a case."""
    aliases, articles, expected = case.read_text("utf-8").partition("\n")[2].split("---\n")
    return aliases, articles.splitlines(), expected.splitlines()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    """The entities are those of the case, and those of the articles in another order."""
    text, articles, expected = parts_of(case)
    aliases = parse_aliases(text, case.name) if text else ()
    assert in_words(mentions_of(*articles), aliases) == expected
    articles.reverse()
    assert in_words(mentions_of(*articles), aliases) == expected
