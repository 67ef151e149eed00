"""Decide from what stands behind a number whether the document of that number is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.entities.editions import is_misnamed
from kg.entities.index import Name, NameIndex
from kg.entities.match.model import Match, Reason
from kg.entities.match.other_documents import OtherDocument, lower
from kg.entities.match.readings import Reading
from kg.entities.match.refusals import no_match
from kg.entities.match.suffixes import Suffix
from kg.entities.match.title_agreement import compare_titles, is_title_of_another
from kg.identifiers import Designation, Supplement, parse
from kg.identifiers.model import changed

_REDLINES: Final = ("RLV", "Redline")


def other_designations(index: NameIndex, reading: Reading, name: Name) -> Iterator[Reading]:
    """Yield the readings of a numbered supplement or a redline that is named behind a number."""
    designation, other = parse(reading.text), _other(index, reading.suffix, name)
    if designation is None or other is None:
        return
    rest = replace(reading.suffix, title=other.title, others=(), year="")
    if other.supplement and other.number:
        own = reading.suffix.year if reading.suffix.year != str(designation.year) else ""
        year = int(other.year or own) if other.year or own else None
        added = Supplement(kind=other.supplement, number=other.number, year=year)
        supplemented = changed(designation, supplements=(*designation.supplements, added))
        # Designations of some bodies have no supplements.
        if str(supplemented) != str(designation):
            yield Reading(str(supplemented), "written", rest)
    if other.kind == "redline":
        for variant in _REDLINES:
            redline = str(changed(designation, variant=variant))
            if redline != str(designation):
                yield Reading(redline, "written", rest)


def refuse_suffix(index: NameIndex, text: str, reading: Reading, name: Name) -> Match | None:
    """Return the reason against a document, from its title and what stands behind its number."""
    suffix, designation = reading.suffix, parse(reading.text)
    titles = [title for _, title in index.titles(name.iri)]
    own = parse(name.text)
    reason = _contradiction(reading, own)
    if other := _other(index, suffix, name):
        reason = Reason("other-document", other.kind)
    elif designation and own and not designation.supplements and is_misnamed(index, own, name):
        reason = Reason("other-title", titles[0])
    elif reason is None and suffix.title and not _agrees(index, name, suffix.title, titles):
        reason = Reason("other-title", titles[0] if titles else "")
    if reason is None:
        return None
    supplements = _supplements(index, other.supplement, name) if other else ()
    return no_match(text, reason, (name.iri, *supplements))


def suffix_reasons(index: NameIndex, suffix: Suffix, name: Name) -> Iterator[Reason]:
    """Yield what is said about a match because of what stands behind the number."""
    if suffix.title:
        titles = [title for _, title in index.titles(name.iri)]
        yield Reason(compare_titles(suffix.title, titles), suffix.title)
    if suffix.clause:
        yield Reason("clause", suffix.clause)
    if suffix.remarks:
        yield Reason("remark", ", ".join(suffix.remarks))


def _contradiction(reading: Reading, own: Designation | None) -> Reason | None:
    """Return how a suffix contradicts its number, or the designation of the document found."""
    # A number in half a pair of brackets is found by its name, and is none by itself.
    designation, suffix = parse(reading.text) or own, reading.suffix
    if designation is None:
        return None
    if suffix.part and suffix.part not in designation.parts:
        return Reason("other-part", suffix.part)
    version = re.match(r"V?(\d+)\.", suffix.edition or designation.edition)
    if suffix.release and version and version[1] != suffix.release:
        return Reason("release-contradicts", version[1])
    dated = designation if designation.year or own is None else own
    years = {dated.year, *(each.year for each in dated.supplements)}
    found = {own.year, *(each.year for each in own.supplements)} if own and own.year else years
    other = bool(dated.year) and int(suffix.year or 0) not in years
    if suffix.year and (other or found.isdisjoint(years)):
        return Reason("year-contradicts", suffix.year)
    # A copy can be printed later than the standard is published, but not before.
    if suffix.printed and dated.year and int(suffix.printed) < dated.year:
        return Reason("year-contradicts", suffix.printed)
    return None


def _agrees(index: NameIndex, name: Name, title: str, titles: list[str]) -> bool:
    agreement = compare_titles(title, titles)
    if agreement == "no-title":
        return not _is_known_title(index, name, title)
    if agreement == "same-title":
        return not is_title_of_another(index, name.iri, title, titles)
    return agreement != "other-title"


def _is_known_title(index: NameIndex, name: Name, title: str) -> bool:
    """Return whether a title in another script is that of documents with other numbers only."""
    named = {other.iri for other in index.find_same(title) if other.is_title}
    numbers = [_number(text) for iri in named for text in index.names_of(iri)]
    return bool(named) and _number(name.text) not in numbers


def _number(text: str) -> str:
    """Return the digits of a number: JIS Q 9001 has the number and title of ISO 9001."""
    designation = parse(text)
    return re.sub(r"\D", "", designation.number) if designation else text


def _other(index: NameIndex, suffix: Suffix, name: Name) -> OtherDocument | None:
    """Return the other document that is named, unless its word belongs to the title of this one."""
    titles = [lower(title) for _, title in index.titles(name.iri)]
    return next((o for o in suffix.others if not any(o.word in title for title in titles)), None)


def _supplements(index: NameIndex, kind: str, name: Name) -> Iterable[str]:
    """Return the IRIs of the supplements of a kind; none if the kind is empty."""
    if not kind:
        return ()
    return [
        other.iri
        for other in index.find_prefix(str(parse(name.text) or name.text))
        if (found := parse(other.text)) and any(each.kind == kind for each in found.supplements)
    ]
