"""The words attribution looks for. All in lower case."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written as text."""
    return frozenset(words.split())


BE = word_set("was were been being be is are am get got gets")
"""Before a past participle these make a passive."""
PUT_WORDS = word_set("it this things")
"""Behind "put" these make it a verb of saying."""
AUXILIARIES = BE | word_set("has have had will would can could may might must shall should does did")
"""Words no noun phrase holds."""

HELPERS = word_set("""
    has have had also later then once again would will could should did does do is was are were be been often
    always never still even just further first simply himself herself itself themselves both all only instead
    to went on going goes not reportedly famously merely ever since soon now more
    """)
"""Words that may stand between a subject and its verb."""

CLAUSE_WORDS = word_set("""
    that but because while although though as if when whenever where whether whose before after since until
    so than however meanwhile then or nor what why how
    """)
"""Words at which a subject cannot reach further back."""

SUBORDINATORS = word_set("while although though as if when whenever where because since until after before once")
"""Words that open a clause before the main one."""
TOPICAL = word_set("for to like")
"""Prepositions that open a sentence with whom it is about."""

OPENING_WORDS = word_set("but and while as though although which who when because or in to for of at on with")
"""Words after a quotation that lead away from it."""

PREPOSITIONS = word_set("""
    of for from at in with on near to by about during inside outside within into over under against among across
    following throughout despite amid around between like
    """)
TITLE_PREPOSITIONS = word_set("of for from at with")
"""Prepositions that carry on a description: "a spokesman for the mayor"."""

DETERMINERS = word_set(
    "a an the one another some two three four five six several many most few both his her their its this that these "
    "those other",
)
INDEFINITE = word_set("a an one another")
"""Determiners of somebody not met before."""
SOMEONE = word_set("another one some several many most few both two three others")
"""Determiners that may stand for a speaker alone."""
POSSESSIVES = word_set("his her their its")
PRONOUNS = word_set("he she they it we i")
PERSONAL = word_set("he she i")
IMPERSONAL = word_set("it they")
RELATIVES = frozenset(("who", "which"))
CITING = frozenset(("quoting", "citing"))
"""Words behind which another one than the subject is named."""
TIMES = word_set("last earlier later recently early late then soon again tuesday's today's")
"""Words that begin to say when, behind a speaker."""
WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday today yesterday")
OCCASIONS = word_set("""
    statement interview interviews email letter tweet tweets post speech briefing conference hearing rally debate
    memo blog reporters address remarks call report twitter facebook instagram television radio court
    """)
"""Where things are said: they do not belong to the description of who says them."""
NO_SPEAKERS = word_set("""
    update breaking watch read note photo photos video correction exclusive live related see also warning live more
    developing alert fact myth question answer q a source image caption
    """)
"""Words before a colon that name nobody."""
OUTLET_NOUNS = word_set("outlet newspaper paper magazine broadcaster agency website channel publication")
"""Nouns that, with `the`, stand for the last named organisation."""

ABBREVIATIONS = word_set("""
    mr mrs ms dr prof gov sen rep reps sens gen col lt sgt capt maj adm rev hon st jr sr vs no inc corp co ltd
    jan feb mar apr jun jul aug sept sep oct nov dec u.s u.k u.n d.c a.m p.m i.e e.g d r dept messrs
    del ald supt cmdr brig cpl pvt pres fr msgr amb atty cllr mt ft ph.d al univ assn bros ave blvd
    """)

ELISIONS = word_set("em til tis twas cause n bout round cuz nuff")
"""Words whose first letters an apostrophe replaces."""

CONFIDENCE = {
    "according_to": 0.9,
    "cue_before": 0.95,
    "cue_after": 0.95,
    "label": 0.9,
    "dash": 0.8,
    "clause": 0.75,
    "sentence_end": 0.75,
    "colon": 0.85,
    "continued": 0.85,
    "same_sentence": 0.7,
    "reported": 0.7,
    "same_paragraph": 0.75,
    "previous_paragraph": 0.5,
    "previous_sentence": 0.4,
}
"""How sure each rule is of its speaker."""

PRONOUN_SHARE = 0.8
"""What is left of that when the speaker is a pronoun or a description whose name had to be found."""

REPEATED = "repeated"
"""The rule for words that a headline takes from the body."""
REPEATED_SHARE = 0.9
"""What is left for them of the body's confidence."""

SAYING_NOUNS = word_set("""
    claim claims statement statements remark remarks words comment comments assertion pledge promise warning tweet
    vow suggestion accusation description declaration insistence argument call
    """)
"""Nouns whose possessor is the one who speaks."""

DOCUMENTS = word_set("""
    statement letter note memo email message post tweet report release announcement sign banner placard card inscription
    plaque sticker poster label headline caption text
    """)
"""Nouns that read something, and that somebody wrote."""

SCARE_WORDS = 3
"""Up to so many words without a cue are no speech."""
