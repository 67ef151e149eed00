"""Editions of a document by number, and the editions that an undated reference can mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.namespaces import iri
from kg.entities.index import Name, NameIndex
from kg.entities.index.designation_keys import edition_order
from kg.entities.index.schema import NOT_AN_EDITION, Rank
from kg.store import Store

if TYPE_CHECKING:
    from kg.identifiers.model import Designation

_EDITION_OF: Final = "SELECT DISTINCT ?document ?edition WHERE { ?document std:edition ?edition }"
_EDITIONS_OF: Final = "SELECT DISTINCT ?work ?edition WHERE { ?edition std:editionOf ?work }"
_WORK: Final = iri("std:Work")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*")
_DECIMAL: Final = re.compile(r"\bed(?:ition)?[. -]*(\d+\.\d+)", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<=[\W_])(?<![ .])(?:18|19|20)\d\d")
_SUPPLEMENT_TITLE: Final = re.compile(
    r"\b(?:amendment|corrigend(?:um|a)|errat(?:um|a)|amendement|rectificatif)\b", re.IGNORECASE
)


def asked_edition(text: str) -> str:
    """Return the number of the edition that a designation names beside or instead of a year.

    Empty for other texts, and for bodies whose designations differ by edition.

    >>> asked_edition("ISO/IEC 27001 Ed. 1"), asked_edition("ETSI EN 300 328 V2.2.2")
    ('1', '')
    """
    # Importing the grammars takes a quarter of a command's start-up.
    if "ed" not in text.casefold():
        return ""
    from kg.identifiers import parse

    designation = parse(text)
    if designation is None or not designation.editions_by_year:
        return ""
    # Editions with decimals are consolidated versions, which designations tell by supplements.
    decimal = _DECIMAL.search(text) if designation.edition else None
    return decimal[1] if decimal else designation.edition


def edition_numbers(store: Store, name: Name) -> set[str]:
    """Return the numbers of an edition: those that sources state, and that of its designation."""
    from kg.identifiers import parse

    rows = store.select(_EDITION_OF, {"document": ox.NamedNode(name.iri)}).rows
    numbers = {normalize_edition(value.value) for _, value in rows if isinstance(value, ox.Literal)}
    designation = parse(name.text)
    if designation and designation.edition:
        numbers.add(normalize_edition(designation.edition))
    return numbers - {""}


def normalize_edition(text: str) -> str:
    """Return the number of an edition without letters, leading zeros and a final ``.0``.

    >>> normalize_edition("V02"), normalize_edition("ed.1"), normalize_edition("2.0")
    ('2', '1', '2')
    """
    match = _NUMBER.search(text)
    if not match:
        return ""
    numbers = [number.lstrip("0") or "0" for number in match.group().split(".")]
    return numbers[0] if numbers[1:] == ["0"] else ".".join(numbers)


def all_editions(
    store: Store, index: NameIndex, text: str, kinds: Collection[int] | None = None
) -> list[Name]:
    """Return the described editions of the document of a designation or name, latest first.

    A date or edition in the text is ignored, except for that of a supplement's base document.
    """
    from kg.identifiers import parse, undated

    designation = parse(text)
    pairs = index.editions(str(undated(designation)), kinds) if designation else []
    names = [name for _, name in pairs]
    works = [name.iri for name in index.find_same(text, kinds) if not name.is_title]
    works += [name.iri for name in names if name.rank in NOT_AN_EDITION]
    known = {name.iri for name in names}
    for edition in editions_of(store, works):
        if edition not in known:
            names += first_name(index, edition)
    return [name for name in names if name.rank not in NOT_AN_EDITION]


def editions_of(store: Store, works: Iterable[str]) -> list[str]:
    """Return the IRIs of the editions that a source states for works (IRIs)."""
    found: dict[str, None] = {}
    for work in dict.fromkeys(works):
        rows = store.select(_EDITIONS_OF, {"work": ox.NamedNode(work)}).rows
        found.update((node.value, None) for _, node in rows if isinstance(node, ox.NamedNode))
    return sorted(found)


def current_edition(store: Store, index: NameIndex, work: str) -> list[Name]:
    """Return the last current edition that a source states for a work (IRI), or an empty list.

    Editions are compared by the date of their designation, or else by the number of the edition.
    """
    from kg.identifiers import parse

    names = [name for each in editions_of(store, [work]) for name in first_name(index, each)]
    orders: dict[str, tuple[str, tuple[int, ...], tuple[int, ...]]] = {}
    for name in names:
        if name.rank == Rank.CURRENT:
            designation = parse(name.text)
            numbers = [tuple(map(int, each.split("."))) for each in edition_numbers(store, name)]
            date, edition = edition_order(designation) if designation else ("", ())
            orders[name.iri] = date, max(numbers, default=()), edition
    last = max(orders.values(), default=None)
    late = [name for name in names if name.iri in orders and orders[name.iri] == last]
    return late if len(late) == 1 else []


def first_name(index: NameIndex, entity: str) -> list[Name]:
    """Return the label of an entity as a list of one name; empty without a name."""
    names = index.names_of(entity)
    if not names:
        return []
    return [name for name in index.find_same(names[0]) if name.iri == entity and not name.is_title][
        :1
    ]


def is_undated(text: str) -> bool:
    """Return whether a text is a designation without a date, or of a supplement without its own."""
    from kg.identifiers import parse, undated

    designation = parse(text)
    return designation is not None and undated(designation) == designation


def has_date(text: str) -> bool:
    """Return whether a text is a designation with a date or version, beside an edition number."""
    from kg.identifiers import parse, undated
    from kg.identifiers.model import changed

    designation = parse(text)
    if designation is None:
        return False
    bare = changed(designation, edition="") if designation.editions_by_year else designation
    return undated(bare) != bare


def may_be_undated(text: str) -> bool:
    """Return whether a name has digits and no year, so that it can be an undated designation."""
    return any(char.isdigit() for char in text) and not _YEAR.search(text)


def dated_editions(
    index: NameIndex, text: str, kinds: Collection[int] | None = None
) -> list[tuple[Designation, Name]]:
    """Return the published editions of an undated designation, in the order of an index.

    Leaves out drafts, and documents of exactly the undated name: records that lack their date.
    """
    from kg.identifiers import undated

    return [
        (designation, name)
        for designation, name in index.editions(text, kinds)
        if name.rank in (Rank.CURRENT, Rank.OBSOLETE) and undated(designation) != designation
    ]


def is_work(index: NameIndex, name: Name) -> bool:
    """Return whether an entity is a document without regard to its editions."""
    return _WORK in index.kind_sets[name.kind].every


def is_misnamed(index: NameIndex, designation: Designation, name: Name) -> bool:
    """Return whether a document without a date is a supplement by its titles, but not its name."""
    from kg.identifiers import undated
    from kg.identifiers.bodies.ogc import Ogc

    if designation.supplements or designation.stage or undated(designation) != designation:
        return False
    if isinstance(designation, Ogc) or designation.number[-1:].isalpha():
        # OGC gives corrigenda numbers of their own, IEEE names amendments by a letter.
        return False
    titles = [title for _, title in index.titles(name.iri)]
    return bool(titles) and all(map(_SUPPLEMENT_TITLE.search, titles))


def latest_labels(names: Iterable[Name]) -> list[Name]:
    """Return the labels of the latest editions among those of one document, all if undated."""
    from kg.identifiers import parse

    orders = {name: edition_order(own) for name in names if (own := parse(name.text))}
    last = max(orders.values(), default=None)
    return [name for name in names if orders.get(name) == last]


def latest(editions: list[tuple[Designation, Name]], text: str = "") -> list[Name]:
    """Return the edition later than all others as a list of one, or all that are equally late.

    Of versions in several languages, the one in the language of a designation counts, or else the
    one for all languages.
    """
    from kg.identifiers import parse

    if not editions:
        return []
    last = max(edition_order(designation) for designation, _ in editions)
    late = [pair for pair in editions if edition_order(pair[0]) == last]
    wanted = parse(text)
    for language in (wanted.language if wanted else "", ""):
        late = [pair for pair in late if pair[0].language == language] or late
    return [name for _, name in late]
