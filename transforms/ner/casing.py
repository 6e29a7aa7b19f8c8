"""Lines in capitals and headlines of capitalised words, by the article's own casing.

A model takes "Meet Merkel" for a person, and a line in capitals for one long name. Words that the article writes
without a capital elsewhere are no part of a name there; names it knows from elsewhere are found in capitals too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from transforms.ner.company import in_capitals, in_title_case
from transforms.ner.document import Document, Mention, Names

_WORD = re.compile(r"[^\s,;:]+")
_SHORTEST = 4
_CUT = frozenset(("PERSON", "GPE", "NORP"))


def with_casing(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Cut mentions in lines of capitals to the words that make a name, and mark known names in lines in capitals.

    In a headline of capitalised words only people and places are cut, at their start.
    """
    cut = [part for mention in mentions for part in _parts(document, mention)]
    return sorted([*cut, *_in_capitals(document, cut)])


def _parts(document: Document, mention: Mention) -> Iterator[Mention]:
    text, name = document.texts[mention.passage], document.name(mention)
    first, _, rest = name.partition(" ")
    if rest and name.isupper() and in_capitals(text, mention.start):
        yield from _runs(document, mention)
    elif rest and mention.label in _CUT and _is_common(document, first) and in_title_case(text, mention.start):
        yield _without_start(document, mention)
    else:
        yield mention


def _is_common(document: Document, word: str) -> bool:
    return word.lower() in document.common_words


def _runs(document: Document, mention: Mention) -> Iterator[Mention]:
    """Yield the runs of words that the document does not write small."""
    text, start, end = document.texts[mention.passage], None, mention.start
    for word in _WORD.finditer(text, mention.start, mention.end):
        if _is_common(document, word.group()) or not word.group()[0].isalnum():
            if start is not None:
                yield mention._replace(start=start, end=end)
            start = None
        else:
            start, end = (word.start() if start is None else start), word.end()
    if start is not None:
        yield mention._replace(start=start, end=end)


def _without_start(document: Document, mention: Mention) -> Mention:
    words = list(_WORD.finditer(document.texts[mention.passage], mention.start, mention.end))
    while len(words) > 1 and _is_common(document, words[0].group()):
        words.pop(0)
    return mention._replace(start=words[0].start())


def _in_capitals(document: Document, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the names known from elsewhere, in capitals, in lines in capitals."""
    capitals = (len(word.text) >= _SHORTEST and word.text.isupper() for word in document.words)
    if not any(one and other for one, other in pairwise(capitals)):
        return
    known = {name.upper(): one.label for one in mentions if len(name := document.name(one)) >= _SHORTEST}
    for word, end in document.find(Names(known), document.free(mentions)):
        text = document.texts[word.passage]
        if in_capitals(text, word.start):
            yield Mention(word.passage, word.start, end, known[text[word.start : end]], "vote")
