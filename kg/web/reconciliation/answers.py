"""The answers of both versions of the API, as content of JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.web.reconciliation.extension import Column, Extension, Value
from kg.web.reconciliation.model import Candidate, NamedThing
from kg.web.reconciliation.suggestions import Suggestion


def results(found: Mapping[str, Sequence[Candidate]]) -> dict[str, Any]:
    """Return the candidates of each query of version 0.2."""
    return {key: {"result": [_candidate(each) for each in own]} for key, own in found.items()}


def match_results(found: Iterable[Sequence[Candidate]]) -> dict[str, Any]:
    """Return the candidates of each query of version 1.0-draft."""
    return {"results": [{"candidates": [_candidate(each) for each in own]} for own in found]}


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        **_thing(NamedThing(candidate.id, candidate.name, candidate.description)),
        "score": candidate.score,
        "match": candidate.match,
        "features": [
            {"id": feature.id, "name": feature.name, "value": feature.value}
            for feature in candidate.features
        ],
        "type": [{"id": each.id, "name": each.name} for each in candidate.types],
    }


def suggestions(found: Iterable[Suggestion], types: str) -> dict[str, Any]:
    """Return suggestions, with their types under a name."""
    listed = []
    for each in found:
        item = _thing(each.thing)
        if each.types:
            item[types] = [_thing(replace(type_, description="")) for type_ in each.types]
        if each.qualifiers:
            item["matchQualifiers"] = [_thing(qualifier) for qualifier in each.qualifiers]
        listed.append(item)
    return {"result": listed}


def proposals(kind: str, limit: int, found: Iterable[NamedThing]) -> dict[str, Any]:
    """Return proposed properties for a type."""
    asked = {"type": kind} | ({"limit": limit} if limit else {})
    return {**asked, "properties": [_thing(each) for each in found]}


def extension(found: Extension) -> dict[str, Any]:
    """Return values of properties as version 0.2 gives them."""
    names = [column.id for column in found.columns]
    return {
        "meta": [_column(column) for column in found.columns],
        "rows": {
            id_: {
                name: [_value(value, tagged=False) for value in own]
                for name, own in zip(names, row, strict=True)
            }
            for id_, row in found.rows.items()
        },
    }


def draft_extension(found: Extension) -> dict[str, Any]:
    """Return values of properties as version 1.0-draft gives them."""
    names = [column.id for column in found.columns]
    return {
        "meta": [_column(column) for column in found.columns],
        "rows": [
            {
                "id": id_,
                "properties": [
                    {"id": name, "values": [_value(value, tagged=True) for value in own]}
                    for name, own in zip(names, row, strict=True)
                ],
            }
            for id_, row in found.rows.items()
        ],
    }


def _column(column: Column) -> dict[str, Any]:
    type_ = column.type
    kind = {} if type_ is None else {"type": {"id": type_.id, "name": type_.name}}
    return {"id": column.id, "name": column.name, **kind}


def _value(value: Value, *, tagged: bool) -> dict[str, Any]:
    if value.name:
        return {"id": value.content, "name": value.name}
    if isinstance(value.content, int):
        return {"int": value.content}
    if isinstance(value.content, float):
        return {"float": value.content}
    return {"str": value.content} | ({"lang": value.lang} if tagged and value.lang else {})


def _thing(thing: NamedThing) -> dict[str, Any]:
    named = {"id": thing.id, "name": thing.name}
    return named | ({"description": thing.description} if thing.description else {})
