"""A network as two CSV tables (RFC 4180) of nodes and edges, as Gephi imports them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.common.spreadsheet_cells import escape_formula
from kg.export.networks import attributes

if TYPE_CHECKING:
    from kg.network.model import Network


def node_table(graph: Network, lang: str) -> str:
    """Return the table of nodes: Id (the IRI), Label in the language, then the other attributes.

    Lists are joined by a vertical bar. Cells that a spreadsheet could run as a formula get a
    leading apostrophe. Characters that XML does not allow, such as NUL, become U+FFFD.
    """
    return _table(
        {"Id": node.iri, "Label": values["label"], **_others(values)}
        for node, values in attributes.exported_nodes(graph, lang)
    )


def edge_table(graph: Network, lang: str) -> str:
    """Return the table of edges: Source, Target, Type, Id, Label, then the other attributes.

    The label is the relation in the language; ``source_label`` and ``target_label`` are those of
    the ends, for who reads this table alone; ``evidence`` holds the phrases and their sources.
    Cells are written as in :func:`node_table`.
    """
    names = {node.iri: values["label"] for node, values in attributes.exported_nodes(graph, lang)}
    return _table(
        {
            "Source": edge.source,
            "Target": edge.target,
            "Type": "Directed",
            "Id": id_,
            "Label": values["label"],
            "source_label": names[edge.source],
            "target_label": names[edge.target],
            **_others(values),
        }
        for id_, edge, values in attributes.exported_edges(graph, lang)
    )


def _others(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in ("label", "iri")}


def _table(records: Iterable[dict[str, Any]]) -> str:
    rows = list(records)
    names = list(attributes.column_types(rows))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_cell(name) for name in names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    return escape_formula(attributes.replace_non_xml(attributes.text(value)))
