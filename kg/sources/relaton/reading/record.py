"""What a record of Relaton says, in one form for both generations of its schema.

Relaton's model is described at https://www.relaton.org/model/; records of version 1.2 (``docid``,
``link``, ``docstatus``, ``value``) and of 1.5 (``docidentifier``, ``source``, ``status``, ``at``)
occur side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from kg.sources.relaton.reading.yaml_reader import Mapping, NoText, RecordError


class Identifier(NamedTuple):
    """An identifier and its type, such as ISO, URN or DOI."""

    text: str
    type: str
    scope: str


class Words(NamedTuple):
    """A title or abstract; ``kind`` is main, title-intro and the like, or empty."""

    text: str
    language: str
    script: str
    kind: str


class Relation(NamedTuple):
    """A relation to another document, by its identifier; ``date`` is what stands with that."""

    kind: str
    described: str
    target: str
    date: str


@dataclass(frozen=True, slots=True)
class Record:
    """A document as its record describes it; nothing is interpreted yet, empty is not given.

    ``groups`` are the committees, each by its levels from the top; ``standing`` is what IEEE calls
    the status and its modification.
    """

    identifiers: tuple[Identifier, ...]
    type: str
    doctype: str
    titles: tuple[Words, ...]
    abstracts: tuple[Words, ...]
    links: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str], ...]
    publishers: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    edition: str
    languages: tuple[str, ...]
    stage: str
    substage: str
    standing: tuple[str, str]
    classes: tuple[str, ...]
    relations: tuple[Relation, ...]
    doi: str
    fetched: str


_DATED: Final = ("value", "at", "on", "from")


def normalize(found: Mapping, *, abstracts: bool) -> Record:
    """Bring a record to one form. RecordError for a field of a shape that no generation has.

    Raises NoText where a text has been read as a number or a truth value.
    """
    ext = _fields(found, "ext")
    extension = ext[0] if ext else {}
    status = _first(found, "docstatus", "status")
    links = _fields(found, "link") or _fields(found, "source")
    editions = [_said(e) for e in _list(found.get("edition"))]
    versions = [_text(v.get("draft")) for v in _fields(found, "version")]
    return Record(
        identifiers=_identifiers(found),
        type=_text(found.get("type")),
        doctype=_doctype(extension.get("doctype", found.get("doctype"))),
        titles=_words(found, "title"),
        abstracts=_words(found, "abstract") if abstracts else (),
        links=tuple([(_text(li.get("type")), _text(li.get("content"))) for li in links]),
        dates=tuple([(_text(d.get("type")), _date(d)) for d in _fields(found, "date")]),
        publishers=_publishers(found),
        groups=(*_groups(found), *_groups(extension), *_subdivisions(found)),
        edition=next(filter(None, (*editions, *versions)), "").strip(),
        languages=tuple(map(_text, _list(found.get("language")))),
        stage=_said(status.get("stage")),
        substage=_said(status.get("substage")),
        standing=(
            _text(extension.get("standard_status")),
            _text(extension.get("standard_modified")),
        ),
        classes=tuple(
            _text(each.get("code")) for part in (found, extension) for each in _fields(part, "ics")
        ),
        relations=tuple(
            [
                Relation(
                    _text(relation.get("type")),
                    _said(relation.get("description")),
                    *_target(relation),
                )
                for relation in _fields(found, "relation")
            ]
        ),
        doi=_text(extension.get("doi")),
        fetched=_text(found.get("fetched")),
    )


def _identifiers(found: Mapping) -> tuple[Identifier, ...]:
    """The identifiers, the one that names the document first."""
    given = _fields(found, "docid") or _fields(found, "docidentifier")
    first = [d for d in given if d.get("primary") in (True, "true") and not d.get("scope")][:1]
    return tuple(
        [
            Identifier(
                _text(each.get("id") or each.get("content")).strip(),
                _text(each.get("type")),
                _text(each.get("scope")),
            )
            for each in (*first, *[d for d in given if d not in first])
        ]
    )


def _target(relation: Mapping) -> tuple[str, str]:
    """The identifier of the other document, and the date that stands with it."""
    item = _first(relation, "bibitem")
    named = _fields(item, "docid") or _fields(item, "docidentifier")
    name = _text(named[0].get("id") or named[0].get("content")) if named else ""
    dates = _fields(item, "date")
    return name or _said(item.get("formattedref")), _date(dates[0]) if dates else ""


def _words(found: Mapping, name: str) -> tuple[Words, ...]:
    given = found.get(name)
    if isinstance(given, str):
        return (Words(given, "", "", ""),)
    return tuple(
        [
            Words(
                _text(each.get("content")),
                _one(each.get("language")),
                _one(each.get("script")),
                _text(each.get("type")),
            )
            for each in _fields(found, name)
        ]
    )


def _publishers(found: Mapping) -> tuple[str, ...]:
    """The abbreviations of the publishers; their names are not needed, and persons not kept."""
    return tuple(
        abbreviation
        for each in _fields(found, "contributor")
        if any(_text(role.get("type")) == "publisher" for role in _fields(each, "role"))
        for organization in _fields(each, "organization")
        if (abbreviation := _said(organization.get("abbreviation")))
    )


def _groups(part: Mapping) -> list[tuple[str, ...]]:
    """The committees of an editorial group, each in one level."""
    names: list[str] = []
    for group in _fields(part, "editorialgroup"):
        for committee in _list(group.get("technical_committee")):
            if isinstance(committee, dict):
                names.append(_text(committee.get("identifier")) or _said(committee.get("name")))
            else:
                names.append(_text(committee))
        names += map(_text, _list(group.get("committee")))
        names += map(_said, _list(group.get("name")))
    return [(name,) for name in names if name.strip()]


def _subdivisions(found: Mapping) -> list[tuple[str, ...]]:
    """The committees that contribute as parts of an organization."""
    groups = []
    for each in _fields(found, "contributor"):
        for organization in _fields(each, "organization"):
            levels = _fields(organization, "subdivision")
            names = [_said(lv.get("identifier")) or _said(lv.get("name")) for lv in levels]
            if any(names):
                groups.append(tuple(filter(None, names)))
    return groups


def _doctype(value: object) -> str:
    if isinstance(value, dict):
        return _text(value.get("type") or value.get("content"))
    return _text(value)


def _date(dated: Mapping) -> str:
    for name in _DATED:
        value = dated.get(name)
        if value is not None:
            return _text(value)
    return ""


def _said(value: Any) -> str:
    """The text of a value that a generation wraps up: ``content``, ``value``, the first of some."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        return _said(value[0]) if value else ""
    if isinstance(value, dict):
        return _said(value.get("content", value.get("value")))
    return _text(value)


def _one(value: Any) -> str:
    return _text(value[0] if value else None) if isinstance(value, list) else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        raise NoText
    raise RecordError("unreadable value", f"a {type(value).__name__} where a text is expected")


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _fields(found: Mapping, name: str) -> list[Mapping]:
    given = found.get(name)
    if given is None:
        return []
    values = given if type(given) is list else [given]
    for value in values:
        if type(value) is not dict:
            kind = type(value).__name__
            raise RecordError("unreadable value", f"{name}: a {kind} where fields are expected")
    return values


def _first(found: Mapping, *names: str) -> Mapping:
    for name in names:
        given = _fields(found, name)
        if given:
            return given[0]
    return {}
