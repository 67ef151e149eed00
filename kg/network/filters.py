"""Filters of a network by kind, date, place and distance from a node."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.common.dates import PartialDate
from kg.common.errors import ArgumentError, QueryError
from kg.common.namespaces import compact
from kg.entities import resolution
from kg.entities.kinds import resolve_kind
from kg.store import Store

if TYPE_CHECKING:
    from kg.network.model import Network


@dataclass(frozen=True)
class Filter:
    """Criteria for the part of a network to keep; an empty field keeps everything.

    ``kinds``: classes, code lists or groups, from :func:`kg.entities.kinds.resolve_kind`; a class
    also keeps its subclasses.
    ``since``, ``until``: years, months or days. Nodes and edges with a date outside are removed;
    nodes without a date stay as long as they have an edge. ``place``: the IRI of an area; edges
    stay if one of their ends lies in the area or represents it. ``around``: the IRI of a node;
    nodes within ``hops`` edges of it stay, whatever the direction of the edges.
    """

    kinds: Collection[str] = ()
    since: str = ""
    until: str = ""
    place: str = ""
    around: str = ""
    hops: int = 1

    def __post_init__(self) -> None:
        for text in (self.since, self.until):
            if text and PartialDate.parse(text) is None:
                raise ArgumentError(
                    f"{text!r} is not a date: give a year, month or day, such as 2018-07"
                )
        if is_outside("", self.until, self.since, ""):
            raise ArgumentError(f"{self.until} is before {self.since}: swap --since and --until")
        if self.hops < 0:
            raise ArgumentError("the number of hops must be 0 or more")


def resolve_filter(
    store: Store,
    kinds: Iterable[str],
    since: str,
    until: str,
    place: str,
    around: str,
    hops: int | None,
) -> Filter:
    """Make a filter from the names of kinds, a place and an entity.

    Raises ArgumentError for ``hops`` without ``around`` and for malformed dates, and another
    KgError for an unknown or ambiguous name.
    """
    if hops is not None and not around:
        raise ArgumentError("hops are counted from an entity: give --around too")
    return Filter(
        tuple(resolve_kind(store, kind) for kind in kinds),
        since,
        until,
        resolution.resolve(store, place, "std:Place").value if place else "",
        resolution.resolve(store, around).value if around else "",
        1 if hops is None else hops,
    )


def filter_network(graph: Network, criteria: Filter) -> Network:
    """Return a copy of a network, reduced to what a filter keeps.

    Nodes that lose all their edges are removed, except the node that the filter is ``around``.
    Raises QueryError if that node is not in the network.
    """
    kept = graph.copy()
    if criteria.kinds:
        wanted = set(criteria.kinds)
        kept.remove_nodes_from(
            [
                node
                for node, about in graph.nodes(data=True)
                if not {*about["kinds"], about["group"]} & wanted
            ]
        )
    if criteria.since or criteria.until:
        kept.remove_nodes_from(
            [node for node, about in kept.nodes(data=True) if _is_outside(about, criteria)]
        )
        kept.remove_edges_from(
            [
                (source, target, key)
                for source, target, key, about in kept.edges(keys=True, data=True)
                if _is_outside(about, criteria)
            ]
        )
    if criteria.place:
        inside = {
            node
            for node, about in kept.nodes(data=True)
            if node == criteria.place or criteria.place in about["places"]
        }
        kept.remove_edges_from(
            [
                (source, target, key)
                for source, target, key in kept.edges(keys=True)
                if source not in inside and target not in inside
            ]
        )
    if criteria.around:
        if criteria.around not in graph:
            raise not_in_view(criteria.around, graph.graph["name"])
        kept = kept.subgraph(_within(kept, criteria.around, criteria.hops)).copy()
    isolated = [node for node, degree in kept.degree() if not degree and node != criteria.around]
    kept.remove_nodes_from(isolated)
    used = {claim for _, _, about in kept.edges(data=True) for claim in about["claims"]}
    kept.graph["proofs"] = {c: p for c, p in graph.graph["proofs"].items() if c in used}
    return kept


def not_in_view(iri: str, view: str) -> QueryError:
    """Return the error for a node that is not in a view."""
    return QueryError(f"{compact(iri)} is not in the view {view!r}: see 'everything'")


def is_outside(start: str, end: str, since: str, until: str) -> bool:
    """Return whether a time lies wholly before or after a period; an empty date is no limit.

    All dates are years, months or days. Dates that overlap are not before one another: 2018 is
    neither before nor after 2018-07.

    >>> is_outside("2018", "2018", "2018-07", ""), is_outside("2018-06", "2018-06", "2018-07", "")
    (False, True)
    """
    return _is_before(end, since) or _is_before(until, start)


def _is_before(end: str, start: str) -> bool:
    last, first = _last_day(end), _first_day(start)
    return last is not None and first is not None and last < first


@lru_cache(maxsize=4096)
def _first_day(text: str) -> PartialDate | None:
    date = PartialDate.parse_lexical(text)
    return date and date.first_day


@lru_cache(maxsize=4096)
def _last_day(text: str) -> PartialDate | None:
    date = PartialDate.parse_lexical(text)
    return date and date.last_day


def _is_outside(attributes: dict[str, Any], criteria: Filter) -> bool:
    days = attributes["date_start"], attributes["date_end"]
    return is_outside(*days, criteria.since, criteria.until)


def _within(graph: Network, start: str, hops: int) -> set[str]:
    """Return the nodes within a number of edges of a node."""
    near = frontier = {start} & set(graph)
    for _ in range(hops):
        if not frontier:
            break
        frontier = {
            other
            for node in frontier
            for other in (*graph.successors(node), *graph.predecessors(node))
        } - near
        near = near | frontier
    return near
