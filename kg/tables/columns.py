"""Columns of Python values, each of the narrowest type that holds its terms unchanged."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

from kg.common.namespaces import iri
from kg.store import Term
from kg.tables.term_text import lexical

Value: TypeAlias = str | int | float | bool | date | None
"""A cell; None where the term is missing."""

_INTEGERS: Final = tuple(
    f"xsd:{name}"
    for name in (
        *("integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger"),
        *("nonPositiveInteger", "negativeInteger", "unsignedLong", "unsignedInt"),
        *("unsignedShort", "unsignedByte"),
    )
)
_FLOATS: Final = ("xsd:decimal", "xsd:double", "xsd:float")
_INT64: Final = range(-(2**63), 2**63)
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}
# XML Schema part 2, 3.2.3 and 3.2.5, limited to what Python's float() reads the same way.
_FLOAT_FORM: Final = re.compile(r"[+-]?(([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|INF)|NaN")
_INTEGER_FORM: Final = re.compile(r"[+-]?[0-9]{1,25}")
# A year or a day with a time zone, or before the year 1, stays text.
_YEAR_FORM: Final = re.compile(r"[0-9]{4,9}")
_DATE_FORM: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Column:
    """A named column; ``type`` (bool, int, float, date or str) is that of all its cells."""

    name: str
    type: type
    cells: list[Any]


def _boolean(text: str) -> bool | None:
    return _BOOLEANS.get(text)


def _integer(text: str) -> int | None:
    return number if _INTEGER_FORM.fullmatch(text) and (number := int(text)) in _INT64 else None


def _float(text: str) -> float | None:
    return float(text) if _FLOAT_FORM.fullmatch(text) else None


def _year(text: str) -> int | None:
    return int(text) if _YEAR_FORM.fullmatch(text) else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DATE_FORM.fullmatch(text) else None
    except ValueError:
        return None


_READERS: Final[Mapping[str, tuple[type, Callable[[str], Value]]]] = {
    iri("xsd:boolean"): (bool, _boolean),
    iri("xsd:gYear"): (int, _year),
    iri("xsd:date"): (date, _date),
    **{iri(name): (int, _integer) for name in _INTEGERS},
    **{iri(name): (float, _float) for name in _FLOATS},
}
"""The Python type of a datatype, and a function that reads it; None for a text that it can't."""
_NUMBERS: Final = frozenset(map(iri, (*_INTEGERS, *_FLOATS)))
_GYEAR: Final = iri("xsd:gYear")


def is_number(term: Term) -> bool:
    """Return whether a term is a literal of a numeric datatype."""
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS


def typed_column(name: str, terms: Sequence[Term | None]) -> Column:
    """Convert the terms of a column.

    Integers, booleans and full dates become those of Python if all terms are; so do years, but not
    beside other numbers. Numbers of several datatypes become floats. Everything else becomes text,
    so that a year among dates does not turn into its first day.
    """
    values: list[Any] = []
    types: set[type] = set()
    datatypes: set[str] = set()
    for term in terms:
        if term is None:
            values.append(None)
            continue
        datatype = term.datatype.value if isinstance(term, ox.Literal) else ""
        type_, read = _READERS.get(datatype, (str, str))
        value = read(lexical(term))
        if type_ is str or value is None:
            return _texts(name, terms)
        values.append(value)
        types.add(type_)
        datatypes.add(datatype)
    if len(types) == 1 and (_GYEAR not in datatypes or len(datatypes) == 1):
        return Column(name, types.pop(), values)
    if types == {int, float} and _GYEAR not in datatypes:
        return Column(name, float, [None if value is None else float(value) for value in values])
    return _texts(name, terms)


def _texts(name: str, terms: Sequence[Term | None]) -> Column:
    return Column(name, str, [None if term is None else lexical(term) for term in terms])
