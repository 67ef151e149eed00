"""Read the batches of queries of both versions of the API."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, Final, TypeVar

from kg.common.errors import ArgumentError
from kg.web.reconciliation.model import (
    LIMIT,
    MAX_LIMIT,
    Condition,
    Qualifier,
    Quantifier,
    Query,
    Strictness,
)
from kg.web.reconciliation.properties import IDENTIFIER, NAME

MAX_BATCH: Final = 100
"""Maximum number of queries of a batch."""

_MAX_VALUES: Final = 50
"""Maximum number of conditions of a query, of values of a condition, and of types."""

_Choice = TypeVar("_Choice", Strictness, Quantifier, Qualifier)


class TooManyError(ArgumentError):
    """A batch has more queries, entities or properties than the service accepts."""


def parse_json(text: str) -> Any:
    """Return the content of a JSON text; ArgumentError if it isn't one."""
    try:
        content = json.loads(text, parse_constant=_refuse_constant)
        # Half of a surrogate pair is a valid escape in JSON, but no text.
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ArgumentError("the JSON has half of a surrogate pair: send Unicode") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ArgumentError(f"{place}: {error.msg}: send JSON") from error
    except ValueError as error:
        raise ArgumentError("the JSON has a number that is too long: shorten it") from error
    except RecursionError as error:
        raise ArgumentError("the JSON is nested too deeply: flatten it") from error
    return content


def _refuse_constant(name: str) -> None:
    raise ArgumentError(f"{name} is no number of JSON: leave it out")


def parse_batch(content: Any) -> dict[str, Query]:
    """Return the queries of a batch of version 0.2, by their keys.

    Raises ArgumentError for content that is not such a batch, and TooManyError for too many
    queries.
    """
    batch = _object(content, "queries")
    _check_count(len(batch), MAX_BATCH, "queries")
    return {key: _query(key, _object(query, key)) for key, query in batch.items()}


def parse_match(content: Any) -> list[Query]:
    """Return the queries of a batch of version 1.0-draft; errors as :func:`parse_batch`."""
    batch = _list(_object(content, "the body").get("queries"), "queries")
    _check_count(len(batch), MAX_BATCH, "queries")
    return [
        _conditional_query(f"query {number}", _object(query, f"query {number}"))
        for number, query in enumerate(batch)
    ]


def parse_extension(content: Any) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Return the entities, and the settings of each property, of a data extension query."""
    query = _object(content, "the data extension query")
    ids = [_text(each, "ids") for each in _list(query.get("ids"), "ids")]
    _check_count(len(ids), 10 * MAX_BATCH, "ids")
    listed = _list(query.get("properties"), "properties")
    _check_count(len(listed), _MAX_VALUES, "properties")
    properties = {}
    for each in listed:
        property_ = _object(each, "properties")
        settings = property_.get("settings") or {}
        properties[_text(property_.get("id"), "the id of a property")] = _object(
            settings, "settings"
        )
    return ids, properties


def _query(key: str, query: Mapping[str, Any]) -> Query:
    _check_names(key, query, ("query", "type", "type_strict", "limit", "properties"))
    text = query.get("query")
    texts = () if text is None else (_text(text, f"{key}: query"),)
    conditions = tuple(
        _condition(key, _object(each, f"{key}: properties"), "pid", "v")
        for each in _list(query.get("properties") or [], f"{key}: properties")
    )
    _check_count(len(conditions), _MAX_VALUES, f"{key}: properties")
    if not any(map(str.strip, texts)) and not conditions:
        raise ArgumentError(f"{key}: give a query, or properties with values")
    return Query(
        tuple(filter(str.strip, texts)),
        _types(key, query.get("type")),
        _choice(Strictness, query.get("type_strict"), f"{key}: type_strict"),
        _limit(key, query.get("limit")),
        conditions,
    )


def _conditional_query(key: str, query: Mapping[str, Any]) -> Query:
    _check_names(key, query, ("type", "limit", "lang", "dir", "conditions"))
    listed = _list(query.get("conditions"), f"{key}: conditions")
    _check_count(len(listed), _MAX_VALUES, f"{key}: conditions")
    texts: list[str] = []
    conditions = []
    for each in listed:
        given = _object(each, f"{key}: conditions")
        kind = given.get("matchType")
        if kind not in {"name", "id", "property"}:
            raise ArgumentError(f"{key}: matchType is 'name', 'id' or 'property', not {kind!r}")
        if kind == "property":
            conditions.append(_condition(key, given, "propertyId", "propertyValue"))
            continue
        own = {"propertyId": NAME if kind == "name" else IDENTIFIER}
        condition = _condition(key, {**given, **own}, "propertyId", "propertyValue")
        if condition.quantifier != Quantifier.NONE:
            texts += condition.values
        if condition.quantifier != Quantifier.ANY or condition.required or kind == "id":
            conditions.append(condition)
    if not listed:
        raise ArgumentError(f"{key}: give one condition or more")
    type_ = query.get("type")
    types = () if type_ is None else _types(key, _text(type_, f"{key}: type"))
    return Query(
        tuple(filter(str.strip, texts)),
        types,
        Strictness.ANY,
        _limit(key, query.get("limit")),
        tuple(conditions),
    )


def _condition(key: str, given: Mapping[str, Any], name: str, value: str) -> Condition:
    property_ = _text(given.get(name), f"{key}: {name}")
    if value not in given:
        raise ArgumentError(f"{key}: {property_} has no {value}")
    values = given[value] if isinstance(given[value], list) else [given[value]]
    _check_count(len(values), _MAX_VALUES, f"{key}: values of {property_}")
    return Condition(
        property_,
        tuple(_value(each, f"{key}: {property_}") for each in values),
        given.get("required") is True,
        _choice(Quantifier, given.get("matchQuantifier"), f"{key}: matchQuantifier"),
        _choice(Qualifier, given.get("matchQualifier"), f"{key}: matchQualifier"),
    )


def _value(value: Any, place: str) -> str:
    """Return a value as a text: an IRI for an entity."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str | int | float):
        return str(value)
    return _text(_object(value, place).get("id"), f"{place}: id")


def _types(key: str, given: Any) -> tuple[str, ...]:
    listed = [] if given is None else given if isinstance(given, list) else [given]
    _check_count(len(listed), _MAX_VALUES, f"{key}: types")
    return tuple(text for each in listed if (text := _text(each, f"{key}: type").strip()))


def _limit(key: str, given: Any) -> int:
    if given is None:
        return LIMIT
    if isinstance(given, bool) or not isinstance(given, int | float) or given < 1:
        raise ArgumentError(f"{key}: the limit is a number from 1 to {MAX_LIMIT}, not {given!r}")
    return min(int(min(given, MAX_LIMIT)), MAX_LIMIT)


def _choice(choices: type[_Choice], given: Any, place: str) -> _Choice:
    default = next(iter(choices))
    if given is None:
        return default
    if given not in list(choices):
        raise ArgumentError(f"{place} is one of {', '.join(filter(None, choices))}, not {given!r}")
    return choices(given)


def _object(content: Any, place: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise ArgumentError(f"{place}: an object is needed here, not {_kind(content)}")
    return content


def _list(content: Any, place: str) -> list[Any]:
    if not isinstance(content, list):
        raise ArgumentError(f"{place}: a list is needed here, not {_kind(content)}")
    return content


def _check_names(key: str, query: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse what would otherwise be ignored, such as a condition under another name."""
    for name in query:
        if name not in known:
            raise ArgumentError(f"{key}: there is no {name!r} in a query: give {', '.join(known)}")


def _text(content: Any, place: str) -> str:
    if not isinstance(content, str):
        raise ArgumentError(f"{place}: a text is needed here, not {_kind(content)}")
    return content


def _kind(content: Any) -> str:
    names = {"dict": "an object", "list": "a list", "NoneType": "nothing", "str": "a text"}
    return names.get(type(content).__name__, "a number or a boolean")


def _check_count(count: int, limit: int, what: str) -> None:
    if count > limit:
        raise TooManyError(f"{what}: {count} are more than {limit}: send several requests")
