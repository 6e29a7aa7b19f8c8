"""What differs between two wordings of a quotation, in words."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from transforms.quoting.wording import fold

_MOST_WORDS = 400
_MARKS = "\"'“”‘’„«»‟`‚‹› ,"


def changes(first: str, other: str) -> str | None:
    """Return the wording `other` with what it leaves out of `first` in [-...-] and what it puts in in {+...+}.

    None where only case, accents or punctuation differ, or where one of them is too long to be compared.

    >>> changes("“The water is rising slower now,”", '"The water is rising more slowly"')
    'The water is rising [-slower now-] {+more slowly+}'
    """
    if first == other:
        return None
    before, after = first.strip(_MARKS).split(), other.strip(_MARKS).split()
    folded = [fold(word) for word in before], [fold(word) for word in after]
    if max(len(before), len(after)) > _MOST_WORDS or "".join(folded[0]) == "".join(folded[1]):
        return None
    matcher = SequenceMatcher(None, *folded, autojunk=False)
    steps = (_step(code, before[i:j], after[k:end]) for code, i, j, k, end in matcher.get_opcodes())
    return " ".join(part for parts in steps for part in parts)


def _step(code: str, before: list[str], after: list[str]) -> Iterator[str]:
    if code == "equal":
        yield " ".join(after)
        return
    if before:
        yield f"[-{' '.join(before)}-]"
    if after:
        yield f"{{+{' '.join(after)}+}}"
