"""Shared by tests of pictures: the project's views, and access to the contents of an SVG."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import networkx as nx

from kg import KnowledgeGraph
from kg.common import resources
from kg.network.model import Network
from kg.network.networkx_graph import network
from kg.pictures.diagrams.positions import positions
from kg.pictures.svg.geometry import Rect
from kg.queries import views
from kg.queries.views import View

VIEWS = views.load_views(resources.queries() / "views")
NETWORKS = [name for name, view in VIEWS.items() if view.kind == "network"]
LANGS = ("en", "zh")
SVG = "{http://www.w3.org/2000/svg}"
FORBIDDEN = {"script", "foreignObject", "image", "iframe", "use", "style", "animate", "set"}


_NETWORKS: dict[str, Network] = {}
_POSITIONS: dict[tuple[str, str], dict[str, tuple[float, float]]] = {}


def view_network(graph: KnowledgeGraph, name: str) -> Network:
    """The network of a view, loaded once."""
    if name not in _NETWORKS:
        _NETWORKS[name] = network(graph.store, VIEWS[name])
    return _NETWORKS[name]


def view_positions(graph: KnowledgeGraph, name: str, lang: str) -> dict[str, tuple[float, float]]:
    """The positions of a view's nodes, computed once."""
    if (name, lang) not in _POSITIONS:
        _POSITIONS[name, lang] = positions(view_network(graph, name), lang)
    return _POSITIONS[name, lang]


def view_of_kind(kind: str) -> View:
    return next(view for view in VIEWS.values() if view.kind == kind)


def parse(svg: str) -> ET.Element:
    """The root of an SVG, which must be UTF-8 and well-formed."""
    return ET.fromstring(svg.encode("utf-8"))


def by_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in root.iter() if element.get("class") == name]


def tooltip_of(element: ET.Element) -> str:
    return element.findtext(f"{SVG}title") or ""


def all_texts(root: ET.Element) -> list[str]:
    """All text, visible or read out."""
    return [element.text or "" for element in root.iter() if element.text]


def visible_texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def unsafe_parts(root: ET.Element) -> list[str]:
    """The elements and attributes that could run code or load a resource."""
    unsafe = []
    for element in root.iter():
        if element.tag.removeprefix(SVG) in FORBIDDEN:
            unsafe.append(element.tag)
        for name, value in element.attrib.items():
            local = name.rsplit("}", 1)[-1]
            link = local in ("href", "src") and not re.match(r"https?://", value)
            outside = "url(" in value and not re.fullmatch(r"url\(#[a-z0-9-]+\)", value)
            if local.startswith("on") or link or outside:
                unsafe.append(f"{local}={value}")
    return unsafe


def with_offsets(root: ET.Element) -> Iterator[tuple[ET.Element, float, float, float]]:
    """Every element with its offset from the root and its scale."""

    def walk(
        element: ET.Element, dx: float, dy: float, by: float
    ) -> Iterator[tuple[ET.Element, float, float, float]]:
        move = re.fullmatch(
            r"translate\((\S+) (\S+)\)(?: scale\((\S+)\))?", element.get("transform", "")
        )
        if move:
            dx, dy = dx + by * float(move[1]), dy + by * float(move[2])
            by *= float(move[3] or 1)
        yield element, dx, dy, by
        for child in element:
            yield from walk(child, dx, dy, by)

    yield from walk(root, 0.0, 0.0, 1.0)


def first_rects(root: ET.Element, name: str) -> list[Rect]:
    """The first rectangle in each element of a class."""
    rects = []
    for element, dx, dy, by in with_offsets(root):
        if element.get("class") == name:
            assert by == 1
            box = next(iter(element.iter(f"{SVG}rect")))
            x, y, w, h = (float(box.get(key, "0")) for key in ("x", "y", "width", "height"))
            rects.append(Rect(x + dx, y + dy, x + dx + w, y + dy + h))
    return rects


def small_network(*edges: tuple[str, str, str], layout: str = "force", **about: object) -> Network:
    """A network of edges (source, target, relation) whose nodes are labeled with their IRIs."""
    graph: Network = nx.MultiDiGraph(
        name="small",
        layout=layout,
        title_en="Small",
        title_zh="小图",
        description_en="A small network.",
        description_zh="小网络。",
        proofs={},
    )
    for node in sorted({node for edge in edges for node in edge[:2]}):
        graph.add_node(
            node,
            label_en=node,
            label_zh=node,
            kind="std:Event",
            kind_en="event",
            kind_zh="活动",
            group="event",
            alt=(),
            identifier="",
            places=(),
            date="",
            start="",
            end="",
        )
    for source, target, relation in edges:
        given = {
            "relation": relation,
            "relation_en": relation,
            "relation_zh": relation,
            "via": "",
            "role": "",
            "role_en": "",
            "role_zh": "",
            "date": "",
            "start": "",
            "end": "",
            "planned": False,
            "claims": ("https://w3id.org/stdkg/claim/x",),
        }
        graph.add_edge(source, target, key=f"{relation}|", **(given | about))
    return graph
