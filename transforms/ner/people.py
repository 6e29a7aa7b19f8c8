"""What the words around a name say of a person: an age, a birth, kin, an office before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.gazetteer import country, is_demonym, territory
from transforms.ner.document import Document, Mention

_DOUBTED = frozenset(("ORG", "GPE", "LOC", "PRODUCT", "WORK", "NORP"))
_KIN = (
    "aunt|boyfriend|brother|children|daughter|ex-husband|ex-wife|family|father|fianc[eé]e?|girlfriend|grandfather"
    "|grandmother|husband|lawyers?|mother|parents|sister|son|spokes(?:man|woman|person)|uncle|widow|wife"
)
_OFFICES = (
    "actor|actress|ambassador|analyst|artist|attorney|author|captain|chairman|chairwoman|commander|congressman"
    "|congresswoman|detective|director|economist|editor|filmmaker|founder|general|goalkeeper|governor|judge|lawmaker"
    "|lawyer|lieutenant|mayor|midfielder|minister|musician|novelist|philosopher|photographer|playwright|poet|premier"
    "|president|professor|prosecutor|researcher|scientist|secretary|senator|sergeant|singer|spokesman|spokesperson"
    r"|spokeswoman|striker|writer|Mr\.?|Mrs\.?|Ms\.?|Dr\.?"
)
_AFTER = re.compile(rf"(?:, (?:now |aged )?\d{{1,3}},| was born\b| \(born\b|(?:’s|'s|’|') (?:{_KIN})\b)")
_BEFORE = re.compile(rf"\b(?:{_OFFICES}) $", re.IGNORECASE)
_MOST_WORDS = 4
_REACH = 30


def with_people(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Label the names a person that the model took for something else, where the words around say so."""
    return [_labelled(document, mention) for mention in mentions]


def _labelled(document: Document, mention: Mention) -> Mention:
    if mention.label not in _DOUBTED or mention.source != "model":
        return mention
    name, text = document.name(mention), document.texts[mention.passage]
    may_hold_office = not mention.agreeing and _is_full(name)
    before = may_hold_office and _BEFORE.search(text[max(0, mention.start - _REACH) : mention.start])
    if not (before or _AFTER.match(text, mention.end)) or country(name) or territory(name) or is_demonym(name):
        return mention
    return mention._replace(label="PERSON", source="context", agreeing=frozenset())


def _is_full(name: str) -> bool:
    """Whether a name may be a first name and a surname."""
    words = name.split()
    return 1 < len(words) <= _MOST_WORDS and all(
        word[0].isupper() and word[1:].islower() for word in words if "-" not in word
    )
