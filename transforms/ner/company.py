"""The company a name keeps: whether it is whole, and what the words around it say."""

from __future__ import annotations

import re
from collections.abc import Iterable

_AFTER = re.compile(r"([ -])([^\W_][\w.]{0,30})")
_BEFORE = re.compile(r"([^\W\d_][\w.’']{0,30})(?: of)?([ -])$")
_LOCATIVE = re.compile(
    r"(?:\b(?:in|at|near|from|to|outside|inside|around|across|toward|towards|through|into|over|throughout|northern|southern"
    r"|eastern|western|central|downtown|city of|town of|region of|capital,?)|[a-z]’s|'s) $",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(
    r"(?:-based\b|(?:’s|'s)? (?:airport|area|city|county|direction|district|metro|oblast|port|prefecture|province"
    r"|region|residents?|suburbs?|state|streets)\b|, [A-Z])"
)
_REACH = 40
_LONGEST_ABBREVIATION = 5
_LINE = 300
_MOST = 0.7
_SENTENCE_END = re.compile(r"[a-z]{3}[.!?] ")
_WORDS = re.compile(r"[^\W\d_]{4,}")
FUNCTION_WORDS = frozenset(
    (
        "a", "about", "across", "after", "against", "all", "also", "although", "among", "an", "and", "are", "as", "at",
        "because", "before", "between", "both", "but", "by", "despite", "did", "does", "during", "even", "for",
        "former", "from", "had", "has", "have", "he", "how", "however", "if", "in", "inside", "into", "is", "it", "its",
        "last", "like", "many", "meanwhile", "most", "near", "no", "nor", "not", "now", "of", "on", "only", "or", "our",
        "outside", "over", "she", "since", "so", "some", "still", "that", "the", "their", "then", "these", "they",
        "this", "those", "though", "through", "to", "today", "toward", "towards", "under", "unlike", "until", "was",
        "we", "were", "what", "when", "where", "which", "while", "who", "why", "will", "with", "within", "without",
        "yet", "you",
    )
)  # fmt: skip
_TITLES = frozenset(
    (
        "ambassador", "army", "chancellor", "chief", "congressman", "congresswoman", "defence", "defense", "deputy",
        "dr", "embassy", "envoy", "foreign", "general", "gov", "government", "governor", "king", "lawmaker", "leader",
        "mayor", "minister", "mr", "mrs", "ms", "officials", "parliament", "premier", "president", "prime", "prince",
        "queen", "rep", "secretary", "sen", "senator", "spokesman", "spokesperson", "spokeswoman", "sultan", "vice",
    )
)  # fmt: skip


def stands_alone(text: str, start: int, end: int, joints: str = " -") -> bool:
    """Whether the name text[start:end] is whole: no capitalised word is joined to it but function words and titles.

    `joints` are the characters that join. In a line of capitalised words the neighbours say nothing.
    """
    after = _AFTER.match(text, end, end + _REACH)
    line = text.rfind("\n", max(0, start - _REACH), start) + 1
    before = _BEFORE.search(text[max(line, start - _REACH) : start])
    joined = (after and after[1] in joints and _is_part(after[2])) or (
        before and before[2] in joints and not _ends_sentence(before[1]) and _is_part(before[1])
    )
    if after and after[1] == "-" and after[2][0].isdecimal():
        return False
    return not joined or in_title_case(text, start)


def _ends_sentence(word: str) -> bool:
    return word.endswith(".") and len(word) > _LONGEST_ABBREVIATION and "." not in word[:-1]


def _is_part(word: str) -> bool:
    """Whether a neighbour may belong to a name."""
    plain = word.rstrip(".").casefold()
    return word[0].isupper() and plain not in FUNCTION_WORDS and plain not in _TITLES


def in_title_case(text: str, at: int) -> bool:
    """Whether most words of the line around offset `at` begin with a capital letter, and it is no sentence."""
    line = _line(text, at)
    words = _WORDS.findall(line)
    is_sentence = line.endswith(".") or _SENTENCE_END.search(line) is not None
    return len(words) > 2 and not is_sentence and _is_most(word[0].isupper() for word in words)


def in_capitals(text: str, at: int) -> bool:
    """Whether the line around offset `at` is of three words and more, most of them in capitals."""
    words = _WORDS.findall(_line(text, at))
    return len(words) > 2 and _is_most(word.isupper() for word in words)


def _line(text: str, at: int) -> str:
    """Return the line around an offset, at most 300 characters to either side."""
    first = max(text.rfind("\n", max(0, at - _LINE), at) + 1, at - _LINE, 0)
    last = text.find("\n", at, at + _LINE)
    return text[first : last if last >= 0 else at + _LINE].rstrip()


def _is_most(found: Iterable[bool]) -> bool:
    answers = list(found)
    return sum(answers) >= _MOST * len(answers)


def is_locative(text: str, start: int, end: int) -> bool:
    """Whether the words around text[start:end] say that it is a place: "in X", "the X region", "X-based"."""
    before = _LOCATIVE.search(text[max(0, start - _REACH) : start])
    return before is not None or _PLACE_AFTER.match(text, end, end + _REACH) is not None


def is_money(text: str, end: int) -> bool:
    """Whether a currency sign follows, as in "US$"."""
    return text[end : end + 2].lstrip()[:1] in {"$", "€", "£"}
