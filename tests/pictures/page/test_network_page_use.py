"""Using the page of a network: searching, filtering, zooming, the panel, saved files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.folding import fold
from kg.network.model import Network
from kg.network.networkx_graph import network
from kg.pictures.page.page import network_page
from kg.queries import views
from tests.pictures.browser import Tab
from tests.pictures.conftest import Show

VIEWS = resources.queries() / "views"
INSIDE = """(() => {
    const { x1, y1, x2, y2 } = stdkg.cy.nodes(':visible').renderedBoundingBox(
        { includeLabels: false });
    return x1 >= 0 && y1 >= 0 && x2 <= stdkg.cy.width() && y2 <= stdkg.cy.height();
})()"""
"""Whether all visible nodes are in the window."""


def read_network(graph: KnowledgeGraph, name: str) -> Network:
    return network(graph.store, views.find_view(VIEWS, name))


def page_of(whole: Network, lang: str = "en") -> str:
    places = nx.circular_layout(whole, scale=40 * len(whole))
    return network_page(
        whole, {node: (float(x), float(y)) for node, (x, y) in places.items()}, lang
    )


@pytest.fixture(scope="module")
def committees(graph: KnowledgeGraph) -> Network:
    return read_network(graph, "committees")


@pytest.fixture(scope="module")
def cooperation(graph: KnowledgeGraph) -> Network:
    return read_network(graph, "cooperation")


def hit_names(tab: Tab, typed: str) -> list[str]:
    tab.page.fill("#search", typed)
    names: list[str] = tab.js(
        """[...document.querySelectorAll('#hits [role=option]')].map((hit) =>
            stdkg.data.nodes[hit.dataset.index].label.en)"""
    )
    return names


def named(names: Iterable[str]) -> Network:
    """A network of nodes with these English names, in a ring."""
    ring: Network = nx.MultiDiGraph(
        name="ring",
        layout="force",
        proofs={},
        title_en="",
        title_zh="",
        description_en="",
        description_zh="",
    )
    nodes = list(names)
    for number, name in enumerate(nodes):
        ring.add_node(f"x:{number}", label_en=name, label_zh="", group="topic", kind="k")
        ring.add_edge(f"x:{number}", f"x:{(number + 1) % len(nodes)}", key="r", relation="x:r")
    return ring


@pytest.mark.parametrize("name", ["committees", "cooperation", "standards"])
def test_groups_are_hidden_and_shown_again(name: str, graph: KnowledgeGraph, show: Show) -> None:
    tab = show(page_of(read_network(graph, name)))
    groups = tab.js("[...document.querySelectorAll('[data-group]')].map((g) => g.dataset.group)")
    shown = tab.js("stdkg.cy.elements(':visible').length")
    for group in groups:
        tab.page.click(f"[data-group={group}]")
    # A frame is drawn without the edges, as when a reader takes a second between two clicks.
    tab.page.wait_for_timeout(100)
    assert tab.js("stdkg.cy.elements(':visible').length") == 0
    tab.page.click("#reset")
    assert tab.js("stdkg.cy.elements(':visible').length") == shown
    tab.page.click(f"[data-group={groups[0]}]")
    tab.page.wait_for_timeout(100)
    tab.page.click(f"[data-group={groups[0]}]")
    assert tab.js("stdkg.cy.elements(':visible').length") == shown


def test_the_picture_fits_after_filter_panel_and_window(committees: Network, show: Show) -> None:
    tab = show(page_of(committees))
    whole = tab.js("stdkg.cy.zoom()")
    tab.page.fill("#since", "2019")
    assert tab.js(INSIDE)
    assert tab.js("stdkg.cy.zoom()") > whole
    tab.page.click("#reset")
    assert tab.js(INSIDE)
    tab.page.fill("#search", "ISO/TC 321")
    tab.press("Enter")
    assert tab.page.locator("#panel").is_visible()
    assert tab.js(INSIDE)
    tab.press("Escape")
    assert tab.js(INSIDE)
    assert tab.js("stdkg.cy.zoom()") == pytest.approx(whole)
    tab.page.set_viewport_size({"width": 1000, "height": 600})
    tab.wait(INSIDE)


def test_a_picture_that_the_reader_moved_stays_where_it_is(committees: Network, show: Show) -> None:
    tab = show(page_of(committees))
    tab.js("stdkg.choose('n0', false)")
    tab.page.click("#zoom-in")
    zoom = tab.js("stdkg.cy.zoom()")
    tab.press("Escape")
    tab.page.set_viewport_size({"width": 1200, "height": 700})
    tab.wait("stdkg.cy.width() < 1000")
    assert tab.js("stdkg.cy.zoom()") == zoom


def test_the_wheel_zooms_towards_the_pointer(committees: Network, show: Show) -> None:
    tab = show(page_of(committees))
    left, top = tab.js("(({ left, top }) => [left, top])(stdkg.byId('cy').getBoundingClientRect())")
    below = """(({ x, y }, zoom) => [(300 - x) / zoom, (200 - y) / zoom])(
        stdkg.cy.pan(), stdkg.cy.zoom())"""
    before, zoom = tab.js(below), tab.js("stdkg.cy.zoom()")
    tab.page.mouse.move(left + 300, top + 200)
    tab.page.mouse.wheel(0, -100)
    tab.wait(f"stdkg.cy.zoom() !== {zoom}")
    assert tab.js("stdkg.cy.zoom()") / zoom == pytest.approx(2**0.2)
    assert tab.js(below) == pytest.approx(before, abs=0.5)
    for _ in range(3):
        tab.page.mouse.wheel(0, 100)
    tab.wait(f"stdkg.cy.zoom() < {zoom}")
    assert tab.js("window.scrollY") == 0


TEXTS = [
    *("ISO/TC 321", "GB/T 1.1—2020", "gb/t 11", "1 2-3", "a\u200bb c", "Straße ΣΑΣ", "№ 5 ½"),
    *(
        "國際標準化組織",
        "“最多跑一次”改革",
        "ＩＳＯ／ＴＣ　３２１",
        "C&A 50% #1",
        "x–y 3–4",
        "製図 検査",
    ),
    *("İstanbul", "e\u0301cole école", "1\u2009000", "T²M", "日本語ﾊﾟﾀﾝ"),
]


def test_the_page_folds_as_search_does(graph: KnowledgeGraph, show: Show) -> None:
    everything = read_network(graph, "everything")
    names = {
        about[f"label_{tag}"] for _, about in everything.nodes(data=True) for tag in ("en", "zh")
    }
    tab = show(page_of(named(TEXTS)))
    for name in (*TEXTS, *sorted(names)):
        # Characters that no name of the page has need not fold: they are found nowhere.
        if set(fold(name)) <= set("".join(map(fold, TEXTS))):
            assert tab.js("(name) => stdkg.fold(name)", name) == fold(name), name
    folded = tab.js("(names) => names.map(stdkg.fold)", TEXTS)
    assert folded == [fold(text) for text in TEXTS]


def test_search_ranks_whole_words_first(show: Show) -> None:
    names = ["transaction", "sacrifice", "joint SAC group", "SAC", "SAC of China", "国家标准委"]
    tab = show(page_of(named(names)))
    assert hit_names(tab, "sac") == [
        *("SAC", "SAC of China", "joint SAC group", "sacrifice", "transaction")
    ]
    assert hit_names(tab, "國家標準") == ["国家标准委"]
    assert hit_names(tab, "group joint") == ["joint SAC group"]
    assert hit_names(tab, "–") == []


@pytest.mark.parametrize("typed", ["20l9", "abcd", "20189", "十九"])
def test_a_year_that_is_none_is_reported(typed: str, committees: Network, show: Show) -> None:
    tab = show(page_of(committees))
    tab.page.fill("#until", typed)
    assert tab.text("#years-wrong") == f"“{typed}” is not a year: give four digits, such as 2018"
    assert tab.page.get_attribute("#until", "aria-invalid") == "true"
    assert tab.page.get_attribute("#since", "aria-invalid") == "false"
    tab.page.fill("#until", "２０１９")
    assert tab.page.locator("#years-wrong").is_hidden()
    assert tab.js("stdkg.filter.until") == "2019"


def test_half_a_year_is_reported_when_the_field_is_left(committees: Network, show: Show) -> None:
    tab = show(page_of(committees, "zh"))
    tab.page.fill("#since", "")
    tab.page.type("#since", "20")
    assert tab.page.locator("#years-wrong").is_hidden()
    tab.press("Tab")
    assert tab.text("#years-wrong") == "“20”不是年份，请输入四位数字，如 2018"


def test_the_panel_opens_in_sight_on_a_phone(committees: Network, show: Show) -> None:
    tab = show(page_of(committees), width=390, height=844)
    for opening in ("stdkg.choose('n0', false)", "stdkg.choose('e0', true)"):
        tab.js(opening)
        top = tab.js("stdkg.byId('panel').getBoundingClientRect().top")
        assert -1 <= top < 400, opening
    tab.page.click("#panel .close")
    picture = tab.js("stdkg.byId('picture').getBoundingClientRect().top")
    assert -1 <= picture < 400


def test_symmetric_relations_have_no_arrowhead_and_copies_share_a_line(
    committees: Network, cooperation: Network, show: Show
) -> None:
    shapes = "stdkg.cy.edges().map((edge) => edge.style('target-arrow-shape'))"
    tab = show(page_of(cooperation))
    assert set(tab.js(shapes)) == {"none"}
    pairs = {frozenset(ends) for ends in cooperation.edges()}
    assert tab.js("stdkg.cy.edges().length") == len(pairs) < cooperation.number_of_edges()
    sac, government = "https://w3id.org/stdkg/cn/sac", "https://w3id.org/stdkg/cn/zj/gov"
    times = cooperation.number_of_edges(sac, government)
    number = next(n for n, ends in enumerate(cooperation.edges()) if ends == (sac, government))
    assert times > 3
    assert tab.js("(index) => stdkg.lineName(index)", number) == f"took part with ×{times}"
    tab.js(f"stdkg.choose('e{number}', true)")
    assert tab.count("#panel .member") == times
    assert tab.count("#panel .member .proof") >= times
    assert tab.count("#relations tbody tr") == cooperation.number_of_edges()
    assert tab.js("stdkg.atOwnSize(stdkg.svg)").count("<polygon points") == tab.js(
        'stdkg.atOwnSize(stdkg.svg).match(/<g class="(node|legend)"><?[^]*?<polygon/g).length'
    )


def saved_svg(tab: Tab) -> Any:
    return ElementTree.fromstring(tab.js("stdkg.atOwnSize(stdkg.svg)"))


def test_saved_pictures_have_title_legend_and_sources(committees: Network, show: Show) -> None:
    tab = show(page_of(committees))
    texts = [one.text for one in saved_svg(tab).iter("{http://www.w3.org/2000/svg}text")]
    assert "Committees and roles" in texts
    assert "places" in texts
    sources = {proof.source_en for some in committees.graph["proofs"].values() for proof in some}
    shown = " ".join(text for text in texts if text)
    assert "Sources: " in shown
    assert all(source in shown for source in sources)
    # The PNG is drawn from the same SVG.
    size = [float(saved_svg(tab).get(side)) for side in ("width", "height")]
    with tab.page.expect_download() as download:
        tab.page.click("#png")
    png = Path(download.value.path()).read_bytes()
    pixels = [int.from_bytes(png[at : at + 4], "big") for at in (16, 20)]
    assert pixels == pytest.approx([2 * side for side in size], abs=2)


def test_labels_never_cut_a_number(show: Show) -> None:
    names = [f"{'developed ' * 3}{'x' * length} 1,234,567 end of it" for length in range(4, 40)]
    tab = show(page_of(named(names)))
    labels = [
        label.replace("\n", "") for label in tab.js("stdkg.cy.nodes().map((n) => n.data('shown'))")
    ]
    cut = [label for label in labels if label.endswith("…")]
    assert len(cut) > 10
    assert all("1,234,567" in label or not set(label) & set("1234567") for label in labels)
