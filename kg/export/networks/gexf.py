"""GEXF 1.3 (https://gexf.net), the format of Gephi, also read by sigma.js, graphology, NetworkX."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeAlias

from kg.export.networks import attributes
from kg.export.networks.attributes import Edge, Positions, xml

if TYPE_CHECKING:
    from kg.network.networkx_graph import Network

_NAMESPACE: Final = "http://gexf.net/1.3"
# The published XSD has colors and positions in the namespace of GEXF itself. The prefix is what
# readers look for that don't resolve namespaces.
_HEAD: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="{_NAMESPACE}" xmlns:viz="{_NAMESPACE}" version="1.3"
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
      xsi:schemaLocation="{_NAMESPACE} {_NAMESPACE}/gexf.xsd">
"""
_TYPES: Final[Mapping[type, str]] = {bool: "boolean", int: "long", float: "double", str: "string"}
# NetworkX takes facts of these names for the interval.
_RENAMED: Final[Mapping[str, str]] = {"start": "date_start", "end": "date_end"}
_HAPPENINGS: Final = frozenset({"decision", "event"})
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")

_Interval: TypeAlias = tuple[str, str]


def write(
    graph: Network,
    lang: str,
    positions: Positions | None,
    output: BinaryIO,
    *,
    colors: Mapping[str, str] | None = None,
) -> None:
    """Write a network as GEXF.

    See :class:`kg.export.networks.attributes.GraphWriter` for the arguments.

    Ids are IRIs, lists are joined by a vertical bar. The label of an edge is its relation. Edges
    that run side by side have kinds of their own (``kind``), since Gephi merges others.

    Time: edges, and nodes that happen (events, decisions), have the days on which they may have
    happened, so 2018 is from 2018-01-01 to 2018-12-31: an interval over the year, not a claim
    about its first and last day. How precise the source is says the fact ``date``, with its bounds
    ``date_start`` and ``date_end``. What lasts (bodies, places, standards, documents) is always
    there: when it began or was published does not say when it ended. A happening lasts as long as
    its dated edges, as GEXF wants it. A network without such dates is static.
    """
    nodes = list(attributes.nodes(graph, lang))
    edges = list(attributes.edges(graph, lang))
    during = {edge.id: interval(edge.facts) for edge in edges}
    lasting = _lasting(nodes, edges, during)
    timed = any(during.values()) or any(lasting.values())
    output.write((_HEAD + _meta(graph, lang)).encode())
    mode = 'mode="dynamic" timeformat="date" timerepresentation="interval"'
    mode = mode if timed else 'mode="static"'
    output.write(f'  <graph defaultedgetype="directed" idtype="string" {mode}>\n'.encode())
    output.write(_columns("node", [about for _, about in nodes]).encode())
    output.write(_columns("edge", [edge.facts for edge in edges]).encode())
    output.write(f'    <nodes count="{len(nodes)}">\n'.encode())
    for iri, about in nodes:
        head = f'id="{xml(iri)}" label="{xml(about["label"])}"{_time(lasting[iri])}'
        looks = "".join(_looks(attributes.color(colors, about), attributes.place(positions, iri)))
        output.write(f"      <node {head}>\n{_values(about)}{looks}      </node>\n".encode())
    output.write(f'    </nodes>\n    <edges count="{len(edges)}">\n'.encode())
    kinds = _kinds(edges)
    for edge in edges:
        head = f'id="{edge.id}" source="{xml(edge.source)}" target="{xml(edge.target)}"'
        head += f' label="{xml(edge.facts["label"])}" kind="{xml(kinds[edge.id])}"'
        head += _time(during[edge.id])
        output.write(f"      <edge {head}>\n{_values(edge.facts)}      </edge>\n".encode())
    output.write(b"    </edges>\n  </graph>\n</gexf>\n")


def interval(about: Mapping[str, Any]) -> _Interval | None:
    """The first and the last day that the dates of a thing allow; None if one of them is not known.

    >>> interval({"start": "2016", "end": "2018-02"})
    ('2016-01-01', '2018-02-28')
    """
    start = _DATE.fullmatch(str(about.get("start", "")))
    end = _DATE.fullmatch(str(about.get("end", "")))
    if not start or not end:
        return None
    first = "-".join(part or "01" for part in start.groups())
    year, month = end[1], end[2] or "12"
    if year == "0000" or not 1 <= int(month) <= len(calendar.month_name) - 1:
        return None
    last = f"{year}-{month}-{end[3] or calendar.monthrange(int(year), int(month))[1]}"
    return (first, last) if first <= last else None


def _lasting(
    nodes: Iterable[tuple[str, Mapping[str, Any]]],
    edges: Iterable[Edge],
    during: Mapping[str, _Interval | None],
) -> dict[str, _Interval | None]:
    lasting = {
        iri: interval(about) if about.get("group") in _HAPPENINGS else None for iri, about in nodes
    }
    for edge in edges:
        if span := during[edge.id]:
            for end in (edge.source, edge.target):
                if known := lasting[end]:
                    lasting[end] = min(known[0], span[0]), max(known[1], span[1])
    return lasting


def _meta(graph: Network, lang: str) -> str:
    about = attributes.of_graph(graph, lang)
    said = "\n".join(f"{name}: {attributes.text(value)}" for name, value in about.items())
    return (
        "  <meta>\n    <creator>stdkg</creator>\n"
        f"    <description>{xml(said)}</description>\n  </meta>\n"
    )


def _kinds(edges: Iterable[Edge]) -> dict[str, str]:
    """The kind of each edge: its relation, or relation and id where several edges have it."""
    # The triple of source, target and kind is unique in GEXF; few kinds make a better legend.
    count = Counter((edge.source, edge.target, edge.relation) for edge in edges)
    return {
        edge.id: edge.relation
        if count[edge.source, edge.target, edge.relation] == 1
        else f"{edge.relation} {edge.id}"
        for edge in edges
    }


def _columns(kind: str, records: list[dict[str, Any]]) -> str:
    lines = "".join(
        f'      <attribute id="{xml(_RENAMED.get(name, name))}"'
        f' title="{xml(_RENAMED.get(name, name))}" type="{_TYPES[type_]}"/>\n'
        for name, type_ in attributes.columns(records).items()
        if name != "label"
    )
    return f'    <attributes class="{kind}" mode="static">\n{lines}    </attributes>\n'


def _values(about: Mapping[str, Any]) -> str:
    lines = "".join(
        f'          <attvalue for="{xml(_RENAMED.get(name, name))}" value="{xml(value)}"/>\n'
        for name, value in about.items()
        if name != "label"
    )
    return f"        <attvalues>\n{lines}        </attvalues>\n"


def _time(span: _Interval | None) -> str:
    return f' start="{span[0]}" end="{span[1]}"' if span else ""


def _looks(color: str, spot: tuple[float, float] | None) -> Iterator[str]:
    if color:
        red, green, blue = bytes.fromhex(color.removeprefix("#"))
        yield f'        <viz:color r="{red}" g="{green}" b="{blue}"/>\n'
    if spot:
        # Gephi counts y upward.
        yield f'        <viz:position x="{spot[0]}" y="{0 - spot[1]}" z="0.0"/>\n'
