"""GEXF 1.3 (https://gexf.net), for Gephi, sigma.js, graphology and NetworkX."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeAlias

from kg.common.dates import PartialDate
from kg.entities.dates import Span
from kg.export.networks import attributes
from kg.export.networks.attributes import ExportedEdge, ExportedNode, Positions, xml

if TYPE_CHECKING:
    from kg.network.model import Network

_NAMESPACE: Final = "http://gexf.net/1.3"
# The published XSD has colors and positions in the namespace of GEXF itself. Readers that don't
# resolve namespaces look for the prefix "viz".
_HEAD: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="{_NAMESPACE}" xmlns:viz="{_NAMESPACE}" version="1.3"
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
      xsi:schemaLocation="{_NAMESPACE} {_NAMESPACE}/gexf.xsd">
"""
_TYPES: Final[Mapping[type, str]] = {bool: "boolean", int: "long", float: "double", str: "string"}
_TIMED_GROUPS: Final = frozenset({"decision", "event"})

Interval: TypeAlias = tuple[str, str]
"""First and last day, ISO 8601."""


def write_gexf(
    graph: Network,
    lang: str,
    positions: Positions | None,
    output: BinaryIO,
    *,
    colors: Mapping[str, str] | None = None,
) -> None:
    """Write a network as GEXF.

    See :class:`kg.export.networks.attributes.GraphWriter` for the arguments.

    Ids are IRIs, lists are joined by a vertical bar. The label of an edge is its relation. Parallel
    edges of one relation get different kinds (``kind``), since Gephi would merge them.

    Time: edges, events and decisions cover the days on which they may have taken place, so 2018 is
    from 2018-01-01 to 2018-12-31: an interval over the year, not a claim about its first and last
    day. The attribute ``date`` keeps the precision of the source, with its bounds ``date_start``
    and ``date_end``. Other nodes (bodies, places, standards, documents) are always present: a date
    of foundation or publication does not tell when they ended. As GEXF requires, an event covers
    its dated edges. A network without dates is static.
    """
    nodes = list(attributes.exported_nodes(graph, lang))
    edges = list(attributes.exported_edges(graph, lang))
    edge_intervals = {id_: interval(edge.span) for id_, edge, _ in edges}
    node_intervals = _node_intervals(nodes, edges, edge_intervals)
    timed = any(edge_intervals.values()) or any(node_intervals.values())
    output.write((_HEAD + _meta(graph, lang)).encode())
    mode = 'mode="dynamic" timeformat="date" timerepresentation="interval"'
    mode = mode if timed else 'mode="static"'
    output.write(f'  <graph defaultedgetype="directed" idtype="string" {mode}>\n'.encode())
    output.write(_columns("node", [node.values for node in nodes]).encode())
    output.write(_columns("edge", [edge.values for edge in edges]).encode())
    output.write(f'    <nodes count="{len(nodes)}">\n'.encode())
    for node, values in nodes:
        head = f'id="{xml(node.iri)}" label="{xml(values["label"])}"'
        head += _time(node_intervals[node.iri])
        color = attributes.color_of(node, colors)
        looks = "".join(_looks(color, attributes.position_of(node, positions)))
        output.write(f"      <node {head}>\n{_values(values)}{looks}      </node>\n".encode())
    output.write(f'    </nodes>\n    <edges count="{len(edges)}">\n'.encode())
    kinds = _kinds(edges)
    for id_, edge, values in edges:
        head = f'id="{id_}" source="{xml(edge.source)}" target="{xml(edge.target)}"'
        head += f' label="{xml(values["label"])}" kind="{xml(kinds[id_])}"'
        head += _time(edge_intervals[id_])
        output.write(f"      <edge {head}>\n{_values(values)}      </edge>\n".encode())
    output.write(b"    </edges>\n  </graph>\n</gexf>\n")


def interval(span: Span) -> Interval | None:
    """Return the first and last day that a span may cover; None if it is open-ended or not a date.

    >>> interval(Span("2016/2018-02", "2016", "2018-02"))
    ('2016-01-01', '2018-02-28')
    """
    start, end = PartialDate.parse(span.start), PartialDate.parse(span.end)
    if not start or not end or end.last_day < start.first_day:
        return None
    return str(start.first_day), str(end.last_day)


def _node_intervals(
    nodes: Iterable[ExportedNode],
    edges: Iterable[ExportedEdge],
    edge_intervals: Mapping[str, Interval | None],
) -> dict[str, Interval | None]:
    intervals = {
        node.iri: interval(node.span) if node.group in _TIMED_GROUPS else None for node, _ in nodes
    }
    for id_, edge, _ in edges:
        if days := edge_intervals[id_]:
            for end in (edge.source, edge.target):
                if known := intervals[end]:
                    intervals[end] = min(known[0], days[0]), max(known[1], days[1])
    return intervals


def _meta(graph: Network, lang: str) -> str:
    values = attributes.graph_values(graph, lang)
    lines = "\n".join(f"{name}: {attributes.text(value)}" for name, value in values.items())
    return (
        "  <meta>\n    <creator>stdkg</creator>\n"
        f"    <description>{xml(lines)}</description>\n  </meta>\n"
    )


def _kinds(edges: Iterable[ExportedEdge]) -> dict[str, str]:
    """Return the kind of each edge: its relation, with the id where edges share ends and relation.

    GEXF wants source, target and kind to be unique; few kinds make a better legend.
    """
    edges = list(edges)
    count = Counter((edge.source, edge.target, edge.relation) for _, edge, _ in edges)
    return {
        id_: edge.relation
        if count[edge.source, edge.target, edge.relation] == 1
        else f"{edge.relation} {id_}"
        for id_, edge, _ in edges
    }


def _columns(element: str, records: list[dict[str, Any]]) -> str:
    lines = "".join(
        f'      <attribute id="{xml(name)}" title="{xml(name)}" type="{_TYPES[type_]}"/>\n'
        for name, type_ in attributes.column_types(records).items()
        if name != "label"
    )
    return f'    <attributes class="{element}" mode="static">\n{lines}    </attributes>\n'


def _values(values: Mapping[str, Any]) -> str:
    lines = "".join(
        f'          <attvalue for="{xml(name)}" value="{xml(value)}"/>\n'
        for name, value in values.items()
        if name != "label"
    )
    return f"        <attvalues>\n{lines}        </attvalues>\n"


def _time(days: Interval | None) -> str:
    return f' start="{days[0]}" end="{days[1]}"' if days else ""


def _looks(color: str, position: tuple[float, float] | None) -> Iterator[str]:
    if color:
        red, green, blue = bytes.fromhex(color.removeprefix("#"))
        yield f'        <viz:color r="{red}" g="{green}" b="{blue}"/>\n'
    if position:
        # In Gephi y grows upward.
        yield f'        <viz:position x="{position[0]}" y="{0 - position[1]}" z="0.0"/>\n'
