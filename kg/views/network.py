"""A view's rows -> a ``networkx.MultiDiGraph`` that carries all that a picture or a path needs.

Graph attributes: ``name``, ``layout``, ``title_en``, ``title_zh``, ``description_en``,
``description_zh``, and ``proofs``, the evidence of every claim by the claim's IRI.

Node (its key is the IRI): ``label_en``, ``label_zh``, ``kind`` (compact IRI of its main
class, or of the code list of a concept),
``kind_en``, ``kind_zh``, ``group`` (a key of :data:`kg.views.groups.GROUPS`), ``alt`` (tuple of
other names), ``identifier``, ``places`` (tuple of IRIs, the areas in which it lies or for which it
stands), ``date`` (ISO 8601 as precise as the source, an interval with ``/``; empty if unknown),
``start`` and ``end`` (the bounds of ``date``).

Edge (its key is ``relation|via``): ``relation``, ``relation_en``, ``relation_zh``, ``via`` (IRI of
the node it was folded from, or empty), ``via_en``, ``via_zh``, ``role``, ``role_en``, ``role_zh``
(empty for an edge that is no participation; with a via and no role, an edge says more of one),
``date``, ``start``, ``end``, ``planned`` (whether what it says is only planned), ``claims`` (tuple
of IRIs).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pyoxigraph as ox

from kg import proofs
from kg.headers import Text
from kg.namespaces import compact
from kg.proofs import Proof
from kg.store import Store, Table, Term
from kg.views import View
from kg.views.about import names, pairs, rows
from kg.views.groups import group_of, kinds_of

if TYPE_CHECKING:
    import networkx as nx

    Network: TypeAlias = nx.MultiDiGraph[str]
else:
    Network: TypeAlias = "nx.MultiDiGraph"

_NAMELESS: Final = Text("", "")
_NAMES: Final = """
SELECT DISTINCT ?iri ?property ?name WHERE {{
    VALUES ?iri {{ {iris} }}
    ?iri ?property ?name .
    FILTER(?property IN (skos:altLabel, dcterms:identifier))
}}"""
_PLACES: Final = """
SELECT DISTINCT ?iri ?place WHERE {{
    VALUES ?iri {{ {iris} }}
    {{ ?iri std:place|std:jurisdiction|std:governs|std:locatedIn|(std:venue/std:place) ?near }}
    UNION {{ ?secretariat std:in ?iri ; std:seat ?near }}
    UNION {{ ?iri a std:Place . BIND(?iri AS ?near) }}
    ?near std:locatedIn* ?place .
    ?place a std:Place .
}}"""
_DATES: Final = """
SELECT DISTINCT ?iri ?property ?date WHERE {{
    VALUES ?iri {{ {iris} }}
    ?iri ?property ?date .
    ?property rdfs:subPropertyOf* std:date .
}}"""
_PLANNED: Final = """
SELECT DISTINCT ?iri WHERE {{
    VALUES ?iri {{ {iris} }}
    ?iri std:state state:planned .
    FILTER NOT EXISTS {{
        ?iri std:state ?past . FILTER(?past IN (state:running, state:completed, state:held))
    }}
}}"""


@dataclass(frozen=True)
class Span:
    """A date or interval as the source gives it; ``text`` is ISO 8601, empty when unknown."""

    text: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Contents:
    """What a network holds, before it is a graph: nodes and edges with the attributes named above.

    ``nodes`` by IRI; ``edges`` as source, target, key and attributes; ``proofs`` by claim.
    """

    nodes: Mapping[str, dict[str, Any]]
    edges: tuple[tuple[str, str, str, dict[str, Any]], ...]
    proofs: Mapping[str, tuple[Proof, ...]]


def contents(store: Store, view: View, of: str | None = None) -> Contents:
    """Run a view of the kind ``network``.

    ``of``: the IRI of a thing, if only its own edges are wanted; without any, it stands alone.
    """
    if of is None:
        edges = _edges([store.select(view.sparql)])
    else:
        thing = ox.NamedNode(of)
        edges = _edges([store.select(view.sparql, {end: thing}) for end in ("source", "target")])
    nodes = sorted({iri for edge in edges for iri in (edge[0], edge[1])} | ({of} if of else set()))
    about = _EdgeAttributes.read(store, edges)
    return Contents(
        dict(_node_attributes(store, nodes)),
        tuple(
            (source, target, f"{relation}|{via}", about.of(relation, via, edge, target))
            for (source, target, relation, via), edge in sorted(edges.items(), key=itemgetter(0))
        ),
        proofs.of_claims(store, {claim for edge in edges.values() for claim in edge.claims}),
    )


def network(store: Store, view: View) -> Network:
    """Run a view of the kind ``network`` and build its graph, with the attributes named above."""
    import networkx as nx  # noqa: PLC0415

    found = contents(store, view)
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


@dataclass
class _Edge:
    role: str
    claims: list[str]


_Key: TypeAlias = tuple[str, str, str, str]


def _edges(tables: Iterable[Table]) -> dict[_Key, _Edge]:
    """The rows as edges: source, target, relation and via -> role and claims, each claim once."""
    columns = ("source", "target", "relation", "via", "role", "claim")
    found: dict[_Key, _Edge] = {}
    for found_columns, row in ((t.columns, row) for t in tables for row in t.rows):
        cells = dict(zip(found_columns, map(_iri, row), strict=True))
        source, target, relation, via, role, claim = (cells.get(name, "") for name in columns)
        if not source or not target:
            continue
        edge = found.setdefault((source, target, relation, via), _Edge(role, []))
        if claim and claim not in edge.claims:
            edge.claims.append(claim)
    for edge in found.values():
        edge.claims.sort()
    return found


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _node_attributes(store: Store, nodes: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    named = names(store, nodes)
    main = kinds_of(store, nodes)
    kind_names = names(store, main.values())
    other: dict[str, dict[str, list[str]]] = {}
    for iri, property_, name in rows(store, _NAMES, nodes):
        other.setdefault(iri, {}).setdefault(compact(property_), []).append(name)
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
                "group": group_of(iri, kind),
                "alt": tuple(sorted(set(called.get("skos:altLabel", ())))),
                "identifier": min(called.get("dcterms:identifier", [""])),
                "places": tuple(sorted(set(places.get(iri, ())))),
                "date": span.text,
                "start": span.start,
                "end": span.end,
            },
        )


@dataclass(frozen=True)
class _EdgeAttributes:
    names: Mapping[str, Text]
    spans: Mapping[str, Span]
    planned: frozenset[str]

    @classmethod
    def read(cls, store: Store, edges: Mapping[_Key, _Edge]) -> _EdgeAttributes:
        vias = sorted({key[3] for key in edges} - {""})
        terms = {key[2] for key in edges} | {edge.role for edge in edges.values()} | set(vias)
        targets = sorted({key[1] for key in edges})
        planned = frozenset(row[0] for row in rows(store, _PLANNED, targets))
        return cls(names(store, terms), dates(store, vias), planned)

    def of(self, relation: str, via: str, edge: _Edge, target: str) -> dict[str, Any]:
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
            "planned": bool(edge.role) and target in self.planned,
            "claims": tuple(edge.claims),
        }


def dates(store: Store, iris: Iterable[str]) -> dict[str, Span]:
    """When things were: the date that says most, from all dates of a thing.

    An interval (``std:start`` and ``std:end``) comes first, then its date, its publication, its
    entry into force, the period or the point for which it holds.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for iri, property_, date in rows(store, _DATES, iris):
        found.setdefault(iri, {}).setdefault(property_.rsplit("#", 1)[-1], []).append(date)
    return {iri: _span(about) for iri, about in found.items()}


def _span(about: Mapping[str, list[str]]) -> Span:
    if "start" in about:
        start, end = min(about["start"]), max(about.get("end", [""]))
        return Span(f"{start}/{end}" if end and end != start else start, start, end or start)
    for name in ("date", "publishedOn", "effectiveOn", "end", "period", "asOf"):
        if name in about:
            # Of several dates of one thing the most precise one says most.
            one = max(about[name], key=lambda date: (len(date), date))
            return Span(one, one, one)
    return Span()
