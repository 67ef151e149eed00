"""A view's rows -> a ``networkx.MultiDiGraph`` that carries all that a picture or a path needs.

Graph attributes: ``name``, ``layout``, ``title_en``, ``title_zh``, ``description_en``,
``description_zh``, and ``proofs``, the evidence of every claim by the claim's IRI.

Node (its key is the IRI): ``label_en``, ``label_zh``, ``kind`` (compact IRI of its main class, or
of the code list of a concept), ``kind_en``, ``kind_zh``, ``kinds`` (tuple of compact IRIs: all its
classes, general ones too, and the code list), ``group`` (a key of
:data:`kg.entities.groups.GROUPS`), ``alt`` (tuple of other names), ``identifier``, ``places``
(tuple of IRIs, the areas in which it lies or for which it stands), and its time: ``date``,
``start``, ``end``, ``date_kind`` (see :class:`kg.entities.dates.Span`).

Edge (its key is ``relation|via``, with ``|planned`` behind it if so): ``relation``,
``relation_en``, ``relation_zh``, ``via`` (IRI of the node it was folded from, or empty),
``via_en``, ``via_zh``, ``role``, ``role_en``, ``role_zh`` (empty for an edge that is no
participation; with a via and no role, an edge says more of one), the time of the participation:
``date``, ``start``, ``end``, ``date_kind``, ``planned`` (whether its claims only announce it: where
one source announces what another tells as done, there are two edges), ``claims`` (tuple of IRIs).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.common.bilingual import Text
from kg.common.namespaces import PREFIXES, compact
from kg.entities import kinds
from kg.entities.dates import Span, announced, dates
from kg.entities.groups import group_of, kinds_of
from kg.entities.lookup import names, pairs, values
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.network.edges import Edge, Key, as_edges, edge_key, record, rows_of
from kg.queries.views import View
from kg.store import Store

if TYPE_CHECKING:
    import networkx as nx

    from kg.network.adjacency.arrays import Adjacency

    Network: TypeAlias = nx.MultiDiGraph[str]
else:
    Network: TypeAlias = "nx.MultiDiGraph"

_IN: Final = (PREFIXES["std"] + "in",)
_NAMELESS: Final = Text("", "")
_OTHER_NAMES: Final = (PREFIXES["skos"] + "altLabel", PREFIXES["dcterms"] + "identifier")
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
class Contents:
    """What a network holds, before it is a graph: nodes and edges with the attributes named above.

    ``nodes`` by IRI; ``edges`` as source, target, key and attributes; ``proofs`` by claim.
    """

    nodes: Mapping[str, dict[str, Any]]
    edges: tuple[tuple[str, str, str, dict[str, Any]], ...]
    proofs: Mapping[str, tuple[Proof, ...]]


def contents(
    store: Store,
    view: View,
    index: Adjacency | None = None,
    pairs: Iterable[tuple[int, int]] | None = None,
    also: Iterable[str] = (),
    *,
    brief: bool = False,
) -> Contents:
    """Run a view of the kind ``network``, or look up what it holds, or a part, in its ``index``.

    ``pairs`` are the sources and targets, by their numbers in the index, between which the edges
    are wanted; all by default. ``also`` are IRIs of things that are wanted whether they have an
    edge or not. Of nodes in ``brief`` the labels and the date alone are told. The claim of an edge
    that a catalogue lists is the record it was read from, or else the catalogue's graph.
    """
    if index is None:
        found = rows_of(store, view)
    else:
        found = index.statements.all() if pairs is None else index.statements.between(pairs)
    edges = as_edges(found)
    record(store, edges)
    nodes = sorted({iri for edge in edges for iri in (edge[0], edge[1])} | set(also))
    evidence = proofs.of_claims(store, {claim for edge in edges.values() for claim in edge.claims})
    about = _EdgeAttributes.read(store, edges)
    return Contents(
        dict(_briefly(store, nodes) if brief else _node_attributes(store, nodes)),
        tuple(
            (*key[:2], edge_key(*key[2:], planned), about.of(key, edge, planned))
            for key, edge, planned in _told(store, edges, evidence)
        ),
        evidence,
    )


def network(
    store: Store,
    view: View,
    index: Adjacency | None = None,
    pairs: Iterable[tuple[int, int]] | None = None,
    also: Iterable[str] = (),
) -> Network:
    """Run a view of the kind ``network`` and build its graph, with the attributes named above.

    ``index``, ``pairs`` and ``also`` as in :func:`contents`.
    """
    import networkx as nx

    found = contents(store, view, index, pairs, also)
    graph: Network = nx.MultiDiGraph()
    graph.graph.update(
        name=view.name,
        layout=view.layout,
        title_en=view.title.en,
        title_zh=view.title.zh,
        description_en=view.description.en,
        description_zh=view.description.zh,
        proofs=found.proofs,
    )
    graph.add_nodes_from(found.nodes.items())
    for source, target, key, attributes in found.edges:
        graph.add_edge(source, target, key=key, **attributes)
    return graph


def _told(
    store: Store, edges: Mapping[Key, Edge], evidence: Mapping[str, tuple[Proof, ...]]
) -> Iterator[tuple[Key, Edge, bool]]:
    """The edges in order, those that a source only announces apart from those that came about."""
    plans = announced(store, sorted({key[1] for key in edges}))
    for key, edge in sorted(edges.items(), key=itemgetter(0)):
        planned = [
            claim
            for claim in edge.claims
            if edge.role and any((key[1], proof.source) in plans for proof in evidence[claim])
        ]
        done = [claim for claim in edge.claims if claim not in planned]
        if done or not planned:
            yield key, Edge(edge.role, done), False
        if planned:
            yield key, Edge(edge.role, planned), True


def _briefly(store: Store, nodes: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    named, spans = names(store, nodes), dates(store, nodes)
    for iri in nodes:
        date = spans[iri].text if iri in spans else ""
        yield iri, {"label_en": named[iri].en, "label_zh": named[iri].zh, "date": date}


def _node_attributes(store: Store, nodes: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    named = names(store, nodes)
    main, every = kinds_of(store, nodes), kinds.all_of(store, nodes)
    kind_names = names(store, main.values())
    other: dict[str, dict[str, list[str]]] = {}
    for iri, property_, name, _ in values(store, nodes, _OTHER_NAMES):
        other.setdefault(iri, {}).setdefault(compact(property_), []).append(name.value)
    places, spans = pairs(store, _PLACES, nodes), dates(store, nodes)
    for iri in nodes:
        kind = main.get(iri, "")
        span = spans.get(iri, Span())
        called = other.get(iri, {})
        yield (
            iri,
            {
                "label_en": named[iri].en,
                "label_zh": named[iri].zh,
                "kind": compact(kind) if kind else "",
                "kind_en": kind_names.get(kind, _NAMELESS).en,
                "kind_zh": kind_names.get(kind, _NAMELESS).zh,
                "kinds": every.get(iri, ()),
                "group": group_of(iri, kind),
                "alt": tuple(sorted(set(called.get("skos:altLabel", ())))),
                "identifier": min(called.get("dcterms:identifier", [""])),
                "places": tuple(sorted(set(places.get(iri, ())))),
                "date": span.text,
                "start": span.start,
                "end": span.end,
                "date_kind": span.kind,
            },
        )


@dataclass(frozen=True)
class _EdgeAttributes:
    names: Mapping[str, Text]
    spans: Mapping[str, Span]

    @classmethod
    def read(cls, store: Store, edges: Mapping[Key, Edge]) -> _EdgeAttributes:
        vias = sorted({key[3] for key in edges} - {""})
        terms = {key[2] for key in edges} | {edge.role for edge in edges.values()} | set(vias)
        # A thing through which two agents are joined has dates of its own, which are not theirs.
        dated = dict.fromkeys(via for via, *_ in values(store, vias, _IN))
        return cls(names(store, terms), dates(store, dated))

    def of(self, key: Key, edge: Edge, planned: bool) -> dict[str, Any]:
        _, _, relation, via = key
        span = self.spans.get(via, Span())
        return {
            "relation": compact(relation),
            "relation_en": self.names.get(relation, _NAMELESS).en,
            "relation_zh": self.names.get(relation, _NAMELESS).zh,
            "via": via,
            "via_en": self.names.get(via, _NAMELESS).en,
            "via_zh": self.names.get(via, _NAMELESS).zh,
            "role": compact(edge.role) if edge.role else "",
            "role_en": self.names.get(edge.role, _NAMELESS).en,
            "role_zh": self.names.get(edge.role, _NAMELESS).zh,
            "date": span.text,
            "start": span.start,
            "end": span.end,
            "date_kind": span.kind,
            "planned": planned,
            "claims": tuple(edge.claims),
        }
