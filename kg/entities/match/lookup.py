"""Look up a reading of a reference, and check what stands behind its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from math import prod

from kg.common.folding import fold
from kg.entities.dates import find_dates
from kg.entities.document_status import document_status
from kg.entities.editions import asked_edition, current_edition, editions_of, is_work
from kg.entities.index import Name, NameIndex
from kg.entities.index.schema import NOT_AN_EDITION, Rank
from kg.entities.match.editions import find_edition, find_release
from kg.entities.match.model import WEIGHTS, Match, Reason
from kg.entities.match.readings import Reading
from kg.entities.match.refusals import (
    first,
    has_catalogue,
    known,
    no_match,
    other_editions,
    several_numbers,
)
from kg.entities.match.suffix_check import other_designations, refuse_suffix, suffix_reasons
from kg.entities.resolution import DOCUMENTS, candidates
from kg.identifiers import parse, undated
from kg.identifiers.model import changed
from kg.store import Store


def is_document(index: NameIndex, name: Name) -> bool:
    """Return whether a name is that of a document, described or not."""
    kinds = index.kind_sets[name.kind].every
    return bool(kinds & DOCUMENTS) or (name.rank == Rank.MENTIONED and parse(name.text) is not None)


def matched(
    store: Store,
    index: NameIndex,
    text: str,
    iri: str,
    reasons: Iterable[Reason],
    others: Iterable[str] = (),
) -> Match:
    """Return the match of a reference with an entity."""
    found = tuple(reasons)
    score = round(prod(WEIGHTS[reason.key] for reason in found), 2)
    status = document_status(store, index, iri)
    return Match(text, iri, found, score, status, first(other for other in others if other != iri))


def match_reading(store: Store, index: NameIndex, text: str, reading: Reading) -> Match | None:
    """Return the match of a reading, or the reason against it; None for an unknown reading."""
    if reading.suffix.whole:
        return _match_title(store, index, text, reading)
    reading = _dated_by_record(store, index, _dated_by_suffix(reading))
    if pair := several_numbers(index, reading.text):
        return no_match(text, Reason("pair", ", ".join(pair)), known(index, pair))
    if reading.suffix.all_parts:
        return _match_series(store, index, text, reading)
    if release := _asked_release(reading):
        latest_version = find_release(index, reading.text, release)
        reasons = (Reason("release", release),)
        return _match_names(store, index, text, reading, latest_version, reasons)
    return _match_edition(store, index, text, reading)


def _match_edition(store: Store, index: NameIndex, text: str, reading: Reading) -> Match | None:
    """Return the match of a reading with the edition of its number, or the current one."""
    reading = _with_version(index, reading)
    names, number = _find_names(index, reading.text), _asked_edition(reading)
    if not names and not number:
        number = _version(reading.text)
    if not number:
        names = _current_editions(store, index, names)
        return _match_names(store, index, text, reading, names, ())
    edition = find_edition(store, index, reading.text, number, names)
    if edition is not None and not edition.names and _asked_edition(reading):
        return no_match(text, edition.reason, edition.others)
    found = edition.names if edition else ()
    return _match_names(
        store, index, text, reading, list(found), (edition.reason,) if edition else ()
    )


def _match_title(store: Store, index: NameIndex, text: str, reading: Reading) -> Match | None:
    """Return the match of a number with exactly the title of the document behind it."""
    names = _find_names(index, reading.text)
    title = fold(reading.suffix.title)
    if len(names) != 1 or title not in {fold(own) for _, own in index.titles(names[0].iri)}:
        return None
    reasons = (*_reasons(reading, names[0], by_number=False), Reason("same-title"))
    others = _others(index, reading.text, names[0])
    return matched(store, index, text, names[0].iri, reasons, others)


def _match_names(
    store: Store,
    index: NameIndex,
    text: str,
    reading: Reading,
    names: list[Name],
    reasons: tuple[Reason, ...],
) -> Match | None:
    if not names:
        return _unknown(store, index, text, reading)
    if len(names) > 1:
        return no_match(text, Reason("several", str(len(names))), [name.iri for name in names])
    [name] = names
    for supplemented in other_designations(index, reading, name):
        result = match_reading(store, index, text, supplemented)
        if result is not None and result.iri:
            return result
    refusal = _refuse_stub(index, text, reading, name) or refuse_suffix(index, text, reading, name)
    if refusal is not None:
        return refusal
    own = _reasons(reading, name, by_number=bool(reasons))
    all_reasons = (*own, *reasons, *suffix_reasons(index, reading.suffix, name))
    return matched(store, index, text, name.iri, all_reasons, _others(index, reading.text, name))


def _find_names(index: NameIndex, text: str) -> list[Name]:
    names = candidates(index, text)
    if names and all(name.rank == Rank.TERM for name in names):
        # A reference more likely means a document or committee of that title.
        names += [name for name in index.find_same(text) if name.rank < Rank.MENTIONED]
    return names


def _current_editions(store: Store, index: NameIndex, names: list[Name]) -> list[Name]:
    """Return the names, but instead of a single work its current edition, if one is stated."""
    works = [name for name in names if is_work(index, name)] if len(names) > 1 else names
    if len(works) != 1:
        return names
    [name] = works
    if len(names) > 1:
        # A work and its editions can have one title.
        editions = {name.iri, *editions_of(store, [name.iri])}
        current = current_edition(store, index, name.iri) if _all_in(names, editions) else []
        return [each for each in names if _all_in([each], {own.iri for own in current})] or names
    if name.rank != Rank.MENTIONED and not is_work(index, name):
        return names
    return current_edition(store, index, name.iri) or names


def _all_in(names: list[Name], iris: set[str]) -> bool:
    return {name.iri for name in names} <= iris


def _asked_edition(reading: Reading) -> str:
    return reading.suffix.edition or asked_edition(reading.text)


def _with_version(index: NameIndex, reading: Reading) -> Reading:
    """Return the reading with three numbers as a version where a body has these (ETSI, 3GPP)."""
    numbers = reading.suffix.clause
    if not re.fullmatch(r"\d+\.\d+\.\d+", numbers) or not _is_undated(reading.text):
        return reading
    if not any(own.edition[:1] == "V" for own, _ in index.editions(reading.text)):
        return reading
    return replace(reading, suffix=replace(reading.suffix, clause="", edition=numbers))


def _version(text: str) -> str:
    """Return the version of a designation that no document has; sources may state its number."""
    designation = parse(text)
    return designation.edition if designation and not designation.year else ""


def _asked_release(reading: Reading) -> str:
    """Return the number of the release that is named without a version."""
    designation = parse(reading.text)
    edition = designation.edition if designation else ""
    if reading.suffix.edition or edition.startswith("V"):
        return ""
    return reading.suffix.release or (edition[4:] if edition.startswith("Rel-") else "")


def _dated_by_suffix(reading: Reading) -> Reading:
    """Return the reading with the year behind its number, if it has no other."""
    designation = parse(reading.text)
    year = reading.suffix.year
    if designation is None or not year or designation.year or designation.supplements:
        return reading
    for form in (f"{reading.text}:{year}", f"{reading.text}-{year}", f"{reading.text} ({year})"):
        dated = parse(form)
        if dated and dated.year == int(year) and undated(dated) == designation:
            return replace(reading, text=str(dated), correction=reading.correction or "written")
    return reading


def _dated_by_record(store: Store, index: NameIndex, reading: Reading) -> Reading:
    """Return the reading without its date if only the record of that edition has it (ITU-R)."""
    designation = parse(reading.text)
    if designation is None or not (designation.edition and designation.year):
        return reading
    bare = str(changed(designation, year=None, month=None, day=None))
    names = [] if candidates(index, reading.text) else candidates(index, bare)
    if len(names) != 1 or (own := parse(names[0].text)) is None or own.year:
        return reading
    date = find_dates(store, [names[0].iri]).get(names[0].iri)
    if date is None or not date.text.startswith(str(designation.year)):
        return reading
    return replace(reading, text=bare, correction=reading.correction or "written")


def _unknown(store: Store, index: NameIndex, text: str, reading: Reading) -> Match | None:
    """Return the reason against a reading that is known in other editions or parts, if it is."""
    wanted = parse(reading.text)
    if wanted is None:
        return None
    if reading.suffix.part:
        series = str(undated(changed(wanted, parts=())))
        parts = [name.iri for name in index.find_prefix(series) if name.rank < Rank.MENTIONED]
        return no_match(text, Reason("no-such-number", str(wanted)), parts) if parts else None
    if undated(wanted) == wanted:
        return None
    editions = other_editions(store, index, str(undated(wanted)))
    return no_match(text, Reason("other-edition", str(wanted)), editions) if editions else None


def _match_series(store: Store, index: NameIndex, text: str, reading: Reading) -> Match | None:
    """Return the match of all parts of a document with the series; refuse if there is none."""
    designation = parse(reading.text)
    bare = str(undated(designation)) if designation else reading.text
    same = [name for name in index.find_same(bare) if not name.is_title]
    described = [name for name in index.find_prefix(bare) if name.rank < Rank.MENTIONED]
    parts = [name.iri for name in described if name.iri not in {own.iri for own in same}]
    has_parts = any((own := parse(name.text)) and own.parts for name in described)
    series = [
        name for name in same if name.rank == Rank.SERIES or (has_parts and is_work(index, name))
    ]
    if len({name.iri for name in series}) == 1:
        reasons = [Reason("same"), Reason("all-parts")]
        return matched(store, index, text, series[0].iri, reasons, parts)
    iris = [name.iri for name in same] + parts
    return no_match(text, Reason("other-document", "series"), iris) if iris else None


def _refuse_stub(index: NameIndex, text: str, reading: Reading, name: Name) -> Match | None:
    """Return the reason against a document that is only mentioned, if no catalogue has its kind."""
    designation = parse(reading.text)
    if name.rank != Rank.MENTIONED or designation is None or has_catalogue(index, designation):
        return None
    return no_match(text, Reason("recognized", str(designation)), [name.iri])


def _reasons(reading: Reading, name: Name, *, by_number: bool) -> Iterator[Reason]:
    own = parse(name.text)
    if reading.correction == "abbreviated":
        yield Reason("abbreviated")
    elif name.is_title:
        yield Reason("title")
    elif fold(name.text) == fold(reading.text):
        yield Reason("same")
    else:
        yield Reason("designated")
    is_dated = fold(name.text) != fold(reading.text) and (own is None or undated(own) != own)
    if not by_number and not name.is_title and is_dated and _is_undated(reading.text):
        yield Reason("undated")
    if reading.correction and reading.correction != "abbreviated":
        yield Reason(reading.correction, str(parse(reading.text) or reading.text))


def _is_undated(text: str) -> bool:
    designation = parse(text)
    return designation is None or undated(designation) == designation


def _others(index: NameIndex, text: str, name: Name) -> list[str]:
    editions = (other for _, other in index.editions(text))
    return [
        other.iri
        for other in chain(editions, index.find_same(text))
        if other.rank not in NOT_AN_EDITION and other.iri != name.iri and not is_work(index, other)
    ]
