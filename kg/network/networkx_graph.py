"""Read a view as nodes and edges, or as a ``networkx.MultiDiGraph`` with these attributes.

Graph: ``name``, ``layout``, ``title_en``, ``title_zh``, ``description_en``, ``description_zh``, and
``proofs``, which maps the IRI of each claim to its evidence.

Node (its key is the IRI): ``label_en``, ``label_zh``, ``kind`` (compact IRI of its main class, or
of a concept's code list), ``kind_en``, ``kind_zh``, ``kinds`` (tuple of compact IRIs: all its
classes, superclasses too, and its code list), ``group`` (a key of
:data:`kg.entities.groups.GROUPS`), ``alt`` (tuple of other names), ``identifier``, ``places``
(tuple of IRIs: the areas that it lies in or represents), and its dates: ``date``,
``date_start``, ``date_end``, ``date_kind`` (see :class:`kg.entities.dates.Span`).

Edge (its key is ``relation|via``, followed by ``|planned`` for a planned edge): ``relation``,
``relation_en``, ``relation_zh``, ``via`` (IRI of the node that the edge was folded from, or empty),
``via_en``, ``via_zh``, ``role``, ``role_en``, ``role_zh`` (empty if the edge is not a
participation; an edge with a via but no role adds a detail to a participation), the dates of the
participation: ``date``, ``date_start``, ``date_end``, ``date_kind``, then ``planned`` (whether its
claims only announce it: if one source announces what another reports as done, there are two edges),
``symmetric`` (whether the relation has no direction) and ``claims`` (tuple of IRIs).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.common.bilingual import Text
from kg.common.namespaces import compact, iri
from kg.entities import kinds
from kg.entities.dates import Span, find_announcements, find_dates
from kg.entities.groups import group_of, main_kinds
from kg.entities.lookup import bilingual_labels, property_values, query_values
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.network.edges import cite_records, edge_key, group_rows, query_view
from kg.network.model import UNDATED, UNNAMED, Edge, Network, Node
from kg.network.records import RawEdge
from kg.queries.views import View
from kg.store import Store

if TYPE_CHECKING:
    from kg.network.adjacency.arrays import Adjacency


_IN: Final = (iri("std:in"),)
_ALT_LABEL: Final = iri("skos:altLabel")
_IDENTIFIER: Final = iri("dcterms:identifier")
_SYMMETRIC: Final = "SELECT ?relation WHERE { ?relation a owl:SymmetricProperty }"
_PLACES: Final = """
SELECT DISTINCT ?iri ?place WHERE {{
    VALUES ?iri {{ {iris} }}
    {{ ?iri std:place|std:jurisdiction|std:governs|std:locatedIn|(std:venue/std:place) ?near }}
    UNION {{ ?secretariat std:seat ?near ; std:in ?iri }}
    UNION {{ ?iri a std:Place . BIND(?iri AS ?near) }}
    ?near std:locatedIn* ?place .
    ?place a std:Place .
}}"""


@dataclass(frozen=True)
class NetworkData:
    """The content of a network: its nodes by IRI, its edges, and the evidence of each claim."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    proofs: Mapping[str, tuple[Proof, ...]]


def network_data(
    store: Store,
    view: View,
    index: Adjacency | None = None,
    pairs: Iterable[tuple[int, int]] | None = None,
    also: Iterable[str] = (),
    *,
    brief: bool = False,
) -> NetworkData:
    """Read the nodes and edges of a view of the kind ``network``, or a part of them.

    With the ``index`` of the view its query is not run, and ``pairs`` limits the edges to those
    between the given sources and targets (numbers of the index). ``also`` are IRIs of nodes to
    include even without edges. ``brief`` reads only the labels and dates of nodes. The claim of an
    edge from a catalogue is the record that states it, or else the catalogue's graph.
    """
    if index is None:
        rows = query_view(store, view)
    else:
        rows = (
            index.statements.all_rows() if pairs is None else index.statements.rows_between(pairs)
        )
    edges = cite_records(store, group_rows(rows))
    iris = sorted({end for edge in edges for end in (edge.source, edge.target)} | set(also))
    evidence = proofs.proofs_of_claims(store, {claim for edge in edges for claim in edge.claims})
    nodes = _brief_nodes(store, iris) if brief else _full_nodes(store, iris)
    terms = _EdgeTerms.read(store, edges)
    return NetworkData(
        {node.iri: node for node in nodes},
        tuple(map(terms.edge, _split_planned(store, edges, evidence))),
        evidence,
    )


def network(
    store: Store,
    view: View,
    index: Adjacency | None = None,
    pairs: Iterable[tuple[int, int]] | None = None,
    also: Iterable[str] = (),
) -> Network:
    """Build the graph of a view of the kind ``network``, with the attributes listed above.

    See :func:`network_data` for the arguments.
    """
    import networkx as nx

    data = network_data(store, view, index, pairs, also)
    graph: Network = nx.MultiDiGraph()
    graph.graph.update(
        name=view.name,
        layout=view.layout,
        title_en=view.title.en,
        title_zh=view.title.zh,
        description_en=view.description.en,
        description_zh=view.description.zh,
        proofs=data.proofs,
    )
    graph.add_nodes_from((node.iri, node.attributes()) for node in data.nodes.values())
    for edge in data.edges:
        graph.add_edge(edge.source, edge.target, key=edge.key, **edge.attributes())
    return graph


def _split_planned(
    store: Store, edges: Iterable[RawEdge], evidence: Mapping[str, tuple[Proof, ...]]
) -> Iterator[RawEdge]:
    """Split edges that one source only announces and another reports as done."""
    plans = find_announcements(store, sorted({edge.target for edge in edges}))
    for edge in edges:
        planned = tuple(
            claim
            for claim in edge.claims
            if edge.role and any((edge.target, proof.source) in plans for proof in evidence[claim])
        )
        done = tuple(claim for claim in edge.claims if claim not in planned)
        if done or not planned:
            yield edge._replace(claims=done)
        if planned:
            yield edge._replace(claims=planned, planned=True)


def _brief_nodes(store: Store, iris: list[str]) -> Iterator[Node]:
    labels, spans = bilingual_labels(store, iris), find_dates(store, iris)
    for each in iris:
        yield Node(each, labels[each], span=spans.get(each, UNDATED))


def _full_nodes(store: Store, iris: list[str]) -> Iterator[Node]:
    labels = bilingual_labels(store, iris)
    kind_of, all_kinds = main_kinds(store, iris), kinds.all_kinds(store, iris)
    kind_labels = bilingual_labels(store, kind_of.values())
    alt: dict[str, set[str]] = {}
    identifiers: dict[str, list[str]] = {}
    for each, property_, name, _ in property_values(store, iris, (_ALT_LABEL, _IDENTIFIER)):
        if property_ == _ALT_LABEL:
            alt.setdefault(each, set()).add(name.value)
        else:
            identifiers.setdefault(each, []).append(name.value)
    places, spans = query_values(store, _PLACES, iris), find_dates(store, iris)
    for each in iris:
        kind = kind_of.get(each, "")
        yield Node(
            iri=each,
            label=labels[each],
            kind=compact(kind) if kind else "",
            kind_label=kind_labels.get(kind, UNNAMED),
            kinds=all_kinds.get(each, ()),
            group=group_of(each, kind),
            alt=tuple(sorted(alt.get(each, ()))),
            identifier=min(identifiers.get(each, [""])),
            places=tuple(sorted(set(places.get(each, ())))),
            span=spans.get(each, UNDATED),
        )


@dataclass(frozen=True)
class _EdgeTerms:
    """Labels of the relations, roles and vias of edges, dates of the vias, symmetric relations."""

    labels: Mapping[str, Text]
    spans: Mapping[str, Span]
    symmetric: frozenset[str]

    @classmethod
    def read(cls, store: Store, edges: Iterable[RawEdge]) -> _EdgeTerms:
        vias = sorted({edge.via for edge in edges} - {""})
        terms = {term for edge in edges for term in (edge.relation, edge.role)} | set(vias)
        # Only a participation dates its edge. Where two agents are joined through an event, the
        # event's date is not that of their relation.
        participations = dict.fromkeys(via for via, *_ in property_values(store, vias, _IN))
        rows = store.select(_SYMMETRIC).rows
        symmetric = frozenset(term.value for (term,) in rows if term is not None)
        return cls(bilingual_labels(store, terms), find_dates(store, participations), symmetric)

    def edge(self, raw: RawEdge) -> Edge:
        return Edge(
            source=raw.source,
            target=raw.target,
            key=edge_key(raw.relation, raw.via, raw.planned),
            relation=compact(raw.relation),
            relation_label=self.labels.get(raw.relation, UNNAMED),
            via=raw.via,
            via_label=self.labels.get(raw.via, UNNAMED),
            role=compact(raw.role) if raw.role else "",
            role_label=self.labels.get(raw.role, UNNAMED),
            span=self.spans.get(raw.via, UNDATED),
            planned=raw.planned,
            symmetric=raw.relation in self.symmetric,
            claims=raw.claims,
        )
