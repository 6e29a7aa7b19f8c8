"""Which lines of a rendered page are the article."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate, pairwise

import trafilatura
from lxml import etree

from transforms.markup.alignment import matched
from transforms.markup.article_body import stated_body
from transforms.markup.outline import Kept, Outline, narrowed, prose, widened
from transforms.markup.rendering import Rendering

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
"""A word; of Chinese and Japanese, which write none apart, a character."""
_UNPRINTABLE = dict.fromkeys(
    (
        *range(9),
        *range(14, 32),
        *range(0x7F, 0xA0),
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x2028, 0x202F),
        0x2060,
        0xFEFF,
    )
)
"""What trafilatura leaves out."""
_LINE_SHARE = 0.5
"""Of a line's words, the least share an extract holds for the line to be kept."""
_STATED_SHARE = 0.9
"""Of a stated body's words, the least share that stands on the page."""
_FEW_WORDS = 30
_LEAST_SHARE, _MOST_SHARE = 0.8, 2
"""Words of a quick extract for each of the page's longest text."""
_TEXTLESS = ("canvas", "meta", "style", "svg", "template")
_MOST_ELEMENTS = 20_000
_MOST_LINKS = 5_000
_MOST_CHARACTERS = 1_000_000
_MOST_DEPTH = 256


def body_lines(tree: etree._Element, page: Rendering) -> list[int]:
    """Return the numbers of the lines of `page`, the rendering of `tree`, that are the article.

    They are what JSON-LD states as the whole body; else what trafilatura extracts, or where that is nothing the
    longest text, narrowed and widened by where its lines stand. `tree` is used up.
    """
    words = [_words(line.text) for line in page.lines]
    outline = Outline(page, [len(line) for line in words])
    extracted = _aligned(_extract(tree, outline), words)
    kept = _as_stated(tree, words, outline.count(extracted))
    if kept is None:
        longest = prose(outline) if outline.count(extracted) < _FEW_WORDS else extracted
        kept = max(extracted, longest, key=outline.count)
        kept = widened(outline, narrowed(outline, kept))
    return [number for number, keep in enumerate(kept) if keep]


def _as_stated(tree: etree._Element, words: list[list[str]], extracted_count: int) -> Kept | None:
    """Return the lines of the body that JSON-LD states, unless the page lacks it or it is only a beginning."""
    stated = _words(stated_body(tree)[:_MOST_CHARACTERS])
    if len(stated) < _FEW_WORDS:
        return None
    kept = _aligned(stated, words)
    count = sum(len(line) for line, keep in zip(words, kept, strict=True) if keep)
    return kept if count >= max(_STATED_SHARE * len(stated), extracted_count / 2) else None


def _aligned(extract: list[str], words: list[list[str]]) -> Kept:
    """Return which lines stand in an extract, by half of their words or more."""
    found = matched(extract, [word for line in words for word in line])
    ends = [0, *accumulate(len(line) for line in words)]
    return [end > start and found.count(1, start, end) >= _LINE_SHARE * (end - start) for start, end in pairwise(ends)]


def _extract(tree: etree._Element, outline: Outline) -> list[str]:
    """Return the words of trafilatura's extract; none where the page is more than it can take.

    Its second opinions cost a third of its time: they are asked for when it holds much less or more than the prose.
    """
    if _is_too_much(tree, outline.page):
        return []
    _lighten(tree)
    extract = _extracted(tree, fast=True)
    count = outline.count(prose(outline))
    is_plausible = _LEAST_SHARE * count <= len(extract) <= _MOST_SHARE * count
    return extract if is_plausible else _extracted(tree, fast=False)


def _extracted(tree: etree._Element, *, fast: bool) -> list[str]:
    try:
        return _words(trafilatura.extract(tree, fast=fast, include_comments=False) or "")
    except Exception:  # noqa: BLE001 what another's extractor trips over is no reason to lose the page
        return []


def _lighten(tree: etree._Element) -> None:
    """Take out of the tree what holds no text: trafilatura copies it several times."""
    etree.strip_elements(tree, *_TEXTLESS, with_tail=False)
    for script in tree.xpath(".//script[not(@type='application/ld+json')]"):
        script.drop_tree()


def _is_too_much(tree: etree._Element, page: Rendering) -> bool:
    """Whether trafilatura, which takes the square of some of these in time, would take too long."""
    depths: list[int] = []
    for number, block in enumerate(page.blocks):
        depths.append(depths[block.parent] + 1 if number else 0)
    return (
        max(depths) > _MOST_DEPTH
        or sum(len(line.text) for line in page.lines) > _MOST_CHARACTERS
        or tree.xpath("count(.//*)") > _MOST_ELEMENTS
        or tree.xpath("count(.//a)") > _MOST_LINKS
    )


def _words(text: str) -> list[str]:
    printed = text if text.isprintable() else text.translate(_UNPRINTABLE)
    return _WORD.findall(unicodedata.normalize("NFC", printed))
