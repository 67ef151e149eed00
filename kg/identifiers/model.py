"""What a designation says, field by field, and when two of them mean the same."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Final, Self, TypeVar
from urllib.parse import quote

from kg.identifiers.text import dashed


@dataclass(frozen=True, kw_only=True)
class Supplement:
    """What is published to a document and named after it: an amendment, a corrigendum, an annex.

    ``included`` says that the designation is that of the document with the supplement worked in
    (IEC's consolidated versions, ``+AMD1:2012``), and not that of the supplement.
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
    """A parsed designation; each family of bodies has its subclass, and ``str`` prints its form.

    Texts that a body writes in one way are kept in that way, so that equal fields mean one
    designation. ``number`` is a text: leading zeros, letters and points belong to it. A document
    with several numbers (ITU-T G.709/Y.1331) has the others in ``aliases``.
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

    editions_are_counted: ClassVar[bool] = False
    """Whether the body names editions by year, and their number stands only in other forms."""

    @abstractmethod
    def __str__(self) -> str:
        """Print the canonical form."""

    @property
    def key(self) -> tuple[object, ...]:
        """What tells designations apart whatever the case of their letters; for dictionaries."""
        return (type(self).__name__, *(_folded(getattr(self, f.name)) for f in fields(self)))

    @property
    def owner(self) -> tuple[str, ...]:
        """The first segments of the path in an IRI: who publishes, and what kind of document."""
        kind = " ".join(filter(None, (self.stage, self.type)))
        return ("-".join(self.publishers), *filter(None, (kind,)))

    @property
    def core(self) -> str:
        """The segment of the path that carries the number, escaped."""
        numbers = "-".join([segment(self.number), *map(segment, self.parts)])
        return numbers + dashed(self.year, self.month, self.day)

    def path(self) -> Iterator[str]:
        """The segments of the path in an IRI, escaped; different designations differ in them."""
        yield from map(segment, self.owner)
        yield self.core
        # A number or part can look like a year (ISO 10303-1999 has a part for it).
        if not self.year and _LIKE_A_DATE.search(self.core):
            yield "undated"
        for name in ("aliases", "iteration", "edition", "variant", "language"):
            value = getattr(self, name)
            if value:
                yield from (name, segment("/".join(value) if name == "aliases" else value))
        for supplement in self.supplements:
            yield segment(supplement.kind + "+" * supplement.included)
            # No number is a kind, so that one may be missing.
            yield from filter(None, (_numbered(supplement),))

    def undated(self) -> Self:
        """The same document without the edition; of a supplement, without the supplement's."""
        if self.supplements:
            *others, last = self.supplements
            bare = changed(last, year=None, month=None)
            return changed(self, supplements=(*others, bare))
        if not (self.year or self.month or self.day or self.edition):
            return self
        return changed(self, year=None, month=None, day=None, edition="")

    def belongs(self, other: Designation) -> bool:
        """Whether the two can be of the same publishers."""
        return set(self.publishers) == set(other.publishers)


S = TypeVar("S", bound="Designation | Supplement")


def changed(said: S, **fields_: Any) -> S:
    """A designation or supplement with other fields; ``dataclasses.replace`` takes thrice the time.

    >>> changed(Supplement(kind="Amd", year=2012), year=None) == Supplement(kind="Amd")
    True
    """
    # No subclass has slots, or does anything when it is made.
    other = object.__new__(type(said))
    vars(other).update(vars(said), **fields_)
    return other


def same(one: Designation, other: Designation) -> bool:
    """Whether two designations can mean the same document: nothing that both say differs.

    A date, edition or language that one of them leaves out fits any; so does a partner of ISO or
    IEC, since they share their numbers (``ISO 27001``, ``ISO/IEC 27001``). Type, part, stage and
    supplement must be the same. Not transitive: an undated designation is the same as each of its
    editions.
    """
    return (
        type(one) is type(other)
        and one.belongs(other)
        and _same_number(one, other)
        and all(_folded(getattr(one, f)) == _folded(getattr(other, f)) for f in _STRICT)
        and all(_agree(getattr(one, f), getattr(other, f)) for f in _LOOSE)
        and len(one.supplements) == len(other.supplements)
        and all(map(_same_supplement, one.supplements, other.supplements))
    )


def fits(asked: Designation, held: Designation) -> bool:
    """Whether someone who asks for the one is right with the other.

    As :func:`same`, but the answer must say all that the question says: who asks for
    ``ISO 9001:2015`` is not right with ``ISO 9001``. A document of no language is there in all of
    its languages. Where a body names its editions by year, an edition asked for by its number can't
    be checked, and every year fits.
    """
    counted = asked.editions_are_counted
    return (
        same(asked, held)
        and set(asked.publishers) <= set(held.publishers)
        and all(
            getattr(held, f) or not getattr(asked, f)
            for f in _LOOSE
            if f != "language" and not (counted and f == "edition")
        )
        and all(
            h.year or not a.year for a, h in zip(asked.supplements, held.supplements, strict=True)
        )
    )


_PLAIN: Final = re.compile(r"[A-Za-z0-9 .~-]*")
"""Texts that have nothing to be escaped; most are."""
_LIKE_A_DATE: Final = re.compile(r"-\d{4}(-\d\d){0,2}$")
_STRICT = ("type", "parts", "stage", "iteration", "variant")
_LOOSE = ("year", "month", "day", "edition", "language")


def _agree(one: object, other: object) -> bool:
    return not one or not other or _folded(one) == _folded(other)


def _same_number(one: Designation, other: Designation) -> bool:
    first = {_folded(number) for number in (one.number, *one.aliases)}
    second = {_folded(number) for number in (other.number, *other.aliases)}
    return first <= second or second <= first


def _same_supplement(one: Supplement, other: Supplement) -> bool:
    bare = [replace(s, year=None, month=None) for s in (one, other)]
    return bare[0] == bare[1] and _agree(one.year, other.year) and _agree(one.month, other.month)


def _numbered(supplement: Supplement) -> str:
    # A draft stands behind a sign that no number holds, so that it passes for no date.
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
    """One segment of a path: lower case, ASCII, and different for different texts.

    >>> segment("GB/T"), segment("Cor 1"), segment("国市监")
    ('gb%2Ft', 'cor_1', '%E5%9B%BD%E5%B8%82%E7%9B%91')
    """
    if _PLAIN.fullmatch(text):
        return text.lower().replace(" ", "_")
    return quote(text.casefold(), safe=" ").replace("_", "%5F").replace(" ", "_")
