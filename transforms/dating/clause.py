"""The words around an expression: its sentence, and whether that tells of what has happened or of what is to come."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

_REACH = 200
_SENTENCE_END = re.compile(r"(?<![A-Z])[.!?][\"'\u201d\u2019)]{0,3}\s+(?=[\"'\u201c\u2018(]?[A-Z])|[;\n]|\s--\s")
_FRONTED = 12
"""Longest beginning of a sentence that a date may follow to have its verb behind it: "In late 2023 they ..."."""
_WORD = re.compile(r"[^\W_]+")

_PAST = re.compile(
    r"\b(?:was|were|had|did|[a-z]{2,20}ed|began|became|came|took|made|gave|met|held|won|lost|fell|rose|left|sent|saw"
    r"|found|led|wrote|spoke|hit|sold|bought|brought|struck|shot|drew|went|grew|died|born|built|said|told|got|ran"
    r"|stood|broke|spent|paid|sank|fled|knew|felt|kept|beat|flew|chose|drove|fought|taught|caught|sought)\b"
)
_UNCERTAIN = re.compile(
    r"(?i)\b(?:(?:expect|forecast|predict|projecti|projected|target|goal|aim|plan|propos|budget|fiscal|outlook|estimat"
    r"|anticipat|schedul|deadline|expir|matur|upcoming|delay|postpon|exten[ds]|toward|deliver|possib|hop[ei]|seek"
    r"|guidance|view|consider|agree|commit|pledg|vow|promis|contract|elect|requir|assum|prospect|redeem|option|update"
    r"|amended|payable|implement|renew|guarantee|retire|referendum|growth)\w*|will|won['\u2019]t|would|could|(?-i:may)|might"
    r"|should|shall|can|likely|unlikely|set|due|until|till|by|through|next|future|into|start|starts|starting|begin"
    r"|begins|beginning|bid|ahead|lasts?|effect|coming|ending|ends|year to|deal|deficit|model|sees?|going to|risk"
    r"|file photo|\w+['\u2019](?:ll|d))\b"
)
_COMING = re.compile(
    r"(?i)\b(?:will|won['\u2019]t|shall|(?:is|are) (?:due|set|scheduled|slated|expected)|matur(?:es?|ing)|deadline"
    r"|expires?)\b"
)
_INTENDED = re.compile(
    r"(?i)\b(?:will|won['\u2019]t|shall|expects?|expected|plans?|aims?|hopes?|targets?|forecasts?|goals?|due|deadline"
    r"|expires?|matur(?:es?|ing)|going to)\b"
)
_LIMITS = frozenset({"by", "until", "till"})
_IN = frozenset({"in", "on", "by", "until", "till"})
_COMPARED = re.compile(
    r"(?i)\b(?:than|from|since|down|up|compared|after|before|below|above|peak|record|crisis|ago|earlier|originally)\b|,|:"
)
_NOT_BEHIND = frozenset({"after", "beyond", "for", "into", "until", "by", "through", "mid", "from", "to"})


class Clause(NamedTuple):
    """The rest of the sentence before and after an expression, and the last word before it in lower case."""

    before: str
    after: str
    last: str


def clause(text: str, start: int, end: int) -> Clause:
    """Return the sentence around `text[start:end]`, within a fixed reach.

    >>> clause("It rained. He left in 2023, they said. It snowed.", 22, 26)
    Clause(before='He left in ', after=', they said. ', last='in')
    """
    before = _SENTENCE_END.split(text[max(0, start - _REACH) : start])[-1]
    after = _after(text[end : end + _REACH])
    return Clause(before, after, last_word(before))


def _after(text: str) -> str:
    found = _SENTENCE_END.search(text)
    return text[: found.end()] if found else text


def last_word(text: str) -> str:
    """Return the last word of `text` in lower case, empty without one.

    >>> last_word("early on ")
    'on'
    """
    words = _WORD.findall(text[-24:])
    return words[-1].lower() if words else ""


def tense(around: Clause) -> Literal["past", "future"] | None:
    """Whether what is told of the expression has happened, is to come, or (None) neither for sure.

    Made for expressions that state their year. News tells much of plans, so that one word of doubt in the sentence is
    enough for None.

    >>> tense(clause("It was built in 1998.", 16, 20)), tense(clause("It will open by 2031.", 16, 20))
    ('past', 'future')
    """
    if around.last == "since":
        return "past"
    if not _UNCERTAIN.search(around.before) and not _UNCERTAIN.search(around.after):
        told = around.before if len(around.before) > _FRONTED else around.before + around.after
        return "past" if _PAST.search(told) and around.last not in _NOT_BEHIND else None
    return "future" if is_to_come(around) else None


def is_to_come(around: Clause) -> bool:
    """Whether a plan or a duty governs the expression."""
    is_limit = around.last in _LIMITS
    cues = list((_INTENDED if is_limit else _COMING).finditer(around.before)) if around.last in _IN else []
    if not cues:
        return False
    between = around.before[cues[-1].end() :]
    return not _PAST.search(between) and not _COMPARED.search(between) and (is_limit or len(between) < 60)
