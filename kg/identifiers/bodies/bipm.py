"""Parse documents of the Metre Convention's bodies: resolutions, meetings, JCGM's guides.

The forms are those of the BIPM's catalogue: ``CGPM RES 1 (1960)``, ``CIPM 96th Meeting (2007)``,
``JCGM 100:2008``, ``Metrologia 51 1A 06002``. English, French and two-language forms are equal but
for the language.
"""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, changed
from kg.identifiers.text import number

_COMMITTEES: Final = "CGPM|CIPM|JCRB|JCGM|CCAUV|CCEM|CCL|CCM|CCPR|CCQM|CCRI|CCT|CCTF|CCU|CCE|CCDS"
LEADS: Final[tuple[str, ...]] = (
    *_COMMITTEES.split("|"),
    *("BIPM", "SI", "METROLOGIA", "RÉSOLUTION", "RECOMMANDATION", "RECOMMENDATION"),
    *("DÉCISION", "DÉCLARATION", "ACTION", "RESOLUTION", "DECISION", "DECLARATION"),
)
EXAMPLES: Final = (
    "CGPM RES 1 (1960)",
    "CIPM DECN 105-12 (2016)",
    "CIPM DECL (1964)",
    "JCRB ACT 40-1 (2019, F)",
    "CIPM 96th Meeting (2007)",
    "CIPM 104-2nd Meeting (2015)",
    "JCGM 100:2008",
    "JCGM GUM-6:2020",
    "Metrologia 51 1A 06002",
    "BIPM SI Brochure 9e v3.01 (2019/2024, E)",
)

_WORDS: Final = {
    "RESOLUTION": "RES",
    "RÉSOLUTION": "RES",
    "RECOMMENDATION": "REC",
    "RECOMMANDATION": "REC",
    "DECISION": "DECN",
    "DÉCISION": "DECN",
    "DECLARATION": "DECL",
    "DÉCLARATION": "DECL",
    "ACTION": "ACT",
    "STATEMENT": "DECL",
    **{short: short for short in ("RES", "REC", "DECN", "DECL", "ACT")},
}
_WORD: Final = "|".join(sorted(_WORDS, key=len, reverse=True))
_INDEX: Final = r"(?P<number>\d{1,3})(?:-(?P<part>\d{1,3}))?"
_YEAR: Final = r"\((?P<year>(?:18|19|20)\d\d)(?:,[ ]?(?P<language>[EF]))?\)"
_OUTCOMES: Final = tuple(
    Grammar(form)
    for form in (
        rf"(?P<body>{_COMMITTEES})[ ](?P<type>{_WORD})(?:[ ]{_INDEX})?[ ]{_YEAR}",
        rf"(?P<type>{_WORD})(?:[ ]{_INDEX})?[ ](?:du|de[ ]la|of[ ]the)[ ](?P<body>{_COMMITTEES})"
        rf"[ ]{_YEAR}",
        rf"(?P<type>{_WORD})[ ](?P<body>{_COMMITTEES})(?:/{_INDEX})?[ ]{_YEAR}",
    )
)
_MEETING: Final = Grammar(
    rf"(?P<body>{_COMMITTEES})[ ]{_INDEX}"
    r"(?:(?:st|nd|rd|th)[ ](?P<en>Meeting)|(?:<sup>)?e(?:</sup>)?[ ](?P<fr>réunion))"
    rf"[ ]{_YEAR}"
)
_GUIDE: Final = Grammar(
    r"JCGM[ ](?P<number>\d{3}|GUM-\d{1,2})(?::(?P<year>20\d\d))?(?:[ ]?\((?P<language>[EF])\))?"
)
_ARTICLE: Final = Grammar(
    r"Metrologia[ ](?P<volume>\d{1,3})(?:[ ](?P<issue>\d{1,2}[A-Z]?|S))?"
    r"(?:[ ](?P<page>[A-Z]{0,2}\d+[A-Z]?))?"
)
_BROCHURE: Final = Grammar(
    r"(?P<by>BIPM[ ])?SI[ ]Brochure(?:[ ]sur[ ]le[ ]SI)?"
    r"(?:,?[ ]\(?(?P<edition>\d{1,2})(?:e|th)(?:[ ]edition)?\)?)?"
    r"(?:[ ]v(?P<version>\d\.\d{2}))?"
    r"(?:[ ]\((?:(?P<dates>(?:19|20)\d\d(?:/(?:19|20)\d\d)?)(?:,[ ]?|(?=\))))?"
    r"(?P<language>[EF])?\))?"
)


class Bipm(Designation):
    """A document of a body of the Metre Convention; ``publishers`` name the body.

    A resolution is numbered anew each year, so the number begins with the year: Resolution 1 of
    1960 has the number 1960 and the part 1. A meeting's number is its year too.
    """

    def __str__(self) -> str:
        [by] = self.publishers
        more = f", {self.language}" if self.language else ""
        index = "-".join(self.parts)
        if self.type == "Meeting":
            return f"{by} {index}{_ordinal(self.parts[-1])} Meeting ({self.number}{more})"
        if self.type:
            return f"{by} {self.type}{index and ' '}{index} ({self.number}{more})"
        language = f"({self.language})" if self.language else ""
        return f"{by} {self.number}" + (f":{self.year}" if self.year else "") + language


class Metrologia(Designation):
    """A volume, issue or article of Metrologia; ``parts`` are the issue and the page."""

    def __str__(self) -> str:
        return " ".join(("Metrologia", self.number, *self.parts))


class SiBrochure(Designation):
    """An edition of the SI Brochure; ``edition`` is its number, version and years."""

    def __str__(self) -> str:
        edition, _, dates = self.edition.partition(" (")
        text = f"BIPM SI Brochure {edition}".rstrip()
        more = ", ".join(filter(None, (dates.rstrip(")"), self.language)))
        return f"{text} ({more})" if more else text


def parse(text: str) -> Designation | None:
    """Parse a cleaned text; None if it isn't a document of these bodies.

    An English and a French form joined by a slash are the document in both languages.
    """
    if "/" not in text:
        return _single(text)
    single = _single(text)
    if single is not None:
        return single
    for slash in re.finditer("/", text):
        english, french = _single(text[: slash.start()]), _single(text[slash.end() :])
        if english is not None and french is not None:
            return _in_both_languages(english, french)
    return None


def _in_both_languages(english: Designation, french: Designation) -> Designation | None:
    """Return the document of two forms; None if they differ.

    The French form of a meeting may leave out the number of its session.
    """
    one, other = (changed(each, language="") for each in (english, french))
    if one.type == "Meeting" and other.parts == one.parts[:1]:
        other = changed(other, parts=one.parts)
    return one if one.key == other.key else None


def _single(text: str) -> Designation | None:
    for form in _OUTCOMES:
        if match := form.fullmatch(text):
            return _document(match, _WORDS[match["type"].upper()], match["language"] or "")
    if match := _MEETING.fullmatch(text):
        return _document(match, "Meeting", match["language"] or ("F" if match["fr"] else ""))
    if match := _GUIDE.fullmatch(text):
        return Bipm(
            publishers=("JCGM",),
            number=match["number"].upper(),
            year=number(match["year"]),
            language=(match["language"] or "").upper(),
        )
    if match := _ARTICLE.fullmatch(text):
        parts = tuple(part.upper() for part in (match["issue"], match["page"]) if part)
        return Metrologia(publishers=("Metrologia",), number=match["volume"], parts=parts)
    return _brochure(text)


def _brochure(text: str) -> SiBrochure | None:
    match = _BROCHURE.fullmatch(text)
    if not match or not (match["by"] or match["edition"]):
        return None
    if (match["version"] or match["dates"]) and not match["edition"]:
        return None
    edition = f"{match['edition']}e" if match["edition"] else ""
    edition += f" v{match['version']}" if match["version"] else ""
    edition += f" ({match['dates']})" if match["dates"] else ""
    language = (match["language"] or "").upper()
    return SiBrochure(
        publishers=("BIPM",), number="SI Brochure", edition=edition, language=language
    )


def _document(match: re.Match[str], kind: str, language: str) -> Bipm:
    return Bipm(
        publishers=(match["body"].upper(),),
        type=kind,
        number=match["year"],
        parts=tuple(part for part in (match["number"], match["part"]) if part),
        language=language.upper(),
    )


def _ordinal(text: str) -> str:
    """Return the ending of an ordinal: ``1st``, ``12th``, ``22nd``."""
    if text[-2:-1] == "1":
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(text[-1], "th")
