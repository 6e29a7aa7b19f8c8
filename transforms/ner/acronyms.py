"""Acronyms beside their long form: "Baltic Sugar Bureau (BSB)" gives both one label; BSB is then known throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from transforms.ner.document import Document, Free, Mention, Names

_SHORT_IN_BRACKETS = re.compile(r"\([“\"]?(?:the |or |known as )?([A-Z][A-Za-z&.-]{1,9})[”\"]?[);,]")
_LONG_IN_BRACKETS = re.compile(r" \((?:the )?([^()\n]{6,100})\)")
_SHORT_BEFORE = re.compile(r"\b[A-Z][A-Z&.-]{1,9}$")
_WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
_SMALL = frozenset(
    (
        "against",
        "and",
        "at",
        "de",
        "del",
        "des",
        "du",
        "e",
        "et",
        "for",
        "in",
        "la",
        "of",
        "on",
        "the",
        "to",
        "with",
        "y",
    )
)
_REACH = 120
_MOST_WORDS = 12
_LABELS = frozenset(("ORG", "FAC", "GPE", "LOC", "EVENT", "LAW", "WEAPON"))
"""What the model calls otherwise is taken for an ORG: people have no acronyms."""


class Pair(NamedTuple):
    """A long form and its acronym that stand together (code points, half-open)."""

    passage: int
    long: tuple[int, int]
    short: tuple[int, int]


def find_pairs(document: Document) -> Iterator[Pair]:
    """Yield the places where a long form and its acronym stand together, one of them in brackets."""
    for number, text in enumerate(document.texts):
        if "(" not in text:
            continue
        for found in _SHORT_IN_BRACKETS.finditer(text):
            end = found.start() - (text[found.start() - 1 : found.start()] == " ")
            start = _long_start(text, end, found[1])
            if start is not None:
                yield Pair(number, (start, end), found.span(1))
        for found in _LONG_IN_BRACKETS.finditer(text):
            short = _SHORT_BEFORE.search(text[max(0, found.start() - 11) : found.start()])
            if short and is_acronym(short.group(), found[1]):
                yield Pair(number, found.span(1), (found.start() - len(short.group()), found.start()))


def is_acronym(short: str, long: str) -> bool:
    """Whether the initials of a name's words, small ones left out or not, are the letters of another.

    >>> is_acronym("BSB", "Baltic Sugar Bureau"), is_acronym("BSO", "Baltic Sugar Bureau")
    (True, False)
    """
    letters = "".join(filter(str.isalpha, short)).casefold()
    return len(letters) > 1 and letters in initials(long)


@lru_cache(maxsize=65536)
def initials(name: str) -> frozenset[str]:
    """Return the initials of a name's words, and those without the small words, as small letters."""
    words = [word.casefold() for word in _WORD.findall(name)]
    return frozenset(("".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL)))


def _long_start(text: str, end: int, short: str) -> int | None:
    """Return where the long form that ends at `end` starts: the nearest capitalised word whose initials onward fit."""
    first = max(text.rfind("\n", max(0, end - _REACH), end) + 1, end - _REACH, 0)
    for word in reversed(list(_WORD.finditer(text, first, end))[-_MOST_WORDS:]):
        if word.group()[0].isupper() and is_acronym(short, text[word.start() : end]):
            return word.start()
    return None


def with_acronyms(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Mark long forms and their acronyms where they stand together, and the acronym wherever it stands.

    They take the place of whatever the model marked there; their label is the one it gave the whole long form.
    """
    labels = {(one.passage, one.start, one.end): one.label for one in mentions if one.label in _LABELS}
    pairs = [
        Mention(pair.passage, *span, labels.get((pair.passage, *pair.long), "ORG"), "acronym")
        for pair in find_pairs(document)
        for span in (pair.long, pair.short)
    ]
    pairs = list(_apart(document, pairs))
    taken = document.free(pairs)
    known = {document.name(one): one.label for one in pairs}
    kept = [_labelled(document, one, known) for one in mentions if taken.is_free(one.passage, one.start, one.end)]
    return sorted([*kept, *pairs, *_repeats(document, [*kept, *pairs], known)])


def _apart(document: Document, mentions: Sequence[Mention]) -> Iterator[Mention]:
    free = Free(document.texts, ())
    for one in mentions:
        if free.is_free(one.passage, one.start, one.end):
            free.take(one.passage, one.start, one.end)
            yield one


def _labelled(document: Document, mention: Mention, known: Mapping[str, str]) -> Mention:
    label = known.get(document.name(mention))
    if label is None or label == mention.label:
        return mention if label is None else mention._replace(agreeing=mention.agreeing | {"acronym"})
    return mention._replace(label=label, source="acronym", agreeing=frozenset())


def _repeats(document: Document, mentions: Sequence[Mention], known: Mapping[str, str]) -> Iterator[Mention]:
    for word, end in document.find(Names(known), document.free(mentions)):
        name = document.texts[word.passage][word.start : end]
        yield Mention(word.passage, word.start, end, known[name], "acronym")
