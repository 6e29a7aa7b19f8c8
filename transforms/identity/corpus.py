"""The names of a corpus: where each stands, what stands beside it, and what articles themselves say of short forms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from transforms.identity.name import KINDS, Name, make_name
from transforms.names import entity_key, folded

COLUMNS = ("article_id", "label", "surface", "entity_key")


@dataclass
class Corpus:
    """Names by key, and by key: mentions, articles (numbered in the order of their ids), and short forms linked to it.

    `linked` counts for the key a surface has by itself, the articles in which it was linked to another key.
    `hidden` are keys whose identity the user decides.
    """

    names: dict[str, Name] = field(default_factory=dict)
    mention_counts: Counter[str] = field(default_factory=Counter)
    articles: dict[str, frozenset[int]] = field(default_factory=dict)
    keys: list[list[str]] = field(default_factory=list)
    linked: dict[str, Counter[str]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    @cached_property
    def visible(self) -> list[Name]:
        """The names that rules may join, by key: not the hidden ones, nor those without a letter or digit."""
        return [name for key, name in sorted(self.names.items()) if name.words and key not in self.hidden]

    def of_kind(self, kind: str) -> list[Name]:
        """Return the visible names of a kind, by key."""
        return self._by_kind.get(kind, [])

    @cached_property
    def _by_kind(self) -> dict[str, list[Name]]:
        found: dict[str, list[Name]] = {}
        for name in self.visible:
            found.setdefault(name.kind, []).append(name)
        return found


def gather(mentions: pa.Table) -> Corpus:
    """Gather the names of mentions.

    In: COLUMNS of mentions in any order. Labels that are none of KINDS raise KeyError.
    """
    seen = mentions.select(list(COLUMNS)).group_by(list(COLUMNS)).aggregate([([], "count_all")])
    spellings = seen.group_by(["entity_key", "label", "surface"]).aggregate(
        [("count_all", "sum"), ("article_id", "count")]
    )
    corpus = Corpus()
    _take_names(corpus, spellings)
    _take_places(corpus, seen.group_by(["article_id", "entity_key"]).aggregate([]))
    return corpus


def _take_names(corpus: Corpus, spellings: pa.Table) -> None:
    own: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    linked: defaultdict[str, Counter[str]] = defaultdict(Counter)
    columns = (spellings[name].to_pylist() for name in spellings.column_names)
    order = spellings.column_names
    for values in zip(*columns, strict=True):
        row = dict(zip(order, values, strict=True))
        key, label, surface = row["entity_key"], row["label"], row["surface"]
        corpus.mention_counts[key] += row["count_all_sum"]
        own_key = entity_key(label, folded(surface))
        if own_key == key:
            own[key][label, surface] += row["count_all_sum"]
        else:
            linked[own_key][key] += row["article_id_count"]
            own[key].setdefault((key.partition(":")[0], key.partition(":")[2].title()), 0)
    for key in sorted(own):
        label, surface = min(own[key], key=lambda seen: (-own[key][seen], seen))
        corpus.names[key] = make_name(key, label if label in KINDS else "WORK", surface)
    corpus.linked = dict(linked)


def _take_places(corpus: Corpus, pairs: pa.Table) -> None:
    ids = pc.unique(pairs["article_id"]).sort().to_pylist()
    numbers = {article_id: number for number, article_id in enumerate(ids)}
    articles: defaultdict[str, set[int]] = defaultdict(set)
    corpus.keys = [[] for _ in ids]
    for article_id, key in sorted(zip(pairs["article_id"].to_pylist(), pairs["entity_key"].to_pylist(), strict=True)):
        articles[key].add(numbers[article_id])
        corpus.keys[numbers[article_id]].append(key)
    corpus.articles = {key: frozenset(found) for key, found in articles.items()}


def together(corpus: Corpus, keys: Iterable[str], others: Iterable[str]) -> int:
    """Return in how many articles some of `keys` and some of `others` stand."""
    return len(articles_of(corpus, keys) & articles_of(corpus, others))


def articles_of(corpus: Corpus, keys: Iterable[str]) -> frozenset[int]:
    """Return the articles in which some of the keys stand."""
    return frozenset().union(*(corpus.articles[key] for key in keys))
