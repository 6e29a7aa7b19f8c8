"""Entity resolution over a corpus: which keys mean the same entity, by which rule."""

from __future__ import annotations

from collections.abc import Collection

from transforms.identity.context import Context, Evidence
from transforms.identity.corpus import Corpus
from transforms.identity.merging import Groups, Merge
from transforms.identity.rules import RULES


def resolve(corpus: Corpus, own_merges: Collection[Merge] = ()) -> Groups:
    """Join the names of a corpus by all rules, in their order; the user's own merges hold in any case."""
    groups = Groups(corpus)
    for merge in own_merges:
        groups.join(*merge, force=True)
    evidence = Evidence(corpus, groups, Context(corpus, groups))
    for rule in RULES:
        for merge in rule(evidence):
            groups.join(*merge)
    return groups
