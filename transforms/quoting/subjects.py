"""Who the subject of a verb is."""

from __future__ import annotations

from transforms.quoting.scene import Scene
from transforms.quoting.speakers import Speaker, phrase
from transforms.quoting.verbs import NOUN_LIKE, PARTICIPLES, SAYING
from transforms.quoting.words import CITING, CLAUSE_WORDS, HELPERS, PREPOSITIONS, PRONOUNS, RELATIVES, TIMES, WEEKDAYS

_VERBS = (SAYING | PARTICIPLES) - NOUN_LIKE
_REACH = 14
_APPOSITIONS = 6
_BRACKETED = 8
_TITLE = 5


def subject(scene: Scene, verb: int, floor: int) -> Speaker | None:
    """Return the subject of the verb at token `verb`, looking back no further than token `floor`."""
    last = _before_helpers(scene, verb, floor)
    if last >= floor and scene.tokens[last].core in RELATIVES:
        last -= 1
    if last < floor or scene.tokens[last].quote is not None or _is_verb(scene, last):
        return None
    is_bracketed = scene.tokens[last].text.endswith(")")
    last = _before_brackets(scene, last, floor)
    if scene.tokens[last].ends_clause or is_bracketed:
        return _apposed(scene, last, floor)
    if _is_boundary(scene, last):
        return None
    first = _phrase_start(scene, last, floor)
    if first - 1 > floor and scene.tokens[first - 1].core == "who" and not scene.tokens[first - 2].ends_clause:
        last = first - 2
        first = _phrase_start(scene, last, floor)
    is_opening = scene.tokens[first].core in PREPOSITIONS and first > floor
    return phrase(scene, first, last) or (_apposed(scene, first - 1, floor) if is_opening else None)


def is_relative(scene: Scene, verb: int, floor: int) -> bool:
    """Whether the subject of the verb at token `verb` is "who" or "which"."""
    last = _before_helpers(scene, verb, floor)
    return last >= floor and scene.tokens[last].core in RELATIVES


def _before_helpers(scene: Scene, verb: int, floor: int) -> int:
    last = verb - 1
    while last >= floor and _is_helper(scene, last):
        last -= 1
    return last


def _before_brackets(scene: Scene, at: int, floor: int) -> int:
    """Return the token before the brackets that end with token `at`, or `at` where none do."""
    if not scene.tokens[at].text.rstrip(",;:.").endswith(")"):
        return at
    for back in range(at, max(at - _BRACKETED, floor), -1):
        if scene.tokens[back].text.startswith("("):
            return back - 1
    return at


def _is_helper(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    is_plain = token.quote is None and at not in scene.name_at and not token.ends_clause
    return is_plain and (token.core in HELPERS or (token.core.endswith("ly") and not token.is_capitalised))


def _phrase_start(scene: Scene, last: int, floor: int) -> int:
    """Return the first token of the phrase that ends at `last`."""
    first = last
    while first > floor and last - first < _REACH and not _is_boundary(scene, first - 1):
        first -= 1
    return first


def _is_boundary(scene: Scene, at: int) -> bool:
    """Whether a phrase cannot reach over token `at`."""
    token = scene.tokens[at]
    if token.core == "and":
        is_last = at + 1 == len(scene.tokens)
        return is_last or not (scene.tokens[at - 1].is_capitalised and scene.tokens[at + 1].is_capitalised)
    return token.ends_clause or token.core in CLAUSE_WORDS | RELATIVES or _is_verb(scene, at)


def _is_verb(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    return token.core in _VERBS and at not in scene.name_at and not token.is_capitalised


def _apposed(scene: Scene, last: int, floor: int) -> Speaker | None:
    """Find the subject before commas: "Ana Silva, the mayor, said" and "The mayor, Ana Silva, said".

    The nearest person among the phrases between the commas, or the organisation that a description before it names;
    else the phrase before the last ones.
    """
    found: list[Speaker] = []
    for _ in range(_APPOSITIONS):
        if last < floor or scene.tokens[last].quote is not None:
            break
        if not scene.tokens[last].core:
            last -= 1
            continue
        last = _before_brackets(scene, last, floor)
        first = _phrase_start(scene, last, floor)
        opening = _aside_start(scene, first, floor)
        if opening is not None:
            last = opening - 1
            continue
        speaker = phrase(scene, first, last)
        if _is_person(speaker):
            return speaker
        found += [speaker] if speaker else []
        last = first - 1
    if len(found) > 1 and found[1].kind == "unnamed" and _is_organisation(found[0]):
        return found[0]
    return found[min(1, len(found) - 1)] if found else None


def _aside_start(scene: Scene, first: int, floor: int) -> int | None:
    """Return the token "who" or "quoting" that opens the clause with the phrase from token `first` on, if one does."""
    for at in (first, first - 1):
        if at > floor and scene.tokens[at].core in RELATIVES | CITING:
            return at
    return None


def _is_organisation(speaker: Speaker) -> bool:
    return bool(speaker.name and speaker.name.label == "ORG")


def _is_person(speaker: Speaker | None) -> bool:
    """Whether the speaker is a named person."""
    return bool(speaker and speaker.name and speaker.name.label == "PERSON")


def object_after(scene: Scene, verb: int, ceiling: int) -> Speaker | None:
    """Return the subject of an inverted verb ("said Ana Silva"): the phrase from token `verb + 1` on."""
    last = verb
    while last + 1 < ceiling and last - verb < _REACH and not _ends_object(scene, last, verb):
        last += 1
    return phrase(scene, verb + 1, last) if last > verb else None


def _is_double_title(scene: Scene, last: int) -> bool:
    """Whether "and" behind token `last` joins two titles of one person: "chairman and chief executive Ana Silva"."""
    after = range(last + 2, min(last + 2 + _TITLE, len(scene.tokens)))
    if last in scene.name_at or not after or scene.tokens[after[0]].is_capitalised:
        return False
    for at in after:
        if at in scene.name_at:
            return scene.name_at[at].label == "PERSON"
        if scene.tokens[at].ends_clause:
            return False
    return False


def _ends_object(scene: Scene, last: int, verb: int) -> bool:
    """Whether the phrase after a verb ends with the token `last`."""
    following = scene.tokens[last + 1]
    if following.text[0] == "(" or following.core in CLAUSE_WORDS | {"who", ""}:
        return True
    if following.core in WEEKDAYS | TIMES and last > verb:
        return True
    if following.core == "and":
        return not _is_double_title(scene, last)
    if ")" in scene.tokens[last].text and "(" not in scene.tokens[last].text:
        return True
    if following.core in PREPOSITIONS:
        return following.core not in {"of", "for"} or last in scene.name_at
    return last > verb and (scene.tokens[last].ends_clause or scene.tokens[last].core in PRONOUNS)
