"""The server of the Model Context Protocol, and its session on standard input and output."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, Final, TypeAlias

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError

from kg.common.errors import KgError
from kg.web.calls import OperationError
from kg.web.errors import HttpError, to_http_error
from kg.web.mcp import resources
from kg.web.mcp.backend import Backend
from kg.web.mcp.tools import TOOLS
from kg.web.pool import Pool, Settings
from kg.web.queue import BusyError
from kg.web.worker_process import ServedStore

_INSTRUCTIONS: Final = (
    "A knowledge graph of standardization: standards, committees, bodies, votes and reforms, from"
    " texts and catalogues. Every answer has IRIs and evidence: quote them. Use search or match to"
    " find an entity, show for what is known about it, relate for how two are related, question for"
    " tables, and sparql where nothing else answers. Nothing is guessed: what isn't in the answers"
    " isn't in the graph."
)
_BY_NAME: Final = {tool.name: tool for tool in TOOLS}

_log: Final = logging.getLogger("kg.web")

_Context: TypeAlias = ServerRequestContext[Any, Any]


def create_server(backend: Callable[[Any], Backend]) -> Server[Any]:
    """Return the server; ``backend`` gives the workers for the HTTP request, if there is one."""

    async def list_tools(
        context: _Context, params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in TOOLS])

    async def call_tool(
        context: _Context, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        return await _call(backend(context.request), params.name, params.arguments or {})

    return Server(
        "stdkg",
        version=version("stdkg"),
        title="stdkg, a knowledge graph of standardization",
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=_list_resources,
        on_list_resource_templates=_list_templates,
        on_read_resource=_read_resource,
    )


def create_manager(backend: Callable[[Any], Backend]) -> StreamableHTTPSessionManager:
    """Return what answers requests of HTTP, each on its own, without sessions."""
    return StreamableHTTPSessionManager(create_server(backend), json_response=True, stateless=True)


def _described(tool: Any) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.schema(),
        annotations=types.ToolAnnotations(
            read_only_hint=True, idempotent_hint=True, open_world_hint=False
        ),
    )


async def _call(backend: Backend, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
    if name not in _BY_NAME:
        return _failure(f"there is no tool {name!r}: the tools are {', '.join(_BY_NAME)}")
    tool = _BY_NAME[name]
    try:
        content = await tool.run(backend, tool.read(arguments))
    except (KgError, HttpError, BusyError) as error:
        return _failure(str(to_http_error(error)))
    except OperationError as error:
        _log.error("%s failed: %s", name, error)
        return _failure("this is an error of the server, and was logged")
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=json.dumps(content, ensure_ascii=False))],
        structured_content=content,
    )


def _failure(text: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=True)


async def _list_resources(
    context: _Context, params: types.PaginatedRequestParams | None
) -> types.ListResourcesResult:
    return types.ListResourcesResult(
        resources=[
            types.Resource(
                uri=each.uri,
                name=each.name,
                description=each.description,
                mime_type=each.media_type,
            )
            for each in resources.listed()
        ]
    )


async def _list_templates(
    context: _Context, params: types.PaginatedRequestParams | None
) -> types.ListResourceTemplatesResult:
    template = types.ResourceTemplate(
        uri_template=resources.QUESTION,
        name="question",
        description="A canned question: its description, parameters and SPARQL",
        mime_type="application/sparql-query",
    )
    return types.ListResourceTemplatesResult(resource_templates=[template])


async def _read_resource(
    context: _Context, params: types.ReadResourceRequestParams
) -> types.ReadResourceResult:
    uri = str(params.uri)
    try:
        media_type, text = await asyncio.to_thread(resources.read, uri)
    except KgError as error:
        raise MCPError(code=types.INVALID_PARAMS, message=str(error)) from error
    except LookupError as error:
        names = ", ".join(each.uri for each in resources.listed()[:2])
        message = f"there is no resource {uri!r}: list them, or read {names}"
        raise MCPError(code=types.INVALID_PARAMS, message=message) from error
    content = types.TextResourceContents(uri=uri, mime_type=media_type, text=text)
    return types.ReadResourceResult(contents=[content])


async def serve_standard_streams(find_store: Callable[[], ServedStore], settings: Settings) -> None:
    """Serve one client on standard input and output until its input ends."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    pool = Pool(find_store, settings)
    await pool.start()
    try:
        server = create_server(lambda _: Backend(pool, "standard input"))
        async with stdio_server() as (received, sent):
            await server.run(received, sent, server.create_initialization_options())
    finally:
        await pool.close()
