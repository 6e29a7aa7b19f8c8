"""The words that name a speaker: noun phrases and what they mean."""

from __future__ import annotations

from typing import NamedTuple

from transforms.quoting.mention import Name
from transforms.quoting.scene import Scene
from transforms.quoting.words import (
    ABBREVIATIONS,
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SOMEONE,
    TITLE_PREPOSITIONS,
)

LABELS = frozenset(("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "WORK"))
_NO_PHRASE = AUXILIARIES | PRONOUNS
_NO_END = PREPOSITIONS | {"as", "to", "the", "a", "an"}
_TRIM = "\"'“”‘’()[],;:.—–―-"
_ELLIPSES = ("'s", "'ve", "'d", "'ll", "'re", "'m")


class Speaker(NamedTuple):
    """Words that name a speaker (code points, half-open), and the mention they are or stand for."""

    start: int
    end: int
    kind: str
    name: Name | None = None


def phrase(scene: Scene, first: int, last: int) -> Speaker | None:
    """Return the speaker the noun phrase of tokens `first` to `last` means.

    Its head stands before the first preposition: a name there is the speaker;
    a common noun there makes the whole phrase an unnamed one.
    """
    pronoun = _pronoun(scene, last)
    if pronoun or scene.tokens[last].quote is not None or scene.tokens[last].core in _NO_END:
        return pronoun
    if _is_adverbial(scene, first, last):
        return None
    first, head = _headed(scene, first, last)
    name = scene.name_at.get(head)
    if name and name.label in LABELS:
        return Speaker(name.start, name.end, "name", name)
    return _without_mention(scene, first, head, last)


def _without_mention(scene: Scene, first: int, head: int, last: int) -> Speaker | None:
    core = scene.tokens[head].core
    if core in DETERMINERS and (head < last or core in SOMEONE):
        return _unnamed(scene, first, last)
    if core in DETERMINERS | PREPOSITIONS or not core:
        return None
    if scene.tokens[head].is_capitalised and not _is_common(scene, first, head, last):
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


def _is_adverbial(scene: Scene, first: int, last: int) -> bool:
    """Whether the words are a preposition with its phrase and nothing more: "for his part"."""
    tokens = scene.tokens
    is_phrase = first < last and tokens[first].core in PREPOSITIONS and tokens[first + 1].core in DETERMINERS
    following = range(first + 2, last + 1)
    return is_phrase and not any(tokens[at].core in DETERMINERS or at in scene.name_at for at in following)


def _headed(scene: Scene, first: int, last: int) -> tuple[int, int]:
    """Where the phrase proper starts, and its head."""
    if scene.tokens[first].core in PREPOSITIONS and first < last:
        return _after_opening(scene, first, last), last
    for at in range(first + 1, last + 1):
        if scene.tokens[at].core in PREPOSITIONS and at not in scene.name_at:
            return first, last if _is_titled(scene, first, at - 1, last) else at - 1
    return first, last


def _is_common(scene: Scene, first: int, head: int, last: int) -> bool:
    """Whether a capitalised head may be a common noun: behind a determiner, or as the first word of a sentence."""
    if scene.tokens[first].core in DETERMINERS:
        return True
    return first == head < last and scene.sentences[scene.sentence_of[first]][0] == first


def _is_titled(scene: Scene, first: int, head: int, last: int) -> bool:
    """Whether the phrase is a person's title with a preposition in it, and the name: "Secretary of State Ana Silva"."""
    name = scene.name_at.get(last)
    if head == last or not name or name.label != "PERSON" or scene.tokens[first].core in DETERMINERS:
        return False
    if scene.tokens[head].core.endswith("s") and not scene.tokens[head].is_capitalised:
        return False
    before = scene.token_at(name.start) - 1
    while before > head and scene.tokens[before].core in ABBREVIATIONS:
        before -= 1
    return before > head and scene.tokens[before].core not in PREPOSITIONS | DETERMINERS


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


def _unnamed(scene: Scene, first: int, last: int) -> Speaker | None:
    cores = [scene.tokens[at].core for at in range(first, last + 1)]
    if any(core in _NO_PHRASE or core.endswith("n't") for core in cores):
        return None
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
