"""Who wrote it: the people in what a byline, tag or field says."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence

from transforms.byline_words import (
    AGENCIES,
    AND,
    AND_OR_NAME,
    BY,
    GENRES,
    JOBS,
    NAMES_OF_PAPERS,
    NO_NAMES,
    NOT_BY,
    OF,
    ONLY_ARTICLES,
    ORGANISATIONS,
    PARTICLES,
    SURNAMES_TOO,
    WRITTEN,
)
from transforms.gazetteer import cities
from transforms.segments import clean_line

_LONGEST = 600
"""More characters than names take: a paragraph, or an attack."""
_BYLINE_CHARACTERS = 160
_NAME_CHARACTERS = 60
_NAME_WORDS = 6
_TAG = re.compile(r"<[^<>]{0,300}>")
_ASIDE = re.compile(r"\([^()]{0,100}\)|\[[^\[\]]{0,100}\]|[(\[].*$")
_BY = re.compile(
    rf"\W*(?:(?:{BY})(?:\s*[:：/／]\s*|\s+|(?<=[一-鿿가-힣])\s?)|(?:{GENRES})(?:\s+(?:{OF})\s+|\s*[:：]\s*))(?=\S)"
    r"|(?-i:By)(?=[A-Z][a-z]+ [A-Z])",
    re.IGNORECASE,
)
_BY_PERSON = re.compile(
    r"\W*(?:by\s+|(?:von|par|por|door|texte?|texto)[\s:]\s*(?=\S+\s+\S)|(?:記者|记者|作者|文)\s*[:：/／]?\s*)(?=\S)",
    re.IGNORECASE,
)
"""What may stand before the name of what is said to be a person: "Von Miller" and "Da Hee Kim" have no label."""
_LABEL = re.compile(rf"\W*(?:{BY})\s*[:：]?\s*", re.IGNORECASE)
_BY_INSIDE = re.compile(r"(?:[|·•]|\d)\s+(?i:by|von|par|por|door|av|af|di)\s+(?=[^\W\d_])")
_WRITTEN = re.compile(rf"\W*(?:{WRITTEN})\s*[:：]?\s+(?=[^\W\d_])", re.IGNORECASE)
_SENTENCE = re.compile(r"\w{3}[.!?…]$")
_NOT_BY = re.compile(rf"\W*(?:{NOT_BY})\b", re.IGNORECASE)
_SEPARATOR = re.compile(
    rf"\s*[|•·●;\n/、，／»›⋅]\s*|\s+[-–—]+\s+|\s*,\s*(?:(?:{AND}|{AND.upper()})\s+)?|\s+(?:&|\+)\s*"
    rf"|\s+(?:{AND}|{AND.upper()})\s+|\.\s+(?=(?i:{NOT_BY})\b)"
)
"""What parts names; its words count as written small, or in a line of capitals: Mary Dan Smith is one."""
_AND_OR_NAME = re.compile(rf"(?<=\w) (?:{AND_OR_NAME}) (?=\w)|(?<=\w{{4}})\. (?=\w)")
_TAIL = re.compile(
    r"\s(?:(?-i:in|at|for|from|on|of|à|aus|für|bei|para|pour|per|voor|w|v|til|till|IN|AT|FOR|FROM)\s.*"
    r"|(?:updated?|published|posted|last (?:updated?|modified)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b.*"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)\b(?=.*\d).*)$"
    r"|\s?(?:기자|특파원|記者|记者)(?:\s*=.*)?$"
    r"|\s?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.? )?\d.*$|(?<!\S)\S{0,64}@.*$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"\d|@|:|://|www\.|\.(?:com|org|net|info|co)\b|[{}<>=_#!?%$*]", re.IGNORECASE)
_WORD_MARKS = ".,:’'\"“”„«»*"
_NO_PERSON = re.compile(r"(?:報導|报道|報道|综合|綜合|編輯部|编辑部)$|['’]s$|\w{3}(?:press|news|media)$", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z]{3,5}")
_CREDENTIAL = re.compile(r"[A-Z]{2,5}|(?:[A-Z][a-z]{0,2}\.){2,4}|Ph\.?D\.?")


def people(statements: Iterable[str], outlets: Iterable[str] = (), persons: Collection[str] = ()) -> list[str]:
    """Return the names of people in what is said of authors, in order, each once.

    Jobs, agencies, outlets (`outlets` and words of such), addresses, handles and dates are left out. A name of one
    word counts only where no full name stands beside it. A statement too long for a byline says nothing. Those of
    `persons` are said to name a person, so that no word of theirs is taken for a label or an organisation's.

    >>> people(["By Ana Costa and Åsa Berg, Staff Writers | Harbour Post"], ["Harbour Post"])
    ['Ana Costa', 'Åsa Berg']
    """
    known = {_key(outlet) for outlet in outlets}
    names = [
        name
        for statement in statements
        if len(statement) <= _LONGEST
        for name in _without_places(_stated(statement, known, is_person=statement in persons))
    ]
    full = [name for name in names if _is_full(name)]
    first: dict[str, str] = {}
    for name in full or names[:1]:
        first.setdefault(_key(name), name)
    return list(first.values())


def _stated(statement: str, outlets: set[str], *, is_person: bool) -> list[str]:
    return [
        name
        for name in split_names(statement, is_person=is_person)
        if _is_person(name, outlets, is_sure=is_person)
        and (is_full_name(name) or (" " not in name and len(statement) < len(name) + 10))
    ]


def _without_places(names: Sequence[str]) -> list[str]:
    """Leave out cities behind a name: "Ana Costa, New York"."""
    return [name for number, name in enumerate(names) if not number or not cities(name)]


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


def signed_people(line: str, outlets: Iterable[str] = ()) -> list[str]:
    """Return the people a line says have written the article, in words that say so wherever they stand.

    >>> signed_people("This story was written by Ana Costa, harbour pilot.")
    ['Ana Costa']
    """
    label = _WRITTEN.match(line) if len(line) <= _BYLINE_CHARACTERS else None
    return [name for name in people([line[label.end() :]], outlets) if is_full_name(name)] if label else []


def is_full_name(name: str) -> bool:
    """Whether a name has more than one word, each with a capital but for particles; scripts without any need none."""
    words = name.split()
    is_capital = [word[0].isupper() or word.lower() == word.upper() or _has_prefix(word) for word in words]
    is_fit = [capital or word.replace("’", "'") in PARTICLES for capital, word in zip(is_capital, words, strict=True)]
    return _is_full(name) and all(is_fit) and any(is_capital) and is_capital[-1]


def _has_prefix(word: str) -> bool:
    """Whether a word has its capital behind an article: al-Said, d'Ormesson."""
    found = re.match(r"\w{0,4}['’ʼ-](?=[^\W\d_])", word)
    return found is not None and word[found.end()].isupper()


def agency(statements: Iterable[str]) -> str | None:
    """Return the first news agency named in what is said of authors.

    >>> agency(["Ana Costa", "By The Associated Press"])
    'AP'
    """
    names = (name for statement in statements if len(statement) <= _LONGEST for name in split_names(statement))
    return next((AGENCIES[name.casefold()] for name in names if name.casefold() in AGENCIES), None)


def split_names(statement: str, *, is_person: bool = False) -> Iterator[str]:
    """Yield the parts of a statement that may be names, without labels before and jobs or dates behind them.

    Where it is said to name a person (`is_person`), little but "by" is a label.
    """
    without_label = _without_by if is_person else _without_label
    line = clean_line(_TAG.sub(" ", html.unescape(statement))).text
    if (comma := re.fullmatch(r"([^\s,]+), ([^\s,]+)", line)) and not _CREDENTIAL.fullmatch(comma[2]):
        line = f"{comma[2]} {comma[1]}"
    for part in _SEPARATOR.split(_ASIDE.sub(" ", line)):
        if _NOT_BY.match(part) or _LABEL.fullmatch(part):
            continue
        name = _without_tail(_without_tail(without_label(" ".join(part.split()))))
        yield from filter(None, (_without_job(without_label(piece)) for piece in _parted(name)))


def _without_tail(name: str) -> str:
    return _TAIL.sub("", name).rstrip()


def _without_by(part: str) -> str:
    found = _BY_PERSON.match(part)
    return part[found.end() :] if found else part


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
    """Part full names at a word that may stand inside one, and at the end of a sentence."""
    parts = _AND_OR_NAME.split(name)
    return parts if all(_is_full(part) for part in parts) else [name]


def _without_job(name: str) -> str:
    """Cut the jobs around a name, and the letters of degrees behind it; "Harbour Post Staff" is nobody."""
    words = name.strip(" " + _WORD_MARKS.replace(".", "")).split()
    jobs = [number for number, word in enumerate(words) if _plain(word) in _JOBS]
    if len(words) == 2 and jobs == [1] and _plain(words[1]) in SURNAMES_TOO:
        jobs = []
    if jobs and words[jobs[0]].casefold() == "staff" and jobs[0] == len(words) - 1:
        return ""
    if jobs:
        words = words[: jobs[0]] if jobs[0] > 1 else words[jobs[-1] + 1 :]
    letters = (number for number in range(2, len(words) - 1) if _CAPITALS.fullmatch(words[number]))
    words = words[: next(letters, None)] if not words[:1] or not words[0].isupper() else words
    while len(words) != 2 and words and _CREDENTIAL.fullmatch(words[-1]) and not words[0].isupper():
        words.pop()
    is_degree = all(map(_CREDENTIAL.fullmatch, words)) and (len(words) < 2 or "." in words[0])
    return "" if is_degree else " ".join(words)


def _is_person(name: str, outlets: set[str], *, is_sure: bool) -> bool:
    words = [_plain(word) for word in name.split()]
    is_surname = is_sure and len(words) == 2 and words[0] not in _NOBODY and words[1] in SURNAMES_TOO
    return (
        0 < len(words) <= _NAME_WORDS
        and 1 < len(name) <= _NAME_CHARACTERS
        and not _NO_NAME.search(name)
        and _key(name) not in outlets
        and not _is_of_agency(name)
        and not _NO_PERSON.search(name)
        and (is_surname or not _NOBODY.intersection(words))
        and (len(words) > 1 or _may_stand_alone(name))
        and (words[0] not in ONLY_ARTICLES or len(words) == 1)
        and (is_sure or len(words) != 2 or words[0] not in NAMES_OF_PAPERS)
    )


def _is_of_agency(name: str) -> bool:
    """Whether a name is an agency's, or that of its desk: AP National."""
    first = name.split(maxsplit=1)[0]
    return name.casefold() in AGENCIES or (first.isupper() and first.casefold() in AGENCIES and not name.isupper())


def _plain(word: str) -> str:
    """Return a word without marks, case and accents."""
    letters = unicodedata.normalize("NFKD", word.strip(_WORD_MARKS).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_JOBS = frozenset(map(_plain, JOBS))
_NOBODY = frozenset(map(_plain, ORGANISATIONS | NO_NAMES))


def _may_stand_alone(name: str) -> bool:
    """Whether one word is a name rather than a login, label or letters."""
    has_case = name.lower() != name.upper()
    return not has_case or (name[0].isupper() and name[1:].islower())


def _is_full(name: str) -> bool:
    """Whether a name has more than one word; scripts without capitals need none."""
    return " " in name or (name.lower() == name.upper() and len(name) > 1)


def _key(name: str) -> str:
    return re.sub(r"^the|[\W_]", "", name.casefold())
