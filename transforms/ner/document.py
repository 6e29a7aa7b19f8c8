"""What layers read and write: the passages of one article, and mentions in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\b[^\W\d_a-z]\w*")
_COMMON = re.compile(r"\b[a-z]\w{2,30}")
_ENDS = re.compile(r"\w+\.?")
_LONGEST_NAME = 100
_MOST_WORDS = 8


class Entity(NamedTuple):
    """A span the model calls an entity, with its OntoNotes label."""

    start: int
    end: int
    label: str


class Mention(NamedTuple):
    """A name in passage number `passage` (code points, half-open), and what decided that it is one and which label."""

    passage: int
    start: int
    end: int
    label: str
    source: str
    agreeing: frozenset[str] = frozenset()
    """The other sources that say the same."""


class Word(NamedTuple):
    """A word that begins with a capital letter, in passage number `passage` (code points, half-open)."""

    passage: int
    start: int
    end: int
    text: str


class Document:
    """The passages of one article."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)

    def name(self, mention: Mention) -> str:
        """Return the characters of a mention."""
        return self.texts[mention.passage][mention.start : mention.end]

    @cached_property
    def words(self) -> list[Word]:
        """The capitalised words, in order."""
        return [
            Word(number, *found.span(), word)
            for number, text in enumerate(self.texts)
            for found in _WORD.finditer(text)
            if (word := found.group())[0].isupper()
        ]

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """The numbers of the capitalised words, by their text."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self.words):
            found[word.text].append(number)
        return dict(found)

    @cached_property
    def common_words(self) -> frozenset[str]:
        """The words the document writes without a capital."""
        return frozenset[str]().union(*map(_COMMON.findall, self.texts))

    def free(self, mentions: Iterable[Mention]) -> Free:
        """Return which characters no mention covers."""
        return Free(self.texts, mentions)

    def find(self, names: Names, free: Free) -> Iterator[tuple[Word, int]]:
        """Yield where one of `names` stands free, and where it ends; the longest at each word, none within another."""
        firsts = names.most_words.keys() & self._numbers.keys()
        for number in sorted(number for first in firsts for number in self._numbers[first]):
            word = self.words[number]
            is_free = free.is_free(word.passage, word.start, word.end)
            end = self._longest(word, names, names.most_words[word.text]) if is_free else None
            if end and free.is_free(word.passage, word.start, end):
                free.take(word.passage, word.start, end)
                yield word, end

    def _longest(self, word: Word, names: Names, most: int) -> int | None:
        text, found, at = self.texts[word.passage], None, word.start
        for _ in range(most):
            following = _ENDS.search(text, at, word.start + _LONGEST_NAME)
            if following is None:
                break
            at = following.end()
            if text[word.start : at] in names.all:
                found = at
            elif text[at - 1] == "." and text[word.start : at - 1] in names.all:
                found = at - 1
        return found


class Names:
    """Names to look for: those that begin with a capitalised word and have at most 8 words, on one line."""

    def __init__(self, names: Iterable[str]) -> None:
        self.all = frozenset(names)
        self.most_words: dict[str, int] = {}
        """The most words a name has, by the first of them."""
        for name in self.all:
            first, count = _shape(name)
            if first and count <= _MOST_WORDS:
                self.most_words[first] = max(count, self.most_words.get(first, 0))


@lru_cache(maxsize=65536)
def _shape(name: str) -> tuple[str | None, int]:
    """Return the first word of a name if it is capitalised, and the count of its words."""
    first = _WORD.match(name)
    return (first.group() if first else None), len(_ENDS.findall(name))


class Free:
    """Which characters of a document no mention covers."""

    def __init__(self, texts: Sequence[str], mentions: Iterable[Mention]) -> None:
        self._taken = [bytearray(len(text)) for text in texts]
        for mention in mentions:
            self.take(mention.passage, mention.start, mention.end)

    def take(self, passage: int, start: int, end: int) -> None:
        """Cover characters."""
        self._taken[passage][start:end] = b"\1" * (end - start)

    def is_free(self, passage: int, start: int, end: int) -> bool:
        """Whether no mention covers any of the characters."""
        return not any(self._taken[passage][start:end])
