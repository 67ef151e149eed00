"""What ``kg view`` prints: the list of views, and a view as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.analysis.sentences import PLANNED
from kg.common import resources
from kg.common.bilingual import Text
from kg.evidence.proofs import cited
from kg.pictures.charts.chart import EVIDENCE, Picture
from kg.queries.views import load
from kg.tables import Presentable, render

if TYPE_CHECKING:
    from kg.network.networkx_graph import Network
    from kg.pictures.drawing import Drawing


_EDGE: Final = (
    Text("source", "起点"),
    Text("relation", "关系"),
    Text("target", "终点"),
    Text("date", "日期"),
    EVIDENCE,
)


def views(lang: str) -> str:
    """The views, each with its title and what it shows."""
    known = load(resources.queries() / "views").values()
    width = max(len(view.name) for view in known)
    return "".join(
        f"{view.name:<{width}}  {view.title.of(lang)}\n{'':<{width}}  {view.description.of(lang)}\n"
        for view in known
    )


def drawing(drawn: Drawing, lang: str) -> str:
    """A view as a table: the edges of a network, or the rows of a picture, with their evidence."""
    title = f"{drawn.view.title.of(lang)}\n{drawn.view.description.of(lang)}\n\n"
    content = drawn.content
    if isinstance(content, Picture) and content.nothing and not content.rows:
        return f"{title}{content.nothing.of(lang)}\n"
    table = _rows(content, lang) if isinstance(content, Picture) else _edges(content, lang)
    return title + render(table, "table", lang)


def _rows(picture: Picture, lang: str) -> Presentable:
    rows = tuple(
        tuple(
            ox.Literal(text) if text else None
            for text in (*(cell.text.of(lang) for cell in row.cells), cited(row.proofs, lang))
        )
        for row in picture.rows
    )
    columns = tuple(column.of(lang) for column in picture.columns)
    return Presentable((*columns, EVIDENCE.of(lang)), rows, {}, lang)


def _edges(graph: Network, lang: str) -> Presentable:
    names = {ox.NamedNode(iri): graph.nodes[iri][f"label_{lang}"] for iri in graph}
    proofs = graph.graph["proofs"]
    rows = tuple(
        (
            ox.NamedNode(source),
            ox.Literal(edge[f"relation_{lang}"] + (PLANNED.of(lang) if edge["planned"] else "")),
            ox.NamedNode(target),
            ox.Literal(edge["date"]) if edge["date"] else None,
            ox.Literal(cited([p for c in edge["claims"] for p in proofs[c]], lang)),
        )
        for source, target, edge in graph.edges(data=True)
    )
    columns = tuple(column.of(lang) for column in _EDGE)
    return Presentable(columns, rows, names, lang)
