"""Writes graphs and networks in the formats of other tools."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, BinaryIO, Final

from kg.common.errors import ExportError
from kg.export.networks import cytoscape, gexf, graphml
from kg.export.networks.attributes import GraphWriter, Positions
from kg.export.rdf import jsonld, nanopubs, rdfxml, turtle
from kg.export.rdf.canonical_order import Quads

if TYPE_CHECKING:
    from kg.network.model import Network

Writer = Callable[[Quads, BinaryIO], None]
"""Writes quads to an open binary stream."""

FORMATS: Final[dict[str, Writer]] = {
    "turtle": turtle.write_turtle,
    "trig": turtle.write_trig,
    "nquads": turtle.write_nquads,
    "ntriples": turtle.write_ntriples,
    "jsonld": jsonld.write_jsonld,
    "rdfxml": rdfxml.write_rdfxml,
}

CLAIM_FORMATS: Final[dict[str, Writer]] = {"nanopub": nanopubs.write_nanopubs}
"""Formats that hold only the claims with their evidence."""

GRAPH_FORMATS: Final[dict[str, GraphWriter]] = {
    "graphml": graphml.write_graphml,
    "gexf": gexf.write_gexf,
    "cytoscape": cytoscape.write_cytoscape,
}
"""Formats of a network in one file; CSV takes two, see :mod:`kg.export.networks.csv_tables`."""


def export(data: Quads, format: str, output: BinaryIO) -> None:
    """Write quads, or all quads of a store, to ``output`` in a format.

    It is a key of ``FORMATS``, or of ``CLAIM_FORMATS`` for the claims alone.

    The same set of quads gives the same bytes, whatever its order. Memory stays small; millions of
    quads take space for temporary files (``TMPDIR``). Raises ExportError, before anything is
    written, for an unknown format, for a term that the format can't hold, and for lack of space.
    """
    writers = {**FORMATS, **CLAIM_FORMATS}
    if format not in writers:
        raise ExportError(f"unknown export format {format!r}: choose one of {', '.join(writers)}")
    writers[format](data, output)


def export_network(
    graph: Network,
    format: str,
    output: BinaryIO,
    lang: str = "en",
    *,
    positions: Positions | None = None,
    colors: Mapping[str, str] | None = None,
) -> None:
    """Write a network to ``output`` in a format (a key of ``GRAPH_FORMATS``).

    See :class:`kg.export.networks.attributes.GraphWriter` for the arguments. Raises ExportError for
    an unknown format.
    """
    if format not in GRAPH_FORMATS:
        known = ", ".join(GRAPH_FORMATS)
        raise ExportError(f"unknown format of networks {format!r}: choose one of {known}")
    GRAPH_FORMATS[format](graph, lang, positions, output, colors=colors)
