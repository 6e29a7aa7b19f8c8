"""What differs between two wordings of a quotation, in words."""

from __future__ import annotations

from collections.abc import Iterator

from transforms.differences import Difference, differences
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
    return " ".join(_marked(before, after, differences(*folded)))


def _marked(before: list[str], after: list[str], found: list[Difference]) -> Iterator[str]:
    done = 0
    for start, end, other_start, other_end in found:
        yield from after[done:other_start]
        if start < end:
            yield f"[-{' '.join(before[start:end])}-]"
        if other_start < other_end:
            yield f"{{+{' '.join(after[other_start:other_end])}+}}"
        done = other_end
    yield from after[done:]
