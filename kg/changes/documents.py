"""Events of documents: published, replaced, withdrawn, and what else happens to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.changes.difference import Values
from kg.changes.model import Event
from kg.changes.pair import Pair, first, publication_date, stage, texts, titles
from kg.common.namespaces import iri
from kg.identifiers import parse

_DOCUMENTS: Final = frozenset(map(iri, ("std:Document", "std:Standard")))
_WORK: Final = iri("std:Work")
_UNPUBLISHED: Final = ("development", "cancelled")
_OVER: Final = ("withdrawn", "superseded", "cancelled")
_OUT: Final = ("upcoming", "published", "in-force")
_CONFIRMED: Final = "90.93"
_WITHDRAWN: Final = "95.99"
"""Codes of the ISO harmonized stages: confirmed after review, withdrawn."""
_SUCCESSIONS: Final = {
    "std:replaces": "replaced",
    "std:amends": "amended",
    "std:corrects": "corrected",
}
"""Kinds of events of a document, by the property with which another document names it."""
_DATES: Final = {
    "published": ("std:publishedOn", "std:issuedOn"),
    "withdrawn": ("std:withdrawnOn",),
    "replaced": ("std:withdrawnOn",),
    "confirmed": ("std:confirmedOn",),
}
_ALL_DATES: Final = ("std:publishedOn", "std:issuedOn", "std:withdrawnOn", "std:confirmedOn")


def is_document(values: Values) -> bool:
    """Return whether a thing is a document, or the work of documents."""
    types = {value.value for value in values.get("rdf:type", ())}
    return bool(types & _DOCUMENTS) or _WORK in types


def document_events(pair: Pair) -> Iterator[Event]:
    """Yield the events of all documents that differ between two states."""
    for thing, old, new in pair.things:
        if is_document(new or old):
            yield from _own_events(pair, thing, old, new)
            yield from _events_of_others(pair, thing, old, new)


def _own_events(pair: Pair, thing: str, old: Values, new: Values) -> Iterator[Event]:
    if not new:
        yield pair.event("record-gone", thing)
    elif not old:
        yield from _arrival(pair, thing, new)
    else:
        if thing in pair.renamed:
            former = pair.old.name(pair.former(thing))
            yield pair.event("renamed", thing, old=(former,), new=(pair.name(thing),))
        told = _stage_change(pair, thing, old, new)
        if told:
            yield told
        yield from _date_changes(pair, thing, old, new, told)
        yield from _title_changes(pair, thing, old, new)
        committees = [set(texts(state, "std:committee")) for state in (old, new)]
        if committees[0] != committees[1]:
            yield pair.event(
                "committee-changed",
                thing,
                old=pair.names(committees[0]),
                new=pair.names(committees[1]),
                related=tuple(sorted(committees[0] ^ committees[1])),
            )


def _arrival(pair: Pair, thing: str, new: Values) -> Iterator[Event]:
    """Yield the event of a document that the old state has no record of."""
    code, date = _code(new), publication_date(new)
    if not _is_edition(new):
        pair.churn["records"] += 1
    elif stage(new) == "development":
        yield pair.event("new-draft", thing, new=code, date=date if pair.is_recent(date) else "")
    elif stage(new) != "cancelled" and pair.is_recent(date or _year(pair, thing)):
        yield pair.event("published", thing, new=code, date=date)
    else:
        yield pair.event("catalogued", thing, new=code, date=date)


def _year(pair: Pair, thing: str) -> str:
    """Return the year that its designation gives a document; empty if it gives none."""
    designation = parse(pair.name(thing))
    return str(designation.own_year or "") if designation else ""


def _is_edition(values: Values) -> bool:
    return bool({value.value for value in values.get("rdf:type", ())} & _DOCUMENTS)


def _code(values: Values) -> tuple[str, ...]:
    """Return the stage as the source writes it, or else the concept."""
    return tuple(texts(values, "std:stageCode")[:1] or texts(values, "std:stage")[:1])


def _stage_change(pair: Pair, thing: str, old: Values, new: Values) -> Event | None:
    codes = _code(old), _code(new)
    if codes[0] == codes[1]:
        return None
    stages = stage(old), stage(new)
    kind = _stage_kind(stages, codes[1])
    date = first(new, *_DATES.get(kind, ()))
    return pair.event(kind, thing, old=codes[0], new=codes[1], date=date)


def _stage_kind(stages: tuple[str, str], code: tuple[str, ...]) -> str:
    before, after = stages
    if code == (_WITHDRAWN,):
        return "withdrawn"
    if code == (_CONFIRMED,):
        return "confirmed"
    if after != before:
        if after == "cancelled":
            return "cancelled"
        if after in ("withdrawn", "superseded"):
            return "withdrawn" if after == "withdrawn" else "replaced"
        if after in _OUT and before in (*_UNPUBLISHED, ""):
            return "published"
    return "stage-reached"


def _date_changes(
    pair: Pair, thing: str, old: Values, new: Values, told: Event | None
) -> Iterator[Event]:
    """Yield changes of dates that the change of stage, ``told``, does not bring with it."""
    explained = _DATES.get(told.kind, ()) if told else ()
    changed = [name for name in _ALL_DATES if texts(old, name) != texts(new, name)]
    for name in changed:
        if name in explained:
            continue
        before, after = texts(old, name), texts(new, name)
        if name == "std:confirmedOn" and not before:
            yield pair.event("confirmed", thing, date=after[-1])
        elif name == "std:withdrawnOn" and not before and stage(old) not in _OVER:
            yield pair.event("withdrawn", thing, date=after[-1])
        else:
            yield pair.event("date-changed", thing, old=(*before,), new=(*after,))


def _title_changes(pair: Pair, thing: str, old: Values, new: Values) -> Iterator[Event]:
    before, after = titles(old), titles(new)
    if before == after:
        return
    if {(tag, _folded(text)) for tag, text in before} == {
        (tag, _folded(text)) for tag, text in after
    }:
        pair.churn["spacing"] += 1
        return
    yield pair.event(
        "title-changed",
        thing,
        old=tuple(sorted(text for _, text in before - after)),
        new=tuple(sorted(text for _, text in after - before)),
    )


def _folded(text: str) -> str:
    return " ".join(text.replace("–", "-").replace("—", "-").split())


def _events_of_others(pair: Pair, thing: str, old: Values, new: Values) -> Iterator[Event]:
    """Yield what a document that is out now means for others: those it replaces or amends."""
    if not new or stage(new) in _UNPUBLISHED:
        return
    was_out = bool(old) and stage(old) not in _UNPUBLISHED
    date = publication_date(new)
    for property_, kind in _SUCCESSIONS.items():
        known = set(texts(old, property_)) if was_out else set()
        former = {pair.former(other) for other in texts(new, property_)}
        for other in texts(new, property_):
            if other in known or (pair.former(other) in known and former & known):
                continue
            # What it replaces stands until it enters into force, where a source tells that day.
            effect = first(new, "std:effectiveOn") if kind == "replaced" else ""
            yield pair.event(
                kind,
                other,
                prover=thing,
                new=(pair.name(thing),),
                date=effect or date,
                related=(thing,),
            )
    if not was_out:
        yield from _new_edition(pair, thing, new, date)


def _new_edition(pair: Pair, thing: str, new: Values, date: str) -> Iterator[Event]:
    """Yield the event of the work of a new document, if all other editions are earlier."""
    for work in texts(new, "std:editionOf"):
        others = [
            edition
            for edition in pair.old.editions(work)
            if edition.stage not in _UNPUBLISHED and edition.iri != pair.former(thing)
        ]
        if others and date and all(edition.published < date for edition in others):
            latest = max(others, key=lambda edition: edition.published)
            yield pair.event(
                "new-edition",
                work,
                prover=thing,
                old=(pair.name(latest.iri),),
                new=(pair.name(thing),),
                date=date,
                related=(thing, latest.iri),
            )
