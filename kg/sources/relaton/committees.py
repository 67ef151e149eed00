"""Committees and groups as records name them: by number, or by a name only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.identifiers import committees, iris
from kg.sources.rdf_terms import introduction, term
from kg.sources.relaton.texts import clean
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_CATALOGUED: Final = ("ISO",)
"""Whose committees have a catalogue of their own, which says what they are."""

_LEVELS: Final = (
    (re.compile(r"technical committee (\d+)", re.I), r"TC \1"),
    (re.compile(r"subcommittee (\d+)", re.I), r"SC \1"),
)
_SPELLED: Final = {
    "Telecommunication Standardization Advisory Group": "ITU-T TSAG",
    "technical": "Technical Committee",
}
_BY_ITSELF: Final = "CISPR"
_LINES: Final = re.compile(r"\s*[\r\n]\s*|[ \t\u3000]{2,}")
_UNKNOWN: Final = re.compile(r"unknown( working)? group", re.I)


@dataclass(frozen=True, slots=True)
class Group:
    """A committee: its node, whether a number names it, and what is said of it."""

    node: EncodedTerm
    numbered: bool
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """The committees of one name in a record, and what had to be mended."""

    found: tuple[Group, ...]
    mended: tuple[str, ...]


@lru_cache(maxsize=8192)
def named(body: str, levels: tuple[str, ...]) -> Groups:
    """The committees that a record of a body means by the levels of a name."""
    mended: set[str] = set()
    if body == "JIS":
        names = [clean(part, mended) for part in _LINES.split(levels[0].strip())]
        if levels[0].strip() != levels[0]:
            mended.add("spacing")
        if len(names) > 1:
            mended.add("joined-names")
        found = tuple(_drafting_body(name) for name in names if name)
        return Groups(found, tuple(sorted(mended)))
    text = "/".join(_level(clean(level, mended)) for level in levels)
    if _UNKNOWN.fullmatch(text):
        return Groups((), ("unknown-group",))
    usual = _SPELLED.get(text, text)
    if "/CIS/" in text:
        usual = text.replace("/CIS/", "/")
    if usual != text:
        mended.add("spelled-otherwise")
    return Groups((_group(body, usual),), tuple(sorted(mended)))


def _level(text: str) -> str:
    for pattern, short in _LEVELS:
        if pattern.fullmatch(text):
            return pattern.sub(short, text)
    return text


def _group(body: str, text: str) -> Group:
    found = committees.parse(text, body)
    if found is not None:
        iri, said = iris.committee(found), []
        if found.owners[0] not in _CATALOGUED:
            said = _chain(found)
        else:
            said = list(introduction(iri, str(found)))
        return Group(ntriples.encode_iri(iri), True, tuple(said))
    if text == _BY_ITSELF:
        iri = iris.body(text)
        return Group(ntriples.encode_iri(iri), True, introduction(iri, text))
    if body in _CATALOGUED:
        # Without a slash it is another organization, which works for ISO as a committee does.
        owner, slash, name = text.partition("/")
        iri = iris.group(owner, name) if slash else iris.body(owner)
        return Group(ntriples.encode_iri(iri), False, introduction(iri, text))
    iri = iris.group(body, text)
    return Group(
        ntriples.encode_iri(iri), False, (*_described(iri, text), _part_of(iri, iris.body(body)))
    )


def _chain(found: committees.Committee) -> list[str]:
    """A committee of a body that has no catalogue of committees, and those above it."""
    said: list[str] = []
    each: committees.Committee | None = found
    while each is not None:
        iri, above = iris.committee(each), each.parent
        said += _described(iri, str(each))
        if above is not None:
            said.append(_part_of(iri, iris.committee(above)))
        else:
            said += [_part_of(iri, iris.body(owner)) for owner in each.owners]
        each = above
    return said


def _described(iri: str, name: str) -> tuple[str, ...]:
    kind = ntriples.encode_triple(
        ntriples.encode_iri(iri), term("rdf:type"), term("std:TechnicalCommittee")
    )
    return (*introduction(iri, name), kind)


def _part_of(iri: str, above: str) -> str:
    return ntriples.encode_triple(
        ntriples.encode_iri(iri), term("std:partOf"), ntriples.encode_iri(above)
    )


def _drafting_body(name: str) -> Group:
    """An organization that drafts standards of JIS."""
    iri = iris.group("JIS", name)
    kind = ntriples.encode_triple(
        ntriples.encode_iri(iri), term("rdf:type"), term("std:Organization")
    )
    return Group(ntriples.encode_iri(iri), False, (*introduction(iri, name), kind))
