"""One label for a name throughout a document, by vote; and the mentions of it the model missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from transforms.ner.company import is_money, stands_alone
from transforms.ner.document import Document, Mention, Names

_SHORTEST = 3
"""A shorter name is repeated by chance."""


def with_votes(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Give each name the label most of its mentions have, and mark the places where it stands unmarked.

    What gazetteer or lexicon say counts twice and is not outvoted. A tie changes nothing. Weapons are left to the
    lexicon. A word that the document also writes without a capital is not repeated.
    """
    winners = _winners(document, mentions)
    voted = [_voted(mention, winners.get(document.name(mention))) for mention in mentions]
    return sorted([*voted, *_repeats(document, voted, winners)])


def _winners(document: Document, mentions: Sequence[Mention]) -> dict[str, str]:
    votes: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for mention in mentions:
        votes[document.name(mention)][mention.label] += 1 + (mention.source != "model" or bool(mention.agreeing))
    best = {name: max(counts, key=counts.__getitem__) for name, counts in votes.items()}
    return {
        name: label
        for name, label in best.items()
        if label != "WEAPON" and 2 * votes[name][label] > sum(votes[name].values())
    }


def _voted(mention: Mention, label: str | None) -> Mention:
    if label is None or mention.source != "model":
        return mention
    if mention.label == label:
        return mention
    return mention._replace(label=label, source="vote", agreeing=frozenset())


def _repeats(document: Document, mentions: Sequence[Mention], labels: Mapping[str, str]) -> Iterator[Mention]:
    free = document.free(mentions)
    known = {name for name in labels if len(name) >= _SHORTEST and name.lower() not in document.common_words}
    for word, end in document.find(Names(known), free):
        text = document.texts[word.passage]
        if stands_alone(text, word.start, end) and not is_money(text, end):
            yield Mention(word.passage, word.start, end, labels[text[word.start : end]], "vote")
