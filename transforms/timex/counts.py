"""How many: the grammar of counts before a unit of time."""

from __future__ import annotations

import re

from transforms.timex.words import CARDINALS, TENS, VAGUE_COUNTS

SPACE = r"[ \t\u00a0\u2000-\u200a\u202f\u3000]{1,3}"
"""One gap between words of one line; no-break and thin spaces count."""
JOINT = rf"(?:[-\u2010\u2011]|{SPACE})"
"""A gap or a hyphen: two and a half, two-and-a-half."""

_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,7}(?:\.[0-9]{1,2})?"
_ONES = "|".join(CARDINALS)
_WORDS = rf"(?:{'|'.join(TENS)})(?:{JOINT}(?:{_ONES}))?|{_ONES}"
_HALF = rf"(?:{JOINT}and{JOINT}an?{JOINT}half|[- ]1/2|\u00bd)"
_VAGUE = rf"several|many|some|(?:an?{SPACE}|the{SPACE})?few|(?:dozens|scores){SPACE}of"
_ROUND = rf"(?:an?{SPACE}|the{SPACE})?couple(?:{SPACE}of)?|(?:a|one){SPACE}(?:dozen|hundred|thousand)|half{SPACE}an?"
COUNT = rf"(?:(?:{_DIGITS}|{_WORDS}){_HALF}?|{_ROUND}|{_VAGUE})"
"""A count of units, but not a bare "a"."""
COUNT_OR_ARTICLE = rf"(?:{COUNT}|an?)"

_MULTIPLES = {"couple": 2.0, "dozen": 12.0, "hundred": 100.0, "thousand": 1000.0}
_WORD = re.compile(r"[a-z]+|[0-9][0-9,.]*")


def count_of(words: str) -> float | None:
    """Return the number that `words` (a match of `COUNT_OR_ARTICLE`) means; None when it is vague.

    >>> count_of("two-and-a-half"), count_of("twenty four"), count_of("a couple of"), count_of("several")
    (2.5, 24.0, 2.0, None)
    """
    parts = _WORD.findall(words.lower().replace("\u00bd", " half").replace("1/2", "half"))
    if VAGUE_COUNTS.intersection(parts):
        return None
    multiple = next((_MULTIPLES[part] for part in parts if part in _MULTIPLES), None)
    return multiple or (0.5 if parts[0] == "half" else _sum(parts))


def _sum(parts: list[str]) -> float:
    """Add the parts of one number; the article of "and a half" counts nothing."""
    if len(parts) == 1 or "half" not in parts:
        return sum(_number(part) for part in parts)
    whole = parts[: parts.index("and")] if "and" in parts else parts[: parts.index("half")]
    return sum(_number(part) for part in whole) + 0.5


def _number(part: str) -> float:
    if part[0].isdigit():
        return float(part.replace(",", ""))
    return float(CARDINALS.get(part) or TENS.get(part) or (1 if part in {"a", "an", "the"} else 0))
