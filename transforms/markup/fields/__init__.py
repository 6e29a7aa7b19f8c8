"""What a page's mark-up states of its article: each field by vote, with the source that states it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from lxml import etree

from transforms.byline_words import ARTICLES
from transforms.markup.fields.days import stated_day
from transforms.markup.fields.elements import bylines, marked, times
from transforms.markup.fields.headlines import Heading, headline, plain
from transforms.markup.fields.json_ld import json_ld, plain_address
from transforms.markup.fields.json_scripts import scripts
from transforms.markup.fields.shown import pieces, shown
from transforms.markup.fields.statement import Statement
from transforms.markup.fields.tags import items, links, meta_tags
from transforms.markup.fields.titles import folded
from transforms.people import agency, is_full_name, people
from transforms.published import moment
from transforms.readers.record import sound

Fields = dict[str, dict[str, str]]

_MOST_CHARACTERS = 1_000
_MOST_HEADINGS = 30
_MOST_AUTHORS = 60
_FIRST_STATED = ("section", "outlet", "deck")
_ADDRESS = re.compile(r"https?://\S{3,2000}", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4}){0,2}")


def fields(tree: etree._Element) -> Fields:
    """Return {field: {value, source}} for what the page's mark-up states; the tree is left as it is.

    Fields: headline, authors (joined by "; "), outlet, section, language, url, deck, published, modified, agency (a
    news agency in the byline). `published` has a third key, `differs`, where another source states another day.
    """
    elements = marked(tree)
    headings = [element for element in elements if element.tag == "h1"][:_MOST_HEADINGS]
    tags = [*meta_tags(tree), *links(tree)]
    titles = [shown(title) for title in tree.iterfind(".//head/title")][:1]
    address = _first(tags, "url", lambda value: plain_address(value) or None)
    stated_titles = [tag.value for tag in tags if tag.field == "headline"]
    keys = {folded(plain(text)) for text in (*titles, *map(shown, headings), *stated_titles)}
    stated = [
        *json_ld(scripts(tree), frozenset(keys - {""}), address["value"] if address else None),
        *tags,
        *items([element for element in elements if element.get("itemprop") or element.get("property")]),
    ]
    found = {name: _first(stated, name) for name in _FIRST_STATED}
    found["modified"] = _first(stated, "modified", lambda value: value if moment(value) else None)
    found["url"] = _first(sorted(stated, key=_is_not_canonical), "url", _whole_address)
    found["language"] = _first([*_root_language(tree), *stated], "language", _language)
    sites = _sites(stated, found["url"])
    title = headline(
        [Heading(shown(element), pieces(element)) for element in headings],
        [*(s for s in stated if s.field == "headline"), *(Statement("headline", text, "title") for text in titles)],
        sites,
    )
    found["headline"] = title and {"value": title.value, "source": title.source}
    after = _heading(headings, title)
    found |= _authors(stated, bylines(elements, after), sites)
    days = [*(s for s in stated if s.field == "published"), *times(elements, after)]
    found["published"] = stated_day(days, found)
    return {name: {key: sound(text) for key, text in field.items()} for name, field in found.items() if field}


def _first(stated: Iterable[Statement], field: str, read: Callable[[str], str | None] = str) -> dict[str, str] | None:
    """Return the first value of a field that can be read, with its source."""
    for statement in stated:
        if statement.field == field and len(statement.value) <= _MOST_CHARACTERS:
            value = read(plain(statement.value))
            if value:
                return {"value": value, "source": statement.source}
    return None


def _whole_address(value: str) -> str | None:
    return value if _ADDRESS.fullmatch(value) else None


def _is_not_canonical(statement: Statement) -> bool:
    return statement.source != "link canonical"


def _language(value: str) -> str | None:
    return value if _LANGUAGE.fullmatch(value) else None


def _root_language(tree: etree._Element) -> list[Statement]:
    return [Statement("language", str(tree.get("lang") or tree.get("xml:lang") or ""), "html lang")]


def _sites(stated: Sequence[Statement], address: dict[str, str] | None) -> list[str]:
    """Return the names the site goes by: those stated, and its domain with and without its ending."""
    names = [plain(statement.value) for statement in stated if statement.field in ("outlet", "site")]
    host = plain_address(address["value"] + "/-").split("/")[0].split(":")[0] if address else ""
    labels = host.split(".")
    return list(dict.fromkeys(filter(None, [*names, host, *(label for label in labels[:-1] if len(label) > 3)])))


def _heading(headings: Sequence[etree._Element], title: Statement | None) -> etree._Element | None:
    """Return the heading that shows the headline."""
    key = folded(title.value) if title else ""
    return next((element for element in headings if key and key in folded(shown(element))), None)


def _authors(stated: Sequence[Statement], groups: Iterable[list[Statement]], sites: Sequence[str]) -> Fields:
    """Return the people of the first source that names any, and the first news agency named as author.

    A source that names the same people and more wins over it; elements must show full names.
    """
    found: Fields = {}
    best: list[str] = []
    tags = _by_source(statement for statement in stated if statement.field == "authors")
    persons = {statement.value for statement in stated if statement.field == "person"}
    for group in chain(tags, groups):
        source, values = group[0].source, [statement.value for statement in group]
        if "agency" not in found and (name := agency(values)):
            found["agency"] = {"value": name, "source": source}
        is_tag = group in tags
        if best and not is_tag:
            break
        names = [name for name in people(values, sites, persons) if is_tag or is_full_name(name)][:_MOST_AUTHORS]
        if len(names) > len(best) and set(best) <= set(names):
            best = names
            found["authors"] = {"value": "; ".join(names), "source": source}
    return found if best else found | _namesake(stated)


def _namesake(stated: Sequence[Statement]) -> Fields:
    """Return a person, said to be one and with no word of an outlet's name, who gives the site its name."""
    for statement in stated:
        for name in people([statement.value]) if statement.field == "person" else ():
            if is_full_name(name) and name.split()[0].casefold() not in ARTICLES:
                return {"authors": {"value": name, "source": statement.source}}
    return {}


def _by_source(statements: Iterable[Statement]) -> list[list[Statement]]:
    grouped: dict[str, list[Statement]] = {}
    for statement in statements:
        grouped.setdefault(statement.source, []).append(statement)
    return list(grouped.values())
