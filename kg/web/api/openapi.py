"""The description of all routes in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.metadata import metadata, version
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.web import errors, schemas
from kg.web.data_routes import DataRoute
from kg.web.descriptions import ERRORS, HEADERS, POST_ERRORS, THE_SERVER, responses
from kg.web.parameters import Parameter
from kg.web.rendering import JSON
from kg.web.responses import entity_tag, unchanged, without_body
from kg.web.state import State

PATH: Final = "/openapi.json"
_VERSION: Final = version("stdkg")


def describe(
    routes: Iterable[DataRoute[Any]], others: Mapping[str, Mapping[str, Any]], server: str
) -> dict[str, Any]:
    """Return the description of the routes; ``others`` are path items by path."""
    paths = {route.path: _path_item(route) for route in routes}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "stdkg",
            "summary": metadata("stdkg")["Summary"],
            "description": "Each row and fact has its IRIs and its evidence. Texts are in English"
            " or Chinese, as `lang` or `Accept-Language` says.",
            "version": _VERSION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": server}],
        "paths": {**paths, **others},
        "components": {
            "schemas": schemas.COMPONENTS,
            "responses": {
                status: {
                    "description": text,
                    "content": {errors.MEDIA_TYPE: {"schema": schemas.reference("Problem")}},
                }
                for status, text in ERRORS.items()
            },
            "headers": {
                name: {"description": text, "schema": schema}
                for name, (text, schema) in HEADERS.items()
            },
        },
    }


def _path_item(route: DataRoute[Any]) -> dict[str, Any]:
    content = {
        media_type: {"schema": route.schema if media_type == JSON else schemas.TEXT}
        for media_type in route.renderers
    }
    parameters = [
        *(_parameter(each, "path") for each in route.path_parameters),
        *(_parameter(each, "query") for each in route.all_parameters),
    ]
    common = {"tags": [route.tag], "summary": route.summary, "description": route.description}
    item: dict[str, Any] = {
        "get": {
            **common,
            "operationId": _operation_id("get", route.path),
            "parameters": parameters,
            "responses": {**responses(content), "304": {"description": "As the client has it."}},
        }
    }
    if route.body:
        optional = [{**each, "required": False} for each in parameters]
        item["post"] = {
            **common,
            "operationId": _operation_id("post", route.path),
            "parameters": optional,
            "requestBody": {"required": True, "content": route.body.content},
            "responses": responses(content, POST_ERRORS),
        }
    return item


def _operation_id(method: str, path: str) -> str:
    words = path.replace("{", "by-").replace("}", "").strip("/").split("/")
    return "-".join((method, *words))


def _parameter(parameter: Parameter, place: str) -> dict[str, Any]:
    described = {
        "name": parameter.name,
        "in": place,
        "description": parameter.description,
        "required": parameter.required,
        "schema": parameter.schema,
    }
    if parameter.example:
        example = [parameter.example] if parameter.repeated else parameter.example
        described["example"] = example
    return described


def route(routes: Iterable[DataRoute[Any]], others: Mapping[str, Mapping[str, Any]]) -> Route:
    """Return the route of the description itself."""
    routes = list(routes)

    async def answer(request: Request) -> Response:
        state: State = request.app.state.server
        server = state.address(request).rstrip("/")
        tag = entity_tag(_VERSION, server)
        if response := unchanged(request, tag):
            return response
        described = {**others, PATH: _OWN}
        body = json.dumps(describe(routes, described, server), ensure_ascii=False)
        headers = {"ETag": tag, "Cache-Control": "no-cache", **state.store().headers()}
        response = Response(body + "\n", 200, headers, JSON)
        return without_body(response) if request.method == "HEAD" else response

    return Route(PATH, answer)


_OWN: Final = {
    "get": {
        "tags": [THE_SERVER],
        "summary": "Describe all routes",
        "operationId": "get-openapi",
        "responses": responses({JSON: {"schema": {"type": "object"}}}, ("500",)),
    }
}
