"""Parse references to committees: ``ISO/IEC JTC 1/SC 27``, ``ITU-T Study Group 15``."""

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
    r"((?:ISO|IEC|CISPR|ITU-[TRD]|OIML|SAC)(?:/(?:ISO|IEC|CISPR))*)(?:[/ ]|$)", re.I
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
"""Boards with a name instead of a number; TMBG is another abbreviation for ISO's TMB."""


@dataclass(frozen=True)
class Committee:
    """A committee: its owners, and its levels from the top; ``str`` returns the usual form.

    ``levels`` are pairs of kind and number, such as ``(("JTC", "1"), ("SC", "27"))``; the number of
    a board is empty.
    """

    owners: tuple[str, ...]
    levels: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        levels = "/".join(f"{kind} {number}".strip() for kind, number in self.levels)
        # A single owner is followed by a slash, several by a space.
        return "/".join(self.owners) + (" " if len(self.owners) > 1 else "/") + levels

    @property
    def parent(self) -> Committee | None:
        """The parent committee; None for a committee directly under its owner."""
        return Committee(self.owners, self.levels[:-1]) if len(self.levels) > 1 else None

    def path(self) -> Iterator[str]:
        """Yield the segments of its path in an IRI."""
        yield segment("-".join(self.owners))
        for kind, number in self.levels:
            yield segment(kind)
            if number:
                yield segment(number)


def parse(text: str, owner: str = "") -> Committee | None:
    """Parse a reference to a committee; None if the text isn't one.

    ``owner`` is the default if the text names none (``TC 57`` of IEC). Several owners are put in a
    fixed order.

    >>> print(parse("IEC/ISO JTC 3"), parse("ISO/TC 8/SC 3"), parse("TC 57", "IEC"))
    ISO/IEC JTC 3 ISO/TC 8/SC 3 IEC/TC 57
    >>> "/".join(parse("ISO/IEC JTC 1/SC 27").path()), parse("Medical devices") is None
    ('iso-iec/jtc/1/sc/27', True)
    """
    cleaned = clean(text)
    if match := _STUDY_GROUP.fullmatch(cleaned):
        return Committee((match[1].upper(),), (("SG", match[2]),))
    if match := _SUBCOMMITTEE.fullmatch(cleaned):
        return Committee(("CISPR",), (("SC", match[1].upper()),))
    owners: tuple[str, ...] = (owner,) if owner else ()
    if match := _OWNERS.match(cleaned):
        owners, cleaned = tuple(match[1].upper().split("/")), cleaned[match.end() :]
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
    """Parse a committee with a name instead of a number: ``JSyC BDC``, ``SyC AAL``."""
    match = re.fullmatch(r"(JSyC|SyC) ([\w &-]+)", text, re.I)
    return Committee(_ordered(owners), ((_spelled(match[1]), match[2]),)) if match else None


def _spelled(kind: str) -> str:
    return _SPELLED.get(kind.upper(), kind.upper())


def _ordered(owners: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(owners), key=lambda o: (*_ORDER, o).index(o)))
