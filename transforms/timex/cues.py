"""Which way a clause looks: whether what it tells lies behind or ahead of the day it was written."""

from __future__ import annotations

import re

from transforms.timex.words import Direction

_REACH = 160
_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)]*\s+(?=[\"'\u201c\u2018(]?[A-Z])|[;\n]")
_WORD = re.compile(r"\b[a-z]+(?:['\u2019][a-z]+)?")

_AHEAD = re.compile(
    r"\b(?:will|won['\u2019]t|shall|would|['\u2019]ll|going to|about to"
    r"|(?:is|are|was|were|be)(?: \w+)? (?:scheduled|expected|due|set|slated|planned|supposed|likely)"
    r"|(?:is|are) to|scheduled|slated|(?:plans?|planned|planning|intends?|expects?|aims?|hopes?|set|due|ready) to"
    r"|ahead of|as soon as|until|till|upcoming|effective)\b"
    r"|(?<!to )\b(?:meets?|begins|starts|opens|expires|resumes?|convenes?|kicks off)\b(?! of\b)"
    r"|\b(?:when|until|after) (?:he|she|it|they|we) (?:begin|start|vote|open|leave)\b"
)
_UNTIL = re.compile(r"(?i:\b(?:until|till)\s*$)")
_NOT_UNTIL = re.compile(r"(?i:\bnot (?:until|till)\s*$)")
_QUOTE = re.compile(r"[\"\u201c\u201d]|``|''")
_BEHIND = frozenset(
    {
        "said",
        "told",
        "was",
        "were",
        "had",
        "did",
        "announced",
        "went",
        "came",
        "took",
        "made",
        "gave",
        "met",
        "held",
        "won",
        "lost",
        "fell",
        "rose",
        "left",
        "began",
        "became",
        "sent",
        "saw",
        "found",
        "led",
        "wrote",
        "spoke",
        "hit",
        "sold",
        "bought",
        "brought",
        "struck",
        "shot",
        "drew",
        "says",
        "has",
        "have",
    }
)
_AUXILIARIES = frozenset({"be", "been", "have", "not", "also", "then", "likely", "to", "get"})
_NO_VERB = frozenset({"need", "indeed", "speed", "hundred", "united", "feed", "red", "bed", "seed", "proceed"})


def direction(text: str, start: int, end: int) -> Direction | None:
    """Return where the clause around `text[start:end]` puts it, or None when nothing tells.

    The nearest verb before the span decides; else the first after it.

    >>> direction("He said Tuesday that talks would begin Friday.", 8, 15)
    'past'
    >>> direction("He said Tuesday that talks would begin Friday.", 39, 45)
    'future'
    """
    before = _SENTENCE_END.split(text[max(0, start - _REACH) : start])[-1]
    after = _SENTENCE_END.split(text[end : end + _REACH])[0]
    quoted = _QUOTE.split(before)[-1], _QUOTE.split(after)[0]
    return (_nearest(*quoted) if quoted != (before, after) else None) or _nearest(before, after)


def _nearest(before: str, after: str) -> Direction | None:
    left, right = _cues(before), _cues(after)
    if left and _UNTIL.search(before) and right and (right[0] == "past" or _NOT_UNTIL.search(before)):
        # Up to then something was so, or not so: "until Tuesday they had waited".
        return "past"
    if left:
        return left[-1]
    return right[0] if right else None


def _cues(clause: str) -> list[Direction]:
    """Return the cues of a clause in order; a verb inside a phrase that looks ahead is no cue of its own."""
    ahead = [(match.start(), match.end()) for match in _AHEAD.finditer(clause.lower())]
    verbs = [match.start() for match in _WORD.finditer(clause) if _is_past_verb(match.group())]
    behind = [at for at in verbs if not _within_phrase(clause, at, ahead)]
    cues: list[tuple[int, Direction]] = [*((start, "future") for start, _ in ahead), *((at, "past") for at in behind)]
    return [cue for _, cue in sorted(cues)]


def _is_past_verb(word: str) -> bool:
    return word in _BEHIND or (word.endswith("ed") and len(word) > 4 and word not in _NO_VERB)


def _within_phrase(clause: str, at: int, ahead: list[tuple[int, int]]) -> bool:
    """Whether the word at `at` belongs to a phrase that looks ahead: "will be sworn in", "is expected"."""
    return any(at >= start and _AUXILIARIES.issuperset(clause[end:at].split()) for start, end in ahead)
