"""Cues: the words that say someone is being quoted."""

from __future__ import annotations

from collections.abc import Iterator

from transforms.quoting.scene import Scene, Token
from transforms.quoting.verbs import BASES, NOUN_LIKE, PARTICIPLES, PASSIVES, SAYING
from transforms.quoting.words import AUXILIARIES, BE, DETERMINERS, DOCUMENTS, PRONOUNS, PUT_WORDS, SAYING_NOUNS

_ADVERBS = 2
_DOING = frozenset(("adding", "attacking", "finding", "ordering", "pointing", "posting", "reading", "referring"))
"""What someone is doing, rather than saying."""


def cue_kind(scene: Scene, at: int) -> str | None:
    """Return what kind of cue token `at` is: finite, participle, infinitive, passive, noun, or None."""
    token = scene.tokens[at]
    if token.quote is not None or at in scene.name_at or (token.is_capitalised and not _opens(scene, at)):
        return None
    before = scene.tokens[at - 1].core if at else ""
    if token.core in SAYING_NOUNS and before.endswith(("'s", "s'")):
        return "noun"
    if token.core in PARTICIPLES:
        return _participle_kind(token, "" if at and scene.tokens[at - 1].ends_clause else before)
    return _verb_kind(scene, at, before)


def _participle_kind(token: Token, before: str) -> str | None:
    """Return the kind of a participle behind the word `before`: "be adding" and "a warning" give no words."""
    is_finite = before in BE or before.partition("'")[0] in PRONOUNS
    if before == "be" or before in DETERMINERS or (is_finite and token.core in _DOING):
        return None
    return "finite" if is_finite else "participle"


def _verb_kind(scene: Scene, at: int, before: str) -> str | None:
    core = scene.tokens[at].core
    if (core == "read" and before in DOCUMENTS) or (core == "put" and _puts(scene, at)):
        return "finite"
    if before == "so" and core == "called":
        return None
    if core in PASSIVES and _is_passive(scene, at):
        return "passive"
    if core in BASES and before == "to":
        return "infinitive"
    if core in NOUN_LIKE:
        return "finite" if _is_verb(scene, at) else None
    return "finite" if core in SAYING else None


def _puts(scene: Scene, at: int) -> bool:
    return at + 1 < len(scene.tokens) and scene.tokens[at + 1].core in PUT_WORDS


def _is_passive(scene: Scene, at: int) -> bool:
    """Whether a form of `be` stands before token `at`, at most some adverbs away."""
    for back in range(at - 1, max(at - 2 - _ADVERBS, -1), -1):
        core = scene.tokens[back].core
        if core in BE or scene.tokens[back].quote is not None:
            return core in BE
        if not core.endswith("ly") and core not in {"also", "later", "often", "once", "not", "since"}:
            return False
    return False


def _opens(scene: Scene, at: int) -> bool:
    """Whether token `at` opens its sentence or follows a quotation."""
    return at == scene.sentences[scene.sentence_of[at]][0] or scene.tokens[at - 1].quote is not None


def _is_verb(scene: Scene, at: int) -> bool:
    """Whether a form that may be a noun stands as a verb: behind its subject, before words given."""
    if at == 0:
        return False
    before = scene.tokens[at - 1].core
    if before in PRONOUNS or before in AUXILIARIES:
        return True
    is_base = scene.tokens[at].core in BASES
    if _may_act(scene, at - 1) and (not is_base or before.endswith("s")):
        return True
    return _gives(scene, at) and (not is_base or before.endswith("s"))


def _gives(scene: Scene, at: int) -> bool:
    """Whether words that are said follow token `at`."""
    if scene.tokens[at].text[-1] in ":,":
        return True
    after = scene.tokens[at + 1] if at + 1 < len(scene.tokens) else None
    return after is not None and (after.quote is not None or after.core == "that")


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
