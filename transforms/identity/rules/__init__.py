"""The rules by which names are joined, the surest first.

A rule is a function from the corpus, the entities so far and their context to merges; the engine takes those that
contradict nothing. Each name of a rule in `entity_map.rule` is explained where it is proposed.
"""

from transforms.identity.rules.acronyms import acronyms
from transforms.identity.rules.labels import labels, legal_forms
from transforms.identity.rules.people import described, families, first_and_last, given_variants, initials
from transforms.identity.rules.places import places
from transforms.identity.rules.short_forms import short_forms
from transforms.identity.rules.spelling import misspellings
from transforms.identity.rules.words import known, plurals, same_words

RULES = (
    same_words,
    plurals,
    places,
    described,
    first_and_last,
    given_variants,
    acronyms,
    known,
    short_forms,
    initials,
    families,
    legal_forms,
    labels,
    misspellings,
)
