"""Cues: the words that say someone is being quoted."""

from __future__ import annotations

from collections.abc import Iterator

from transforms.quoting.scene import Scene
from transforms.quoting.words import (
    NOUN_LIKE,
    PARTICIPLES,
    PASSIVE_HELPERS,
    PASSIVE_VERBS,
    PRONOUNS,
    SAYING,
    SAYING_NOUNS,
)


def cue_kind(scene: Scene, at: int) -> str | None:
    """Return what kind of cue token `at` is: finite, participle, passive, noun, or None."""
    token = scene.tokens[at]
    if token.quote is not None or at in scene.name_at or (token.is_capitalised and not _opens(scene, at)):
        return None
    before = scene.tokens[at - 1].core if at else ""
    if token.core in PASSIVE_VERBS and before in PASSIVE_HELPERS:
        return "passive"
    if token.core in SAYING_NOUNS and before.endswith(("'s", "s'")):
        return "noun"
    if token.core in NOUN_LIKE:
        return "finite" if _is_verb(scene, at) else None
    if token.core in PARTICIPLES:
        return "finite" if before in PASSIVE_HELPERS or before.partition("'")[0] in PRONOUNS else "participle"
    return "finite" if token.core in SAYING else None


def _opens(scene: Scene, at: int) -> bool:
    """Whether token `at` opens its sentence or follows a quotation."""
    return at == scene.sentences[scene.sentence_of[at]][0] or scene.tokens[at - 1].quote is not None


def _is_verb(scene: Scene, at: int) -> bool:
    """Whether a form that may be a noun stands as a verb: behind a name, before words given."""
    if at == 0 or at + 1 >= len(scene.tokens):
        return at > 0 and at - 1 in scene.name_at
    before, after = scene.tokens[at - 1], scene.tokens[at + 1]
    gives = after.quote is not None or after.core == "that" or scene.tokens[at].text[-1] in ":,"
    return gives or before.core in PRONOUNS or _may_act(scene, at - 1)


def _may_act(scene: Scene, at: int) -> bool:
    """Whether token `at` ends a name that may be a subject."""
    token, name = scene.tokens[at], scene.name_at.get(at)
    is_name = name.label != "NORP" if name else token.is_capitalised
    return is_name and not token.core.endswith(("'s", "s'"))


def cues(scene: Scene, first: int, last: int) -> Iterator[tuple[int, str]]:
    """Yield the cues among tokens `first` to `last` (exclusive) with their kinds."""
    for at in range(first, last):
        kind = cue_kind(scene, at)
        if kind:
            yield at, kind
