"""The page of a network in a real browser, offline: complete, searchable, safe, accessible."""

from __future__ import annotations

import struct
from collections import Counter
from math import cos, pi, sin
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.date_words import spell_date
from kg.common.errors import KgError
from kg.network import filters
from kg.network.model import Network, edges_of
from kg.network.networkx_graph import network
from kg.pictures.page import page
from kg.pictures.page.page import network_page
from kg.queries import views
from tests.network.hostile import IRIS, LABELS, hostile
from tests.pictures.browser import Tab
from tests.pictures.conftest import Show

VIEWS = {
    name: view
    for name, view in views.load_views(resources.queries() / "views").items()
    if view.kind == "network"
}
SVG = "{http://www.w3.org/2000/svg}"


def circle(graph: Network) -> dict[str, tuple[float, float]]:
    """Positions at which no nodes overlap and no node covers the middle of an edge."""
    turn = 2 * pi / max(len(graph), 1)
    radius = 30.0 * len(graph)
    return {n: (radius * cos(i * turn), radius * sin(i * turn)) for i, n in enumerate(graph)}


def page_of(graph: Network, lang: str = "en") -> str:
    return network_page(graph, circle(graph), lang)


@pytest.fixture(scope="session")
def committees(graph: KnowledgeGraph) -> Network:
    return network(graph.store, VIEWS["committees"])


def visible(tab: Tab) -> tuple[set[str], Counter[tuple[str, ...]]]:
    """The visible nodes and edges, by the IRIs in the page's data."""
    nodes = tab.js("stdkg.cy.nodes(':visible').map(n => stdkg.data.nodes[stdkg.indexOf(n)].iri)")
    edges = tab.js(
        """stdkg.cy.edges(':visible').toArray().flatMap((one) =>
            stdkg.alike(stdkg.indexOf(one)).map((index) => {
                const { source, target, relation, via } = stdkg.data.edges[index];
                return [stdkg.data.nodes[source].iri, stdkg.data.nodes[target].iri, relation, via];
            }))"""
    )
    return set(nodes), Counter(map(tuple, edges))


def expected(graph: Network) -> tuple[set[str], Counter[tuple[str, ...]]]:
    edges = [(s, t, about["relation"], about["via"]) for s, t, about in graph.edges(data=True)]
    return set(graph), Counter(edges)


def rows(tab: Tab) -> tuple[int, int]:
    return tab.count("#things tbody tr[data-key]"), tab.count("#relations tbody tr[data-key]")


def edge_with_phrase(graph: Network) -> tuple[int, str, str, tuple[str, ...]]:
    """An edge whose claims all have a phrase: its number, its ends and its claims."""
    for number, (source, target, about) in enumerate(graph.edges(data=True)):
        proofs = [proof for claim in about["claims"] for proof in graph.graph["proofs"][claim]]
        if proofs and all(proof.phrase for proof in proofs):
            return number, source, target, about["claims"]
    raise AssertionError("no edge has a phrase")


@pytest.mark.parametrize("name", VIEWS)
def test_the_page_has_the_whole_network(name: str, graph: KnowledgeGraph, show: Show) -> None:
    whole = network(graph.store, VIEWS[name])
    tab = show(page_of(whole, "zh"))
    assert whole.number_of_edges() > 10
    assert visible(tab) == expected(whole)
    assert rows(tab) == (len(whole), whole.number_of_edges())
    assert tab.text("h1") == VIEWS[name].title.zh
    counts = Counter(about["group"] for _, about in whole.nodes(data=True))
    legend = tab.js(
        """Object.fromEntries([...document.querySelectorAll('[data-group]')].map((one) =>
            [one.dataset.group, Number(one.querySelector('.count').textContent)]))"""
    )
    assert legend == counts


def test_nodes_have_the_style_of_their_group_and_planned_edges_are_dashed(
    committees: Network, show: Show
) -> None:
    planned = committees.copy()
    first = next(iter(planned.edges(keys=True)))
    planned.edges[first]["planned"] = True
    tab = show(page_of(planned))
    styles = tab.js(
        "stdkg.cy.nodes().map(n => [n.style('shape'), n.style('background-color')].join())"
    )
    groups = [about["group"] for _, about in planned.nodes(data=True)]
    assert len(set(zip(styles, groups, strict=True))) == len(set(styles)) == len(set(groups))
    lines = Counter(tab.js("stdkg.cy.edges().map(e => e.style('line-style'))"))
    assert lines == {"dashed": 1, "solid": planned.number_of_edges() - 1}
    assert tab.count("#relations tbody .badge") == 1


def test_labels_are_visible_and_do_not_overlap(committees: Network, show: Show) -> None:
    tab = show(page_of(committees))
    tab.wait("stdkg.cy.nodes().filter(n => n.data('shown')).length > 20")
    boxes = tab.js(
        """stdkg.cy.nodes().filter((n) => n.data('shown')).map((n) => {
            const LABEL = { includeNodes: false, includeOverlays: false };
            const { x1, y1, x2, y2 } = n.renderedBoundingBox(LABEL);
            return [x1 + 2, y1 + 2, x2 - 2, y2 - 2];
        })"""
    )
    for index, (x1, y1, x2, y2) in enumerate(boxes):
        for u1, v1, u2, v2 in boxes[:index]:
            assert x2 <= u1 or u2 <= x1 or y2 <= v1 or v2 <= y1
    assert all(x1 >= 0 and x2 <= 1400 for x1, _, x2, _ in boxes)


def test_moved_labels_are_not_cut_off(graph: KnowledgeGraph, show: Show) -> None:
    tab = show(page_of(network(graph.store, VIEWS["events"]), "zh"))
    tab.wait("stdkg.cy.nodes().some((n) => n.data('shown'))")
    boxes = """stdkg.cy.nodes().map((n) => {
        const { x1, y1, x2, y2 } = n.boundingBox();
        return [x1, y1, x2, y2].map(Math.round).join();
    })"""
    for number in (8, 20, 3):
        tab.js(f"stdkg.choose('n{number}', false)")
        tab.page.wait_for_timeout(200)
        # Cytoscape clips a label to the bounding box that it cached.
        cached = tab.js(boxes)
        tab.js("void stdkg.cy.nodes().dirtyBoundingBoxCache()")
        assert cached == tab.js(boxes)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("iso/tc 321", "https://w3id.org/stdkg/iso/tc/321"),
        ("ＩＳＯ／ＴＣ　３２１", "https://w3id.org/stdkg/iso/tc/321"),
        ("电子商务交易保障 委员会", "https://w3id.org/stdkg/iso/tc/321"),
        ("国家标准委", "https://w3id.org/stdkg/cn/sac"),
    ],
    ids=["identifier", "full-width", "other language", "other name"],
)
def test_search_finds_names_and_identifiers(
    typed: str, found: str, committees: Network, show: Show
) -> None:
    tab = show(page_of(committees))
    tab.page.fill("#search", typed)
    hits = tab.js(
        """[...document.querySelectorAll('#hits [role=option]')].map((hit) =>
            stdkg.data.nodes[hit.dataset.index].iri)"""
    )
    assert found in hits
    assert len(hits) < len(committees) / 2
    assert tab.text("#found") == f"{len(hits)} found"
    tab.page.locator(f"#hits [role=option] >> nth={hits.index(found)}").click()
    assert tab.text("#panel .iri") == found
    assert tab.js("stdkg.cy.$('.chosen').map(n => stdkg.data.nodes[stdkg.indexOf(n)].iri)") == [
        found
    ]


def test_search_reports_no_match(committees: Network, show: Show) -> None:
    tab = show(page_of(committees, "zh"))
    tab.page.fill("#search", "没有这个")
    assert tab.text("#found") == "未找到"
    tab.press("Enter")
    assert tab.page.locator("#panel").is_hidden()


def test_filtering_by_group_and_kind_agrees_with_python(graph: KnowledgeGraph, show: Show) -> None:
    whole = network(graph.store, VIEWS["everything"])
    tab = show(page_of(whole))
    groups = {about["group"] for _, about in whole.nodes(data=True)}
    for hidden in ("figure", "topic", "place"):
        tab.page.click(f"[data-group={hidden}]")
        groups.remove(hidden)
        part = filters.filter_network(whole, filters.Filter(kinds=groups))
        assert 0 < len(part) < len(whole)
        assert visible(tab) == expected(part)
        assert rows(tab) == (len(part), part.number_of_edges())
    tab.page.click("[data-more=body]")
    tab.page.uncheck('[data-kind="body|std:TechnicalCommittee"]')
    assert tab.page.get_attribute("[data-group=body]", "aria-pressed") == "mixed"
    left = {d["kind"] for _, d in whole.nodes(data=True) if d["group"] == "body"}
    kinds = (groups | left) - {"body", "std:TechnicalCommittee"}
    part = filters.filter_network(whole, filters.Filter(kinds=kinds))
    assert visible(tab) == expected(part)
    assert f"{len(part)} of {len(whole)} things" in tab.text("#counts")
    tab.page.click("#reset")
    assert visible(tab) == expected(whole)


@pytest.mark.parametrize(
    ("since", "until"), [("2019", ""), ("", "2018"), ("2017", "2018"), ("", "1999")]
)
def test_filtering_by_year_agrees_with_python(
    since: str, until: str, graph: KnowledgeGraph, show: Show
) -> None:
    whole = network(graph.store, VIEWS["everything"])
    tab = show(page_of(whole))
    tab.page.fill("#since", since)
    tab.page.fill("#until", until)
    part = filters.filter_network(whole, filters.Filter(since=since, until=until))
    assert len(part) < len(whole)
    assert visible(tab) == expected(part)
    assert rows(tab) == (len(part), part.number_of_edges())


def test_a_reversed_range_of_years_is_reported_and_ignored(committees: Network, show: Show) -> None:
    tab = show(page_of(committees))
    tab.page.fill("#since", "2020")
    before = visible(tab)
    tab.page.fill("#until", "2018")
    assert tab.text("#years-wrong") == "The last year is before the first"
    assert visible(tab) == before
    tab.page.fill("#until", "2021")
    assert tab.page.locator("#years-wrong").is_hidden()


def test_clicking_an_edge_opens_its_evidence(committees: Network, show: Show) -> None:
    number, source, target, claims = edge_with_phrase(committees)
    tab = show(page_of(committees))
    # Parallel edges have other midpoints.
    place = tab.js(
        """(id) => {
            const edge = stdkg.elementOf(id);
            const { left, top } = document.getElementById('cy').getBoundingClientRect();
            const { x, y } = edge.renderedMidpoint();
            return [left + x, top + y];
        }""",
        f"e{number}",
    )
    tab.page.mouse.click(*place)
    panel = tab.page.locator("#panel")
    proofs = [proof for claim in claims for proof in committees.graph["proofs"][claim]]
    quoted = [text.strip("“”") for text in panel.locator(".phrase").all_inner_texts()]
    assert quoted == [proof.phrase for proof in proofs]
    for proof, shown in zip(proofs, panel.locator(".proof").all(), strict=True):
        assert f"characters {proof.start}–{proof.end}" in shown.inner_text()
        link = shown.locator("a")
        assert link.get_attribute("href") == proof.url
        assert link.get_attribute("rel") == "noopener noreferrer"
        assert link.inner_text() == proof.source_en
    statement = panel.locator("h2").inner_text()
    for node in (source, target):
        assert committees.nodes[node]["label_en"] in statement
    tab.press("Escape")
    assert panel.is_hidden()


def test_hovering_a_node_dims_all_but_its_neighbors(committees: Network, show: Show) -> None:
    tab = show(page_of(committees))
    node = "https://w3id.org/stdkg/iso/tc/321"
    place = tab.js(
        """(iri) => {
            const id = stdkg.nodeId(stdkg.data.nodes.findIndex((one) => one.iri === iri));
            const { left, top } = document.getElementById('cy').getBoundingClientRect();
            const { x, y } = stdkg.cy.getElementById(id).renderedPosition();
            return [left + x, top + y];
        }""",
        node,
    )
    tab.page.mouse.move(*place)
    near = {node, *nx.all_neighbors(committees, node)}
    lit = tab.js("stdkg.cy.nodes('.lit').map(n => stdkg.data.nodes[stdkg.indexOf(n)].iri)")
    assert set(lit) == near
    assert tab.js("stdkg.cy.nodes('.dim').length") == len(committees) - len(near)
    assert tab.js("stdkg.cy.edges('.lit').filter(e => e.data('shown')).length") > 0
    tab.page.mouse.move(5, 5)
    assert tab.js("stdkg.cy.elements('.lit, .dim').length") == 0


def test_the_panel_of_a_node_lists_edges_in_both_directions(
    committees: Network, show: Show
) -> None:
    node = "https://w3id.org/stdkg/iso/tc/321"
    tab = show(page_of(committees))
    tab.page.fill("#search", "ISO/TC 321 Transaction")
    tab.press("Enter")
    heads = tab.page.locator("#panel h3").all_inner_texts()
    assert heads == [
        f"Relations from here ({committees.out_degree(node)})",
        f"Relations to here ({committees.in_degree(node)})",
    ]
    assert committees.nodes[node]["label_zh"] in tab.text("#panel .second")
    assert tab.page.get_attribute("#panel a.iri", "href") == node
    for name in committees.nodes[node]["alt"]:
        assert name in tab.text("#panel dl")


def test_the_language_switch_applies_everywhere(committees: Network, show: Show) -> None:
    tab = show(page_of(committees, "en"))
    assert tab.page.get_attribute("html", "lang") == "en"
    tab.js("stdkg.choose('n0', false)")
    tab.page.click("[data-lang=zh]")
    assert tab.page.get_attribute("html", "lang") == "zh-Hans"
    assert tab.page.title() == tab.text("h1") == VIEWS["committees"].title.zh
    assert tab.text("#description") == VIEWS["committees"].description.zh
    first = committees.nodes[next(iter(committees))]
    assert tab.text("#panel h2") == first["label_zh"]
    assert first["kind_zh"] in tab.text("#panel .kind")
    assert tab.page.locator("#relations th[scope=col]").all_inner_texts() == [
        *("主体", "关系", "客体", "时间", "依据")
    ]
    relation = next(iter(committees.edges(data=True)))[2]["relation_zh"]
    assert relation in tab.page.locator("#relations tbody td").all_inner_texts()
    shown = "".join(tab.js("stdkg.cy.nodes().map(n => n.data('shown'))")).replace("\n", "")
    assert first["label_zh"][:4] in shown
    words = tab.js(
        """[...document.querySelectorAll('[data-word], [data-label]')].map((one) =>
            [one.textContent.trim(), one.getAttribute('aria-label')])"""
    )
    english = set(filter(None, tab.js("Object.values(stdkg.words.en)")))
    chinese = set(filter(None, tab.js("Object.values(stdkg.words.zh)")))
    assert words
    assert not {text for pair in words for text in pair} & (english - chinese)
    tab.page.click("[data-lang=en]")
    assert tab.text("h1") == VIEWS["committees"].title.en


def test_both_languages_have_the_same_messages(committees: Network, show: Show) -> None:
    tab = show(page_of(committees))
    kinds = """(lang) => Object.entries(stdkg.words[lang]).map(([name, word]) =>
        `${name} ${typeof word} ${typeof word === 'function' ? word.length : ''}`)"""
    assert tab.js(kinds, "en") == tab.js(kinds, "zh")


def test_everything_is_reachable_by_keyboard(committees: Network, show: Show) -> None:
    tab = show(page_of(committees))
    tab.press("Tab")
    assert tab.focused() == "Skip to the picture"
    tab.press("Tab", "Enter", "Tab")
    assert tab.js("document.activeElement.getAttribute('role')") == "tab"
    tab.press("ArrowRight", "Tab")
    while tab.js("document.activeElement.tagName") != "TR":
        tab.press("Tab")
    tab.press("ArrowDown", "ArrowDown")
    iri = list(committees)[2]
    lit = "stdkg.cy.$('.chosen').map(n => stdkg.data.nodes[stdkg.indexOf(n)].iri)"
    assert tab.js(lit) == [iri]
    tab.press("Enter")
    assert tab.focused() == tab.text("#panel h2") == committees.nodes[iri]["label_en"]
    tab.press("Escape")
    assert tab.page.locator("#panel").is_hidden()
    assert tab.js("document.activeElement.dataset.key") == "n2"


def test_the_picture_is_panned_and_traversed_by_keyboard(committees: Network, show: Show) -> None:
    tab = show(page_of(committees))
    tab.page.focus("#cy")
    assert tab.js("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    pan, zoom = tab.js("stdkg.cy.pan().x"), tab.js("stdkg.cy.zoom()")
    tab.press("ArrowLeft")
    assert tab.js("stdkg.cy.pan().x") > pan
    tab.press("+")
    assert tab.js("stdkg.cy.zoom()") > zoom
    tab.press("0")
    assert tab.js("stdkg.cy.zoom()") == pytest.approx(zoom)
    visited = set()
    for _ in committees:
        tab.press("n")
        visited.add(tab.text("#status"))
    assert visited == {about["label_en"] for _, about in committees.nodes(data=True)}
    tab.press("Enter")
    assert tab.focused() in visited
    tab.press("Tab")
    tab.js("document.querySelector('#panel .relations .go').focus()")
    tab.press("Enter")
    assert tab.page.locator("#panel .claim, #panel h3").count() > 0
    assert "relation" in tab.js("document.querySelector('#panel h2 span.relation').className")


def test_tables_sort_by_any_column(committees: Network, show: Show) -> None:
    tab = show(page_of(committees))
    tab.page.click("#relations th:nth-child(4) button")
    tab.page.click("#relations th:nth-child(4) button")
    dates = tab.page.locator("#relations tbody td:nth-child(4)").all_inner_texts()
    days = sorted({edge.span.text for edge in edges_of(committees)} - {""}, reverse=True)
    assert len(days) > 1
    # In the order of the days, though months have names.
    assert list(dict.fromkeys(filter(None, dates))) == [spell_date(day, "en") for day in days]
    assert dates[0]
    assert tab.page.get_attribute("#relations th:nth-child(4)", "aria-sort") == "descending"


def saved(tab: Tab, button: str) -> Path:
    with tab.page.expect_download() as download:
        tab.page.click(button)
    path = Path(download.value.path())
    assert download.value.suggested_filename.startswith("committees.en.")
    return path


def test_png_and_svg_are_saved_as_filtered(committees: Network, show: Show) -> None:
    tab = show(page_of(committees))
    tab.page.click("[data-group=event]")
    groups = {about["group"] for _, about in committees.nodes(data=True)} - {"event"}
    part = filters.filter_network(committees, filters.Filter(kinds=groups))
    png = saved(tab, "#png").read_bytes()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert min(width, height) > 1000
    root = ElementTree.fromstring(saved(tab, "#svg").read_text(encoding="utf-8"))
    nodes = root.findall(f"{SVG}g[@class='node']")
    titles = Counter(node.findtext(f"{SVG}title") for node in nodes)
    assert titles == Counter(about["label_en"] for _, about in part.nodes(data=True))
    edges = root.findall(f"{SVG}g[@class='edge']")
    assert len(edges) == part.number_of_edges()
    assert all(edge.find(f"{SVG}path") is not None for edge in edges)
    assert all(len(node) >= 3 for node in nodes)
    # Saving redraws the picture; the one in the window must stay as it is.
    assert visible(tab) == expected(part)


def test_dark_follows_the_system_and_the_button(committees: Network, show: Show) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    tab = show(page_of(committees), scheme="dark")
    dark, node = (
        tab.js(background),
        tab.js("stdkg.cy.nodes()[0].style('background-color')"),
    )
    tab.page.click("#theme")
    assert tab.js(background) != dark
    assert tab.js("stdkg.cy.nodes()[0].style('background-color')") != node
    tab.page.click("#theme")
    assert tab.js(background) == dark
    tab.page.emulate_media(color_scheme="light")
    tab.wait(f"{background} !== '{dark}'")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_narrow_windows_need_no_horizontal_scrolling(
    lang: str, committees: Network, show: Show
) -> None:
    tab = show(page_of(committees, lang), width=390, height=844)
    tab.js("stdkg.choose('e0', true)")
    assert tab.js("document.documentElement.scrollWidth") <= 390
    panel, picture = (
        tab.page.locator(selector).bounding_box() for selector in ("#panel", "#picture")
    )
    assert panel is not None
    assert picture is not None
    assert panel["y"] >= picture["y"] + picture["height"]
    assert picture["width"] > 300


def test_hostile_texts_are_shown_as_text(show: Show) -> None:
    evil = hostile()
    tab = show(page_of(evil))
    assert len(visible(tab)[0]) == len(evil)
    for number in range(len(evil)):
        for kind in "ne":
            tab.js(f"stdkg.choose('{kind}{number}', true)")
            assert tab.js("document.documentElement.scrollWidth") <= 1400
            wide = (
                "(() => { const p = stdkg.byId('panel'); return p.scrollWidth - p.clientWidth })()"
            )
            assert tab.js(wide) == 0
            bad = """[...document.querySelectorAll('a')].map((one) => one.getAttribute('href'))
                .filter((address) => !/^(https?:|#)/.test(address))"""
            assert tab.js(bad) == []
    tab.js("""stdkg.choose(stdkg.nodeId(
        stdkg.data.nodes.findIndex((node) => node.iri.startsWith('javascript'))))""")
    assert tab.text("#panel h2") == LABELS["script"]
    assert IRIS["script"] in tab.text("#panel dl")
    assert tab.count("script") == tab.js("[...document.scripts].length")
    assert tab.js("document.scripts.length") == len(page._NETWORK_SCRIPTS) + 2
    tab.page.fill("#search", "</script>")
    assert tab.count("#hits [role=option]") >= 1
    tab.press("Enter")
    longest = max(tab.js("stdkg.cy.nodes().map(n => n.data('shown').length)"))
    assert longest < 100
    root = ElementTree.fromstring(tab.js("stdkg.atOwnSize(stdkg.svg)").encode("utf-8"))
    assert len(root.findall(f"{SVG}g[@class='node']")) == len(evil)
    for button in ("[data-lang=zh]", "#tab-things", "#theme", "#png"):
        tab.page.click(button)


def test_no_character_of_the_data_ends_its_script_element() -> None:
    html = page_of(hostile())
    data = html.partition('id="data">')[2].partition("</script>")[0]
    assert not set(data) & set("<>&\u2028\u2029\ud800\x00\x07\x1b\ufffe")
    assert "\\u0000" not in data
    assert "\ufffd" in data
    html.encode("utf-8")


def test_an_empty_network_has_a_message(show: Show) -> None:
    nothing = hostile()
    nothing.clear_edges()
    nothing.remove_nodes_from(list(nothing))
    tab = show(page_of(nothing, "zh"))
    assert tab.text("#empty") == "没有可显示的内容。"
    assert tab.text("#relations tbody") == "没有符合的行。"
    for button in ("#fit", "#zoom-in", "#reset", "[data-lang=en]", "#theme"):
        tab.page.click(button)
    assert tab.js("stdkg.atOwnSize(stdkg.svg)").startswith("<svg")


def test_the_same_network_gives_the_same_bytes(committees: Network) -> None:
    assert page_of(committees) == page_of(committees.copy())


def test_a_missing_script_is_reported_with_a_remedy(
    committees: Network, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(page, "_CYTOSCAPE", tmp_path / "cytoscape.min.js")
    with pytest.raises(KgError, match=r"cytoscape\.min\.js: missing; install the package again"):
        page_of(committees)


def test_the_content_security_policy_forbids_requests(committees: Network) -> None:
    html = page_of(committees)
    policy = html.partition('Policy" content="')[2].partition('"')[0]
    assert policy.startswith(
        "default-src &#x27;none&#x27;; " if "&#x27;" in policy else "default-src 'none'; "
    )
    assert "unsafe" not in policy
    assert policy.count("sha256-") == len(page._NETWORK_SCRIPTS) + 2
