"""In a sports report a city that plays is its team, an ORG: "Bergen beat Oslo", "Bergen 2 Oslo 1".

Countries stay GPE there too: the team of a country goes by the country's name and means it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.gazetteer import country, territory
from transforms.ner.company import is_locative
from transforms.ner.document import Document, Mention

_SPORT = frozenset(
    (
        "baseball", "basketball", "batsman", "bowled", "championship", "coach", "cricket", "cup", "defender",
        "football", "forward", "fullback", "game", "games", "goal", "goalkeeper", "goals", "halftime", "hockey",
        "innings", "keeper", "league", "match", "matches", "midfielder", "penalty", "pitcher", "playoff", "playoffs",
        "qualifier", "quarterback", "referee", "rugby", "runs", "scored", "scorer", "scoring", "season", "semifinal",
        "soccer", "stadium", "striker", "substitute", "team", "teammate", "touchdown", "tournament", "tries",
        "wicket", "wickets", "win", "winger",
    )
)  # fmt: skip
_ENOUGH = 6
"""So many of these words, or places with a score behind them, make a sports report."""
_PLAYERS = "captain|coach|defender|fans|forward|goalkeeper|manager|midfielder|players?|side|squad|striker|team|winger"
_AFTER = re.compile(
    r"(?:,? (?:\d{1,3}(?![\d,:%]|\.\d| (?:million|billion|percent|per cent))|beat|beaten|v|vs\.?|versus|defeat(?:s|ed)?"
    r"|lose|lost|won|wins?|dr[ae]ws?|drew|faced?|faces|play(?:s|ed)?|scored?|led|trail(?:s|ed)?|qualify|qualified|hosts?"
    rf"|hosted|hit|{_PLAYERS})\b|(?:’s|') (?:\w{{1,20}} )?(?:goal|win|defeat|victory|lead|penalty|{_PLAYERS})\b)"
)
_BEFORE = re.compile(
    r"(?:\b(?:against|beat|beaten by|beating|by|defeat|defeated|defeating|down(?:s|ed)|edged?|faced?|faces|facing|for"
    r"|hosts?|hosted|lead of|lost to|over|putting|thrash(?:ed)?|v|versus|vs\.?)(?: the)? "
    r"|(?<![\d.,])\d{1,3}[,;]? |\d ?[–-] ?\d )$"
)
_SCORE = re.compile(r" \d{1,3}(?:(?: \d{1,3}){2}| ?$|[ ;](?=[A-Z(]))", re.MULTILINE)
_PLACED = re.compile(r" (?:\(|—|–|19\d\d|20\d\d)")
_REACH = 40


def with_teams(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """In a sports report, label ORG the cities that play, and their other mentions but where the place is meant."""
    if not _is_sport(document, mentions):
        return list(mentions)
    places = [one for one in mentions if one.label == "GPE" and not _is_nation(document.name(one))]
    teams = {document.name(one) for one in places if _plays(document, one)}
    return [_as_team(document, one) if document.name(one) in teams else one for one in mentions]


def _is_sport(document: Document, mentions: Sequence[Mention]) -> bool:
    scores = sum(bool(_SCORE.match(document.texts[one.passage], one.end)) for one in mentions if one.label == "GPE")
    return scores >= _ENOUGH or len(document.common_words & _SPORT) >= _ENOUGH


def _is_nation(name: str) -> bool:
    """Whether a name is that of a country, or of a part of the United Kingdom with a team of its own."""
    part = territory(name)
    return country(name) is not None or (part is not None and part.country == "GB")


def _plays(document: Document, mention: Mention) -> bool:
    text = document.texts[mention.passage]
    before = _BEFORE.search(text[max(0, mention.start - _REACH) : mention.start])
    after = _AFTER.match(text, mention.end, mention.end + _REACH)
    return bool(before or after) and not _is_place(document, mention)


def _as_team(document: Document, mention: Mention) -> Mention:
    if mention.label != "GPE" or _is_place(document, mention):
        return mention
    return mention._replace(label="ORG", source="context", agreeing=frozenset())


def _is_place(document: Document, mention: Mention) -> bool:
    """Whether the place is meant: "in Bergen", "Ana Costa (Bergen)", "the port, Bergen,", a dateline."""
    text = document.texts[mention.passage]
    before, after = text[max(0, mention.start - 2) : mention.start], text[mention.end : mention.end + 1]
    if before.endswith("(") or (before == ", " and after in {",", "."}) or _PLACED.match(text, mention.end):
        return True
    return is_locative(text, mention.start, mention.end) and not before.endswith("s ")
