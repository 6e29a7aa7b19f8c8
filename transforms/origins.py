"""Where an article comes from: who published the page, and who the text was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from transforms.byline_words import AGENCIES

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_DATELINE = re.compile(
    rf"(?P<place>{_CAPITAL}(?:{_CAPITAL}|[ .,'’/-]){{1,40}}(?:{_CAPITAL}|\.))(?:, {_CAPITAL}[\w. ]{{1,30}})?\s*"
    r"(?:\((?P<wire>[^()]{2,40})\))?\s*[—–-]{1,2}\s",
)
_CREDIT = re.compile(r"\b(?:on|in|at|by) (?:the )?(?P<source>.{2,120}?)[.\s]*$", re.IGNORECASE)
_OWNERS = tuple(
    re.compile(
        rf"{before}[\s\d©,–-]*(?P<owner>[^\W\d][^.|\d©]{{1,59}}?)[\s,–-]*(?:\.|\||\d{{4}}|all rights|©|\(c\)|$)",
        re.IGNORECASE,
    )
    for before in (r"(?:copyright(?: ©| \(c\))?|©|\(c\))", r"^(?!copyright|all rights)")
)
_OWNER_CHARACTERS = 200
_SELF_LABEL = re.compile(
    r"(?i:trending|popular|most (?:read|popular|viewed)|(?:more|latest|read more) (?:stories|news)) (?i:on|at|from) "
    rf"(?P<name>(?:[Tt]he )?{_CAPITAL}[\w.&’' -]{{1,40}})"
)
_SELF_NAME = rf"(?P<name>(?:The )?{_CAPITAL}[\w&’'-]{{1,30}}(?: {_CAPITAL}[\w&’'-]{{0,30}}){{0,3}})"
_CONTACTED = re.compile(
    rf"(?:^|[.!?”\"] ){_SELF_NAME} (?:has |have )?(?:contacted|reached out to|approached|emailed|asked) "
    rf"[^.!?]{{3,200}}?\b(?:for (?:a )?(?:comment|response|clarification|further information)|via email|by email)\b",
    re.MULTILINE,
)
_CONTACTING = ("contacted", "reached out to", "approached", "emailed", "asked")
_REPLYING = ("comment", "response", "clarification", "further information", "email")
"""Words without which nothing matches, which is seen sooner."""
_ATTRIBUTED = re.compile(
    rf" [–—-] (?P<source>{_CAPITAL}[\w.&’' ]{{1,40}})$|, (?P<said>{_CAPITAL}[\w.&’' ]{{1,40}}) (?:reports|says)$"
)
_MEDIA_WORDS = re.compile(
    r"\b(?:Times|Post|Journal|News|Herald|Tribune|Telegraph|Guardian|Gazette|Chronicle|Press|Agency|Media|Mail|Express"
    r"|Broadcasting|Radio|Television|TV|Magazine|Review|Independent|Observer|Standard|Monitor|Examiner|Mirror|Sun|Star"
    r"|Daily|Weekly|Zeitung|Spiegel|Monde|Figaro|País|Corriere|Repubblica|Pravda|Reuters|Bloomberg|Politico|Axios|CNN"
    r"|BBC|NBC|CBS|ABC|Newsweek|Economist|Interfax|Ukrinform)\b"
)
_NAME_RUN = re.compile(rf"{_CAPITAL}[\w’'-]{{1,30}}(?: {_CAPITAL}[\w’'-]{{1,30}}){{1,5}}")
_BODY_CHARACTERS = 20_000


class Origin(NamedTuple):
    """Where a text was taken from, of which kind that is, and where that was read."""

    source: str
    kind: str
    where: str


def owner(copyright_line: str) -> str | None:
    """Return who a copyright line names.

    >>> owner("© 2026 Harbour Post. All rights reserved.")
    'Harbour Post'
    """
    line = copyright_line[:_OWNER_CHARACTERS]
    found = next(filter(None, (pattern.search(line) for pattern in _OWNERS)), None)
    return found["owner"].strip() if found else None


def self_label(line: str) -> str | None:
    """Return the site that a label over its other stories names.

    >>> self_label("Trending on Harbour Post")
    'Harbour Post'
    """
    found = _SELF_LABEL.fullmatch(line) if len(line) <= _OWNER_CHARACTERS else None
    return found["name"].strip() if found else None


def dateline(text: str) -> tuple[str | None, str | None]:
    """Return the place at the head of a text, and the agency behind it.

    >>> dateline("NEW YORK (AP) — Rain fell.")
    ('New York', 'AP')
    """
    found = _DATELINE.match(text)
    if not found or not found["place"].isupper():
        return None, None
    return _place(found["place"]), found["wire"]


def _place(capitals: str) -> str:
    """Write a dateline's place as a name."""
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda word: word.group().capitalize(), capitals).strip(" ,")


def origin(
    text: str, headline: str | None, outlet: str | None, credit: str | None, agency: str | None
) -> Origin | None:
    """Return where a text was taken from, the plainest sign first.

    A line that says so (`credit`); the agency in the dateline, or among the authors (`agency`); the outlet that a
    headline names as its authority and the text as a medium; an outlet that calls itself by name in the text, unless
    it is the page's own.
    """
    source = _CREDIT.search(credit) if credit else None
    if source:
        return Origin(source["source"], "republished", "credit line")
    if wire := dateline(text)[1]:
        return Origin(AGENCIES.get(wire.casefold(), wire), "wire", "dateline")
    if agency:
        return Origin(agency, "wire", "byline")
    return _cited(text[:_BODY_CHARACTERS], headline or "") or _itself(text[-_BODY_CHARACTERS:], outlet)


def _cited(text: str, headline: str) -> Origin | None:
    found = _ATTRIBUTED.search(headline[-100:])
    stated = (found["source"] or found["said"]) if found else ""
    for name in _spelled_out(stated, text) if stated else ():
        if _MEDIA_WORDS.search(name):
            return Origin(name, "cited", "headline")
    return None


def _spelled_out(short: str, text: str) -> Iterable[str]:
    """Yield the name that initials stand for in a text, then the name itself."""
    if short.isupper() and short.isalpha():
        for run in _NAME_RUN.finditer(text):
            words = run.group().split()
            for first in range(len(words)):
                if "".join(word[0] for word in words[first:]) == short:
                    yield " ".join(words[first - 1 if first and words[first - 1] == "The" else first :])
    if short in text:
        yield short


def _itself(text: str, outlet: str | None) -> Origin | None:
    has_both = all(any(word in text for word in words) for words in (_CONTACTING, _REPLYING))
    found = _CONTACTED.search(text) if has_both else None
    if not found or (outlet and found["name"].casefold() in outlet.casefold()):
        return None
    return None if found["name"].split()[0] in _PRONOUNS else Origin(found["name"], "self-reference", "text")


_PRONOUNS = frozenset(("We", "He", "She", "They", "It", "I", "Police", "Officials", "Investigators", "Reporters"))
