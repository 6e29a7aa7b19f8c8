"""Whom "the outlet", "the company" or "the <title>" stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transforms.quoting.antecedents import person_before
from transforms.quoting.cues import cues
from transforms.quoting.genders import known_gender
from transforms.quoting.mention import Name
from transforms.quoting.roles import COMPOUNDS, NAMELESS, ORGANISATIONS, ROLES
from transforms.quoting.scene import Scene
from transforms.quoting.speakers import Speaker
from transforms.quoting.subjects import subject
from transforms.quoting.topics import is_possessive
from transforms.quoting.words import INDEFINITE, OUTLET_NOUNS, PREPOSITIONS, word_set

_LOOKED_BACK = 400
_SEARCHED = 20_000
_TITLES = 20
_APART = 40
_MODIFIERS = 4
_BEHIND = 8
_SENTENCES = 4
_READ = 60
_OPENING = 2
_REPORTS = word_set("reported reports report")
_OPPOSITES = 2
_APPOSED = re.compile(r",\s(?:the |a |an |one |who is |who was )?(?:[^\s,.;]{1,20} ){0,3}$")
_AGED = re.compile(r"\d{1,3}-year-old")


def bearer(scene: Scene, speaker: Speaker, earlier: Sequence[Speaker]) -> Name | None:
    """Find the name meant by "the outlet" (the last organisation) or "the <title>" (whoever had that title before)."""
    determiner, _, title = scene.text[speaker.start : speaker.end].lower().partition(" ")
    if determiner != "the" or not title:
        return None
    if title in OUTLET_NOUNS:
        return _last_organisation(scene, speaker, earlier)
    holders = _holders(scene, title, speaker.start)
    found = next((name for start, name in holders if name and _before(scene, start) not in COMPOUNDS), None)
    *modifiers, head = title.split()
    if found or not PREPOSITIONS.isdisjoint(modifiers):
        return found
    if head in ORGANISATIONS:
        return None if modifiers else _organisation_before(scene, speaker.start, head)
    return _person(scene, speaker.start, modifiers, head) if head in ROLES or _AGED.fullmatch(head) else None


def _person(scene: Scene, until: int, modifiers: Sequence[str], head: str) -> Name | None:
    """Find who had the role `head` before, else whom the sentences before are about; none where it was nobody named."""
    for start, holder in _holders(scene, head, until):
        if holder and _agrees(_before(scene, start), modifiers):
            return holder
        if not holder and _is_introduced(scene, scene.token_at(start)):
            return None
    found = None if head in NAMELESS else person_before(scene, until)
    genders = {known_gender(head), scene.gender_of.get(found) if found else None} - {None}
    return found if len(genders) < _OPPOSITES else None


def _before(scene: Scene, start: int) -> str:
    """Return the word before offset `start`."""
    words = scene.lowered[max(start - _APART, 0) : start].split()
    return words[-1] if words else ""


def _agrees(qualifier: str, modifiers: Sequence[str]) -> bool:
    """Whether a role found behind the word `qualifier` may be the one described: no "prime minister" by "minister"."""
    return qualifier == modifiers[-1] if modifiers else qualifier not in COMPOUNDS


def _is_introduced(scene: Scene, at: int) -> bool:
    """Whether the role at token `at` is that of somebody new: "one European diplomat"."""
    for back in range(at - 1, max(at - 1 - _MODIFIERS, -1), -1):
        if scene.tokens[back].core in INDEFINITE:
            return True
        if scene.tokens[back].ends_clause:
            return False
    return False


def _holders(scene: Scene, title: str, until: int) -> Iterator[tuple[int, Name | None]]:
    """Yield where `title` stands before `until`, last first, with whoever has it: "mayor Ana Silva"."""
    floor, end = max(until - _SEARCHED, 0), until
    for _ in range(_TITLES):
        end = scene.lowered.rfind(title, floor, end)
        if end < 0:
            return
        if not (scene.text[end - 1 : end].isalnum() or scene.text[end + len(title) : end + len(title) + 1].isalnum()):
            yield end, _holder(scene, end, end + len(title))


def _holder(scene: Scene, start: int, end: int) -> Name | None:
    """Return the person right behind the title, or before it and a comma, or behind a comma."""
    before = _APPOSED.search(scene.text, max(start - _APART, 0), start)
    places = [scene.token_at(end)] + ([scene.token_at(before.start()) - 1] if before else [])
    names = (scene.name_at.get(at) for at in (*places, *_behind_comma(scene, places[0])))
    return next((name for name in names if name and name.label == "PERSON"), None)


def _behind_comma(scene: Scene, first: int) -> Iterator[int]:
    """Yield the token behind the first comma from token `first` on: "the mayor of Arden, Ana Silva,"."""
    for at in range(max(first - 1, 0), min(first + _BEHIND, len(scene.tokens) - 1)):
        if scene.tokens[at].ends_clause or scene.sentence_of[at] != scene.sentence_of[at + 1]:
            if scene.tokens[at].text.endswith(","):
                yield at + 1
            return


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


def _giver(scene: Scene, first: int, last: int) -> Name | None:
    """Return the organisation that says something in tokens `first` to `last`; what others report of it is not its."""
    for at, kind in cues(scene, first, last):
        speaker = subject(scene, at, first) if kind == "finite" and scene.tokens[at].core not in _REPORTS else None
        if speaker and speaker.name and speaker.name.label == "ORG":
            return speaker.name
    return None


def _opener(scene: Scene, first: int, last: int) -> Name | None:
    names = (scene.name_at.get(at) for at in range(first, last))
    return next((name for name in names if name and name.label == "ORG" and not is_possessive(scene, name)), None)


def _last_organisation(scene: Scene, speaker: Speaker, earlier: Sequence[Speaker]) -> Name | None:
    """Return the last organisation that spoke, else the last one named."""
    at = scene.token_at(speaker.start)
    named = (scene.name_at.get(back) for back in range(at - 1, max(at - _LOOKED_BACK, -1), -1))
    spoke = (before.name for before in earlier)
    return next((name for name in (*spoke, *named) if name and name.label == "ORG"), None)
