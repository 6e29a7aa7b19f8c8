"""Job titles are no names: "State" in "Secretary of State", "Defense" in "Defense Secretary"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.ner.document import Document, Mention

_BEFORE = 60
_AFTER = 30
_OFFICE = (
    r"(?:secretar(?:y|ies)|ministers?|undersecretary|under-secretary|attorney|surgeon|inspector|solicitor|commissioner"
    r"|director|chiefs?|chair(?:man|woman)?|head|speaker|chancellor|treasurer|comptroller)"
)
_OFFICE_OF = re.compile(rf"\b{_OFFICE}(?: general)? (?:of|for)(?: the)? $", re.IGNORECASE)
_HOLDER = re.compile(
    r" (?:(?i:under-?|deputy |first )?(?:[Ss]ecretar(?:y|ies)|[Mm]inisters?|ministr(?:y|ies)|SECRETARY|MINISTER))\b"
)
_PORTFOLIOS = frozenset(
    (
        "agriculture", "commerce", "communications", "culture", "defence", "defense", "development",
        "economic affairs", "economy", "education", "employment", "energy", "environment", "exchequer", "family",
        "finance", "foreign", "foreign affairs", "health", "health and human services", "home", "homeland security",
        "housing", "housing and urban development", "human rights", "immigration", "industry", "information",
        "infrastructure", "interior", "internal affairs", "justice", "labor", "labour", "migration",
        "national defence", "national defense", "national security", "planning", "public works", "science",
        "security", "shadow foreign", "shadow home", "sport", "sports", "staff", "state", "supply", "tourism",
        "trade", "transport", "transportation", "treasury", "veterans affairs", "war", "welfare", "women",
        "work and pensions", "youth",
    )
)  # fmt: skip
_ALONE = frozenset(
    (
        "ambassador", "attorney general", "bishop", "chancellor", "chief justice", "congressman", "congresswoman",
        "defence secretary", "defense secretary", "deputy prime minister", "first lady", "foreign minister",
        "foreign secretary", "general", "governor", "home secretary", "imam", "interior minister", "jr", "jr.", "king",
        "lieutenant", "mayor", "minister", "mr", "mrs", "ms", "pope", "premier", "president", "prime minister",
        "prince", "princess", "professor", "queen", "secretary", "secretary general", "secretary of state",
        "secretary-general", "senator", "sir", "speaker", "spokesman", "spokesperson", "spokeswoman", "sr", "sr.",
        "treasury secretary", "vice president",
    )
)  # fmt: skip
_IN_TITLES = frozenset(("ORG", "PERSON", "NORP", "WORK", "PRODUCT", "EVENT", "LAW", "FAC"))


def without_titles(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out the mentions that are a job title or the portfolio in one; places in titles stay."""
    return [mention for mention in mentions if mention.label not in _IN_TITLES or not _is_title(document, mention)]


def _is_title(document: Document, mention: Mention) -> bool:
    name = document.name(mention).casefold()
    if name in _ALONE:
        return True
    if name not in _PORTFOLIOS:
        return False
    text = document.texts[mention.passage]
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    return bool(_OFFICE_OF.search(before) or _HOLDER.match(text[mention.end : mention.end + _AFTER]))
