"""Who had a title or a role before: "the minister", "the 61-year-old writer"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from transforms.quoting.antecedents import person_before
from transforms.quoting.genders import known_gender
from transforms.quoting.mention import Name
from transforms.quoting.roles import COMPOUNDS, NAMELESS, ROLES
from transforms.quoting.scene import Scene
from transforms.quoting.words import INDEFINITE, PREPOSITIONS

_SEARCHED = 20_000
_TITLES = 12
_APART = 40
_MODIFIERS = 4
_BEHIND = 8
_OPPOSITES = 2
_APPOSED = re.compile(r",\s(?:the |a |an |one |who is |who was )?(?:[^\s,.;]{1,20} ){0,3}$")
_AGED = re.compile(r"\d{1,3}-year-old")
_ENDINGS = ("er", "or", "ist", "man", "woman", "ian")


def title_holder(scene: Scene, title: str, until: int) -> Name | None:
    """Find who had `title` (lower case) last before offset `until`, else whoever had its last word as a role.

    Where nobody had, the role is that of whom the sentences before are about, unless it was somebody's without a name.
    """
    words = title.split()
    *modifiers, head = list(takewhile(lambda word: word not in PREPOSITIONS, words)) or words
    is_known = head in ROLES or _AGED.fullmatch(head) is not None
    if not is_known and not head.endswith(_ENDINGS):
        return None
    holders = _holders(scene, title, until)
    found = next((name for start, name in holders if name and _before(scene, start) not in COMPOUNDS), None)
    if found or not is_known or head != words[-1]:
        return found
    return _by_role(scene, modifiers, head, until)


def _by_role(scene: Scene, modifiers: Sequence[str], head: str, until: int) -> Name | None:
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
    behind = scene.token_at(end)
    is_next = behind < len(scene.tokens) and scene.text[end : scene.tokens[behind].start].isspace()
    places = [behind] * is_next + ([scene.token_at(before.start()) - 1] if before else [])
    names = (scene.name_at.get(at) for at in (*places, *_behind_comma(scene, behind)))
    return next((name for name in names if name and name.label == "PERSON"), None)


def _behind_comma(scene: Scene, first: int) -> Iterator[int]:
    """Yield the token behind the first comma from token `first` on: "the mayor of Arden, Ana Silva,"."""
    for at in range(max(first - 1, 0), min(first + _BEHIND, len(scene.tokens) - 1)):
        if scene.tokens[at].ends_clause or scene.sentence_of[at] != scene.sentence_of[at + 1]:
            if scene.tokens[at].text.endswith(",") and _is_apposed(scene, at + 1):
                yield at + 1
            return


def _is_apposed(scene: Scene, at: int) -> bool:
    """Whether a comma or the end follows the name at token `at`."""
    name = scene.name_at.get(at)
    last = scene.token_at(name.end) - 1 if name else at
    return name is not None and (scene.tokens[last].ends_clause or scene.text[name.end : name.end + 1] in ".!?")
