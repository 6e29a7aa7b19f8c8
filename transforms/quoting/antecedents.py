"""Whom a pronoun or a description stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.quoting.genders import OTHER
from transforms.quoting.mention import Name
from transforms.quoting.scene import Scene
from transforms.quoting.speakers import LABELS, Speaker, phrase
from transforms.quoting.verbs import SAYING
from transforms.quoting.words import AUXILIARIES, CLAUSE_WORDS, OUTLET_NOUNS, PERSONAL, PREPOSITIONS

_BACK = 4
_READ = 100
_LOOKED_BACK = 400
_POSSESSIVE = ("'s", "’s")
_SEARCHED = 20_000
_PHRASE = 9
_TITLES = 20
_APART = 40
_APPOSED = re.compile(r",\s(?:the |a |an |one |who is |who was )?(?:[^\s,.;]{1,20} ){0,3}$")


def sentence_subject(scene: Scene, first: int, last: int) -> Speaker | None:
    """Return who tokens `first` to `last` (exclusive) are about: the first person or pronoun, else the first name."""
    other: Speaker | None = None
    for at in range(first, last):
        name = scene.name_at.get(at)
        if name and name.label == "PERSON" and not _is_possessive(scene, name):
            return Speaker(name.start, name.end, "name", name)
        if scene.tokens[at].core in PERSONAL:
            return Speaker(scene.tokens[at].start, scene.tokens[at].end, "pronoun")
        if name and name.label in LABELS and other is None:
            other = Speaker(name.start, name.end, "name", name)
    return other


def opening_phrase(scene: Scene, first: int, last: int) -> Speaker | None:
    """Return the phrase that opens the sentence of tokens `first` to `last` (exclusive), where a verb follows it."""
    start = _behind_opening(scene, first, last)
    for at in range(start, min(start + _PHRASE, last)):
        token = scene.tokens[at]
        is_verb = token.core in AUXILIARIES | SAYING or token.core.endswith("ed")
        if at > start and is_verb and not token.is_capitalised:
            return phrase(scene, start, at - 1)
        if token.ends_clause:
            return None
    return None


def _behind_opening(scene: Scene, first: int, last: int) -> int:
    """Return the token behind an opening like "On Friday,", or `first`."""
    opening = scene.tokens[first].core
    if opening not in PREPOSITIONS | CLAUSE_WORDS and not opening.endswith("ing"):
        return first
    return next((at + 1 for at in range(first, last - 1) if scene.tokens[at].text.endswith(",")), first)


def _is_possessive(scene: Scene, name: Name) -> bool:
    """Whether a name only qualifies what follows: "Lind's", "Arden-based"."""
    ending = scene.text[name.end : name.end + 2]
    return ending in _POSSESSIVE or ending[:1] == "-" or scene.text[name.start : name.end].endswith(_POSSESSIVE)


def stands_for(scene: Scene, speaker: Speaker, earlier: Sequence[Speaker]) -> Speaker:
    """Return `speaker` with the name it stands for, where that can be told; `earlier` speakers come last first."""
    if speaker.name:
        return speaker
    if speaker.kind == "pronoun":
        return speaker._replace(name=_antecedent(scene, speaker, earlier))
    return speaker._replace(name=_described(scene, speaker, earlier))


def _antecedent(scene: Scene, speaker: Speaker, earlier: Sequence[Speaker]) -> Name | None:
    """Find who stands before in the sentence, the subject of the one before, a speaker, or a subject further back."""
    core = scene.text[speaker.start : speaker.end].lower()
    labels = ("PERSON",) if core in PERSONAL else ("ORG", "GPE", "NORP")
    at = scene.token_at(speaker.start)
    number = scene.sentence_of[min(at, len(scene.sentence_of) - 1)]
    within = _first_in(scene, range(scene.sentences[number][0], at), labels, core)
    if within:
        return within
    for back in range(number - 1, max(number - 1 - _BACK, -1), -1):
        found = _first(scene, back, labels, core)
        if found or _has_pronoun(scene, back, core):
            return found or _fitting(scene, earlier, labels, core)
    return _fitting(scene, earlier, labels, core)


def _fitting(scene: Scene, earlier: Sequence[Speaker], labels: tuple[str, ...], core: str) -> Name | None:
    """Return the name of the last speaker the pronoun may stand for."""
    names = (spoke.name for spoke in earlier if spoke.name and spoke.name.label in labels)
    return next((name for name in names if _fits(scene, name, core)), None)


def _fits(scene: Scene, name: Name, core: str) -> bool:
    return core not in OTHER or scene.gender_of.get(name) != OTHER[core]


def _first(scene: Scene, number: int, labels: tuple[str, ...], core: str) -> Name | None:
    return _first_in(scene, _opening(scene, number), labels, core)


def _first_in(scene: Scene, tokens: range, labels: tuple[str, ...], core: str) -> Name | None:
    for at in tokens[:_READ]:
        name = scene.name_at.get(at)
        if name and name.label in labels and not _is_possessive(scene, name) and _fits(scene, name, core):
            return name
    return None


def _has_pronoun(scene: Scene, number: int, core: str) -> bool:
    return any(scene.tokens[at].core == core for at in _opening(scene, number))


def _opening(scene: Scene, number: int) -> range:
    """Return the tokens of a sentence, or its first ones where it is endless."""
    first, last = scene.sentences[number]
    return range(first, min(last, first + _READ))


def _described(scene: Scene, speaker: Speaker, earlier: Sequence[Speaker]) -> Name | None:
    """Find the name meant by "the outlet" (the last organisation) or "the <title>" (whoever had that title before)."""
    determiner, _, title = scene.text[speaker.start : speaker.end].partition(" ")
    if determiner.lower() != "the" or not title:
        return None
    if title.lower() in OUTLET_NOUNS:
        return _last_organisation(scene, speaker, earlier)
    return _titled(scene, title, speaker.start)


def _titled(scene: Scene, title: str, until: int) -> Name | None:
    """Return who had `title` last before `until`: "mayor Ana Silva", "Ana Silva, the mayor"."""
    floor, end, wanted = max(until - _SEARCHED, 0), until, title.lower()
    for _ in range(_TITLES):
        end = scene.lowered.rfind(wanted, floor, end)
        if end < 0:
            return None
        found = _holder(scene, end, end + len(wanted))
        if found:
            return found
    return None


def _holder(scene: Scene, start: int, end: int) -> Name | None:
    """Return the person right behind the title, or before it and a comma."""
    if scene.text[start - 1 : start].isalnum() or scene.text[end : end + 1].isalnum():
        return None
    before = _APPOSED.search(scene.text, max(start - _APART, 0), start)
    places = [scene.token_at(end)] + ([scene.token_at(before.start()) - 1] if before else [])
    names = (scene.name_at.get(at) for at in places)
    return next((name for name in names if name and name.label == "PERSON"), None)


def _last_organisation(scene: Scene, speaker: Speaker, earlier: Sequence[Speaker]) -> Name | None:
    """Return the last organisation that spoke, else the last one named."""
    for spoke in earlier:
        if spoke.name and spoke.name.label == "ORG":
            return spoke.name
    at = scene.token_at(speaker.start)
    for back in range(at - 1, max(at - _LOOKED_BACK, -1), -1):
        name = scene.name_at.get(back)
        if name and name.label == "ORG":
            return name
    return None
