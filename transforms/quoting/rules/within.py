"""Rules that look further away in the quotation's own sentence."""

from __future__ import annotations

from transforms.quoting import words
from transforms.quoting.cues import cue_kind, cues
from transforms.quoting.rules.cued import of_cue
from transforms.quoting.rules.place import REACH, Found, Place, named
from transforms.quoting.speakers import Speaker
from transforms.quoting.subjects import is_relative, subject
from transforms.quoting.topics import impersonal, sentence_subject


def clause(place: Place) -> Found | None:
    """X said the plan was words."""
    inner: Found | None = None
    for at in range(place.at - 1, place.first - 1, -1):
        found = of_cue(place, at)
        if found and found.speaker and not _is_inner(place, at, found.speaker):
            return found
        inner = inner or found
    return inner


def _is_inner(place: Place, at: int, speaker: Speaker) -> bool:
    """Whether an outer speaker is likelier: "Silva said she felt ...", "Silva told a boy who asked ..."."""
    if cue_kind(place.scene, at) == "noun":
        return place.scene.tokens[at + 1].core != "that"
    determiner = place.scene.text[speaker.start : speaker.end].partition(" ")[0].lower()
    return speaker.kind == "pronoun" or determiner in words.POSSESSIVES or is_relative(place.scene, at, place.first)


def sentence_end(place: Place) -> Found | None:
    """Words and more, X said."""
    for at, kind in cues(place.scene, place.at + 1, place.last):
        speaker = subject(place.scene, at, place.at + 1) if kind == "finite" else None
        if speaker and _is_set_off(place, speaker):
            return Found(speaker, place.scene.tokens[at].core)
    return None


def _is_set_off(place: Place, speaker: Speaker) -> bool:
    """Whether the speaker follows a comma or another quotation."""
    before = place.scene.token_at(speaker.start) - 1
    token = place.scene.tokens[before]
    return before > place.at and (token.quote is not None or token.text.endswith(","))


def _introduces(place: Place, at: int) -> bool:
    """Whether a colon, or a word like "comment" with a comma, stands at token `at`."""
    token = place.scene.tokens[at]
    return token.text.endswith(":") or (token.text.endswith(",") and token.core in words.SAYING_NOUNS)


def colon(place: Place) -> Found | None:
    """Take words behind a colon: who the sentence before it is about."""
    before = place.at - 1
    if before < 0 or not _introduces(place, before):
        return None
    first = max(place.scene.sentences[place.scene.sentence_of[before]][0], place.at - REACH)
    for at, kind in sorted(cues(place.scene, first, place.at), reverse=True):
        speaker = subject(place.scene, at, first) if kind == "finite" else None
        if speaker:
            return Found(speaker, place.scene.tokens[at].core)
    speaker = sentence_subject(place.scene, first, place.at)
    if speaker is None and place.scene.tokens[before].text.endswith(":"):
        speaker = impersonal(place.scene, first, place.at)
    return named(speaker, ":")
