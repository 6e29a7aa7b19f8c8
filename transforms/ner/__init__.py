"""Named entities, document level: layers over what a model marks, each from a document's mentions to its mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from transforms.ner.acronyms import with_acronyms
from transforms.ner.casing import with_casing
from transforms.ner.credits import without_credits
from transforms.ner.document import Document, Entity, Mention
from transforms.ner.heads import with_heads
from transforms.ner.lexicon import with_lexicon
from transforms.ner.linking import Linked, link
from transforms.ner.people import with_people
from transforms.ner.places import with_places
from transforms.ner.spans import names_only
from transforms.ner.surnames import with_surnames
from transforms.ner.teams import with_teams
from transforms.ner.titles import without_titles
from transforms.ner.vessels import with_vessels
from transforms.ner.voting import with_votes

LAYERS: tuple[Callable[[Document, Sequence[Mention]], list[Mention]], ...] = (
    without_credits,
    with_casing,
    with_lexicon,
    with_heads,
    with_places,
    with_acronyms,
    with_people,
    with_vessels,
    with_votes,
    without_titles,
    with_surnames,
    with_teams,
)
"""In this order: what is sure of single mentions first, then what spreads over the document."""


def layered(document: Document, entities: Sequence[Iterable[Entity]]) -> list[Linked]:
    """Return the mentions of a document, given what the model marks in each of its passages; none overlap."""
    found = names_only(document.texts, entities)
    for layer in LAYERS:
        found = layer(document, found)
    return link(document, found)
