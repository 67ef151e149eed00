"""All routes of the API, and their description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.routing import BaseRoute

from kg.web import health, metrics, sparql
from kg.web.api import ask, changes, entities, openapi, questions
from kg.web.descriptions import PathItem
from kg.web.linked_data import descriptions as linked_data

_OTHERS: Final[Mapping[str, PathItem]] = {
    "/sparql": sparql.DESCRIPTION,
    "/health": health.DESCRIPTION,
    "/metrics": metrics.DESCRIPTION,
    **linked_data.DESCRIPTIONS,
}
"""Descriptions of routes that answer otherwise than a :class:`kg.web.data_routes.DataRoute`."""


def api_routes() -> list[BaseRoute]:
    """Return the routes for the application."""
    by_name = questions.question_routes()
    single = (*entities.ROUTES, *changes.ROUTES, ask.ASK, questions.QUESTIONS)
    described = (*single, *by_name.values())
    return [
        *(each.route() for each in single),
        questions.dispatch(by_name),
        openapi.route(described, _OTHERS),
    ]
