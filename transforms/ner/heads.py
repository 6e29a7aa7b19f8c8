"""What the last or first word of a name says of its label: a Ministry is an ORG, a Hurricane an EVENT; `heads.csv`.

Columns: word, label, at (the end of the name it stands at: last or first), source of the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from transforms.gazetteer.spelling import rows
from transforms.ner.company import FUNCTION_WORDS, in_title_case
from transforms.ner.document import Document, Mention

_ADDED = frozenset(("ORG", "FAC"))
_REACH = 60
_GOES_ON = re.compile(r"(?:[ -]| of )[A-Z]|-?\w")
_SMALL = "|".join(sorted(word.capitalize() for word in FUNCTION_WORDS))
_BEFORE = re.compile(rf"(?<![\w’'.-])(?:(?!(?:{_SMALL})\b)[A-Z][\w’'-]{{1,20}} (?:(?:and|&) )?){{1,4}}$")
_OF = re.compile(r" (?:of|for|de|du|des|della|di) ")
_NAMES = frozenset(("PERSON", "PRODUCT", "WORK", "NORP"))
_DOUBTED = {
    "ORG": _NAMES | {"GPE", "LOC", "EVENT"},
    "FAC": _NAMES | {"GPE", "LOC", "ORG"},
    "LOC": _NAMES | {"ORG"},
    "EVENT": _NAMES | {"GPE", "LOC", "ORG"} - {"PRODUCT", "WORK"},
    "PRODUCT": frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "WORK")),
    "LAW": _NAMES | {"GPE", "LOC", "ORG"} - {"PRODUCT", "WORK"},
}
"""The labels of the model that a head word overrules, by the label it stands for."""


def with_heads(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Label the names of several words by their head, and mark the unmarked ones that end in one.

    The head is the last word, or the one before the first "of" or "for".
    """
    labelled = [_labelled(document, mention) for mention in mentions]
    return sorted([*labelled, *_added(document, labelled)])


def _labelled(document: Document, mention: Mention) -> Mention:
    name = " ".join(document.name(mention).split())
    label = _label(name) if " " in name else None
    if label is None:
        return mention
    if label == mention.label:
        return mention._replace(agreeing=mention.agreeing | {"head"})
    if mention.label in _DOUBTED[label]:
        return mention._replace(label=label, source="head", agreeing=frozenset())
    return mention


def _label(name: str) -> str | None:
    """Return what the first words of a name say of its label, else its head."""
    first, second, *_ = (*name.split(" "), "")
    head = _OF.split(name)[0].split(" ")[-1]
    firsts = _heads("first")
    if label := firsts.get(first.casefold()) or firsts.get(f"{first} {second}".casefold()):
        return label
    return _heads("last").get(head.casefold()) if head[0].isupper() else None


def _added(document: Document, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the runs of capitalised words that end in the head of an organisation or facility; headlines have none."""
    free = document.free(mentions)
    for word in document.words:
        label = _heads("last").get(word.text.casefold())
        text = document.texts[word.passage]
        if (
            label not in _ADDED
            or not free.is_free(word.passage, word.start, word.end)
            or _GOES_ON.match(text, word.end)
        ):
            continue
        before = _BEFORE.search(text, max(0, word.start - _REACH), word.start)
        start = before.start() if before else word.start
        if start < word.start and free.is_free(word.passage, start, word.end) and not in_title_case(text, start):
            free.take(word.passage, start, word.end)
            yield Mention(word.passage, start, word.end, label, "head")


@cache
def _heads(at: str) -> dict[str, str]:
    return {row["word"]: row["label"] for row in rows("transforms.ner", "heads.csv") if row["at"] == at}
