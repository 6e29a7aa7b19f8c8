"""Lines of a raw text, and the parts they can play."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.segments import clean_line

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_MARKDOWN = re.compile(r"(?:#{1,6} +|> ?)?(?P<marks>[*_]{0,2})(?P<words>.*)(?P=marks)", re.DOTALL)
_SENTENCE_END = re.compile(r"[.!?…。？！؟।][\"'”’»)\]]*$|:$")
_LONG_WORDS = 20
_SENTENCE_WORDS = 9


class Line(NamedTuple):
    """One line of a raw text: its raw span without the line break, and its cleaned words."""

    raw_start: int
    raw_end: int
    text: str

    @property
    def word_count(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def is_closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_SENTENCE_END.search(self.text))

    @property
    def is_paragraph(self) -> bool:
        """Whether it is running text rather than a title or label."""
        words = self.word_count
        return words >= _LONG_WORDS or (words >= _SENTENCE_WORDS and self.is_closed)


class Role(NamedTuple):
    """The part a line plays, how sure that is (0 to 1), and the rule or model that says so."""

    role: str
    probability: float
    rule: str


def split_lines(raw_text: str, *, is_markdown: bool = False) -> list[Line]:
    """Split at line breaks; of Markdown, the marks of headings and emphasis around a line are left out."""
    lines: list[Line] = []
    for match in _LINE.finditer(raw_text):
        if match.start() < len(raw_text) or not lines:
            bare = match.group().rstrip("\r\n")
            start, end = _words_span(bare) if is_markdown else (0, len(bare))
            raw_start, raw_end = match.start() + start, match.start() + end
            lines.append(Line(raw_start, raw_end, clean_line(raw_text, raw_start, raw_end).text))
    return lines


def _words_span(line: str) -> tuple[int, int]:
    """Return where the words of a Markdown line begin and end."""
    match = _MARKDOWN.fullmatch(line.rstrip())
    return match.span("words") if match else (0, len(line))
