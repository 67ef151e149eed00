"""What the last build changed, as data, as a page and as a feed."""

from __future__ import annotations

from typing import Any, Final

from kg.changes.model import KINDS
from kg.web import schemas
from kg.web.api import change_answers
from kg.web.api.change_answers import ATOM
from kg.web.calls import Call
from kg.web.changes import changes
from kg.web.data_routes import DataRoute
from kg.web.parameters import Parameter, Values, paging
from kg.web.rendering import CSV, HTML, JSON

_PARAMETERS: Final = (
    Parameter("kind", "Only events of this kind.", choices=tuple(KINDS), repeated=True),
    Parameter("since", "Only events from this day, month or year on.", example="2025-05"),
    Parameter(
        "watch",
        "Only events of this document, committee, field, country or body.",
        repeated=True,
        example="ISO/TC 321",
    ),
    *paging(1000),
)
_DESCRIPTION: Final = (
    "The graph is compared with the one before the last build that changed it. Each event has the"
    " records that prove it."
)


def _call(values: Values) -> Call[Any]:
    return Call.of(
        changes,
        values["kind"],
        values["since"],
        values["watch"],
        values["limit"],
        values["offset"],
    )


ROUTES: Final[tuple[DataRoute[Any], ...]] = (
    DataRoute(
        path="/changes",
        tag="Changes",
        summary="Tell what the last build changed",
        description=_DESCRIPTION,
        parameters=_PARAMETERS,
        call=_call,
        renderers=dict.fromkeys((JSON, CSV, HTML, ATOM), change_answers.render),
        schema=schemas.CHANGES,
    ),
    DataRoute(
        path="/changes.atom",
        tag="Changes",
        summary="Tell what the last build changed, as a feed",
        description=_DESCRIPTION,
        parameters=_PARAMETERS,
        call=_call,
        renderers={ATOM: change_answers.render},
        schema=schemas.TEXT,
    ),
)
