"""Countries, territories, demonyms and cities: the gazetteer mends labels, and adds what the model missed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from transforms.gazetteer import cities, country, country_names, demonym_names, is_demonym, territory
from transforms.ner.company import is_locative, is_money, stands_alone
from transforms.ner.document import Document, Mention, Names

CACHED = 10_000
"""Names remembered: articles of a batch share most of them."""
CITY_PEOPLE = 300_000
"""A smaller city shares its name too often with people and firms."""
_PREFIX = re.compile(r"(?:[Nn]on|[Pp]ro|[Aa]nti|[Ee]x|[Mm]id|[Pp]ost|[Pp]re)[-‐‑–](?=[^\W\d_a-z])")
_DATELINE = re.compile(
    r"^([A-Z][A-Z.’'-]{2,20}(?: [A-Z][A-Z.’'-]{1,20}){0,3})(?=(?:, [A-Z][\w. ]{1,30})?(?: \([^()\n]{2,40}\))?"
    r" ?(?:[—–]| - |\d{4}-\d\d))",
    re.MULTILINE,
)
_NO_CITY = frozenset(("FAC", "LOC", "ORG", "EVENT", "LAW", "WEAPON", "WORK"))
"""What the model calls so keeps its label although a city has the name."""


def with_places(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Label the mentions the gazetteer knows, and add places and demonyms where no mention stands.

    A prefix before a demonym ("pro-Danish") is cut off. A city's name is a city where it was no person's or where the
    words around say so. Whole names only are added; cities only as datelines.
    """
    datelines = list(_datelines(document))
    taken = document.free(datelines)
    kept = [one for one in mentions if taken.is_free(one.passage, one.start, one.end)]
    mended = [_mended(document, one) for one in kept if not _is_currency(document, one)]
    found = sorted([*mended, *datelines])
    return sorted([*found, *_added(document, found)])


def _is_currency(document: Document, mention: Mention) -> bool:
    return mention.label == "GPE" and is_money(document.texts[mention.passage], mention.end)


def _mended(document: Document, mention: Mention) -> Mention:
    name = document.name(mention)
    if (prefix := _PREFIX.match(name)) and is_demonym(name[prefix.end() :]):
        return mention._replace(start=mention.start + prefix.end(), label="NORP", source="gazetteer")
    label = _label(name)
    if label == mention.label:
        return mention._replace(agreeing=mention.agreeing | {"gazetteer"})
    if label and mention.label not in {"LOC", "FAC"}:
        return mention._replace(label=label, source="gazetteer")
    if label is None and _is_city(name):
        return _as_city(document, mention)
    return mention


def _as_city(document: Document, mention: Mention) -> Mention:
    if mention.label == "GPE":
        return mention._replace(agreeing=mention.agreeing | {"gazetteer"})
    text = document.texts[mention.passage]
    if mention.label not in _NO_CITY and is_locative(text, mention.start, mention.end):
        return mention._replace(label="GPE", source="gazetteer")
    return mention


@lru_cache(CACHED)
def _label(name: str) -> str | None:
    """Return GPE for a country or territory, NORP for a demonym."""
    if country(name) or territory(name):
        return "GPE"
    return "NORP" if is_demonym(name) else None


@lru_cache(CACHED)
def _is_city(name: str) -> bool:
    return any(city.population >= CITY_PEOPLE for city in cities(name))


def _datelines(document: Document) -> Iterator[Mention]:
    for number, text in enumerate(document.texts):
        for found in _DATELINE.finditer(text):
            if _label(found[1]) == "GPE" or cities(found[1]):
                yield Mention(number, *found.span(1), "GPE", "gazetteer")


def _added(document: Document, mentions: Sequence[Mention]) -> Iterator[Mention]:
    free = document.free(mentions)
    for word, end in document.find(_known_names(), free):
        text = document.texts[word.passage]
        label = _label(text[word.start : end])
        if label and stands_alone(text, word.start, end, " ") and not is_money(text, end):
            yield Mention(word.passage, word.start, end, label, "gazetteer")


@cache
def _known_names() -> Names:
    return Names(country_names() | demonym_names())
