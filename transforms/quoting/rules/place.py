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
    """A quotation in its scene, and the speakers of those before it."""

    scene: Scene
    number: int
    earlier: Sequence[Speaker | None]

    @property
    def quote(self) -> Quote:
        """The quotation."""
        return self.scene.quotes[self.number]

    @property
    def at(self) -> int:
        """The quotation's token."""
        return self.scene.quote_at[self.number]

    @property
    def first(self) -> int:
        """The first token of the sentence, or as far back as rules look."""
        return max(self.scene.sentences[self.scene.sentence_of[self.at]][0], self.at - REACH)

    @property
    def last(self) -> int:
        """The token after the sentence, or as far on as rules look."""
        return min(self.scene.sentences[self.scene.sentence_of[self.at]][1], self.at + REACH)

    @property
    def opens_sentence(self) -> bool:
        """Whether nothing of its sentence stands before it."""
        return self.first == self.at


def named(speaker: Speaker | None, cue: str | None) -> Found | None:
    """Return a find where there is a speaker."""
    return Found(speaker, cue) if speaker else None
