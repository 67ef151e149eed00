"""Parse standards of the CIS, Russia, Belarus, Ukraine and Kazakhstan (GOST 1.5, GOST R 1.7).

Latin and Cyrillic letters give equal designations; ``str`` writes Latin ones.
"""

from __future__ import annotations

import re
from typing import ClassVar, Final

from kg.identifiers.bodies import european
from kg.identifiers.grammar import Grammar

_CODES: Final = {
    "ГОСТ Р": "GOST R",
    "ГОСТ": "GOST",
    "GOST": "GOST",
    "GOST R": "GOST R",
    "GOST P": "GOST R",
    "ПНСТ": "PNST",
    "PNST": "PNST",
    "СТБ": "STB",
    "STB": "STB",
    "СТ РК": "ST RK",
    "ST RK": "ST RK",
    "ДСТУ": "DSTU",
    "DSTU": "DSTU",
}
LEADS: Final[tuple[str, ...]] = tuple(dict.fromkeys(code.split(" ")[0] for code in _CODES))
EXAMPLES: Final = (
    "GOST R 7.0.97-2016",
    "GOST 2.105-95",
    "GOST 10079-1-2012",
    "GOST ISO 9001-2011",
    "GOST R ISO/IEC 27001-2021",
    "GOST IEC 60335-2-30-2013",
    "GOST R ISO/TS 22003-2009",
    "GOST EN 1177-2013",
    "PNST 518-2021",
    "DSTU ISO 9001:2015",
    "ST RK 1.5-2019",
)

_NAMES: Final = "|".join(sorted(_CODES, key=len, reverse=True)).replace(" ", "[ ]")
_FORM: Final = Grammar(rf"(?P<code>{_NAMES})(?P<rest>[ ]?\d.*|[ -][^ ].*)")
_WORDS: Final = {
    "ИСО/МЭК": "ISO/IEC",
    "ИСО": "ISO",
    "МЭК": "IEC",
    "ЕН": "EN",
    "/ТО": "/TR",
    "/ТУ": "/TS",
    "РУКОВОДСТВО": "GUIDE",
}
_NUMBER: Final = re.compile(
    r"(?P<number>\d+(?:\.\d+)*)"
    r"(?:(?:[-:](?P<year>(?:19|20)\d\d|[2-9]\d))?"
    r"|(?P<parts>(?:-\d{1,2})+?)(?:[-:](?P<dated>(?:19|20)\d\d|8[5-9]|9\d))?)"
)
_SHORT_YEAR: Final = re.compile(r"-(?P<year>8[5-9]|9\d)$")
_CENTURY: Final = 2000
_COLON: Final = ("DSTU",)


class Gost(european.Adopting):
    """A standard of GOST or a national body of the CIS; ``number`` may have dots (``7.0.97``).

    ``GOST R ISO 9001-2015`` has the publishers GOST R and ISO. Years before 2000 have two digits
    in standards without ISO, IEC or EN, as GOST 1.5 had it then.
    """

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        code, *adopted = self.publishers
        sign = ":" if code in _COLON else "-"
        text = f"{code} {european.printed(self, tuple(adopted), year=sign)}"
        if self.year and self.year < _CENTURY and not adopted:
            text = text.removesuffix(str(self.year)) + f"{self.year % 100:02}"
        return text


def parse(text: str) -> Gost | None:
    """Parse a cleaned text; None if it isn't a standard of these bodies.

    Until 2000 the year had two digits. After ISO, IEC or EN, or a part, they are a year only from
    85 on, since smaller numbers are parts.
    """
    match = _FORM.fullmatch(text)
    if not match:
        return None
    code, rest = _CODES[match["code"].upper()], match["rest"].lstrip(" -").upper()
    if own := _NUMBER.fullmatch(rest):
        if own["parts"] and not own["dated"] and "." in own["number"]:
            # A cut-off year is as likely as a part.
            return None
        year = int(own["year"] or own["dated"] or 0)
        return Gost(
            publishers=(code,),
            number=own["number"],
            parts=tuple((own["parts"] or "").split("-")[1:]),
            # Years had two digits until 1999.
            year=(year + 1900 if year < 100 else year) if year else None,  # noqa: PLR2004
        )
    for word, latin in _WORDS.items():
        rest = rest.replace(word, latin)
    fields = european.after_code(_SHORT_YEAR.sub(r":19\g<year>", rest))
    if fields is None or fields["stage"] or fields["supplements"] or fields["aliases"]:
        return None
    if not fields["publishers"]:
        return None
    return Gost(**{**fields, "publishers": (code, *fields["publishers"])})
