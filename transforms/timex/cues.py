"""Which way a clause looks: whether what it tells lies behind or ahead of the day it was written."""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.timex.words import Direction

_REACH = 160
_SENTENCE_END = re.compile(
    r"[.!?](?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St)\.)(?<!\b(?:Mrs|Sen|Rep|Gov|Gen)\.)[\"'\u201d\u2019)]*\s+"
    r"(?=[\"'\u201c\u2018(]?[A-Z])|[;\n]"
)
_WORD = re.compile(r"\b[A-Za-z][a-z]*(?:['\u2019][a-z]+)?")

_AHEAD = re.compile(
    r"\b(?:will|won['\u2019]t|shall|would|['\u2019]ll|going to|about to"
    r"|(?:is|are|was|were|be)(?: \w+)? (?:scheduled|expected|due|set|slated|planned|supposed|likely)"
    r"|(?:is|are) (?:to|meeting|voting|visiting|travell?ing|holding|hosting|leaving|arriving|returning)"
    r"|(?:forecast|set|due|planned|booked|billed) for|scheduled|slated"
    r"|(?:plans?|planned|planning|intends?|expects?|aims?|hopes?|set|ready|preparing|prepared) to"
    r"|due(?! to\b)|due to (?:air|appear|arrive|be|begin|close|decide|end|expire|face|give|go|hold|leave|launch|make"
    r"|meet|open|play|present|publish|release|report|return|sign|speak|start|take|testify|visit|vote)"
    r"|(?:an?|the|its|their|his|her) (?:expected|planned|proposed)|on the eve of"
    r"|(?:reports|releases|publishes|posts)(?: [\w-]+){0,3} (?:data|earnings|figures|results)"
    r"|(?:agreed|promised|pledged|vowed|threatened|hoped|intended|urged)(?: \w+){0,3} to"
    r"|(?:extend(?:s|ed|ing)?|prolong(?:s|ed|ing)?|in (?:effect|force|place))(?: [\w'\u2019-]+){0,5} through"
    r"|ahead of|as soon as|until|till|upcoming|effective|deadline|go(?:es)? to the polls|takes? place)\b"
    r"|(?<!to )\b(?:meets?|begins|starts|opens|plays?|faces|travels|arrives|returns|hosts|expires|resumes?|convenes?"
    r"|heads to|kicks off)\b(?! of\b)|(?<!\d )\bvotes (?:on )?$"
    r"|\b(?:when|until|after) (?:he|she|it|they|we) (?:begin|start|vote|open|leave)\b"
)
_REFUSED = re.compile(
    r"\b(?:would not|wouldn['\u2019]t|will not|won['\u2019]t)"
    r" (?:say|comment|confirm|discuss|elaborate|identify|give|reveal)"
    r"|\bhad(?: \w+)?(?: been)? (?:scheduled|expected|due|set|slated|planned|hoped|agreed|promised)(?: to)?\b"
    r"|\b(?:originally|previously) (?:been )?(?:scheduled|expected|due|set|planned)(?: to)?\b"
)
"""Phrases that only seem to look ahead: what someone declines to say, what had been planned."""
_IS_ON = re.compile(r"\b(?:is|are)(?: on)?\s*$")
_BEFORE_EVENT = re.compile(
    r"\b(?:ahead of|before|until|till|for|by|into|awaits?|awaiting|expects?|expecting|looking to|look to|eve of)\s*$"
)
_AFTER_EVENT = re.compile(r"\b(?:after|since|following|from|over|despite|in the wake of)\s*$")
_DONE = re.compile(
    r"['\u2019]s(?: [\w-]+){0,2}? (?:accident|accord|announcement|arrests?|assault|attacks?|blasts?|bombings?"
    r"|clos(?:e|ing)|collapse|comments|crash|deal|deaths?|decision|defeat|disaster|downgrade|earthquake|explosions?"
    r"|fall|gains?|incident|killings?|loss(?:es)?|massacre|murders?|outcome|raids?|remarks|ruling|sell-off|shootings?"
    r"|slide|statement|tragedy|verdict|victory|violence|win)\b"
)
"""What is named once it has happened: "Wednesday's ruling"."""
_COMING_SUBJECT = re.compile(
    r"['\u2019]s(?: [\w'\u2019-]+){1,5}? (?:will|(?:is|are)(?: also)? (?:due|expected|likely|meant|scheduled|set))\b"
)
_POSSESSIVE = ("'s", "\u2019s")
_MODALS = frozenset({"could", "may", "might", "must", "should"})
_UNTIL = re.compile(r"(?i:\b(?:until|till)\s*$)")
_NOT_UNTIL = re.compile(r"(?i:\bnot (?:until|till)\s*$)")
_SINCE = re.compile(r"(?i:\bsince(?: at least| about| around| the)?\s+)$")
_ASIDE = re.compile(r"(?i:\b(?:since|after|before)(?: the)?\s+)$")
_THROUGH = re.compile(r"(?i:\bthrough\s+)$")
_QUOTE = re.compile(r"[\"\u201c\u201d]|``|''")
_BEHIND = frozenset({
    "said", "told", "was", "were", "had", "did", "announced", "went", "came", "took", "made", "gave", "met", "held",
    "won", "lost", "fell", "rose", "left", "began", "became", "sent", "saw", "found", "led", "wrote", "spoke", "hit",
    "sold", "bought", "brought", "struck", "shot", "drew", "ran", "kept", "grew", "stood", "broke", "drove",
    "flew", "knew", "felt", "fought", "slept", "sat", "sang", "says", "has", "have",
})  # fmt: skip
_AUXILIARIES = frozenset({"be", "been", "have", "not", "also", "then", "likely", "to", "get", "stay", "remain"})
_NO_VERB = frozenset({"need", "indeed", "speed", "hundred", "united", "feed", "red", "bed", "seed", "proceed"})


def direction(text: str, start: int, end: int) -> Direction | None:
    """Return where the clause around `text[start:end]` puts it, or None when nothing tells.

    The nearest verb before the span decides; else the first after it.

    >>> direction("He said Tuesday that talks would begin Friday.", 8, 15)
    'past'
    >>> direction("He said Tuesday that talks would begin Friday.", 39, 45)
    'future'
    """
    # The first letter is looked at too, since a sentence may begin with the span.
    before = _SENTENCE_END.split(text[max(0, start - _REACH) : start + 1])[-1][:-1]
    after = _SENTENCE_END.split(text[end : end + _REACH])[0]
    if text.startswith(_POSSESSIVE, end):
        return _of_event(before.lower(), after.lower()) or _nearest(before, "")
    if _IS_ON.search(before):
        return "future"
    quoted = _QUOTE.split(before)[-1], _QUOTE.split(after)[0]
    told = (_nearest(*quoted) if quoted != (before, after) else None) or _nearest(before, after)
    return told or ("future" if _THROUGH.search(before) else None)


def is_since(text: str, start: int) -> bool:
    """Whether "since" stands before: what follows is over, whatever governs the clause."""
    return bool(_SINCE.search(text, max(0, start - len("since at least   ")), start))


def is_aside(text: str, start: int) -> bool:
    """Whether a date only tells what comes after or before it: "the third storm since Christmas"."""
    return bool(_ASIDE.search(text, max(0, start - len("before the   ")), start))


def _of_event(before: str, after: str) -> Direction | None:
    """Return where "Friday's vote" lies by the word before it, the kind of event, or what is said to come of it."""
    if _BEFORE_EVENT.search(before):
        return "future"
    if _AFTER_EVENT.search(before) or _DONE.match(after):
        return "past"
    return "future" if not before.strip() and _COMING_SUBJECT.match(after) else None


def _nearest(before: str, after: str) -> Direction | None:
    left, right = _cues(before, _MODALS), _cues(after)
    if left and _UNTIL.search(before) and right and (right[0] == "past" or _NOT_UNTIL.search(before)):
        # Up to then something was so, or not so: "until Tuesday they had waited".
        return "past"
    if left:
        return left[-1]
    return right[0] if right else None


@lru_cache(maxsize=256)
def _cues(clause: str, modals: frozenset[str] = frozenset()) -> tuple[Direction, ...]:
    """Return the cues of a clause in order; a verb inside a phrase that looks ahead is no cue of its own."""
    lower = clause.lower()
    refused = [match.span() for match in _REFUSED.finditer(lower)]
    ahead = [match.span() for match in _AHEAD.finditer(lower) if not _holds(refused, match.start())]
    words = list(_WORD.finditer(clause))
    ahead += [word.span() for word in words if word.group() in modals]
    cues: list[tuple[int, Direction]] = [*((at, "future") for at, _ in ahead), *((at, "past") for at, _ in refused)]
    verbs = [word.start() for word in words if _is_past_verb(word.group())]
    cues += [(at, "past") for at in verbs if not _within_phrase(clause, at, ahead)]
    return tuple(cue for _, cue in sorted(cues))


def _holds(spans: list[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _is_past_verb(word: str) -> bool:
    """Whether a word is a verb that looks back; a capitalised one only from the list, else it may be a name."""
    if word.lower() in _BEHIND:
        return True
    return word.endswith("ed") and len(word) > 4 and word.islower() and word not in _NO_VERB


def _within_phrase(clause: str, at: int, ahead: list[tuple[int, int]]) -> bool:
    """Whether the word at `at` belongs to a phrase that looks ahead: "will be sworn in", "is expected"."""
    return any(at >= start and _AUXILIARIES.issuperset(clause[end:at].split()) for start, end in ahead)
