"""A text as attribution sees it: tokens, with each quotation as one, in sentences and paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, repeat
from typing import NamedTuple

from transforms.quoting.genders import genders
from transforms.quoting.mention import Name
from transforms.quoting.scanner import Quote, paragraphs
from transforms.quoting.words import ABBREVIATIONS

_WORD = re.compile(r"-{2,}|[―—–]+|[^\s―—–][^\s―—–-]*+(?:-(?!-)[^\s―—–-]*+)*+")
"""A word, or a dash between words: hyphens, where two or more stand together."""
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_]){0,3}")
_EDGES = "\"'“”‘’()[]{}.,;:!?…—–―-*"
_MARKS = "\"'“”‘’«»‹›"
_CLAUSE_ENDS = frozenset(",;:—–―")
_LAST = frozenset(".!?…)]'’\"”“«»‹›")
"""Characters a sentence may end with."""
_ENDS = (".", "!", "?", "…")


class Token(NamedTuple):
    """A word as written, without the quotation it stands in; or a whole quotation, by number."""

    start: int
    end: int
    text: str
    core: str
    quote: int | None = None

    @property
    def is_capitalised(self) -> bool:
        """Whether its first letter is a capital."""
        return self.text.lstrip(_EDGES)[:1].isupper()

    @property
    def ends_clause(self) -> bool:
        """Whether a comma or the like, or a quotation, ends here."""
        return self.quote is not None or self.text.rstrip(_MARKS)[-1:] in _CLAUSE_ENDS or self.core == ""


class Scene(NamedTuple):
    """The tokens of a text and where its quotations, names, sentences and paragraphs lie among them.

    `quote_at`: quotation to token. `name_at`: token to the name it belongs to. `sentence_of`,
    `paragraph_of`: token to number. `sentences`: number to half-open token span.
    `gender_of`: f or m, where the text tells. `lowered`: the text in lower case, unless that moves offsets.
    """

    text: str
    quotes: Sequence[Quote]
    tokens: list[Token]
    quote_at: dict[int, int]
    name_at: dict[int, Name]
    sentence_of: list[int]
    paragraph_of: list[int]
    sentences: list[tuple[int, int]]
    gender_of: dict[Name, str]
    lowered: str

    def token_at(self, offset: int) -> int:
        """Return the number of the first token that starts at or after `offset`."""
        return bisect_left(self.tokens, (offset,))


def scene(text: str, quotes: Sequence[Quote], names: Sequence[Name]) -> Scene:
    """Lay out `text` with its `quotes` (disjoint, in order) and `names`."""
    tokens = list(_tokens(text, quotes))
    paragraph_of = list(_paragraph_numbers(text, tokens))
    sentence_of = list(_sentence_numbers(tokens, paragraph_of))
    return Scene(
        text,
        quotes,
        tokens,
        {token.quote: number for number, token in enumerate(tokens) if token.quote is not None},
        dict(_named(tokens, names)),
        sentence_of,
        paragraph_of,
        list(_runs(sentence_of)),
        genders(text, names),
        lowered if len(lowered := text.lower()) == len(text) else text,
    )


def _tokens(text: str, quotes: Sequence[Quote]) -> Iterator[Token]:
    at = 0
    for number, quote in enumerate(quotes):
        yield from _words(text, at, quote.start)
        yield Token(quote.start, quote.end, text[quote.start : quote.end], "", number)
        at = quote.end
    yield from _words(text, at, len(text))


def _words(text: str, start: int, end: int) -> list[Token]:
    return [Token(*found.span(), found[0], _core(found[0])) for found in _WORD.finditer(text, start, end)]


@lru_cache(100_000)
def _core(word: str) -> str:
    """Return a word without the marks around it and without capitals; most have been met before."""
    return word.strip(_EDGES).lower().replace("’", "'")


def _paragraph_numbers(text: str, tokens: Sequence[Token]) -> Iterator[int]:
    starts = [token.start for token in tokens]
    ends = [bisect_left(starts, end) for _, end in paragraphs(text)]
    for number, (first, last) in enumerate(pairwise([0, *ends, len(tokens)])):
        yield from repeat(number, last - first)


def _sentence_numbers(tokens: Sequence[Token], paragraph_of: Sequence[int]) -> Iterator[int]:
    number = 0
    for (token, following), (here, there) in zip(pairwise(tokens), pairwise(paragraph_of), strict=True):
        yield number
        if here != there or (token.text[-1] in _LAST and _ends_sentence(token, following)):
            number += 1
    yield from [number] * bool(tokens)


def _ends_sentence(token: Token, following: Token) -> bool:
    if not (following.quote is not None or following.is_capitalised or following.text[:1].isdigit()):
        return False
    if token.quote is not None:
        return token.text.rstrip(_MARKS)[-1:] in (".", "…")
    return token.text.rstrip(")]'’\"”")[-1:] in _ENDS and not _is_abbreviation(token)


def _is_abbreviation(token: Token) -> bool:
    is_initial = _INITIALS.fullmatch(token.core) is not None and token.is_capitalised
    return token.text.endswith(".") and (is_initial or token.core in ABBREVIATIONS)


def _named(tokens: Sequence[Token], names: Sequence[Name]) -> Iterator[tuple[int, Name]]:
    # Of overlapping names the longest holds: it comes last.
    for name in sorted(names, key=lambda name: name.end - name.start):
        at = max(bisect_left(tokens, (name.start + 1,)) - 1, 0)
        while at < len(tokens) and tokens[at].start < name.end:
            if tokens[at].quote is None and tokens[at].end > name.start:
                yield at, name
            at += 1


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Half-open spans of equal neighbours."""
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[start]:
            yield start, at
            start = at
