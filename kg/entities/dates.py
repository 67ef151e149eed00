"""Find the dates of entities, leaving out planned dates that another source supersedes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from kg.common import namespaces
from kg.common.namespaces import STD
from kg.entities.lookup import property_values
from kg.store import Store

_DATES: Final = (
    *("date", "publishedOn", "effectiveOn", "issuedOn", "circulatedOn", "createdOn"),
    *("period", "asOf"),
)
"""Local names of the properties that date an entity, most informative first."""

# Once a date is found, later groups are skipped: dates make up half of all lookups.
_LOOKUP_ORDER: Final = (("start", "end"), *((name,) for name in _DATES))
_STARTED: Final = tuple(map(namespaces.iri, ("state:running", "state:completed", "state:held")))
_DATE_PROPERTIES: Final = "SELECT ?property WHERE { ?property rdfs:subPropertyOf* std:date }"
_STATE: Final = (namespaces.iri("std:state"),)
_PLANNED: Final = namespaces.iri("state:planned")
_EVIDENCE: Final = (namespaces.iri("std:evidence"),)
_SOURCE: Final = (namespaces.iri("oa:hasSource"),)
_OPEN: Final = ".."


@dataclass(frozen=True)
class Span:
    """A date or interval with the precision of its source.

    ``text`` is ISO 8601, an interval with ``/`` and an open end as ``..`` (ISO 8601-2); empty if
    nothing is known. ``start`` and ``end`` are its bounds, empty if unknown. ``kind`` is the local
    name of the property, for an interval that of its start.
    """

    text: str = ""
    start: str = ""
    end: str = ""
    kind: str = ""


def find_dates(store: Store, iris: Iterable[str]) -> dict[str, Span]:
    """Return the most informative date of each entity that has one.

    An interval (``std:start`` and ``std:end``) comes first, then the date, the dates of
    publication, entry into force, issue, circulation and creation, and the period or date of an
    observation. A planned date is ignored if another source reports that the event took place.
    """
    spans: dict[str, Span] = {}
    pending = list(dict.fromkeys(iris))
    for names in _LOOKUP_ORDER:
        dates = _valid_dates(store, pending, names)
        spans |= {iri: _span(by_property) for iri, by_property in dates.items()}
        pending = [iri for iri in pending if iri not in dates]
    return spans


def _valid_dates(
    store: Store, iris: Iterable[str], names: Iterable[str]
) -> dict[str, dict[str, list[str]]]:
    """Return the dates of entities by property (local names), without superseded plans."""
    rows = list(property_values(store, iris, [STD + name for name in names]))
    superseded = _superseded_plans(store, [(iri, claim) for iri, _, _, claim in rows])
    dates: dict[str, dict[str, list[str]]] = {}
    for iri, property_, date, claim in rows:
        if (iri, claim) not in superseded:
            by_property = dates.setdefault(iri, {})
            by_property.setdefault(property_.removeprefix(STD), []).append(date.value)
    return dates


def _superseded_plans(
    store: Store, claims: Collection[tuple[str, str]]
) -> frozenset[tuple[str, str]]:
    """Return the planned-date claims that another source supersedes, of pairs (entity, claim).

    The announced day is superseded if another source reports that the event took place, and when.
    """
    planned, started = _states(store, {iri for iri, _ in claims})
    both = planned.keys() & started.keys()
    if not both:
        return frozenset()
    properties = [row[0].value for row in store.select(_DATE_PROPERTIES).rows if row[0] is not None]
    dated: dict[str, list[str]] = {}
    for iri, _, _, claim in property_values(store, both, properties):
        dated.setdefault(iri, []).append(claim)
    involved = chain(
        *(claims_by_iri[iri] for claims_by_iri in (planned, started) for iri in both),
        *dated.values(),
    )
    sources = _source_lookup(store, {*involved, *(claim for iri, claim in claims if iri in both)})

    def is_superseded(iri: str, claim: str) -> bool:
        later = sources(started[iri]) & sources(dated.get(iri, ()))
        return any(later - {source} for source in sources([claim]) & sources(planned[iri]))

    return frozenset(
        (iri, claim) for iri, claim in claims if iri in both and is_superseded(iri, claim)
    )


def _source_lookup(store: Store, claims: Iterable[str]) -> Callable[[Iterable[str]], set[str]]:
    """Return a function from some of these claims to their sources."""
    evidence = [
        (claim, value.value) for claim, _, value, _ in property_values(store, claims, _EVIDENCE)
    ]
    by_evidence: dict[str, set[str]] = {}
    for iri, _, source, _ in property_values(store, {iri for _, iri in evidence}, _SOURCE):
        by_evidence.setdefault(iri, set()).add(source.value)
    by_claim: dict[str, set[str]] = {}
    for claim, iri in evidence:
        by_claim.setdefault(claim, set()).update(by_evidence.get(iri, ()))
    return lambda subset: {source for claim in subset for source in by_claim.get(claim, ())}


def find_announcements(store: Store, iris: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Return pairs of an entity and a source that only announces it (IRIs)."""
    planned, started = _states(store, iris)
    claims = chain(*planned.values(), *(started.get(iri, ()) for iri in planned))
    sources = _source_lookup(store, set(claims))
    return frozenset(
        (iri, source)
        for iri, claims in planned.items()
        for source in sources(claims) - sources(started.get(iri, ()))
    )


def _states(store: Store, iris: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return two dicts from entity to claims: that it is planned; that it has begun or ended."""
    planned: dict[str, list[str]] = {}
    started: dict[str, list[str]] = {}
    for iri, _, state, claim in property_values(store, iris, _STATE):
        if state.value == _PLANNED:
            planned.setdefault(iri, []).append(claim)
        elif state.value in _STARTED:
            started.setdefault(iri, []).append(claim)
    return planned, started


def _span(dates: Mapping[str, list[str]]) -> Span:
    if "start" in dates or "end" in dates:
        start, end = min(dates.get("start", [""])), max(dates.get("end", [""]))
        text = start if start == end else f"{start or _OPEN}/{end or _OPEN}"
        return Span(text, start, end, "start" if start else "end")
    for name in _DATES:
        if name in dates:
            most_precise = max(dates[name], key=lambda date: (len(date), date))
            return Span(most_precise, most_precise, most_precise, name)
    return Span()
