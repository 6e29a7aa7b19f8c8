"""Which language a text is written in."""

from __future__ import annotations

from functools import cache

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

_PIECE_CHARACTERS = 100
_SURE = 0.4
_PART_OF = {
    "ary": "ar", "arz": "ar", "fuv": "ff", "gug": "gn", "hbo": "he", "sdh": "ku", "uzs": "uz", "wuu": "zh", "yue": "zh",
}  # fmt: skip
"""ISO 639-3 languages the detector tells apart, by the macrolanguage that has a two-letter code."""


def detect(text: str) -> str | None:
    """Return the ISO 639-1 code of the language `text` is written in.

    None when the text is too short, has no letters, is of a language without such a code, or the detector is unsure.
    Of a long text only the beginning of each third is looked at.

    >>> detect("The harbour master closed the port on Tuesday after two days of storm.")
    'en'
    """
    code, probability = _detector().classify(_sample(text))
    code = _PART_OF.get(code, code)
    return code if probability >= _SURE and len(code) == 2 else None


def _sample(text: str) -> str:
    """Three pieces: an article quotes, and stands between labels, in other languages than its own."""
    if len(text) <= 3 * _PIECE_CHARACTERS:
        return text
    starts = (0, len(text) // 3, 2 * len(text) // 3)
    return " ".join(text[start : start + _PIECE_CHARACTERS] for start in starts)


@cache
def _detector() -> LanguageIdentifier:
    read = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # stored as half floats, which NumPy would convert anew for every text
    weights = read.nb_ptc.astype(np.float32)
    return LanguageIdentifier(
        weights, read.nb_pc, read.nb_classes, read.tk_nextmove, read.tk_output, norm_probs=True, tk_row=read.tk_row
    )
