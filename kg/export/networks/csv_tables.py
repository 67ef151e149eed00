"""A network as two tables in CSV (RFC 4180), of nodes and of edges, as Gephi imports them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.common.spreadsheet_cells import harmless
from kg.export.networks import attributes

if TYPE_CHECKING:
    from kg.network.networkx_graph import Network


def nodes(graph: Network, lang: str) -> str:
    """The table of nodes: Id (the IRI), Label in the language, then every other fact.

    Lists are joined by a vertical bar. A cell that a spreadsheet could run as a formula gets an
    apostrophe in front. Characters that XML has no place for, NUL among them, become U+FFFD.
    """
    found = attributes.nodes(graph, lang)
    return _table({"Id": iri, "Label": about["label"], **_rest(about)} for iri, about in found)


def edges(graph: Network, lang: str) -> str:
    """The table of edges: Source, Target, Type, Id, Label, then every other fact; see above.

    The label is the relation in the language; ``evidence`` holds the phrases and their sources.
    """
    return _table(
        {
            "Source": edge.source,
            "Target": edge.target,
            "Type": "Directed",
            "Id": edge.id,
            "Label": edge.facts["label"],
            **_rest(edge.facts),
        }
        for edge in attributes.edges(graph, lang)
    )


def _rest(about: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in about.items() if name != "label"}


def _table(records: Iterable[dict[str, Any]]) -> str:
    rows = list(records)
    names = list(attributes.columns(rows))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_cell(name) for name in names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    return harmless(attributes.xml_characters(attributes.text(value)))
