"""The fields of a designation, and comparison of designations."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, ClassVar, Final, Self, TypeVar
from urllib.parse import quote

from kg.identifiers.text import dashed


@dataclass(frozen=True, kw_only=True)
class Supplement:
    """A supplement to a document, such as an amendment, a corrigendum or an annex.

    If ``included``, the designation means the document with the supplement consolidated (IEC's
    ``+AMD1:2012``), not the supplement itself.
    """

    kind: str
    number: str = ""
    year: int | None = None
    month: int | None = None
    stage: str = ""
    iteration: str = ""
    included: bool = False


@dataclass(frozen=True, kw_only=True)
class Designation(ABC):
    """A parsed designation; each family of bodies has a subclass. ``str`` returns the usual form.

    Fields are normalized, so that equal fields mean equal designations. ``number`` is a text that
    may have leading zeros, letters and dots; ``aliases`` are further numbers of the same document
    (ITU-T G.709/Y.1331). ``edition`` is a number or version, ``stage`` the stage of a draft and
    ``iteration`` its number, ``variant`` a form of the text such as a redline, ``volume`` a volume
    that is published separately.
    """

    publishers: tuple[str, ...]
    number: str
    type: str = ""
    parts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    year: int | None = None
    month: int | None = None
    day: int | None = None
    edition: str = ""
    stage: str = ""
    iteration: str = ""
    supplements: tuple[Supplement, ...] = ()
    language: str = ""
    variant: str = ""
    volume: str = ""

    editions_by_year: ClassVar[bool] = False
    """Whether the body identifies editions by year and rarely by number."""
    parts_form_series: ClassVar[bool] = False
    """Whether ``parts`` are parts of a standard, all of which are cited by the number alone."""
    number_means_edition: ClassVar[bool] = False
    """Whether each edition has a number of its own, as an RFC and a document of OGC have."""

    volumes_of_editions: ClassVar[bool] = False
    """Whether a volume is one of an edition, so that it is left out with the edition."""

    @abstractmethod
    def __str__(self) -> str:
        """Return the usual form."""

    @property
    def key(self) -> tuple[object, ...]:
        """A hashable key that ignores case."""
        return (type(self).__name__, *(_folded(getattr(self, f.name)) for f in fields(self)))

    @property
    def own_year(self) -> int | None:
        """The year of the document itself: that of a supplement, not of what it supplements."""
        supplements = [each for each in self.supplements if not each.included]
        return supplements[-1].year if supplements else self.year

    @property
    def owner(self) -> tuple[str, ...]:
        """The first segments of the path in an IRI: publishers, and stage and type."""
        kind = " ".join(filter(None, (self.stage, self.type)))
        return ("-".join(self.publishers), *filter(None, (kind,)))

    @property
    def core(self) -> str:
        """The segment of the path with the number and date, escaped."""
        numbers = "-".join([segment(self.number), *map(segment, self.parts)])
        return numbers + dashed(self.year, self.month, self.day)

    def path(self) -> Iterator[str]:
        """Yield the segments of the path in an IRI, escaped; unique to the designation."""
        yield from map(_owner_segment, self.owner)
        yield self.core
        # A number or part can look like a year (in ISO 10303-1999 it is a part).
        if not self.year and _LOOKS_DATED.search(self.core):
            yield "undated"
        for name in _IN_PATH:
            value = getattr(self, name)
            if value:
                yield from (name, segment("/".join(value) if name == "aliases" else value))
        for supplement in self.supplements:
            yield segment(supplement.kind + "+" * supplement.included)
            # Numbers never look like kinds, so a missing one is unambiguous.
            yield from filter(None, (_supplement_segment(supplement),))

    def undated(self) -> Self:
        """Return the designation without its edition, or without its last supplement's date."""
        if self.supplements:
            *others, last = self.supplements
            bare = changed(last, year=None, month=None)
            return changed(self, supplements=(*others, bare))
        if not (self.year or self.month or self.day or self.edition):
            return self
        return changed(self, year=None, month=None, day=None, edition="")

    def shares_publishers(self, other: Designation) -> bool:
        """Return whether both have the same publishers."""
        return set(self.publishers) == set(other.publishers)


S = TypeVar("S", bound="Designation | Supplement")


def changed(original: S, **fields_: Any) -> S:
    """Return a copy with some fields changed, three times as fast as ``dataclasses.replace``.

    >>> changed(Supplement(kind="Amd", year=2012), year=None) == Supplement(kind="Amd")
    True
    """
    # No subclass has slots or a __post_init__.
    copy = object.__new__(type(original))
    vars(copy).update(vars(original), **fields_)
    return copy


def same(first: Designation, second: Designation) -> bool:
    """Return whether two designations can mean the same document.

    A missing date, edition or language matches any. So does a missing partner of ISO or IEC, since
    partners share their numbers (``ISO 27001``, ``ISO/IEC 27001``). Type, parts, stage and
    supplements must be equal. Not transitive: an undated designation is the same as each of its
    editions.
    """
    return (
        type(first) is type(second)
        and first.shares_publishers(second)
        and _same_number(first, second)
        and all(_folded(getattr(first, f)) == _folded(getattr(second, f)) for f in _STRICT)
        and _same_volume(first, second)
        and all(_agree(getattr(first, f), getattr(second, f)) for f in _LOOSE)
        and len(first.supplements) == len(second.supplements)
        and all(map(_same_supplement, first.supplements, second.supplements))
    )


def fits(wanted: Designation, candidate: Designation) -> bool:
    """Return whether a document satisfies a reference.

    Like :func:`same`, but the candidate must be at least as specific: ``ISO 9001`` doesn't satisfy
    ``ISO 9001:2015``. A document without a language exists in all its languages. If a body
    identifies editions by year, an edition number can't be checked, and every year fits.
    """
    by_year = wanted.editions_by_year
    return (
        same(wanted, candidate)
        and set(wanted.publishers) <= set(candidate.publishers)
        and all(
            getattr(candidate, f) or not getattr(wanted, f)
            for f in _LOOSE
            if f != "language" and not (by_year and f == "edition")
        )
        and all(
            theirs.year or not own.year
            for own, theirs in zip(wanted.supplements, candidate.supplements, strict=True)
        )
    )


_PLAIN: Final = re.compile(r"[A-Za-z0-9 .~-]*")
"""Texts without characters to escape: the majority."""
_IN_PATH: Final = ("aliases", "volume", "iteration", "edition", "variant", "language")
_LOOKS_DATED: Final = re.compile(r"-\d{4}(-\d\d){0,2}$")
_STRICT = ("type", "parts", "stage", "iteration", "variant")
_LOOSE = ("year", "month", "day", "edition", "language")


def _agree(first: object, second: object) -> bool:
    return not first or not second or _folded(first) == _folded(second)


def _same_volume(first: Designation, second: Designation) -> bool:
    if first.volumes_of_editions and not (first.volume and second.volume):
        return True
    return bool(_folded(first.volume) == _folded(second.volume))


def _same_number(first: Designation, second: Designation) -> bool:
    first_numbers = {_folded(number) for number in (first.number, *first.aliases)}
    second_numbers = {_folded(number) for number in (second.number, *second.aliases)}
    return first_numbers <= second_numbers or second_numbers <= first_numbers


def _same_supplement(first: Supplement, second: Supplement) -> bool:
    bare = [replace(s, year=None, month=None) for s in (first, second)]
    return (
        bare[0] == bare[1] and _agree(first.year, second.year) and _agree(first.month, second.month)
    )


def _supplement_segment(supplement: Supplement) -> str:
    # No number has a tilde, so a draft can't be mistaken for a date.
    drafted = supplement.stage or supplement.iteration
    draft = f"~{segment(supplement.stage)}~{segment(supplement.iteration)}" if drafted else ""
    return segment(supplement.number) + dashed(supplement.year, supplement.month) + draft


def _folded(value: object) -> object:
    if isinstance(value, str):
        return value.casefold()
    if isinstance(value, tuple):
        return tuple(_folded(each) for each in value)
    return value


def segment(text: str) -> str:
    """Return a path segment: lower case, ASCII, and unique to the text regardless of case.

    >>> segment("GB/T"), segment("Cor 1"), segment("国市监")
    ('gb%2Ft', 'cor_1', '%E5%9B%BD%E5%B8%82%E7%9B%91')
    """
    if _PLAIN.fullmatch(text):
        return text.lower().replace(" ", "_")
    return quote(text.casefold(), safe=" ").replace("_", "%5F").replace(" ", "_")


_owner_segment = lru_cache(maxsize=4096)(segment)
"""Owners are few, unlike numbers."""
