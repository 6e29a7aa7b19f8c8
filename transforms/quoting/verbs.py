"""Verbs that give someone's words, in all their forms. General knowledge of English; all in lower case."""

from __future__ import annotations

from transforms.quoting.words import word_set

_VOWELS = frozenset("aeiou")

_REGULAR = """
    accuse acknowledge add admit advise affirm agree allege announce answer apologise apologize argue ask assert assure
    attack bark beg believe bellow bemoan berate blast blog blurt boast brag brand call caution challenge chant
    characterise characterize charge chide chime claim clarify command comment complain concede conclude concur condemn
    confess confide confirm contend continue counter criticise criticize cry declare decry deem defend demand denounce
    deny deride describe disclose dismiss dub elaborate email emphasise emphasize encourage enthuse estimate exclaim
    exhort explain express fume gasp grumble gush hail hint implore indicate inform inquire insist instruct interject
    interrupt intone jest joke label lament laud laugh lecture liken maintain moan mock mumble murmur muse
    mutter note object opine order plead pledge point post praise pray preach predict proclaim profess promise
    pronounce propose protest quip quote rant reaffirm reason reassure rebuke recall recommend recount refer reflect
    reiterate rejoin remark remember remind repeat reply report request respond retort reveal ridicule roar rule scoff
    scold scream shout shriek sigh signal slam snap sneer speculate state stress suggest summarise summarize surmise
    taunt tease term testify text thank theorise theorize threaten thunder tout tweet underline underscore urge venture
    volunteer vow warn whisper wonder worry yell
    """
_IRREGULAR = {
    "begin": ("began", "begun"), "find": ("found", "found"), "say": ("said", "said"), "sing": ("sang", "sung"),
    "swear": ("swore", "sworn"), "tell": ("told", "told"), "think": ("thought", "thought"),
    "write": ("wrote", "written"),
}  # fmt: skip
_DOUBLED = word_set("admit beg blog blur brag concur dub label quip refer slam snap signal")
"""Verbs that double their last letter before -ed and -ing."""

_MAY_BE_NOUNS = """
    answer attack blog boast brand call caution challenge charge claim command comment counter cry demand dismiss email
    estimate hint joke label laugh lecture moan note object order plead pledge point post praise promise protest
    quip quote rebuke remark repeat reply report request respond rule scream shout sigh signal slam snap state stress
    tease term text thank tout tweet urge venture volunteer vow whisper wonder worry yell reason laud chant joke find
    """


def _past(verb: str) -> str:
    if verb[-1] == "e":
        return f"{verb}d"
    if verb[-1] == "y" and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1] if verb in _DOUBLED else ''}ed"


def _third(verb: str) -> str:
    if verb[-1] == "y" and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ies"
    return f"{verb}{'es' if verb.endswith(('s', 'sh', 'ch', 'x', 'z')) else 's'}"


def _participle(verb: str) -> str:
    if verb[-1] == "e":
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1] if verb in _DOUBLED or verb == 'begin' else ''}ing"


_VERBS = frozenset((*_REGULAR.split(), *_IRREGULAR))

BASES = _VERBS
"""Infinitives, and the forms of a plural subject."""

PASTS = frozenset(_past(verb) for verb in _REGULAR.split()) | {
    "labelled", "observed", "signalled", "penned", "captioned", *(past for past, _ in _IRREGULAR.values()),
}  # fmt: skip
PASSIVES = PASTS - {past for past, _ in _IRREGULAR.values()} | {"said", "told", "written"}
"""Forms whose subject, after a form of `be`, is not the one who speaks."""

PRESENTS = frozenset(_third(verb) for verb in _VERBS) | {"reads"}
PARTICIPLES = frozenset(_participle(verb) for verb in _VERBS) | {"labelling", "signalling"}
"""Forms hung on to a sentence: their subject is the sentence's."""

SAYING = BASES | PASTS | PRESENTS
"""Forms that take a subject."""

NOUN_LIKE = frozenset(form for verb in _MAY_BE_NOUNS.split() for form in (verb, _third(verb))) | {"reads"}
"""Forms that are as often nouns: a cue only where they stand as a verb."""
