"""Which part each line plays: patterns first, then the opening of the page, then the line model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice
from typing import NamedTuple

from transforms.lines.line import Line, Role
from transforms.lines.model import Weights, body_probabilities, load_weights
from transforms.lines.model.context import code
from transforms.lines.patterns import match_line

_SITE_NAME = re.compile(r" (?:[|·•»—–-]|::) ")
_DECK_WORDS = 6
_SECTION_WORDS = 3
_LABEL_WORDS = 5
_MOST_LABELS = 2
_HEADLINE_CHARACTERS = 250
_SURE = 800
_INSIDE, _OUTSIDE = 900, 200
_STORY_BEGINS, _STORY_ENDS = 200, 400
"""How likely a paragraph must be (thousandths) to begin the story, and to end it: most teasers stand below."""
_KEPT_INSIDE, _KEPT_ABOVE, _KEPT_OUTSIDE = 100, 200, 400
"""A line is kept from this probability on, inside the story, right above it and away from it: inside, where unsure, it
is kept; outside stand the labels and lists of pages."""
_BELOW = 2
_KEPT_BELOW_SHORT, _KEPT_BELOW_LONG, _LONG = 100, 300, 20
"""So many lines right below the story are kept from a probability on that rises from no words to `_LONG`."""
_OVERRULED = 600
"""Inside the story of a text the model, where this sure, overrules patterns: labels may be titles of the author's."""
_NEVER_BODY = ("blank", "byline", "caption", "contributor", "copyright", "source_credit")
"""Roles whose patterns say so much that the model overrules them nowhere."""
_BOXES = ("newsletter_box", "transcript_notice", "chat_invitation")
"""Rules that say as much: outlets put these between the paragraphs, and the model takes them for one."""
_MAY_BE_BODY = frozenset(
    ("counter", "date_line", "photo_label", "related", "rule_of_marks", "site_chrome", "subscribe")
)
"""Rules that the mark-up of a page overrules, as the number of a step or the label of a picture: it tells of passages
rather than of lines."""


RULES = {
    "blank": "a line without words",
    "first_title": "the first title above the first paragraph, or the one that is repeated there",
    "repeat": "the same words again",
    "under_headline": "a line of six words or more right under the headline",
    "label_above_headline": "three words or fewer above the headline; of two such lines the lower, of more none",
    "above_headline": "any other line above the headline",
    "label_above_copyright": "a short label between the end of the story and the copyright line",
    "under_related_label": "a title under a label such as Related or Read more",
    "markup_headline": "the headline the page's mark-up states",
    "markup_body": "inside the body of an HTML page",
    "outside_markup_body": "outside the body of an HTML page",
    "line_model": "the line model: how the line looks, what it says and what stands around it",
    "front_matter": "fields between two rules above the text of a Markdown file",
    "given_clean": "`--clean none`: the text is taken as it is",
}
"""What gives a role beside the patterns (`blocks.rule`)."""


class PageSigns(NamedTuple):
    """What a page's mark-up says of its lines: the headline, and the numbers of the body's lines."""

    headline: str | None
    body: frozenset[int]


class Text(NamedTuple):
    """The lines of a document, what its mark-up says of them if it is a page, and how many are front matter."""

    lines: Sequence[Line]
    page: PageSigns | None = None
    front: int = 0


def label_lines(texts: Sequence[Text], weights: Weights | None = None) -> list[list[Role]]:
    r"""Return a role for each line of each text. What is said of one text does not depend on the others.

    >>> from transforms.lines.line import split_lines
    >>> text = "News\n\nFerry runs aground\n\nThe ferry ran aground off the northern harbour wall on Tuesday."
    >>> [role.role for role in label_lines([Text(split_lines(text))])[0]]
    ['section', 'blank', 'headline', 'blank', 'body']
    """
    named = [_by_words(text) for text in texts]
    plain = [number for number, text in enumerate(texts) if text.page is None]
    found = body_probabilities(
        [[line.text for line in texts[number].lines if line.text] for number in plain],
        [[code(role.role, role.rule) if role else 0 for role in named[number] if role != _BLANK] for number in plain],
        weights or load_weights(),
    )
    likely = [_as_marked_up(text) for text in texts]
    for number, given in zip(plain, found, strict=True):
        likely[number] = _with_blanks(named[number], given)
    return [_Labels(*parts).assigned() for parts in zip(texts, named, likely, strict=True)]


_BLANK = Role("blank", 1.0, "blank")


_FRONT_MATTER = Role("furniture", 0.95, "front_matter")


def _by_words(text: Text) -> list[Role | None]:
    """Return the roles that lines have by their own words."""
    front = [_FRONT_MATTER if line.text else _BLANK for line in text.lines[: text.front]]
    return [*front, *(_named(line.text) for line in text.lines[text.front :])]


def _named(line: str) -> Role | None:
    if not line:
        return _BLANK
    pattern = match_line(line)
    return Role(pattern.role, 0.95, pattern.rule) if pattern else None


def _with_blanks(roles: Sequence[Role | None], likely: Sequence[int]) -> list[int]:
    """Give blank lines a probability of 0."""
    given = iter(likely)
    return [0 if role == _BLANK else next(given) for role in roles]


def _as_marked_up(text: Text) -> list[int]:
    """Return how likely the lines of a page are body, as its mark-up says."""
    body = text.page.body if text.page else frozenset()
    return [_INSIDE if number in body else _OUTSIDE for number in range(len(text.lines))]


class _Labels:
    """The roles of one text's lines while they are being assigned."""

    def __init__(self, text: Text, named: list[Role | None], likely: list[int]) -> None:
        self.lines = text.lines
        self.page = text.page
        self.likely = likely
        self.roles = named
        self._words = [line.word_count for line in self.lines]
        paragraphs = self._paragraphs()
        first = next((number for number in paragraphs if likely[number] >= _STORY_BEGINS), 0)
        end = next((number + 1 for number in reversed(paragraphs) if likely[number] >= _STORY_ENDS), 0)
        self.story = range(first, end)
        self.above, self.below = self._lines_beside_story()
        for number in self.story:
            role = named[number]
            if role and self._may_be_body(role) and likely[number] >= _OVERRULED:
                self.roles[number] = None

    def assigned(self) -> list[Role]:
        """Assign all roles."""
        self._mark_repeats()
        named = self._mark_page() if self.page else None
        self._mark_opening(named)
        self._mark_label_at_end()
        self._mark_rest()
        return [role for role in self.roles if role]

    def _open(self, end: int) -> list[int]:
        return [number for number in range(end) if self.roles[number] is None]

    def _may_be_body(self, role: Role) -> bool:
        if self.page:
            return role.rule in _MAY_BE_BODY
        return role.role not in _NEVER_BODY and role.rule not in _BOXES and role != _FRONT_MATTER

    def _lines_beside_story(self) -> tuple[list[int], list[int]]:
        """Return the number of the line right above the story, and of those right below it."""
        above = (number for number in reversed(range(self.story.start)) if self._words[number])
        below = (number for number in range(self.story.stop, len(self.lines)) if self._words[number])
        return list(islice(above, 1)), list(islice(below, _BELOW))

    def _is_kept(self, number: int) -> bool:
        """Whether a line is likely body; in a text without a likely paragraph, paragraphs are."""
        if not self.story:
            return self.lines[number].is_paragraph or self.likely[number] >= _KEPT_OUTSIDE
        return self.likely[number] >= self._least(number)

    def _least(self, number: int) -> float:
        """Return how likely a line must be to be kept."""
        if number in self.story:
            return _KEPT_INSIDE
        if number in self.above:
            return _KEPT_ABOVE
        if number in self.below:
            share = min(self._words[number] / _LONG, 1)
            return _KEPT_BELOW_SHORT + (_KEPT_BELOW_LONG - _KEPT_BELOW_SHORT) * share
        return _KEPT_OUTSIDE

    def _paragraphs(self) -> list[int]:
        return [number for number in self._open(len(self.lines)) if self.lines[number].is_paragraph]

    def _mark_repeats(self) -> None:
        seen: set[str] = set()
        for number, role in enumerate(self.roles):
            if role and role.role == "caption":
                if self.lines[number].text in seen:
                    self.roles[number] = Role("caption_repeat", 0.95, "repeat")
                seen.add(self.lines[number].text)

    def _mark_page(self) -> int | None:
        """Take over what mark-up says: which line is the headline (returned), and which lines are not the article."""
        assert self.page  # noqa: S101
        named = None
        headline = self.page.headline
        titles = {headline, _SITE_NAME.split(headline)[0]} if headline else set()
        for number, role in enumerate(self.roles):
            if self.lines[number].text in titles:
                self.roles[number] = Role("headline" if named is None else "headline_repeat", 0.95, "markup_headline")
                named = number if named is None else named
            elif role is None and number not in self.page.body:
                self.roles[number] = Role("furniture", 1 - _OUTSIDE / 1000, "outside_markup_body")
        return named

    def _mark_opening(self, named: int | None) -> None:
        """Name what stands above the first paragraph: section, headline and its repeats, deck."""
        opening = self._open(self._first_paragraph())
        main = self._headline(opening) if named is None else named
        labels = [number for number in opening if number < main and self._words[number] <= _SECTION_WORDS]
        is_next = True
        for number in opening:
            self.roles[number] = role = self._opening_role(number, main, is_next=is_next)
            is_next = is_next and (number <= main or role.role == "headline_repeat")
        if 0 < len(labels) <= _MOST_LABELS:
            self.roles[labels[-1]] = Role("section", 0.8, "label_above_headline")

    def _first_paragraph(self) -> int:
        """Return the number of the first likely paragraph, or sentence, or of the second open line, or the end."""
        numbers = self._open(len(self.lines))
        paragraphs = (number for number in numbers if self.lines[number].is_paragraph)
        sentences = (number for number in numbers if self.lines[number].is_closed)
        return next(chain(self.story, paragraphs, sentences, numbers[1:], [len(self.lines)]))

    def _headline(self, opening: Sequence[int]) -> int:
        """Return the number of the headline: the first title repeated, else the first title, else the longest line."""
        titles = [
            number
            for number in opening
            if self._words[number] > _SECTION_WORDS and len(self.lines[number].text) <= _HEADLINE_CHARACTERS
        ]
        counts = Counter(self.lines[number].text for number in titles)
        repeated = [number for number in titles if counts[self.lines[number].text] > 1]
        by_length = sorted(opening, key=lambda number: -self._words[number])
        return (repeated or titles or by_length or [-1])[0]

    def _opening_role(self, number: int, main: int, *, is_next: bool) -> Role:
        """`is_next` says that nothing but the headline stands between it and the line."""
        line = self.lines[number]
        if number == main:
            return Role("headline", 0.9, "first_title")
        if line.text == self.lines[main].text:
            return Role("headline_repeat", 0.95, "repeat")
        if number < main:
            return Role("furniture", 0.6, "above_headline")
        is_deck = is_next and line.word_count >= _DECK_WORDS
        return Role("deck", 0.8, "under_headline") if is_deck else self._by_model(number)

    def _mark_label_at_end(self) -> None:
        """Name the section where its label stands between the end of the story and the copyright line."""
        last = max((number for number, role in enumerate(self.roles) if role and role.role == "copyright"), default=0)
        above = [number for number in range(last) if self.roles[number] != _BLANK][-2:]
        if any(role and role.role == "section" for role in self.roles) or len(above) < 2:
            return
        before, label = above
        role = self.roles[before]
        ends_story = role.role in ("body", "contributor") if role else self._is_kept(before)
        line = self.lines[label]
        if self.roles[label] is None and ends_story and line.word_count <= _LABEL_WORDS and not line.is_closed:
            self.roles[label] = Role("section", 0.7, "label_above_copyright")

    def _mark_rest(self) -> None:
        headline = next(
            (self.lines[n].text for n, role in enumerate(self.roles) if role and role.role == "headline"), None
        )
        under_related = False
        for number, role in enumerate(self.roles):
            if role is not None:
                # a label that names a title itself ("Read more: ...") has no list under it
                is_label = role.rule == "related" and ": " not in self.lines[number].text
                under_related = is_label or (under_related and role == _BLANK)
            elif self.lines[number].text == headline:
                self.roles[number] = Role("headline_repeat", 0.9, "repeat")
            elif under_related and self._is_title(number):
                self.roles[number] = Role("furniture", 0.8, "under_related_label")
            else:
                under_related = False
                self.roles[number] = self._by_model(number)

    def _is_title(self, number: int) -> bool:
        line = self.lines[number]
        return not line.is_closed and not line.is_paragraph and self.likely[number] < _SURE

    def _by_model(self, number: int) -> Role:
        sure = self.likely[number] / 1000
        if self.page:
            return Role("body", sure, "markup_body")
        return Role("body", sure, "line_model") if self._is_kept(number) else Role("furniture", 1 - sure, "line_model")
