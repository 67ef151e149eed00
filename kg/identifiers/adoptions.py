"""Find which document a standard adopts: as stated beside its designation, or by convention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from kg.identifiers import codes, mentions, parse
from kg.identifiers.bodies import european
from kg.identifiers.bodies.american import American
from kg.identifiers.bodies.canadian import Canadian
from kg.identifiers.bodies.european import European
from kg.identifiers.bodies.gost import Gost
from kg.identifiers.bodies.jis import Jis
from kg.identifiers.bodies.korean import Korean
from kg.identifiers.bodies.national import National
from kg.identifiers.model import Designation
from kg.identifiers.text import LONGEST, clean

Degree = Literal["IDT", "MOD", "NEQ", ""]
Basis = Literal["stated", "convention"]

_IEC_NUMBERS: Final = range(60000, 70000)
"""Numbers that CENELEC and JIS C give only to adoptions of the IEC document of the same number."""
_CISPR_NUMBERS: Final = range(55011, 55037)
"""Numbers of CENELEC's adoptions of CISPR 11 to 36."""


@dataclass(frozen=True)
class Adoption:
    """The adoption of a document.

    ``degree`` is IDT (identical), MOD (modified) or NEQ (not equivalent; ISO/IEC Guide 21-1), or
    empty if it isn't told. ``basis`` is ``stated`` if the text names the original, or
    ``convention`` if the designation repeats the original's number.
    """

    original: Designation
    degree: Degree
    basis: Basis


def adoption(subject: str | Designation) -> Adoption | None:
    """Return which document a standard adopts; None if nothing says so.

    A text can state it: by a dual number, by a degree and the original's designation, or by the
    original in parentheses. Otherwise the conventions of the bodies hold: ``EN ISO`` adopts ISO,
    ``BS EN ISO`` adopts ``EN ISO``. By convention the original has no year, since the year is that
    of the adoption (EN ISO 14971:2012 adopts ISO 14971:2007), and no degree. Drafts and separate
    amendments are not concluded from a convention, and Chinese numbers follow none.

    >>> found = adoption("GB/T 19001-2016 idt ISO 9001:2015")
    >>> print(found.original, found.degree, found.basis)
    ISO 9001:2015 IDT stated
    >>> print(adoption("BS EN ISO 9001:2015").original, adoption("GB/T 19001-2016"))
    EN ISO 9001 None
    """
    if isinstance(subject, Designation):
        return _by_convention(subject)
    mention = mentions.split(clean(subject)) if len(subject) <= LONGEST else None
    if mention:
        adopting, original = parse(mention.adopting), parse(mention.original)
        if adopting is not None and original is not None and adopting != original:
            degree: Any = mention.degree
            return Adoption(original, degree, "stated")
        return None
    designation = parse(subject)
    return _by_convention(designation) if designation else None


def _by_convention(d: Designation) -> Adoption | None:
    if d.stage or not all(each.included for each in d.supplements):
        return None
    original = _original(d)
    found = parse(original) if original else None
    return Adoption(found, "", "convention") if found else None


def _original(d: Designation) -> str:
    """Write the designation of the original, without a year; empty if it adopts none."""
    number = "-".join((d.number, *d.parts))
    if isinstance(d, European):
        _, *publishers = d.publishers
        return _numbered(publishers, d.type, number) or _of_cenelec(d)
    if isinstance(d, National | Gost):
        _, *publishers = d.publishers
        if publishers and publishers[0] in european.CODES:
            return _european(publishers, d.type, number)
        return _numbered(publishers, d.type, number)
    if isinstance(d, Korean):
        _, *publishers = d.publishers
        return _numbered(publishers, d.type.partition(" ")[2], number)
    if isinstance(d, American | Canadian):
        publishers = [name for name in d.publishers if name in ("ISO", "IEC", "CISPR")]
        return _numbered(publishers, "", number)
    return _of_jis(d) if isinstance(d, Jis) else ""


def _numbered(publishers: list[str], kind: str, number: str) -> str:
    """Write an international designation; empty if the publishers are none of its own."""
    international = [name for name in publishers if name not in european.CODES]
    if not international:
        return ""
    return f"{'/'.join(international)} {kind} {number}".replace("  ", " ")


def _european(publishers: list[str], kind: str, number: str) -> str:
    own = "/".join(name for name in publishers if name in european.CODES)
    others = "/".join(name for name in publishers if name not in european.CODES)
    head = f"{own} {others}".strip() + (f"/{kind}" if kind else "")
    return f"{head} {number}"


def _of_cenelec(d: European) -> str:
    """Write the document of IEC or CISPR that CENELEC's number repeats; empty for its own."""
    if d.publishers[0] not in ("EN", "HD") or not d.number.isdigit():
        return ""
    number = int(d.number)
    if number in _IEC_NUMBERS:
        return "-".join((f"IEC {number}", *d.parts))
    if number in _CISPR_NUMBERS and d.publishers[0] == "EN":
        return "-".join((f"CISPR {number - 55000}", *d.parts))
    return ""


def _of_jis(d: Jis) -> str:
    """Write the document whose number JIS repeats; empty unless the list of such numbers has it."""
    if d.type:
        return ""
    division, number = d.number[0], d.number[1:]
    lists = codes.read("jis")
    if "-".join((number, *d.parts)) in lists["own"].get(division, ()):
        return ""
    listed = lists["adopted"].get(division, {})
    publishers = next((by for by, numbers in listed.items() if number in numbers), "")
    if not publishers and division == "C" and int(number) in _IEC_NUMBERS:
        publishers = "IEC"
    return "-".join((f"{publishers} {number}", *d.parts)) if publishers else ""
