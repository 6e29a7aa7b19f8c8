"""One name under several labels: the model called it now a person, now a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from transforms.identity.context import Evidence
from transforms.identity.corpus import Corpus, together
from transforms.identity.merging import Groups, Merge
from transforms.identity.name import Name
from transforms.identity.places import place_of
from transforms.identity.rules.short_forms import is_place_or_people
from transforms.names import folded

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


def legal_forms(evidence: Evidence) -> Iterator[Merge]:
    """legal_form: another label's name of one word beside the same with a legal form, in each of its articles.

    "Acme" where "Acme Corp" stands too. A place of the gazetteer stays one, and so does a person known by a full name.
    """
    corpus, groups, _ = evidence
    firms: defaultdict[str, list[Name]] = defaultdict(list)
    for name in corpus.of_kind("organisation"):
        if len(name.words) == 1 and " " in folded(name.surface):
            firms[name.words[0]].append(name)
    for name in corpus.visible:
        if name.kind in _APART or name.kind == "organisation" or is_place_or_people(name.surface):
            continue
        beside = firms.get(name.text, [])
        main = min(beside, key=lambda firm: (-together(corpus, [name.key], [firm.key]), firm.key), default=None)
        if main and not _has_full_name(corpus, groups, name) and corpus.articles[name.key] <= corpus.articles[main.key]:
            yield Merge(name.key, main.key, "legal_form")


def _has_full_name(corpus: Corpus, groups: Groups, name: Name) -> bool:
    others = (corpus.names[key] for key in groups.members(name.key) if key != name.key)
    return name.kind == "person" and any(" " in other.text for other in others)


def _is_slip(corpus: Corpus, groups: Groups, name: Name, main: Name) -> bool:
    if _has_full_name(corpus, groups, name):
        return False
    many = len(name.words) > 1 and "person" not in (name.kind, main.kind)
    return many or corpus.mention_counts[name.key] * _MINOR <= corpus.mention_counts[main.key]
