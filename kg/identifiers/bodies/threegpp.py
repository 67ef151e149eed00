"""Parse specifications and reports of 3GPP (3GPP TR 21.900): ``3GPP TS 23.501 V17.7.0``."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation
from kg.identifiers.text import number

LEADS: Final[tuple[str, ...]] = ("3GPP",)
EXAMPLES: Final = (
    "3GPP TS 23.501",
    "3GPP TS 24.008 V8.6.0",
    "3GPP TS 38.101-1 V17.5.0 (2022-03)",
    "3GPP TR 23.888 V1.1.1",
    "3GPP TS 23.501 Release 17",
)

_RELEASE: Final = r"(?:REL(?:EASE)?[ -]?\d{1,2}|R(?:EL-)?9[6-9]|PH[12](?:-DCS)?)"
_VERSION: Final = r"\d{1,2}\.\d{1,2}\.\d{1,2}"
_FORM: Final = Grammar(
    rf"""
    3GPP[ ](?P<type>TS|TR)[ ]?
    (?P<number>\d\d\.\d{{2,3}}[A-Z]{{0,3}})(?P<parts>(?:-[A-Z\d]{{1,3}}){{0,2}})
    (?:
        :(?P<relaton>{_RELEASE})/(?P<theirs>{_VERSION})
      | [, ]{{1,2}}(?:V(?:ERSION[ ]|\.)?[ ]?)?(?P<version>{_VERSION})
        (?:[, ]{{1,2}}\(?(?P<after>{_RELEASE})\)?)?
      | [, ]{{1,2}}\(?(?P<alone>{_RELEASE})\)?
    )?
    (?:[ ]\((?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])\))?
    """
)
_EARLY: Final = {"3": "99"}
_GSM: Final = {"3": "PH1", "4": "PH2", "5": "96", "6": "97", "7": "98", "8": "99"}
_FIRST_3G_SERIES: Final = 21
_DRAFTS: Final = ("0", "1", "2")
"""First numbers of the versions of drafts, which are the same in all releases."""


class ThreeGpp(Designation):
    """A specification of 3GPP; ``edition`` is its version (``V8.6.0``) or release (``Rel-17``).

    The first number of a version under change control is its release, so a release beside a
    version is dropped.
    """

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        text = f"3GPP {self.type} {'-'.join((self.number, *self.parts))}"
        if self.edition:
            text += f" {self.edition.replace('Rel-', 'Release ')}"
        return text + (f" ({self.year}-{self.month:02})" if self.year else "")


def parse(text: str) -> ThreeGpp | None:
    """Parse a cleaned text; None if it isn't a specification of 3GPP.

    ``3GPP`` is required, since ETSI and ISO have the same types. A version contradicting its
    release (version 8.6.0, Release 9) is refused.
    """
    match = _FORM.fullmatch(text)
    if not match:
        return None
    version = match["version"] or match["theirs"] or ""
    release = _release(match["after"] or match["relaton"] or match["alone"] or "")
    if version and release and not _agree(match["number"], version, release):
        return None
    if version:
        edition = f"V{version}" + (" (PH1-DCS)" if release == "PH1-DCS" else "")
    else:
        edition = f"Rel-{release}" if release else ""
    return ThreeGpp(
        publishers=("3GPP",),
        type=match["type"].upper(),
        number=match["number"].upper(),
        parts=tuple(match["parts"].upper().split("-")[1:]),
        edition=edition,
        year=number(match["year"]),
        month=number(match["month"]),
    )


def _release(text: str) -> str:
    """Return a release without its word: ``17``, ``99`` (Release 1999), ``PH2``."""
    bare = re.sub(r"^R(?:EL(?:EASE)?)?[ -]?", "", text.upper())
    return bare.lstrip("0") if bare.isdigit() else bare


def _agree(number_: str, version: str, release: str) -> bool:
    first = version.split(".", maxsplit=1)[0]
    if first in _DRAFTS:
        return True
    gsm = int(number_[:2]) < _FIRST_3G_SERIES
    if gsm and first in _GSM:
        return release.removesuffix("-DCS") == _GSM[first]
    return release == _EARLY.get(first, first)
