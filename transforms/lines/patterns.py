"""Lines whose role shows in their own words: one row a rule, tried in order, the first match wins.

Patterns see a cleaned line (plain spaces, no invisible characters) and match it whole.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple


class LinePattern(NamedTuple):
    """A rule: its name, the role it gives, and the pattern, without capturing groups, that must match the whole line.

    A line with none of `needs` (lower case) cannot match: patterns that begin anywhere in a line are spared most.
    """

    rule: str
    role: str
    pattern: str
    needs: tuple[str, ...] = ()


def _words(rule: str, role: str, pattern: str, needs: tuple[str, ...] = ()) -> LinePattern:
    return LinePattern(rule, role, f"(?i:{pattern})", needs)


def _cased(rule: str, role: str, pattern: str, needs: tuple[str, ...] = ()) -> LinePattern:
    return LinePattern(rule, role, pattern, needs)


CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
NAME = rf"{CAPITAL}[\w.'’-]*(?: (?:(?!(?:and|at|for|in|of|on) )[a-z]{{2,3}} ){{0,2}}{CAPITAL}[\w.'’-]*){{1,3}}"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DAY = rf"(?:\d{{1,2}} {MONTH},? \d{{4}}|{MONTH} \d{{1,2}}, ?\d{{4}}|\d{{4}}-\d\d-\d\d)"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
_CLOCK = r"(?:(?:,| at| -| \|)? ?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?,?)?"

_FORM = (
    r"(?:(?:not|n['’]t) a (?:ro)?bot|captcha|(?:in)?valid e-?mail|re-?enter|no spam|unsubscribe|"
    r"by (?:signing|subscribing)|thank(?:s| you) for (?:signing|subscribing)|already (?:subscribed|signed up)|"
    r"error (?:has )?occurred|try again|you (?:must (?:choose|enter|select)|(?:agree|consent) to)|"
    r"(?:sign[ -]?up|subscribe)$|(?:all|more|other)\b[^.!?]{0,40} newsletters|privacy policy)"
)
"""What a form for an address says, of which prose says one thing at most."""
_TRANSCRIBED = (
    r"(?:\brush\b|deadline|accuracy|availability|final form|verbatim|may contain errors|audio|"
    r"may (?:not )?(?:vary|be (?:\w+ (?:and|or) )?(?:corrected|edited|revised|updated))|"
    r"(?:authoritative|definitive|official) record)"
)
"""What is said of how a transcript was made and of what it is worth."""

PATTERNS = (
    _words("rule_of_marks", "separator", r"[\W_]+"),
    _words(
        "copyright",
        "copyright",
        r"(?:copyright|©|\(c\)).{0,20}\d{4}.*|(?:©|\(c\)) .{1,80}|.{2,60} (?:©|"
        r"\(c\)) ?\d{4}.{0,60}|.{0,80}all rights reserved\.?",
        ("copyright", "©", "(c)", "rights reserved"),
    ),
    _words(
        "appeared_first",
        "source_credit",
        r"(?:this|the) (?:post|article|story|piece|report) (?:was )?(?:first |originally )*"
        r"(?:appeared|published)(?: first| originally)? (?:on|in|at|by) .{2,120}",
    ),
    _words(
        "date_line",
        "furniture",
        r"(?=\D{0,200}+\d)"
        rf"(?:(?:first )?(?:published|posted|updated|last updated|last modified|modified|date)(?: on| at)?:? ?)?"
        rf"(?:(?!by )[\w.&'’-]{{2,20}}+(?: [\w.&'’-]{{1,20}}+){{0,3}}(?<!\b(?:as|at|by|in|of|on|to))[,|·•]? )??"
        rf"{_CLOCK} ?{_WEEKDAY}{DAY}{_CLOCK}(?: \| .{{1,60}})?",
    ),
    _cased(
        "by_names",
        "byline",
        rf"(?:By|BY|Words by|Story by) {NAME}(?:(?:,| and|, and| &) {NAME}){{0,4}}(?: and agencies|[,|] .{{2,60}}|"
        rf" in {CAPITAL}[\w.'’ -]{{1,40}}| (?i:{DAY}){_CLOCK})?",
    ),
    _cased(
        "dated_by_names",
        "byline",
        rf"(?i:(?:first )?(?:published|posted|updated|written)(?: on| at)?:? ?{_WEEKDAY}{DAY}{_CLOCK}),? (?:by|By|BY) "
        rf"{NAME}(?:(?:,| and|, and| &) {NAME}){{0,4}}",
        (" by ",),
    ),
    _words("empty_byline", "furniture", r"(?:author|authors|by|written by|byline)\s*:?"),
    _cased("reporting_credits", "contributor", r"\((?:Reporting|Additional reporting|Editing|Writing) by .{2,300}\)"),
    _cased(
        "contributed",
        "contributor",
        r".{2,300}\b(?:contributed to this (?:report|story|article)|reported from [A-Z][^.]{1,80})\.?"
        r"|(?:Additional reporting|Reporting|Editing|Writing) by .{2,200}",
        ("contributed to this", "reported from", "ing by "),
    ),
    _cased(
        "credited_caption",
        "caption",
        r"(?=.*+(?:(?<=[\)\]])|(?<=[\)\]]\.)))"
        r".{2,600}[\(\[][^()\[\]]{0,120}?\b(?:[Pp]hoto(?:graph)?|PHOTO|[Ii]mage|[Pp]icture|[Ff]ile|via|"
        r"[Cc]ourtesy|[Hh]andout|"
        r"AP|AFP|EPA|Getty|Reuters)\b[^()\[\]]{0,120}[\)\]]\.?|.{10,600} (?:Photo(?:graph)?|Image|"
        r"Picture): .{2,80}",
        (")", "]", ": "),
    ),
    _words(
        "photo_label",
        "caption",
        r"(?:photo(?:graph)?|image|picture|caption|photo credit)s?(?: by|"
        r" courtesy)?: ?.{2,300}",
    ),
    _words("counter", "furniture", r"[\d,.]{1,9}[km]?(?: (?:comments?|shares?|likes?|views?))?"),
    _words(
        "comments",
        "furniture",
        r"(?:comments? (?:are |is )?(?:closed|off|disabled)|no comments(?: yet)?|"
        r"(?:leave|post|add|write) a (?:comment|reply)|(?:show|view|read)(?: all)? comments?|comments?)\.?",
    ),
    _words(
        "ad_slot",
        "furniture",
        r".{0,60}\b(?:drop zone|ad slot|ad unit|leaderboard|banner)\b.{0,20}",
        ("drop zone", "ad slot", "ad unit", "leaderboard", "banner"),
    ),
    _words(
        "advertisement",
        "furniture",
        r"(?:advertisement|advertising|sponsored(?: content)?|ad|promoted|(?:story |article )?continues below.{0,20}|"
        r"(?:ads?|banner|billboard|mpu|slot)[\w-]{0,20}[ _-]?\d{2,4}x\d{2,4}.{0,40}|"
        r"scroll to continue.{0,30})",
    ),
    _words(
        "share",
        "furniture",
        r"(?:share(?: this)?(?: article| story| post| page)?(?: on .{2,30})?|"
        r"(?:share|tweet|print|email|e-mail|save|copy link|facebook|twitter|x|whatsapp|linkedin|reddit|telegram)"
        r"(?:(?: ?[|/·,•] ?| )(?:share|tweet|print|email|e-mail|save|copy link|facebook|twitter|x|whatsapp|"
        r"linkedin|reddit|telegram)){0,8})",
    ),
    _words(
        "newsletter_box",
        "furniture",
        r"(?=(?:[^\s.!?]++ ){0,4}(?:newsletter|sign(?:ing)?[ -]?up|subscribe)\b)(?=.*newsletter)"
        r"(?=.*(?:sign(?:ing)?[ -]?up|subscrib))"
        rf"(?=(?:.*?{_FORM}){{2}}).{{20,900}}{_FORM}[^.!?]{{0,80}}[.!]?",
        ("newsletter",),
    ),
    _words(
        "transcript_notice",
        "furniture",
        r"(?=(?:[^\s.!?]++ ){0,3}(?:transcripts|accuracy)\b|this (?:is an? )?(?:\w++ )?transcript\b|transcript text\b)"
        r"(?=.*\bmay (?:not )?(?:be|contain|differ|vary)\b)"
        rf"(?=(?:.*?{_TRANSCRIBED}){{3}}).{{20,600}}{_TRANSCRIBED}[^.!?]{{0,80}}\.?",
        ("transcript",),
    ),
    _words(
        "chat_invitation",
        "furniture",
        r"(?:(?:you can|come and) )?(?:(?:chat|talk|speak) (?:to|with)|message|text|write to|whatsapp) us\b[^.!?]{0,30}"
        r"\b(?:messenger|whatsapp|telegram|viber|wechat|signal)\b[^.!?]{0,30}"
        r"(?:[.!] (?:ask|be|find|follow|get|hear|join|keep|learn|see|send|share|stay|tell)\b[^.!?]{0,80})?[.!]?",
        ("messenger", "whatsapp", "telegram", "viber", "wechat", "signal"),
    ),
    _words(
        "subscribe",
        "furniture",
        r"(?:subscribe|sign up|sign in|log in|register|follow us|newsletter|"
        r"join us|get the app|"
        r"download(?= (?:the|our|a|now)\b|$))(?: .{1,80}?)?[.!]?",
    ),
    _words(
        "related",
        "furniture",
        r"(?:related|more|read more|read also|also read|see also|recommended|"
        r"(?:most (?:read|popular|viewed)|popular|trending)(?: (?:in|on|now|today)\b.{0,40})?|"
        r"latest|up next|next|previous|more (?:from|on|in) .{2,60}(?<![.!?])|"
        r"related (?:stories|articles|topics|news|coverage)|(?:top|latest|more) (?:stories|news)|you (?:may|"
        r"might) also like|"
        r"(?:read more|related|see also|also read|read also): .{2,200}|(?:tags?|topics?)(?:: ?.{0,120}|"
        r" [^.!?]{1,120})?)\s*:?",
    ),
    _words(
        "site_chrome",
        "furniture",
        r"(?:home|menu|search|skip to (?:main )?content|privacy(?: policy)?|"
        r"terms(?: of (?:use|service))?|"
        r"cookie (?:policy|settings|preferences)|contact(?: us)?|about(?: us)?|accessibility|site settings.{0,20}|"
        r"back to top|jump to .{2,30}|listen(?: to this article)?|\d{1,2} min(?:ute)?s? read|"
        r"reading time:? .{1,20})",
    ),
)

_BY_RULE = {pattern.rule: pattern for pattern in PATTERNS}
_TRIED = [
    (needs, re.compile("|".join(f"(?P<{pattern.rule}>{pattern.pattern})" for pattern in group)))
    for needs, group in groupby(PATTERNS, lambda pattern: pattern.needs)
]
"""The patterns in their order, neighbours with the same needs as one."""


def match_line(line: str) -> LinePattern | None:
    """Return the first rule that matches the whole of a cleaned line.

    >>> match_line("Comments are closed.").role
    'furniture'
    """
    folded = line.lower()
    for needs, pattern in _TRIED:
        if (not needs or _has_one(folded, needs)) and (found := pattern.fullmatch(line)):
            return _BY_RULE[str(found.lastgroup)]
    return None


def _has_one(line: str, needs: tuple[str, ...]) -> bool:
    # any() takes three times as long, and this is asked several times of every line
    for need in needs:  # noqa: SIM110
        if need in line:
            return True
    return False
