"""The headline as the page prints it: no site's name before or behind it."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.markup.fields.statement import Statement
from transforms.markup.fields.titles import TITLE_CHARACTERS, alike, folded
from transforms.segments import clean_line

_MOST_CHARACTERS = 500
_TAG = re.compile(r"</?(?:a|b|br|cite|em|i|mark|p|q|small|span|strong|su[bp]|u)\b[^<>]{0,300}>", re.IGNORECASE)
"""Mark-up of words left in a title; other tags are what the title speaks of."""
_SEPARATOR = re.compile(r"\s+(?:[|·•»«—–-]|::|//|\\|~|>|<)\s+|\s*[|｜]\s*|\s*::\s*")
_BEHIND_BAR = re.compile(r"\s[|｜]\s(?!(?:[^|｜\s]+\s)*[a-zß-ÿ])[^|｜]{1,30}$")
"""A last part that may be a site's name: no word of it is written small."""
_BEHIND_LINE = re.compile(r"(?<=[一-鿿\u3040-ヿ])_.+$")
"""What Chinese sites put behind a title: channel and site."""
_ALIKE = 0.5
_UNLIKE = 0.3
_TITLE_WORDS = 4
_SHORTEST_SITE = 4
_SITE_WORDS = 8


class Heading(NamedTuple):
    """The words of a top heading, and those of the pieces it is made of, where it has several."""

    text: str
    pieces: list[str]


def headline(shown: Sequence[Heading], stated: Sequence[Statement], sites: Sequence[str]) -> Statement | None:
    """Return the headline and its source.

    `shown` are the page's top headings, `stated` what tags and title say (surest first), `sites` names of the site.
    A heading that is like one of the stated titles is the headline as printed; else a lone heading as long as a title;
    else the surest stated title, less the site's name.
    """
    known = {folded(site) for site in (*sites, *_site_headings(shown, stated))} - {""}
    titles = [Statement("headline", plain(title.value), title.source) for title in stated]
    titles = [title for title in titles if title.value and folded(title.value) not in known]
    cut = [title._replace(value=without_site(title.value, known, titles)) for title in titles]
    headings = [text for text in (plain(heading.text) for heading in shown) if text and folded(text) not in known]
    printed = _printed(headings, cut)
    if printed is not None:
        parts = {folded(piece) for heading in shown if plain(heading.text) == printed for piece in heading.pieces}
        parts.discard(folded(printed))
        return next((title for title in cut if _is_piece(title, parts)), Statement("headline", printed, "h1"))
    if cut:
        return cut[0]._replace(value=_BEHIND_LINE.sub("", _BEHIND_BAR.sub("", cut[0].value)))
    return Statement("headline", headings[0], "h1") if headings else None


def _site_headings(shown: Sequence[Heading], stated: Sequence[Statement]) -> list[str]:
    """Return the headings that are the short last part of the page's title: they name the site."""
    titles = [title.value for title in stated if title.source == "title"]
    return [
        heading.text
        for heading in shown
        for title in titles
        if 0 < 2 * len(heading.text) < len(title) and _SEPARATOR.split(title)[-1] == heading.text
    ]


def plain(title: str) -> str:
    """Return a title without mark-up and escapes; "" for one too long to be any."""
    if len(title) > _MOST_CHARACTERS * 4:
        return ""
    text = clean_line(_TAG.sub("", html.unescape(html.unescape(title)))).text
    return text if len(text) <= _MOST_CHARACTERS else ""


def without_site(title: str, sites: set[str], others: Sequence[Statement] = ()) -> str:
    """Cut parts of a title that name the site, or that another stated title does without.

    >>> without_site("Rain falls - Harbour Post", {"harbourpost"})
    'Rain falls'
    """
    known = {folded(other.value) for other in others} - {folded(title)}
    spans = [(0, 0), *(found.span() for found in _SEPARATOR.finditer(title)), (len(title), len(title))]
    pieces = [(spans[at][1], spans[at + 1][0]) for at in range(len(spans) - 1)]
    for first in range(len(pieces)):
        for last in range(len(pieces) - 1, first - 1, -1):
            piece = title[pieces[first][0] : pieces[last][1]]
            outside = [title[start:end] for start, end in (*pieces[:first], *pieces[last + 1 :])]
            if outside and (folded(piece) in known or any(_is_site(part, sites) for part in (outside[0], outside[-1]))):
                return piece if folded(piece) in known else without_site(piece, sites)
    return title


def _is_site(part: str, sites: set[str]) -> bool:
    """Whether a part of a title is the site's name, or little more."""
    key = folded(part)
    names = any(key == site or (len(site) >= _SHORTEST_SITE and site in key) for site in sites)
    return bool(key) and names and len(part.split()) <= _SITE_WORDS


def _printed(headings: Sequence[str], titles: Sequence[Statement]) -> str | None:
    """Return the heading that is most like a stated title, or a lone one that reads like a title."""
    best = max(headings, key=lambda text: max((alike(text, title.value) for title in titles), default=0), default=None)
    if best is not None and any(alike(best, title.value) >= _ALIKE for title in titles):
        return best
    distinct = list(dict.fromkeys(headings))
    if _agree(titles) and best is not None and all(alike(best, title.value) < _UNLIKE for title in titles):
        return None
    reads_on = len(distinct) == 1 and (len(distinct[0].split()) >= _TITLE_WORDS or not titles)
    return distinct[0] if reads_on and len(distinct[0]) >= TITLE_CHARACTERS else None


def _agree(titles: Sequence[Statement]) -> bool:
    """Whether several places state one title that reads like one."""
    return len(titles) > 1 and len({folded(title.value) for title in titles}) == 1 and " " in titles[0].value


def _is_piece(title: Statement, pieces: set[str]) -> bool:
    """Whether a stated title is one of the pieces of a heading, whose others are labels."""
    is_stated = title.source.startswith(("json-ld", "meta og"))
    return is_stated and folded(title.value) in pieces and (len(title.value.split()) >= 3 or not title.value.isascii())
