"""One name under several labels: the model called it now a person, now a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from transforms.identity.context import Evidence
from transforms.identity.corpus import Corpus
from transforms.identity.merging import Groups, Merge
from transforms.identity.name import Name
from transforms.identity.places import place_of

_APART = frozenset(("people", "law", "work"))
"""Kinds that share their names with others: a Portuguese is not Portuguese law."""
_MINOR = 4


def labels(evidence: Evidence) -> Iterator[Merge]:
    """other_label: the same words, with the label seen at least four times as often, in shared context.

    A name of several words needs the context only: hardly two things share it. A person known by a full name stays one.
    """
    corpus, groups, context = evidence
    blocks: defaultdict[str, list[Name]] = defaultdict(list)
    for name in corpus.visible:
        if name.kind not in _APART:
            blocks[name.key.partition(":")[2]].append(name)
    for names in blocks.values():
        main = min(names, key=lambda name: (place_of(name) is None, -corpus.mention_counts[name.key], name.key))
        for name in names:
            if (
                name.kind != main.kind
                and _is_slip(corpus, groups, name, main)
                and context.shared([name.key], [main.key])
            ):
                yield Merge(name.key, main.key, "other_label")


def _is_slip(corpus: Corpus, groups: Groups, name: Name, main: Name) -> bool:
    if name.kind == "person" and any(
        " " in corpus.names[key].text for key in groups.members(name.key) if key != name.key
    ):
        return False
    many = len(name.words) > 1 and "person" not in (name.kind, main.kind)
    return many or corpus.mention_counts[name.key] * _MINOR <= corpus.mention_counts[main.key]
