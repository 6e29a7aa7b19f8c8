"""Small pages and what is read of them: their lines, where each stands, and which are the article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from transforms.markup import WebPage, read_page

CASES = sorted((Path(__file__).parents[1] / "cases" / "markup").glob("*.html"))


def printed(page: WebPage) -> Iterator[str]:
    """Yield "body | tag and regions | percent of links | text" for each line; lines that are not the body have "-"."""
    texts = page.rendering.split("\n")[::2]
    for number, (tag, share, text) in enumerate(zip(page.line_tags, page.link_shares, texts, strict=True)):
        mark = "body" if 2 * number in page.body_lines else "-"
        yield f"{mark} | {tag} | {share} | {text}".replace("\t", "→")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    """Each line is there once, in page order, with its place."""
    page = read_page(path.read_text("utf-8"))
    assert list(printed(page)) == path.with_suffix(".html.txt").read_text("utf-8").splitlines()
