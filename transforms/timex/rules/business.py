"""Rules for quarters, halves and business years, and for what company news counts from them."""

from __future__ import annotations

from transforms.timex import guards
from transforms.timex.forms import (
    Duration,
    FiscalYear,
    Form,
    Half,
    Offset,
    OfYear,
    Quarter,
    Shift,
)
from transforms.timex.rule import JOINT, SPACE, YEAR, YEAR_STEP, Match, either, rule
from transforms.timex.words import ORDINALS, STEPS, UNITS

_ORDINAL = rf"(?P<ordinal>{either(ORDINALS)})"
_ORDINAL_HEADS = "first second third fourth 1st 2nd 3rd 4th 9"
_HALF = r"(?P<half>first|second|1st|2nd)"
_THE = rf"(?:the{SPACE})?"
_IN_YEAR = rf"(?:{SPACE}(?:of{SPACE})?{YEAR})?"
_FISCAL = rf"(?P<fiscal>(?:fiscal|financial){JOINT})"

_FY_HEADS = " ".join(("fy", *(f"fy{lead}{year:02}" for lead in ("", "20") for year in range(100))))


def _year(match: Match) -> int | None:
    groups = match.groupdict()
    return int(groups["year"]) if groups.get("year") else None


def _quarter(match: Match) -> Form:
    groups = match.groupdict()
    number = ORDINALS[match["ordinal"].lower()] if groups.get("ordinal") else int(match["quarter"])
    if groups.get("fiscal"):
        return FiscalYear(_year(match), number)
    if groups.get("step"):
        return OfYear(Quarter(None, number), STEPS[match["step"].lower()])
    return Quarter(_year(match), number)


def _half(match: Match) -> Form:
    groups = match.groupdict()
    word = match["half"].lower()
    number = int(word) if word.isdigit() else ORDINALS[word]
    if groups.get("step"):
        return OfYear(Half(None, number), STEPS[match["step"].lower()])
    return Half(_year(match), number)


def _half_at_hand(match: Match) -> OfYear:
    return OfYear(Half(None, ORDINALS[match["half"].lower()]), 0)


def _fiscal_year(match: Match) -> FiscalYear:
    year = int(match["year"])
    return FiscalYear(year if year > 99 else 2000 + year)


def _year_ago(match: Match) -> Form:
    ordinal = match.groupdict().get("ordinal")
    if ordinal:
        return OfYear(Quarter(None, ORDINALS[ordinal.lower()]), -1)
    return Offset("year", 1.0, "past", "text" if "earlier" in match[0].lower() else "publication")


RULES = (
    rule("quarter_code", "q1 q2 q3 q4", rf"Q(?P<quarter>[1-4])(?:{SPACE}(?:of{SPACE})?{YEAR})?", _quarter),
    rule("quarter_code", "q1 q2 q3 q4", rf"Q(?P<quarter>[1-4]){SPACE}(?P<fiscal>FY|fiscal){JOINT}?{YEAR}", _quarter),
    rule("quarter_code", "9", rf"{YEAR}[- ]Q(?P<quarter>[1-4])", _quarter),
    rule("quarter_of_year", f"the fiscal financial {_ORDINAL_HEADS}",
         rf"{_THE}{_FISCAL}?{_ORDINAL}{JOINT}quarter{_IN_YEAR}", _quarter),
    rule("year_quarter", "the 9", rf"{_THE}{YEAR}{SPACE}{_FISCAL}?{_ORDINAL}{JOINT}quarter", _quarter),
    rule("quarter_of_step_year", f"the {_ORDINAL_HEADS}",
         rf"{_THE}{_ORDINAL}{JOINT}quarter{SPACE}(?:of{SPACE})?{YEAR_STEP}", _quarter),
    rule("step_year_quarter", "last this next", rf"{YEAR_STEP}['\u2019]s{SPACE}{_ORDINAL}{JOINT}quarter", _quarter),
    rule("half_of_year", "the first second 1st 2nd 9", rf"{_THE}{_HALF}{JOINT}half{SPACE}of{SPACE}{YEAR}", _half),
    rule("half_code", "h1 h2", rf"H(?P<half>[12]){SPACE}{YEAR}", _half),
    rule("half_code", "h1 h2", r"H(?P<half>[12])", _half, guards.after_preposition),
    rule("half_of_step_year", "the first second", rf"{_THE}{_HALF}{JOINT}half{SPACE}of{SPACE}{YEAR_STEP}", _half),
    rule("half_at_hand", "the first second",
         rf"{_THE}{_HALF}{JOINT}half{SPACE}of{SPACE}the{SPACE}year", _half_at_hand),
    rule("fiscal_year", "fiscal financial",
         rf"{_FISCAL}(?:year{SPACE})?(?P<year>(?:19|20)[0-9]{{2}})", _fiscal_year),
    rule("fiscal_year", "the 9", rf"{_THE}(?P<year>(?:19|20)[0-9]{{2}}){SPACE}(?:fiscal|financial){SPACE}year",
         _fiscal_year),
    rule("fiscal_year", _FY_HEADS, rf"FY(?:{SPACE})?(?P<year>(?:20)?[0-9]{{2}})", _fiscal_year),
    rule("quarter_at_hand", "the", rf"the{SPACE}quarter", lambda _: Shift("quarter", 0, "text"), guards.stands_alone),
    rule("latest_quarter", "the latest",
         rf"{_THE}(?:latest|most{SPACE}recent){SPACE}(?:fiscal{SPACE})?(?:quarter|period)",
         lambda _: Shift("quarter", 0, "text")),
    rule("year_ago_period", "the year",
         rf"{_THE}(?:comparable{SPACE})?year-(?:ago|earlier)"
         rf"(?:{SPACE}(?:fiscal{SPACE})?(?:{_ORDINAL}{JOINT})?(?:quarter|period))?", _year_ago),
    rule("reported_year", "the", rf"the{SPACE}(?:fiscal{SPACE}|full{SPACE}|financial{SPACE})?year"
         rf"(?={SPACE}(?:ended|ending|to{SPACE}(?-i:[A-Z])))", lambda _: Duration("year", 1.0)),
    rule("span_at_hand", "the",
         rf"the{SPACE}(?:(?:full|whole|entire|fiscal|calendar){SPACE})?(?P<unit>week|month|year)",
         lambda match: Shift(UNITS[match["unit"].lower()], 0, "either"), guards.span_at_hand),
)  # fmt: skip
"""In order of preference; of several matches at one place the longest wins, then the first."""
