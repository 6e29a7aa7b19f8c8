"""Rules that carry a speaker on from what came before the quotation's sentence."""

from __future__ import annotations

from transforms.quoting.cues import cues
from transforms.quoting.genders import OTHER
from transforms.quoting.rules.place import REACH, Found, Place, named
from transforms.quoting.scene import Scene
from transforms.quoting.speakers import Speaker
from transforms.quoting.subjects import subject
from transforms.quoting.topics import sentence_subject


def continued(place: Place) -> Found | None:
    """Take a quotation that goes on from the paragraph before."""
    return _previous(place) if place.quote.is_continued else None


def _previous(place: Place) -> Found | None:
    return named(place.earlier[-1] if place.earlier else None, None)


def same_sentence(place: Place) -> Found | None:
    """Take a quotation behind another one of its sentence."""
    is_same = place.number > 0 and place.scene.quote_at[place.number - 1] >= place.first
    return _previous(place) if is_same else None


def reported(place: Place) -> Found | None:
    """Take a quotation alone, behind a sentence without one that reports someone's words."""
    sentence = _sentence_before(place)
    if not sentence or any(token.quote is not None for token in place.scene.tokens[slice(*sentence)]):
        return None
    for at, kind in cues(place.scene, *sentence):
        speaker = subject(place.scene, at, sentence[0]) if kind == "finite" else None
        if speaker and (_is_someone(place.scene, speaker) or (speaker.kind == "name" and not speaker.name)):
            return Found(speaker, None)
    return None


def _sentence_before(place: Place) -> tuple[int, int] | None:
    """Return the sentence before a quotation that opens its own, or what is read of it."""
    if not place.opens_sentence or not place.at:
        return None
    first, last = place.scene.sentences[place.scene.sentence_of[place.at - 1]]
    return max(first, last - REACH), last


def same_paragraph(place: Place) -> Found | None:
    """Take a quotation that is its own sentence, behind an attributed one."""
    return _previous(place) if place.opens_sentence and _paragraphs_back(place) == 0 else None


def _paragraphs_back(place: Place) -> int | None:
    if not place.number:
        return None
    here, before = place.at, place.scene.quote_at[place.number - 1]
    return place.scene.paragraph_of[here] - place.scene.paragraph_of[before]


def previous_paragraph(place: Place) -> Found | None:
    """Take a quotation alone, in the paragraph behind an attributed one."""
    paragraphs = place.scene.paragraph_of
    opens = place.at > 0 and paragraphs[place.at - 1] != paragraphs[place.at]
    return _previous(place) if opens and _paragraphs_back(place) == 1 else None


def previous_sentence(place: Place) -> Found | None:
    """Take a quotation alone, behind a sentence about someone."""
    sentence = _sentence_before(place)
    speaker = sentence_subject(place.scene, *sentence) if sentence else None
    return named(speaker if speaker and _is_someone(place.scene, speaker) else None, None)


def _is_someone(scene: Scene, speaker: Speaker) -> bool:
    """Whether the speaker is a named person, or "he" or "she"."""
    if speaker.kind == "pronoun":
        return scene.text[speaker.start : speaker.end].lower() in OTHER
    return bool(speaker.name and speaker.name.label == "PERSON")
