"""Whom "the outlet" or "the <title>" stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.quoting.mention import Name
from transforms.quoting.scene import Scene
from transforms.quoting.speakers import Speaker
from transforms.quoting.words import OUTLET_NOUNS

_LOOKED_BACK = 400
_SEARCHED = 20_000
_TITLES = 20
_APART = 40
_APPOSED = re.compile(r",\s(?:the |a |an |one |who is |who was )?(?:[^\s,.;]{1,20} ){0,3}$")


def bearer(scene: Scene, speaker: Speaker, earlier: Sequence[Speaker]) -> Name | None:
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
