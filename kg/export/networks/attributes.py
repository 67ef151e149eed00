"""The values that every network format writes: flat attributes of nodes and edges.

All formats write the same values: every attribute of a node or an edge, whatever its name, a label
in the language of the file, and the evidence of edges.
"""

from __future__ import annotations

import hashlib
import html
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeAlias

from kg.common.bilingual import Text
from kg.export.rdf.rdfxml import NOT_XML
from kg.network.model import Edge, Node, by_ends

if TYPE_CHECKING:
    from typing import BinaryIO

    from kg.evidence.proofs import Proof
    from kg.network.model import Network

Positions: TypeAlias = Mapping[str, tuple[float, float]]
"""Maps a node's IRI to its position, x to the right and y downward; nodes may be missing."""

SEPARATOR: Final = " | "
"""Separates the items of a list in formats without lists."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# XML 1.0, 2.11 and 3.3.3: parsers turn unescaped line ends and tabs into line feeds or spaces. The
# last two are line ends in XML 1.1 and to some parsers of XML 1.0.
_REFERENCES: Final = {ord(sign): f"&#{ord(sign)};" for sign in "\t\n\r\u0085\u2028"}
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


class GraphWriter(Protocol):
    """Writes a network with labels in a language (``en``, ``zh``) to an open binary stream.

    ``positions`` are by node, and ``colors`` (hex, such as ``#1f77b4``) by key of the
    groups of :mod:`kg.entities.groups`; without them, the reading program chooses. The same network
    gives the same bytes. Characters that a format can't hold (lone surrogates, in XML also most
    control characters) become U+FFFD.
    """

    def __call__(
        self,
        graph: Network,
        lang: str,
        positions: Positions | None,
        output: BinaryIO,
        *,
        colors: Mapping[str, str] | None = None,
    ) -> None:
        """Write the whole file; the stream stays open."""


class ExportedNode(NamedTuple):
    """A node and its exported values by attribute, ``label`` first."""

    node: Node
    values: dict[str, Any]


class ExportedEdge(NamedTuple):
    """An edge and its exported values by attribute, ``label`` first and ``evidence`` last.

    ``id`` is a hash of source, target and key, so it is the same in every file.
    """

    id: str
    edge: Edge
    values: dict[str, Any]


def exported_nodes(graph: Network, lang: str) -> Iterator[ExportedNode]:
    """Yield the nodes by IRI, with ``label`` (in the language) and ``iri`` among their values.

    Attributes that a user has added or left out are exported as they are.
    """
    for iri in sorted(graph):
        attributes: dict[str, Any] = graph.nodes[iri]
        node = Node.from_attributes(iri, attributes)
        yield ExportedNode(node, {"label": node.label.of(lang), "iri": iri, **attributes})


def exported_edges(graph: Network, lang: str) -> Iterator[ExportedEdge]:
    """Yield the edges by source, target and key, with labels in the language.

    The label names the relation; the evidence is a tuple of lines, see :func:`evidence_line`.
    """
    proofs: Mapping[str, tuple[Proof, ...]] = graph.graph.get("proofs", {})
    edges = [
        (Edge.from_attributes(source, target, key, attributes), attributes)
        for source, target, key, attributes in graph.edges(keys=True, data=True)
    ]
    for edge, attributes in sorted(edges, key=lambda pair: by_ends(pair[0])):
        values = {"label": edge.relation_label.of(lang) or edge.relation, **attributes}
        values["evidence"] = tuple(evidence_line(proof, lang) for proof in edge.evidence(proofs))
        yield ExportedEdge(_edge_id(edge), edge, values)


def graph_values(graph: Network, lang: str) -> dict[str, Any]:
    """Return the values of the network itself: ``title`` and ``description`` first."""
    first = {
        name: Text(*(str(graph.graph.get(f"{name}_{tag}", "")) for tag in ("en", "zh"))).of(lang)
        for name in ("title", "description")
    }
    return {**first, **{name: v for name, v in graph.graph.items() if name != "proofs"}}


def evidence_line(proof: Proof, lang: str) -> str:
    """Return a proof as a line: “phrase” – source <URL>, or source and record <URL>."""
    source = proof.source_with_record(Text("en", "zh").of(lang))
    cited = f"{source} <{proof.url}>" if proof.url else source
    return cited if proof.phrase is None else f"“{proof.phrase}” – {cited}"


def column_types(rows: Iterable[Mapping[str, Any]]) -> dict[str, type]:
    """Map the columns, in order of appearance, to the common type of their values.

    Types are bool, int, float and str; lists are written as text.
    """
    types: dict[str, type] = {}
    for values in rows:
        for name, value in values.items():
            type_ = type(value) if isinstance(value, bool | int | float) else str
            known = types.setdefault(name, type_)
            if type_ is not known:
                types[name] = float if {type_, known} == {int, float} else str
    return types


def text(value: object) -> str:
    """Return a value as text: ``true`` or ``false``, the items of a list with a separator."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, set | frozenset):
        value = sorted(value, key=text)
    if isinstance(value, list | tuple):
        return SEPARATOR.join(map(text, value))
    return str(value)


def position_of(node: Node, positions: Positions | None) -> tuple[float, float] | None:
    """Return the position of a node, if it is known and finite."""
    x, y = (positions or {}).get(node.iri, (math.nan, math.nan))
    return (float(x), float(y)) if math.isfinite(x) and math.isfinite(y) else None


def color_of(node: Node, colors: Mapping[str, str] | None) -> str:
    """Return the color of a node's group, empty if it has none."""
    return (colors or {}).get(node.group, "")


def replace_surrogates(value: str) -> str:
    """Replace lone surrogates, which UTF-8 can't hold, by U+FFFD."""
    return _SURROGATE.sub(_REPLACEMENT, value)


def replace_non_xml(value: str) -> str:
    """Replace characters that XML 1.0 does not allow by U+FFFD."""
    return NOT_XML.sub(_REPLACEMENT, value)


def xml(value: object) -> str:
    """Escape a value for an attribute or element of XML, so that it is read back unchanged."""
    return html.escape(replace_non_xml(text(value))).translate(_REFERENCES)


def _edge_id(edge: Edge) -> str:
    name = "\n".join(by_ends(edge)).encode("utf-8", "surrogatepass")
    return "e" + hashlib.sha256(name).hexdigest()[:20]
