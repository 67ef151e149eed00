"""Find the edition that a reference names by number, or say why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.entities.editions import (
    all_editions,
    edition_numbers,
    has_date,
    latest,
    normalize_edition,
)
from kg.entities.index import Name, NameIndex
from kg.entities.index.schema import Rank
from kg.entities.match.model import Reason
from kg.identifiers import parse, undated
from kg.store import Store

_MAX_NUMBERS: Final = 2
"""Numbers that sources state for one edition, if they differ."""


@dataclass(frozen=True)
class Edition:
    """The documents that have the number of an edition, and the reason for or against them."""

    names: tuple[Name, ...]
    reason: Reason
    others: tuple[str, ...] = ()


def find_edition(
    store: Store, index: NameIndex, text: str, number: str, names: list[Name]
) -> Edition | None:
    """Return the edition of a number; None if the document isn't known in any edition.

    ``text`` is a designation or name, ``names`` what it means without the number. A year and a
    number that name different editions contradict each other; a number that no source states for
    the edition of a year can't be checked.
    """
    number = normalize_edition(number)
    if has_date(text) and names:
        return _check_edition(store, names, number)
    editions = all_editions(store, index, text)
    numbers = {name.iri: edition_numbers(store, name) for name in editions}
    # A record of several editions at once is none of them.
    found = [
        name
        for name in editions
        if number in numbers[name.iri] and len(numbers[name.iri]) <= _MAX_NUMBERS
    ]
    found = found or _consolidated(store, index, text, number)
    found = [name for name in found if name.rank != Rank.DRAFT] or found
    found = [name for name in found if not _language(name)] or found
    if found:
        return Edition(tuple(found), Reason("edition", number))
    known = [name for name in (*editions, *names) if name.rank != Rank.MENTIONED]
    if not known:
        return None
    return Edition((), Reason("no-such-edition", number), tuple(name.iri for name in known))


def find_release(index: NameIndex, text: str, release: str) -> list[Name]:
    """Return the latest version of a release, the first number of its versions (3GPP TR 21.900)."""
    designation = parse(text)
    versions = [
        (own, name)
        for own, name in (index.editions(str(undated(designation))) if designation else ())
        if re.fullmatch(rf"V{release}\.[\d.]+", own.edition) and name.rank < Rank.MENTIONED
    ]
    return latest(versions)


def _consolidated(store: Store, index: NameIndex, text: str, number: str) -> list[Name]:
    """Return the consolidated version with the number of an edition (IEC: 3.1 with AMD1)."""
    designation = parse(text)
    if designation is None or "." not in number:
        return []
    versions = {
        name.iri: name
        for name in index.find_prefix(str(undated(designation)))
        if (own := parse(name.text))
        and (own.number, own.parts) == (designation.number, designation.parts)
        and own.supplements
        and all(supplement.included for supplement in own.supplements)
        and number in edition_numbers(store, name)
    }
    return list(versions.values())


def _check_edition(store: Store, names: list[Name], number: str) -> Edition | None:
    if not names:
        return None
    numbers = {name.iri: edition_numbers(store, name) - {""} for name in names}
    found = [name for name in names if number in numbers[name.iri]]
    if found:
        return Edition(tuple(found), Reason("edition", number))
    if not any(numbers.values()):
        return Edition(tuple(names), Reason("edition-untold", number))
    stated = ", ".join(sorted(set().union(*numbers.values())))
    iris = tuple(name.iri for name in names)
    return Edition((), Reason("edition-contradicts", stated), iris)


def _language(name: Name) -> str:
    designation = parse(name.text)
    return designation.language if designation else ""
