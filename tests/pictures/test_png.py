"""PNG: valid, not blank, with every character; missing packages are reported."""

from __future__ import annotations

import io
import sys
from functools import cache

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image
from pylopdf_fonts_zh_cn import sans_path

from kg import KnowledgeGraph
from kg.common.errors import KgError
from kg.pictures.charts import observations, timeline
from kg.pictures.diagrams.positions import positions
from kg.pictures.diagrams.svg import draw
from kg.pictures.png import FAMILY, png
from tests.network.hostile import hostile
from tests.pictures import svgs
from tests.pictures.svgs import LANGS, VIEWS

pytestmark = pytest.mark.slow

# The overview is drawn of catalogues: see test_overview.
ALL = [(name, lang) for name in VIEWS if name != "overview" for lang in LANGS]


def svg_of(graph: KnowledgeGraph, name: str, lang: str) -> str:
    view = VIEWS[name]
    if view.kind == "network":
        return draw(svgs.view_network(graph, name), svgs.view_positions(graph, name, lang), lang)
    chart = {"timeline": timeline, "figures": observations}[view.kind].build_chart(
        graph.store, view
    )
    return str(chart.svg[lang])


def image(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


@cache
def characters() -> frozenset[int]:
    return frozenset(TTFont(sans_path()).getBestCmap())


@pytest.mark.parametrize(("name", "lang"), ALL)
def test_the_font_has_every_visible_character(graph: KnowledgeGraph, name: str, lang: str) -> None:
    shown = "".join(svgs.visible_texts(svgs.parse(svg_of(graph, name, lang))))
    assert len(shown) > 200
    assert {sign for sign in shown if ord(sign) not in characters()} == set()


@pytest.mark.parametrize(("name", "lang"), ALL)
def test_a_png_has_the_size_of_its_svg(graph: KnowledgeGraph, name: str, lang: str) -> None:
    svg = svg_of(graph, name, lang)
    root = svgs.parse(svg)
    drawn = image(png(svg, 0.5))
    assert drawn.width == pytest.approx(float(str(root.get("width"))) / 2, abs=1)
    assert drawn.height == pytest.approx(float(str(root.get("height"))) / 2, abs=1)
    colors = drawn.getcolors(drawn.width * drawn.height) or []
    paper = next(count for count, color in colors if color == (255, 255, 255))
    assert 0.2 < paper / (drawn.width * drawn.height) < 0.99
    assert len(colors) > 50


def test_text_has_the_simplified_glyphs_of_the_font() -> None:
    def drawn(text: str, family: str = "serif") -> bytes:
        return png(
            '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30">'
            f'<text y="24" font-size="24" font-family="{family}">{text}</text></svg>'
        )

    assert drawn("骨直") == drawn("骨直", FAMILY) == drawn("骨直", "'Noto Sans CJK SC',sans-serif")
    assert drawn("骨直") != drawn("骨")
    assert drawn("骨") != drawn("")
    assert str(TTFont(sans_path())["name"].getDebugName(1)) == FAMILY


def test_the_same_svg_gives_the_same_bytes(graph: KnowledgeGraph) -> None:
    svg = svg_of(graph, "committees", "zh")
    assert png(svg) == png(svg)


def test_scale_is_pixels_per_px(graph: KnowledgeGraph) -> None:
    svg = svg_of(graph, "committees", "en")
    single, double = image(png(svg, 1)), image(png(svg))
    assert (double.width, double.height) == (2 * single.width, 2 * single.height)
    corner = double.getpixel((double.width - 1, double.height - 1))
    assert corner == (255, 255, 255)


def test_a_dark_picture_is_dark_to_its_corners(graph: KnowledgeGraph) -> None:
    network, centers = (
        svgs.view_network(graph, "committees"),
        svgs.view_positions(graph, "committees", "en"),
    )
    drawn = image(png(draw(network, centers, "en", dark=True), 1.37))
    corners = [(x, y) for x in (0, drawn.width - 1) for y in (0, drawn.height - 1)]
    assert {drawn.getpixel(corner) for corner in corners} == {(17, 22, 29)}


def test_a_very_large_scale_is_reduced() -> None:
    drawn = image(png('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>', 1e6))
    assert 60e6 < drawn.width * drawn.height < 65e6


@pytest.mark.parametrize("lang", LANGS)
def test_hostile_networks_can_be_rendered(lang: str) -> None:
    graph = hostile()
    drawn = image(png(draw(graph, positions(graph, lang), lang), 1))
    assert len(drawn.getcolors(drawn.width * drawn.height) or []) > 50


@pytest.mark.parametrize("package", ["resvg_py", "pylopdf_fonts_zh_cn"])
def test_a_missing_package_is_reported(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(KgError) as error:
        png("<svg/>")
    assert "pip install 'stdkg[pictures]'" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("svg", "scale"),
    [
        ("no svg", 1.0),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"', 1.0),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><g></svg>', 1.0),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="0" height="4"/>', 1.0),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>', 0.0),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>', float("nan")),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>', float("inf")),
    ],
)
def test_invalid_input_is_an_error_of_one_line(svg: str, scale: float) -> None:
    with pytest.raises(KgError) as error:
        png(svg, scale)
    assert "\n" not in str(error.value)
