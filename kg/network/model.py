"""Nodes and edges of a network, as every export, picture, page and sentence reads them.

They are created when a view is read (:mod:`kg.network.networkx_graph`). A ``networkx.MultiDiGraph``
holds them as plain attributes, which are documented there and which users may change;
:meth:`Node.of`, :func:`nodes_of` and :func:`edges_of` read them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.common.bilingual import Text
from kg.entities.dates import Span

if TYPE_CHECKING:
    import networkx as nx

    from kg.evidence.proofs import Proof

    Network: TypeAlias = nx.MultiDiGraph[str]
else:
    Network: TypeAlias = "nx.MultiDiGraph"

UNNAMED: Final = Text("", "")
UNDATED: Final = Span()


@dataclass(frozen=True, slots=True)
class Node:
    """A node: an entity, class or code with its names, kind and dates.

    ``kind`` and ``kinds`` are compact IRIs, ``group`` a key of
    :data:`kg.entities.groups.GROUPS`, ``places`` IRIs. A node that stands for several entities has
    their number (``count``) and the names of some (``members``).
    """

    iri: str
    label: Text
    kind: str = ""
    kind_label: Text = UNNAMED
    kinds: tuple[str, ...] = ()
    group: str = ""
    alt: tuple[str, ...] = ()
    identifier: str = ""
    places: tuple[str, ...] = ()
    span: Span = UNDATED
    count: int = 1
    members: tuple[Text, ...] = ()

    @classmethod
    def of(cls, graph: Network, iri: str) -> Node:
        """Read a node of a network; KeyError if it has no such node."""
        return cls.from_attributes(iri, graph.nodes[iri])

    @classmethod
    def from_attributes(cls, iri: str, attributes: Mapping[str, Any]) -> Node:
        """Read the attributes of a node; missing ones are empty."""
        return cls(
            iri=iri,
            label=_text(attributes, "label"),
            kind=_string(attributes, "kind"),
            kind_label=_text(attributes, "kind"),
            kinds=tuple(attributes.get("kinds", ())),
            group=_string(attributes, "group"),
            alt=tuple(attributes.get("alt", ())),
            identifier=_string(attributes, "identifier"),
            places=tuple(attributes.get("places", ())),
            span=_span(attributes),
            count=int(attributes.get("count", 1)),
            members=tuple(
                map(Text, attributes.get("members_en", ()), attributes.get("members_zh", ()))
            ),
        )

    def attributes(self) -> dict[str, Any]:
        """Return the attributes by their documented names."""
        return {
            "label_en": self.label.en,
            "label_zh": self.label.zh,
            "kind": self.kind,
            "kind_en": self.kind_label.en,
            "kind_zh": self.kind_label.zh,
            "kinds": self.kinds,
            "group": self.group,
            "alt": self.alt,
            "identifier": self.identifier,
            "places": self.places,
            "date": self.span.text,
            "date_start": self.span.start,
            "date_end": self.span.end,
            "date_kind": self.span.kind,
            "count": self.count,
            "members_en": tuple(name.en for name in self.members),
            "members_zh": tuple(name.zh for name in self.members),
        }


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge: a relation between two nodes with its dates and claims.

    ``source``, ``target``, ``via`` and ``claims`` are IRIs, ``relation`` and ``role`` compact IRIs.
    ``via`` is the participation that the edge was folded from. ``planned`` means that the claims
    only announce it, ``symmetric`` that the relation has no direction.
    ``count`` is the number of edges that it stands for; of several, it has the claims of some.
    """

    source: str
    target: str
    key: str
    relation: str
    relation_label: Text = UNNAMED
    via: str = ""
    via_label: Text = UNNAMED
    role: str = ""
    role_label: Text = UNNAMED
    span: Span = UNDATED
    planned: bool = False
    symmetric: bool = False
    count: int = 1
    claims: tuple[str, ...] = ()

    @classmethod
    def from_attributes(
        cls, source: str, target: str, key: object, attributes: Mapping[str, Any]
    ) -> Edge:
        """Read the attributes of an edge; missing ones are empty."""
        return cls(
            source=source,
            target=target,
            key=str(key),
            relation=_string(attributes, "relation"),
            relation_label=_text(attributes, "relation"),
            via=_string(attributes, "via"),
            via_label=_text(attributes, "via"),
            role=_string(attributes, "role"),
            role_label=_text(attributes, "role"),
            span=_span(attributes),
            planned=bool(attributes.get("planned", False)),
            symmetric=bool(attributes.get("symmetric", False)),
            count=int(attributes.get("count", 1)),
            claims=tuple(attributes.get("claims", ())),
        )

    def attributes(self) -> dict[str, Any]:
        """Return the attributes by their documented names."""
        return {
            "relation": self.relation,
            "relation_en": self.relation_label.en,
            "relation_zh": self.relation_label.zh,
            "via": self.via,
            "via_en": self.via_label.en,
            "via_zh": self.via_label.zh,
            "role": self.role,
            "role_en": self.role_label.en,
            "role_zh": self.role_label.zh,
            "date": self.span.text,
            "date_start": self.span.start,
            "date_end": self.span.end,
            "date_kind": self.span.kind,
            "planned": self.planned,
            "symmetric": self.symmetric,
            "count": self.count,
            "claims": self.claims,
        }

    def evidence(self, proofs: Mapping[str, tuple[Proof, ...]]) -> tuple[Proof, ...]:
        """Return the evidence of its claims, from the evidence of a network by claim."""
        return tuple(proof for claim in self.claims for proof in proofs.get(claim, ()))


def nodes_of(graph: Network) -> Iterator[Node]:
    """Yield the nodes of a network, in its order."""
    for iri, attributes in graph.nodes(data=True):
        yield Node.from_attributes(iri, attributes)


def edges_of(graph: Network, sources: Iterable[str] | None = None) -> Iterator[Edge]:
    """Yield the edges of a network in its order, or only those that start at given nodes."""
    for source, target, key, attributes in graph.edges(sources, keys=True, data=True):
        yield Edge.from_attributes(source, target, key, attributes)


def by_ends(edge: Edge) -> tuple[str, str, str]:
    """Sort key: source, target, key."""
    return edge.source, edge.target, edge.key


def _string(attributes: Mapping[str, Any], name: str) -> str:
    return str(attributes.get(name, ""))


def _text(attributes: Mapping[str, Any], name: str) -> Text:
    return Text(_string(attributes, f"{name}_en"), _string(attributes, f"{name}_zh"))


def _span(attributes: Mapping[str, Any]) -> Span:
    names = ("date", "date_start", "date_end", "date_kind")
    return Span(*(_string(attributes, name) for name in names))
