"""Split a designation from the mention of the document it adopts (ISO/IEC Guide 21-1, GB/T 1.2)."""

from __future__ import annotations

from typing import Final, NamedTuple

from kg.identifiers.grammar import Grammar

_DEGREES: Final = {
    "IDT": "IDT",
    "MOD": "MOD",
    "NEQ": "NEQ",
    "≡": "IDT",
    "等同采用": "IDT",
    "修改采用": "MOD",
    "非等效采用": "NEQ",
    # Degrees of before 2001 with no equal today: "equivalent" allowed small technical changes.
    "EQV": "",
    "EQ": "",
    "等效采用": "",
}
_DEGREE: Final = "|".join(sorted(_DEGREES, key=len, reverse=True))
_ORIGINAL: Final = r"(?:ISO|IEC|CISPR|ITU|OIML|EN|CEN|CLC|IEEE|ASTM|CIE|IWA)(?![A-Z])"
_DUAL: Final = Grammar(r"(?P<adopting>.+\d)/(?P<original>(?:ISO|IEC|CISPR|ITU)(?![A-Z]).+)")
_MENTION: Final = Grammar(
    rf"""
    (?P<adopting>.*?\d)
    (?:
        [ ,]{{0,2}}\((?:(?P<a>{_DEGREE})[ :]?)?(?P<b>{_ORIGINAL}[^()]*?)
        (?:[ ,]{{1,2}}(?P<c>{_DEGREE}))?\)
      | [ ,]{{1,2}}(?P<d>{_DEGREE})[ :]?(?P<e>{_ORIGINAL}.*)
      | [ ,]{{1,2}}(?P<f>{_ORIGINAL}.*?)[ ,]{{1,2}}(?P<g>{_DEGREE})
      | [ ,]{{0,2}}\(?(?P<h>等同采用|修改采用|非等效采用|等效采用)[ :]?(?P<i>{_ORIGINAL}[^()]*)\)?
    )
    """
)


class Mention(NamedTuple):
    """A designation, that of the adopted document, and the degree: IDT, MOD, NEQ or empty."""

    adopting: str
    original: str
    degree: str


def split(text: str) -> Mention | None:
    """Split a cleaned text; None if it names no adopted document.

    A dual number (``GB/T 19001-2016/ISO 9001:2015``) is used for identical adoptions only. The
    degrees eq and eqv of before 2001 are not those of today, so they give an empty degree.

    >>> split("GB/T 19001-2016/ISO 9001:2015")
    Mention(adopting='GB/T 19001-2016', original='ISO 9001:2015', degree='IDT')
    >>> split("GB/T 1.1-2000 neq ISO/IEC Directives 3").degree, split("GB/T 1.1-2020")
    ('NEQ', None)
    """
    match = _MENTION.fullmatch(text)
    if match:
        degree = match["a"] or match["c"] or match["d"] or match["g"] or match["h"] or ""
        original = match["b"] or match["e"] or match["f"] or match["i"]
        return Mention(match["adopting"], original.strip(), _DEGREES.get(degree.upper(), ""))
    return split_dual(text)


def split_dual(text: str) -> Mention | None:
    """Split a dual number, which is one designation; None for any other text.

    >>> split_dual("GB/T 19001-2016/ISO 9001:2015").adopting, split_dual("GB/T 1.1 idt ISO 1")
    ('GB/T 19001-2016', None)
    """
    match = _DUAL.fullmatch(text)
    return Mention(match["adopting"], match["original"], "IDT") if match else None
