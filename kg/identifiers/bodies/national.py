"""Parse national standards that repeat European and international ones: ``BS EN ISO 9001:2015``.

The codes of the national bodies are a list, ``codes/national.toml``: which sign joins a code to EN
or ISO, and whether the body's own standards are known by the code and a number alone.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, ClassVar, Final

from kg.identifiers import codes
from kg.identifiers.bodies import european
from kg.identifiers.grammar import Grammar

LEADS: Final[tuple[str, ...]] = (
    *("BS", "PD", "PAS", "DD", "DIN", "E", "NF", "XP", "FD", "UNE", "UNI", "NEN", "NBN", "ÖNORM"),
    *("ONORM", "OENORM", "SN", "SS", "SFS", "NS", "DS", "PN", "CSN", "ČSN", "STN", "MSZ", "SIST"),
    *("HRN", "SR", "BDS", "БДС", "ELOT", "ΕΛΟΤ", "I", "IS", "IST", "ÍST", "LST", "LVS", "EVS"),
    *("ILNAS", "MSA", "CYS", "NP", "TS", "SRPS", "MKC", "МКС", "MKS", "AS", "NZS", "SANS", "NBR"),
    *("ABNT", "TCVN", "SNI", "MS", "GSO", "SASO", "CNS", "TIS", "IRAM", "NCH", "NTC", "NTE", "SI"),
    *("UTE", "BSI"),
)
EXAMPLES: Final = (
    "BS EN ISO 9001:2015",
    "BS EN 60601-1:2006+A12:2014",
    "BS 5950-1:2000",
    "PD ISO/TR 14969:2004",
    "DIN EN ISO 9001:2015-11",
    "DIN EN 60335-1 (VDE 0700-1):2020-08",
    "DIN SPEC 91379:2022-08",
    "E DIN 4109-1:2013-06",
    "NF EN ISO 9001:2015-10",
    "NF X50-131",
    "UNE-EN ISO 9001:2015",
    "UNE 66181:2012",
    "ÖNORM EN ISO 9001:2015",
    "NEN-EN-ISO 9001:2015",
    "SS-EN ISO 9001:2015",
    "AS/NZS ISO 31000:2009",
    "AS/NZS 60335.2.14:2017",
    "SANS 10142-1:2020",
    "ABNT NBR ISO 9001:2015",
    "IS/ISO 9001:2015",
    "IS 456:2000",
    "GSO 1943:2016",
    "UTE C15-105",
)

_DRAFT: Final = "E"
_INDIA: Final = "IS"
_IRELAND: Final = "I.S."


@cache
def _table() -> dict[str, dict[str, Any]]:
    return codes.read("national")


@cache
def _spellings() -> dict[str, str]:
    """Return the codes by all their spellings in capitals."""
    return {
        name.upper(): code
        for code, row in _table().items()
        for name in (code, *row.get("spellings", ()))
    }


def _prefix() -> str:
    names = sorted(_spellings(), key=len, reverse=True)
    escaped = "|".join(re.escape(name) for name in names)
    return rf"(?P<draft>E[ ])?(?P<code>{escaped})(?P<join>[ /:-]|(?=\d))"


_PREFIX: Final = Grammar(_prefix)
_CLASS: Final = Grammar(r"(?!EN|HD)(?P<letters>DTU|[A-Z]{1,2})[ -]?(?=\d)")
_EUROPEAN: Final = Grammar(r"(?:F?PR)?EN|HD|CEN|CLC")
_DOT: Final = re.compile(r"(?<=\d)\.(?=\d)")
_PART_IN_BRACKETS: Final = re.compile(r" ?\((?:Part|Pt\.?) (\d{1,3})\)", re.IGNORECASE)
_GULF_YEAR: Final = re.compile(r"(?<=^\d{2})/(?=(?:19|20)\d\d$)|(?<=\d{3})/(?=(?:19|20)\d\d$)")
_NONE: Final = r"(?!)"
_LONG: Final = 4
"""Digits of a number that is seldom anything else."""


class National(european.Adopting):
    """A national standard; ``publishers`` are its code and the adopted document's publishers.

    ``DIN EN ISO 9001:2015-11`` has the publishers DIN, EN and ISO. In standards without EN or ISO,
    ``number`` begins with the letters of the class, if the body has classes (``NF X50-131``). The
    stage of a draft is E (DIN), or that of a European draft (``BS prEN 1990``).
    """

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        code, *adopted = self.publishers
        row = _table()[code]
        draft = self.stage == _DRAFT
        rest = european.printed(
            self,
            tuple(adopted),
            stage="" if draft else self.stage,
            between=row.get("between", " "),
            dot="." if row.get("dotted") else "-",
        )
        join = row.get("join", " ") if adopted else " "
        return f"{'E ' * draft}{row.get('printed', code)}{join}{rest}"


def parse(text: str) -> National | None:
    """Parse a cleaned text; None if it isn't a national standard.

    Without EN or ISO, a code that is an ordinary word or abbreviation needs a year after the number
    (``PAS 99:2012``), and some codes (``TS``) aren't accepted at all. IS is Ireland's code without
    its dots before EN, and otherwise India's.
    """
    prefix = _PREFIX.match(text)
    if not prefix:
        return None
    code, rest = _spellings()[prefix["code"].upper()], text[prefix.end() :]
    if code == _INDIA and _EUROPEAN.match(rest):
        code = _IRELAND
    rest = _GULF_YEAR.sub(":", _PART_IN_BRACKETS.sub(r"-\1", rest))
    row = _table()[code]
    letters = ""
    if row.get("own") == "class" and (found := _CLASS.match(rest)):
        letters, rest = found["letters"].upper(), rest[found.end() :]
    if row.get("dotted"):
        rest = _DOT.sub("-", rest)
    fields = european.after_code(rest)
    if fields is None or (letters and fields["publishers"]):
        return None
    if prefix["draft"]:
        if not code.startswith("DIN") or fields["stage"]:
            return None
        fields["stage"] = _DRAFT
    if not fields["publishers"] and not _is_own(row, letters, prefix["join"], fields):
        return None
    spaced = letters + " " * (letters == "DTU")
    return National(
        **{
            **fields,
            "number": spaced + fields["number"],
            "publishers": (code, *fields["publishers"]),
        }
    )


def _is_own(row: dict[str, Any], letters: str, join: str, fields: dict[str, Any]) -> bool:
    """Return whether a number without EN or ISO is a standard of the body itself."""
    if join in ("/", "-") or fields["stage"] not in ("", _DRAFT) or fields["type"]:
        return False
    own = row.get("own")
    if own == "class":
        return bool(letters)
    if re.fullmatch(row.get("others", _NONE), fields["number"][:_LONG]):
        return False
    is_long = len(fields["number"]) >= (_LONG - bool(fields["parts"]))
    return (
        own == "number"
        or (own in ("dated", "long") and bool(fields["year"]))
        or (own == "long" and is_long)
    )
