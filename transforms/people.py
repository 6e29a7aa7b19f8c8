"""Who wrote it: the people in what a byline, tag or field says."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from transforms.byline_words import AGENCIES, AND, AND_OR_NAME, BY, JOBS, NOT_BY, ORGANISATIONS, PARTICLES
from transforms.segments import clean_line

_LONGEST = 600
"""More characters than names take: a paragraph, or an attack."""
_BYLINE_CHARACTERS = 160
_NAME_CHARACTERS = 60
_NAME_WORDS = 6
_TAG = re.compile(r"<[^<>]{0,300}>")
_ASIDE = re.compile(r"\([^()]{0,100}\)|\[[^\[\]]{0,100}\]|[(\[].*$")
_BY = re.compile(rf"\W*(?:{BY})(?:\s*[:：/／]\s*|\s+|(?<=[一-鿿가-힣])\s?)(?=\S)", re.IGNORECASE)
_LABEL = re.compile(rf"\W*(?:{BY})\s*[:：]?\s*", re.IGNORECASE)
_BY_INSIDE = re.compile(r"(?:[|·•]|\d)\s+(?i:by|von|par|por|door|av|af|di)\s+(?=[^\W\d_])")
_SENTENCE = re.compile(r"\w{3}[.!?…]$")
_NOT_BY = re.compile(rf"\W*(?:{NOT_BY})\b", re.IGNORECASE)
_SEPARATOR = re.compile(
    rf"\s*[|•·●;\n/、，／»›]\s*|\s+[-–—]+\s+|\s*,\s*(?:(?:{AND})\s+)?|\s+(?:&|\+)\s*|\s+(?:{AND})\s+", re.IGNORECASE
)
_AND_OR_NAME = re.compile(rf"(?<=\w) (?:{AND_OR_NAME}) (?=\w)")
_TAIL = re.compile(
    r"\s(?:(?:in|at|for|from|on|of|à|aus|für|bei|para|pour|per|voor|w|v|til|till)\s.*"
    r"|(?:updated?|published|posted|last|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b.*)$"
    r"|\s?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.? )?\d.*$|\s*@.*$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"\d|@|:|://|www\.|\.(?:com|org|net|info|co)\b|[{}<>=_#!?%$*]", re.IGNORECASE)
_WORD_MARKS = ".,:’'\"“”„«»*"
_CREDENTIAL = re.compile(r"[A-Z]{2,5}|(?:[A-Z][a-z]{0,2}\.){2,4}|Ph\.?D\.?")


def people(statements: Iterable[str], outlets: Iterable[str] = ()) -> list[str]:
    """Return the names of people in what is said of authors, in order, each once.

    Jobs, agencies, outlets (`outlets` and words of such), addresses, handles and dates are left out. A name of one
    word counts only where no full name stands beside it. A statement too long for a byline says nothing.

    >>> people(["By Ana Costa and Åsa Berg, Staff Writers | Harbour Post"], ["Harbour Post"])
    ['Ana Costa', 'Åsa Berg']
    """
    known = {_key(outlet) for outlet in outlets}
    names = [
        name
        for statement in statements
        if len(statement) <= _LONGEST
        for name in split_names(statement)
        if _is_person(name, known) and (is_full_name(name) or (" " not in name and len(statement) < len(name) + 10))
    ]
    full = [name for name in names if _is_full(name)]
    first: dict[str, str] = {}
    for name in full or names[:1]:
        first.setdefault(_key(name), name)
    return list(first.values())


def by_line_people(line: str, outlets: Iterable[str] = (), before: str = "") -> list[str]:
    """Return the people in a line that begins with a word such as "By", or has it behind a date, or the line `before`.

    Only a line of little but full names counts.

    >>> by_line_people("Von Eva Berg"), by_line_people("By the sea it rained")
    (['Eva Berg'], [])
    """
    if len(line) > _BYLINE_CHARACTERS or _SENTENCE.search(line):
        return []
    if inside := _BY_INSIDE.search(line):
        line = line[inside.end() :]
    elif not _BY.match(line) and not _LABEL.fullmatch(before):
        return []
    return [name for name in people([line], outlets) if is_full_name(name)]


def is_full_name(name: str) -> bool:
    """Whether a name has more than one word, each with a capital but for particles; scripts without any need none."""
    words = name.split()
    is_capital = [word[0].isupper() or word.lower() == word.upper() for word in words]
    is_fit = [capital or word in PARTICLES for capital, word in zip(is_capital, words, strict=True)]
    return _is_full(name) and all(is_fit) and any(is_capital)


def agency(statements: Iterable[str]) -> str | None:
    """Return the first news agency named in what is said of authors.

    >>> agency(["Ana Costa", "By The Associated Press"])
    'AP'
    """
    names = (name for statement in statements if len(statement) <= _LONGEST for name in split_names(statement))
    return next((AGENCIES[name.casefold()] for name in names if name.casefold() in AGENCIES), None)


def split_names(statement: str) -> Iterator[str]:
    """Yield the parts of a statement that may be names, without labels before and jobs or dates behind them."""
    line = clean_line(_TAG.sub(" ", html.unescape(statement))).text
    if (comma := re.fullmatch(r"([^\s,]+), ([^\s,]+)", line)) and not _CREDENTIAL.fullmatch(comma[2]):
        line = f"{comma[2]} {comma[1]}"
    for part in _SEPARATOR.split(_ASIDE.sub(" ", line)):
        if _NOT_BY.match(part) or _LABEL.fullmatch(part):
            continue
        name = _TAIL.sub("", _without_label(" ".join(part.split())))
        yield from filter(None, (_without_job(_without_label(piece)) for piece in _parted(name)))


def _without_label(part: str) -> str:
    """Cut "By", however often; a lone word behind what may be a particle ("De Vries") keeps it."""
    while found := _BY.match(part):
        rest = part[found.end() :]
        label = found.group().strip()
        is_particle = label[0].isupper() and len(label) == 2 and label.casefold() != "by"
        if rest[0].islower() or (is_particle and " " not in rest):
            break
        part = rest
    return part


def _parted(name: str) -> list[str]:
    parts = _AND_OR_NAME.split(name)
    return parts if all(_is_full(part) for part in parts) else [name]


def _without_job(name: str) -> str:
    """Cut the jobs around a name, and the letters of degrees behind it; "Harbour Post Staff" is nobody."""
    words = name.strip(" " + _WORD_MARKS.replace(".", "")).split()
    jobs = [number for number, word in enumerate(words) if word.strip(_WORD_MARKS).casefold() in JOBS]
    if jobs and words[jobs[0]].casefold() == "staff" and jobs[0] == len(words) - 1:
        return ""
    if jobs:
        words = words[: jobs[0]] if jobs[0] > 1 else words[jobs[-1] + 1 :]
    while len(words) != 2 and words and _CREDENTIAL.fullmatch(words[-1]) and not words[0].isupper():
        words.pop()
    is_degree = all(map(_CREDENTIAL.fullmatch, words)) and (len(words) < 2 or "." in words[0])
    return "" if is_degree else " ".join(words)


def _is_person(name: str, outlets: set[str]) -> bool:
    words = [word.strip(_WORD_MARKS).casefold() for word in name.split()]
    return (
        0 < len(words) <= _NAME_WORDS
        and 1 < len(name) <= _NAME_CHARACTERS
        and not _NO_NAME.search(name)
        and _key(name) not in outlets
        and name.casefold() not in AGENCIES
        and not any(word in ORGANISATIONS for word in words)
        and (len(words) > 1 or _may_stand_alone(name))
    )


def _may_stand_alone(name: str) -> bool:
    """Whether one word is a name rather than a login, label or letters."""
    has_case = name.lower() != name.upper()
    return not has_case or (name[0].isupper() and name[1:].islower())


def _is_full(name: str) -> bool:
    """Whether a name has more than one word; scripts without capitals need none."""
    return " " in name or (name.lower() == name.upper() and len(name) > 1)


def _key(name: str) -> str:
    return re.sub(r"^the|[\W_]", "", name.casefold())
