"""What a text says of a speaker behind the name: "Rosa Lind (D-Arden), head of the Sea Guild"."""

from __future__ import annotations

from transforms.quoting.cues import cue_kind
from transforms.quoting.scene import Scene
from transforms.quoting.speakers import Speaker
from transforms.quoting.words import (
    AUXILIARIES,
    CLAUSE_WORDS,
    OCCASIONS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    WEEKDAYS,
)

_LONGEST = 30
_BRACKETED = 8
_SHORT = 2
_NO_START = (CLAUSE_WORDS | PREPOSITIONS | PRONOUNS | AUXILIARIES | WEEKDAYS | {"and", "to", "also"}) - {
    "of",
    "whose",
}
_TRIM = ".:;—–-"
_CLOSERS = "\"'”’»"


def described(scene: Scene, speaker: Speaker) -> Speaker:
    """Return a named `speaker` with the brackets and the apposition that follow the name, where some do."""
    last = scene.token_at(speaker.end) - 1
    if speaker.name is None or speaker.kind != "name" or last < 0 or scene.tokens[last].quote is not None:
        return speaker
    own = last
    last = _behind_brackets(scene, own)
    if _is_of(scene, last + 1) and not scene.tokens[last].ends_clause:
        last = _chunk_end(scene, last + 1)
    while scene.tokens[last].text.endswith(","):
        end = _apposition(scene, last + 1)
        if end is None:
            break
        is_short, last = end - last <= _SHORT, end
        if not is_short and not _is_relative(scene, last + 1):
            break
    return _up_to(scene, speaker, last) if last > own else speaker


def _is_relative(scene: Scene, at: int) -> bool:
    return at < len(scene.tokens) and scene.tokens[at].core in RELATIVES


def _behind_brackets(scene: Scene, last: int) -> int:
    """Return the token that ends the brackets behind token `last`, or `last` where none follow."""
    if last + 1 >= len(scene.tokens) or not scene.tokens[last + 1].text.startswith("("):
        return last
    for at in range(last + 1, min(last + 1 + _BRACKETED, len(scene.tokens))):
        if ")" in scene.tokens[at].text:
            return at
    return last


def _is_of(scene: Scene, at: int) -> bool:
    """Whether "of" and a name go on."""
    if at + 1 >= len(scene.tokens) or scene.tokens[at].core != "of":
        return False
    return any(scene.tokens[near].is_capitalised for near in range(at + 1, min(at + 3, len(scene.tokens))))


def _apposition(scene: Scene, start: int) -> int | None:
    """Return the last token of the apposition that starts at token `start`, if one does."""
    if start >= len(scene.tokens) or not _starts(scene, start):
        return None
    end = _chunk_end(scene, start)
    return None if scene.tokens[end].quote is not None or end < start else end


def _starts(scene: Scene, start: int) -> bool:
    token, name = scene.tokens[start], scene.name_at.get(start)
    if token.quote is not None or token.core in _NO_START or not token.core or cue_kind(scene, start):
        return False
    if token.core in RELATIVES and any(cue_kind(scene, at) == "finite" for at in range(start + 1, start + 3)):
        return False
    if scene.sentence_of[start] != scene.sentence_of[start - 1] or (name and name.label == "PERSON"):
        return False
    return not token.core.endswith(("ing", "ed", "ly")) or token.is_capitalised or token.core in RELATIVES


def _chunk_end(scene: Scene, start: int) -> int:
    """Return the last token of the phrase from token `start`: at a comma, the end of the sentence, or an occasion."""
    sentence_end = scene.sentences[scene.sentence_of[start]][1]
    is_relative = scene.tokens[start].core in RELATIVES | {"whose"}
    for at in range(start, min(start + _LONGEST, sentence_end)):
        token = scene.tokens[at]
        if token.quote is not None or not token.core or (at > start and _breaks(scene, at, is_relative=is_relative)):
            return at - 1
        if token.text.rstrip(_CLOSERS)[-1:] in ",;:":
            return at
    return min(start + _LONGEST, sentence_end) - 1


def _breaks(scene: Scene, at: int, *, is_relative: bool) -> bool:
    """Whether token `at` leads on to when, where or how it was said."""
    core = scene.tokens[at].core
    if core in WEEKDAYS or core in {"when", "after", "before", "while", "but"}:
        return True
    if not is_relative and (core == "as" or cue_kind(scene, at) == "finite"):
        return True
    following = {scene.tokens[near].core for near in range(at + 1, min(at + 4, len(scene.tokens)))}
    return core in {"in", "on", "at", "during", "to", "from"} and bool(following & (OCCASIONS | WEEKDAYS))


def _up_to(scene: Scene, speaker: Speaker, last: int) -> Speaker:
    end = scene.tokens[last].end
    kept = scene.text[speaker.end : end].rstrip().rstrip(_CLOSERS).rstrip(_TRIM).rstrip(",")
    if kept.count("(") > kept.count(")"):
        return speaker
    return speaker._replace(end=max(speaker.end + len(kept), speaker.end))
