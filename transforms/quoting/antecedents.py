"""Whom a pronoun stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transforms.quoting.cues import cue_kind
from transforms.quoting.genders import OTHER
from transforms.quoting.mention import Name
from transforms.quoting.scene import Scene
from transforms.quoting.speakers import Speaker
from transforms.quoting.topics import is_adjective, is_owner, is_possessive
from transforms.quoting.words import AUXILIARIES, INDEFINITE, PREPOSITIONS, SUBORDINATORS, TOPICAL, word_set

_BACK = 4
_CHAIN = 12
_READ = 60
_OPENING = 4
_TOPIC = 2
_NOBODY = ("ORG", "GPE", "NORP")


class _Meant(NamedTuple):
    """What a pronoun may mean: its forms, and the labels of names."""

    core: str
    forms: frozenset[str]
    labels: tuple[str, ...]


_MEANT = {
    "he": _Meant("he", word_set("he his him himself"), ("PERSON",)),
    "she": _Meant("she", word_set("she her hers herself"), ("PERSON",)),
    "it": _Meant("it", word_set("it its itself"), _NOBODY),
    "they": _Meant("they", word_set("they their them themselves"), _NOBODY),
}


_SOMEBODY = _Meant("", word_set("he she"), ("PERSON",))


class _Read(NamedTuple):
    """What a sentence says of whom a pronoun means: a name, nobody with a name, or only the pronoun again."""

    name: Name | None = None
    is_unnamed: bool = False
    goes_on: bool = False


def antecedent(scene: Scene, pronoun: Speaker, earlier: Sequence[Speaker]) -> Name | None:
    """Find who stands before in the sentence, else whom the sentences before are about, else who spoke last."""
    meant = _MEANT.get(scene.text[pronoun.start : pronoun.end].lower())
    if meant is None:
        return None
    for read in _readings(scene, scene.token_at(pronoun.start), meant):
        if read.name or read.is_unnamed:
            return read.name
    return _speaker_before(scene, earlier, meant)


def person_before(scene: Scene, until: int) -> Name | None:
    """Find the person whom the sentences before offset `until` are about, unless "he" or "she" is somebody else."""
    own, *before = _readings(scene, scene.token_at(until), _SOMEBODY)
    if own.goes_on:
        return None
    return next((read.name for read in (own, *before) if read.name or read.is_unnamed), None)


def _readings(scene: Scene, until: int, meant: _Meant) -> Iterator[_Read]:
    """Read the sentence up to token `until`, and those before, as long as they may tell."""
    number = scene.sentence_of[min(until, len(scene.sentence_of) - 1)]
    first = scene.sentences[number][0]
    yield _read(scene, range(first, until), meant)
    left = _BACK
    for back in range(number - 1, max(number - 1 - _CHAIN, -1), -1):
        read = _read(scene, range(*scene.sentences[back]), meant)
        yield read
        left = _BACK if read.goes_on else left - 1
        if not left:
            return


def _read(scene: Scene, tokens: range, meant: _Meant) -> _Read:
    """Read a sentence: who its main clause is about, else who its opening is about."""
    if not tokens or _is_caption(scene, tokens):
        return _Read()
    tokens = tokens[:_READ]
    main = _main_clause(scene, tokens)
    parts = [tokens] if main == tokens.start else [range(main, tokens.stop), range(tokens.start, main)]
    if _is_topic(scene, tokens):
        parts.reverse()
    reads = [_read_clause(scene, part, meant) for part in parts]
    told = (read for read in reads if read.name or read.is_unnamed)
    is_bound = (
        reads[0].goes_on and scene.tokens[tokens.start].core not in SUBORDINATORS and not _is_topic(scene, tokens)
    )
    return reads[0] if is_bound else next(told, reads[0])


def _main_clause(scene: Scene, tokens: range) -> int:
    """Return where the main clause starts behind an opening like "When she left," or "Asked for his name,"."""
    opening = scene.tokens[tokens.start].core
    if opening not in SUBORDINATORS | PREPOSITIONS and not opening.endswith(("ing", "ed")):
        return tokens.start
    for at in tokens[:-1]:
        if scene.tokens[at].core in AUXILIARIES and opening not in SUBORDINATORS:
            return tokens.start
        if scene.tokens[at].text.endswith(","):
            return at + 1
    return tokens.start


def _is_topic(scene: Scene, tokens: range) -> bool:
    """Whether the sentence begins with whom it is about: "For Lind, ..."."""
    following = tokens[1 : 1 + _TOPIC]
    return scene.tokens[tokens.start].core in TOPICAL and any(at in scene.name_at for at in following)


def _read_clause(scene: Scene, tokens: range, meant: _Meant) -> _Read:
    """Read a clause from left to right up to the first name that the pronoun may mean, or the pronoun itself."""
    goes_on, is_unnamed = False, scene.tokens[tokens.start].core in INDEFINITE
    for at in tokens:
        core = scene.tokens[at].core.partition("'")[0]
        if core and core == meant.core:
            return _Read(goes_on=True)
        goes_on = goes_on or core in meant.forms
        if _may_mean(scene, at, meant):
            return _Read(scene.name_at[at])
        if is_unnamed and cue_kind(scene, at) == "finite":
            return _Read(is_unnamed=True)
    return _Read(None if goes_on else _owner(scene, tokens, meant), goes_on=goes_on)


def _may_mean(scene: Scene, at: int, meant: _Meant) -> bool:
    name = scene.name_at.get(at)
    if name is None or name.label not in meant.labels or is_possessive(scene, name):
        return False
    return fits(scene, name, meant.core) and not _is_place(scene, at, name)


def _owner(scene: Scene, tokens: range, meant: _Meant) -> Name | None:
    """Return whose the subject is: "Lind's voice broke"."""
    names = (scene.name_at.get(at) for at in tokens[:_OPENING])
    owners = (name for name in names if name and name.label == "PERSON" and name.label in meant.labels)
    return next((name for name in owners if is_owner(scene, name) and fits(scene, name, meant.core)), None)


def _is_place(scene: Scene, at: int, name: Name) -> bool:
    """Whether a name only says where, or of what kind: "in Arden", "the Norwegian port", "Arden police"."""
    if name.label == "PERSON":
        return False
    is_located = name.label == "GPE" and at > 0 and scene.tokens[at - 1].core in PREPOSITIONS
    return is_located or is_adjective(scene, at, name)


def _is_caption(scene: Scene, tokens: range) -> bool:
    """Whether no word has small letters: a credit or a heading."""
    return all(
        (scene.tokens[at].quote is None and not scene.tokens[at].core[:1].islower()) or scene.tokens[at].is_capitalised
        for at in tokens[:_READ]
    )


def fits(scene: Scene, name: Name, core: str) -> bool:
    """Whether a name may be meant by "he" or "she", as far as its gender tells."""
    return core not in OTHER or scene.gender_of.get(name) != OTHER[core]


def _speaker_before(scene: Scene, earlier: Sequence[Speaker], meant: _Meant) -> Name | None:
    """Return the name of the last speaker the pronoun may stand for."""
    names = (spoke.name for spoke in earlier if spoke.name and spoke.name.label in meant.labels)
    return next((name for name in names if fits(scene, name, meant.core)), None)
