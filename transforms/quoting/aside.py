"""Quoted words that nobody says: nicknames inside a name, titles of works and programmes, headings."""

from __future__ import annotations

import re

from transforms.quoting.scanner import Quote
from transforms.quoting.words import word_set

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MARKS = "\"'“”‘’„«»‟`‚‹› "
_STOPS = ".?!…"
_SMALL = word_set("a an the of and in on to for at by from with or as vs")
_TITLE_WORDS = 8
_NICKNAME_WORDS = 2
_WINDOW = 60
_PLACES = word_set("on in at of from by for and")
"""A title stands behind these; what is said seldom does."""
_NAMING = word_set("titled entitled named nicknamed dubbed film movie song album show series book novel magazine")
"""And right behind these, whatever its letters."""
_WORKS = word_set("""
    autobiography biography documentary essay memoir musical novella opera painting play podcast poem sculpture single
    film movie song album show series book novel magazine
    """)
"""And behind these, with a comma or without, where its words are capitalised."""


def is_aside(text: str, quote: Quote, paragraph: tuple[int, int]) -> bool:
    """Whether `quote` of `text` is no speech by its form and its neighbours alone.

    >>> text = "On “Face the Harbour,” William “Bill” Lind said so."
    >>> is_aside(text, Quote(3, 22), (0, 51)), is_aside(text, Quote(31, 37), (0, 51))
    (True, True)
    """
    inner = text[quote.start : quote.end].strip(_MARKS)
    words = _WORD.findall(inner)
    if not 0 < len(words) <= _TITLE_WORDS:
        return False
    if _is_nickname(text, quote, words) or _is_named(text, quote, words):
        return True
    if inner.rstrip(",")[-1:] in _STOPS and not _is_title(words):
        return False
    if _fills(quote, paragraph) and (_is_title(words) or inner[-1:].isalnum()):
        return True
    return _is_title(words) and _is_placed(text, quote)


def _is_title(words: list[str]) -> bool:
    """Whether two words or more are all capitalised but for the small ones inside."""
    is_capital = all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in words)
    return is_capital and words[0][0].isupper() and sum(word[0].isupper() for word in words) > 1


def _is_nickname(text: str, quote: Quote, words: list[str]) -> bool:
    """Whether the words stand in the middle of a name, with nothing but spaces around them."""
    before, after = text[max(quote.start - 2, 0) : quote.start], text[quote.end : quote.end + 2]
    if len(words) > _NICKNAME_WORDS or not all(word[0].isupper() for word in words):
        return False
    if before[-1:] != " " or not before[:1].isalpha() or not (after[:1] == " " and after[1:].isupper()):
        return False
    return text[quote.end - 2].isalnum() and _last_word(text, quote.start)[:1].isupper()


def _last_word(text: str, end: int) -> str:
    found = text[max(end - _WINDOW, 0) : end].split()
    return found[-1] if found else ""


def _is_named(text: str, quote: Quote, words: list[str]) -> bool:
    before = _last_word(text, quote.start).lower()
    is_word = len(words) == 1 and words[0][0].isupper()
    return before in _NAMING or (before.rstrip(",") in _WORKS and (is_word or _is_title(words)))


def _fills(quote: Quote, paragraph: tuple[int, int]) -> bool:
    """Whether the quotation is its whole paragraph: a heading."""
    return quote.start == paragraph[0] and quote.end == paragraph[1]


def _is_placed(text: str, quote: Quote) -> bool:
    """Whether a title stands where works are named: "on ...", "the host of ...", "the network's ..."."""
    before = _last_word(text, quote.start)
    is_place = before.lower() in _PLACES or before.endswith(("'s", "’s", "s'", "s’"))
    return is_place and not _is_headline(text, quote)


def _is_headline(text: str, quote: Quote) -> bool:
    """Whether the words around have capitals like those of a headline."""
    around = text[max(quote.start - _WINDOW, 0) : quote.start].rpartition("\n")[2].split()[-6:]
    around += text[quote.end : quote.end + _WINDOW].partition("\n")[0].split()[:6]
    long = [word for word in around if len(word) > 4]
    return sum(word[0].isupper() for word in long) * 2 > len(long) + 1
