"""Find the later editions of a document that the catalogues list.

"Later" rests on dates or on edition numbers, never on the order in which catalogues list documents.
Where these contradict each other, or can't be compared, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.common.dates import PartialDate
from kg.common.namespaces import iri
from kg.entities.index import NameIndex
from kg.entities.index.schema import NOT_AN_EDITION, Rank
from kg.entities.lookup import property_values
from kg.identifiers import Designation, parse, undated
from kg.identifiers.bodies.etsi import Etsi
from kg.identifiers.bodies.threegpp import ThreeGpp
from kg.store import Store

_ISSUED: Final = iri("std:issuedOn")
_PUBLISHED: Final = iri("std:publishedOn")
_EDITION: Final = iri("std:edition")
_CANCELLED: Final = iri("stage:cancelled")
_DIGITS: Final = re.compile(r"\d+")
_NUMERIC: Final = re.compile(r"\d+(?:\.\d+)*")
_FIRST_RELEASE: Final = 3
"""Release 1999 of 3GPP, the first, is version 3 (3GPP TR 21.900, 4.0)."""
_RELEASED_SERIES: Final = frozenset(("118", *map(str, range(121, 156))))
"""First digits of ETSI's numbers for specifications of oneM2M (118) and of 3GPP (3GPP TS 38.300 is
ETSI TS 138 300), whose major version is a release."""


@dataclass(frozen=True)
class LaterEdition:
    """A later edition that a catalogue lists.

    ``iri`` is that of the document. ``by`` is what "later" rests on: ``date`` for dates of issue or
    publication, ``version`` for edition, version or revision numbers.
    """

    iri: str
    by: str


@dataclass(frozen=True)
class _Edition:
    """A document, its designation, and the dates and editions that sources give."""

    iri: str
    designation: Designation
    issued: tuple[PartialDate, ...]
    published: tuple[PartialDate, ...]
    editions: frozenset[str]


def later_editions(
    store: Store, index: NameIndex, document: str, until: PartialDate | None = None
) -> tuple[LaterEdition, ...]:
    """Return the latest of the editions that are later than a document (IRI), usually one.

    Those that may not have been out on the day ``until`` are left out.

    Editions are the described documents of the same designation but for date and edition. Drafts,
    variants such as redlines, supplements and other language versions are not editions of it.
    Releases that run in parallel (those of 3GPP, also as ETSI's specifications) are compared only
    within a release.
    """
    designation = next(filter(None, map(parse, index.names_of(document))), None)
    if designation is None or _is_draft_or_variant(designation):
        return ()
    found = {document: designation}
    for other, name in index.editions(str(undated(designation))):
        described = name.rank not in NOT_AN_EDITION and name.rank != Rank.DRAFT
        if (
            described
            and undated(other) != other
            and other.language in ("", designation.language)
            and index.status(name.iri).stage != _CANCELLED
        ):
            found.setdefault(name.iri, other)
    this, *others = _with_dates(store, found)
    others = [other for other in others if until is None or _is_out(other, until)]
    later = [(other, by) for other in others if (by := _is_later(other, this))]
    latest = [
        (edition, by)
        for edition, by in later
        if not any(_is_later(another, edition) for another, _ in later)
    ]
    # The version in the document's own language, if there is one.
    own = [pair for pair in latest if pair[0].designation.language == designation.language]
    return tuple(LaterEdition(edition.iri, by) for edition, by in own or latest)


def _is_out(edition: _Edition, day: PartialDate) -> bool:
    """Return whether an edition was out on a day, by the earliest date that sources give it."""
    dates = (*edition.issued, *edition.published) or (*_own_date(edition.designation),)
    return bool(dates) and min(date.last_day for date in dates) <= day


def _is_draft_or_variant(designation: Designation) -> bool:
    drafted = any(each.stage or each.iteration for each in designation.supplements)
    return drafted or bool(designation.stage or designation.iteration or designation.variant)


def _with_dates(store: Store, designations: dict[str, Designation]) -> Iterator[_Edition]:
    values: dict[tuple[str, str], list[str]] = {}
    properties = (_ISSUED, _PUBLISHED, _EDITION)
    for document, property_, value, _ in property_values(store, designations, properties):
        values.setdefault((document, property_), []).append(value.value)
    for document, designation in designations.items():
        issued, published = (
            tuple(filter(None, map(PartialDate.parse_lexical, values.get((document, each), ()))))
            for each in (_ISSUED, _PUBLISHED)
        )
        editions = frozenset(values.get((document, _EDITION), ()))
        yield _Edition(document, designation, issued, published, editions)


def _is_later(one: _Edition, other: _Edition) -> str:
    """Return what shows that an edition is later than another: date, version, or nothing."""
    if _release(one.designation) != _release(other.designation):
        return ""
    by_date = (
        _order_by_sources(one, other),
        _order_of_dates(_own_date(one.designation), _own_date(other.designation)),
    )
    by_version = _order(_version(one.designation.edition), _version(other.designation.edition))
    if not any((*by_date, by_version)):
        by_version = _order(_number(one.editions), _number(other.editions))
    if min(*by_date, by_version) < 0:
        return ""
    return "date" if max(by_date) > 0 else "version" if by_version > 0 else ""


def _order_by_sources(one: _Edition, other: _Edition) -> int:
    """Compare dates of issue where both have one: IEEE dates publication to the day on the web."""
    if one.issued and other.issued:
        return _order_of_dates(one.issued, other.issued)
    if one.published and other.published:
        return _order_of_dates(one.published, other.published)
    return _order_of_dates(one.issued + one.published, other.issued + other.published)


def _order_of_dates(one: Iterable[PartialDate], other: Iterable[PartialDate]) -> int:
    """Return 1 if all days that the first dates can mean are later, -1 if earlier, else 0."""
    first, second = list(one), list(other)
    if not first or not second:
        return 0
    if min(date.first_day for date in first) > max(date.last_day for date in second):
        return 1
    return -(max(date.last_day for date in first) < min(date.first_day for date in second))


def _own_date(designation: Designation) -> Iterator[PartialDate]:
    dated = designation.supplements[-1] if designation.supplements else designation
    if dated.year:
        day = designation.day if dated is designation else None
        yield PartialDate(dated.year, dated.month or 0, day or 0)


_Version = tuple[str, tuple[int, ...]]
"""The form of a version without its numbers, and the numbers."""


def _version(edition: str) -> _Version | None:
    if not edition:
        return None
    return _DIGITS.sub("#", edition).casefold(), tuple(map(int, _DIGITS.findall(edition)))


def _number(editions: frozenset[str]) -> _Version | None:
    """Return the edition number that sources give, if it is one number such as 2 or 1.1."""
    [edition] = editions if len(editions) == 1 else [""]
    if not _NUMERIC.fullmatch(edition):
        return None
    numbers = [int(number) for number in edition.split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return "#", tuple(numbers)


def _order(one: _Version | None, other: _Version | None) -> int:
    if one is None or other is None or one[0] != other[0]:
        return 0
    return (one[1] > other[1]) - (one[1] < other[1])


def _release(designation: Designation) -> int:
    """Return the release that an edition of 3GPP or ETSI belongs to; 0 if it belongs to none."""
    first = _DIGITS.search(designation.edition)
    if not first or designation.type not in ("TS", "TR"):
        return 0
    major = int(first.group())
    if isinstance(designation, ThreeGpp):
        return major
    if not isinstance(designation, Etsi) or not designation.edition.startswith("V"):
        return 0
    # Specifications of GSM and of smart cards follow the releases, too.
    return major if designation.number[:3] in _RELEASED_SERIES or major >= _FIRST_RELEASE else 0
