"""When things were, as precisely as the sources say, and what a source only announces."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from kg.common.namespaces import PREFIXES
from kg.entities.lookup import values
from kg.store import Store

_POINTS: Final = (
    *("date", "publishedOn", "effectiveOn", "issuedOn", "circulatedOn", "createdOn"),
    *("period", "asOf"),
)
"""The properties that can date a thing, by how much they say of when it was."""

_STD: Final = PREFIXES["std"]
# What comes after a date that a thing has need not be looked up; dates are half of all look-ups.
_DATING: Final = (("start", "end"), *((name,) for name in _POINTS))
_PAST: Final = tuple(PREFIXES["state"] + name for name in ("running", "completed", "held"))
_DATED: Final = "SELECT ?dated WHERE { ?dated rdfs:subPropertyOf* std:date }"
_STATE: Final = (_STD + "state",)
_PLANNED: Final = PREFIXES["state"] + "planned"
_EVIDENCE: Final = (_STD + "evidence",)
_SOURCE: Final = (PREFIXES["oa"] + "hasSource",)
_OPEN: Final = ".."


@dataclass(frozen=True)
class Span:
    """A date or interval as the source gives it.

    ``text`` is ISO 8601, an interval with ``/`` and an open end as ``..`` (ISO 8601-2), empty when
    nothing is known. ``start`` and ``end`` bound it; an unknown one is empty. ``kind`` is the local
    name of the property, that of the start for an interval.
    """

    text: str = ""
    start: str = ""
    end: str = ""
    kind: str = ""


def dates(store: Store, iris: Iterable[str]) -> dict[str, Span]:
    """When things were: the date that says most, from all dates of a thing.

    An interval (``std:start`` and ``std:end``) comes first, then its date, its publication, its
    entry into force, when it was issued, circulated or begun, the period or the point for which it
    holds. A date that a source announced
    does not count where another source says that the thing came about, and when.
    """
    found: dict[str, Span] = {}
    open_ = list(dict.fromkeys(iris))
    for names in _DATING:
        said = _said(store, open_, names)
        found |= {iri: _span(about) for iri, about in said.items()}
        open_ = [iri for iri in open_ if iri not in said]
    return found


def _said(
    store: Store, iris: Iterable[str], names: Iterable[str]
) -> dict[str, dict[str, list[str]]]:
    """What some properties (local names) say of things, without what is called off."""
    told = list(values(store, iris, [_STD + name for name in names]))
    off = _called_off(store, [(iri, claim) for iri, _, _, claim in told])
    found: dict[str, dict[str, list[str]]] = {}
    for iri, property_, date, claim in told:
        if (iri, claim) not in off:
            said = found.setdefault(iri, {}).setdefault(property_.removeprefix(_STD), [])
            said.append(date.value)
    return found


def _called_off(store: Store, told: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Of the claims that date things, after these, those that another source overtook.

    A day that one source announced is not the day on which the thing was, as another source says.
    """
    plans, past = _states(store, {iri for iri, _ in told})
    both = plans.keys() & past.keys()
    if not both:
        return frozenset()
    properties = [row[0].value for row in store.select(_DATED).rows if row[0] is not None]
    dating: dict[str, list[str]] = {}
    for iri, _, _, claim in values(store, both, properties):
        dating.setdefault(iri, []).append(claim)
    claims = chain(*(each[iri] for each in (plans, past) for iri in both), *dating.values())
    sources = _sources(store, {*claims, *(claim for iri, claim in told if iri in both)})

    def overtaken(iri: str, claim: str) -> bool:
        later = sources(past[iri]) & sources(dating.get(iri, ()))
        return any(later - {source} for source in sources([claim]) & sources(plans[iri]))

    return frozenset((iri, claim) for iri, claim in told if iri in both and overtaken(iri, claim))


def _sources(store: Store, claims: Iterable[str]) -> Callable[[Iterable[str]], set[str]]:
    """What tells the sources of some of these claims."""
    told = [(claim, one.value) for claim, _, one, _ in values(store, claims, _EVIDENCE)]
    of_evidence: dict[str, set[str]] = {}
    for one, _, source, _ in values(store, {one for _, one in told}, _SOURCE):
        of_evidence.setdefault(one, set()).add(source.value)
    found: dict[str, set[str]] = {}
    for claim, one in told:
        found.setdefault(claim, set()).update(of_evidence.get(one, ()))
    return lambda some: {source for claim in some for source in found.get(claim, ())}


def announced(store: Store, iris: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Things with the sources that only announce them: pairs of the IRI and the source's IRI."""
    plans, past = _states(store, iris)
    claims = chain(*plans.values(), *(past.get(iri, ()) for iri in plans))
    sources = _sources(store, set(claims))
    return frozenset(
        (iri, source)
        for iri, claims in plans.items()
        for source in sources(claims) - sources(past.get(iri, ()))
    )


def _states(store: Store, iris: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The claims that things are planned, and those that they run or are over, by thing."""
    plans: dict[str, list[str]] = {}
    past: dict[str, list[str]] = {}
    for iri, _, state, claim in values(store, iris, _STATE):
        if state.value == _PLANNED:
            plans.setdefault(iri, []).append(claim)
        elif state.value in _PAST:
            past.setdefault(iri, []).append(claim)
    return plans, past


def _span(about: Mapping[str, list[str]]) -> Span:
    if "start" in about or "end" in about:
        start, end = min(about.get("start", [""])), max(about.get("end", [""]))
        text = start if start == end else f"{start or _OPEN}/{end or _OPEN}"
        return Span(text, start, end, "start" if start else "end")
    for name in _POINTS:
        if name in about:
            # Of several dates of one thing the most precise one says most.
            one = max(about[name], key=lambda date: (len(date), date))
            return Span(one, one, one, name)
    return Span()
