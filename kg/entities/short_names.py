"""Find entities by short forms of their names, which stand within longer ones.

A short form must be marked as such in the name: it is in quotation marks, the number of a committee
or of a document without its body, or, for a concept of a code list, before or in parentheses. Any
other part of a name is not a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final

from kg.common.folding import fold
from kg.common.namespaces import iri
from kg.entities.index import Name, NameIndex
from kg.entities.index.schema import Rank

_QUOTED: Final = re.compile(r"[“「『]([^“”「」『』]+)[”」』]")
_IN_PARENTHESES: Final = re.compile(r"([^（(]+)[（(]([^（()）]+)[）)]\s*")
_COMMITTEE: Final = re.compile(r"(?:TC|JTC|PC|SC|WG)\W?\d.*", re.IGNORECASE)
_INVERTED: Final = re.compile(r"([^,(]+?)\s*[,(]\s*([^,()]+?)\s*\)?")
_NUMBER: Final = re.compile(
    # A year alone is no number.
    r"(?!(?:19|20)\d\d$)(?:[A-Z]{1,2}\.)?\d[\w.:/-]*",
    re.IGNORECASE,
)
_BODY: Final = re.compile(r"[A-Z][A-Z0-9]*(?:[/-][A-Z0-9]+)*(?: Std)? ")
_MIN_NUMBER: Final = 4
"""Least number of characters of a number that stands without its body."""
_COMMITTEES: Final = iri("std:TechnicalCommittee")
_DOCUMENTS: Final = tuple(
    map(iri, ("std:Document", "std:Standard", "std:StandardSeries", "std:Work"))
)
_PLACES: Final = iri("std:Place")
_MAX_NAMES: Final = 2000


def find_short(index: NameIndex, text: str, kinds: Collection[int] | None) -> list[Name]:
    """Return the entities of which a text is a short form, one name per entity.

    ``kinds`` are kind set ids as in :class:`kg.entities.index.NameIndex`. ``最多跑一次`` is short
    for ``“最多跑一次”改革``, ``P成员`` and ``积极成员`` for ``积极成员（P成员）``, ``TC 176`` for
    ``ISO/TC 176``. Of countries, ``Korea, Republic of`` is read as ``Republic of Korea``.
    """
    wanted = fold(text)
    if not wanted:
        return []
    found: dict[str, Name] = {}
    for name in islice(index.find_phrase(text, kinds), _MAX_NAMES):
        if not name.is_title and wanted in map(fold, _short_forms(name)):
            found.setdefault(name.iri, name)
    if not found and _COMMITTEE.fullmatch(text.strip()):
        found = _committees(index, text, kinds)
    if not found:
        found = _places(index, text, kinds)
    return list(found.values())


def find_number(index: NameIndex, text: str, kinds: Collection[int] | None) -> list[str]:
    """Return the designations of documents whose number without the body is a text.

    ``802.11-2020`` gives ``IEEE Std 802.11-2020``; a number that several bodies have gives one for
    each. A longer designation, such as that of a redline, does not count.
    """
    text = text.strip()
    if len(text) < _MIN_NUMBER or not _NUMBER.fullmatch(text):
        return []
    among = frozenset[int]().union(*map(index.kind_sets_with, _DOCUMENTS))
    among = among if kinds is None else among & set(kinds)
    found: dict[str, None] = {}
    for name in islice(index.find_words(text, among), _MAX_NAMES):
        body, number = name.text[: -len(text)], name.text[-len(text) :]
        if not name.is_title and fold(number) == fold(text) and _BODY.fullmatch(body):
            found.setdefault(name.text)
    return list(found)


def _short_forms(name: Name) -> Iterator[str]:
    yield from _QUOTED.findall(name.text)
    parts = _IN_PARENTHESES.fullmatch(name.text) if name.rank == Rank.TERM else None
    if parts:
        yield from parts.groups()


def _committees(index: NameIndex, text: str, kinds: Collection[int] | None) -> dict[str, Name]:
    """Return the committees whose identifier is the text after a body: ``ISO/TC 176``."""
    wanted = fold(text)
    among = index.kind_sets_with(_COMMITTEES)
    among = among if kinds is None else among & set(kinds)
    found: dict[str, Name] = {}
    for name in islice(index.find_words(text, among), _MAX_NAMES):
        body, _, number = name.text.partition(" " if name.text.startswith("ISO/IEC ") else "/")
        if body and fold(number) == wanted:
            found.setdefault(name.iri, name)
    return found


def _places(index: NameIndex, text: str, kinds: Collection[int] | None) -> dict[str, Name]:
    """Return the places that a country's name means in the forms of lists and of ISO 3166."""
    among = index.kind_sets_with(_PLACES)
    among = among if kinds is None else among & set(kinds)
    forms = [text.replace(" and ", " & "), re.sub(r"\bSaint\b", "St.", text)]
    inverted = _INVERTED.fullmatch(text)
    if inverted:
        forms += [f"{inverted[2].removeprefix('the ')} {inverted[1]}", inverted[1]]
    for form in forms:
        names = [name for name in index.find_same(form, among) if not name.is_title]
        if names:
            return {name.iri: name for name in names}
    return {}
