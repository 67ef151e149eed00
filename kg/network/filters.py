"""Parts of a network: by kind, date and place, and around a thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kg.common.errors import KgError
from kg.common.namespaces import compact
from kg.entities import resolution
from kg.entities.kinds import resolve_kind
from kg.store import Store

if TYPE_CHECKING:
    from kg.network.networkx_graph import Network

_DATE: Final = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True)
class Filter:
    """What to keep of a network; an empty field keeps all.

    ``kinds``: classes, code lists or groups as given by
    :func:`~kg.entities.kinds.resolve_kind`; a class keeps what has it or a narrower one.
    ``since``, ``until``: years, months or days; what has a date outside is left out, what has none
    stays as long as an edge holds it. ``place``: the IRI of an area; an edge stays if one of its
    ends lies in that area or stands for it. ``around``: the IRI of a thing; nodes within ``hops``
    edges of it stay, in whatever direction the edges run.
    """

    kinds: Collection[str] = ()
    since: str = ""
    until: str = ""
    place: str = ""
    around: str = ""
    hops: int = 1

    def __post_init__(self) -> None:
        for text in (self.since, self.until):
            if text and not _is_date(text):
                raise KgError(f"{text!r} is no date: give a year, month or day, such as 2018-07")
        if self.since and self.until and self.until < self.since[: len(self.until)]:
            raise KgError(f"{self.until} is before {self.since}: swap --since and --until")
        if self.hops < 0:
            raise KgError("a number of hops is 0 or more")


def keep(graph: Network, wanted: Filter) -> Network:
    """The part of a network that a filter keeps, as a network of its own.

    Nodes that lose all their edges go, except the one the filter is ``around``. Raises KgError when
    that one is not in the network.
    """
    kept = graph.copy()
    if wanted.kinds:
        known = set(wanted.kinds)
        kept.remove_nodes_from(
            [
                n
                for n, about in graph.nodes(data=True)
                if not {*about["kinds"], about["group"]} & known
            ]
        )
    if wanted.since or wanted.until:
        kept.remove_nodes_from([n for n, about in kept.nodes(data=True) if _outside(about, wanted)])
        kept.remove_edges_from(
            [
                (s, t, k)
                for s, t, k, about in kept.edges(keys=True, data=True)
                if _outside(about, wanted)
            ]
        )
    if wanted.place:
        inside = {
            node
            for node, about in kept.nodes(data=True)
            if node == wanted.place or wanted.place in about["places"]
        }
        kept.remove_edges_from(
            [(s, t, k) for s, t, k in kept.edges(keys=True) if s not in inside and t not in inside]
        )
    if wanted.around:
        if wanted.around not in graph:
            name = graph.graph["name"]
            raise KgError(f"{compact(wanted.around)} is not in the view {name!r}: see 'everything'")
        kept = kept.subgraph(_near(kept, wanted.around, wanted.hops)).copy()
    bare = [node for node, degree in kept.degree() if not degree and node != wanted.around]
    kept.remove_nodes_from(bare)
    used = {claim for _, _, about in kept.edges(data=True) for claim in about["claims"]}
    kept.graph["proofs"] = {c: p for c, p in graph.graph["proofs"].items() if c in used}
    return kept


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    try:
        # The calendar knows how long a month is; the year 0 is none of its years.
        return bool(found and date(*(int(part or 1) for part in found.groups())))
    except ValueError:
        return False


def _near(graph: Network, start: str, hops: int) -> set[str]:
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


def outside(start: str, end: str, since: str, until: str) -> bool:
    """Whether a time lies wholly before or after a period; an empty date bounds nothing.

    Dates are ISO 8601, each as precise as it is known: 2018 and 2018-07 overlap, neither is before
    the other.

    >>> outside("2018", "2018", "2018-07", ""), outside("2018-06", "2018-06", "2018-07", "")
    (False, True)
    """
    early = bool(since and end) and end[: len(since)] < since[: len(end)]
    late = bool(until and start) and start[: len(until)] > until[: len(start)]
    return early or late


def _outside(about: dict[str, Any], wanted: Filter) -> bool:
    return outside(about["start"], about["end"], wanted.since, wanted.until)


def filtered(
    store: Store,
    kinds: Iterable[str],
    since: str,
    until: str,
    place: str,
    around: str,
    hops: int | None,
) -> Filter:
    """The filter that names mean; KgError for an unknown name or kind, or hops from nothing."""
    if hops is not None and not around:
        raise KgError("hops count from a thing: give --around too")
    return Filter(
        tuple(resolve_kind(store, kind) for kind in kinds),
        since,
        until,
        resolution.resolve(store, place, "std:Place").value if place else "",
        resolution.resolve(store, around).value if around else "",
        1 if hops is None else hops,
    )
