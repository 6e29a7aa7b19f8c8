"""The words attribution looks for. All in lower case."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SAYING = _set("""
    said says say told tells tell added adds replied replies responded responds answered answers asked asks
    wrote writes tweeted tweets posted posts announced announces declared declares stated insisted insists
    argued argues argue warned warns warn noted observed observes remarked remarks commented explained explains
    continued continues concluded concludes acknowledged acknowledges admitted admits conceded concedes confirmed
    confirms denied denies alleged alleges asserted asserts claimed maintained maintains contended contends
    suggested suggests believed believes believe recalled recalls revealed reveals reported testified testifies
    vowed vows promised promises pledged pledges urged urges demanded exclaimed shouted shouts yelled yells cried
    joked jokes quipped quips mused whispered countered counters retorted protested complained complains lamented
    laments boasted boasts bragged predicted predicts recounted recounts reiterated reiterates emphasized
    emphasizes emphasised stressed stresses underscored clarified cautioned cautions advised advises quoted quotes
    opined proclaimed proclaims pronounced hailed praised praises lauded slammed blasted denounced denounces
    condemned condemns criticized criticised attacked accused accuses mocked dismissed derided decried ridiculed
    thanked defended agreed sang sings chanted intoned ruled found interjected interrupted elaborated volunteered
    described describes characterized characterised called labeled labelled dubbed branded likened deemed termed
    summed encouraged exhorted implored begged ordered instructed read wondered thought expressed apologized
    speculated estimated indicated hinted disclosed signaled signalled swore bemoaned scoffed snapped chimed opted
    """)
"""Verbs that give someone's words, in forms that take a subject."""

PARTICIPLES = _set("""
    saying telling adding replying responding answering asking writing tweeting posting announcing declaring
    stating insisting arguing warning noting observing remarking commenting explaining continuing concluding
    acknowledging admitting conceding confirming denying alleging asserting claiming maintaining contending
    suggesting recalling revealing testifying vowing promising pledging urging demanding shouting yelling joking
    predicting reiterating emphasizing stressing cautioning calling describing labeling dubbing branding
    denouncing condemning criticizing accusing mocking hailing praising encouraging boasting quipping chanting
    """)
"""The same verbs hung on to a sentence: their subject is the sentence's."""

NOUN_LIKE = _set("""
    notes reports claims claim states state calls call demands report reads question questions charges tweets
    posts quotes estimates read
    """)
"""Forms that are as often nouns: a cue only right before the words, a colon or `that`."""

PASSIVE_HELPERS = _set("was were been being be is are get got gets")
PASSIVE_VERBS = _set("asked told quoted called described labeled labelled dubbed branded deemed termed")
"""Verbs whose subject, after a passive helper, is not the one who speaks."""

HELPERS = _set("""
    has have had also later then once again would will could should did does do is was are were be been often
    always never still even just further first simply himself herself itself themselves both all only instead
    to went on going goes not reportedly famously merely ever since soon now more
    """)
"""Words that may stand between a subject and its verb."""

CLAUSE_WORDS = _set("""
    that but because while although though as if when whenever where whether whose before after since until
    so than however meanwhile then or nor what why how
    """)
"""Words at which a subject cannot reach further back."""

OPENING_WORDS = _set("but and while as though although which who when because or in to for of at on with")
"""Words after a quotation that lead away from it."""

PREPOSITIONS = _set("""
    of for from at in with on near to by about during inside outside within into over under against among across
    following throughout despite amid around between like
    """)
TITLE_PREPOSITIONS = _set("of for from at with")
"""Prepositions that carry on a description: "a spokesman for the mayor"."""

DETERMINERS = _set(
    "a an the one another some two three four five six several many most few both his her their its this that these "
    "those other",
)
POSSESSIVES = _set("his her their its")
PRONOUNS = _set("he she they it we i")
PERSONAL = _set("he she i")
RELATIVES = frozenset(("who", "which"))
OUTLET_NOUNS = _set("outlet newspaper paper magazine broadcaster agency website channel publication")
"""Nouns that, with `the`, stand for the last named organisation."""

ABBREVIATIONS = _set("""
    mr mrs ms dr prof gov sen rep reps sens gen col lt sgt capt maj adm rev hon st jr sr vs no inc corp co ltd
    jan feb mar apr jun jul aug sept sep oct nov dec u.s u.k u.n d.c a.m p.m i.e e.g d r dept messrs
    """)

ELISIONS = _set("em til tis twas cause n bout round cuz nuff")
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
    "same_paragraph": 0.75,
    "previous_paragraph": 0.5,
    "previous_sentence": 0.4,
}
"""How sure each rule is of its speaker."""

PRONOUN_SHARE = 0.8
"""What is left of that when the speaker is a pronoun whose name had to be found."""

SAYING_NOUNS = _set("""
    claim claims statement statements remark remarks words comment comments assertion pledge promise warning tweet
    vow suggestion accusation description declaration insistence argument call
    """)
"""Nouns whose possessor is the one who speaks."""

SCARE_WORDS = 3
"""Up to so many words without a cue are no speech."""
