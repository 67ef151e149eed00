"""The committees that a record names, in each form in which bodies write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from kg.sources.relaton.reading.shapes import ShapeReader, as_list
from kg.sources.relaton.reading.yaml_reader import YamlMapping

Levels = tuple[str, ...]
"""The name of a committee by levels, from the top."""

_SHORT_NAMES: Final = ("abbreviation", "acronym", "name", "content")
_BELOW: Final = ("committee", "workgroup", "commission")
"""Keys of the groups within a committee (relaton-iho, ``hash_converter.rb``)."""
_BESIDE: Final = (("subcommittee", "subgroup"), ("workgroup",))
"""Keys of the levels under the committee, beside it (relaton-iso-bib, relaton-itu)."""
_IDENTIFIER_KEYS: Final = ("content", "value", "id")
_DEPTH: Final = 3
"""Levels of a committee that are read; see ``fields.py``."""


def editorial_groups(reader: ShapeReader, part: YamlMapping, path: str) -> list[Levels]:
    """Return the committees in the field ``editorialgroup`` of a record or of its extension."""
    if "editorialgroup" not in part:
        return []
    here = f"{path}editorialgroup"
    groups: list[Levels] = []
    flat = {"groups": _flatten(part.get("editorialgroup"))}
    for group in reader.mappings(flat, "groups", here, text="name"):
        tops: list[Levels] = [
            (_technical_committee(reader, each, f"{here}.technical_committee"),)
            for each in as_list(group.get("technical_committee"))
        ]
        for each in as_list(group.get("committee")):
            tops += _committee(reader, each, f"{here}.committee")
        tops += [
            (_numbered(reader, each, f"{here}.group"),) for each in as_list(group.get("group"))
        ]
        tops += [(reader.wrapped(name, f"{here}.name"),) for name in as_list(group.get("name"))]
        groups += _with_groups_beside(reader, group, here, tops)
    return [levels for levels in groups if all(name.strip() for name in levels)]


def _with_groups_beside(
    reader: ShapeReader, group: YamlMapping, here: str, tops: list[Levels]
) -> list[Levels]:
    """Append the subcommittee and workgroup that stand beside the committee they belong to."""
    for keys in _BESIDE:
        below = [
            _numbered(reader, each, f"{here}.{key}")
            for key in keys
            for each in as_list(group.get(key))
        ]
        if below:
            tops = [(*top, name) for top in tops or [()] for name in below]
    return tops


def subdivisions(reader: ShapeReader, organizations: Iterable[YamlMapping]) -> list[Levels]:
    """Return the committees that contribute as subdivisions of an organization."""
    path = "contributor.organization.subdivision"
    groups = []
    for organization in organizations:
        levels = [
            reader.wrapped(level.get("identifier"), f"{path}.identifier", _IDENTIFIER_KEYS)
            or reader.wrapped(level.get("name"), f"{path}.name")
            or reader.text(level.get("content"), f"{path}.content")
            for level in reader.mappings(
                organization, "subdivision", "contributor.organization", text="name"
            )
        ]
        if any(levels):
            groups.append(tuple(filter(None, levels)))
    return groups


def _flatten(value: Any) -> list[Any]:
    """Return the groups of a list of lists, which IHO has."""
    flat: list[Any] = []
    for each in as_list(value):
        flat += each if isinstance(each, list) else [each]
    return flat


def _technical_committee(reader: ShapeReader, value: Any, path: str) -> str:
    if not isinstance(value, dict):
        return reader.text(value, path)
    return reader.text(value.get("identifier"), f"{path}.identifier") or reader.wrapped(
        value.get("name"), f"{path}.name"
    )


def _numbered(reader: ShapeReader, value: Any, path: str) -> str:
    """Return the identifier of a group, else its type and number, else its short name."""
    if not isinstance(value, dict):
        return reader.text(value, path)
    type_, number = (reader.text(value.get(key), f"{path}.{key}") for key in ("type", "number"))
    return (
        reader.text(value.get("identifier"), f"{path}.identifier")
        or (f"{type_} {number}" if type_ and number else "")
        or reader.wrapped(value, path, _SHORT_NAMES)
    )


def _committee(reader: ShapeReader, value: Any, path: str, depth: int = _DEPTH) -> list[Levels]:
    """Return a committee, or the groups within it."""
    if not isinstance(value, dict):
        return [(reader.text(value, path),)]
    below = [
        levels
        for key in (_BELOW if depth > 1 else ())
        for each in as_list(value.get(key))
        for levels in _committee(reader, each, f"{path}.{key}", depth - 1)
    ]
    if below and not any(name in value for name in _SHORT_NAMES):
        return below
    name = reader.wrapped(value, path, _SHORT_NAMES)
    return [(name, *levels) for levels in below] if below else [(name,)]
