"""The rules of attribution, in order: each looks at the words around a quotation for who said it."""

from __future__ import annotations

from collections.abc import Callable

from transforms.quoting.rules.beside import according_to, cue_after, cue_before, dash, label
from transforms.quoting.rules.carried import (
    continued,
    previous_paragraph,
    previous_sentence,
    reported,
    same_paragraph,
    same_sentence,
)
from transforms.quoting.rules.place import Found, Place
from transforms.quoting.rules.within import clause, colon, sentence_end

RULES: tuple[tuple[str, Callable[[Place], Found | None]], ...] = (
    ("according_to", according_to),
    ("cue_before", cue_before),
    ("cue_after", cue_after),
    ("label", label),
    ("dash", dash),
    ("clause", clause),
    ("sentence_end", sentence_end),
    ("continued", continued),
    ("colon", colon),
    ("same_sentence", same_sentence),
    ("reported", reported),
    ("same_paragraph", same_paragraph),
    ("previous_paragraph", previous_paragraph),
    ("previous_sentence", previous_sentence),
)
"""The rules by name; the first that finds something holds."""
