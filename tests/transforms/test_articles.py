"""The cleaned article: what came with the record, then what the mark-up says, then what the lines say."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.cases import Row, article_of, cleaned, record

ONE = "The port of Ostrand stayed shut on Tuesday after a crane fell across the only road to the terminal."
TWO = "Nobody was hurt, the harbour master said, but the ships will wait outside until the road is clear."
PAGE = f"""<html lang="pt-PT"><head><meta property="og:site_name" content="Page Post">
<meta name="author" content="Paula Page">
<meta property="article:section" content="Sea"><meta property="article:published_time" content="2026-03-04">
<meta property="og:url" content="https://page.example/1"></head><body><h1>Crane falls across harbour road</h1>
<p>By Lia Lines</p><p>Published: 5 March 2026</p><article><p>{ONE}</p><p>{TWO}</p></article>
<p>© 2024 Lines Media</p></body></html>"""


def lines(*extra: str, above: tuple[str, ...] = ()) -> str:
    """Write a small article with lines above and below its text."""
    return "\n\n".join(["Crane falls across harbour road", *above, ONE, TWO, *extra])


def test_what_was_given_wins() -> None:
    """Record, then mark-up, then lines."""
    given: dict[str, Any] = {
        "title": "Given title",
        "source": "Given Post",
        "author": "Gil Given",
        "section": "Given",
        "language": "EN-gb",
        "url": "https://given.example/1",
        "published": "2026-03-03",
    }
    row = article_of(PAGE, "text/html", **given)
    assert pick(row) == (
        "Given title",
        "Given Post",
        ["Gil Given"],
        "Given",
        "en",
        "https://given.example/1",
        date(2026, 3, 3),
        "given",
    )


def test_then_what_the_mark_up_says() -> None:
    """Nothing given, so the page's own facts."""
    assert pick(article_of(PAGE, "text/html")) == (
        "Crane falls across harbour road",
        "Page Post",
        ["Paula Page"],
        "Sea",
        "pt",
        "https://page.example/1",
        date(2026, 3, 4),
        "meta article:published_time",
    )


def test_then_what_the_lines_say() -> None:
    """Plain text has nothing else."""
    text = "\n".join(["Sea", lines("© 2024 Lines Media", above=("By Lia Lines", "Published: 5 March 2026"))])
    assert pick(article_of(text)) == (
        "Crane falls across harbour road",
        "Lines Media",
        ["Lia Lines"],
        "Sea",
        "en",
        None,
        date(2026, 3, 5),
        "text line",
    )


def test_every_field_names_its_source() -> None:
    """Whether given, read in mark-up, or in a line; and where that line is."""
    given: dict[str, Any] = {"title": "Given title", "published": "2026-03-03", "authors": ["Gil Given"]}
    assert sources(article_of(PAGE, "text/html", **given)) == {
        "authors": "given authors",
        "byline": "line 3 byline",
        "headline": "given title",
        "language": "html lang",
        "outlet": "meta og:site_name",
        "published_on": "given published",
        "section": "meta article:section",
        "url": "meta og:url",
    }
    text = "\n".join(["Sea", lines("© 2024 Lines Media", above=("By Lia Lines", "Published: 5 March 2026"))])
    assert sources(article_of(text)) == {
        "authors": "line 4 byline",
        "byline": "line 4 byline",
        "headline": "line 2 headline",
        "language": "detected",
        "outlet": "line 12 copyright",
        "published_on": "line 6 date",
        "section": "line 1 section",
    }


def sources(row: Row) -> dict[str, str]:
    """Return where the fields of a row were read."""
    return dict(json.loads(row["sources"]))


def test_a_day_read_in_a_line_is_shown_there() -> None:
    """Raw offsets of the day itself; a day of mark-up or record has none."""
    text = lines(above=("By\u00a0Ana Costa", "Published:\u00a0\u00a03\u00a0March\u200b 2026, 14:20"))
    row = article_of(text)
    assert text[row["published_raw_start"] : row["published_raw_end"]] == "3\u00a0March\u200b 2026"
    assert (row["published_on"], row["published_source"]) == (date(2026, 3, 3), "text line")
    given_day = article_of(text, published="2026-03-01")
    assert (given_day["published_raw_start"], given_day["published_raw_end"]) == (None, None)


def test_sources_that_differ_are_named() -> None:
    """The surer one wins, and what the other says is kept beside it."""
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-03-03"}</script>'
        '<meta name="dc.date" content="2024-01-01">'
    )
    row = article_of(f"<html><head>{head}</head><body><h1>Crane falls</h1><p>{ONE}</p></body></html>", "text/html")
    assert row["published_on"] == date(2026, 3, 3)
    assert sources(row)["published_on"] == "json-ld datePublished; differs: meta dc.date 2024-01-01"


@pytest.mark.parametrize(
    ("above", "authors"),
    [
        (("Von Eva Lund",), ["Eva Lund"]),
        (("Texto: Ana Lima y Luis Pérez",), ["Ana Lima", "Luis Pérez"]),
        (("Written by", "Ana Costa"), ["Ana Costa"]),
        (("Author:",), []),
        (("By Harbour Post Staff",), []),
    ],
)
def test_authors_of_lines(above: tuple[str, ...], authors: list[str]) -> None:
    """A word such as "By" tells, in any language, on the line or alone above it."""
    assert article_of(lines(above=above))["authors"] == authors


def test_a_signed_agency_is_the_origin() -> None:
    """An agency is no author."""
    row = article_of(f'<meta name="author" content="Reuters"><h1>Crane falls</h1><p>{ONE}</p>', "text/html")
    assert (row["authors"], row["original_source"], row["original_source_kind"]) == ([], "Reuters", "wire")


def test_a_label_names_the_outlet_before_the_owner() -> None:
    """Who owns the page may be a company of many outlets."""
    assert article_of(lines("Trending on Harbour Post", "© 2026 Harbour Holdings Inc."))["outlet"] == "Harbour Post"


@pytest.mark.parametrize(("is_printed", "deck"), [(True, "A crane closed the only road"), (False, None)])
def test_a_description_is_a_deck_where_it_is_printed(is_printed: bool, deck: str | None) -> None:  # noqa: FBT001
    """What only search engines see is no part of the article."""
    printed = "<p>A crane closed the only road</p>" if is_printed else ""
    page = f'<meta name="description" content="A crane closed the only road"><h1>Crane falls</h1>{printed}<p>{ONE}</p>'
    assert article_of(page, "text/html")["deck"] == deck


def test_the_language_is_that_of_the_text() -> None:
    """Templates in English hold articles in other languages; a given language is believed."""
    text = "O porto ficou fechado na terça-feira depois da queda de uma grua sobre a única estrada do terminal. " * 4
    page = f'<html lang="en"><body><h1>Grua cai no porto</h1><article><p>{text}</p></article></body></html>'
    assert article_of(page, "text/html")["language"] == "pt"
    assert article_of(page, "text/html", language="gl")["language"] == "gl"


def pick(row: Row) -> tuple[Any, ...]:
    """Return what the sources disagree about."""
    names = ("headline", "outlet", "authors", "section", "language", "url", "published_on", "published_source")
    return tuple(row[name] for name in names)


def test_text_and_its_way_back() -> None:
    """Kept lines are joined by a blank line; captions stand apart; every segment proves itself."""
    made = cleaned(record("a", lines("Petra Nyland contributed to this report.", above=("Photo: A\u00a0crane",))))
    [row], [document] = made.articles.to_pylist(), made.documents.to_pylist()
    assert row["text"] == f"{ONE}\n\n{TWO}\n\nPetra Nyland contributed to this report."
    assert row["captions"] == ["A crane"]
    assert row["word_count"] == len(row["text"].split())
    for segment in row["segments"]:
        piece = document["raw_text"][segment["raw_start"] : segment["raw_end"]]
        assert " ".join(piece.split()) == row["text"][segment["text_start"] : segment["text_end"]].strip()


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Ana Costa", ["Ana Costa"]),
        ("By Ana Costa and Åsa Berg", ["Ana Costa", "Åsa Berg"]),
        ("By Ana Costa, Åsa Berg & Joost van der Horst", ["Ana Costa", "Åsa Berg", "Joost van der Horst"]),
        ("By Ana Costa, Meridian", ["Ana Costa"]),
        ("By Ana Costa, Staff Writer", ["Ana Costa"]),
        ("By Ana Costa in Lisbon", ["Ana Costa"]),
        ("By Ana Costa 3 March 2026", ["Ana Costa"]),
        ("Words by Ana Costa", ["Ana Costa"]),
    ],
)
def test_authors_of_a_byline(byline: str, authors: list[str]) -> None:
    """Names only: no agency, job, place or date."""
    row = article_of(lines(above=(byline,)))
    assert (row["byline"], row["authors"]) == (byline, authors)


@pytest.mark.parametrize(
    ("given", "authors"),
    [
        ({"authors": ["Ana Costa", " Åsa\u00a0Berg ", "", None, 7]}, ["Ana Costa", "Åsa Berg"]),
        ({"authors": [{"name": "Ana Costa", "url": "x"}, {"url": "y"}]}, ["Ana Costa"]),
        ({"author": "Ana Costa; Åsa Berg"}, ["Ana Costa", "Åsa Berg"]),
        ({"author": "https://x.example/ana"}, []),
        ({"author": "Ana\u00ad Costa\u200b"}, ["Ana Costa"]),
    ],
)
def test_authors_given(given: dict[str, Any], authors: list[str]) -> None:
    """Lists, objects and joined names."""
    assert article_of(ONE, **given)["authors"] == authors


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("© 2026 Harbour Post. All rights reserved.", "Harbour Post"),
        ("© Harbour Post 2026", "Harbour Post"),
        ("Copyright 2026 The Harbour Post", "The Harbour Post"),
        ("Copyright © 2020-2026, Harbour Post | Terms", "Harbour Post"),
        ("Harbour Post © 2026", "Harbour Post"),
        ("Harbour Post. All rights reserved.", "Harbour Post"),
        ("All rights reserved. © 2026 Harbour Post", "Harbour Post"),
        ("© 2026", None),
    ],
)
def test_outlet_of_a_copyright_line(line: str, outlet: str | None) -> None:
    """Who claims the page publishes it."""
    assert article_of(lines(line))["outlet"] == outlet


@pytest.mark.parametrize(
    ("start", "place", "source", "kind"),
    [
        ("LISBON — ", "Lisbon", None, None),
        ("LISBON (Meridian) — ", "Lisbon", "Meridian", "wire"),
        ("ÅLESUND, Norway (Meridian) — ", "Ålesund", "Meridian", "wire"),
        ("ŁÓDŹ, Poland (PAP) – ", "Łódź", "PAP", "wire"),
        ("NEW YORK/ST. JOHN'S (CP) -- ", "New York/St. John's", "CP", "wire"),
        ("WASHINGTON, D.C. (AP) - ", "Washington, D.C.", "AP", "wire"),
        ("Łódź — ", None, None, None),
        ("", None, None, None),
    ],
)
def test_datelines(start: str, place: str | None, source: str | None, kind: str | None) -> None:
    """The place in capitals at the head of the text, and the agency behind it."""
    row = article_of(f"Crane falls across harbour road\n\n{start}{ONE}")
    assert (row["dateline_place"], row["original_source"], row["original_source_kind"]) == (place, source, kind)


def test_where_it_appeared_first() -> None:
    """A credit line names the source, above a wire's slug."""
    row = article_of(lines("This article originally appeared on the Harbour Post."))
    assert (row["original_source"], row["original_source_kind"]) == ("Harbour Post", "republished")


@pytest.mark.parametrize(
    "extra",
    [
        "© 2026 Harbour Post",
        "Saturday, 14 March 2026",
        "2026-05-01",
        "The inspection is due on 1 May 2026.",
        "Updated: 5 March 2026",
        "March 2026",
    ],
)
def test_what_is_no_publication_date(extra: str) -> None:
    """Neither the year of a copyright nor the day of an event, an update or a heading in the text."""
    assert article_of(lines(extra, ONE))["published_on"] is None


@pytest.mark.parametrize("label", ["August 16, 2019 - Updated July 9, 2025", "Posted on</p><p>August 16, 2019"])
def test_a_page_s_labels_date_it_though_they_stand_in_its_body(label: str) -> None:
    """Pages print the day below a first paragraph, or in the element that holds the story."""
    page = (
        f"<html><body><article><h1>Crane falls</h1><p>{ONE}</p><p>{label}</p><p>{ONE} {ONE}</p></article></body></html>"
    )
    assert article_of(page, "text/html")["published_on"] == date(2019, 8, 16)


def test_a_page_dates_its_story_by_a_headline_that_it_prints_otherwise() -> None:
    """Where no line is the stated headline, the one most like it stands for it; else the lines above the text count."""
    menu = "".join(f"<p>Pier {number}</p>" for number in range(30))
    text = f"<p>{ONE}</p><p>{TWO}</p><p>{ONE} {TWO}</p>"
    for shown in ("Crane falls right across the harbour road", "Shut"):
        page = (
            '<html><head><meta property="og:title" content="Crane falls across harbour road"></head>'
            f"<body><nav>{menu}</nav><h2>{shown}</h2><p>16 August 2019</p><article>{text}</article></body></html>"
        )
        assert article_of(page, "text/html")["published_on"] == date(2019, 8, 16)


def test_a_signature_below_the_text() -> None:
    """It names the author where nothing else does, and where it is the only one: cards of other stories are signed."""
    signed = f"<h1>Crane falls</h1>{f'<p>{ONE}</p><p>{TWO}</p>' * 10}<p>Written by Ana Costa</p>"
    assert article_of(signed, "text/html")["authors"] == ["Ana Costa"]
    assert sources(article_of(signed, "text/html"))["authors"] == "line 43 byline"
    assert article_of(f"{signed}<p>Written by Bo Dahl</p>", "text/html")["authors"] == []


def test_labelled_dates_count_below_the_text_too() -> None:
    """A line that says it was published then is believed wherever it stands."""
    assert article_of(lines("Published: 3 March 2026"))["published_on"] == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("tag", "language"), [("en", "en"), ("pt-PT", "pt"), ("fil", "fil"), ("English", "en"), ("", "en")]
)
def test_language(tag: str, language: str | None) -> None:
    """A code, or else what the text itself says."""
    assert article_of(ONE, language=tag)["language"] == language


@pytest.mark.parametrize("written", ["2023-02-30", "the day before yesterday", "0000-00-00", 17])
def test_a_day_that_is_none_leaves_a_trace(written: object) -> None:
    """The column is null, and the sources say why."""
    row = article_of(ONE, published=written)
    assert row["published_on"] is None
    assert sources(row)["published_on"] == "given published: not a day"


def test_without_a_body() -> None:
    """An article of furniture only is there, with an empty text."""
    row = article_of("Share this article\n\n© 2026 Harbour Post")
    assert (row["text"], row["word_count"], row["segments"]) == ("", 0, [])


@given(
    st.text(min_size=1),
    st.dictionaries(
        st.sampled_from(["title", "author", "authors", "source", "published", "language", "url", "deck"]),
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.one_of(st.text(), st.none(), st.integers()))
        ),
    ),
)
def test_any_text_and_metadata(text: str, given_fields: dict[str, Any]) -> None:
    """Accepted documents have one article each, whatever came with them."""
    made = cleaned(record("a", text, **given_fields))
    assert made.articles.num_rows == made.documents["status"].to_pylist().count("accepted")
