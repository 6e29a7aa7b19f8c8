"""Where kept lines stand among a page's blocks: what lies outside the article is let go, what lies inside taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from itertools import compress, takewhile
from typing import NamedTuple

from transforms.markup.rendering import Line, Rendering

_MAIN_SHARE = 0.7
"""Of all kept words, the least share that the block around the article holds."""
_BODY_SHARE = 0.4
"""Of all kept words, the least share for an `itemprop=articleBody` to be the article."""
_LINK_SHARE = 30
"""Most percent of a line's characters inside links for it to be running text."""
_TITLE_LINK_SHARE = 80
"""Least percent for a line to be a link to another page."""
_PARAGRAPH_WORDS = 20
_PROSE_WORDS = 8
_LEAST_PROSE = 0.25
"""Of all sentences, the least share outside asides; below it the article itself is marked as one."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LISTS = frozenset(("li", "ol", "ul"))
_CAPTIONS = frozenset(("caption", "figcaption"))
_ASIDES = frozenset(("aside", "figure", "footer", "header", "nav"))

Kept = list[bool]


class Outline(NamedTuple):
    """A rendering with the number of words of each line."""

    page: Rendering
    words: list[int]

    def count(self, kept: Kept) -> int:
        """Return how many words the kept lines have."""
        return sum(compress(self.words, kept))

    def tag(self, number: int) -> str:
        """Return the tag of a line's innermost block."""
        return self.page.blocks[self.page.lines[number].block].tag

    def is_title(self, number: int) -> bool:
        """Whether a line is a heading or a link to another page."""
        return self.tag(number) in _HEADINGS or self.page.lines[number].link_share >= _TITLE_LINK_SHARE

    def lies_in_aside(self, line: Line) -> bool:
        """Whether a line is set apart from the article: aside, figure, header, footer or navigation."""
        return not _ASIDES.isdisjoint(self.page.blocks[line.block].regions.split())


def prose(outline: Outline) -> Kept:
    """Return the sentences of the block that holds most of the page's, for want of a better extract."""
    reads_on = [
        words >= _PROSE_WORDS and line.link_share <= _LINK_SHARE
        for line, words in zip(outline.page.lines, outline.words, strict=True)
    ]
    apart = [outline.lies_in_aside(line) for line in outline.page.lines]
    kept = [reads and not aside for reads, aside in zip(reads_on, apart, strict=True)]
    if outline.count(kept) < _LEAST_PROSE * outline.count(reads_on):
        kept = reads_on
    return _in_main_block(outline, kept)


def narrowed(outline: Outline, kept: Kept) -> Kept:
    """Let go of what stands outside the stated article body, below the block around most kept lines, or at the ends.

    At the ends: the page's title above the text, headings and links to other pages below it.
    """
    kept = _in_article_body(outline, kept)
    inside = _in_main_block(outline, kept)
    last = max((number for number, is_inside in enumerate(inside) if is_inside), default=-1)
    return _trimmed(outline, [keep and number <= last for number, keep in enumerate(kept)])


def widened(outline: Outline, kept: Kept) -> Kept:
    """Take in what stands between kept lines: the lines of the same block, and paragraphs that stand there once."""
    taken = [a or b for a, b in zip(_siblings(outline, kept), _paragraphs(outline, kept), strict=True)]
    is_text = [line.link_share <= _LINK_SHARE for line in outline.page.lines]
    return [keep or (take and text) for keep, take, text in zip(kept, taken, is_text, strict=True)]


def _siblings(outline: Outline, kept: Kept) -> Kept:
    """Return the lines between two kept lines of the same block."""
    homes = _homes(outline)
    spans = _spans(homes, outline.page.lines, kept)
    siblings = []
    for number, line in enumerate(outline.page.lines):
        first, last = spans.get(homes[line.block], (number, number))
        siblings.append(first < number < last and outline.tag(number) not in _CAPTIONS)
    return siblings


def _paragraphs(outline: Outline, kept: Kept) -> Kept:
    """Return the paragraphs between kept lines of the main block that stand once on the page."""
    copies = Counter(line.text for line in outline.page.lines)
    around = _inside(outline, [True] * len(kept), {_main_block(outline, kept)})
    numbers = [number for number, (keep, inside) in enumerate(zip(kept, around, strict=True)) if keep and inside]
    paragraphs = [False] * len(kept)
    for number in range(numbers[0], numbers[-1]) if numbers else ():
        line = outline.page.lines[number]
        is_paragraph = outline.words[number] >= _PARAGRAPH_WORDS and copies[line.text] == 1
        paragraphs[number] = is_paragraph and around[number] and not outline.lies_in_aside(line)
    return paragraphs


def _main_block(outline: Outline, kept: Kept) -> int:
    """Return the innermost block that holds most kept words."""
    words = [0] * len(outline.page.blocks)
    for line, count in compress(zip(outline.page.lines, outline.words, strict=True), kept):
        words[line.block] += count
    least = max(1, _MAIN_SHARE * sum(words))
    for number in range(len(words) - 1, 0, -1):
        if words[number] >= least:
            return number
        words[outline.page.blocks[number].parent] += words[number]
    return 0


def _inside(outline: Outline, kept: Kept, roots: AbstractSet[int]) -> Kept:
    """Return which kept lines lie in one of the blocks `roots`."""
    is_in: list[bool] = []
    for number, block in enumerate(outline.page.blocks):
        is_in.append(number in roots or (number > 0 and is_in[block.parent]))
    return [keep and is_in[line.block] for keep, line in zip(kept, outline.page.lines, strict=True)]


def _in_main_block(outline: Outline, kept: Kept) -> Kept:
    return _inside(outline, kept, {_main_block(outline, kept)})


def _in_article_body(outline: Outline, kept: Kept) -> Kept:
    """Keep to what `itemprop=articleBody` marks: the element with most of the text, or all where none has half."""
    roots = _article_bodies(outline, kept)
    most = max(roots, key=lambda number: roots[number], default=0)
    inside = _inside(outline, kept, {most} if 2 * roots[most] >= roots.total() else roots.keys())
    return inside if outline.count(inside) >= max(1, _BODY_SHARE * outline.count(kept)) else kept


def _article_bodies(outline: Outline, kept: Kept) -> Counter[int]:
    """Return the kept words in each element that is marked as the article's body."""
    nearest: list[int] = []
    for number, block in enumerate(outline.page.blocks):
        nearest.append(number if block.is_article_body else nearest[block.parent] if number else 0)
    found = Counter({number: 0 for number, block in enumerate(outline.page.blocks) if block.is_article_body})
    for line, count in compress(zip(outline.page.lines, outline.words, strict=True), kept):
        if nearest[line.block]:
            found[nearest[line.block]] += count
    return found


def _trimmed(outline: Outline, kept: Kept) -> Kept:
    numbers = [number for number, keep in enumerate(kept) if keep]
    above = list(takewhile(lambda number: outline.words[number] <= _PARAGRAPH_WORDS, numbers))
    titles = {number for number in above if outline.tag(number) == "h1"}
    below = set(takewhile(outline.is_title, reversed(numbers)))
    trimmed = [keep and number not in titles | below for number, keep in enumerate(kept)]
    return trimmed if outline.count(trimmed) else kept


def _homes(outline: Outline) -> list[int]:
    """Return for each block the one it belongs to: its parent, or what is around the list it is part of."""
    homes: list[int] = []
    for block in outline.page.blocks:
        is_in_list = outline.page.blocks[block.parent].tag in _LISTS
        homes.append(homes[block.parent] if is_in_list else block.parent)
    return homes


def _spans(homes: list[int], lines: list[Line], kept: Kept) -> dict[int, tuple[int, int]]:
    """Return for each home its first and last kept line."""
    spans: dict[int, tuple[int, int]] = {}
    for number, line in compress(enumerate(lines), kept):
        home = homes[line.block]
        spans[home] = (spans.get(home, (number, number))[0], number)
    return spans
