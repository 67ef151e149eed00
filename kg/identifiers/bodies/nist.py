"""Parse designations of NIST and its predecessor NBS (NIST Publication Identifier Syntax, 2022)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from kg.identifiers import codes
from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, Supplement, segment
from kg.identifiers.text import dashed, number

LEADS: Final = ("NIST", "NBS", "FIPS", "FEDERAL")
EXAMPLES: Final = (
    "NIST SP 800-53r5",
    "NIST SP 800-53Ar5",
    "NIST SP 800-57pt1r5",
    "NIST SP 800-160v1r1 fpd",
    "NIST SP 800-38A-add",
    "NIST SP 500-268ver1.1",
    "NIST FIPS 140-2",
    "NIST FIPS 46-3-1999",
    "NIST IR 8115r1-upd1",
    "NIST IR 8259A por",
    "NIST HB 135e2022-upd1",
    "NIST GCR 17-917-46v1",
    "NIST AI 100-2e2023",
    "NBS CIRC 13e2sup1928",
    "NBS CS 100-42",
    "NBS CSM v6n10",
    "NBS FIPS 107-Mar1985",
    "NBS IR 80-2054v2",
    "NBS RPT Apr-Jun1949",
)

_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_MONTH: Final = rf"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}"
_YEAR: Final = r"(?:19|20)\d\d"
# Numbers of these series look like years: NBS IR 80-2054, NBS RPT 1946-1947.
_WITHOUT_YEARS: Final = ("IR", "GCR", "RPT", "PUB")
_NUMBERED_YEAR: Final = re.compile(rf"(.+?)-({_YEAR})(-\d\d)?")
_WORD_AT_END: Final = re.compile(r"-[A-Z]{2,4}$", re.IGNORECASE)
_SHORT_YEAR: Final = re.compile(r"(e?\d+E?)-(\d\d)", re.IGNORECASE)


@cache
def _spellings(kind: str) -> dict[str, str]:
    """Return the codes of a list by all their spellings in capitals."""
    listed = codes.read("nist")[kind]
    return {name.upper(): code for code, names in listed.items() for name in (code, *names)}


def _either(kind: str) -> str:
    names = sorted(_spellings(kind), key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", "[ ]") for name in names)


def _reserved() -> str:
    """Return what follows the dash after a number without being part of it."""
    words = rf"(?:{_either('languages')}|upd|add|sup|draft|errata)(?![a-z])"
    return rf"{words}|v\d|{_MONTH}\d|[IVX]+-\d+[. ]\d"


def _head() -> str:
    return rf"""
    (?:(?P<by>NIST|NBS)[ .]?(?P<series>{_either("series")})|(?P<alone>FIPS(?:[ ]PUB)?))
    [ .]?(?:No\.[ ]?)?
    (?:
        v(?P<bound>\d+)n(?P<issue>\d+)
      | (?P<number>
            \d\d-\d\d-\d{{4}}(?=$|[ ])
          | (?:{_MONTH}-)?{_MONTH}{_YEAR} | sup{_MONTH}{_YEAR}-{_MONTH}{_YEAR}
          | ADHOC | div\d+ | e\d(?=$)
          | (?:e(?=\d+-\d\d$)|c(?=\d+-\d+$))?\d+(?:GB)?[a-qs-z]?
            (?:-\d+[a-qs-z]?|_\d+|-(?!{_reserved()})[a-z]{{1,4}}(?![a-z]))*
            (?:[. ]\d+(?=$)|\(\d+\))?
        )
    )
    """


# A letter is not the beginning of what follows: in 3Bsup2 it is B, in 3sup2 none.
_SUFFIX: Final = (
    r"(?:[a-z](?=$|[^a-z\d]|sup|index|ins|app|add|errata|pt\d|sec\d|ver\d|[er]\d|[er]$|"
    rf"[er]{_MONTH}\d))?"
)
_DATE: Final = rf"""
    (?P<month>{_MONTH}|\d\d?(?=/))?(?P<day>(?<=[a-z])\d\d?(?=/))?/?(?P<year>{_YEAR})(?!\d)
"""


_SEPARATOR: Final = "(?:,?[ ]|-)"


def _token() -> str:
    languages = _either("languages")
    return rf"""
    (?:
        {_SEPARATOR}?(?:ver(?:sion)?[. ]*|v(?=\d+[. ]\d+(?!\d|pd|wd|prd)))
        (?P<version>\d+(?:[. ]\d+(?!\d|pd|wd|prd))*)
      | {_SEPARATOR}?v(?:ol(?:ume)?[. ]*)?(?P<volume>\d+{_SUFFIX}(?:-[a-z](?![a-z]))?)
      | -(?P<roman>[IVX]+)-(?P<release>\d+[. ]\d+)
      | {_SEPARATOR}?p(?:t|art[. ]*)?(?P<part>\d{{1,2}}?(?:-\d{{1,2}}(?!\d))?)(?=$|[^\d]|{_YEAR})
      | sec(?P<section>\d+)
      | {_SEPARATOR}?(?P<added>sup|index|ins|app|add|errata)(?:p(?:l(?:ement)?)?|endum|ert)?\.?
        (?:[ -]?(?:{_DATE.replace("P<", "P<added_")}|e?(?P<serial>\d{{1,3}}(?!\d|pd|wd|prd))))?
        (?P<revised>r(?:ev)?$)?
      | (?:,?[ ]|[-/])?(?P<update>upd)(?:ate)?[ ]?(?P<of>\d*)
        (?:-(?P<updated>{_YEAR})(?P<since>\d\d)?)?
      | {_SEPARATOR}(?P<iteration>[ifp]|\d)(?P<stage>pd|wd|prd)
      | {_SEPARATOR}\(?(?P<draft>draft)(?P<nth>\d*)\)?
      | ,?[ ](?P<in>{_YEAR})ed\.?
      | {_SEPARATOR}?(?P<language>{languages})(?![a-z])
      | (?:,?[ ])?(?P<edition>e\d{{1,2}})(?!\d)
      | (?P<mark>e|r)(?:ev)?(?:{_DATE.replace("P<", "P<marked_")})
      | {_SEPARATOR}?r(?:ev(?:ision)?\.?)?[ ]?
        (?P<revision>\d{{1,2}}{_SUFFIX}(?!\d)|[a-z](?=$)|\(r\))
      | (?P<bare>r)(?=$|[^a-z\d])
      | (?:-|(?<=p\d))(?:{_DATE})
      | -(?P<undated>{_MONTH}\d\d?)(?!\d)
    )
    """


_TOKEN: Final = Grammar(_token)
# Possessive, since what begins alike would be tried in each combination.
_FORM: Final = Grammar(
    lambda: _head() + f"(?P<rest>(?:{re.sub('[?]P<[a-z_]+>', '?:', _token())})*+)"
)


class Nist(Designation):
    """A designation of NIST or NBS: ``NIST SP 800-53r5``; ``type`` is the series.

    ``edition`` is ``r5``, ``e2`` or ``ver1.1``; only ``r`` or ``e`` if a date follows (``r1992``).
    An update is a supplement, included in the document. Two-digit years of Commercial Standards are
    of the 20th century.
    """

    def __str__(self) -> str:
        text = f"{self.publishers[0]} {self.type} "
        if self.type == "CSM" and self.volume:
            text += f"v{self.volume}n{self.number}"
        else:
            text += self.number + (f"v{self.volume}" if self.volume else "")
        text += "".join(part if part.startswith("sec") else f"pt{part}" for part in self.parts)
        # Two digits are only a year directly behind the number.
        text += self._date() if self.type == "CS" else ""
        worded = _WORD_AT_END.search(self.number) or not self.edition.startswith(("e", "r", "v"))
        dash = "-" if self.edition and worded else ""
        text += dash + self.edition
        text += self._date() if self.type != "CS" else ""
        text += "".join(map(_supplement, self.supplements))
        text += f" {self.language}" if self.language else ""
        draft = f"-draft{self.iteration}" if self.stage == "draft" else f" {self.iteration}"
        return text + (draft + self.stage * (self.stage != "draft") if self.stage else "")

    @property
    def core(self) -> str:
        """The number with its parts, which differ from numbers of three pieces, and the date."""
        parts = "".join(f"pt{segment(part)}" for part in self.parts)
        return segment(self.number) + parts + dashed(self.year, self.month, self.day)

    def _date(self) -> str:
        if not self.year:
            return ""
        if self.type == "CS":
            return f"-{self.year % 100:02}"
        glued = self.edition.endswith(("e", "r"))
        return "-" * (not glued) + _month(self.month, self.day) + str(self.year)


def _month(month: int | None, day: int | None = None) -> str:
    return (_MONTHS[month - 1].capitalize() if month else "") + (f"{day}/" if day else "")


def _supplement(supplement: Supplement) -> str:
    date = _month(supplement.month) + str(supplement.year or "")
    if supplement.kind == "upd":
        month = f"{supplement.month:02}" if supplement.month else ""
        date = f"-{supplement.year}{month}" if supplement.year else ""
    dash = "-" if supplement.kind in ("upd", "add") else ""
    return dash + supplement.kind + supplement.number + date


def parse(text: str) -> Nist | None:
    """Parse a cleaned text; None if it isn't a designation of NIST or NBS.

    Accepts identifiers with dots (``NIST.SP.800-53r5``) and the words of title pages
    (``NIST Special Publication 800-53 Rev. 5``). ``FIPS`` alone means NIST.
    """
    match = _FORM.fullmatch(text)
    if not match:
        return None
    series = _spellings("series")[match["series"].upper()] if match["series"] else "FIPS"
    read: dict[str, Any] = {"parts": (), "supplements": (), "edition": ""}
    at = match.start("rest")
    while at < len(text):
        token = _TOKEN.match(text, at)
        if not token or not _add(read, _token_fields(token, read)):
            return None
        at = token.end()
    if match["issue"]:
        read["volume"] = match["bound"]
    else:
        _split_year(series, match["number"], read)
    return Nist(
        publishers=((match["by"] or "NIST").upper(),),
        type=series,
        **{"number": (match["issue"] or match["number"]).replace(" ", "."), **read},
    )


def _split_year(series: str, numbered: str, read: dict[str, Any]) -> None:
    """Take the year from the end of a number: FIPS 46-3-1999, CS 100-42."""
    short = _SHORT_YEAR.fullmatch(numbered) if series == "CS" else None
    if short:
        read.update(number=short[1], year=1900 + int(short[2]))
        return
    dated = _NUMBERED_YEAR.fullmatch(numbered) if series not in _WITHOUT_YEARS else None
    if not dated or read.get("year") or series == "OWMWP":
        return
    read["number"] = dated[1]
    if dated[3]:
        read["edition"] = dated[2] + dated[3] + read["edition"]
    else:
        read["year"] = int(dated[2])


def _add(read: dict[str, Any], more: dict[str, Any]) -> bool:
    """Add fields to those read; False if one is given twice."""
    for name, value in more.items():
        if name in ("parts", "supplements", "edition"):
            # The same kind of edition twice (r5r4) means nothing.
            if name == "edition" and value[:1] in read[name].replace("ver", "v") and value:
                return False
            # A version would stand between a letter and its date (r1967).
            if name == "edition" and read[name] in ("e", "r") and value.startswith("ver"):
                return False
            read[name] += value
        elif read.setdefault(name, value) != value:
            return False
    return True


def _token_fields(token: re.Match[str], read: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if token["part"] and read["supplements"]:
        fields["supplements"] = (Supplement(kind="pt", number=token["part"]),)
    elif token["part"] or token["section"]:
        fields["parts"] = (token["part"] or f"sec{token['section']}",)
    elif token["version"] or token["release"]:
        fields["edition"] = "ver" + (token["version"] or token["release"]).replace(" ", ".")
        if token["roman"]:
            fields["volume"] = str(_ROMAN.index(token["roman"].upper()) + 1)
    elif token["volume"]:
        fields["volume"] = token["volume"]
    elif token["added"] or token["update"]:
        fields["supplements"] = (_added(token),)
    elif token["stage"] or token["draft"]:
        fields["stage"] = (token["stage"] or token["draft"]).lower()
        fields["iteration"] = (token["iteration"] or token["nth"] or "").lower()
    elif token["language"]:
        fields["language"] = _spellings("languages")[token["language"].upper()]
    else:
        fields = _edition(token)
    return fields


def _added(token: re.Match[str]) -> Supplement:
    if token["update"]:
        return Supplement(
            kind="upd",
            number=token["of"],
            year=number(token["updated"]),
            month=number(token["since"]),
            included=True,
        )
    return Supplement(
        kind=token["added"].lower(),
        number=(token["serial"] or "") + ("r" if token["revised"] else ""),
        year=number(token["added_year"]),
        month=_month_number(token["added_month"]),
    )


def _edition(token: re.Match[str]) -> dict[str, Any]:
    if token["in"]:
        return {"edition": "e", "year": int(token["in"])}
    edition = token["edition"] or token["mark"] or token["bare"] or ""
    if token["revision"]:
        edition = "r" + token["revision"].strip("()").replace("r", "")
    if token["undated"]:
        return {"edition": token["undated"].capitalize()}
    prefix = "marked_" if token["mark"] else ""
    date = {
        "year": number(token[prefix + "year"]),
        "month": _month_number(token[prefix + "month"]),
        "day": number(token[prefix + "day"]),
    }
    return {"edition": edition.lower()} | {name: n for name, n in date.items() if n}


def _month_number(text: str | None) -> int | None:
    if not text or text.isdigit():
        return number(text)
    return _MONTHS.index(text[:3].lower()) + 1
