"""When things were, as precisely as the sources say, and what a source only announces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from kg.namespaces import PREFIXES
from kg.store import Store
from kg.views.about import rows, values

_POINTS: Final = (
    *("date", "publishedOn", "effectiveOn", "issuedOn", "circulatedOn", "createdOn"),
    *("period", "asOf"),
)
"""The properties that can date a thing, by how much they say of when it was."""

_STD: Final = PREFIXES["std"]
_DATING: Final = tuple(_STD + name for name in ("start", "end", *_POINTS))
_PAST: Final = tuple(PREFIXES["state"] + name for name in ("running", "completed", "held"))
# A day that one source announced is not the day on which the thing was, as another source says.
_CALLED_OFF: Final = f"""
SELECT DISTINCT ?iri ?claim WHERE {{{{
    VALUES ?iri {{{{ {{iris}} }}}}
    GRAPH ?plan {{{{ ?iri std:state state:planned }}}}
    ?plan std:evidence/oa:hasSource ?source .
    ?claim std:evidence/oa:hasSource ?source .
    GRAPH ?done {{{{ ?iri std:state ?past }}}}
    FILTER(?past IN ({", ".join(f"<{state}>" for state in _PAST)}))
    ?done std:evidence/oa:hasSource ?other .
    FILTER(?other != ?source)
    GRAPH ?dating {{{{ ?iri ?dated ?when }}}}
    ?dated rdfs:subPropertyOf* std:date .
    ?dating std:evidence/oa:hasSource ?other .
}}}}"""
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
    told = list(values(store, iris, _DATING))
    plans, past = _states(store, {iri for iri, *_ in told})
    off = set(rows(store, _CALLED_OFF, sorted(plans.keys() & past.keys())))
    found: dict[str, dict[str, list[str]]] = {}
    for iri, property_, date, claim in told:
        if (iri, claim) not in off:
            said = found.setdefault(iri, {}).setdefault(property_.removeprefix(_STD), [])
            said.append(date.value)
    return {iri: _span(about) for iri, about in found.items()}


def announced(store: Store, iris: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Things with the sources that only announce them: pairs of the IRI and the source's IRI."""
    plans, past = _states(store, iris)
    sources: dict[str, set[str]] = {}
    claims = set(chain(*plans.values(), *(past.get(iri, ()) for iri in plans))) - {""}
    for claim, _, evidence, _ in values(store, claims, _EVIDENCE):
        for *_, source, _ in values(store, [evidence.value], _SOURCE):
            sources.setdefault(claim, set()).add(source.value)

    def said(claims: Iterable[str]) -> set[str]:
        return {source for claim in claims for source in sources.get(claim, ())}

    return frozenset(
        (iri, source)
        for iri, claims in plans.items()
        for source in said(claims) - said(past.get(iri, ()))
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
