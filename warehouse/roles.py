"""The parts a line can play on its page: the values of `blocks.role`, and what each means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ROLES: Mapping[str, str] = MappingProxyType(
    {
        "body": "The article's own words. Body lines and contributor lines, in order, are `articles.text`.",
        "headline": "The title of the article, once; `articles.headline`.",
        "headline_repeat": "The headline again, as copies of pages often have it.",
        "deck": "The line under the headline that sums the story up; `articles.deck`.",
        "section": "The label of the part of the outlet the article stands in; `articles.section`.",
        "byline": "Who wrote it; `articles.byline`, and by name `articles.authors`.",
        "contributor": "Who else reported or edited it. Stays in the text, as its last words.",
        "caption": "The words under a picture, with its credit; `articles.captions`.",
        "caption_repeat": "A caption again.",
        "separator": "A line of marks without words.",
        "source_credit": "Where the text appeared first; read for `articles.original_source`.",
        "copyright": "Whose it is; read for `articles.outlet`. Its year dates nothing.",
        "furniture": "The page's and not the article's: menus, buttons, advertisements, other headlines.",
        "blank": "No words at all.",
    }
)
