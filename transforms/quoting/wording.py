"""What makes two quotations the same words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from difflib import SequenceMatcher

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ENDINGS = {"'ve": " have", "'re": " are", "'ll": " will", "n't": " not", "'m": " am"}
"""Contractions written out; `'s` and `'d` have two readings and stay."""
_ENDING = re.compile(r"(?:'ve|'re|'ll|n't|'m)$")

_SIZE = 3
_LEAST_WORDS = 6
_LEAST_SHARE = 0.75
_LEAST_SHARED = 5
_LEAST_IN_ORDER = 8
_MOST_IN_ORDER = 60
_COMMON = 200
_VERIFIED = 50


def fold(surface: str) -> str:
    """Return the words of a quotation in one form: no case, accents, marks or contractions.

    >>> fold("“We’ve won,”") == fold('"we have won"')
    True
    """
    plain = surface.replace("’", "'").casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).casefold()
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = (_written_out(word) if "'" in word else word for word in _WORD.findall(plain))
    return " ".join(words).replace("'", "")


def _written_out(word: str) -> str:
    return _ENDING.sub(lambda found: _ENDINGS[found.group()], word)


def group_id(folded: str) -> str:
    """Return the id of the group that the wording `folded` founds."""
    return hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Groups:
    """Wordings seen so far, and the group of each; an index over word 3-shingles finds those that overlap."""

    def __init__(self) -> None:
        self._group_of: dict[str, str] = {}
        self._wordings: list[str] = []
        self._groups: list[str] = []
        self._sizes: list[int] = []
        self._index: dict[str, list[int]] = {}

    def place(self, wordings: Collection[str]) -> dict[str, str]:
        """Return the group of each wording: that of the same words, else of the nearest, else a new one.

        The longest come first, so that parts of a statement meet the whole of it, in whatever order they are given.
        """
        for folded in sorted(wordings, key=lambda folded: (-folded.count(" "), folded)):
            if folded not in self._group_of:
                self._add(folded, self._nearest(folded) or group_id(folded))
        return {folded: self._group_of[folded] for folded in wordings}

    def know(self, folded: str, group: str) -> None:
        """Take over a wording of an earlier run; the first group given for it holds."""
        if folded not in self._group_of:
            self._add(folded, group)

    def _add(self, folded: str, group: str) -> None:
        self._group_of[folded] = group
        shingles = shingles_of(folded)
        for shingle in shingles:
            numbers = self._index.setdefault(shingle, [])
            if len(numbers) < _COMMON:
                numbers.append(len(self._groups))
        self._wordings.append(folded)
        self._groups.append(group)
        self._sizes.append(len(shingles))

    def _nearest(self, folded: str) -> str | None:
        """Return the group of the wording that shares most, if that is enough; ties go to the smallest id."""
        candidates = self._candidates(folded, shingles_of(folded))
        best = min(
            ((-share(folded, self._wordings[number]), self._groups[number]) for number in candidates),
            default=(0.0, ""),
        )
        return best[1] if -best[0] >= _LEAST_SHARE else None

    def _candidates(self, folded: str, shingles: Collection[str]) -> list[int]:
        """Wordings that share most shingles, those too common to tell aside, as far as they may be near."""
        shared: Counter[int] = Counter()
        common = 0
        for shingle in shingles:
            numbers = self._index.get(shingle, [])
            if len(numbers) < _COMMON:
                shared.update(numbers)
            else:
                common += 1
        ranked = sorted(shared, key=lambda number: (-shared[number], number))[:_VERIFIED]
        length = folded.count(" ") + 1
        return [
            number for number in ranked if self._may_be_near(number, length, len(shingles), shared[number] + common)
        ]

    def _may_be_near(self, number: int, length: int, size: int, shared: int) -> bool:
        """Whether enough may be shared with the wording `number`: by its shingles, or by how long the two are."""
        other = self._wordings[number].count(" ") + 1
        is_alike = min(length, other) >= _LEAST_SHARE * max(length, other)
        return shared >= _LEAST_SHARE * min(size, self._sizes[number]) or is_alike


def shingles_of(folded: str) -> frozenset[str]:
    """Return the word 3-shingles of a wording; none where it is too short to be compared by them."""
    words = folded.split()
    if len(words) < _LEAST_WORDS:
        return frozenset()
    return frozenset(" ".join(words[at : at + _SIZE]) for at in range(len(words) - _SIZE + 1))


def share(wording: str, other: str) -> float:
    """Return how much of the shorter wording the other holds, 0 to 1: its 3-shingles, or its words in their order.

    Fewer than five shared shingles count only where they are all of it: "I do not want to" begins many a sentence.
    Words in order see through single changed words in short quotations, where each spoils three shingles.
    """
    shingles, others = shingles_of(wording), shingles_of(other)
    if not shingles or not others:
        return 0.0
    shared, least = len(shingles & others), min(len(shingles), len(others))
    overlap = shared / least if shared >= min(_LEAST_SHARED, least) else 0.0
    return max(overlap, _share_in_order(wording.split(), other.split()))


def _share_in_order(words: list[str], others: list[str]) -> float:
    lengths = sorted((len(words), len(others)))
    if lengths[0] < _LEAST_IN_ORDER or lengths[1] > _MOST_IN_ORDER:
        return 0.0
    known = set(others)
    if sum(word in known for word in words) < _LEAST_SHARE * lengths[1]:
        return 0.0
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / lengths[1]
