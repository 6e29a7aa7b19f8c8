"""Names as keys: what two spellings must share to be the same name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_POSSESSIVE = re.compile(r"['’]s?$")
_DOTTED = re.compile(r"\b((?:[^\W\d_]\.){2,})(?=\W|$)")
_APART = re.compile(r"[\W_]+")
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters Unicode does not take apart, as they are written without their strokes."""


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """Return a name without case, accents, possessive, punctuation and spacing.

    >>> folded("José  Álvarez’s"), folded("U.S."), folded("Skarvøy")
    ('jose alvarez', 'us', 'skarvoy')
    """
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", name.strip()))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = _DOTTED.sub(lambda dotted: dotted.group().replace(".", ""), plain)
    return _APART.sub(" ", plain.casefold().translate(_PLAIN)).strip()


def entity_key(label: str, folded_name: str) -> str:
    """Return the stable key of a name: its label and folded form.

    >>> entity_key("GPE", "lisbon")
    'GPE:lisbon'
    """
    return f"{label}:{folded_name}"
