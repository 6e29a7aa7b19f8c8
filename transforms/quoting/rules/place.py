"""A quotation as the rules see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transforms.quoting.scanner import Quote
from transforms.quoting.scene import Scene
from transforms.quoting.speakers import Speaker

REACH = 60
"""How many tokens away rules look."""


class Found(NamedTuple):
    """What a rule found: a speaker, or with a cue alone that nobody is named."""

    speaker: Speaker | None
    cue: str | None


class Place(NamedTuple):
    """A quotation in its scene.

    `earlier`: the speakers of those before it. `at`: its token. `first`, `last`: the first token of its sentence
    and the one after it, or as far as rules look.
    """

    scene: Scene
    number: int
    earlier: Sequence[Speaker | None]
    at: int
    first: int
    last: int

    @property
    def quote(self) -> Quote:
        """The quotation."""
        return self.scene.quotes[self.number]

    @property
    def opens_sentence(self) -> bool:
        """Whether nothing of its sentence stands before it."""
        return self.first == self.at


def place_of(scene: Scene, number: int, earlier: Sequence[Speaker | None]) -> Place:
    """Return the place of quotation `number`."""
    at = scene.quote_at[number]
    first, last = scene.sentences[scene.sentence_of[at]]
    return Place(scene, number, earlier, at, max(first, at - REACH), min(last, at + REACH))


def named(speaker: Speaker | None, cue: str | None) -> Found | None:
    """Return a find where there is a speaker."""
    return Found(speaker, cue) if speaker else None
