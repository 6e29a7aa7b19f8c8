"""A name behind the word for a ship or an aircraft is that of the ship, a PRODUCT, throughout the article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.ner.document import Document, Mention

_VESSEL = re.compile(
    r"\b(?:aircraft carrier|airship|battleship|boat|bulk carrier|corvette|cruiser|destroyer|ferry|freighter|frigate"
    r"|icebreaker|lifeboat|lightship|ocean liner|sailboat|schooner|ship|spacecraft|steamer|submarine|supertanker|tanker"
    r"|trawler|tugboat|vessel|warship|yacht) [\"“'‘]?$",
    re.IGNORECASE,
)
_REACH = 20
_DOUBTED = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "WORK", "EVENT"))


def with_vessels(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Label ships by the word before them, and their other mentions alike, where nothing but the model says else."""
    ships = {document.name(one) for one in mentions if _is_vessel(document, one)}
    return [_labelled(one) if document.name(one) in ships else one for one in mentions]


def _is_vessel(document: Document, mention: Mention) -> bool:
    before = document.texts[mention.passage][max(0, mention.start - _REACH) : mention.start]
    return _may_be_vessel(mention) and _VESSEL.search(before) is not None


def _may_be_vessel(mention: Mention) -> bool:
    return mention.label in _DOUBTED and mention.source == "model" and not mention.agreeing


def _labelled(mention: Mention) -> Mention:
    if not _may_be_vessel(mention):
        return mention
    return mention._replace(label="PRODUCT", source="context")
