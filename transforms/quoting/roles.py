"""Nouns that may describe a speaker. General knowledge of English; all in lower case."""

from __future__ import annotations

from transforms.quoting.words import word_set

ORGANISATIONS = word_set("""
    agency airline association authority bank brand broadcaster bureau business campaign carmaker carrier chain
    charity club college commission company conglomerate corporation council department developer firm foundation fund
    group hospital institute insurer league lender maker manufacturer ministry museum network nonprofit operator
    organisation organization party platform producer publisher regulator retailer school studio supplier team
    think-tank union university utility watchdog zoo
    """)
"""Nouns that, with `the`, stand for an organisation met before."""

NAMELESS = word_set("""
    agent boy caller child colleague couple customer driver employee friend girl guest man mother neighbor neighbour
    nurse officer official passenger person pilot resident source spokesman spokesperson spokeswoman student teenager
    tourist victim visitor witness woman worker father
    """)
"""Roles that need no name: with `the` they stand for a person with a name only where one was given with the role."""

ROLES = NAMELESS | word_set("""
    activist actor actress adviser advisor advocate aide ambassador analyst anchor archbishop architect artist
    astronaut athlete attorney author banker bishop billionaire boss boxer businessman businesswoman candidate captain
    cardinal celebrity chairman chairwoman champion chancellor chef chief coach columnist comedian comic commander
    commissioner composer congressman congresswoman consultant correspondent councillor councilman councilwoman critic
    curator defender democrat deputy designer detective diplomat director doctor economist editor engineer envoy
    entrepreneur executive expert farmer filmmaker footballer founder general goalkeeper governor guitarist historian
    host incumbent inspector investigator investor journalist judge king lawmaker lawyer leader lecturer legislator
    magnate magistrate manager mayor midfielder millionaire minister mogul monarch musician negotiator nominee novelist
    owner pastor philanthropist philosopher photographer physician physicist player poet politician pope premier
    presenter president priest prince princess principal producer professor prosecutor psychologist quarterback queen
    rapper reporter representative republican researcher scientist secretary senator sergeant sheriff singer skipper
    soldier songwriter star statesman strategist striker superintendent superstar surgeon teacher trader tycoon veteran
    winner writer
    """)
"""Nouns that, with `the`, may stand for a person met before."""

COMPOUNDS = word_set("prime vice deputy assistant former")
"""Words that make another role of the one behind them."""
