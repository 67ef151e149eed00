"""Routes on entities: search, suggestions, profiles, paths and matches."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from starlette.requests import Request

from kg.web import operations, schemas
from kg.web.api import json_answers, table_answers
from kg.web.calls import Call
from kg.web.data_routes import Body, DataRoute
from kg.web.errors import HttpError
from kg.web.parameters import AS_OF, Parameter, Values, paging
from kg.web.protocol import read_body
from kg.web.rendering import CSV, JSON, TSV, Page

_ENTITIES: Final = "Entities"
_REFERENCES: Final = 1000
"""References of one request."""
_MAX_HITS: Final = 1000
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""JSON can escape what is no character."""

_Q: Final = Parameter(
    "q", "Words, a number or a part of a name, in any language.", required=True, example="标准化"
)
_KIND: Final = Parameter(
    "kind", "Only entities of this class or group, such as std:Organization or event."
)


def _search(values: Values) -> Call[Page[tuple[Any, ...]]]:
    return Call.of(
        operations.search, values["q"], values["kind"], values["limit"], values.get("offset", 0)
    )


_HITS: Final = {JSON: json_answers.hits, CSV: table_answers.hits, TSV: table_answers.hits}

SEARCH: Final = DataRoute(
    path="/search",
    tag=_ENTITIES,
    summary="Find entities by a part of a name, other name or identifier",
    parameters=(_Q, _KIND, *paging(20, _MAX_HITS)),
    call=_search,
    renderers=_HITS,
    schema=schemas.HITS,
)
SUGGEST: Final = DataRoute(
    path="/suggest",
    tag=_ENTITIES,
    summary="Suggest entities while their name is typed",
    parameters=(_Q, _KIND, Parameter("limit", "Suggestions.", "integer", False, 8, 1, 50)),
    call=_search,
    renderers=_HITS,
    schema=schemas.HITS,
)
_PROFILE: Final = {
    JSON: json_answers.profile,
    CSV: table_answers.profile,
    TSV: table_answers.profile,
}
_RELATIONS: Final = Parameter(
    "limit", "Relations of each kind; the others are counted.", "integer", False, 20, 1, 100_000
)
_ENTITY: Final = (
    "An entity is given by its name in either language, an abbreviation, an identifier, an IRI, or"
    " an IRI without its beginning. A name that means several entities is refused, with a list."
)


def _show(values: Values) -> Call[Any]:
    return Call.of(operations.show, values["name"], values["limit"], values["as_of"])


SHOW: Final = DataRoute(
    path="/show",
    tag=_ENTITIES,
    summary="Show what an entity is and everything known about it, with evidence",
    description=_ENTITY,
    parameters=(
        Parameter("name", "The entity.", required=True, example="ISO/TC 321"),
        _RELATIONS,
        AS_OF,
    ),
    call=_show,
    renderers=_PROFILE,
    schema=schemas.PROFILE,
)
SHOW_PATH: Final = DataRoute(
    path="/show/{name}",
    tag=_ENTITIES,
    summary="Show an entity that the path names",
    description=_ENTITY,
    parameters=(_RELATIONS, AS_OF),
    path_parameters=(Parameter("name", "The entity.", required=True, example="iso/tc/321"),),
    call=_show,
    renderers=_PROFILE,
    schema=schemas.PROFILE,
)
RELATE: Final = DataRoute(
    path="/relate",
    tag=_ENTITIES,
    summary="Show how two entities are related, step by step with evidence",
    description="Without a way, `looked_at` has what both ends are related to.",
    parameters=(
        Parameter("from", "An entity.", required=True, example="浙江省省长"),
        Parameter("to", "The other entity.", required=True, example="SAC"),
        Parameter("paths", "Ways at most.", "integer", False, 3, 1, 20),
        Parameter("hops", "Steps of a way at most.", "integer", False, 4, 1, 6),
        AS_OF,
    ),
    call=lambda values: Call.of(
        operations.relate,
        values["from"],
        values["to"],
        values["paths"],
        values["hops"],
        values["lang"],
        values["as_of"],
    ),
    renderers={JSON: json_answers.paths, CSV: table_answers.paths, TSV: table_answers.paths},
    schema=schemas.WAYS,
)


async def _read_references(request: Request) -> Values:
    """Return the references in the body of a request: lines of text, or a list in JSON."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _REFERENCES_CONTENT:
        raise HttpError(415, f"send references as one of {', '.join(_REFERENCES_CONTENT)}")
    body = await read_body(request)
    try:
        text = body.decode("utf-8-sig")
        content = json.loads(text) if media_type == JSON else text.splitlines()
    except (ValueError, RecursionError) as error:
        raise HttpError(400, f"the body is no {media_type} in UTF-8: {error}") from error
    if not isinstance(content, list) or not all(isinstance(each, str) for each in content):
        raise HttpError(400, 'the body is no list of texts: send ["ISO 9001", …]')
    if any(map(_SURROGATE.search, content)):
        raise HttpError(400, "a text has half of a surrogate pair: send valid Unicode")
    return {"reference": _bounded(tuple(content))}


def _bounded(references: tuple[str, ...]) -> tuple[str, ...]:
    if len(references) > _REFERENCES:
        raise HttpError(
            400, f"there are {len(references)} references: send at most {_REFERENCES} at once"
        )
    return references


_REFERENCES_CONTENT: Final = {
    JSON: {"schema": schemas.array(schemas.TEXT)},
    "text/plain": {"schema": schemas.TEXT},
}

MATCH: Final = DataRoute(
    path="/match",
    tag=_ENTITIES,
    summary="Match references or names to entities, with the status of documents and reasons",
    description="Longer lists are sent in the body: one reference a line, or a list in JSON. A"
    f" request has at most {_REFERENCES} references.",
    parameters=(
        Parameter(
            "reference",
            "A reference or name; several times for several.",
            required=True,
            repeated=True,
            example="ISO/TC 321",
        ),
        AS_OF,
    ),
    call=lambda values: Call.of(operations.match, _bounded(values["reference"]), values["as_of"]),
    renderers={JSON: json_answers.matches, CSV: table_answers.matches, TSV: table_answers.matches},
    schema=schemas.MATCHES,
    body=Body(_read_references, _REFERENCES_CONTENT),
)

ROUTES: Final[tuple[DataRoute[Any], ...]] = (
    SEARCH,
    SUGGEST,
    SHOW,
    SHOW_PATH,
    RELATE,
    MATCH,
)
