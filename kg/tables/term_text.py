"""Terms as text, for programs and for people."""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.date_words import spell_date
from kg.common.namespaces import node
from kg.store import Term

_DATES: Final = frozenset(
    node(f"xsd:{name}") for name in ("gYear", "gYearMonth", "date", "dateTime", "duration")
)
_BOOLEAN: Final = node("xsd:boolean")
_INTERVAL: Final = re.compile(r"(\d{4}[\d-]*|\.\.)/(\d{4}[\d-]*|\.\.)?")
_YES: Final = Text("yes", "是")
_NO: Final = Text("no", "否")


def lexical(term: Term | None) -> str:
    """Return the text of a term: the IRI, the lexical form, else as in Turtle; empty for None."""
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def readable(term: Term | None, lang: str) -> str:
    """Return the text of a term for people: dates, durations and truth values in words."""
    text = lexical(term)
    if not isinstance(term, ox.Literal):
        return text
    if term.datatype in _DATES:
        return spell_date(text, lang)
    if term.datatype == _BOOLEAN:
        return _YES.of(lang) if text in ("true", "1") else _NO.of(lang)
    # Intervals have no datatype of their own.
    return spell_date(text, lang) if _INTERVAL.fullmatch(text) else text
