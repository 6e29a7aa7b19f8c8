"""The rules of attribution, in order: each looks at the words around a quotation for who said it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from transforms.quoting import words
from transforms.quoting.antecedents import sentence_subject
from transforms.quoting.cues import cue_kind, cues
from transforms.quoting.scanner import Quote
from transforms.quoting.scene import Scene
from transforms.quoting.speakers import Speaker, object_after, phrase, subject

_REACH = 60
_CLOSING_MARKS = "\"'“”‘’«»‹› "
_LABEL_WORDS = 6
_SIGNATURE_WORDS = 7
_DASHES = frozenset(("—", "–", "―", "-", "--"))


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
        return max(self.scene.sentences[self.scene.sentence_of[self.at]][0], self.at - _REACH)

    @property
    def last(self) -> int:
        """The token after the sentence, or as far on as rules look."""
        return min(self.scene.sentences[self.scene.sentence_of[self.at]][1], self.at + _REACH)

    @property
    def opens_sentence(self) -> bool:
        """Whether nothing of its sentence stands before it."""
        return self.first == self.at


def _according_to(place: Place) -> Found | None:
    tokens = place.scene.tokens
    for at in range(place.at - 2, place.first - 1, -1):
        if tokens[at].core == "according" and tokens[at + 1].core == "to":
            return _named(object_after(place.scene, at + 1, place.at), "according to")
    after = place.at + 1
    after += after < place.last and not tokens[after].core
    if after + 2 < place.last and (tokens[after].core, tokens[after + 1].core) == ("according", "to"):
        return _named(object_after(place.scene, after + 1, place.last), "according to")
    return None


def _named(speaker: Speaker | None, cue: str | None) -> Found | None:
    return Found(speaker, cue) if speaker else None


def _cue_before(place: Place) -> Found | None:
    """X said words; X said that words."""
    at = place.at - 1
    while at >= place.first and place.scene.tokens[at].core in {"that", "as", "it", ""} and at > place.at - 4:
        at -= 1
    return _of_cue(place, at) if at >= place.first else None


def _of_cue(place: Place, at: int) -> Found | None:
    """Find the subject of the cue at token `at`, before the quotation."""
    kind = cue_kind(place.scene, at)
    cue = place.scene.tokens[at].core
    if kind == "finite":
        return _named(subject(place.scene, at, place.first) or _leader(place, at), cue)
    if kind == "participle":
        return _named(_leader(place, at), cue)
    if kind == "noun":
        return _named(phrase(place.scene, at - 1, at - 1), cue)
    return None


def _leader(place: Place, at: int) -> Speaker | None:
    """Who the sentence is about before token `at`: the speaker of its earlier quotation, or its first name."""
    if place.earlier and place.earlier[-1] and place.scene.quote_at[place.number - 1] >= place.first:
        return place.earlier[-1]
    return sentence_subject(place.scene, place.first, at)


def _cue_after(place: Place) -> Found | None:
    """Words, said X; words, X said; words? X was asked."""
    tokens = place.scene.tokens
    at = place.at + 1
    has_comma = tokens[place.at].text.rstrip(_CLOSING_MARKS)[-1:] in set(",?!—–-…")
    while at < place.last and not tokens[at].core and tokens[at].quote is None:
        at, has_comma = at + 1, True
    if at >= place.last:
        return None
    if cue_kind(place.scene, at) == "finite" and tokens[at].core not in words.NOUN_LIKE:
        return _named(object_after(place.scene, at, place.last), tokens[at].core)
    if not has_comma or tokens[at].core in words.OPENING_WORDS:
        return None
    return _after_subject(place, at)


def _after_subject(place: Place, start: int) -> Found | None:
    for at, kind in cues(place.scene, start, place.last):
        if any(token.quote is not None for token in place.scene.tokens[start:at]):
            return None
        if kind == "passive":
            return Found(None, f"{place.scene.tokens[at - 1].core} {place.scene.tokens[at].core}")
        if kind == "finite":
            return _named(subject(place.scene, at, start), place.scene.tokens[at].core)
    return None


def _label(place: Place) -> Found | None:
    """X, a colon, words."""
    tokens = place.scene.tokens
    before = place.at - 1
    if before < place.first or not tokens[before].text.endswith(":") or before - place.first >= _LABEL_WORDS:
        return None
    speaker = phrase(place.scene, place.first, before)
    return _named(speaker, ":") if speaker and tokens[before].is_capitalised else None


def _dash(place: Place) -> Found | None:
    """Words, a dash and X: a signature."""
    tokens = place.scene.tokens
    after = place.at + 1
    is_short = 1 < place.last - after <= _SIGNATURE_WORDS + 1
    if not is_short or tokens[after].text not in _DASHES or not tokens[after + 1].is_capitalised:
        return None
    last = after + 1
    while last + 1 < place.last and not tokens[last].ends_clause and tokens[last + 1].is_capitalised:
        last += 1
    return _named(phrase(place.scene, after + 1, last), tokens[after].text)


def _clause(place: Place) -> Found | None:
    """X said the plan was words."""
    inner: Found | None = None
    for at in range(place.at - 1, place.first - 1, -1):
        found = _of_cue(place, at)
        if found and found.speaker and not _is_inner(place, found.speaker):
            return found
        inner = inner or found
    return inner


def _is_inner(place: Place, speaker: Speaker) -> bool:
    """Whether the speaker points back to another one: "Silva said she felt ..."."""
    determiner = place.scene.text[speaker.start : speaker.end].partition(" ")[0].lower()
    return speaker.kind == "pronoun" or determiner in words.POSSESSIVES


def _sentence_end(place: Place) -> Found | None:
    """Words and more, X said."""
    for at, kind in cues(place.scene, place.at + 1, place.last):
        speaker = subject(place.scene, at, place.at + 1) if kind == "finite" else None
        if speaker and _is_set_off(place, speaker):
            return Found(speaker, place.scene.tokens[at].core)
    return None


def _is_set_off(place: Place, speaker: Speaker) -> bool:
    """Whether the speaker follows a comma or another quotation."""
    before = place.scene.token_at(speaker.start) - 1
    token = place.scene.tokens[before]
    return before > place.at and (token.quote is not None or token.text.endswith(","))


def _colon(place: Place) -> Found | None:
    """Take a sentence that ends with a colon, then the quotation."""
    before = place.at - 1
    if not place.opens_sentence or before < 0 or not place.scene.tokens[before].text.endswith(":"):
        return None
    first = place.scene.sentences[place.scene.sentence_of[before]][0]
    for at, kind in sorted(cues(place.scene, first, place.at), reverse=True):
        speaker = subject(place.scene, at, first) if kind == "finite" else None
        if speaker:
            return Found(speaker, place.scene.tokens[at].core)
    return _named(sentence_subject(place.scene, first, place.at), ":")


def _continued(place: Place) -> Found | None:
    return _previous(place) if place.quote.is_continued else None


def _previous(place: Place) -> Found | None:
    return _named(place.earlier[-1] if place.earlier else None, None)


def _same_sentence(place: Place) -> Found | None:
    is_same = place.number > 0 and place.scene.quote_at[place.number - 1] >= place.first
    return _previous(place) if is_same else None


def _same_paragraph(place: Place) -> Found | None:
    """Take a quotation that is its own sentence, behind an attributed one."""
    return _previous(place) if place.opens_sentence and _paragraphs_back(place) == 0 else None


def _paragraphs_back(place: Place) -> int | None:
    if not place.number:
        return None
    here, before = place.at, place.scene.quote_at[place.number - 1]
    return place.scene.paragraph_of[here] - place.scene.paragraph_of[before]


def _previous_paragraph(place: Place) -> Found | None:
    return _previous(place) if place.opens_sentence and _paragraphs_back(place) == 1 else None


def _previous_sentence(place: Place) -> Found | None:
    """Take a quotation alone, behind a sentence about someone."""
    if not place.opens_sentence or not place.at:
        return None
    first, last = place.scene.sentences[place.scene.sentence_of[place.at - 1]]
    return _named(sentence_subject(place.scene, first, last), None)


RULES: tuple[tuple[str, Callable[[Place], Found | None]], ...] = (
    ("according_to", _according_to),
    ("cue_before", _cue_before),
    ("cue_after", _cue_after),
    ("label", _label),
    ("dash", _dash),
    ("clause", _clause),
    ("sentence_end", _sentence_end),
    ("continued", _continued),
    ("colon", _colon),
    ("same_sentence", _same_sentence),
    ("same_paragraph", _same_paragraph),
    ("previous_paragraph", _previous_paragraph),
    ("previous_sentence", _previous_sentence),
)
"""The rules by name; the first that finds something holds."""
