"""Which language a text is written in."""

from __future__ import annotations

from functools import cache

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

_PIECE_CHARACTERS = 100
_SURE, _SURE_OF_SHORT, _SHORT = 0.4, 0.85, 200
"""Least probability that is believed, of a text and of a short one in Latin letters, which may be mostly names."""
_LATIN = 0x250
"""The first code point behind the Latin letters in common use."""
_PART_OF = {
    "ary": "ar", "arz": "ar", "fuv": "ff", "gug": "gn", "hbo": "he", "sdh": "ku", "uzs": "uz", "wuu": "zh", "yue": "zh",
}  # fmt: skip
"""ISO 639-3 languages the detector tells apart, by the macrolanguage that has a two-letter code."""


def detect(text: str) -> str | None:
    """Return the ISO 639-1 code of the language `text` is most likely written in.

    None when the text has no letters, is of a language without such a code, or the detector is unsure.
    Of a long text only the beginning of each third is looked at.

    >>> detect("The harbour master closed the port on Tuesday after two days of storm.")
    'en'
    """
    return _detected(text, _SURE)


def detect_surely(text: str) -> str | None:
    """Return what `detect` does, or None where a text is so short that the detector must be surer than it is."""
    is_short = len(text) < _SHORT and 2 * sum(ord(character) < _LATIN for character in text) > len(text)
    return _detected(text, _SURE_OF_SHORT if is_short else _SURE)


def _detected(text: str, least: float) -> str | None:
    code, probability = _detector().classify(_sample(text))
    code = _PART_OF.get(code, code)
    return code if probability >= least and len(code) == 2 else None


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
