"""Parse publications of the IHO and IALA: ``IHO S-57``, ``IALA R1001``."""

from __future__ import annotations

from typing import ClassVar, Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation

LEADS: Final[tuple[str, ...]] = ("IHO", "IALA")
EXAMPLES: Final = (
    "IHO S-57",
    "IHO S-100 5.2.0",
    "IHO S-5B",
    "IHO S-65 Ap. A",
    "IHO S-158:101",
    "IHO P-1/30",
    "IALA R1001",
    "IALA G1111-1",
    "IALA S1010 Ed 2.0",
    "IALA G1020 Ed 1.2 (E)",
    "IALA R0124-9-11 Ed 1",
    "IALA L2.7.1-2 Ed 2",
    "IALA GA01.07",
    "IALA A12-01",
)

_EDITION: Final = r"(?:[, ]{1,2}\(?(?:Ed(?:ition|\.)?[ ]?)?(?P<edition>\d+\.\d+(?:\.\d+)*)\)?)?"
_LANGUAGE: Final = r"(?:[ ]?\((?P<language>[A-Z])\))?"
_IHO: Final = Grammar(
    rf"""
    IHO[ ](?:Publication[ ])?(?P<series>[BCMPS])-?(?P<number>\d{{1,3}}[A-Z]?)
    (?:(?P<join>[:/])(?P<part>\d{{1,3}}))?
    (?:[, ]{{1,2}}(?:Ap|App|Appendix)\.?[ ](?P<appendix>[A-Z]|\d)(?![A-Z\d.]))?
    {_EDITION}
    """
)
_IALA: Final = Grammar(
    rf"""
    IALA[ ](?:(?:Recommendation|Guideline|Standard|Model[ ]Course)[ ])?
    (?P<number>[RGSCLM]\d{{4}}|L\d(?:\.\d{{1,2}}){{2}}|GA\d\d\.\d\d|A\d\d)(?P<parts>(?:-\d{{1,2}}){{0,2}})
    (?:{_EDITION}|[ ]Ed(?:ition|\.)?[ ]?(?P<whole>\d{{1,2}}))
    {_LANGUAGE}
    """
)


class Iho(Designation):
    """A publication of the IHO; ``number`` begins with the letter of its series (``S-57``)."""

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        text = f"IHO {self.number}"
        for part in self.parts:
            text += part if part[0] in ":/" else f" Ap. {part}"
        return text + (f" {self.edition}" if self.edition else "")


class Iala(Designation):
    """A publication of IALA; ``number`` begins with the letter of its series (``R1001``)."""

    def __str__(self) -> str:
        text = f"IALA {'-'.join((self.number, *self.parts))}"
        text += f" Ed {self.edition}" if self.edition else ""
        return text + (f" ({self.language})" if self.language else "")


def parse(text: str) -> Iho | Iala | None:
    """Parse a cleaned text; None if it isn't a publication of the IHO or IALA.

    ``IHO`` is required, since S-57 alone names other things too; importers of catalogues add it.
    """
    if match := _IHO.fullmatch(text):
        part = [match["join"] + match["part"]] if match["part"] else []
        part += [match["appendix"].upper()] if match["appendix"] else []
        return Iho(
            publishers=("IHO",),
            number=f"{match['series']}-{match['number']}".upper(),
            parts=tuple(part),
            edition=match["edition"] or "",
        )
    match = _IALA.fullmatch(text)
    if not match:
        return None
    return Iala(
        publishers=("IALA",),
        number=match["number"].upper(),
        parts=tuple(match["parts"].split("-")[1:]),
        edition=match["edition"] or match["whole"] or "",
        language=(match["language"] or "").upper(),
    )
