"""Output of ``kg view``: the list of views, or one view as a table."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.analysis.sentences import PLANNED
from kg.common import resources
from kg.common.bilingual import Text
from kg.common.date_words import spell_date
from kg.evidence.proofs import cite
from kg.network.model import edges_of, nodes_of
from kg.pictures.charts.chart import EVIDENCE, Chart
from kg.queries.views import load_views
from kg.tables import LabeledTable, render_table

if TYPE_CHECKING:
    from kg.network.model import Edge, Network
    from kg.pictures.drawing import Drawing

_EDGE_COLUMNS: Final = (
    Text("source", "起点"),
    Text("relation", "关系"),
    Text("target", "终点"),
    Text("date", "日期"),
    EVIDENCE,
)
_COUNTED: Final = Text("{count:,} × {relation}", "{count:,} 条{relation}")


def view_list(lang: str) -> str:
    """Return the name, title and description of every view."""
    views = load_views(resources.queries() / "views").values()
    width = max(len(view.name) for view in views)
    return "".join(
        f"{view.name:<{width}}  {view.title.of(lang)}\n{'':<{width}}  {view.description.of(lang)}\n"
        for view in views
    )


def view_table(drawing: Drawing, lang: str) -> str:
    """Return the edges of a network, or the rows of a chart, with their evidence."""
    heading = f"{drawing.view.title.of(lang)}\n{drawing.view.description.of(lang)}\n\n"
    content = drawing.content
    if isinstance(content, Chart) and content.empty_message and not content.rows:
        return f"{heading}{content.empty_message.of(lang)}\n"
    table = (
        _chart_table(content, lang) if isinstance(content, Chart) else _edge_table(content, lang)
    )
    return heading + render_table(table, "table", lang)


def _chart_table(chart: Chart, lang: str) -> LabeledTable:
    rows = tuple(
        tuple(
            ox.Literal(text) if text else None
            for text in (*(cell.text.of(lang) for cell in row.cells), cite(row.proofs, lang))
        )
        for row in chart.rows
    )
    columns = tuple(column.of(lang) for column in chart.columns)
    return LabeledTable((*columns, EVIDENCE.of(lang)), rows, {}, lang)


def _edge_table(network: Network, lang: str) -> LabeledTable:
    labels = {ox.NamedNode(node.iri): node.label.of(lang) for node in nodes_of(network)}
    groups = {node.iri for node in nodes_of(network) if node.members}
    proofs = network.graph["proofs"]
    rows = tuple(
        (
            ox.NamedNode(edge.source),
            ox.Literal(_relation(edge, groups, lang)),
            ox.NamedNode(edge.target),
            ox.Literal(spell_date(edge.span.text, lang)) if edge.span.text else None,
            ox.Literal(cite(edge.evidence(proofs), lang)),
        )
        for edge in edges_of(network)
    )
    columns = tuple(column.of(lang) for column in _EDGE_COLUMNS)
    return LabeledTable(columns, rows, labels, lang)


def _relation(edge: Edge, groups: Collection[str], lang: str) -> str:
    """Return the relation of an edge; with the number of statements it stands for, at a group."""
    relation = edge.relation_label.of(lang) + (PLANNED.of(lang) if edge.planned else "")
    if edge.source in groups or edge.target in groups:
        return _COUNTED.of(lang).format(count=edge.count, relation=relation)
    return relation
