"""What the last word of a name says of its label: a Ministry is an ORG, an Airport a FAC; `heads.csv`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from transforms.gazetteer.spelling import rows
from transforms.ner.document import Document, Mention

_OF = re.compile(r" (?:of|for|de|du|des|della|di) ")
_NAMES = frozenset(("PERSON", "PRODUCT", "WORK", "NORP"))
_DOUBTED = {
    "ORG": _NAMES | {"GPE", "LOC", "EVENT"},
    "FAC": _NAMES | {"GPE", "LOC", "ORG"},
    "LOC": _NAMES | {"ORG"},
    "EVENT": _NAMES | {"GPE", "LOC", "ORG"} - {"PRODUCT", "WORK"},
    "LAW": _NAMES | {"GPE", "LOC", "ORG"} - {"PRODUCT", "WORK"},
}
"""The labels of the model that a head word overrules, by the label it stands for."""


def with_heads(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Label the names of several words by their head: the last word, or the one before the first "of" or "for"."""
    return [_labelled(document, mention) for mention in mentions]


def _labelled(document: Document, mention: Mention) -> Mention:
    name = " ".join(document.name(mention).split())
    head = _OF.split(name)[0].split(" ")[-1]
    label = _heads().get(head.casefold()) if " " in name and head[0].isupper() else None
    if label is None:
        return mention
    if label == mention.label:
        return mention._replace(agreeing=mention.agreeing | {"head"})
    if mention.label in _DOUBTED[label]:
        return mention._replace(label=label, source="head", agreeing=frozenset())
    return mention


@cache
def _heads() -> dict[str, str]:
    return {row["word"]: row["label"] for row in rows("transforms.ner", "heads.csv")}
