"""Parse RFCs, their subseries BCP, STD and FYI (RFC 1818), and Internet-Drafts."""

from __future__ import annotations

from typing import ClassVar, Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation

LEADS: Final[tuple[str, ...]] = ("RFC", "BCP", "STD", "FYI", "IETF", "DRAFT", "I", "INTERNET")
EXAMPLES: Final = ("RFC 9110", "BCP 14", "STD 66", "FYI 38", "draft-ietf-httpbis-semantics-19")

_SERIES: Final = Grammar(
    r"(?:IETF[ /])?(?:(?P<rfc>RFC)[ -]?0{0,3}(?P<number>[1-9]\d{0,4})"
    r"|(?P<sub>BCP|STD|FYI)[ -]?0{0,3}(?P<index>[1-9]\d{0,2}))"
)
_STREAMS: Final = ("ietf", "irtf", "iab", "iesg", "rfced")
_DRAFT: Final = Grammar(
    r"(?:IETF[ ])?(?:I-D[. ](?:DRAFT-)?|DRAFT-)"
    r"(?P<number>(?P<stream>[a-z][a-z\d]*)(?:-[a-z\d.+]+)+?)(?:-(?P<edition>\d\d))?"
)
_NAMED_DRAFT: Final = Grammar(
    r"INTERNET-DRAFT[ ](?:I-D[. ](?:DRAFT-)?|DRAFT-)"
    r"(?P<number>[a-z\d.+_-]+?)(?:-(?P<edition>\d\d))?"
)
_IEEE: Final = "Std "


class Ietf(Designation):
    """An RFC, a number of a subseries, or an Internet-Draft (stage ``draft``).

    ``edition`` is the version of a draft; a draft without one means its latest version.
    """

    number_means_edition: ClassVar[bool] = True

    def __str__(self) -> str:
        if self.type:
            return f"{self.type} {self.number}"
        return f"draft-{self.number}" + (f"-{self.edition}" if self.edition else "")


def parse(text: str) -> Ietf | None:
    """Parse a cleaned text; None if it isn't a document of the IETF.

    Written ``Std``, as IEEE does, it isn't the subseries. A draft of an individual needs a topic
    and a version, since "draft-2" or "draft report" are ordinary words, unless the text says that
    it is an Internet-Draft.
    """
    if match := _SERIES.fullmatch(text):
        if text.startswith(_IEEE):
            return None
        kind = (match["rfc"] or match["sub"]).upper()
        return Ietf(publishers=("IETF",), type=kind, number=match["number"] or match["index"])
    match = _NAMED_DRAFT.fullmatch(text)
    named = match is not None
    match = match or _DRAFT.fullmatch(text)
    if not match:
        return None
    number = match["number"].lower()
    official = named or match["stream"].lower() in _STREAMS
    if not official and (not match["edition"] or number.count("-") < 1):
        return None
    return Ietf(publishers=("IETF",), stage="draft", number=number, edition=match["edition"] or "")
