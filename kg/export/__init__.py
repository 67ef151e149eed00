"""Writes graphs in the formats of other tools: one file for each family of formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, BinaryIO, Final

from kg.common.errors import KgError
from kg.export.networks import cytoscape, gexf, graphml
from kg.export.networks.attributes import GraphWriter, Positions
from kg.export.rdf import jsonld, rdfxml, turtle
from kg.export.rdf.canonical_order import Data

if TYPE_CHECKING:
    from kg.network.networkx_graph import Network

Writer = Callable[[Data, BinaryIO], None]
"""Takes quads in any order, writes the whole file to an open binary stream."""

FORMATS: Final[dict[str, Writer]] = {
    "turtle": turtle.write_turtle,
    "trig": turtle.write_trig,
    "nquads": turtle.write_nquads,
    "ntriples": turtle.write_ntriples,
    "jsonld": jsonld.write,
    "rdfxml": rdfxml.write,
}

GRAPH_FORMATS: Final[dict[str, GraphWriter]] = {
    "graphml": graphml.write,
    "gexf": gexf.write,
    "cytoscape": cytoscape.write,
}
"""The formats of one file in which a network is written; two tables in CSV are another one."""


def export(data: Data, format: str, output: BinaryIO) -> None:
    """Write quads, or all of a store, to ``output`` in the format of that name (see ``FORMATS``).

    The same set of quads gives the same bytes, whatever their order. However many there are, they
    take little memory; millions take room among the temporary files (``TMPDIR``). Raises KgError
    when no format has this name, when the format can't hold a term, or when there is no such room;
    nothing is written then.
    """
    if format not in FORMATS:
        raise KgError(f"unknown export format {format!r}: choose one of {', '.join(FORMATS)}")
    FORMATS[format](data, output)


def export_network(
    graph: Network,
    format: str,
    output: BinaryIO,
    lang: str = "en",
    *,
    positions: Positions | None = None,
    colors: Mapping[str, str] | None = None,
) -> None:
    """Write a network to ``output`` in the format of that name (a key of ``GRAPH_FORMATS``).

    See :class:`kg.export.networks.attributes.GraphWriter`. Raises KgError when no format has this
    name.
    """
    if format not in GRAPH_FORMATS:
        known = ", ".join(GRAPH_FORMATS)
        raise KgError(f"unknown format of networks {format!r}: choose one of {known}")
    GRAPH_FORMATS[format](graph, lang, positions, output, colors=colors)
