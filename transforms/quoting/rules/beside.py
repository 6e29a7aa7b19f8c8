"""Rules that look right beside the quotation."""

from __future__ import annotations

from transforms.quoting import words
from transforms.quoting.cues import cue_kind, cues
from transforms.quoting.rules.cued import of_cue, spoken_of
from transforms.quoting.rules.place import Found, Place, named
from transforms.quoting.speakers import phrase
from transforms.quoting.subjects import object_after, subject
from transforms.quoting.verbs import NOUN_LIKE, SAYING

_CLOSING_MARKS = "\"'“”‘’«»‹› "
_LABEL_WORDS = 6
_SIGNATURE_WORDS = 7
_DASHES = "—–―-"
_BRIDGES = frozenset(("that", "as", "it", "this", ""))
_BRIDGED = 4
_LONG = 5


def according_to(place: Place) -> Found | None:
    """According to X, words; words, according to X; words, per X."""
    tokens = place.scene.tokens
    start = tokens[place.first].start
    is_there = place.scene.lowered.find("according", start, place.quote.start) >= 0
    for at in range(place.at - 2, place.first - 1, -1) if is_there else ():
        if tokens[at].core == "according" and tokens[at + 1].core == "to":
            return named(object_after(place.scene, at + 1, place.at), "according to")
    after = _behind(place)
    if after + 1 < place.last and tokens[after].core == "per":
        return named(object_after(place.scene, after, place.last), "per")
    if after + 2 < place.last and (tokens[after].core, tokens[after + 1].core) == ("according", "to"):
        return named(object_after(place.scene, after + 1, place.last), "according to")
    return None


def _behind(place: Place) -> int:
    """Return the token behind the quotation and a dash or comma that stands alone."""
    after = place.at + 1
    is_bare = after < place.last and not place.scene.tokens[after].core
    return after + is_bare


def cue_before(place: Place) -> Found | None:
    """X said words; X said that words."""
    at = place.at - 1
    while at >= place.first and place.scene.tokens[at].core in _BRIDGES and at > place.at - _BRIDGED:
        at -= 1
    return of_cue(place, at) if at >= place.first else None


def cue_after(place: Place) -> Found | None:
    """Words, said X; words, X said; words? X was asked."""
    tokens = place.scene.tokens
    at = place.at + 1
    has_comma = tokens[place.at].text.rstrip(_CLOSING_MARKS)[-1:] in set(",?!—–-…") or _stands_alone(place)
    while at < place.last and not tokens[at].core and tokens[at].quote is None:
        at, has_comma = at + 1, True
    if at >= place.last:
        return None
    if cue_kind(place.scene, at) == "finite" and (has_comma or tokens[at].core not in NOUN_LIKE):
        return named(object_after(place.scene, at, place.last), tokens[at].core)
    is_put = tokens[at].core == "as" and any(tokens[near].core == "put" for near in range(at, min(at + 12, place.last)))
    if is_put:
        return _after_subject(place, at + 1)
    if not has_comma or tokens[at].core in words.OPENING_WORDS:
        return None
    is_open = tokens[place.at].text.rstrip(_CLOSING_MARKS)[-1:] == ","
    return _after_subject(place, at) or (_acted(place, at) if is_open else None)


def _acted(place: Place, at: int) -> Found | None:
    """Words, X laughed: a person and a verb of whatever meaning."""
    scene = place.scene
    name = scene.name_at.get(at)
    if scene.tokens[at].core not in words.PERSONAL and not (name and name.label == "PERSON"):
        return None
    while at + 1 < place.last and name and scene.name_at.get(at + 1) == name:
        at += 1
    verb = scene.tokens[at + 1] if at + 1 < place.last else None
    is_verb = verb and verb.core.endswith("ed") and not verb.is_capitalised and not scene.tokens[at].ends_clause
    return named(phrase(scene, at, at), verb.core) if is_verb and verb else None


def _stands_alone(place: Place) -> bool:
    """Whether the quotation is long and opens its sentence, so that its comma may be missing."""
    return place.opens_sentence and place.scene.tokens[place.at].text.count(" ") >= _LONG


def _after_subject(place: Place, start: int) -> Found | None:
    for at, kind in cues(place.scene, start, place.last):
        if any(token.quote is not None for token in place.scene.tokens[start:at]):
            return None
        cue = place.scene.tokens[at].core
        if kind == "passive" and not _is_said_to(place, at):
            passive = f"{place.scene.tokens[at - 1].core} {cue}"
            return spoken_of(place, at, start, place.last) or Found(None, passive)
        if kind in {"finite", "infinitive", "passive"}:
            return named(subject(place.scene, at, start), cue)
    return None


def _is_said_to(place: Place, at: int) -> bool:
    """Whether "to have" and a verb of saying follow: "she is reported to have said"."""
    following = [token.core for token in place.scene.tokens[at + 1 : min(at + 4, place.last)]]
    return following[:2] == ["to", "have"] and following[-1] in SAYING


def label(place: Place) -> Found | None:
    """X, a colon, words."""
    tokens = place.scene.tokens
    before = place.at - 1
    if before < place.first or not tokens[before].text.endswith(":") or before - place.first >= _LABEL_WORDS:
        return None
    if tokens[before].core in words.NO_SPEAKERS or next(cues(place.scene, place.first, place.at), None):
        return None
    speaker = phrase(place.scene, place.first, before)
    return named(speaker, ":") if speaker and tokens[before].is_capitalised else None


def dash(place: Place) -> Found | None:
    """Words, a dash and X: a signature."""
    tokens = place.scene.tokens
    after = place.at + 1
    is_short = 1 < place.last - after <= _SIGNATURE_WORDS + 1
    if not is_short or tokens[after].text.strip(_DASHES) or not tokens[after + 1].is_capitalised:
        return None
    last = after + 1
    while last + 1 < place.last and not tokens[last].ends_clause and tokens[last + 1].is_capitalised:
        last += 1
    return named(phrase(place.scene, after + 1, last), tokens[after].text)
