"""A network that is too large to show, with groups of alike entities in place of most of them.

Entities are alike that are of one kind, of one body, and have the same relations to the entity that
the network is around. A group is a node with their number, an edge of it has the number of edges
that it stands for, and the evidence of the first of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.common.bilingual import Text
from kg.common.namespaces import BASE, compact, expand
from kg.entities.groups import group_of, main_kind
from kg.entities.index import name_index
from kg.entities.kinds import entities_of_kind
from kg.entities.lookup import abbreviations, bilingual_labels
from kg.evidence import proofs
from kg.network.edges import cite_records, group_rows
from kg.network.model import UNNAMED, Edge, Network, Node
from kg.network.networkx_graph import network
from kg.network.records import DirectedRelation
from kg.queries.views import View
from kg.store import Store

if TYPE_CHECKING:
    from kg.network.selected_edges import SelectedEdges

_Numbers: TypeAlias = NDArray[np.int64]

_SMALLEST: Final = 12
"""Least number of entities in a group, unless all must be grouped."""
_WANTED: Final = 60
"""Number of nodes at which no coarser groups are tried."""
_MEMBERS: Final = 30
"""Number of entities of a group that are named."""
_CITED: Final = 3
"""Number of edges whose evidence an edge of a group has."""
_BODY: Final = "std:StandardsBody"
_NOTE: Final = Text(
    " Of {:,} entities, {:,} stand in {} groups with their number.",
    "共 {:,} 个实体，其中 {:,} 个并入 {} 个分组，并标明数量。",
)


@dataclass(frozen=True)
class _Groups:
    """The nodes of a selection, and the group of each, by position; -1 for a node of its own.

    ``numbers`` are those of the nodes in the index; ``kinds``, ``bodies`` (IRIs, or empty) and
    ``sizes`` are by group.
    """

    numbers: _Numbers
    group_of: _Numbers
    kinds: Sequence[str]
    bodies: Sequence[str]
    sizes: Sequence[int]


@dataclass(frozen=True)
class _FoldedEdge:
    """Edges of one relation between two nodes or groups: their number, and some of them."""

    source: int
    target: int
    relation: DirectedRelation
    count: int
    pairs: tuple[tuple[int, int], ...]


def fold(store: Store, view: View, selection: SelectedEdges, around: str) -> Network:
    """Load the selected edges of a view as a network of groups; ``around`` is an IRI or empty."""
    groups = _group(store, selection, around)
    index, single = selection.index, groups.group_of < 0
    nodes = [index.iri(number) for number in groups.numbers[single].tolist()]
    is_single = np.zeros(len(index), np.bool_)
    is_single[groups.numbers[single]] = True
    plain = is_single[selection.sources] & is_single[selection.targets]
    pairs = zip(selection.sources[plain].tolist(), selection.targets[plain].tolist(), strict=True)
    graph = network(store, view, index, pairs, nodes)
    names = {-1 - at: iri for at, iri in enumerate(nodes)}
    for group in range(len(groups.sizes)):
        # A code list has no prefix, and angle brackets are no part of an IRI.
        kind = compact(groups.kinds[group]).strip("<>") if groups.kinds[group] else "none"
        names[group] = f"group:{kind}/{group}"
    _add_groups(store, graph, selection, groups, names)
    _add_edges(store, graph, selection, list(_folded_edges(selection, groups)), names)
    folded = sum(groups.sizes)
    for lang in ("en", "zh"):
        note = _NOTE.of(lang).format(len(groups.numbers), folded, len(groups.sizes))
        graph.graph[f"description_{lang}"] += note
    return graph


def _group(store: Store, selection: SelectedEdges, around: str) -> _Groups:
    """Group the nodes of a selection, as coarsely as needed."""
    index = selection.index
    center = index.number_of(around) if around else None
    numbers = np.unique(np.concatenate([selection.sources, selection.targets]))
    iris = [index.iri(number) for number in numbers.tolist()]
    kinds, kind_of = _coded(_kinds(store, iris))
    bodies, body_of = _coded(_bodies(store, iris))
    tie_of = np.full(len(numbers), -1, np.int64)
    if center is not None:
        near = index.neighbors_of(center)
        ties = dict(zip(near.tolist(), index.relation_sets_of(center).tolist(), strict=True))
        tie_of = np.array([ties.get(number, -1) for number in numbers.tolist()], np.int64)
    none = np.zeros(len(numbers), np.int64)
    for keys, least in (
        ((tie_of, kind_of, body_of), _SMALLEST),
        ((tie_of, kind_of, none), _SMALLEST),
        ((none, kind_of, none), _SMALLEST),
        ((none, kind_of, none), 2),
    ):
        table, place, count = np.unique(
            np.stack(keys), axis=1, return_inverse=True, return_counts=True
        )
        place = place.reshape(-1)
        if center is not None:
            # What the view is around stays itself.
            count[place[np.searchsorted(numbers, center)]] -= 1
        large = count >= least
        if int(count[~large].sum() + large.sum()) <= _WANTED:
            break
    rank = np.where(large, np.cumsum(large) - 1, -1)
    group = rank[place]
    if center is not None:
        group[np.searchsorted(numbers, center)] = -1
    chosen = table[:, large]
    by_body = keys[2] is body_of
    return _Groups(
        numbers,
        group,
        [kinds[kind] for kind in chosen[1].tolist()],
        [bodies[body] if by_body else "" for body in chosen[2].tolist()],
        count[large].tolist(),
    )


def _coded(texts: Sequence[str]) -> tuple[list[str], _Numbers]:
    """Return the distinct texts, and the position of each text in them."""
    codes = {text: code for code, text in enumerate(dict.fromkeys(texts))}
    return list(codes), np.array([codes[text] for text in texts], np.int64)


def _kinds(store: Store, iris: Iterable[str]) -> list[str]:
    """Return the main kind (IRI) of each entity, or an empty text."""
    index = name_index(store)
    wanted = dict.fromkeys(iris, 0)
    for iri, kind in index.kinds():
        if iri in wanted:
            wanted[iri] = kind
    sets = index.kind_sets
    main = {
        kind: main_kind(sets[kind].narrow) if kind in sets else "" for kind in set(wanted.values())
    }
    return [main[kind] for kind in wanted.values()]


def _bodies(store: Store, iris: Iterable[str]) -> list[str]:
    """Return the standards body that the IRI of each entity begins with, or an empty text."""
    bodies = entities_of_kind(store, _BODY)
    owners = (BASE + iri.removeprefix(BASE).partition("/")[0] for iri in iris)
    return [owner if owner in bodies else "" for owner in owners]


def _folded_edges(selection: SelectedEdges, groups: _Groups) -> Iterator[_FoldedEdge]:
    """Yield the edges of groups; a node of its own is -1 minus its rank among those."""
    single = groups.group_of < 0
    ends = np.where(single, -np.cumsum(single, dtype=np.int64), groups.group_of)
    sources = ends[np.searchsorted(groups.numbers, selection.sources)]
    targets = ends[np.searchsorted(groups.numbers, selection.targets)]
    folded = np.flatnonzero((sources >= 0) | (targets >= 0))
    table, place, count = np.unique(
        np.stack([sources[folded], targets[folded], selection.relation_set_ids[folded]]),
        axis=1,
        return_inverse=True,
        return_counts=True,
    )
    order = folded[np.argsort(place.reshape(-1), kind="stable")]
    counts: dict[tuple[int, int, DirectedRelation], int] = {}
    some: dict[tuple[int, int, DirectedRelation], list[tuple[int, int]]] = {}
    first = 0
    for (source, target, set_id), number in zip(table.T.tolist(), count.tolist(), strict=True):
        places = order[first : first + _CITED].tolist()
        first += number
        for relation in sorted(selection.index.relation_sets[set_id]):
            if not relation.outgoing:
                continue
            key = source, target, relation
            counts[key] = counts.get(key, 0) + number
            pairs = some.setdefault(key, [])
            pairs += [
                (int(selection.sources[at]), int(selection.targets[at]))
                for at in places[: _CITED - len(pairs)]
            ]
    for (source, target, relation), number in counts.items():
        pairs = some[source, target, relation]
        yield _FoldedEdge(source, target, relation, number, tuple(pairs))


def _add_groups(
    store: Store,
    graph: Network,
    selection: SelectedEdges,
    groups: _Groups,
    names: Mapping[int, str],
) -> None:
    members = [
        [selection.index.iri(number) for number in some.tolist()]
        for group in range(len(groups.sizes))
        for some in [groups.numbers[groups.group_of == group][:_MEMBERS]]
    ]
    labels = bilingual_labels(store, [*groups.kinds, *(iri for some in members for iri in some)])
    short_names = abbreviations(store, groups.bodies)
    for group, size in enumerate(groups.sizes):
        kind, body = groups.kinds[group], groups.bodies[group]
        node = Node(
            names[group],
            _group_label(labels.get(kind, UNNAMED), short_names.get(body, ""), size),
            kind=compact(kind) if kind else "",
            kind_label=labels.get(kind, UNNAMED),
            kinds=(compact(kind),) if kind else (),
            group=group_of("", kind),
            count=size,
            members=tuple(labels[iri] for iri in members[group]),
        )
        graph.add_node(node.iri, **node.attributes())


def _group_label(kind: Text, body: str, size: int) -> Text:
    """Return the name of a group, the number first: it distinguishes groups and is never cut."""
    english, chinese = (f" ({body})", f"（{body}）") if body else ("", "")
    return Text(
        f"{size:,} × {kind.en or 'entity'}{english}", f"{size:,} 个{kind.zh or '实体'}{chinese}"
    )


def _add_edges(
    store: Store,
    graph: Network,
    selection: SelectedEdges,
    edges: Sequence[_FoldedEdge],
    names: Mapping[int, str],
) -> None:
    statements = selection.index.statements
    pairs = sorted({pair for edge in edges for pair in edge.pairs})
    raw = cite_records(store, group_rows(statements.rows_between(pairs)))
    claims_of: dict[tuple[str, str, str, str], list[str]] = {}
    for each in raw:
        role = compact(each.role) if each.role else ""
        key = each.source, each.target, compact(each.relation), role
        claims_of.setdefault(key, []).extend(each.claims)
    relations = {edge.relation.relation for edge in edges} | {
        edge.relation.role for edge in edges if edge.relation.role
    }
    terms = {name: node.value for name in relations if (node := expand(name)) is not None}
    labels = bilingual_labels(store, terms.values())

    def label(name: str) -> Text:
        return labels.get(terms.get(name, ""), UNNAMED)

    claims: dict[str, Any] = {}
    for edge in edges:
        own: dict[str, None] = {}
        for source, target in edge.pairs:
            ends = selection.index.iri(source), selection.index.iri(target)
            stated = claims_of.get((*ends, edge.relation.relation, edge.relation.role), ())
            own |= dict.fromkeys(stated)
        claims |= own
        folded = Edge(
            names[edge.source],
            names[edge.target],
            key=f"{edge.relation.relation}|{edge.relation.role}"
            + "|planned" * edge.relation.planned,
            relation=edge.relation.relation,
            relation_label=label(edge.relation.relation),
            role=edge.relation.role,
            role_label=label(edge.relation.role),
            planned=edge.relation.planned,
            count=edge.count,
            claims=tuple(own),
        )
        graph.add_edge(folded.source, folded.target, key=folded.key, **folded.attributes())
    graph.graph["proofs"] = graph.graph["proofs"] | proofs.proofs_of_claims(store, claims)
