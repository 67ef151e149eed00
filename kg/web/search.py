"""``/search``: find entities by name, number or title."""

from __future__ import annotations

from typing import Final

from kg.web import operations
from kg.web.calls import Call
from kg.web.data_routes import DataRoute
from kg.web.json_answers import HITS_SCHEMA, hits_json
from kg.web.parameters import Parameter, paging
from kg.web.rendering import JSON

_LIMIT: Final = 20
_MAX_LIMIT: Final = 200


SEARCH = DataRoute(
    path="/search",
    summary="Find entities by a part of a name, other name or identifier",
    parameters=(
        Parameter("q", "Words, a number or a part of a name, in any language.", required=True),
        Parameter("kind", "Only entities of this class or group, such as std:Organization."),
        *paging(_LIMIT, _MAX_LIMIT),
    ),
    call=lambda values: Call.of(operations.search, **values),
    renderers={JSON: hits_json},
    schema=HITS_SCHEMA,
)

ROUTES = [SEARCH.route()]
