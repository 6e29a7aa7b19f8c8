"""Who said a quotation, and whether it is a sentence, a fragment or no speech."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transforms.quoting import words
from transforms.quoting.antecedents import antecedent
from transforms.quoting.aside import is_aside
from transforms.quoting.definite import bearer
from transforms.quoting.description import described
from transforms.quoting.mention import Name
from transforms.quoting.rules import RULES
from transforms.quoting.rules.place import Found, Place, place_of
from transforms.quoting.scanner import Quote, paragraphs
from transforms.quoting.scene import Scene, scene
from transforms.quoting.speakers import Speaker

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_REMEMBERED = 5
_OPENING_MARKS = "\"'“”‘’„«»‟`‚‹›( ["
_CLOSING_MARKS = "\"'“”‘’«»‹› "
_STOPS = frozenset(".?!…")
_ENDS = frozenset(".,?!…—–-")
_SURE = frozenset(("cue_before", "cue_after", "label", "dash", "colon", "continued", "clause", "sentence_end"))
"""Rules that find words said to be someone's."""
_WHOLE = frozenset(("same_paragraph", "previous_paragraph", "reported", "according_to"))
"""Rules that find words said to be someone's where they end a sentence."""
_SENTENCE_WORDS = 2
_PLAIN_SENTENCE_WORDS = 6
_TITLE_WORDS = 6
_SMALL = 3


class Attribution(NamedTuple):
    """One quotation's speaker (None when nobody is named), cue, rule, and kind."""

    quote: Quote
    speaker: Speaker | None
    cue: str | None
    rule: str | None
    confidence: float | None
    kind: str


def attribute(text: str, quotes: Sequence[Quote], names: Sequence[Name]) -> list[Attribution]:
    """Attribute each of `quotes` (in order, disjoint) of `text` to a speaker, given its entity mentions.

    >>> from transforms.quoting.scanner import find_quotes
    >>> text = "“We will wait,” one official said."
    >>> [found] = attribute(text, find_quotes(text), [])
    >>> text[found.speaker.start:found.speaker.end], found.cue, found.kind
    ('one official', 'said', 'full')
    """
    asides = {quote for quote, paragraph in _in_paragraphs(text, quotes) if is_aside(text, quote, paragraph)}
    laid_out = scene(text, [quote for quote in quotes if quote not in asides], names)
    done = {quote: Attribution(quote, None, None, None, None, "scare") for quote in asides}
    speakers: list[Speaker | None] = []
    for number, quote in enumerate(laid_out.quotes):
        done[quote] = _attribution(place_of(laid_out, number, speakers))
        speakers.append(done[quote].speaker)
    return [done[quote] for quote in quotes]


def _in_paragraphs(text: str, quotes: Sequence[Quote]) -> Iterator[tuple[Quote, tuple[int, int]]]:
    """Yield each quotation with the paragraph it starts in."""
    spans = paragraphs(text)
    ends = [end for _, end in spans]
    for quote in quotes:
        yield quote, spans[bisect_right(ends, quote.start)]


def _attribution(place: Place) -> Attribution:
    words_given = place.scene.text[place.quote.start : place.quote.end]
    for name, rule in RULES:
        found = rule(place)
        if found:
            return _settled(place, name, found, words_given)
    return Attribution(place.quote, None, None, None, None, _kind(words_given, None))


def _settled(place: Place, rule: str, found: Found, words_given: str) -> Attribution:
    kind = _kind(words_given, rule)
    if found.speaker is None or (kind == "scare" and found.cue):
        cue = None if found.speaker else found.cue
        return Attribution(place.quote, None, cue, None, None, kind)
    earlier = [before for before in place.earlier[: -_REMEMBERED - 1 : -1] if before]
    speaker = _with_name(place.scene, found.speaker, earlier)
    if rule != "according_to" or speaker.start > place.quote.start:
        speaker = described(place.scene, speaker)
    share = words.PRONOUN_SHARE if speaker.kind != "name" and speaker.name else 1.0
    confidence = round(words.CONFIDENCE[rule] * share, 3)
    return Attribution(place.quote, speaker, found.cue, rule, confidence, kind)


def _with_name(scene: Scene, speaker: Speaker, earlier: Sequence[Speaker]) -> Speaker:
    """Return `speaker` with the name it stands for, where that can be told; `earlier` speakers come last first."""
    if speaker.name:
        return speaker
    find = antecedent if speaker.kind == "pronoun" else bearer
    return speaker._replace(name=find(scene, speaker, earlier))


def _kind(words_given: str, rule: str | None) -> str:
    """Full for a sentence, partial for a fragment, scare for a few words or a title nobody is said to say."""
    inner = words_given.strip(_OPENING_MARKS)
    found = _WORD.findall(inner)
    ending = words_given.rstrip(_CLOSING_MARKS)[-1:]
    is_said = rule in _SURE or (rule in _WHOLE and ending in _STOPS)
    if not is_said and (len(found) <= words.SCARE_WORDS or _is_title(found)):
        return "scare"
    least = _SENTENCE_WORDS if ending in _ENDS else _PLAIN_SENTENCE_WORDS
    return "full" if inner[:1].isupper() and len(found) >= least else "partial"


def _is_title(found: list[str]) -> bool:
    """Whether these are the words of a title: few, and capitalised but for the small ones."""
    is_capital = all(word[0].isupper() or word[0].isdigit() or len(word) <= _SMALL for word in found)
    return is_capital and len(found) <= _TITLE_WORDS
