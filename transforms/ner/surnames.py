"""A lone surname or first name is a person where the article names one in full."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from transforms.gazetteer import cities, country, is_demonym, territory
from transforms.ner.company import is_locative, stands_alone
from transforms.ner.document import Document, Mention, Names
from transforms.quoting.verbs import PASTS, PRESENTS

_MOST_WORDS = 4
_MOST_WORDS_MENDED = 3
_SHORTEST = 2
_NO_NAMES = frozenset(
    (
        "April", "August", "December", "February", "Friday", "II", "III", "IV", "January", "Jr", "July", "June",
        "March", "May", "Monday", "November", "October", "Saturday", "September", "Sr", "Sunday", "Thursday",
        "Tuesday", "VI", "VII", "VIII", "Wednesday",
    )
)  # fmt: skip
"""Words at an end of a name that alone mean a day or nobody."""
_VERB_AFTER = re.compile(r" (?:also |later |then )?([a-z]{3,20})\b")
_BEFORE = re.compile(r"(?:\bM(?:r|rs|s|x)\.?|[,?!][\"'”’] (?:said|says)) $")
_REACH = 12
_MENDED = frozenset(("ORG", "GPE", "LOC", "PRODUCT", "WORK"))


def with_surnames(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Label the lone surnames and first names of the article's people PERSON, and mark those the model missed.

    Not taken for one: days and months, words the document also writes without a capital, places that it speaks of as
    such ("in Lincoln"); countries, territories and demonyms, but where one is a surname here and speaks or is called Mr
    or Ms. A name in full that the model took for something else is a person where its surname alone is one.
    """
    parts = _parts(document, mentions)
    lone = {name for one in mentions if one.label == "PERSON" and " " not in (name := document.name(one))}
    named = [_mended(document, _named(document, one, parts), lone) for one in mentions]
    return sorted([*named, *_missed(document, named, parts)])


def _parts(document: Document, mentions: Sequence[Mention]) -> set[str]:
    """Return the surnames and first names of the people named in full."""
    people = [document.name(one).split() for one in mentions if one.label == "PERSON"]
    found = {part for words in people if 1 < len(words) <= _MOST_WORDS for part in (words[0], words[-1])}
    found = {name for name in found if _is_part(name) and name.lower() not in document.common_words}
    lands = {name for name in found if country(name) or territory(name) or is_demonym(name)}
    speaking = _speaking(document, mentions, lands & {words[-1] for words in people})
    return (found - lands | speaking) - _placed(document, mentions)


def _is_part(name: str) -> bool:
    return len(name) >= _SHORTEST and name[0].isupper() and name not in _NO_NAMES and not name.endswith(".")


def _placed(document: Document, mentions: Sequence[Mention]) -> set[str]:
    """Return the names the document speaks of as places."""
    places = (one for one in mentions if one.label in {"GPE", "NORP"})
    return {document.name(one) for one in places if is_locative(document.texts[one.passage], one.start, one.end)}


def _speaking(document: Document, mentions: Sequence[Mention], names: Collection[str]) -> set[str]:
    """Return those of `names` that alone say something or are called Mr or Ms, and that nothing is "of"."""
    alone = [one for one in mentions if document.name(one) in names] if names else []
    ruled = {document.name(one) for one in alone if document.texts[one.passage].endswith(" of ", 0, one.start)}
    speaking = (one for one in alone if _speaks(document.texts[one.passage], one.start, one.end))
    return {document.name(one) for one in speaking} - ruled


def _speaks(text: str, start: int, end: int) -> bool:
    verb = _VERB_AFTER.match(text, end)
    is_said = verb is not None and verb[1] in PASTS | PRESENTS
    return is_said or _BEFORE.search(text[max(0, start - _REACH) : start]) is not None


def _named(document: Document, mention: Mention, parts: Collection[str]) -> Mention:
    if document.name(mention) not in parts or mention.source == "lexicon":
        return mention
    if mention.label == "PERSON":
        return mention._replace(agreeing=mention.agreeing | {"surname"})
    return mention._replace(label="PERSON", source="surname", agreeing=frozenset())


def _mended(document: Document, mention: Mention, lone: Collection[str]) -> Mention:
    """Return a mention in full as a person where nothing but the model says that it is none and `lone` has its end."""
    if mention.label not in _MENDED or mention.source != "model" or mention.agreeing:
        return mention
    words = document.name(mention).split()
    is_full = 1 < len(words) <= _MOST_WORDS_MENDED and all(word[0].isupper() for word in words)
    if is_full and words[-1] in lone and not cities(" ".join(words)):
        return mention._replace(label="PERSON", source="surname")
    return mention


def _missed(document: Document, mentions: Sequence[Mention], parts: Collection[str]) -> Iterator[Mention]:
    for word, end in document.find(Names(parts), document.free(mentions)):
        if stands_alone(document.texts[word.passage], word.start, end):
            yield Mention(word.passage, word.start, end, "PERSON", "surname")
