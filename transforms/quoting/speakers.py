"""Who the subject of a verb is, and whom a pronoun stands for."""

from __future__ import annotations

from typing import NamedTuple

from transforms.quoting.scene import Name, Scene
from transforms.quoting.words import (
    CLAUSE_WORDS,
    DETERMINERS,
    HELPERS,
    PARTICIPLES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SAYING,
    TITLE_PREPOSITIONS,
)

LABELS = frozenset(("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "WORK"))
_REACH = 14
_APPOSITIONS = 4
_TRIM = "\"'“”‘’()[],;:.—–―-"
_ELLIPSES = ("'s", "'ve", "'d", "'ll", "'re", "'m")


class Speaker(NamedTuple):
    """Words that name a speaker (code points, half-open), and the mention they are or stand for."""

    start: int
    end: int
    kind: str
    name: Name | None = None


def subject(scene: Scene, verb: int, floor: int) -> Speaker | None:
    """Return the subject of the verb at token `verb`, looking back no further than token `floor`."""
    last = verb - 1
    while last >= floor and _is_helper(scene, last):
        last -= 1
    if last >= floor and scene.tokens[last].core in RELATIVES:
        last -= 1
    if last < floor or scene.tokens[last].quote is not None or _is_verb(scene, last):
        return None
    if scene.tokens[last].ends_clause or scene.tokens[last].text.endswith(")"):
        return _apposed(scene, last, floor)
    if _is_boundary(scene, last):
        return None
    return phrase(scene, _phrase_start(scene, last, floor), last)


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
    return token.core in SAYING | PARTICIPLES and at not in scene.name_at and not token.is_capitalised


def _apposed(scene: Scene, last: int, floor: int) -> Speaker | None:
    """Find the subject before commas: "Ana Silva, the mayor, said" and "The mayor, Ana Silva, said".

    The nearest person among the phrases between the commas, else the phrase before the last ones.
    """
    found: list[Speaker] = []
    for _ in range(_APPOSITIONS):
        if last < floor or scene.tokens[last].quote is not None:
            break
        first = _phrase_start(scene, last, floor)
        speaker = phrase(scene, first, last)
        if is_person(speaker):
            return speaker
        found += [speaker] if speaker else []
        last = first - 2 if scene.tokens[first - 1].core in RELATIVES else first - 1
    return found[min(1, len(found) - 1)] if found else None


def is_person(speaker: Speaker | None) -> bool:
    """Whether the speaker is a named person."""
    return bool(speaker and speaker.name and speaker.name.label == "PERSON")


def object_after(scene: Scene, verb: int, ceiling: int) -> Speaker | None:
    """Return the subject of an inverted verb ("said Ana Silva"): the phrase from token `verb + 1` on."""
    last = verb
    while last + 1 < ceiling and last - verb < _REACH and not _ends_object(scene, last, verb):
        last += 1
    return phrase(scene, verb + 1, last) if last > verb else None


def _ends_object(scene: Scene, last: int, verb: int) -> bool:
    """Whether the phrase after a verb ends with the token `last`."""
    following = scene.tokens[last + 1]
    if following.quote is not None or following.text[0] in "(—–―" or following.core in CLAUSE_WORDS | {"who", "and"}:
        return True
    if following.core in PREPOSITIONS:
        return following.core not in {"of", "for"} or last in scene.name_at
    return last > verb and (scene.tokens[last].ends_clause or scene.tokens[last].core in PRONOUNS)


def phrase(scene: Scene, first: int, last: int) -> Speaker | None:
    """Return the speaker the noun phrase of tokens `first` to `last` means.

    Its head stands before the first preposition: a name there is the speaker;
    a common noun there makes the whole phrase an unnamed one.
    """
    pronoun = _pronoun(scene, last)
    if pronoun or scene.tokens[last].quote is not None:
        return pronoun
    first, head = _headed(scene, first, last)
    name = scene.name_at.get(head)
    if name and name.label in LABELS:
        return Speaker(name.start, name.end, "name", name)
    if scene.tokens[head].core in DETERMINERS and head < last:
        return _unnamed(scene, first, last)
    if scene.tokens[head].core in DETERMINERS | PREPOSITIONS or not scene.tokens[head].core:
        return None
    if scene.tokens[head].is_capitalised and scene.tokens[first].core not in DETERMINERS:
        return _capitalised(scene, first, head)
    return _unnamed(scene, first, last)


def _pronoun(scene: Scene, at: int) -> Speaker | None:
    token = scene.tokens[at]
    core = token.core
    for ending in _ELLIPSES:
        core = core.removesuffix(ending)
    if core not in PRONOUNS:
        return None
    start = token.start + token.text.lower().index(core)
    return Speaker(start, start + len(core), "pronoun")


def _headed(scene: Scene, first: int, last: int) -> tuple[int, int]:
    """Where the phrase proper starts, and its head."""
    if scene.tokens[first].core in PREPOSITIONS and first < last:
        return _after_opening(scene, first, last), last
    for at in range(first + 1, last + 1):
        if scene.tokens[at].core in PREPOSITIONS and at not in scene.name_at:
            return first, at - 1
    return first, last


def _after_opening(scene: Scene, first: int, last: int) -> int:
    """Find the start of the subject behind an opening like "On Tuesday": its last determiner, or its last word."""
    for at in range(last, first, -1):
        if scene.tokens[at].core in DETERMINERS:
            return at
    return last


def _capitalised(scene: Scene, first: int, head: int) -> Speaker:
    start = head
    while start > first and scene.tokens[start - 1].is_capitalised:
        start -= 1
    return _speaker(scene, start, head, "name")


def _unnamed(scene: Scene, first: int, last: int) -> Speaker:
    for at in range(last, first, -1):
        is_title = scene.tokens[at - 1].core in TITLE_PREPOSITIONS
        if scene.tokens[at].core in DETERMINERS and not is_title:
            return _speaker(scene, at, last, "unnamed")
    return _speaker(scene, first, last, "unnamed")


def _speaker(scene: Scene, first: int, last: int, kind: str) -> Speaker:
    start, end = scene.tokens[first].start, scene.tokens[last].end
    words = scene.text[start:end]
    kept = words.rstrip(_TRIM)
    start += len(words) - len(words.lstrip(_TRIM))
    return Speaker(start, max(end - len(words) + len(kept), start + 1), kind)
