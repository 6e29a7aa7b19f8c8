"""The user's alias file: what it says of names, and what is wrong with it, line by line."""

from __future__ import annotations

import pytest

from tests.transforms.identity_world import ids, in_words, mapped, mentions_of
from transforms.identity.aliases import parse_aliases
from warehouse.errors import AliasError

HEADER = "action,name,type,target\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1: missing columns 'action', 'name', 'target'"),
        ("action,name,target,note\n", "line 1: unknown columns 'note'"),
        ("action,name,name,target\n", "line 1: columns given twice 'name'"),
        (HEADER + "join,A,,B\n", "line 2: unknown action 'join'"),
        (HEADER + "merge,A,CITY,B\n", "line 2: unknown type 'CITY'"),
        (HEADER + "merge,A,,\n", "line 2: merge needs a target"),
        (HEADER + "stop,A,,B\n", "line 2: stop takes no target"),
        (HEADER + "stop,!?,,\n", "line 2: a name has 1 to 500 characters"),
        (HEADER + f"stop,{'a' * 501},,\n", "line 2: a name has 1 to 500 characters"),
        (HEADER + "merge,Kiev,,KIEV\n", "line 2: 'Kiev' is merged with itself"),
        (HEADER + "stop,A,,\n\nstop,a,,\n", "line 4: stop 'a' is a duplicate of line 2"),
        (HEADER + "stop,A,,\nstop,A,,\n", "line 3: stop 'A' is a duplicate of line 2"),
        (HEADER + "merge,A,,B\nmerge,A,,C\n", "line 3: merge 'A' contradicts line 2"),
        (HEADER + "merge,A,,B\nsplit,A,,\n", "line 3: split 'A' contradicts line 2"),
        (HEADER + "merge,A,PERSON,B\nmerge,a,,C\n", "line 3: merge 'a' contradicts line 2"),
        (HEADER + "stop,A,,\nrename,A,ORG,B\n", "line 3: rename 'A' contradicts line 2"),
        (HEADER + "merge,A,GPE,B\nmerge,A,LOC,C\n", "line 3: merge 'A' contradicts line 2"),
        (HEADER + "merge,A,GPE,B\nmerge,A,,b\n", "line 3: merge 'A' is a duplicate of line 2"),
        (HEADER + "merge,A,,B\nmerge,B,,C\nmerge,C,,A\n", "line 2: merging 'A' leads back to it"),
        (HEADER + "merge,A,,B,C\n", "line 2: 5 fields, where the header has 4"),
        (HEADER + 'merge,"A,,B\n', "line 2: unexpected end of data"),
    ],
)
def test_faults_name_their_line(text: str, fault: str) -> None:
    """And nothing is applied."""
    with pytest.raises(AliasError, match="nothing of it was applied") as caught:
        parse_aliases(text, "aliases.csv")
    assert str(caught.value).startswith("aliases.csv: ")
    assert fault in str(caught.value)


def test_many_faults_are_counted() -> None:
    """Five are shown."""
    with pytest.raises(AliasError, match=r"line 6: .*and 15 more"):
        parse_aliases(HEADER + "join,A,,\n" * 20, "aliases.csv")


def test_rows_of_one_name_that_may_stand_together() -> None:
    """A name of each type, and one that stands alone under another name."""
    text = "merge,Aland,PERSON,Bland\nmerge,Aland,ORG,Cland\nsplit,Dland,,\nrename,Dland,GPE,Eland\n"
    assert [row.line for row in parse_aliases(HEADER + text, "aliases.csv")] == [2, 3, 4, 5]


def test_a_byte_order_mark_and_other_column_orders_are_read() -> None:
    """The type may lack."""
    [row] = parse_aliases("\ufefftarget,name,action\nKyiv, Kiev ,merge\n", "aliases.csv")
    assert row == (2, "merge", "Kiev", "", "Kyiv")


def test_a_merged_name_follows_no_rule() -> None:
    """Rules would call the Post the Skarvholm Post, and so the two papers one."""
    seen = mentions_of("a: ORG Skarvholm Post; ORG Post", "b: ORG Vigra Post")
    aliases = parse_aliases(HEADER + "merge,Post,,Vigra Post\n", "aliases.csv")
    assert in_words(seen) == [
        "Skarvholm Post [ORG] ORG:post, ORG:skarvholm post (short_form)",
        "Vigra Post [ORG] ORG:vigra post",
    ]
    assert in_words(seen, aliases) == [
        "Skarvholm Post [ORG] ORG:skarvholm post",
        "Vigra Post [ORG] ORG:post, ORG:vigra post (alias_file)",
    ]


def test_merges_chain_and_meet_in_names_nobody_wrote() -> None:
    """A to B, B to C; two names to a third that stands in no article."""
    chained = parse_aliases(HEADER + "merge,Aland,,Bland\nmerge,Bland,,Cland\nmerge,Eland,,Dland Ltd\n", "aliases.csv")
    assert in_words(mentions_of("a: ORG Aland; ORG Bland; ORG Cland; ORG Eland"), chained) == [
        "Cland [ORG] ORG:aland, ORG:bland (alias_file), ORG:cland (alias_file)",
        "Dland Ltd [ORG] ORG:eland",
    ]


def test_a_row_taken_back_gives_the_old_ids_back() -> None:
    """Runs with, without and again with a merge."""
    seen = mentions_of("a: ORG Aland; ORG Bland", run_id="1")
    aliases = parse_aliases(HEADER + "merge,Aland,,Bland\n", "aliases.csv")
    plain = mapped(seen)
    merged = mapped(mentions_of(), seen, plain, aliases)
    assert len(set(ids(merged).values())) == 1
    assert ids(mapped(mentions_of(), seen, merged)) == ids(plain)
    assert ids(mapped(mentions_of(), seen, plain, aliases)) == ids(merged)
