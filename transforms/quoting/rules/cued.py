"""Who speaks, by the cue that says so."""

from __future__ import annotations

from transforms.quoting import words
from transforms.quoting.cues import cue_kind
from transforms.quoting.rules.place import Found, Place, named
from transforms.quoting.speakers import Speaker, phrase
from transforms.quoting.subjects import object_after, subject
from transforms.quoting.topics import opening_phrase, sentence_subject

_OPENING = 2
_FOLLOWING = 8
_BY = 3
_DIRECT = 3


def of_cue(place: Place, at: int) -> Found | None:
    """Find who speaks by the cue at token `at`, before the quotation."""
    kind = cue_kind(place.scene, at)
    cue = place.scene.tokens[at].core
    if kind == "finite":
        return named(subject(place.scene, at, place.first) or _leader(place, at), cue)
    if kind == "infinitive":
        is_near = at >= place.first + 2 and place.scene.tokens[at - 2].core in words.HELPERS
        if not is_near and at < place.at - _DIRECT:
            return None
        return named((subject(place.scene, at, place.first) if is_near else None) or _leader(place, at), cue)
    if kind == "participle":
        return named(_beside(place, at) or _leader(place, at) or _follower(place, at), cue)
    if kind == "noun":
        return named(phrase(place.scene, at - 1, at - 1), cue)
    return spoken_of(place, at, place.first, place.at) if kind == "passive" else None


def spoken_of(place: Place, at: int, floor: int, ceiling: int) -> Found | None:
    """Find who speaks by the passive at token `at`: "described by X as", "X was quoted as saying"."""
    tokens = place.scene.tokens
    following = range(at + 1, min(at + 1 + _BY, ceiling))
    for near in following:
        if tokens[near].core == "by":
            return named(object_after(place.scene, near, ceiling), tokens[at].core)
        if tokens[near].core == "saying":
            return named(subject(place.scene, at, floor), "saying")
    return None


def _beside(place: Place, at: int) -> Speaker | None:
    """Who stands right before a participle: "footage of X saying"."""
    before = place.scene.tokens[at - 1] if at > place.first else None
    name = place.scene.name_at.get(at - 1)
    is_subject = before and name and name.label == "PERSON" and not before.ends_clause
    return Speaker(name.start, name.end, "name", name) if is_subject and name else None


def _leader(place: Place, at: int) -> Speaker | None:
    """Who the sentence is about before token `at`: the speaker of its earlier quotation, or its subject."""
    if place.earlier and place.earlier[-1] and place.scene.quote_at[place.number - 1] >= place.first:
        return place.earlier[-1]
    opening = opening_phrase(place.scene, place.first, at)
    words_of_opening = place.scene.text[opening.start : opening.end] if opening else ""
    if opening and (opening.kind != "unnamed" or words_of_opening.partition(" of ")[0].endswith("s")):
        return opening
    return sentence_subject(place.scene, place.first, at) or opening


def _follower(place: Place, at: int) -> Speaker | None:
    """Who the sentence is about behind a participle that opens it: "After saying ..., she left"."""
    if at - place.first >= _OPENING:
        return None
    for near in range(place.at, place.last - 1):
        if place.scene.tokens[near].text.rstrip("\"'”’»")[-1:] == ",":
            return sentence_subject(place.scene, near + 1, min(near + 1 + _FOLLOWING, place.last))
    return None
