"""The report tells the truth at a glance, shows hostile text as text, and loads nothing."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.small_world import Rows, load, small_world
from warehouse.report import quality_data, render
from warehouse.report.periods import scale
from warehouse.report.text import shown, visible

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = "</script><img src=x onerror=document.title='broken'>"
HOSTILE = [
    SCRIPT,
    "'; DROP TABLE articles; --",
    "A" * 5000,
    "شركة المرفأ الكبرى",
    "\u202egnp.exe\x00",
    "{{ 7 * 7 }}{% raw %}&amp;<b>",
]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def page(rows: Rows, snapshot: int | None = None) -> str:
    """Render the report on a world."""
    with load(rows) as connection:
        return render(connection, snapshot)


def good_world() -> Rows:
    """Make the small world without anything to object to."""
    rows = small_world()
    rows["quarantine"] = []
    rows["checks"] = [row for row in rows["checks"] if row["success"]]
    rows["documents"] = [row for row in rows["documents"] if row["status"] == "accepted"]
    rows["measures"][-1]["is_unusual"] = False
    return rows


def hostile_world() -> Rows:
    """Make the small world with hostile text wherever text of articles or users can stand."""
    rows = small_world()
    for name, columns in {
        "articles": ("headline", "outlet"),
        "documents": ("uri", "reason"),
        "entities": ("name", "type"),
        "quarantine": ("reason", "row_key"),
        "checks": ("details", "check_name"),
        "runs": ("counts", "settings"),
        "dates": ("surface", "unresolved_reason"),
        "quotes": ("surface", "speaker_surface"),
        "mentions": ("surface",),
        "measures": ("subject",),
        "publications": ("basis", "reason"),
        "duplicates": ("relation",),
        "clusters": (),
    }.items():
        for number, row in enumerate(rows[name]):
            row |= {
                column: HOSTILE[(number + shift) % len(HOSTILE)]
                for shift, column in enumerate(columns)
                if row.get(column) is not None or column in ("details", "reason")
            }
    rows["runs"][2]["inputs"] = HOSTILE
    return rows


class Elements(HTMLParser):
    """All start tags of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        """Parse `html` at once."""
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Gather text."""
        self.text += data


def headline(html: str) -> str:
    """Find the verdict of a page."""
    found = re.search(r"<h1>.*?</span>(.*?)</h1>", html, re.DOTALL)
    return found.group(1) if found else ""


def test_a_clean_world_is_called_good() -> None:
    """Good data is said to be good in the first line, with what that rests on."""
    html = page(good_world())

    assert headline(html) == "The data is good."
    assert "1 of 1 checks passed." in html
    assert "Every one of 24 dates, mentions and quotes matches its raw text." in html


@pytest.mark.parametrize(
    ("table", "change", "expected"),
    [
        ("checks", {"success": False, "severity": "info"}, "The data is good."),
        ("checks", {"success": False, "severity": "warning"}, "The data is usable, with reservations."),
        ("checks", {"success": False, "severity": "critical"}, "The data is not good."),
        ("checks", {"success": None, "is_error": True}, "The data is not verified."),
        ("mentions", {"surface": "not there"}, "The data is not good."),
        ("runs", {"status": "blocked"}, "The last run was blocked."),
        ("documents", {"status": "rejected"}, "The data is usable, with reservations."),
        ("measures", {"is_unusual": True}, "The data is usable, with reservations."),
    ],
)
def test_the_verdict_is_the_worst_finding(table: str, change: dict[str, object], expected: str) -> None:
    """Bad data, an unknown and a reservation are three different things."""
    rows = good_world()
    rows[table][-1] |= change

    assert headline(page(rows)) == expected


def test_a_warehouse_without_runs_or_checks_is_not_called_good() -> None:
    """No news is not good news."""
    html = page({})

    assert headline(html) == "The data is not verified."
    assert "No run is recorded" in html
    assert "There are no articles." in html


def test_what_stopped_or_was_kept_out_is_shown_with_its_reason() -> None:
    """The failing sample, the error's words and the reasons are on the page."""
    text = Elements(page(small_world(), 7)).text

    for expected in (
        "snapshot 7",
        "the check raised KeyError",
        "year 9999 is out of range",
        "not text: 40 % control characters",
        "that spring",
        "no anchor in the text",
        "We will rebuild the harbour",
        "Kiev (1)",
        "Olena Marchuk",
    ):
        assert expected in text


def test_a_long_table_says_how_much_it_leaves_out() -> None:
    """Twenty rows and the number of all."""
    rows = small_world()
    rejected = rows["documents"][-1]
    rows["documents"] += [rejected | {"article_id": f"r{number}", "uri": f"r{number}"} for number in range(141)]

    assert "first 20 of 143" in page(rows)


def test_hostile_text_is_shown_as_text() -> None:
    """It stands escaped in the page; no tag, style or handler comes of it."""
    html = page(hostile_world())
    parsed = Elements(html)

    assert SCRIPT in parsed.text
    assert "'; DROP TABLE articles; --" in parsed.text
    assert "{{ 7 * 7 }}{% raw %}&amp;<b>" in parsed.text
    assert {"script", "img", "b", "iframe", "link", "object"}.isdisjoint(tag for tag, _ in parsed.found)
    assert not [name for _, found in parsed.found for name in found if name.startswith("on")]


def test_hostile_text_is_clipped_and_cannot_turn_the_line() -> None:
    """Five thousand letters are cut with a count; direction overrides and NUL are spelled out."""
    html = page(hostile_world())

    assert "(4,760 more characters)" in html
    assert "A" * 241 not in html
    assert not set("\u202e\x00") & set(html)
    assert "⟦U+202E⟧gnp.exe⟦U+0000⟧" in html


@pytest.mark.parametrize("rows", [small_world(), hostile_world(), {}], ids=["small", "hostile", "empty"])
def test_the_page_loads_nothing_and_is_small(rows: Rows) -> None:
    """No script, no address, a policy that forbids both, and at most 150 KB."""
    html = page(rows)
    parsed = Elements(html)

    assert "<script" not in html
    assert not re.search(r"https?://|url\(|@import", html)
    assert all(found.get("href", "#").startswith("#") for _, found in parsed.found)  # type: ignore[union-attr]
    assert not [found for _, found in parsed.found if "src" in found or "style" in found]
    assert any("default-src 'none'" in (found.get("content") or "") for tag, found in parsed.found if tag == "meta")
    assert len(html.encode()) <= 150_000


def test_an_address_in_the_data_stays_words() -> None:
    """An outlet that is a link does not become one."""
    rows = small_world()
    rows["articles"][0]["outlet"] = "https://example.org/?a=<b>"

    assert "https://example.org" not in "".join(str(found) for _, found in Elements(page(rows)).found)


def test_the_page_can_be_walked_without_seeing_it() -> None:
    """Language, landmarks, a caption and column scopes, named drawings, and anchors that lead somewhere."""
    parsed = Elements(page(small_world()))
    tags = [tag for tag, _ in parsed.found]
    anchors = {found["id"] for _, found in parsed.found if "id" in found}

    assert ("html", {"lang": "en"}) in parsed.found
    assert {"header", "nav", "main", "footer"} <= set(tags)
    assert tags.count("h1") == 1
    assert tags.count("table") == tags.count("caption")
    assert all(found["scope"] == "col" for tag, found in parsed.found if tag == "th")
    assert all(found.get("role") == "img" or found.get("aria-hidden") for tag, found in parsed.found if tag == "svg")
    assert {(found["href"] or "")[1:] for tag, found in parsed.found if tag == "a"} <= anchors


def test_the_same_tables_give_the_same_page() -> None:
    """No clock and no chance: rows in another order change nothing."""
    turned = {name: found[::-1] for name, found in small_world().items()}

    assert page(small_world()) == page(turned)


def test_days_far_apart_are_drawn_as_longer_periods() -> None:
    """One bad year among the days does not make a chart of a million columns."""
    far = scale([dt.date(1, 1, 1), dt.date(9999, 12, 31)])
    assert far is not None
    assert (far.unit, len(far.starts)) == ("century", 100)

    rows = small_world()
    rows["publications"][0] |= {"best": dt.date(1926, 3, 2)}
    assert "printings per decade" in page(rows)


@pytest.mark.parametrize("value", ["", None, [], "a\nb", 3, 0.25, True, dt.date(2026, 3, 2)])
def test_every_kind_of_value_can_be_shown(value: object) -> None:
    """No cell is empty to the eye."""
    assert str(shown(value)).strip()


def test_joiners_of_living_scripts_survive() -> None:
    """Persian needs the zero-width non-joiner, families of emoji the joiner."""
    assert visible("می\u200cخواهم 👨\u200d👩") == "می\u200cخواهم 👨\u200d👩"


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH: the page is not looked at in a real browser")
def test_a_real_browser_runs_nothing_and_keeps_the_layout(tmp_path: Path) -> None:
    """Chromium reads the hostile page: the title stands, no image was made, and a picture of it can be taken."""
    target = tmp_path / "report.html"
    target.write_text(page(hostile_world()), encoding="utf-8")
    dom = browse(tmp_path, target, "--dump-dom")
    picture = tmp_path / "report.png"
    browse(tmp_path, target, f"--screenshot={picture}", "--window-size=480,2000")

    assert "<title>Dateline report: The data is not" in dom
    assert "<img" not in dom
    assert picture.stat().st_size > 10_000


def browse(folder: Path, target: Path, *options: str) -> str:
    """Open a file in headless Chromium and return what it prints."""
    done = subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            f"--user-data-dir={folder / 'profile'}",
            *options,
            target.as_uri(),
        ],
        capture_output=True,
        check=True,
        timeout=120,
        text=True,
    )
    return done.stdout


def test_the_same_as_data() -> None:
    """What the page says of the newest run stands in the data, whole and under the names of the views."""
    with load(small_world()) as connection:
        html, data = render(connection, 7), quality_data(connection, 7)

    assert json.loads(json.dumps(data, default=str))["snapshot"] == 7
    assert data["verdict"]["headline"] == headline(html)
    assert all(finding["text"] in Elements(html).text for finding in data["findings"])
    assert data["run"]["counts"] == {"files": 9, "rows": {"articles": 7}}
    assert [step["step"] for step in data["steps"]] == ["extract", "ingest"]
    assert {row["reason"] for row in data["rejections"]} <= {"not text: 40 % control characters", "no characters"}
    failed = [check for check in data["checks"] if check["verdict"] != "passed"]
    assert failed
    assert any(check["sample_keys"] for check in failed)
    for key in (key for check in failed for key in check["sample_keys"]):
        assert json.dumps(key) in Elements(html).text
    assert [row["is_unusual"] for row in data["drift"]] == [True]


def test_hostile_text_stays_data() -> None:
    """JSON holds any text, and an empty warehouse has data too."""
    with load(hostile_world()) as hostile, load({}) as empty:
        assert SCRIPT in json.dumps(quality_data(hostile), default=str)
        assert quality_data(empty)["run"] is None
