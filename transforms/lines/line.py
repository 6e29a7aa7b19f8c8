"""Lines of a raw text, and the parts they can play."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transforms.segments import clean_text

_MARKDOWN = re.compile(r"(?:#{1,6} +|> ?)?(?P<marks>[*_]{0,2})(?P<words>.*)(?P=marks)", re.DOTALL)
_ENDS = tuple(".!?…。？！؟।")
_CLOSERS = "\"'”’»)]"
_UNPARTED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_LONG_WORDS = 20
_SENTENCE_WORDS = 9


class Line(NamedTuple):
    """One line of a raw text: its raw span without the line break, and its cleaned words."""

    raw_start: int
    raw_end: int
    text: str

    @property
    def word_count(self) -> int:
        """How many words it has; of Chinese and Japanese, which part none, two signs count as one."""
        if not self.text:
            return 0
        signs = 0 if self.text.isascii() else len(_UNPARTED.findall(self.text))
        return self.text.count(" ") + 1 + signs // 2

    @property
    def is_closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.text.endswith(":") or self.text.rstrip(_CLOSERS).endswith(_ENDS)

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
    spans = _spans(raw_text)
    if is_markdown:
        spans = (_words_span(raw_text, *span) for span in spans)
    return [Line(start, end, clean_text(raw_text[start:end])) for start, end in spans]


def _spans(raw_text: str) -> Iterator[tuple[int, int]]:
    """Yield where lines begin and end; no line begins behind a break that ends the text."""
    start = end = 0
    for piece in raw_text.splitlines(keepends=True):
        end += len(piece)
        if piece.endswith(("\r", "\n")):
            yield start, end - (2 if piece.endswith("\r\n") else 1)
            start = end
    if start < len(raw_text) or not raw_text:
        yield start, len(raw_text)


def _words_span(raw_text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the words of a Markdown line begin and end."""
    match = _MARKDOWN.fullmatch(raw_text[start:end].rstrip())
    return (start + match.start("words"), start + match.end("words")) if match else (start, end)
