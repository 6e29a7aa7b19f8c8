"""Spans as names: the clean-up of what a model marks, by rules of form alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from transforms.ner.document import Entity, Mention

LABELS = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "GPE",
    "LOC": "LOC",
    "NORP": "NORP",
    "FAC": "FAC",
    "EVENT": "EVENT",
    "PRODUCT": "PRODUCT",
    "LAW": "LAW",
    "WORK_OF_ART": "WORK",
}
"""Dateline's labels by those of OntoNotes 5, which the spaCy models use. Others (dates, figures) are no names."""

LONGEST = 200
"""More characters than names have."""
_START = re.compile(r"(?!(?:[Tt]he|[Aa]n?)\b)\b[^\W_]")
_END = re.compile(r"(?:['’]s|[^\w.)])+$")
_UNBROKEN = re.compile(r"(?:[^\"“”„«»]|\"[^\"“”]*\"|[“„][^\"“”]*[”“]|«[^«»]*»)+")
"""Characters up to a quotation mark that has no other one within the span."""
_APART = re.compile(r"[^()]+")
_FIGURES = re.compile(r"(?:[ ,;-]+(?:\d[\d.,:/*-]*|[-–—]))+$")
_NUMBER_BEHIND = re.compile(r"(?<=[A-Z])-\d{1,4}\b")
_COMMON_WORDS = re.compile(r"(?: (?!al\b|bin\b|ibn\b|der\b|el\b)[a-z]{2,20}){1,3}$")
_COMMON_START = re.compile(
    r"(?:(?!al\b|bin\b|d[aei]\b|de[lnr]\b|du\b|el\b|l[ae]\b|ter\b|van\b|von\b|zu\b)[a-z]{3,20} ){1,3}(?=[^\W\d_a-z])"
)
_TITLES = (
    "Ambassador|Archbishop|Ayatollah|Bishop|Capt|Captain|Cardinal|Chancellor|Col|Colonel|Dame|Dr|Father|Fr|Gen|General"
    "|Gov|Governor|Imam|Judge|Justice|King|Lieutenant|Lt|Maj|Major|Mayor|Minister|Miss|Mr|Mrs|Ms|Mx|Pope|President"
    "|Prince|Princess|Prof|Professor|Queen|Rabbi|Rep|Rev|Reverend|Secretary|Sen|Senator|Sergeant|Sgt|Sheikh|Sir"
)
_HONORIFIC = re.compile(rf"(?:(?:{_TITLES})\b\.? )+(?=\S)")


def names_only(texts: Sequence[str], entities: Sequence[Iterable[Entity]]) -> list[Mention]:
    """Return what is a name of the entities of each passage, cut to the name, in order and without overlap.

    Cut off: articles, possessives, honorifics and other common words before or behind, scores and dates behind,
    punctuation, what stands on another line or behind a quotation mark that has no other one in the span. A name with
    its short form in brackets is two. A number behind letters and a hyphen ("XR-12") belongs to it and makes it a
    PRODUCT. What has letters but no capital one is no name, nor is what is longer than LONGEST.
    """
    found = [
        mention
        for number, (text, marked) in enumerate(zip(texts, entities, strict=True))
        for entity in sorted(one for one in marked if one.label in LABELS)
        for mention in _names(number, text, entity)
    ]
    return list(_apart(found))


def _apart(mentions: Iterable[Mention]) -> Iterator[Mention]:
    passage = end = 0
    for one in mentions:
        if one.passage > passage or one.start >= end:
            passage, end = one.passage, one.end
            yield one


def _names(passage: int, text: str, entity: Entity) -> Iterator[Mention]:
    start, end, label = entity
    if end - start > 2 * LONGEST:
        return
    surface = _whole(text[start:end].split("\n", maxsplit=1)[0])
    for part in _APART.finditer(surface):
        begin = _START.search(part.group())
        if begin is None:
            continue
        tail = _END.search(part.group(), begin.end())
        name = part.group()[begin.start() : tail.start() if tail else None]
        first, last = start + part.start() + begin.start(), start + part.start() + begin.start() + len(name)
        first += _cut(name, LABELS[label])
        last -= _tail(text[first:last], LABELS[label])
        number = _NUMBER_BEHIND.match(text, last)
        if last - first > LONGEST or not _is_name(text[first:last]):
            continue
        if number:
            yield Mention(passage, first, number.end(), "PRODUCT", "model")
        else:
            yield Mention(passage, first, last, LABELS[label], "model")


def _whole(surface: str) -> str:
    """Return a span whose quotation marks are pairs, or what stands before the first mark behind its first letter.

    >>> _whole("“Rosa” Lind"), _whole("“Sea Guild” and “Tom")
    ('“Rosa” Lind', '“Sea Guild')
    """
    first = _START.search(surface)
    found = _UNBROKEN.match(surface, first.start()) if first else None
    is_paired = found is None or _UNBROKEN.fullmatch(surface) is not None
    return surface if is_paired or found is None else surface[: found.end()]


def _cut(name: str, label: str) -> int:
    """Return how many characters before the name proper belong to something else."""
    if label != "PERSON":
        return 0
    prefix = _COMMON_START.match(name) or _HONORIFIC.match(name)
    return prefix.end() if prefix else 0


def _tail(name: str, label: str) -> int:
    """Return how many characters behind the name proper belong to something else."""
    if label not in {"PERSON", "GPE", "ORG", "NORP", "LOC", "FAC"} or not name[:1].isupper():
        return 0
    figures = _FIGURES.search(name) if label != "ORG" or re.search(r"\d[-:,./]\d", name) else None
    kept = name[: figures.start()] if figures else name
    common = _COMMON_WORDS.search(kept)
    return len(name) - (common.start() if common else len(kept))


def _is_name(name: str) -> bool:
    """Whether a span can be a name: scripts without capitals need none."""
    return any(character.isupper() for character in name) or (
        name.lower() == name.upper() and any(character.isalpha() for character in name)
    )
