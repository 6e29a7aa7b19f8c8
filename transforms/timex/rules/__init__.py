"""The rules, and which of them may start with a given word."""

from __future__ import annotations

from collections import defaultdict

from transforms.timex.rule import Rule
from transforms.timex.rules import business, explicit, lengths, named, ranges, relative, times

RULES = (*explicit.RULES, *named.RULES, *business.RULES, *ranges.RULES, *relative.RULES, *lengths.RULES, *times.RULES)


def _by_head() -> dict[str, tuple[Rule, ...]]:
    heads: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in RULES:
        for head in rule.heads:
            heads[head].append(rule)
    return {head: tuple(rules) for head, rules in heads.items()}


RULES_BY_HEAD = _by_head()
"""Lower-case first word (digits: "9") to the rules worth trying there, in order of preference."""
