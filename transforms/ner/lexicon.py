"""Names known beforehand: `lexicon.csv`, above all weapons, which no model of the usual labels knows.

Columns: name, label, context ("arms": the name counts only where the words around it speak of arms), source of the row.
`#` in a name is a number of up to three digits, with up to two letters behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from transforms.gazetteer.spelling import rows
from transforms.ner.company import stands_alone
from transforms.ner.document import Document, Mention, Names

_REACH = 80
_ARMS = re.compile(
    r"\b(?:air defen[cs]e|aircraft|ammunition|armou?red|arms|artillery|batter(?:y|ies)|bomb|bomber|drone|fighter|fired"
    r"|helicopter|howitzer|interceptor|jet|launcher|missile|munition|pistol|rifle|rocket|shell|shot down|strike|system"
    r"|tank|troops|vehicle|warhead|warplane|weapon)s?\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"-\d{1,3}[A-Z]{0,2}\d?(?=s?\b)")
_TYPE = re.compile(r"\b[A-Z][A-Za-z]{0,3}$")


class Entry(NamedTuple):
    """What the lexicon says of a name."""

    label: str
    context: str


def with_lexicon(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Label the mentions the lexicon knows, and add the names it knows where no mention stands.

    A weapon's name takes the place of whatever was marked on any of its characters.
    """
    weapons = list(_weapons(document))
    taken = document.free(weapons)
    kept = [_labelled(document, one) for one in mentions if taken.is_free(one.passage, one.start, one.end)]
    found = [*kept, *weapons]
    return sorted([*found, *_added(document, found)])


def _labelled(document: Document, mention: Mention) -> Mention:
    entry = _entries().get(document.name(mention))
    if entry is None or entry.label == "WEAPON":
        return mention
    if entry.label == mention.label:
        return mention._replace(agreeing=mention.agreeing | {"lexicon"})
    return mention._replace(label=entry.label, source="lexicon", agreeing=frozenset())


def _weapons(document: Document) -> Iterator[Mention]:
    free = document.free(())
    for word, end in document.find(_names(is_weapon=True), free):
        text = document.texts[word.passage]
        if _fits(text, word.start, end, _entries()[text[word.start : end]]):
            yield Mention(word.passage, word.start, end, "WEAPON", "lexicon")
    for number, text in enumerate(document.texts):
        for start, end in _designations(text):
            entry = _entries().get(f"{text[start:end].split('-')[0]}-#")
            if entry and free.is_free(number, start, end) and _fits(text, start, end, entry):
                yield Mention(number, start, end, "WEAPON", "lexicon")


def _designations(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of up to four letters, a hyphen and a number; numbers are looked for first, being rarer."""
    for found in _NUMBER.finditer(text):
        before = _TYPE.search(text[max(0, found.start() - 5) : found.start()])
        if before:
            yield found.start() - len(before.group()), found.end()


def _fits(text: str, start: int, end: int, entry: Entry) -> bool:
    return not entry.context or _ARMS.search(text[max(0, start - _REACH) : end + _REACH]) is not None


def _added(document: Document, mentions: Sequence[Mention]) -> Iterator[Mention]:
    for word, end in document.find(_names(is_weapon=False), document.free(mentions)):
        text = document.texts[word.passage]
        if stands_alone(text, word.start, end):
            yield Mention(word.passage, word.start, end, _entries()[text[word.start : end]].label, "lexicon")


@cache
def _entries() -> dict[str, Entry]:
    return {row["name"]: Entry(row["label"], row["context"]) for row in rows("transforms.ner", "lexicon.csv")}


@cache
def _names(*, is_weapon: bool) -> Names:
    return Names(name for name, entry in _entries().items() if (entry.label == "WEAPON") == is_weapon)
