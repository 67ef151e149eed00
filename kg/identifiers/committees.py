"""References to committees: ``ISO/IEC JTC 1/SC 27``, ``TC 57`` of IEC, ``ITU-T Study Group 15``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.identifiers.model import segment
from kg.identifiers.text import clean

_KINDS: Final = "TC|PC|JTC|JPC|JSYC|SYC|SC|WG|TA|AG|SEG|SMB|SG|JWG|CAG"
_SPELLED: Final = {"JSYC": "JSyC", "SYC": "SyC"}
_LEVEL: Final = re.compile(rf"({_KINDS})[ -]?([A-Z]*\d*[A-Z]*(?:\.\d+)?)", re.I)
_OWNERS: Final = re.compile(
    r"((?:ISO|IEC|CISPR|ITU-[TRD]|OIML)(?:/(?:ISO|IEC|CISPR))*)(?:[/ ]|$)", re.I
)
_STUDY_GROUP: Final = re.compile(r"(ITU-[TRD]) Study Group (\d+)", re.I)
_SUBCOMMITTEE: Final = re.compile(r"CISPR/([A-Z])", re.I)
_ORDER: Final = ("ISO", "IEC", "CISPR")
_BOARDS: Final = {
    "TMB": "TMB",
    "TMBG": "TMB",
    "CASCO": "CASCO",
    "COPOLCO": "COPOLCO",
    "DEVCO": "DEVCO",
    "REMCO": "REMCO",
    "TSAG": "TSAG",
}
"""Boards that have a name and no number; ISO's documents call the board TMB also TMBG."""


@dataclass(frozen=True)
class Committee:
    """A committee by its owners and the levels that lead down to it; ``str`` prints its form.

    ``levels``: kind and number of each, such as ``(("JTC", "1"), ("SC", "27"))``; the number of a
    board is empty.
    """

    owners: tuple[str, ...]
    levels: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        levels = "/".join(f"{kind} {number}".strip() for kind, number in self.levels)
        # ISO puts a slash behind its own name and a space behind two names.
        return "/".join(self.owners) + (" " if len(self.owners) > 1 else "/") + levels

    @property
    def parent(self) -> Committee | None:
        """The committee above; None under the body itself."""
        return Committee(self.owners, self.levels[:-1]) if len(self.levels) > 1 else None

    def path(self) -> Iterator[str]:
        """The segments of its path in an IRI."""
        yield segment("-".join(self.owners))
        for kind, number in self.levels:
            yield segment(kind)
            if number:
                yield segment(number)


def parse(text: str, owner: str = "") -> Committee | None:
    """Read a reference to a committee; None for what is none.

    ``owner``: the body whose committee it is where the text leaves it out (``TC 57`` of IEC).
    Two owners stand in one order, whoever comes first in the text.

    >>> print(parse("IEC/ISO JTC 3"), parse("ISO/TC 8/SC 3"), parse("TC 57", "IEC"))
    ISO/IEC JTC 3 ISO/TC 8/SC 3 IEC/TC 57
    >>> "/".join(parse("ISO/IEC JTC 1/SC 27").path()), parse("Medical devices") is None
    ('iso-iec/jtc/1/sc/27', True)
    """
    cleaned = clean(text)
    if found := _STUDY_GROUP.fullmatch(cleaned):
        return Committee((found[1].upper(),), (("SG", found[2]),))
    if found := _SUBCOMMITTEE.fullmatch(cleaned):
        return Committee(("CISPR",), (("SC", found[1].upper()),))
    owners: tuple[str, ...] = (owner,) if owner else ()
    if found := _OWNERS.match(cleaned):
        owners, cleaned = tuple(found[1].upper().split("/")), cleaned[found.end() :]
    if not owners or not cleaned:
        return None
    board = _BOARDS.get(cleaned.upper())
    if board:
        return Committee(_ordered(owners), ((board, ""),))
    levels = []
    for part in cleaned.split("/"):
        level = _LEVEL.fullmatch(part.strip())
        if level is None:
            return _systems_committee(owners, cleaned)
        levels.append((_spelled(level[1]), level[2].upper()))
    return Committee(_ordered(owners), tuple(levels))


def _systems_committee(owners: tuple[str, ...], text: str) -> Committee | None:
    """Committees with a name for a number: ``JSyC BDC``, ``SyC AAL``, ``SMB``."""
    found = re.fullmatch(r"(JSyC|SyC) ([\w &-]+)", text, re.I)
    return Committee(_ordered(owners), ((_spelled(found[1]), found[2]),)) if found else None


def _spelled(kind: str) -> str:
    return _SPELLED.get(kind.upper(), kind.upper())


def _ordered(owners: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(owners), key=lambda o: (*_ORDER, o).index(o)))
