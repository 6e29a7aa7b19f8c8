"""Whom "the outlet", "the company" or "the <title>" stands for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from transforms.quoting.cues import cues
from transforms.quoting.mention import Name
from transforms.quoting.roles import ORGANISATIONS
from transforms.quoting.scene import Scene
from transforms.quoting.speakers import Speaker
from transforms.quoting.subjects import object_after, subject
from transforms.quoting.titles import title_holder
from transforms.quoting.topics import is_possessive
from transforms.quoting.words import DOCUMENTS, OUTLET_NOUNS, PREPOSITIONS, word_set

_LOOKED_BACK = 400
_SEARCHED = 20_000
_SENTENCES = 4
_READ = 60
_OPENING = 2
_AUTHORS = ("ORG", "PERSON", "GPE")
_REPORTS = word_set("reported reports report")


def bearer(scene: Scene, speaker: Speaker, earlier: Sequence[Speaker]) -> Name | None:
    """Find the name meant by "the outlet" (the last organisation) or "the <title>" (whoever had that title before)."""
    determiner, _, title = scene.text[speaker.start : speaker.end].lower().partition(" ")
    if determiner != "the" or not title:
        return None
    if title in OUTLET_NOUNS:
        return _last_organisation(scene, speaker, earlier)
    head = title.rpartition(" ")[2]
    if head in DOCUMENTS:
        return _author(scene, speaker.start, head)
    if head in ORGANISATIONS:
        return _organisation_before(scene, speaker.start, head) if head == title else None
    return title_holder(scene, title, speaker.start)


def _organisation_before(scene: Scene, until: int, head: str) -> Name | None:
    """Find the organisation that the sentence before gives words to or begins with, past those about "it"."""
    at = scene.token_at(until)
    number = scene.sentence_of[min(at, len(scene.sentence_of) - 1)]
    for back in range(number - 1, max(number - 1 - _SENTENCES, -1), -1):
        first, last = scene.sentences[back]
        found = _giver(scene, first, min(last, first + _READ)) or _opener(scene, first, min(last, first + _OPENING))
        if found or not any(scene.tokens[at].core in {"it", head} for at in range(first, min(last, first + _OPENING))):
            return found
    return None


def _author(scene: Scene, until: int, head: str) -> Name | None:
    """Find who gave the statement, letter or the like named last before offset `until`: "X said in a statement"."""
    at = scene.lowered.rfind(head, max(until - _SEARCHED, 0), until)
    if at < 0:
        return None
    number = scene.sentence_of[max(scene.token_at(at + 1) - 1, 0)]
    first, last = scene.sentences[number]
    return _giver(scene, first, min(last, first + _READ), _AUTHORS)


def _giver(scene: Scene, first: int, last: int, labels: Collection[str] = ("ORG",)) -> Name | None:
    """Return who says something in tokens `first` to `last`, of those `labels`; what others report of it is not its."""
    for at, kind in cues(scene, first, last):
        if kind != "finite" or scene.tokens[at].core in _REPORTS:
            continue
        speaker = _behind_verb(scene, at, last) or subject(scene, at, first)
        if speaker and speaker.name and speaker.name.label in labels:
            return speaker.name
    return None


def _behind_verb(scene: Scene, at: int, last: int) -> Speaker | None:
    """Return the subject behind an inverted verb: "..., said Rosa Lind in a statement"."""
    if not scene.tokens[at - 1].ends_clause:
        return None
    speaker = object_after(scene, at, last)
    behind = scene.token_at(speaker.end) if speaker else last
    is_whole = behind >= last or scene.tokens[behind].core in PREPOSITIONS or scene.tokens[behind - 1].ends_clause
    return speaker if is_whole else None


def _opener(scene: Scene, first: int, last: int) -> Name | None:
    names = (scene.name_at.get(at) for at in range(first, last))
    return next((name for name in names if name and name.label == "ORG" and not is_possessive(scene, name)), None)


def _last_organisation(scene: Scene, speaker: Speaker, earlier: Sequence[Speaker]) -> Name | None:
    """Return the last organisation that spoke, else the last one named."""
    at = scene.token_at(speaker.start)
    named = (scene.name_at.get(back) for back in range(at - 1, max(at - _LOOKED_BACK, -1), -1))
    spoke = (before.name for before in earlier)
    return next((name for name in (*spoke, *named) if name and name.label == "ORG"), None)
