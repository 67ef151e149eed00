"""Committees named in records, by number or by name only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.identifiers import committees, iris
from kg.sources.documents.values import clean_text
from kg.sources.rdf_terms import naming_lines, term
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_CATALOGUED: Final = ("ISO",)
"""Bodies with a catalogue that describes their committees."""

_LEVELS: Final = (
    (re.compile(r"technical committee (\d+)", re.I), r"TC \1"),
    (re.compile(r"subcommittee (\d+)", re.I), r"SC \1"),
)
_USUAL_NAMES: Final = {
    "Telecommunication Standardization Advisory Group": "ITU-T TSAG",
    "technical": "Technical Committee",
}
_STANDALONE: Final = "CISPR"
_LINES: Final = re.compile(r"\s*[\r\n]\s*|[ \t\u3000]{2,}")
_UNKNOWN: Final = re.compile(r"unknown( working)? group", re.I)


@dataclass(frozen=True, slots=True)
class NamedCommittee:
    """A committee: its node, whether it is named by number, and statements about it."""

    node: EncodedTerm
    numbered: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedCommittees:
    """The committees of a name in a record, and the codes of repairs to the name."""

    committees: tuple[NamedCommittee, ...]
    repairs: tuple[str, ...]


@lru_cache(maxsize=8192)
def committees_of_name(body: str, levels: tuple[str, ...]) -> NamedCommittees:
    """Return the committees of a name in a record of a body; ``levels`` are its parts."""
    repairs: set[str] = set()
    if body == "JIS":
        names = [clean_text(part, repairs) for part in _LINES.split(levels[0].strip())]
        if levels[0].strip() != levels[0]:
            repairs.add("spacing")
        if len(names) > 1:
            repairs.add("joined-names")
        bodies = tuple(_drafting_body(name) for name in names if name)
        return NamedCommittees(bodies, tuple(sorted(repairs)))
    text = "/".join(_abbreviate(clean_text(level, repairs)) for level in levels)
    if _UNKNOWN.fullmatch(text):
        return NamedCommittees((), ("unknown-group",))
    usual = _USUAL_NAMES.get(text, text)
    if "/CIS/" in text:
        usual = text.replace("/CIS/", "/")
    if usual != text:
        repairs.add("spelled-otherwise")
    return NamedCommittees((_committee(body, usual),), tuple(sorted(repairs)))


def _abbreviate(level: str) -> str:
    for pattern, short in _LEVELS:
        if pattern.fullmatch(level):
            return pattern.sub(short, level)
    return level


def _committee(body: str, text: str) -> NamedCommittee:
    parsed = committees.parse(text, body)
    if parsed is not None:
        iri = iris.committee(parsed)
        lines = naming_lines(iri, str(parsed))
        if parsed.owners[0] not in _CATALOGUED:
            lines = tuple(_describe_with_parents(parsed))
        return NamedCommittee(ntriples.encode_iri(iri), True, lines)
    if text == _STANDALONE:
        iri = iris.body(text)
        return NamedCommittee(ntriples.encode_iri(iri), True, naming_lines(iri, text))
    if body in _CATALOGUED:
        # Without a slash it is another organization, in the role of a committee of ISO.
        owner, slash, name = text.partition("/")
        iri = iris.group(owner, name) if slash else iris.body(owner)
        return NamedCommittee(ntriples.encode_iri(iri), False, naming_lines(iri, text))
    iri = iris.group(body, text)
    lines = (*_describe(iri, text), _part_of(iri, iris.body(body)))
    return NamedCommittee(ntriples.encode_iri(iri), False, lines)


def _describe_with_parents(committee: committees.Committee) -> list[str]:
    """Describe a committee that no catalogue describes, and its parents."""
    lines: list[str] = []
    each: committees.Committee | None = committee
    while each is not None:
        iri, parent = iris.committee(each), each.parent
        lines += _describe(iri, str(each))
        if parent is not None:
            lines.append(_part_of(iri, iris.committee(parent)))
        else:
            lines += [_part_of(iri, iris.body(owner)) for owner in each.owners]
        each = parent
    return lines


def _describe(iri: str, name: str) -> tuple[str, ...]:
    kind = ntriples.encode_triple(
        ntriples.encode_iri(iri), term("rdf:type"), term("std:TechnicalCommittee")
    )
    return (*naming_lines(iri, name), kind)


def _part_of(iri: str, parent: str) -> str:
    return ntriples.encode_triple(
        ntriples.encode_iri(iri), term("std:partOf"), ntriples.encode_iri(parent)
    )


def _drafting_body(name: str) -> NamedCommittee:
    """Return an organization that drafts standards of JIS."""
    iri = iris.group("JIS", name)
    kind = ntriples.encode_triple(
        ntriples.encode_iri(iri), term("rdf:type"), term("std:Organization")
    )
    return NamedCommittee(ntriples.encode_iri(iri), False, (*naming_lines(iri, name), kind))
