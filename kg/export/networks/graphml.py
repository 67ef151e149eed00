"""GraphML 1.0 (http://graphml.graphdrawing.org), for Gephi, yEd, NetworkX, igraph and others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.export.networks import attributes
from kg.export.networks.attributes import ExportedNode, Positions, xml

if TYPE_CHECKING:
    from kg.network.model import Network

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES: Final[Mapping[type, str]] = {bool: "boolean", int: "long", float: "double", str: "string"}
_NOT_A_TOKEN: Final = re.compile(r"[^A-Za-z0-9.:-]")
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


def write_graphml(
    graph: Network,
    lang: str,
    positions: Positions | None,
    output: BinaryIO,
    *,
    colors: Mapping[str, str] | None = None,
) -> None:
    """Write a network as GraphML.

    See :class:`kg.export.networks.attributes.GraphWriter` for the arguments.

    In the schema an id is an ``xs:NMTOKEN``, which has no slash. A node's IRI is therefore its
    attribute ``iri``, and its id the encoded IRI, see :func:`token`. Lists are joined by a vertical
    bar. Gephi understands ``label``, ``x``, ``y`` and ``color``.
    """
    nodes = list(_nodes(graph, lang, positions, colors))
    edges = list(attributes.exported_edges(graph, lang))
    graph_values = attributes.graph_values(graph, lang)
    columns = {
        "graph": attributes.column_types([graph_values]),
        "node": attributes.column_types(node.values for node in nodes),
        "edge": attributes.column_types(edge.values for edge in edges),
    }
    output.write(_HEAD.encode())
    keys: dict[tuple[str, str], str] = {}
    for element, types in columns.items():
        for number, (name, type_) in enumerate(types.items()):
            plain = _PLAIN.fullmatch(name)
            keys[element, name] = id_ = f"{element}-{name if plain else number}"
            key = f'<key id="{id_}" for="{element}" attr.name="{name if plain else token(name)}"'
            output.write(f'  {key} attr.type="{_TYPES[type_]}"/>\n'.encode())
    graph_id = token(str(graph.graph.get("name", ""))) or "graph"
    output.write(f'  <graph id="{graph_id}" edgedefault="directed">\n'.encode())
    output.write(_data("graph", graph_values, keys).encode())
    for node, values in nodes:
        data = _data("node", values, keys)
        output.write(f'    <node id="{token(node.iri)}">\n{data}    </node>\n'.encode())
    for id_, edge, values in edges:
        ends = f'source="{token(edge.source)}" target="{token(edge.target)}"'
        data = _data("edge", values, keys)
        output.write(f'    <edge id="{id_}" {ends}>\n{data}    </edge>\n'.encode())
    output.write(b"  </graph>\n</graphml>\n")


def token(name: str) -> str:
    """Encode an IRI as an ``xs:NMTOKEN``, reversibly.

    A slash becomes ``·``; other characters become their code points.

    >>> token("https://w3id.org/stdkg/iso/tc/321")
    'https:··w3id.org·stdkg·iso·tc·321'
    >>> token("a_b")
    'a_5f_b'
    """
    return _NOT_A_TOKEN.sub(lambda match: "·" if match[0] == "/" else f"_{ord(match[0]):x}_", name)


def _nodes(
    graph: Network, lang: str, positions: Positions | None, colors: Mapping[str, str] | None
) -> Iterator[ExportedNode]:
    for node, attribute_values in attributes.exported_nodes(graph, lang):
        values = dict(attribute_values)
        if position := attributes.position_of(node, positions):
            # In Gephi y grows upward.
            values["x"], values["y"] = position[0], 0 - position[1]
        if color := attributes.color_of(node, colors):
            values["color"] = color
        yield ExportedNode(node, values)


def _data(element: str, values: Mapping[str, Any], keys: Mapping[tuple[str, str], str]) -> str:
    return "".join(
        f'      <data key="{keys[element, name]}">{xml(value)}</data>\n'
        for name, value in values.items()
    )
