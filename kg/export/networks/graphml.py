"""GraphML 1.0 (http://graphml.graphdrawing.org), for Gephi, yEd, NetworkX, igraph and others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.export.networks import attributes
from kg.export.networks.attributes import Positions, xml

if TYPE_CHECKING:
    from kg.network.networkx_graph import Network

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES: Final[Mapping[type, str]] = {bool: "boolean", int: "long", float: "double", str: "string"}
_NOT_A_TOKEN: Final = re.compile(r"[^A-Za-z0-9.:-]")
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


def write(
    graph: Network,
    lang: str,
    positions: Positions | None,
    output: BinaryIO,
    *,
    colors: Mapping[str, str] | None = None,
) -> None:
    """Write a network as GraphML.

    See :class:`kg.export.networks.attributes.GraphWriter` for the arguments.

    The schema lets an id be an ``xs:NMTOKEN`` only, which has no slash. A node's IRI is therefore
    its fact ``iri``, and its id the IRI in another spelling, see :func:`token`. Lists are joined
    by a vertical bar. ``label``, ``x``, ``y`` and ``color`` are names that Gephi understands.
    """
    nodes = list(_nodes(graph, lang, positions, colors))
    edges = list(attributes.edges(graph, lang))
    about = attributes.of_graph(graph, lang)
    columns = {
        "graph": attributes.columns([about]),
        "node": attributes.columns(node for _, node in nodes),
        "edge": attributes.columns(edge.facts for edge in edges),
    }
    output.write(_HEAD.encode())
    keys: dict[tuple[str, str], str] = {}
    for kind, named in columns.items():
        for number, (name, type_) in enumerate(named.items()):
            plain = _PLAIN.fullmatch(name)
            keys[kind, name] = id_ = f"{kind}-{name if plain else number}"
            key = f'<key id="{id_}" for="{kind}" attr.name="{name if plain else token(name)}"'
            output.write(f'  {key} attr.type="{_TYPES[type_]}"/>\n'.encode())
    own = token(str(graph.graph.get("name", ""))) or "graph"
    output.write(f'  <graph id="{own}" edgedefault="directed">\n'.encode())
    output.write(_data("graph", about, keys).encode())
    for iri, node in nodes:
        data = _data("node", node, keys)
        output.write(f'    <node id="{token(iri)}">\n{data}    </node>\n'.encode())
    for edge in edges:
        ends = f'source="{token(edge.source)}" target="{token(edge.target)}"'
        data = _data("edge", edge.facts, keys)
        output.write(f'    <edge id="{edge.id}" {ends}>\n{data}    </edge>\n'.encode())
    output.write(b"  </graph>\n</graphml>\n")


def token(name: str) -> str:
    """An IRI as an ``xs:NMTOKEN``, one to one: a slash is ``·``, other signs their code points.

    >>> token("https://w3id.org/stdkg/iso/tc/321")
    'https:··w3id.org·stdkg·iso·tc·321'
    >>> token("a_b")
    'a_5f_b'
    """
    return _NOT_A_TOKEN.sub(lambda sign: "·" if sign[0] == "/" else f"_{ord(sign[0]):x}_", name)


def _nodes(
    graph: Network, lang: str, positions: Positions | None, colors: Mapping[str, str] | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    for iri, about in attributes.nodes(graph, lang):
        node = {"iri": iri, **about}
        if spot := attributes.place(positions, iri):
            # Gephi counts y upward.
            node["x"], node["y"] = spot[0], 0 - spot[1]
        if color := attributes.color(colors, about):
            node["color"] = color
        yield iri, node


def _data(kind: str, about: Mapping[str, Any], keys: Mapping[tuple[str, str], str]) -> str:
    return "".join(
        f'      <data key="{keys[kind, name]}">{xml(value)}</data>\n'
        for name, value in about.items()
    )
