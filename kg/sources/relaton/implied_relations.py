"""What follows from a designation: what is supplemented, of what it is an edition, the series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from kg.identifiers import Designation, undated
from kg.identifiers.itu import Itu
from kg.identifiers.model import changed
from kg.identifiers.oiml import Oiml
from kg.identifiers.w3c import W3c
from kg.sources.rdf_terms import term
from kg.sources.relaton.references import Thing, of
from kg.sources.relaton.statements import Saying
from kg.store import ntriples

_EFFECTS: Final = {
    **dict.fromkeys(("Amd", "Amd.", "AMENDMENT", "Amendment", "Add", "Add."), "std:amends"),
    **dict.fromkeys(
        ("Cor", "Cor.", "Technical Cor.", "CORRIGENDUM", "Err.", "Errata"), "std:corrects"
    ),
}
_NO_EFFECT: Final = "std:complements"
"""What a supplement of another kind does: an annex, an interpretation, an explanation."""


def effect(thing: Thing) -> str:
    """What a supplement does to the document that it is published to; a draft does nothing yet."""
    if thing.draft or thing.designation is None:
        return "std:relatedTo"
    return _EFFECTS.get(thing.designation.supplements[-1].kind, _NO_EFFECT)


def is_supplement(thing: Thing) -> bool:
    """Whether it is published to another document, and not that document with it worked in."""
    d = thing.designation
    return d is not None and bool(d.supplements) and not d.supplements[-1].included


@lru_cache(maxsize=16384)
def base(thing: Thing) -> Thing:
    """The document to which a supplement is published."""
    d = thing.designation
    if d is None or not d.supplements:
        raise ValueError(f"{thing.name} is no supplement")
    return of(changed(d, supplements=d.supplements[:-1]))


def relate(said: Saying, siblings: Iterable[Thing] = ()) -> None:
    """Relate a document to those that its designation implies.

    ``siblings`` are other editions of the document: ITU dates a supplement's base by year only,
    so that they tell the month.
    """
    this = said.this
    if this.designation is None:
        return
    if is_supplement(this):
        below = base(this)
        said.join(this, effect(this), _dated(below, siblings) or below)
        return
    for property_, other in _kin(this):
        said.join(this, property_, other)
        if property_ == "std:inSeries":
            said.lines.append(_is_series(other))


def _is_series(series: Thing) -> str:
    return ntriples.encode_triple(series.node, term("rdf:type"), term("std:StandardSeries"))


@lru_cache(maxsize=4096)
def _kin(this: Thing) -> tuple[tuple[str, Thing], ...]:
    return tuple(_relatives(this)) if this.designation is not None else ()


def _relatives(this: Thing) -> Iterator[tuple[str, Thing]]:
    d = this.designation
    if d is None or this.draft:
        return
    if d.variant and not isinstance(d, W3c):
        yield from _of_variant(d)
        return
    if any(s.included for s in d.supplements):
        yield from _consolidated(d)
        return
    if isinstance(d, W3c):
        # Their short names are not told by the designations; records relate them.
        return
    # The records of language versions relate these to the document.
    if not d.language and (general := undated(d)) != d:
        yield "std:editionOf", of(general)
    if d.parts and not isinstance(d, Itu) and not (isinstance(d, Oiml) and d.type == "Bulletin"):
        yield "std:inSeries", of(changed(undated(d), parts=(), language=""))


def _of_variant(d: Designation) -> Iterator[tuple[str, Thing]]:
    """A redline or the like, to the edition; a consolidated version, to what it consolidates."""
    if any(s.included for s in d.supplements):
        yield from _consolidated(changed(d, variant=""))
    else:
        yield "std:complements", of(changed(d, variant=""))


def _consolidated(d: Designation) -> Iterator[tuple[str, Thing]]:
    """The document and the supplements that are worked into it."""
    before = changed(d, supplements=())
    yield "std:consolidates", of(before)
    for supplement in d.supplements:
        yield "std:consolidates", of(changed(d, supplements=(changed(supplement, included=False),)))


def _dated(below: Thing, siblings: Iterable[Thing]) -> Thing | None:
    """The one edition of a year; None where the year has several, or the month is known."""
    d = below.designation
    if not isinstance(d, Itu) or d.month or d.supplements or not d.year:
        return None
    fitting = {
        s.iri: s
        for s in siblings
        if isinstance(s.designation, Itu)
        and s.designation.year == d.year
        and changed(s.designation, year=None, month=None) == changed(d, year=None)
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None
