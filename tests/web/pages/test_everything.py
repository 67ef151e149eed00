"""The picture of everything: drawn by WebGL, the same as a table, and its state in the address."""

from __future__ import annotations

import re

import httpx
from playwright.sync_api import expect

from tests.web.pages.conftest import Visit
from tests.web.server import Server

READY = "#everything[data-ready=true]"


def test_a_thing_is_found_in_the_picture_and_its_link_reopens_it(visit: Visit) -> None:
    page = visit("/graph")
    page.locator(READY).wait_for()
    page.get_by_role("combobox", name="Start at").fill("ISO/TC 321")
    page.get_by_role("option").first.click()
    chosen = page.locator("#everything-chosen")
    expect(chosen.get_by_role("link").first).to_have_attribute("href", "/show/iso/tc/321")
    page.get_by_label("liaisons").check()
    assert "thing=iso%2Ftc%2F321" in page.url
    again = visit("/graph" + page.url.partition("/graph")[2], lang="zh")
    again.locator(READY).wait_for()
    expect(again.locator("#everything-chosen")).to_contain_text("电子商务")
    assert again.locator("[data-lines=liaison]").is_checked()


def test_what_is_drawn_is_in_its_circle_and_counted_in_the_table(
    explorer: Server, visit: Visit
) -> None:
    drawn = httpx.get(f"{explorer.url}/graph/everything?lang=en", timeout=60).json()
    circles = [(each["x"], each["y"], each["r"]) for each in drawn["circles"]]
    for x, y in zip(drawn["x"], drawn["y"], strict=True):
        assert any((x - a) ** 2 + (y - b) ** 2 <= (r + 0.1) ** 2 for a, b, r in circles)
    assert len(drawn["iri"]) == len(set(drawn["iri"]))
    assert len(drawn["lines"]["secretariat"]) > 0
    page = visit("/graph", scripts=False)
    page.reload()
    counts = page.locator("section[aria-labelledby=whole] td.number").all_inner_texts()
    assert sum(int(re.sub(r"\D", "", each)) for each in counts) == len(drawn["iri"])


def test_without_webgl_the_table_is_there_and_a_notice_says_why(visit: Visit) -> None:
    page = visit("/graph")
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.reload()
    expect(page.get_by_text("This browser has no WebGL")).to_be_visible()
    expect(page.locator("#everything")).to_be_hidden()
    assert page.locator("section[aria-labelledby=whole] tbody tr").count() > 3


def test_an_answer_with_countries_is_a_map_without_scripts(visit: Visit) -> None:
    page = visit("/questions/member-ranks", scripts=False)
    page.get_by_role("link", name="Map", exact=True).click()
    assert "view=map" in page.url
    countries = page.locator(".world a")
    largest = countries.first.get_attribute("aria-label") or ""
    name, _, number = largest.partition(": ")
    row = page.locator("tbody tr", has=page.get_by_role("link", name=name, exact=True)).first
    assert number in row.inner_text()
    x, y, r = (
        float(countries.first.locator("circle").get_attribute(n) or 0) for n in ("cx", "cy", "r")
    )
    assert 0 < x < 1000
    assert 0 < y < 435
    assert r == 24
    countries.first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/show/place/"))
