"""What people do on the pages: find a thing, read its evidence, go on; in both languages."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Route, expect

from tests.web.pages.conftest import Visit
from tests.web.server import Server

# The first request of a worker reads its indexes, which takes long on a busy machine.
get = partial(httpx.get, timeout=60)

PHRASE = "秘书处由中国承担"


def test_a_browser_gets_a_page_and_a_program_gets_data(explorer: Server) -> None:
    for accepted, expected in (
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
    ):
        headers = {"Accept": accepted}
        answer = get(f"{explorer.url}/search?q=ISO", headers=headers)
        assert answer.headers["content-type"] == expected
        assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("path", "accepted", "expected"),
    [
        ("/design", "de, zh-TW;q=0.8, en;q=0.5", "zh-Hans"),
        ("/design", "en, zh;q=0.5", "en"),
        ("/design", "", "en"),
        ("/design?lang=zh", "en", "zh-Hans"),
    ],
)
def test_the_language_is_the_address_or_else_the_browser(
    explorer: Server, path: str, accepted: str, expected: str
) -> None:
    headers = {"Accept": "text/html", "Accept-Language": accepted}
    answer = get(explorer.url + path, headers=headers)
    assert f'<html lang="{expected}">' in answer.text
    assert answer.headers["content-language"] == expected


def test_an_unchanged_page_is_not_sent_again(explorer: Server) -> None:
    # A page without panels, which may be there only later.
    address, headers = f"{explorer.url}/questions", {"Accept": "text/html"}
    first = get(address, headers=headers)
    headers["If-None-Match"] = first.headers["etag"]
    again = get(address, headers=headers)
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_styles_are_kept_until_they_change(explorer: Server) -> None:
    page = get(f"{explorer.url}/design", headers={"Accept": "text/html"}).text
    address = page.partition('href="/static/explorer.css')[2].partition('"')[0]
    style = get(f"{explorer.url}/static/explorer.css{address}")
    assert "immutable" in style.headers["cache-control"]
    assert "no-cache" in get(f"{explorer.url}/static/explorer.css").headers["cache-control"]
    assert get(f"{explorer.url}/static/../routes.py").status_code == 404


def test_a_thing_is_found_and_its_evidence_read_without_scripts(visit: Visit) -> None:
    page = visit("/", scripts=False)
    page.get_by_role("searchbox").fill("ISO/TC 321")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="ISO/TC 321 Transaction assurance in e-commerce").first.click()
    expect(page).to_have_url(re.compile("/show/iso/tc/321$"))
    secretariat = page.locator("#in-std-secretariatOf")
    fact = secretariat.locator("li", has_text="China").first
    expect(fact.locator("blockquote").first).to_be_hidden()
    fact.locator("summary").click()
    expect(fact.locator("blockquote").first).to_have_text(PHRASE)
    expect(fact.locator(".proof").first).to_contain_text("China Food Safety Net 2019-04-11")


def test_search_as_you_type_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/", lang="zh")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳至正文")
    box = page.get_by_role("combobox")
    box.focus()
    page.keyboard.type("电子商务交易")
    expect(page.get_by_role("option").first).to_contain_text("电子商务交易保障")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "none")
    address = chosen.get_attribute("data-href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url("**" + address)
    page.go_back()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_page_that_counts_takes_in_the_counts_and_still_completes(visit: Visit) -> None:
    page = visit("/")

    def count(route: Route) -> None:
        answer = route.fetch()
        counting = (
            '<p data-later>…</p><script type="module" src="/static/later.js"></script></main>'
        )
        route.fulfill(response=answer, body=answer.text().replace("</main>", counting))

    page.route("**/", count, times=1)
    page.reload()
    page.locator("[data-later]").wait_for(state="detached")
    page.get_by_role("combobox").press_sequentially("ISO 9001")
    expect(page.get_by_role("option").first).to_contain_text("ISO 9001")


def test_a_link_keeps_its_language_wherever_it_leads(visit: Visit) -> None:
    page = visit("/show/iso/tc/321", lang="en")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.locator("#in-std-secretariatOf a").first.click()
    assert page.url.endswith("?lang=zh")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill("ISO")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_a_long_group_has_pages_of_its_own(visit: Visit) -> None:
    page = visit("/show/iso?relation=in+std:publisher")
    total = int(page.locator("h1 .number").inner_text().replace(",", ""))
    assert page.locator("li.fact").count() == min(total, 50)
    page = visit("/show/iso?relation=in+std:publisher&start=2")
    assert page.locator("li.fact").count() == min(total - 2, 50)


def test_a_long_group_is_filtered_and_sorted_without_scripts(visit: Visit) -> None:
    page = visit("/show/iso?relation=in+std:publisher", scripts=False)
    page.get_by_label("Words in the name or title").fill("transaction assurance")
    page.get_by_label("Order").select_option("newest first")
    page.get_by_label("Status").select_option("neither draft nor ended")
    page.get_by_role("button", name="Show").click()
    facts = page.locator("li.fact")
    assert facts.count() > 1
    assert all("ransaction assurance" in text for text in facts.all_inner_texts())
    years = [re.search(r"\d{4}\)", text) for text in facts.all_inner_texts()]
    found = [match[0] for match in years if match]
    assert found == sorted(found, reverse=True)
    assert "sort=-date" in page.url
    drafts = visit("/show/iso?relation=in+std:publisher&filter=transaction&status=draft")
    assert all(
        "CD" in each or "PWI" in each for each in drafts.locator("li.fact a").all_inner_texts()
    )
    none = visit("/show/iso?relation=in+std:publisher&filter=zzz", lang="zh")
    expect(none.locator(".notice")).to_contain_text("没有符合条件的内容")


def test_an_unknown_name_leads_to_the_nearest(visit: Visit) -> None:
    page = visit("/show?name=ISO/TC+3210", errors=True)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nothing is called “ISO/TC 3210”")
    assert page.locator(".things li").count() > 0
    page = visit("/nowhere", lang="zh", errors=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("没有此页")


def test_search_engines_read_what_it_is(visit: Visit) -> None:
    page = visit("/show/iso/tc/321")
    described = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
    assert described["@type"] == "Organization"
    assert described["@id"] == "https://w3id.org/stdkg/iso/tc/321"
    assert described["parentOrganization"]["@id"] == "https://w3id.org/stdkg/iso"


def test_sources_that_differ_stand_side_by_side(visit: Visit) -> None:
    page = visit("/show/cn/sac-zj/joint-meeting/3")
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("sources differ")
    assert conflict.locator("dd").count() == 2


def test_the_article_is_read_in_the_order_of_its_text(visit: Visit) -> None:
    page = visit("/article?start=40")
    places = [text.split("–")[0] for text in page.locator(".phrases .number").all_inner_texts()]
    assert len(places) == 40
    assert sorted(places, key=lambda text: int(text.replace(",", ""))) == places
    page.get_by_role("link", name="Next →").click()
    expect(page.locator(".phrases > li").first).to_be_visible()


def test_each_source_of_claims_has_a_page_whatever_is_known_of_it(explorer: Server) -> None:
    headers = {"Accept": "text/html"}
    first = get(f"{explorer.url}/article", headers=headers).text
    others = set(re.findall(r'href="(/article/[^"?#]+)"', first))
    assert len(others) > 10
    for address in others:
        page = get(explorer.url + address, headers=headers)
        assert page.status_code == 200, address
        # The text is not at hand: no link marks a place in it.
        assert re.findall(r"<a [^>]*></a>", page.text) == [], address


def test_a_document_is_cited_in_the_formats_of_libraries(explorer: Server) -> None:
    headers = {"Accept": "text/html"}
    shown = get(f"{explorer.url}/show/iso/9001-2015", headers=headers).text
    addresses = re.findall(r'href="(/cite[^"]+)" download', shown)
    for address, words in zip(addresses, ("@", "TY  - ", '"title"', "<record"), strict=True):
        written = get(explorer.url + address.replace("&amp;", "&"), headers=headers)
        assert (written.status_code, words in written.text) == (200, True), written.text
        assert "attachment" in written.headers["content-disposition"]
    assert "/cite?" not in get(f"{explorer.url}/show/iso/tc/321", headers=headers).text
    asked = {"document": "ISO/TC 321", "style": "bibtex"}
    refused = get(f"{explorer.url}/cite", params=asked, headers=headers)
    assert (refused.status_code, "is no document" in refused.text) == (400, True)


def test_the_ontology_is_drawn(explorer: Server) -> None:
    drawn = get(f"{explorer.url}/ontology.svg?lang=zh&scheme=dark")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert 'lang="zh' in drawn.text
    assert drawn.text.count('class="node"') > 20


def test_a_question_is_asked_with_completion(visit: Visit) -> None:
    page = visit("/questions/committee-history")
    field = page.get_by_role("combobox", name="committee")
    field.click()
    page.keyboard.type("transaction assur")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("iso/tc/321")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/committee-history?committee=iso%2Ftc%2F321")
    page.locator("td .evidence summary").first.click()
    expect(page.locator("td .proof blockquote").first).to_be_visible()
    page.get_by_text("Show the SPARQL").click()
    expect(page.locator("pre").last).to_contain_text("SELECT")


def test_a_wrong_argument_is_explained_at_its_field(visit: Visit) -> None:
    page = visit("/questions/ballot?year=20l8", lang="zh", errors=True)
    expect(page.locator("[aria-invalid=true]")).to_have_value("20l8")
    expect(page.locator("#problem")).to_contain_text("20l8")


def test_the_path_between_two_things_has_sentences_with_evidence(visit: Visit) -> None:
    page = visit("/relate?from=浙江省省长&to=SAC&hops=3", lang="zh", scripts=False)
    steps = page.locator(".path").first.locator("ol > li")
    assert steps.count() >= 2
    steps.first.locator("summary").click()
    expect(steps.first.locator(".proof").first).to_be_visible()


def test_two_things_stand_side_by_side(visit: Visit) -> None:
    page = visit("/compare?a=ISO/TC+321&b=ISO/TC+154")
    assert page.locator("thead th").count() == 2
    assert page.locator("tbody tr").count() > 3


def test_two_countries_are_compared_by_what_the_catalogues_count(explorer: Server) -> None:
    answer = get(
        f"{explorer.url}/compare",
        params={"a": "China", "b": "United States"},
        headers={"Accept": "text/html"},
    )
    [row] = re.findall(r"<tr><th[^>]*><span[^>]*><bdi>secretariat</bdi>.*?</tr>", answer.text)
    assert re.findall(r">(\d+)</a>", row) == ["3", "3"]
    assert row.count("rank 1 of 4") == 2


def test_two_years_stand_side_by_side(explorer: Server) -> None:
    answer = get(
        f"{explorer.url}/compare",
        params={"a": "2018", "b": "2019"},
        headers={"Accept": "text/html"},
    )
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", answer.text)
    assert any("Committees set up" in row for row in rows)
    assert any("/questions/timeline?year=2018" in row for row in rows)


def test_a_dropped_file_is_looked_up(visit: Visit) -> None:
    page = visit("/match")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(['ISO/TC 321\\n'], 'mine.txt'));
            const options = {dataTransfer: data, bubbles: true, cancelable: true};
            const drop = new DragEvent('drop', options);
            document.querySelector('form.drop').dispatchEvent(drop);
        }"""
    )
    expect(page.get_by_role("heading", level=2)).to_have_text("1 of 1 recognized")


def test_a_list_is_looked_up_and_downloaded_without_scripts(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("no,standard\n1,ISO/TC 321\n2,nonsense 77\n", encoding="utf-8")
    page = visit("/match", scripts=False)
    page.get_by_label("A file, chosen").set_input_files(file)
    page.get_by_role("button", name="Look them up").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("1 of 2 recognized")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download as CSV").click()
    rows = started.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("no,standard,iri,name")
    assert "https://w3id.org/stdkg/iso/tc/321" in rows[1]


def test_a_damaged_or_endless_list_is_one_line(explorer: Server) -> None:
    for name, data, status, words in (
        ("bomb.xlsx", b"PK\x03\x04 nothing", 400, "bomb.xlsx"),
        ("list.txt", b"ISO 9001\n" * 1001, 413, "1,001"),
        ("list.txt", b"x" * (5 << 20), 413, "4,194,304"),
    ):
        files = {"file": (name, data)}
        answer = httpx.post(f"{explorer.url}/match", files=files, headers={"Accept": "text/html"})
        assert (answer.status_code, words in answer.text) == (status, True), name
        assert "/tmp" not in answer.text


def test_the_graph_shows_counts_before_it_grows(visit: Visit) -> None:
    page = visit("/graph?around=ISO/TC+321", accept_downloads=True)
    canvas = page.locator("#canvas[data-ready]")
    expect(canvas).to_be_visible()
    count = "window.stdkgCanvas.nodes().filter((node) => !node.hasClass('out')).length"
    before = page.evaluate(count)
    assert before == page.locator("#content > section tbody tr").count() + 1
    page.evaluate("() => void window.stdkgCanvas.nodes('[name = \"Liaisons\"]').emit('tap')")
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    expect(page.locator("#seen tr")).to_have_count(5)
    grown = page.evaluate(count)
    assert grown == before + 5
    page.get_by_role("button", name="Undo").click()
    assert page.evaluate(count) == before
    page.get_by_role("button", name="Redo").click()
    assert page.evaluate(count) == grown
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("from", exact=True).fill("1980")
    # ISO/TC 154 is of 1972; those without a date stay.
    assert page.evaluate(count) == grown - 1
    expect(page.locator("#seen tr")).to_have_count(4)
    page.get_by_label("from", exact=True).fill("")
    page.get_by_text("Save", exact=True).click()
    for suffix, find in (
        (
            "ttl",
            rb"<https://w3id.org/stdkg/iso/tc/321> std:liaison <https://w3id.org/stdkg/iso/tc/154>",
        ),
        ("graphml", rb'source="https://w3id.org/stdkg/iso/tc/321"'),
        ("svg", rb"<text[^>]*>ISO/TC 154"),
        # The mark of a body, as in offline pages.
        ("svg", rb'<circle cx="[^"]+" cy="[^"]+" r="[^"]+" fill="#1e40af"/>'),
    ):
        with page.expect_download() as started:
            page.locator(f"[data-save={suffix}]").click()
        written = started.value.path().read_bytes()
        assert re.search(find, written), suffix
    page.reload()
    page.locator("#canvas[data-ready]").wait_for()
    assert page.evaluate(count) == grown


def test_a_query_is_answered_or_its_error_explained(visit: Visit) -> None:
    page = visit("/query", scripts=False)
    page.get_by_label("Query").fill("SELECT ?x { ?x a std:Ballot }")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page = visit("/query?query=SELECT+nonsense", errors=True)
    expect(page.get_by_role("alert")).to_be_visible()


def test_the_editor_of_queries_completes_terms_and_asks_nobody_else(visit: Visit) -> None:
    page = visit("/query", accept_downloads=True)
    page.locator(".editor[data-ready]").wait_for()
    assert page.locator(".gutterErrorBar svg").count() == 0
    page.evaluate("stdkgEditor.setValue('SELECT ?x { ?x a std:Ball')")
    page.evaluate("stdkgEditor.focus(); stdkgEditor.setCursor({line: 0, ch: 25})")
    page.keyboard.press("Control+Space")
    page.get_by_text("std:Ballot", exact=True).wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(" }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").click()
    rows = started.value.path().read_text(encoding="utf-8").splitlines()
    assert (rows[0], len(rows), started.value.suggested_filename) == ("x", 2, "answer.csv")


def test_an_answer_is_drawn_and_embedded(explorer: Server) -> None:
    page = f"{explorer.url}/questions/committee-history"
    headers = {"Accept": "text/html"}
    drawn = get(page, params={"committee": "ISO/TC 321", "view": "graph"}, headers=headers)
    data = json.loads(re.search(r'id="picture-data">(.*?)</script>', drawn.text)[1])  # type: ignore[index]
    assert {"ISO/TC 321 Transaction assurance in e-commerce"} < {n["label"] for n in data["nodes"]}
    assert data["edges"]
    assert "frame-ancestors 'none'" in drawn.headers["content-security-policy"]
    ranks = f"{explorer.url}/questions/member-ranks?view=chart"
    bars = get(ranks, headers=headers).text.partition('<figure class="bar-chart')[2]
    widths = [float(width) for width in re.findall(r'<rect width="([\d.]+)"', bars)]
    counts = [int(count) for count in re.findall(r'<span class="number">(\d+)</span>', bars)]
    assert [round(1000 * count / max(counts), 1) for count in counts] == widths
    assert max(widths) == 1000
    told = get(
        page, params={"committee": "ISO/TC 321", "view": "timeline", "embed": 1}, headers=headers
    )
    dates = re.findall(r'class="date"><bdi>(.*?)</bdi>', told.text)
    assert dates[0].startswith("2018")
    assert "frame-ancestors *" in told.headers["content-security-policy"]
    assert "<form" not in told.text
    assert told.text.count("<h1") == 1


def test_each_term_of_the_ontology_has_its_place(visit: Visit) -> None:
    page = visit("/ontology#Ballot")
    expect(page.locator("#Ballot")).to_contain_text("One round of voting on a proposal.")
    expect(page.locator("#Ballot a").last).to_be_visible()
    # What a property is for, and from which code list its values are.
    expect(page.locator("#level")).to_contain_text("Initiative")
    expect(page.locator("#level")).to_contain_text("scheme/level")
