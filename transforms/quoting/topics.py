"""Who a sentence is about."""

from __future__ import annotations

from transforms.quoting.mention import Name
from transforms.quoting.scene import Scene
from transforms.quoting.speakers import LABELS, Speaker, phrase
from transforms.quoting.verbs import SAYING
from transforms.quoting.words import AUXILIARIES, CLAUSE_WORDS, HELPERS, IMPERSONAL, PERSONAL, PREPOSITIONS

_POSSESSIVE = ("'s", "’s")
_PHRASE = 9
_JOINING = frozenset(("and", "but", "so", "yet"))
_BEHIND_NAMES = AUXILIARIES | SAYING | CLAUSE_WORDS | PREPOSITIONS | HELPERS


def sentence_subject(scene: Scene, first: int, last: int) -> Speaker | None:
    """Return who tokens `first` to `last` (exclusive) are about: the first person or pronoun, else the first name."""
    other: Speaker | None = None
    for at in range(first, last):
        name = scene.name_at.get(at)
        if name and name.label == "PERSON" and not is_possessive(scene, name):
            return Speaker(name.start, name.end, "name", name)
        if scene.tokens[at].core in PERSONAL:
            return Speaker(scene.tokens[at].start, scene.tokens[at].end, "pronoun")
        if name and name.label in LABELS and other is None and not is_adjective(scene, at, name):
            other = Speaker(name.start, name.end, "name", name)
    return other


def impersonal(scene: Scene, first: int, last: int) -> Speaker | None:
    """Return the first "it" or "they" of tokens `first` to `last` (exclusive) that does not read but say."""
    found = (at for at in range(first, last - 1) if scene.tokens[at].core in IMPERSONAL)
    places = (scene.tokens[at] for at in found if not scene.tokens[at + 1].core.startswith("read"))
    return next((Speaker(one.start, one.end, "pronoun") for one in places), None)


def is_possessive(scene: Scene, name: Name) -> bool:
    """Whether a name only qualifies what follows: "Lind's", "Arden-based"."""
    return scene.text[name.end : name.end + 1] == "-" or is_owner(scene, name)


def is_owner(scene: Scene, name: Name) -> bool:
    """Whether something of the name follows: "Lind's"."""
    return scene.text[name.end : name.end + 2] in _POSSESSIVE or scene.text[name.start : name.end].endswith(_POSSESSIVE)


def is_adjective(scene: Scene, at: int, name: Name) -> bool:
    """Whether the name of a people or a place at token `at` describes the noun behind: "the Democratic nominee"."""
    if name.label not in {"NORP", "GPE"} or scene.tokens[at].ends_clause or at + 1 == len(scene.tokens):
        return False
    after = scene.tokens[at + 1]
    is_verb = after.core in _BEHIND_NAMES or after.core.endswith(("ed", "ly"))
    return not is_verb and after.core.isalpha() and scene.name_at.get(at + 1) != name


def opening_phrase(scene: Scene, first: int, last: int) -> Speaker | None:
    """Return the phrase that opens the sentence of tokens `first` to `last` (exclusive), where a verb follows it."""
    start = _behind_opening(scene, first, last)
    for at in range(start, min(start + _PHRASE, last)):
        token = scene.tokens[at]
        is_verb = token.core in AUXILIARIES | SAYING or token.core.endswith("ed")
        if at > start and is_verb and not token.is_capitalised:
            return _before_helpers(scene, start, at)
        if token.ends_clause:
            return None
    return None


def _before_helpers(scene: Scene, start: int, verb: int) -> Speaker | None:
    last = verb - 1
    while last > start and scene.tokens[last].core in HELPERS:
        last -= 1
    return phrase(scene, start, last)


def _behind_opening(scene: Scene, first: int, last: int) -> int:
    """Return the token behind an opening like "On Friday,", or `first`."""
    opening = scene.tokens[first].core
    if opening in _JOINING and first + 1 < last:
        return _behind_opening(scene, first + 1, last)
    if opening not in PREPOSITIONS | CLAUSE_WORDS and not opening.endswith("ing"):
        return first
    return next((at + 1 for at in range(first, last - 1) if scene.tokens[at].text.endswith(",")), first)
