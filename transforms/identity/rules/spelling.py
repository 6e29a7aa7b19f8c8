"""Misspellings: the last and most careful rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from transforms.gazetteer import is_demonym
from transforms.identity.context import Evidence
from transforms.identity.corpus import Corpus
from transforms.identity.merging import Merge
from transforms.identity.name import KINDS, Name, person

_FEWEST_LETTERS = 7
_MOST_LETTERS = 60
_LARGEST_BLOCK = 20
_RARER = 3
_ENDINGS = frozenset(("s", "n", "an", "i", "e", "a"))


def misspellings(evidence: Evidence) -> Iterator[Merge]:
    """misspelling: one letter more, less or other in at least seven, the first alike, in shared context.

    The rarer name must be three times as rare. Never a word and its plural or demonym; never two given names.
    """
    corpus, groups, context = evidence
    for kind in sorted(set(KINDS.values())):
        names = [name for name in corpus.of_kind(kind) if _may_be_misspelled(name)]
        for one, other in sorted(_near(names), key=lambda pair: (pair[0].key, pair[1].key)):
            if _is_misspelling(corpus, one, other) and context.shared(
                groups.members(one.key), groups.members(other.key)
            ):
                yield Merge(one.key, other.key, "misspelling")


def _may_be_misspelled(name: Name) -> bool:
    text = name.text
    return _FEWEST_LETTERS <= len(text) <= _MOST_LETTERS and not any(map(str.isdigit, text))


def _near(names: list[Name]) -> set[tuple[Name, Name]]:
    """Return pairs whose texts become the same when each loses at most one letter; found by that text."""
    blocks: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        for text in {name.text, *(name.text[:at] + name.text[at + 1 :] for at in range(1, len(name.text)))}:
            blocks[text].append(name)
    small = (block for block in blocks.values() if 1 < len(block) <= _LARGEST_BLOCK)
    return {(one, other) for block in small for one in block for other in block if one.key < other.key}


def _is_misspelling(corpus: Corpus, one: Name, other: Name) -> bool:
    counts = sorted((corpus.mention_counts[one.key], corpus.mention_counts[other.key]))
    return (
        (counts[0] * _RARER <= counts[1] or counts[1] <= _RARER)
        and is_one_edit(one.text, other.text)
        and not _is_other_form(one, other)
    )


def _is_other_form(one: Name, other: Name) -> bool:
    short, long = sorted((one.text, other.text), key=len)
    if one.kind == "person" and person(one.words).given:
        return person(one.words).given != person(other.words).given
    return long.removeprefix(short) in _ENDINGS or is_demonym(one.surface) != is_demonym(other.surface)


def is_one_edit(one: str, other: str) -> bool:
    """Whether one letter more, less, other or swapped with the next makes one text the other.

    >>> is_one_edit("lisbon", "lisbbon"), is_one_edit("lisbon", "libson"), is_one_edit("lisbon", "lxsbxn")
    (True, True, False)
    """
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
